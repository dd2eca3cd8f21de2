"""The architecture, read from the source: what may import what, what the heart never touches, what every module has."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import entry_points
from pathlib import Path
from statistics import median

import pytest

from ssj_core.plugin.markers import GROUP

ROOT = Path(__file__).parents[2]
FOLDERS = ("core", "cli", "plugins", "rulesets")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LAYERS = (
    ("text", "causes", "canonical", "sm3", "tomlpos", "comparing", "plugin.markers", "filenames", "watching"),
    ("problems", "foreign", "workdays", "holiday_notice"),
    ("outputs", "spreadsheet", "toml_files"),
    ("model",),
    ("rules.model", "rules.ruleset", "rules.sectors", "rules.timeline", "ratios"),
    ("merkle", "commitment", "seed", "draw", "strata", "tables", "standing", "matching"),
    ("ledger",),
    ("structuring",),
    ("signing", "stamping"),
    ("rules", "entropy", "readers", "roster", "documents.model"),
    ("plan", "infiles"),
    ("plugin", "changes", "change_files"),
    ("pool",),
    ("office", "third_parties", "roster_keys"),
    ("batch_rules", "plan_checks", "wanted_columns"),
    (
        "sealed",
        "sealed_team",
        "sealing",
        "nobody_left",
        "sites",
        "teams",
        "limits",
        "seating",
        "composing",
        "kinds",
        "blocked",
        "rehearsal",
        "staffing",
        "foresight",
        "forecast",
        "simulation",
        "misspelt",
        "remarks",
        "cases",
    ),
    ("pipeline", "share", "in_force"),
    ("calendars",),
    ("rule_folders", "opening", "workspace", "past"),
    ("case_files", "apart"),
    ("record",),
    ("replacement",),
    ("schema", "dating", "pins", "idle", "replaying"),
    ("notice",),
    ("verify", "verifiers"),
    ("gathering", "stamps"),
    ("drawing", "explain", "proof"),
    ("documents",),
    ("lists",),
    ("replacing",),
    ("desk",),
    ("testing",),
)
"""From the ground up: a module imports its own layer and those before it, never a later one. Longest name wins."""

PURE = (
    "canonical", "sm3", "merkle", "commitment", "seed", "draw", "strata", "ratios", "pool", "teams", "staffing",
    "office", "batch_rules", "plan_checks", "wanted_columns",
    "composing", "limits", "seating", "sealed_team", "kinds", "blocked", "rehearsal", "foresight", "simulation",
    "sealed", "sealing", "nobody_left", "sites", "pipeline", "tables", "record", "ledger", "share", "model", "text",
    "matching", "rules", "cases", "foreign", "watching",
)  # fmt: skip
"""What decides a draw or what is written of it: no file, clock, environment, chance or float of its own."""

FORBIDDEN_MODULES = {
    "builtins", "ctypes", "decimal", "glob", "importlib", "locale", "logging", "multiprocessing", "os", "pathlib",
    "platform", "random", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid", "weakref", "zoneinfo",
}  # fmt: skip
FORBIDDEN_CALLS = {
    "__import__", "breakpoint", "eval", "exec", "float", "globals", "hash", "id", "input", "open", "print",
}  # fmt: skip
FORBIDDEN_ATTRIBUTES = {
    "environ", "getenv", "now", "read_bytes", "read_text", "today", "utcnow", "write_bytes", "write_text",
}  # fmt: skip


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(file): file for file in files()}
CORE = {name.removeprefix("ssj_core."): file for name, file in MODULES.items() if name.startswith("ssj_core.")}
ONE_FILE = "ssj_core.verifiers.verify_ssj"
"""One file by its purpose: an auditor reads it from top to bottom, and nothing imports it."""
SHIPPED = {name: file for name, file in MODULES.items() if name.startswith("ssj_")}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imported(file: Path) -> frozenset[str]:
    """Modules that a file imports anywhere in it, in functions too."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in MODULES else node.module)
    return frozenset(found)


def layer(name: str) -> int:
    """The layer of a module of the core."""
    ranks = {prefix: n for n, prefixes in enumerate(LAYERS) for prefix in prefixes}
    while name not in ranks:
        name, dot, _ = name.rpartition(".")
        assert dot, "a module without a layer"
    return ranks[name]


