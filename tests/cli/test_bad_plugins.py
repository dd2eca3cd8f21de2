"""Five bad plugins of others: each command goes on as if they were not there, and the doctor names all five."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ssj_cli.main import group
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load
from ssj_core.problems import PluginError
from tests.plugins.fakes import Site, manifest

from .bureau import Bureau
from .test_large_files import commands
from .test_replace import KEY, WHY, teams
from .test_sign import TWICE

VICES = {
    "raises": "raise ValueError('at import')",
    "interrupts": "raise KeyboardInterrupt",
    "exits": "os._exit(3)",
    "sleeps": "import time; time.sleep(3600)",
    "unreadable": "",
}
"""What each does when it is imported; the last has a manifest that is no TOML."""

HERE = "import os\nif os.getpid() == {}:\n    raise SystemExit('imported by a command that was not asked for it')\n"
"""Before each vice, so that a test which fails ends no run of tests."""

NAMING = {
    ("plugins", "doctor"): VICES.keys(),
    ("doctor",): {"raises"},  # the first three problems, then how many more
    ("plugins", "test"): VICES.keys(),
    ("rules", "citations"): VICES.keys(),
    ("plugins", "list"): {"unreadable"},  # no code is run to make a list
}
"""The commands that look at all plugins, and which of the bad ones they must name."""

SUBJECT = "{subject}"
PLAN, FOLDER = "plan.toml", "."
UNTOUCHED = {
    ("new",): ["demo"],
    ("rosters", "check"): ["subjects.csv", "officers.csv", "--plan", PLAN],
    ("rosters", "clean"): ["subjects.csv", "-o", "clean.csv"],
    ("rosters", "diff"): ["subjects.csv", "subjects.csv"],
    ("simulate",): [PLAN, "--batch", "batch-1", "--seeds", "3"],
    ("commit",): [PLAN, "--batch", "batch-1"],
    ("run",): [PLAN, "--batch", "batch-1"],
    ("verify",): [FOLDER],
    ("explain",): [FOLDER, KEY, SUBJECT],
    ("proof",): [FOLDER, KEY, SUBJECT, "-o", "p.proof"],
    ("lists",): [FOLDER],
    ("forms", "print"): [FOLDER, KEY, "-o", "forms.docx"],
    ("forms", "template"): ["-o", "template.docx"],
    ("forms", "check"): ["own.docx"],
    ("replace",): [PLAN, KEY, SUBJECT, "--reason", "closed", *WHY],
    ("void",): [FOLDER, KEY, "--reason", "误"],
    ("ledger", "show"): [FOLDER],
    ("ledger", "verify"): [FOLDER],
    ("ledger", "export"): [FOLDER, "copy.jsonl"],
    ("sign", "keygen"): ["a.key"],
    ("sign", "ledger"): [FOLDER, "--key", "own.key", "--signer", "office"],
    ("chain",): ["chain"],
    ("rules", "show"): [PLAN],
    ("calendar", "show"): ["2021"],
    ("replay",): [PLAN, "--against", KEY],
    ("plugins", "show"): ["ratio_rules"],
    ("plugins", "check"): ["readers"],
    ("plugins", "new"): ["forestry"],
    ("plugins", "changes"): ["rules", "rules"],
    ("plugins", "schema"): ["-o", "schema"],
    ("completion",): ["bash"],
}
ELSEWHERE = {("stamp", "add"), ("stamp", "request"), ("calendar", "add")}
"""What wants a certificate or a notice: test_stamp.py, test_calendar.py; none of them reads a plugin."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The five, each a distribution of its own."""
    monkeypatch.setattr("ssj_core.apart.trial.LONGEST", 1.0)
    with Site(tmp_path / "site") as made:
        for name, code in VICES.items():
            bad = {"ssj-plugin.toml": "id = "} if name == "unreadable" else {}
            made.add(name, bad, code=HERE.format(os.getpid()) + code, distribution=f"{name}-pack", version="4.5")
        yield made


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a draw, and what commands ask for beside it."""
    bureau = Bureau(tmp_path_factory.mktemp("bad") / "bureau").furnish(officers=24)
    bureau.run("--batch", "key-1")
    bureau.play("forms", "template", "-o", str(bureau.folder / "own.docx"))
    bureau.play("sign", "keygen", str(bureau.folder / "own.key"), typed=TWICE)
    bureau.play("plugins", "new", "county", "--dir", str(bureau.folder / "county"))
    shutil.move(bureau.folder / "county" / "rules", bureau.folder / "rules")
    bureau.check()
    return bureau.folder


@pytest.fixture
def bureau(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    folder = tmp_path / "bureau"
    shutil.copytree(furnished, folder)
    monkeypatch.chdir(folder)
    return Bureau(folder)


def play(*args: str, code: int) -> Result:
    result = CliRunner().invoke(group, ["--lang", "en", *args], input=TWICE)
    assert result.exit_code == code, result.output
    assert "imported by a command" not in result.output
    return result


def remove(site: Site, *names: str) -> None:
    """Uninstall some of the five."""
    for name in names:
        shutil.rmtree(site.folder / f"fake_{name}")
        shutil.rmtree(site.folder / f"{name}_pack-4.5.dist-info")


def test_every_command_is_played_below() -> None:
    assert {name for name, _ in commands(group)} == NAMING.keys() | UNTOUCHED.keys() | ELSEWHERE


@pytest.mark.parametrize("command", UNTOUCHED, ids=" ".join)
@pytest.mark.usefixtures("site")
def test_a_command_that_needs_none_of_them_is_as_if_they_were_not_there(
    bureau: Bureau, command: tuple[str, ...]
) -> None:
    subject = teams(bureau, KEY)[0]["检查对象"]
    result = play(*command, *(subject if word == SUBJECT else word for word in UNTOUCHED[command]), code=0)
    assert not [name for name in VICES if f"{name}-pack" in result.output]
    assert not [name for name in sys.modules if name.startswith("fake_")]
    bureau.check()


@pytest.mark.parametrize("command", NAMING, ids=" ".join)
@pytest.mark.usefixtures("site")
def test_a_command_that_looks_at_all_names_them_and_goes_on_with_the_others(command: tuple[str, ...]) -> None:
    result = play(*command, code=0 if command == ("plugins", "list") else 1)
    for name in NAMING[command]:
        assert f"{name} ({name}-pack 4.5)" in result.output or f"{name}/ssj-plugin.toml" in result.output
    if command == ("rules", "citations"):
        assert "ratio_rules.section_2" in result.stdout
        assert "These plugins cannot be used" in result.output
    elif command != ("doctor",):
        assert "ratio_rules" in result.stdout


@pytest.mark.usefixtures("site")
def test_the_doctor_says_what_each_did_and_that_a_sound_one_is_sound(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssj_core.apart.trial.LONGEST", 60.0)
    remove(site, "sleeps")
    site.add("sound", code="", version="2.0")
    site.add("aborts", code=HERE.format(os.getpid()) + "os.abort()")
    result = play("plugins", "doctor", code=1)
    said = result.stdout
    assert "√ sound (fake-sound 2.0)" in said
    for name, code, what in (
        ("raises", "SSJ-G001", "ValueError: at import"),
        ("interrupts", "SSJ-G025", "KeyboardInterrupt"),
        ("exits", "SSJ-G025", "exit code 3"),
        ("unreadable", "SSJ-P002", "ssj-plugin.toml line 1"),
        ("aborts", "SSJ-G025", "SIGABRT" if os.name == "posix" else "exit code"),
    ):
        paragraph = said.split(f"× {name} (")[1].split("\n√")[0].split("\n×")[0]
        assert code in paragraph
        assert what in paragraph


@pytest.mark.usefixtures("site")
def test_nobody_is_called_usable_who_was_not_tried() -> None:
    rows = {line.split()[0]: line.rstrip() for line in play("plugins", "list", code=0).stdout.splitlines()}
    assert rows["ratio_rules"].endswith("usable")
    assert rows["unreadable"].endswith("broken")
    assert all(rows[name].endswith("not tried") for name in VICES.keys() - {"unreadable"})


@pytest.mark.usefixtures("site")
def test_one_that_never_ends_is_told_when_its_time_is_over() -> None:
    assert (
        "sleeps (sleeps-pack 4.5) ends or stops the process it is loaded in: no end in 1 s"
        in play("plugins", "show", "sleeps", code=4).stderr
    )


@pytest.mark.parametrize("command", ["show", "check", "test"])
@pytest.mark.parametrize("name", ["interrupts", "exits"])
@pytest.mark.usefixtures("site")
def test_one_that_is_asked_for_itself_is_told_with_a_sentence(command: str, name: str) -> None:
    assert f"the plugin {name} ({name}-pack 4.5) ends or stops" in play("plugins", command, name, code=4).stderr


def test_cases_that_end_the_process_are_told_with_their_plugin(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssj_core.apart.trial.LONGEST", 60.0)
    remove(site, *VICES)
    code = (
        "import os\nfrom ssj_core.plugin.markers import hookimpl\nfrom ssj_core.rules.model import *\n"
        "BASIS = (LegalBasis(title='某办法', mark='V-src'),)\n"
        "def check(s, c):\n    os._exit(3)\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='subject', check=check, basis=BASIS)]\n"
    )
    case = (
        'format = "ssj-cases/1"\n[[case]]\nsays = "某条"\nbasis = [{ title = "某办法", mark = "V-src" }]\n'
        'on = 2026-01-01\neligibility = "county.x"\nsubject = { kind = "企业" }\nexpect = { takes_part = true }\n'
    )
    files = {"ssj-plugin.toml": manifest("county", cases='["cases.toml"]'), "cases.toml": case}
    site.add("county", files, code=code)
    result = play("plugins", "test", code=1)
    assert "county.x of the plugin county (fake-county 1.0) ended or stopped the program" in result.output
    assert "√ ratio_rules" in result.stdout


def test_whatever_an_import_raises_is_a_sentence(site: Site) -> None:
    site.add("odd", code="class Odd(BaseException):\n    pass\nraise Odd('at import')")
    with pytest.raises(PluginError, match=r"SSJ-G001.*Odd: at import"):
        load(["odd"], discover())
