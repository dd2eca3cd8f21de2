"""A forger who makes more and more right again; in the end only what was published before stops him."""

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from ssj_core import ledger as ledgers
from ssj_core.record import FILE
from ssj_core.sealed import RULES_FILE
from ssj_core.verify import verify_draw, verify_folder
from tests.attacks.forger import SAID, Files, closed, content, digested, failing, honest, roster
from tests.attacks.office import DRAW, FRIENDS, folder, publish, recorded, sealing, words
from tests.attacks.office import said as office_said
from tests.cli.bureau import SUBJECT_HEADERS, Bureau, evidence_text, subject_row, table
from tests.verifiers.independent import SSJ, run


def without_friends() -> Any:
    """The sealing of a roster in which the friends never were."""
    return sealing("text", subjects=[s for s in roster() if s.id not in FRIENDS])


@cache
def forged() -> Files:
    """The draw he would like to have had, made by the program itself."""
    return folder(without_friends(), SAID)


def part(name: str) -> Callable[[Files], Files]:
    """A part of the record taken from the forged draw."""

    def change(files: Files) -> Files:
        return {**files, FILE: closed({**content(files), name: content(forged())[name]})}

    return change


def file(*names: str) -> Callable[[Files], Files]:
    """Files taken from it."""
    return lambda files: {**files, **{name: forged()[name] for name in names}}


def record_digests(files: Files) -> Files:
    """The digests of the record made right."""
    return digested(files)


REPAIRS: Final[tuple[tuple[str, Callable[[Files], Files], list[int]], ...]] = (
    ("he takes his friends out of the roster", file("subjects.csv", RULES_FILE), [2, 4, 6, 7, 8, 9, 10]),
    ("he makes the digests in record and rules right", record_digests, [4, 6, 7, 8, 9, 10]),
    ("he makes the commitment right", part("commitment"), [6, 7, 8, 9, 10]),
    ("he makes the seed right", part("seed"), [7, 8, 9, 10]),
    ("he makes quotas and cuts right", part("stratum"), [8, 9, 10]),
    ("he makes the drawn right", file("drawn.csv"), [2, 9, 10]),
    ("and their teams", file("teams.csv"), [2, 10]),
    ("and what the teams were matched from", part("matching"), [2]),
    ("and once more all digests", record_digests, []),
)
"""What he repairs one after the other, and the steps that still fail after it."""


def test_each_repair_leaves_the_next_step_to_fail_until_none_is_left() -> None:
    files = dict(honest())
    for what, repair, left in REPAIRS:
        files = repair(files)
        assert failing(verify_draw(files, DRAW)) == left, what
        theirs = {int(t.split()[0]) for verdict, t, _ in SSJ.verify_draw(files, DRAW) if verdict == "fails"}
        assert bool(theirs) is bool(left), what
    assert files == forged()


def test_the_ledger_of_the_honest_draw_stops_him_at_its_record_commitment_and_seed() -> None:
    ledger = recorded(honest())
    (step,) = (s for s in verify_folder({DRAW: forged()}, ledger)[-1].steps if "台账" in s.title.zh)
    assert step.status == "fails"
    said = "\n".join(map(office_said, step.details))
    for told in ("记录", "种子", "承诺"):
        assert told in said
    events, _ = SSJ.read_ledger(ledger)
    assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(forged(), DRAW, events)}


def test_with_the_ledger_written_anew_nothing_in_his_files_contradicts_him_and_the_reader_is_told_so() -> None:
    """No file can prove when it was published. What can is named in the report: the commitment published before."""
    reports = publish(without_friends(), SAID).reports()
    assert {r.arithmetic for r in reports} == {"holds"}
    assert "compare the published one" in words(reports)
    assert "请对照当时公布的承诺" in words(reports)
    before, after = ledgers.read(recorded(honest())), ledgers.read(recorded(forged()))
    assert before.head != after.head
    assert after.line_of(before.head) is None


