# A fresh machine needs Python 3.11 or newer and make; everything else goes into .venv. uv is used where it is present.
#   make demo   make test   make check   make lint   make types   make evaluate   make bench   make bench-corpus   make test-train   make lock   make clean

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV ?= $(shell command -v uv 2>/dev/null)
GOLD ?= tests/gold

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/.run-is-ready
DEV := .venv/.dev-is-ready
LOCKED := pyproject.toml uv.lock constraints.txt

.PHONY: demo test test-train check lint types evaluate bench bench-corpus lock clean

demo: $(RUN)
	$(BIN)/sayso demo

# TESTS holds more options for pytest, such as a folder, or -n 2 --dist loadfile for two processes
test: $(DEV)
	$(BIN)/python -m pytest $(TESTS)

# Needs the [train] extra in the same environment: see "Training the model" in README.md.
test-train: $(DEV)
	$(BIN)/python -m pytest tests/training -m train

check: lint types test

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy

evaluate: $(RUN)
	$(BIN)/sayso evaluate $(GOLD)

bench: $(DEV)
	$(BIN)/python benchmarks/bench.py

# Real articles, which are not ours to ship: make bench-corpus ARTICLES=folder-or-file
bench-corpus: $(DEV)
	@test -n "$(ARTICLES)" || { echo "name articles to read: make bench-corpus ARTICLES=folder-or-file" >&2; exit 2; }
	$(BIN)/python benchmarks/corpus.py --articles $(ARTICLES)

ifneq ($(UV),)

$(RUN): $(LOCKED)
	$(UV) sync --locked --no-dev --inexact --quiet
	@touch $@

$(DEV): $(LOCKED)
	$(UV) sync --locked --inexact --quiet
	@touch $@ $(RUN)

lock:
	$(UV) lock
	$(UV) export --quiet --all-extras --no-hashes --no-annotate --no-emit-project --output-file constraints.txt

else

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Sayso needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) install 'pip>=25.1'

$(RUN): $(LOCKED) | $(BIN)/pip
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(DEV): $(LOCKED) | $(BIN)/pip
	$(PIP) install -c constraints.txt -e . --group dev
	@touch $@ $(RUN)

lock:
	@echo "make lock needs uv: see https://docs.astral.sh/uv/" >&2; exit 1

endif

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
