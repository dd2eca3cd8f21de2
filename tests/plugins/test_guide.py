"""`plugins/README.md` is the published contract: every hook with its signature, examples that run."""

import re
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_core.plugin import hookspecs
from ssj_core.plugin.declarative import KEYS
from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.registry import HOOKED, KINDS, Kind
from ssj_core.testing.checks import CHECKS, run_check
from ssj_core.testing.examined import Examined
from tests.cli.bureau import Bureau

from .fakes import Site, manifest

GUIDE = (Path(__file__).parents[2] / "plugins" / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"(?ms)^### `(ssj_\w+\(\) -> [^`]+)`\n(.*?)(?=^##)", GUIDE))


def signature(kind: Kind) -> str:
    return f"{kind.hook}() -> Sequence[{kind.type.__name__}]"


def block(text: str, language: str) -> list[str]:
    """The blocks of code of a text, without the indent of a list."""
    found = re.findall(rf"(?ms)^( *)```{language}\n(.*?)^ *```", text)
    return ["\n".join(line.removeprefix(indent) for line in code.split("\n")) for indent, code in found]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def test_every_hook_is_described_in_order_with_its_signature() -> None:
    assert list(SECTIONS) == [signature(kind) for kind in HOOKED]


def test_the_guide_says_who_may_register_what() -> None:
    """The table of kinds: the key of the manifest, the format and the hook of each."""
    formats = {key: form for form, key in KEYS.items()}
    listed = re.findall(r"(?m)^\| ([^|]+) \|([^|]*)\|([^|]*)\|([^|]*)\|$", GUIDE.split("or by the hook |")[1])
    cells = [tuple(cell.strip().strip("`") for cell in row) for row in listed[: len(KINDS)]]
    assert cells == [(k.title.en, k.key, formats.get(k.key, ""), k.hook) for k in KINDS]


@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_a_hook_says_what_it_is_for_when_it_is_called_and_what_core_does(kind: Kind) -> None:
    text = SECTIONS[signature(kind)]
    said = dict(re.findall(r"(?m)^\*\*(Purpose|Called|Core does)\.\*\* (.+)$", text))
    assert list(said) == ["Purpose", "Called", "Core does"]
    assert said["Purpose"] == (getdoc(getattr(hookspecs, kind.hook)) or "").split("\n")[0]
    assert len(block(text, "python")) == 1


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("kind", HOOKED, ids=lambda k: k.hook)
def test_the_example_of_a_hook_is_a_plugin(site: Site, kind: Kind) -> None:
    """It loads, registers a value of this kind and of no other, and what it registers is as the kit wants it."""
    site.add("county", code=block(SECTIONS[signature(kind)], "python")[0])
    available = discover()
    registry = load(["county"], available)
    assert {name for name, _ in registry.owners} == {kind.attribute}
    plugin = Examined(available["county"], available)
    quick = ["references", "timelines", "bases", "readers", "sources", "renderers"]
    if plugin.callbacks:
        quick += ["answers", "arguments", "outside", "memory", "processes"]
    for check in CHECKS:
        if check.id in quick:
            assert run_check(check, plugin).problems == (), check.id


def test_every_check_of_the_kit_is_listed() -> None:
    listed = re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \|$", GUIDE.split("| check | holds when |")[1].split("\n\n")[0])
    assert listed == [(check.id, check.title.en) for check in CHECKS]


def test_every_command_that_is_named_exists() -> None:
    known = group.commands["plugins"]
    assert isinstance(known, Group)
    named = set(re.findall(r"ssj-core plugins ([a-z]+)", GUIDE))
    assert named <= set(known.commands)
    assert set(known.commands) - named <= {"doctor", "show"}, "every command of plugins is spoken of"
    assert all(f"`{word} ID`" in GUIDE or f"`{word}`" in GUIDE for word in ("show", "doctor"))
    assert set(re.findall(r"(?m)^ *ssj-core (\w+)", GUIDE)) <= set(group.commands)


def test_the_manifest_of_the_guide_can_be_read(tmp_path: Path) -> None:
    from ssj_core.plugin.declarative import read_manifest

    text = next(t for t in block(GUIDE, "toml") if 'format = "ssj-plugin/1"' in t)
    (tmp_path / "ssj-plugin.toml").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path, "x").id == "market_supervision"
    assert manifest("x")


def test_the_short_course_can_be_followed_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of it, in its order, in an empty folder: from nothing to a draw that verifies."""
    monkeypatch.chdir(tmp_path)
    course = GUIDE.split("## 不会编程也能用")[1].split("\n## ")[0]
    lines = [line for code in block(course, "sh") for line in code.strip().split("\n")]
    assert len(lines) == 5
    for line in lines:
        words = line.split()
        assert words[0] == "ssj-core"
        result = CliRunner().invoke(group, words[1:])
        assert result.exit_code == 0, result.output
    for name in set(re.findall(r"`(?:forest/|rules/)*([\w/]+\.(?:toml|csv))`", course)) - {"plan.toml"}:
        assert list((tmp_path / "forest").rglob(Path(name).name)), name
    assert "成立" in result.output
    Bureau(tmp_path / "forest").check()


@pytest.mark.parametrize("wrong", ["2%", "3.5%"])
def test_in_the_course_a_ratio_changed_without_its_case_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(group, ["plugins", "new", "forest"])
    table = tmp_path / "forest" / "rules" / "ratio.toml"
    table.write_text(table.read_text(encoding="utf-8").replace('"20%"', f'"{wrong}"'), encoding="utf-8")
    result = CliRunner().invoke(group, ["plugins", "test", "forest/rules"])
    assert result.exit_code == 1
    assert "应当是 20%" in result.output
