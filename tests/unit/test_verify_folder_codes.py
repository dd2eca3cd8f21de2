"""Every finding about a working folder with its ledger, and about a proof, has its own code."""

import shutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import pytest
from attrs import evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import Event, Ledger
from ssj_core.proof import make_proof, verify_proof
from ssj_core.record import FILE, decode_record
from ssj_core.strata import COVERAGE
from ssj_core.verify import Report, Status, verify_folder
from ssj_core.workspace import evidence_data
from tests.cli.bureau import Bureau
from tests.strategies import DRAWN_AT, SEALED_AT
from tests.unit.finished import NAME, check_sentences, drawn, findings, finished, said, sealed

Events = list[tuple[str, str, str, dict[str, Any]]]
Place = tuple[str, int | None, str]
DRAWS: Final = f"draws/{NAME}"


def events(files: Mapping[str, bytes], name: str = NAME, year: int = 2021) -> Events:
    """What the ledger holds of a draw."""
    told = decode_record(files[FILE])
    value = told.commitment.value
    return [
        ("commit", name, SEALED_AT, {"commitment": value, "policy": "t/b", "year": year}),
        ("entropy", name, DRAWN_AT, {"commitment": value, "evidence": evidence_data([said()])}),
        ("draw", name, DRAWN_AT, {"record": digest(files[FILE]), "seed": told.seed, "year": year}),
    ]


def written(*some: tuple[str, str, str, dict[str, Any]]) -> bytes:
    """A ledger of these events, each following the one before, whatever they are."""
    made, held = b"", Ledger()
    for number, (kind, draw, time, data) in enumerate(some, start=1):
        event: Event = held.next(kind, draw, time, data)  # type: ignore[arg-type]
        line = evolve(event, number=number).encode()
        made += line + b"\n"
        held = evolve(held, head=digest(line))
    return made


def honest() -> bytes:
    return written(*events(finished()))


def told(event: int, **change: Any) -> bytes:
    """The ledger with other data or time in one of its events."""
    made = events(finished())
    kind, draw, time, data = made[event]
    time = change.pop("time", time)
    made[event] = (kind, draw, time, {**data, **change})
    return written(*made)


