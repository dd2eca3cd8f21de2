"""Code of others that leaves, dies or never ends: no command takes that for its own end, and the kit finds it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ssj_cli.main import group
from tests.plugins.fakes import Site, manifest
from tests.plugins.kit import HEAD

from .bureau import Bureau

RULESET = Path(__file__).parents[2] / "rulesets/ssj_rulesets/fuping_zjj_2021/ruleset.toml"

LEAVING = {
    "exit": "sys.exit(0)",
    "generator": "raise GeneratorExit",
    "own": "raise type('Own', (BaseException,), {})('甲')",
    "click": "import click; click.Context(click.Command('x')).exit()",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


def rule(body: str, condition: str = "s.risk_class == 'D'") -> str:
    """The code of `county` with one eligibility rule that does something to a subject."""
    return HEAD + (
        f"import sys\ndef check(s, c):\n    if {condition}:\n        {body}\n    return None\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='subject', check=check, basis=BASIS,\n"
        "        columns=(ColumnUse(name='信用风险分类', fields=('risk_class',)),))]\n"
    )


def play(*args: str, code: int) -> Result:
    result = CliRunner().invoke(group, ["--lang", "en", *args])
    assert result.exit_code == code, result.output
    return result


def bureau_of(site: Site, folder: Path, code: str, *, entropy: str = "os") -> Bureau:
    """A bureau whose ruleset, the seed's in all else, asks the rule of `county`."""
    text = RULESET.read_text(encoding="utf-8").replace('id = "fuping_zjj_2021"', 'id = "county"', 1)
    text = text.replace("[[batch]]", '[[eligibility]]\nrule = "county.x"\n\n[[batch]]', 1)
    site.add("county", {"ssj-plugin.toml": manifest("county", rulesets='["r.toml"]'), "r.toml": text}, code=code)
    bureau = Bureau(folder / "bureau").furnish(officers=24, entropy=(entropy,))
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    bureau.write(plan=plan.replace('ruleset = "fuping_zjj_2021"', 'ruleset = "county"'))
    return bureau


@pytest.mark.parametrize("body", LEAVING.values(), ids=LEAVING)
def test_a_rule_that_leaves_stops_the_run_with_its_name(site: Site, tmp_path: Path, body: str) -> None:
    bureau = bureau_of(site, tmp_path, rule(body))
    said = play("run", bureau.plan, "--batch", "batch-1", code=4).output
    assert "SSJ-G013" in said
    assert "county.x of the plugin county failed" in said
    assert not (bureau.folder / "draws").exists()
    told = json.loads(play("run", bureau.plan, "--batch", "batch-1", "--json", code=4).stdout)
    assert (told["exit_code"], [p["code"] for p in told["problems"]]) == (4, ["SSJ-G013"])


@pytest.mark.parametrize("body", ["sys.exit(0)", "1 / 0"])
def test_readers_sources_and_renderers_that_leave_are_named(site: Site, tmp_path: Path, body: str) -> None:
    code = rule("pass") + (
        "from ssj_core.entropy.model import *\nfrom ssj_core.documents.model import *\n"
        f"def fails(*given):\n    {body}\n"
        "@hookimpl\ndef ssj_roster_readers():\n"
        "    return [RosterReader(id='county.r', title='t', suffixes=('.own',), read=fails)]\n"
        "@hookimpl\ndef ssj_entropy_sources():\n    return [EntropySource(\n"
        "        id='county.e', title='t', needs=(), appoint=fails, collect=fails, assess=fails)]\n"
        "@hookimpl\ndef ssj_renderers():\n"
        "    return [Renderer(id='county.p', title='t', suffix='.html', render=fails, check=fails)]\n"
    )
    bureau = bureau_of(site, tmp_path, code, entropy="county.e")
    assert "county.e of the plugin county failed" in play("run", bureau.plan, "--batch", "batch-1", code=4).output
    text = (bureau.folder / "plan.toml").read_text(encoding="utf-8").replace('source = "county.e"', 'source = "os"')
    bureau.write(plan=text.replace('file = "subjects.csv"', 'file = "subjects.csv"\nreader = "county.r"'))
    assert "county.r of the plugin county failed" in play("run", bureau.plan, "--batch", "batch-1", code=4).output
    bureau.write(plan=text)
    play("run", bureau.plan, "--batch", "batch-1", code=0)
    said = play("forms", "print", str(bureau.folder), "t-2021-batch-1-1", "--paper", "county.p", code=4).output
    assert "county.p" in said
    bureau.check()


@pytest.mark.parametrize("code", ["0", "1", "'甲'", "None"])
def test_nobody_elses_exit_is_an_answer_of_ours(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Wherever else code of others may be called, one day: its exit code is none of ours."""
    leaves: dict[str, object] = {"__name__": "fake_county"}
    exec(f"import sys\ndef leaves(*a, **k):\n    sys.exit({code})", leaves)  # noqa: S102 - a module of others
    monkeypatch.setattr("ssj_cli.plugins.list.survey", leaves["leaves"])
    assert "a plugin left the program" in play("plugins", "list", code=4).output


@pytest.mark.parametrize("body", ["sys.exit(0)", "os._exit(0)"])
def test_the_kit_finds_it(site: Site, body: str) -> None:
    site.add("county", code=rule(body))
    told = json.loads(play("plugins", "check", "county", "--json", code=1).stdout)
    assert "SSJ-G110" in {code for check in told["result"]["checks"] for code in check["codes"]}
