"""Code of others that ends or stops its process: the office gets one sentence with its name, and nothing half."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_cli.say import Voice
from ssj_core.watching import careful
from tests.plugins.fakes import Site

from .bureau import Bureau, snapshot
from .watched import BATCH, DRAW, department, start, timeless

Play = Callable[..., tuple[int, str, str]]
"""Gives exit code, standard output and standard error."""

POSIX = os.name == "posix"
LIMIT = {"SSJ_CALL_LIMIT": "1"}
WHOSE = "of the plugin county (county-pack 4.5) ended or stopped the program: "

DEATHS = {
    "exit-0": ("rule", "os._exit(0)", "exit code 0"),
    "abort": ("recusal", "os.abort()", "signal SIGABRT" if POSIX else "exit code 3"),
    "loop-in-c": ("stratifier", "sum(itertools.count())", "no answer in 1 s"),
}
"""Where something is done, what, and how that is told; every other death is in tests/unit/test_apart.py."""

OF_RULES = {"rule": "county.x", "stratifier": "county.s", "recusal": "county.c"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("watched") / "site") as made:
        yield made


@pytest.fixture(scope="module")
def furnished(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The department's working folder."""
    return department(site, tmp_path_factory.mktemp("department")).folder


@pytest.fixture
def bureau(furnished: Path, tmp_path: Path) -> Iterator[Bureau]:
    """A copy of it; whatever is drawn in it verifies."""
    made = Bureau(shutil.copytree(furnished, tmp_path / "bureau"))
    yield made
    made.check()


@pytest.fixture
def play(site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Play:
    """Play a command as at a prompt, but for the first of its two processes, which is this one: half a second less."""

    def run(*words: str, vice: Mapping[str, str] | None = None, lang: str = "en") -> tuple[int, str, str]:
        with monkeypatch.context() as patch:
            for name, value in {"SSJ_LANG": lang, "PYTHONUTF8": "1", **(vice or {})}.items():
                patch.setenv(name, value)
            capfd.readouterr()
            with careful():
                result = CliRunner().invoke(group, words)
            other = capfd.readouterr()
        return result.exit_code, other.out + result.stdout, other.err + result.stderr

    assert site.folder.is_dir()
    return run


def evidence(bureau: Bureau) -> list[str]:
    """The rest of the command line that draws its batch."""
    return [bureau.plan, "--batch", BATCH, "--evidence", str(bureau.folder / "evidence.toml")]


def said(out: str, bureau: Bureau) -> list[str]:
    """What a command said, wherever its folder is and whatever the time of day made of the ledger."""
    return [line for line in out.replace(str(bureau.folder), "").splitlines() if not line.startswith("  ledger")]


def vice(where: str, what: str, **more: str) -> dict[str, str]:
    return {"VICE_AT": where, "VICE": what, **more}


@pytest.mark.parametrize(("where", "what", "how"), DEATHS.values(), ids=DEATHS)
def test_a_rule_that_ends_or_stops_the_program_is_named(
    play: Play, bureau: Bureau, where: str, what: str, how: str
) -> None:
    before = bureau.snapshot()
    code, out, err = play("run", bureau.plan, "--batch", BATCH, vice=vice(where, what, **LIMIT))
    assert (code, out) == (4, "")
    first, *others = err.splitlines()
    if "no answer" in how:
        assert first == f"waiting for {OF_RULES[where]}, 1 s so far; at 1 s it is stopped."
        first = others[0]
    assert first == f"SSJ-G029 error: {OF_RULES[where]} {WHOSE}{how}"
    assert bureau.snapshot() == before


def test_a_reader_is_named(play: Play, bureau: Bureau) -> None:
    before = bureau.snapshot()
    code, _, err = play("run", bureau.plan, "--batch", BATCH, vice=vice("reader", "os._exit(0)"))
    assert (code, bureau.snapshot()) == (4, before)
    assert f"county.t {WHOSE}exit code 0" in err


def test_a_plugin_that_dies_while_it_is_loaded_is_named(play: Play, bureau: Bureau) -> None:
    code, _, err = play("run", bureau.plan, "--batch", BATCH, vice=vice("hook", "os._exit(0)"))
    assert code == 4
    assert "SSJ-G025 error: the plugin county (county-pack 4.5) ends or stops the process it is loaded in" in err


def test_a_trial_and_a_document_for_programs_tell_it_too(play: Play, bureau: Bureau) -> None:
    words = ("run", bureau.plan, "--batch", BATCH, "--dry-run", "--json")
    code, out, _ = play(*words, vice=vice("rule", "os._exit(0)"), lang="zh")
    told = json.loads(out)
    assert (code, told["exit_code"], [p["code"] for p in told["problems"]]) == (4, 4, ["SSJ-G029"])
    assert "问到 county.x 时程序中断或停住（插件 county，county-pack 4.5）：退出码 0" in told["problems"][0]["message"]


def test_what_code_of_others_prints_is_no_part_of_the_answer(play: Play, bureau: Bureau) -> None:
    """A program reads one document, whatever a rule prints; a person reads both."""
    words = ("run", bureau.plan, "--batch", BATCH, "--dry-run", "--json")
    code, out, err = play(*words, vice=vice("rule", "print('heard')"), lang="zh")
    assert (code, json.loads(out)["exit_code"]) == (0, 0)
    assert "heard" in err


def test_the_draw_is_the_same_and_a_source_that_dies_is_asked_again(play: Play, bureau: Bureau, tmp_path: Path) -> None:
    """Watched or not the files are the same to the byte, but for the time of day; what was sealed is finished."""
    bureau.verdict = "unknown"  # no verifier knows a source of others
    alone = Bureau(shutil.copytree(bureau.folder, tmp_path / "alone"))
    code, _, err = play("run", bureau.plan, "--batch", BATCH, vice=vice("collect", "os._exit(0)"))
    assert (code, bureau.events()) == (4, [("commit", DRAW)])
    assert f"county.e {WHOSE}exit code 0" in err
    code, out, err = play("run", *evidence(bureau))
    assert (code, err) == (0, "")
    CliRunner().invoke(group, ["commit", alone.plan, "--batch", BATCH])
    result = CliRunner().invoke(group, ["--lang", "en", "run", *evidence(alone)])
    assert result.exit_code == 0, result.output
    assert said(out, bureau) == said(result.stdout, alone)
    drawn, other = (snapshot(one.folder / "draws" / DRAW) for one in (bureau, alone))
    assert drawn.keys() == other.keys()
    differing = {name for name in drawn if drawn[name] != other[name]}
    assert differing <= {"record.toml"}
    for name in differing:
        assert timeless(drawn[name]) == timeless(other[name])
    code, _, err = play(
        "forms", "print", str(bureau.folder), DRAW, "--paper", "county.p", vice=vice("renderer", "os._exit(0)")
    )
    assert code == 4
    assert f"county.p {WHOSE}exit code 0" in err
    assert not list(bureau.folder.rglob("*.html"))
    assert alone.reports()[0].arithmetic == bureau.reports()[0].arithmetic


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_what_ends_the_one_that_watches_ends_the_other(site: Site, bureau: Bureau) -> None:
    marks = bureau.folder.parent / "mark"
    what = f"open({str(marks)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    with start(site, "run", bureau.plan, "--batch", BATCH, vice=vice("rule", what)) as process:
        while not (marks.exists() and marks.read_text()):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(marks.read_text()), 0)