# --- and now with the program, in working folders


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bureau, Bureau, dict[str, str]]:
    """An honest bureau; the same bureau after it did all over again without its friends; what was published between."""
    place = tmp_path_factory.mktemp("repaired")
    first = Bureau(place / "honest").furnish(entropy=("text",))
    first.play("commit", first.plan, "--batch", "key-1")
    notice = (first.folder / "notices" / "t-2021-key-1-1.txt").read_text("utf-8-sig")
    labels = {"commitment": "都会不同）：\\s+", "root": "检查对象 .*名录根 ", "head": "封存后台账的头 "}
    public = {name: re.findall(f"{label}([0-9a-f]{{64}})", notice)[0] for name, label in labels.items()}
    first.write(evidence=evidence_text())
    evidence = str(first.folder / "evidence.toml")
    first.run("--batch", "key-1", "--evidence", evidence, commit_first=False)
    first.play("ledger", "export", str(first.folder), str(place / "copy.jsonl"))
    again = Bureau(place / "again").furnish(entropy=("text",))
    rows = [subject_row(n) for n in range(40) if n not in (8, 16)]
    again.write(subjects=table(SUBJECT_HEADERS, rows), evidence=evidence_text())
    again.run("--batch", "key-1", "--evidence", str(again.folder / "evidence.toml"))
    return first, again, {**public, "copy": str(place / "copy.jsonl")}


NAME: Final = "t-2021-key-1-1"


def test_what_he_publishes_holds_by_itself_and_says_what_to_compare(bureaus: tuple[Bureau, Bureau, Any]) -> None:
    _, again, _ = bureaus
    again.play(
        "verify",
        str(again.folder),
        out=["√ 10", "成立", "尚未证明：承诺是否真的在种子产生之前公布.*请对照当时公布的承诺"],
    )
    again.play(
        "--lang", "en", "verify", str(again.folder / "draws" / NAME), out=["holds", "compare the published one"],
    )  # fmt: skip
    theirs = run(again.folder)
    assert theirs.returncode == 0
    assert "was the commitment published before? look at the entropy and at the notice" in theirs.stdout


def test_the_published_commitment_stops_him(bureaus: tuple[Bureau, Bureau, Any]) -> None:
    first, again, public = bureaus
    option = ("--commitment", public["commitment"])
    first.play("verify", str(first.folder / "draws" / NAME), *option, out=["√ 11 承诺与抽取前公布的一致"])
    again.play(
        "verify",
        str(again.folder / "draws" / NAME),
        *option,
        code=1,
        out=["× 11 承诺与抽取前公布的一致", "SSJ-V117", "不成立"],
    )


def test_the_published_head_stops_him(bureaus: tuple[Bureau, Bureau, Any]) -> None:
    first, again, public = bureaus
    option = ("--head", public["head"])
    first.play("ledger", "verify", str(first.folder), *option, out=["√ 公布过的台账头是第 1 行之后的"])
    again.play("ledger", "verify", str(again.folder), *option, code=1, err=["SSJ-L026", public["head"]], silent=["√"])


def test_the_ledger_somebody_kept_stops_him(bureaus: tuple[Bureau, Bureau, Any]) -> None:
    first, again, public = bureaus
    first.play("ledger", "verify", str(first.folder), "--against", public["copy"], out=["√"])
    again.play(
        "ledger", "verify", str(again.folder), "--against", public["copy"], code=1, err=["SSJ-L023"], silent=["√"]
    )


def test_the_proof_of_one_firm_stops_him(bureaus: tuple[Bureau, Bureau, Any], tmp_path: Path) -> None:
    """A firm asks for its proof and compares it with the notice it kept."""
    first, again, public = bureaus
    for bureau, code, mark in ((first, 0, "√"), (again, 1, "×")):
        made = str(tmp_path / f"{code}.json")
        bureau.play("proof", str(bureau.folder / "draws" / NAME), "SG2021-0024", "-o", made)
        bureau.play(
            "verify", "--proof", made, "--commitment", public["commitment"], code=code,
            out=[f"{mark} 3 承诺与公布的一致"],
        )  # fmt: skip
        bureau.play("verify", "--proof", made, "--root", public["root"], code=code, out=[f"{mark} 名录根与公布的一致"])


def test_a_friend_who_is_gone_has_no_proof(bureaus: tuple[Bureau, Bureau, Any], tmp_path: Path) -> None:
    first, again, _ = bureaus
    first.play("proof", str(first.folder / "draws" / NAME), "SG2021-0008", "-o", str(tmp_path / "a.json"))
    again.play(
        "proof", str(again.folder / "draws" / NAME), "SG2021-0008", "-o", str(tmp_path / "b.json"), code=3,
        err=["SSJ-X"],
    )  # fmt: skip


def test_a_digest_of_a_whole_folder_is_asked_for_one_draw(bureaus: tuple[Bureau, Bureau, Any], tmp_path: Path) -> None:
    first, _, public = bureaus
    first.play("verify", str(first.folder), "--commitment", public["commitment"], code=2)
    copy = shutil.copytree(first.folder / "draws" / NAME, tmp_path / NAME)
    (copy / "record.toml").unlink()
    first.play("verify", str(copy), "--commitment", public["commitment"], code=3, silent=["×"])
