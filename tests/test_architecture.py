"""The shape of the code: floors in one direction, one door for each library, files the size of one idea."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent / "src" / "sayso"
TESTS = Path(__file__).parent

# The reading order for newcomers. A module imports only what stands before it.
FLOORS = [
    *("errors", "spans", "document", "shown", "reading", "structure", "quotations", "language", "linear", "fields", "schema"),
    *("encoder.heads", "encoder.tones", "encoder.claims", "encoder.windows", "encoder.bundle", "encoder.card", "encoder.session"),
    *("encoder.calibration", "encoder.tone_session", "encoder.claim_session"),
    "intake.*",
    *("attribution.draft", "attribution.nesting", "attribution.floating", "attribution.claims", "attribution.participles"),
    *("attribution.completion", "attribution.paths", "attribution.mentions", "attribution.decode"),
    *("baseline.clauses", "baseline.phrases", "baseline.contents", "baseline.frames", "baseline.verbs", "baseline.nominal"),
    "baseline.rules",
    *("speakers.entities", "speakers.standings", "speakers.names", "speakers.descriptions"),
    *("speakers.parts", "speakers.beside", "speakers.traits", "speakers.roles", "speakers.profiles"),
    *("speakers.gazetteer", "speakers.agreement", "speakers.capitals", "speakers.heads", "speakers.nouns", "speakers.clusters"),
    *(
        "speakers.scene",
        "speakers.antecedent_clues",
        "speakers.antecedents",
        "speakers.surroundings",
        "speakers.speaking",
        "speakers.sources",
    ),
    *("speakers.phrasings", "speakers.coreference_clues", "speakers.ranker", "speakers.pronouns"),
    *("attribution.outlets", "attribution.relays", "attribution.chains"),
    *("attribution.senses", "attribution.cuewords", "attribution.wording", "attribution.labels"),
    *("attribution.voices", "attribution.seeming", "attribution.assemble"),
    "audit",
    *("codebooks.*", "measures.*", "codebooks.apply"),
    *("reader", "demo.*"),
    *("store.*", "stories.*", "claims.*", "corpus.*", "compare.*", "export.*", "corrections.*"),
    *("explain", "records"),
    "evaluation.*",
    "render.*",
    "site.*",
    "web.*",
    *("dataframes", "notebook"),
    *(
        "testing",
        "doctor",
        "cli_output",
        "cli_audit",
        "cli_annotations",
        "cli_claims",
        "cli_codebook",
        "cli_compare",
        "cli_corpus",
        "cli_corrections",
        "cli_export",
        "cli_measures",
        "cli_report",
        "cli_serve",
        "cli_stories",
        "cli_train",
        "cli",
        "__main__",
    ),
    "training.*",
]

# Each third-party library is imported by these modules only.
DOORS = {
    "docx": ["intake.word"],
    "duckdb": ["intake.parquet", "store.duck"],
    "feedparser": ["intake.feeds"],
    "pypdfium2": ["intake.pdf"],
    "warcio": ["intake.webarchives"],
    "httpx2": ["intake.fetch"],
    "jinja2": ["render.templating"],
    "markupsafe": ["render.templating"],
    "lxml": ["intake.html", "intake.quoted", "intake.fragments"],
    "numpy": [
        "attribution.paths",
        "attribution.mentions",
        "attribution.decode",
        "speakers.pronouns",
        "encoder.*",
        "claims.*",
        "codebooks.*",
        "compare.*",
        "measures.frame",
        "measures.listen",
        "stories.grouping",
        "stories.keeping",
        "evaluation.*",
        "testing",
        "training.*",
    ],
    "onnxruntime": ["encoder.session", "encoder.tone_session", "encoder.claim_session", "training.export"],
    "py3langid": ["intake.languages"],
    "pandas": ["dataframes"],
    "polars": ["dataframes"],
    "pyarrow": ["corpus.cluster"],
    "ray": ["corpus.cluster"],
    "starlette": ["web.*"],
    "uvicorn": ["web.*"],
    "rensa": ["stories.shingles"],
    "rich": ["render.progress", "render.terminal", "render.terminal_matrix", "render.terminal_measures", "render.terminal_text"],
    "sentencex": ["language"],
    "tokenizers": ["encoder.windows"],
    "trafilatura": ["intake.html"],
    "xlsxwriter": ["export.xlsx"],
    "typer": [
        "cli",
        "cli_annotations",
        "cli_audit",
        "cli_claims",
        "cli_codebook",
        "cli_compare",
        "cli_corpus",
        "cli_corrections",
        "cli_export",
        "cli_measures",
        "cli_output",
        "cli_report",
        "cli_serve",
        "cli_stories",
        "cli_train",
    ],
}
# May import our own modules inside functions: `sayso --help` is quick, plain text never waits for the page libraries, and reading by
# rules works where the model's libraries cannot be installed. Floors and cycles are checked all the same.
LAZY = [
    "cli",
    "cli_train",
    "__init__",
    "cli_annotations",
    "cli_audit",
    "cli_claims",
    "cli_codebook",
    "cli_corpus",
    "cli_corrections",
    "cli_export",
    "cli_compare",
    "cli_measures",
    "cli_output",
    "cli_report",
    "cli_serve",
    "cli_stories",
    "intake.open",
    "intake.many",
    "reader",
]
# Values that show themselves in a notebook, by the one arrow that leads upward; it is taken only when a notebook asks.
SHOWN_BY = {"shown": "notebook"}
LENGTH, ROOMY_LENGTH = 300, 400  # lines; the second for training and tests
VAGUE = {"utils", "util", "helpers", "common", "misc", "base"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(HOME).with_suffix("").parts)


MODULES = {name_of(path): path for path in sorted(HOME.rglob("*.py"))}


def is_listed(module: str, patterns: list[str]) -> bool:
    return module in patterns or f"{module.partition('.')[0]}.*" in patterns


def floor(module: str) -> int:
    return FLOORS.index(module) if module in FLOORS else FLOORS.index(f"{module.partition('.')[0]}.*")


def own(name: str) -> str | None:
    """The module of ours (without `sayso.`) that an imported name leads to; `__init__` for the package itself."""
    if name.partition(".")[0] != "sayso":
        return None
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in MODULES and ".".join([*parts, "__init__"]) not in MODULES:
        parts.pop()
    return ".".join(parts) or "__init__"


@cache
def imports(module: str) -> list[tuple[str, bool]]:
    """Every name that a module imports, and whether it does so inside a function."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    inside = {
        id(node) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for node in ast.walk(f)
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import: write the full name"
            found += [(f"{node.module}.{alias.name}", id(node) in inside) for alias in node.names]
    return found


