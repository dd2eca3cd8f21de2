"""Every hook: registered values arrive, owned; the specification, the kinds and the shipped plugins agree."""

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any, get_args, get_type_hints

import pluggy
import pytest
from attrs import fields

from ssj_core.plugin import hookspecs
from ssj_core.plugin.declarative import KEYS, Tables
from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.markers import PROJECT
from ssj_core.plugin.registry import HOOKED, KINDS, Kind, Registry

from . import test_hooks_at_work
from .fakes import Site

MAKE = {
    "ssj_stratifiers": "Stratifier(id={!r}, title='t', key=lambda s, c: 'x')",
    "ssj_eligibility_rules": "EligibilityRule(id={!r}, title='t', applies_to='subject', check=lambda s, c: None)",
    "ssj_recusal_rules": "RecusalRule(id={!r}, title='t', check=lambda o, s, c: None)",
    "ssj_entropy_sources": "EntropySource(id={!r}, title='t', needs=(), collect=print, assess=print)",
    "ssj_roster_readers": "RosterReader(id={!r}, title='t', suffixes=('x',), read=print)",
    "ssj_renderers": "Renderer(id={!r}, title='t', suffix='docx', render=lambda d, t: b'')",
}
"""How a plugin author makes a value of each kind."""

IMPORTS = """
from ssj_core.documents.model import Renderer
from ssj_core.entropy.model import EntropySource
from ssj_core.plugin.markers import hookimpl
from ssj_core.readers.model import RosterReader
from ssj_core.rules.model import EligibilityRule, RecusalRule, Stratifier
"""


def hook_code(hook: str, *ids: str, shape: str = "[{}]") -> str:
    made = "".join(MAKE[hook].format(i) + ", " for i in ids)
    return f"{IMPORTS}\n@hookimpl\ndef {hook}():\n    return {shape.format(made)}\n"


def specified() -> dict[str, Callable[[], Sequence[object]]]:
    """The functions of the specification by name, in the order of the file."""
    return {n: f for n, f in vars(hookspecs).items() if isinstance(f, FunctionType) and n.startswith("ssj_")}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def test_specification_and_kinds_agree() -> None:
    assert list(specified()) == [k.hook for k in HOOKED]
    assert set(MAKE) == {k.hook for k in HOOKED}


def test_what_has_no_hook_is_tables() -> None:
    """Every kind has somebody who may register it, and every format but that of cases is a kind."""
    assert all(k.hook or k.key for k in KINDS)
    assert {k.key for k in KINDS if k.key} == set(KEYS.values()) - {"cases"}
    assert {k.attribute for k in KINDS if k.key} | {"places"} == {a.name for a in fields(Tables)}
    assert [k.attribute for k in KINDS if not k.hook] == [
        "checklists", "ratio_rules", "weight_rules", "result_tables", "rulesets"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_a_hook_says_what_its_kind_says(kind: Kind) -> None:
    spec = specified()[kind.hook]
    returned = get_type_hints(spec)["return"]
    assert get_args(returned) == (kind.type,)
    assert returned == Sequence[kind.type]  # type: ignore[name-defined]
    assert not inspect.signature(spec).parameters
    assert (spec.__doc__ or "").strip()
    assert kind.hook == f"ssj_{kind.attribute}"
    assert kind.title.zh
    assert kind.title.en == kind.attribute.removesuffix("s").replace("_", " ")


def test_no_hook_has_an_option() -> None:
    """No first result, no history, no warning: plain hooks only."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    for kind in HOOKED:
        options = manager.parse_hookspec_opts(hookspecs, kind.hook)
        assert options == {
            "firstresult": False, "historic": False, "warn_on_impl": None, "warn_on_impl_args": None
        }  # fmt: skip


def test_the_registry_has_a_place_for_every_kind() -> None:
    assert [a.name for a in fields(Registry)] == ["plugins", "owners", "places", *(k.attribute for k in KINDS)]


@pytest.mark.parametrize("shape", ["[{}]", "({})"], ids=["list", "tuple"])
@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_a_registered_value_arrives_with_its_owner(site: Site, kind: Kind, shape: str) -> None:
    site.add("county", code=hook_code(kind.hook, "county.b", "county.a", shape=shape))
    site.add("other", code=hook_code(kind.hook, "other"))
    registry = load(["other", "county"], discover())
    values: dict[str, Any] = getattr(registry, kind.attribute)
    assert list(values) == ["county.a", "county.b", "other"]
    assert all(isinstance(v, kind.type) and getattr(v, "id", "") == value_id for value_id, v in values.items())
    assert {i: registry.owner(kind.attribute, i).distribution for i in values} == {
        "county.a": "fake-county", "county.b": "fake-county", "other": "fake-other"
    }  # fmt: skip
    assert {k for k, _ in registry.owners} == {kind.attribute}
    assert not any(getattr(registry, k.attribute) for k in KINDS if k is not kind)
    assert registry.problem_unless(kind.attribute, "county.a", file="f", row=1, where="w") is None


@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_what_is_not_registered_is_a_problem_with_the_kind_and_the_nearest_id(site: Site, kind: Kind) -> None:
    site.add("county", code=hook_code(kind.hook, "county.something"))
    registry = load(["county"], discover())
    found = registry.problem_unless(kind.attribute, "county.somethin", file="plan.toml", row=3, where="there")
    assert found is not None
    assert (found.code, found.file, found.row, found.field) == ("SSJ-G009", "plan.toml", 3, "there")
    assert kind.title.zh in found.message("zh")
    assert kind.title.en in found.message("en")
    assert "county.something?" in found.remedy("en")


@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_an_empty_answer_registers_nothing(site: Site, kind: Kind) -> None:
    site.add("county", code=hook_code(kind.hook))
    assert not load(["county"], discover()).owners


@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_the_code_of_a_shipped_plugin_uses_the_hook(kind: Kind) -> None:
    """A hook is in the specification only if a function of a shipped plugin returns something through it."""
    returned = []
    for source in discover().values():
        if source.distribution == "ssj-core" and source.entry is not None:
            manager = pluggy.PluginManager(PROJECT)
            manager.add_hookspecs(hookspecs)
            manager.register(source.entry.load())
            returned += [value for values in getattr(manager.hook, kind.hook)() for value in values]
    assert returned
    assert all(isinstance(value, kind.type) for value in returned)


def test_every_hook_has_a_test_named_after_it_in_which_it_does_its_work() -> None:
    """`test_hooks_at_work` holds one for each, and for nothing that is no hook."""
    tests = {n.removeprefix("test_") for n in vars(test_hooks_at_work) if n.startswith("test_ssj_")}
    assert tests == {kind.hook for kind in HOOKED}


def test_the_docstring_of_the_specification_names_files_that_exist() -> None:
    for name in ("0004-hooks-register-values.md", "0014-dated-data-is-tables.md"):
        assert name in (ast.get_docstring(ast.parse(Path(hookspecs.__file__).read_text(encoding="utf-8"))) or "")
        assert (Path(__file__).parents[2] / "core" / "adr" / name).is_file()