def named(*prefixes: str) -> dict[str, Path]:
    return {n: f for n, f in CORE.items() if any(n == p or n.startswith(p + ".") for p in prefixes)}


# --- who imports whom


def test_there_is_something_to_look_at() -> None:
    assert len(CORE) > 60
    for prefix in (*PURE, *(p for prefixes in LAYERS for p in prefixes)):
        assert named(prefix), prefix


def test_pluggy_is_imported_in_one_folder_only() -> None:
    users = {name for name, file in MODULES.items() if any(m.split(".")[0] == "pluggy" for m in imported(file))}
    assert users
    assert all(name.startswith("ssj_core.plugin.") for name in users)


@pytest.mark.parametrize("name", CORE)
def test_the_core_knows_no_command_line_and_no_plugin(name: str) -> None:
    allowed = {"ssj_core"}
    tops = {module.split(".")[0] for module in imported(CORE[name])}
    assert "click" not in tops
    assert not {t for t in tops if t.startswith("ssj_")} - allowed


@pytest.mark.parametrize("name", [n for n in SHIPPED if n.split(".")[0] not in ("ssj_core", "ssj_cli")])
def test_a_plugin_knows_the_core_and_itself(name: str) -> None:
    tops = {module.split(".")[0] for module in imported(SHIPPED[name])}
    assert not {t for t in tops if t.startswith("ssj_")} - {"ssj_core", name.split(".")[0]}
    assert not tops & {"click", "pluggy", "attrs", "cattrs"}


@pytest.mark.parametrize("name", CORE)
def test_imports_run_one_way(name: str) -> None:
    if name in ("plugin", "rules", "testing"):  # empty package files, imported with their parts
        assert not imported(CORE[name])
        return
    later = [
        other
        for module in imported(CORE[name])
        if (other := module.removeprefix("ssj_core.")) in CORE and layer(other) > layer(name)
    ]
    assert not later, f"{name} imports {later}"


def test_no_import_goes_in_a_circle() -> None:
    graph = {name: {m for m in imported(file) if m in MODULES and m != name} for name, file in SHIPPED.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(SHIPPED)  # raises CycleError


def test_only_the_top_sees_several_steps() -> None:
    """The steps of the specification do not know each other; what joins them is `pipeline`, `verify`, `drawing`."""
    steps = {"commitment", "seed", "draw", "strata"}
    for step in steps:
        others = {m.removeprefix("ssj_core.") for m in imported(CORE[step])} & steps
        assert others <= ({"seed"} if step == "draw" else set()), step


# --- the heart


@pytest.mark.parametrize("name", named(*PURE))
def test_the_heart_touches_nothing_outside(name: str) -> None:
    modules = {m.split(".")[0] for m in imported(CORE[name])}
    assert not modules & FORBIDDEN_MODULES
    for node in ast.walk(tree(CORE[name])):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, where
        if isinstance(node, ast.Attribute):
            assert node.attr not in FORBIDDEN_ATTRIBUTES, where
            if isinstance(node.value, ast.Name) and node.value.id == "io":
                assert node.attr == "StringIO", where
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, (float, complex)), where
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, ast.Div), f"{where}: / makes a float of two integers"
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            raise AssertionError(f"{where}: state of the module")


@pytest.mark.parametrize("name", [n for n in CORE if not n.startswith("entropy.") and n != "testing.clocks"])
def test_chance_comes_from_entropy_only(name: str) -> None:
    """But for the kit, which puts something that tells in the place of `random.random`."""
    assert not {m.split(".")[0] for m in imported(CORE[name])} & {"random", "secrets", "uuid"}


# --- every module


@pytest.mark.parametrize("name", SHIPPED)
def test_a_module_says_first_what_it_is(name: str) -> None:
    text = SHIPPED[name].read_text(encoding="utf-8")
    if not text:
        assert SHIPPED[name].name == "__init__.py"
        return
    doc = ast.get_docstring(tree(SHIPPED[name]))
    assert doc
    first, *rest = doc.split("\n")
    assert first.strip().endswith((".", "?", ":", ")"))
    assert not rest or rest[0] == ""
    assert text.startswith('"""'), "the docstring stands on the first line"