def is_package(module: str) -> bool:
    return module.endswith("__init__")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_floor_and_imports_only_what_stands_before_it(module: str) -> None:
    if is_package(module):
        assert all(own(name) is None for name, _ in imports(module)), f"{module} imports our own modules"
        return
    assert is_listed(module, FLOORS), f"give {module} its place in FLOORS"
    for name, _ in imports(module):
        target = own(name)
        if target is None or target == SHOWN_BY.get(module):
            continue
        assert target in MODULES, f"{module} imports {name}, which is not there"
        if is_package(target):
            assert module in ("cli", "__main__"), f"{module} imports the package: name the module instead"
        elif target.partition(".")[0] == "training":
            assert module == "cli_train" or module.startswith("training."), f"{module} imports {target}"
        else:
            assert floor(target) <= floor(module), f"{module} imports {target}, which stands higher"


def test_no_import_cycle() -> None:
    graph = {
        module: ({own(name) for name, _ in imports(module)} & MODULES.keys()) - {SHOWN_BY.get(module)}
        for module in MODULES
        if module not in LAZY[:3]
    }
    while graph:
        free = {module for module, targets in graph.items() if not targets & graph.keys()}
        assert free, f"modules import one another in a circle: {sorted(graph)}"
        graph = {module: targets for module, targets in graph.items() if module not in free}


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith("training.")])
def test_each_library_has_one_door(module: str) -> None:
    for name, _ in imports(module):
        library = name.partition(".")[0]
        if library != "sayso" and library not in sys.stdlib_module_names:
            assert is_listed(module, DOORS.get(library, [])), (
                f"{module} imports {library}: its door is {DOORS.get(library, 'not in DOORS')}"
            )


@pytest.mark.parametrize("module", MODULES)
def test_no_hidden_imports(module: str) -> None:
    assert not any(name == "typing.TYPE_CHECKING" for name, _ in imports(module)), f"{module}: TYPE_CHECKING hides cycles"
    hidden = [name for name, inside in imports(module) if inside and own(name) not in (None, SHOWN_BY.get(module))]
    assert module in LAZY or not hidden, f"{module} imports {hidden} inside a function"


@pytest.mark.parametrize("path", [*MODULES.values(), *sorted(TESTS.rglob("*.py"))], ids=lambda path: path.name)
def test_files_are_the_size_of_one_idea(path: Path) -> None:
    assert not VAGUE & set(path.with_suffix("").parts[-2:]), f"{path.name} says nothing about what is in it"
    roomy = path.is_relative_to(TESTS) or path.is_relative_to(HOME / "training")
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= (ROOMY_LENGTH if roomy else LENGTH), f"{path.name} has {length} lines: it holds more than one idea"