def lines(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    return b"".join(line + b"\n" for line in change(honest().splitlines()))


def commit(draw: str, policy: str = "t/c", value: str = "c" * 64) -> tuple[str, str, str, dict[str, Any]]:
    return ("commit", draw, SEALED_AT, {"commitment": value, "policy": policy, "year": 2021})


def value() -> str:
    return decode_record(finished()[FILE]).commitment.value


LEDGERS: Final[dict[str, tuple[Callable[[], bytes | None], str, Place, Status]]] = {
    "none": (lambda: None, "SSJ-V090", (ledgers.FILE, None, ""), "unknown"),
    "a row removed": (lambda: lines(lambda ls: [ls[0], ls[2]]), "SSJ-L038", (ledgers.FILE, 2, ""), "fails"),
    "the first row removed": (lambda: lines(lambda ls: ls[1:]), "SSJ-L038", (ledgers.FILE, 1, ""), "fails"),
    "a row changed": (
        lambda: lines(lambda ls: [ls[0].replace(b"2021-03-01", b"2021-03-02"), *ls[1:]]), "SSJ-L041",
        (ledgers.FILE, 2, ""), "fails",
    ),
    "rows re-ordered": (lambda: lines(lambda ls: [ls[0], ls[2], ls[1]]), "SSJ-L039", (ledgers.FILE, 2, ""), "fails"),
    "a row repeated": (lambda: lines(lambda ls: [*ls[:2], *ls[1:]]), "SSJ-L040", (ledgers.FILE, 3, ""), "fails"),
    "a wrong number": (
        lambda: lines(lambda ls: [*ls[:2], ls[2].replace(b'"number":3', b'"number":4')]), "SSJ-L037",
        (ledgers.FILE, 3, ""), "fails",
    ),
    "a row that is not JSON": (lambda: lines(lambda ls: [*ls, b"-- 2021"]), "SSJ-L030", (ledgers.FILE, 4, ""), "fails"),
    "a row of something else": (lambda: lines(lambda ls: [*ls, b"{}"]), "SSJ-L031", (ledgers.FILE, 4, ""), "fails"),
    "an event nobody knows": (
        lambda: written(*events(finished()), ("publish", NAME, "", {})), "SSJ-L032", (ledgers.FILE, 4, ""), "unknown",
    ),
    "a number as text": (
        lambda: lines(lambda ls: [ls[0].replace(b'"number":1', b'"number":"1"')]), "SSJ-L033", (ledgers.FILE, 1, ""),
        "fails",
    ),
    "blanks": (lambda: honest().replace(b'"draw":', b'"draw": '), "SSJ-L034", (ledgers.FILE, 1, ""), "fails"),
    "CRLF": (lambda: honest().replace(b"\n", b"\r\n"), "SSJ-L035", (ledgers.FILE, 1, ""), "fails"),
    "BOM": (lambda: b"\xef\xbb\xbf" + honest(), "SSJ-L036", (ledgers.FILE, 1, ""), "fails"),
    "a second commitment": (
        lambda: written(*events(finished()), commit(NAME)), "SSJ-L042", (ledgers.FILE, 4, ""), "fails",
    ),
    "a second draw": (
        lambda: written(*events(finished()), events(finished())[2]), "SSJ-L043", (ledgers.FILE, 4, ""), "fails",
    ),
    "a draw after the void": (
        lambda: written(*events(finished())[:2], ("void", NAME, "", {"reason": "x"}), events(finished())[2]),
        "SSJ-L044", (ledgers.FILE, 4, ""), "fails",
    ),
    "a draw without entropy": (
        lambda: written(events(finished())[0], events(finished())[2]), "SSJ-L045", (ledgers.FILE, 2, ""), "fails",
    ),
    "a redraw without a void": (
        lambda: written(*events(finished()), commit("p-b-2")), "SSJ-L046", (ledgers.FILE, 4, ""), "fails",
    ),
    "a policy twice in a year": (
        lambda: written(*events(finished()), commit("q-b-1", "t/b")), "SSJ-L047", (ledgers.FILE, 4, ""), "fails",
    ),
    "the beginning cut off": (
        lambda: lines(lambda ls: [ls[1].replace(b'"number":2', b'"number":1')]), "SSJ-L048", (ledgers.FILE, 1, ""),
        "fails",
    ),
    "one commitment sealed twice": (
        lambda: written(*events(finished()), commit("q-c-1", "t/c", value())), "SSJ-V101", (ledgers.FILE, 4, ""),
        "fails",
    ),
    "a line never finished": (lambda: honest() + b'{"data"', "SSJ-V102", (ledgers.FILE, 4, ""), "holds"),
    "a void": (
        lambda: written(*events(finished()), ("void", NAME, "", {"reason": "漏列一户"})), "SSJ-V103",
        (ledgers.FILE, 4, ""), "holds",
    ),
    "sealed and waiting": (
        lambda: written(*events(finished()), commit("p-c-1")), "SSJ-V104", (ledgers.FILE, 4, ""), "holds",
    ),
    "another draw's ledger": (lambda: written(commit("p-c-1")), "SSJ-V092", (ledgers.FILE, None, ""), "fails"),
    "another record": (lambda: told(2, record="0" * 64), "SSJ-V093", (FILE, None, ""), "fails"),
    "another seed": (lambda: told(2, seed="0" * 64), "SSJ-V094", (FILE, None, "seed"), "fails"),
    "sealed at another time": (lambda: told(0, time=DRAWN_AT), "SSJ-V095", (FILE, None, "sealed_at"), "fails"),
    "drawn at another time": (lambda: told(1, time=SEALED_AT), "SSJ-V095", (FILE, None, "drawn_at"), "fails"),
    "another commitment": (
        lambda: told(0, commitment="0" * 64), "SSJ-V096", (FILE, None, "commitment.value"), "fails",
    ),
    "another root": (
        lambda: told(0, subjects_root="0" * 64), "SSJ-V096", (FILE, None, "commitment.subjects_root"), "fails",
    ),
    "another head before": (
        lambda: written(commit("a-b-1"), *events(finished())), "SSJ-V096", (FILE, None, "commitment.previous_head"),
        "fails",
    ),
    "entropy of another commitment": (
        lambda: told(1, commitment="0" * 64), "SSJ-V097", (ledgers.FILE, 2, ""), "fails",
    ),
    "other entropy": (lambda: told(1, evidence=[]), "SSJ-V098", (FILE, None, "entropy"), "fails"),
    "another year": (lambda: told(2, year=2020), "SSJ-V099", ("rules.toml", None, "year"), "fails"),
    "another policy": (lambda: told(0, policy="t/x"), "SSJ-V099", ("rules.toml", None, "policy"), "fails"),
}  # fmt: skip


def verdict(reports: tuple[Report, ...]) -> str:
    return max((r.arithmetic for r in reports), key=["holds", "unknown", "fails"].index)


@pytest.mark.parametrize("name", LEDGERS)
def test_what_is_wrong_with_a_ledger_is_named(name: str) -> None:
    make, code, place, status = LEDGERS[name]
    reports = verify_folder({NAME: dict(finished())}, make())
    found = findings(*reports)
    assert (code, *place) in [(p.code, p.file, p.row, p.field) for p in found]
    assert verdict(reports) == status
    if not code.startswith("SSJ-L"):  # a ledger that breaks is read no further, and nothing more is said of it
        assert {p.code for p in found} <= {code, "SSJ-V104"}
    check_sentences(found)


def test_the_honest_folder_holds_and_nothing_is_found() -> None:
    reports = verify_folder({NAME: dict(finished())}, honest())
    assert (verdict(reports), findings(*reports)) == ("holds", [])


def test_a_draw_without_its_folder_cannot_be_told() -> None:
    (report,) = verify_folder({}, honest())
    assert report.arithmetic == "unknown"
    assert [(p.code, p.severity, p.file, p.value) for p in findings(report)] == [("SSJ-V091", "warning", DRAWS, NAME)]
    check_sentences(findings(report))


def test_two_folders_for_one_commitment() -> None:
    reports = verify_folder({NAME: dict(finished()), "p-b-2": dict(finished())}, honest())
    found = findings(reports[0])
    assert [(p.code, p.file, p.value) for p in found] == [("SSJ-V100", "draws/p-b-2", f"{NAME}, p-b-2")]
    assert {"SSJ-V025", "SSJ-V092"} <= {p.code for p in findings(reports[2])}
    check_sentences(findings(*reports))


@cache
def two_draws(right: bool) -> tuple[dict[str, dict[str, bytes]], bytes]:
    """A second draw of the year that goes by coverage first; with `right`, it knows who was drawn in the first."""
    first = dict(finished())
    ledger = events(first)
    drawn_ids = {line.split(",")[3] for line in first["drawn.csv"].decode().splitlines() if ",抽中," in line}
    one = sealed().rules.ratio.classes[0]
    kind = evolve(one, strata=tuple(f"{one.id}/{part}" for part in COVERAGE))
    ratio = evolve(sealed().rules.ratio, coverage_first=True, classes=(kind,))
    rules = evolve(sealed().rules, draw_id="p-c-1", batch="c", policy="c", ratio=ratio)
    subjects = tuple(evolve(s, stratum=f"{one.id}/{COVERAGE[right and s.id in drawn_ids]}") for s in sealed().subjects)
    plan = sealed().plan.replace(b'id = "b", policy = "b"', b'id = "c", policy = "c"')
    assert plan != sealed().plan
    head = ledgers.read(written(*ledger)).head
    second = drawn(rules=rules, subjects=subjects, plan=plan, previous_head=head)
    later = events(second, "p-c-1")
    later[0][3]["policy"] = "t/c"
    return {NAME: first, "p-c-1": second}, written(*ledger, *later)


def test_who_was_drawn_before() -> None:
    draws, ledger = two_draws(right=True)
    assert verdict(verify_folder(draws, ledger)) == "holds"
    reports = verify_folder({"p-c-1": draws["p-c-1"]}, ledger)
    assert [(p.code, p.file) for p in findings(*reports)] == [("SSJ-V091", DRAWS), ("SSJ-V106", DRAWS)]
    assert verdict(reports) == "unknown"
    check_sentences(findings(*reports))
    draws, ledger = two_draws(right=False)
    found = findings(*verify_folder(draws, ledger))
    assert {(p.code, p.file, p.field) for p in found} == {("SSJ-V105", "subjects.csv", "分层")}
    rows = draws["p-c-1"]["subjects.csv"].decode().splitlines()
    assert all(p.row and rows[p.row - 1].startswith(p.value) for p in found)
    check_sentences(found)


# Proofs


def test_what_is_wrong_with_a_proof_is_named() -> None:
    subject, commitment = sealed().subjects[0].id, sealed().commitment
    full, bare = make_proof(sealed(), subject), evolve(make_proof(sealed(), subject), commitment=None)
    assert full.commitment is not None
    changed = evolve(full, commitment=evolve(full.commitment, officers_count=9))
    for proof, published, codes in (
        (full, {"commitment": commitment.value, "root": commitment.subjects_root}, []),
        (evolve(bare, path=()), {"root": commitment.subjects_root}, ["SSJ-V110", "SSJ-V111"]),
        (full, {"root": "0" * 64}, ["SSJ-V111"]),
        (bare, {}, ["SSJ-V112"]),
        (changed, {}, ["SSJ-V113"]),
        (bare, {"commitment": commitment.value}, ["SSJ-V112", "SSJ-V114"]),
        (full, {"commitment": "0" * 64}, ["SSJ-V115"]),
    ):
        report = verify_proof(proof.encode(), "p.json", **published)
        found = findings(report)
        assert [p.code for p in found] == codes
        severities = {p.severity for p in found}
        assert report.arithmetic == ("fails" if "error" in severities else "unknown" if severities else "holds")
        check_sentences(found)


# As it is printed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    bureau = Bureau(tmp_path_factory.mktemp("codes") / "bureau").furnish()
    bureau.run("--batch", "key-1")
    return bureau


def test_code_place_message_and_remedy_are_printed_the_remedy_once(made: Bureau, tmp_path: Any) -> None:
    folder = shutil.copytree(made.folder, tmp_path / "copy")
    draw = next((folder / "draws").iterdir())
    table = (draw / "drawn.csv").read_bytes()
    (draw / "drawn.csv").write_bytes(table[3:].replace(b"\n", b"\r\n"))
    result = made.play(
        "verify", str(draw), code=1,
        out=[r"(?m)^      SSJ-V022 drawn\.csv：.*内容未变", r"(?m)^      SSJ-V031 drawn\.csv：.*BOM",
             r"(?m)^        → 从公布的地方重新取这个文件"],
    )  # fmt: skip
    assert result.stdout.count("→") == 1
    made.play(
        "--lang", "en", "verify", str(draw), code=1,
        out=[r"SSJ-V032 drawn\.csv: its lines end with CRLF now", "→ fetch the file again", "unchanged"],
    )  # fmt: skip
    some = table.splitlines()[1].split(b",")[3].decode()
    made.play("explain", str(draw), some, code=1, out=[r"    SSJ-V022 drawn\.csv：", "      → 从公布的地方"])
    (draw / "note.txt").write_bytes(b"")
    (draw / "drawn.csv").write_bytes(table)
    result = made.play("verify", str(draw), out=["SSJ-V026 note.txt：与抽取无关"])
    assert "→" not in result.stdout, "a note asks for nothing"


def test_a_record_of_a_newer_version_has_a_verdict(made: Bureau, tmp_path: Any) -> None:
    draw = shutil.copytree(next((made.folder / "draws").iterdir()), tmp_path / "t-2021-key-1-1")
    record = draw / "record.toml"
    record.write_bytes(record.read_bytes().replace(b"ssj-record/1", b"ssj-record/2"))
    made.play(
        "verify", str(draw), code=3,
        out=["SSJ-V005 record.toml format：由更新的版本", "较新的 ssj-core", "结论 A（计算）：无法判断"],
        silent=["不成立", "×"],
    )  # fmt: skip