@pytest.mark.parametrize("name", SHIPPED)
def test_public_things_say_what_they_are(name: str) -> None:
    if name == ONE_FILE:
        return
    missing = []
    module = tree(SHIPPED[name])
    for node in (*module.body, *(n for c in _classes(module) for n in c.body)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            doc = ast.get_docstring(node)
            if not doc or not doc.split("\n")[0].strip():
                missing.append(node.name)
    assert not missing


def _classes(module: ast.Module) -> Iterator[ast.ClassDef]:
    return (n for n in module.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_"))


def test_modules_are_small() -> None:
    sizes = {name: file.read_text(encoding="utf-8").count("\n") for name, file in SHIPPED.items()}
    assert {name: size for name, size in sizes.items() if size > 400 and name != ONE_FILE} == {}
    assert median(sizes.values()) <= 120


def test_nothing_is_asserted_where_it_must_hold() -> None:
    """Under `python -O` an assertion is gone: it may tell the type checker what is known, and check nothing."""
    for name, file in SHIPPED.items():
        lines = file.read_text(encoding="utf-8").split("\n")
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Assert):
                text = lines[node.lineno - 1]
                assert "isinstance(" in text or "is not None" in text, f"{name}:{node.lineno}"


# --- folders, packages, entry points


def packages() -> list[str]:
    made: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return made


def test_folders_and_packages_agree() -> None:
    """Every importable folder is built, but examples, which are distributions of their own."""
    found = [
        f"{folder}/{entry.name}"
        for folder in FOLDERS
        for entry in sorted((ROOT / folder).iterdir())
        if (entry / "__init__.py").is_file() and not entry.name.startswith(("_", "."))
    ]
    assert packages() == found
    assert all(Path(p).name.startswith("ssj_") for p in packages())


def test_every_package_is_typed() -> None:
    assert all((ROOT / package / "py.typed").is_file() for package in packages())


def test_the_wheel_check_knows_the_packages() -> None:
    assert PROJECT["tool"]["check-wheel-contents"]["toplevel"] == sorted(Path(p).name for p in packages())


def test_manifests_and_entry_points_agree() -> None:
    """Every folder with a manifest is an entry point under the manifest's id, and the other way round."""
    found = {}
    for manifest in sorted(m for p in packages() for m in (ROOT / p).rglob("ssj-plugin.toml")):
        plugin = tomllib.loads(manifest.read_text(encoding="utf-8"))["id"]
        found[plugin] = ".".join(manifest.parent.relative_to(ROOT).parts[1:])
    written: dict[str, str] = PROJECT["project"]["entry-points"][GROUP]
    assert written == found
    assert list(written) == sorted(written)


def test_installed_entry_points_are_those_of_the_project() -> None:
    installed = {e.name: e.value for e in entry_points(group=GROUP) if e.dist and e.dist.name == "ssj-core"}
    assert installed == PROJECT["project"]["entry-points"][GROUP]


def test_nobody_imports_a_folder() -> None:
    for name, file in MODULES.items():
        assert not {m.split(".")[0] for m in imported(file)} & {*FOLDERS, "tests"}, name


def test_no_path_of_somebodys_machine() -> None:
    """Files of the project name no home folder, no checkout and no drive of the one who wrote them."""
    roots = ("home", "root", "work", "Users", "opt", "srv")  # spelt apart, or this line would be found
    path = re.compile(rf"(?<![\w.~*-])(?:/(?:{'|'.join(roots)})/[\w.-]+|[A-Z]:\\\\?(?:{'|'.join(roots)})\b)")
    where = [
        f"{file.relative_to(ROOT)}:{n}"
        for file in project_texts()
        for n, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), start=1)
        if path.search(line)
    ]
    assert not where


def project_texts() -> Iterator[Path]:
    kinds = {".py", ".toml", ".md", ".sh", ".yml", ".yaml", ".json", ".txt", ".cfg", ".sql"}
    for entry in sorted(ROOT.iterdir()):
        if entry.is_file() and entry.suffix in kinds:
            yield entry
        elif entry.is_dir() and entry.name in {*FOLDERS, "tests", ".ci", ".github"}:
            yield from sorted(f for f in entry.rglob("*") if f.suffix in kinds and "__pycache__" not in f.parts)