@pytest.mark.skipif(not POSIX, reason="signals of POSIX")
def test_ctrl_c_at_a_terminal_ends_both_with_one_sentence(site: Site, bureau: Bureau) -> None:
    """A terminal interrupts every process of its group."""
    marks = bureau.folder.parent / "mark"
    what = f"open({str(marks)!r}, 'w').write('x'); time.sleep(60)"
    code = (
        "import os, sys\nos.setpgid(0, 0)\nfrom ssj_cli.main import main\n"
        f"sys.argv = ['ssj-core', 'run', {bureau.plan!r}, '--batch', {BATCH!r}]\nmain()\n"
    )
    with start(site, vice=vice("rule", what), code=code) as process:
        while not marks.exists():
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip() == "interrupted; the next run goes on."


def test_an_interruption_that_nobody_made_names_who_may_have(play: Play, bureau: Bureau) -> None:
    code, _, err = play("run", bureau.plan, "--batch", BATCH, vice=vice("rule", "raise KeyboardInterrupt"))
    assert code == 130
    assert "nobody pressed Ctrl-C: county.x may have done it itself." in err


def test_a_thread_that_was_left_behind_is_told_as_such(play: Play, bureau: Bureau) -> None:
    """It ends the program while nobody is asked: whoever was asked last may have left it."""
    what = "threading.Thread(target=leave_later, daemon=True).start()"
    code, _, err = play("run", bureau.plan, "--batch", BATCH, vice=vice("appoint", what))
    assert code == 4
    assert "SSJ-G030 error: the program ended (exit code 0) while no plugin was being asked" in err
    assert "(county-pack 4.5) was asked last" in err


LOADING = {
    ("run",): ["plan.toml", "--batch", BATCH],
    ("run", "--dry-run"): ["plan.toml"],
    ("commit",): ["plan.toml", "--batch", "key-1"],
    ("simulate",): ["plan.toml", "--batch", "key-1"],
    ("rosters", "check"): ["--plan", "plan.toml"],
    ("replay",): ["plan.toml", "--against", DRAW],
    ("replace",): ["plan.toml", DRAW, "SG2021-0001", "--reason", "closed"],
    ("rules", "show"): ["plan.toml"],
    ("rules", "citations"): ["--all"],
    ("forms", "print"): [".", DRAW, "--paper", "county.p"],
    ("plugins", "show"): ["county"],
    ("plugins", "check"): ["county"],
    ("plugins", "test"): ["county"],
    ("plugins", "doctor"): [],
    ("doctor",): [],
}
"""Commands that load code of others."""


def test_nothing_is_said_or_written_before_a_command_starts_again(
    site: Site, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be said twice, or done twice."""
    bureau.verdict = "unknown"
    runner, asked = CliRunner(), list[Sequence[str]]()
    for words in (["commit", bureau.plan, "--batch", BATCH], ["run", *evidence(bureau)]):
        assert runner.invoke(group, words).exit_code == 0
    assert site.folder.is_dir()
    monkeypatch.chdir(bureau.folder)

    def again(words: Sequence[str], _: Voice) -> tuple[int, bool]:
        asked.append(words)
        return 7, True

    monkeypatch.setattr("ssj_cli.group.again", again)
    before = bureau.snapshot()
    with careful():
        for command, rest in LOADING.items():
            result = runner.invoke(group, [*command, *rest])
            assert (result.exit_code, result.output, asked.pop()) == (7, "", [*command, *rest])
            assert runner.invoke(group, [*command, *rest, "--json"]).output == ""
    assert bureau.snapshot() == before
