"""SPEC §5.4, §9 and §11: the folder of a draw, and what happens to one that was tampered with."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.entropy import drand
from ssj_core.entropy.drand_networks import BY_CHAIN
from ssj_core.entropy.model import Evidence, Level, Request
from ssj_core.problems import InputError
from ssj_core.record import VERIFIER
from ssj_core.rules.effective import (
    RosterPin,
    SealedEntropy,
    decode_rules,
)
from ssj_core.sealed import LARGEST_TEAM, RULES_FILE, Sealed
from ssj_core.tables import (
    OFFICER,
    OUTCOME_FILES,
    SEALED_FILES,
    SUBJECT,
    ExcludedRow,
)
from ssj_core.verify import verify_draw
from tests.sealed_folder import (
    EVIDENCE,
    FOLDER,
    PLAN,
    RECORD,
    SEALED,
    bound,
    closed,
    failing,
    made_folder,
    rebound,
    with_file,
)
from tests.verifiers.independent import SSJ

BEACONS = Path(__file__).parents[1] / "vectors" / "beacons.json"


def test_the_folder_holds() -> None:
    report = verify_draw(FOLDER, "p-b-1")
    assert (report.arithmetic, report.level, failing(report), len(report.steps)) == ("holds", "E2", [], 10)
    assert sorted(FOLDER) == sorted(["record.toml", "plan.toml", "rules.toml", *SEALED_FILES, *OUTCOME_FILES])


@pytest.mark.parametrize("name", sorted(FOLDER))
def test_a_missing_file_cannot_be_told(name: str) -> None:
    report = verify_draw({k: v for k, v in FOLDER.items() if k != name}, "p-b-1")
    assert (report.arithmetic, failing(report)) == ("unknown", [])


@pytest.mark.parametrize("name", ["subjects.csv", "officers.csv", "excluded.csv", "recusals.csv"])
def test_a_changed_sealed_table_fails(name: str) -> None:
    old = {"subjects.csv": "第7厂", "officers.csv": "O4", "excluded.csv": "休假", "recusals.csv": "亲属"}[name]
    changed = with_file(name, FOLDER[name].replace(old.encode(), "另一个".encode()))
    assert 3 in failing(verify_draw(changed, "p-b-1"))


@pytest.mark.parametrize("name", sorted(set(FOLDER) - {"record.toml"}))
def test_every_change_of_a_file_makes_a_step_fail(name: str) -> None:
    data = FOLDER[name]
    digit = data.replace(b"/1", b"/I").replace(b"1", b"2", 1).replace(b"/I", b"/1")  # not that of a version
    for changed in (data + b"\n", data + b"# x\n", data[:-1], digit, b""):
        if changed != data:
            assert failing(verify_draw({**FOLDER, name: changed}, "p-b-1")), changed
            assert failing(verify_draw(with_file(name, changed), "p-b-1")), changed


@pytest.mark.parametrize("line", [n for n, text in enumerate(RECORD.splitlines()) if " = " in text])
def test_every_change_of_the_record_makes_a_step_fail(line: int) -> None:
    lines = RECORD.splitlines(keepends=True)
    name = lines[line].partition(" = ")[0]
    if name in ("format", "spec") and "match" not in lines[line]:
        return  # a later number is that of a newer version, and cannot be told: see below
    if name in ("sealed_at", "drawn_at", "who", "where", "when", "sha256"):
        return  # remarks and testimony; the closing digest is looked at below
    value = lines[line].partition(" = ")[2]
    digits = re.search(r"[0-9](?=[^0-9]*$)", value)
    changed = value[: digits.start()] + str(9 - int(digits[0])) + value[digits.end() :] if digits else f'"x{value[1:]}'
    lines[line] = f"{name} = {changed}"
    assert failing(verify_draw({**FOLDER, "record.toml": closed("".join(lines))}, "p-b-1")), lines[line]
    assert 1 in failing(verify_draw({**FOLDER, "record.toml": "".join(lines).encode()}, "p-b-1"))


@pytest.mark.parametrize("name", sorted(FOLDER))
def test_rubbish_fails_and_never_stops_the_verifier(name: str) -> None:
    rubbish = (b"", b"\x00", b"\xff\xfe", b"[" * 5000, b"a = 1\n", "\ufeff编号\n".encode())
    for data in (*rubbish, FOLDER["drawn.csv"][::-1]):
        for files in ({**FOLDER, name: data}, with_file(name, data)):
            if name != "record.toml" or files["record.toml"] == data:
                assert verify_draw(files, "p-b-1").arithmetic == "fails", data


def test_the_folder_is_named_after_the_draw() -> None:
    assert failing(verify_draw(FOLDER, "p-b-2")) == [2]


def test_an_unknown_key_in_the_rules_is_refused() -> None:
    for changed in (
        b"colour = 1\n" + SEALED.rules_data,
        SEALED.rules_data.replace(b"reserve = 2", b'reserve = "2"'),
        SEALED.rules_data.replace(b'"1/3"', b"0.33"),
        SEALED.rules_data.replace(b'"1/3"', '"1／3"'.encode()),
        SEALED.rules_data.replace(b'total = "each"', b'total = "all"'),
    ):
        assert changed != SEALED.rules_data
        with pytest.raises(InputError):
            decode_rules(changed, "rules.toml")


def test_the_verifier_in_the_folder_is_the_one_laid_in() -> None:
    laid_in = made_folder(SEALED, EVIDENCE, **{VERIFIER: digest(b"a verifier")})
    assert verify_draw({**laid_in, VERIFIER: b"a verifier"}, "p-b-1").arithmetic == "holds"
    assert verify_draw(laid_in, "p-b-1").arithmetic == "holds"
    assert failing(verify_draw({**laid_in, VERIFIER: b"another"}, "p-b-1")) == [2]
    assert failing(verify_draw({**FOLDER, VERIFIER: b"a verifier"}, "p-b-1")) == [2]


def test_no_text_holds_control_characters() -> None:
    assert failing(verify_draw(made_folder(SEALED, evolve(EVIDENCE, where="会议室\x1b[2J")), "p-b-1")) == [1]
    for old, new in ((b'title = "\xe4\xb8\x80"', b'title = "\\u001b"'), (b'"any"', b'"any"\nbasis = "\\u0085"')):
        changed = SEALED.rules_data.replace(old, new)
        assert changed != SEALED.rules_data
        assert 3 in failing(verify_draw(with_file(RULES_FILE, changed), "p-b-1"))


def test_everybody_is_accounted_for() -> None:
    def with_pins(subjects: int, officers: int) -> Sealed:
        one = RosterPin(role="subjects", file="x.csv", sha256="0" * 64, encoding="", sheet="", rows=subjects)
        pins = (one, evolve(one, role="officers", rows=officers))
        return rebound(evolve(SEALED, rules=evolve(SEALED.rules, rosters=pins)))

    def with_excluded(unit: str, name: str) -> Sealed:
        row = ExcludedRow(unit=unit, id=name, name="", rule="r.x", reason="x")
        rows = sorted((*SEALED.excluded, row), key=lambda e: (e.unit, e.id.encode()))
        return rebound(evolve(SEALED, excluded=tuple(rows)))

    for sealed, steps in (
        (with_pins(7, 5), []),
        (with_pins(8, 5), [3]),
        (with_pins(7, 4), [3]),
        (with_excluded(SUBJECT, "test:8"), [3]),
        (with_excluded(SUBJECT, "test:7"), [3]),
        (with_excluded(OFFICER, "officer:1"), [3]),
        (with_excluded(OFFICER, "officer:9"), [3]),
        (with_excluded("别的", "test:8"), [3]),
    ):
        assert failing(verify_draw(made_folder(sealed, EVIDENCE), "p-b-1")) == steps


@pytest.mark.parametrize(
    ("old", "new", "fails"),
    [
        ("reserve = 2", "reserve = 3", False),
        ("size = 2", "size = 3", False),
        ("size = 2", f"size = {LARGEST_TEAM}", False),
        ("size = 2", f"size = {LARGEST_TEAM + 1}", True),
        ("size = 2", "size = 1", True),
        ("reserve = 2", "reserve = -1", True),
        ("at_least = 0", "at_least = -1", True),
        ("small_below = 0", "small_below = -1", True),
        ('small_take = "all"', "small_take = -1", True),
        ('    "B",\n', '    "B",\n    "B",\n', True),
        ('    "B",\n', '    "C",\n', True),
        ('total = "each"', 'total = "shared"', False),
        ("at_least = 0", "at_least = 1", False),
        ('total = "each"|at_least = 0', 'total = "shared"|at_least = 1', True),
        ('total = "each"|small_below = 0', 'total = "shared"|small_below = 1', True),
        ('id = "B"', 'id = "D"', True),
        ('id = "B"|    "B",\n', 'id = "E"|    "E",\n', True),
    ],
)
def test_rules_that_no_office_can_seal_fail(old: str, new: str, fails: bool) -> None:
    changed = SEALED.rules_data
    for one, other in zip(old.split("|"), new.split("|"), strict=True):
        assert one.encode() in changed
        changed = changed.replace(one.encode(), other.encode())
    assert (3 in failing(verify_draw(with_file(RULES_FILE, changed), "p-b-1"))) is fails


@pytest.mark.parametrize(
    ("old", "new", "fails"),
    [
        ("s.csv", "t.csv", False),
        ('title = "计划"', 'title = "别的计划"', True),
        ("某局", "别的局", True),
        ("year = 2026", "year = 2027", True),
        ("year = 2026", 'document_no = "1 号"\nyear = 2026', True),
        ('ruleset = "r"', 'ruleset = "q"', True),
        ('ruleset = "r"', 'ruleset = "r"\nassurance = "E2"', True),
        ('ruleset = "r"', 'ruleset = "r"\nsigners = [{ name = "甲", key = "x" }]', True),
        ('ruleset = "r"', 'ruleset = "r"\nstamp = { certificates = ["a.pem"] }', True),
        ('ruleset = "r"', 'ruleset = "r"\nreplacement = { mode = "R3" }', True),
        ('ruleset = "r"', 'ruleset = "r"\nreplacement = { mode = "R1" }', False),
        ('policy = "b"', 'policy = "b", replacement = { mode = "R3" }', True),
        ('id = "p"', 'id = "q"', True),
        ('id = "b"', 'id = "c"', True),
        ('policy = "b"', 'policy = "c"', True),
        ("2026-03-01", "2026-03-02", True),
        ("2026-03-31", "2026-03-30", True),
        ('source = "text"', 'source = "os"', True),
        ('{ source = "text" }', '{ source = "text" }, { source = "os" }', True),
        ('policy = "b"', 'policy = "b", entropy = [{ source = "os" }]', True),
        ("format", "# format", True),
    ],
)
def test_rules_that_differ_from_the_plan_fail(old: str, new: str, fails: bool) -> None:
    """The plan is read: commitment and digests are right, and still it is another plan."""
    assert old in PLAN
    files = made_folder(bound(SEALED.rules, PLAN.replace(old, new, 1)), EVIDENCE)
    assert failing(verify_draw(files, "p-b-1")) == ([3] if fails else [])
    theirs = [int(title.split()[0]) for verdict, title, _ in SSJ.verify_draw(files, "p-b-1") if verdict == "fails"]
    assert theirs == ([3] if fails else [])


def of_source(source: str, appointed: dict[str, str], assurance: Level | None = None) -> Sealed:
    """A sealed draw with this source, which the plan names too, and the level it requires."""
    uses = (SealedEntropy(source=source, appointed=appointed),)
    rules = evolve(SEALED.rules, entropy=uses, assurance=assurance)
    head = f'assurance = "{assurance}"\n' if assurance else ""
    return bound(rules, head + PLAN.replace('"text"', f'"{source}"'))


def test_too_little_entropy_or_too_low_a_level_fails() -> None:
    raw, issue = "2026318:0 7 3", {"game": "fc3d", "issue": "2026318"}
    three = Evidence(source="fc3d", raw=raw, canonical=raw, when="2026-03-02")
    assert failing(verify_draw(made_folder(of_source("fc3d", issue), three), "p-b-1")) == [5]
    required: tuple[tuple[Level, list[int]], ...] = (("E0", []), ("E2", []), ("E3", [5]), ("E4", [5]))
    for level, steps in required:
        assert failing(verify_draw(made_folder(of_source("text", {}, level), EVIDENCE), "p-b-1")) == steps
    for sealed_at, steps in (
        ("2026-03-01T08:59:59+08:00", []),
        ("2026-03-01T01:00:01Z", [5]),
        ("", [5]),
        ("二月", [5]),
    ):
        files = made_folder(of_source("text", {}, "E2"), EVIDENCE, sealed_at=sealed_at)
        assert failing(verify_draw(files, "p-b-1")) == steps


def test_what_could_not_be_checked_here_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = json.loads(BEACONS.read_text("utf-8"))["cases"]
    case = next(c for c in cases if c["name"] == "quicknet-1000")
    raw = json.dumps({name: case[name] for name in ("round", "randomness", "signature")})
    network = BY_CHAIN[case["chain"]]
    appointed = {"network": network.id, "chain": case["chain"], "round": "1000", "time": case["time"]}
    now = datetime(2023, 8, 23, 16, tzinfo=UTC)
    evidence = drand.collect(
        Request(draw_id="p-b-1", commitment="", appointed=appointed, given={"raw": raw}, who=(), now=now)
    )
    files = made_folder(of_source("drand", appointed, "E4"), evidence)
    report = verify_draw(files, "p-b-1")
    assert (report.arithmetic, report.level) == ("holds", "E4")

    def cannot(*_: object) -> bool:
        raise ImportError

    monkeypatch.setattr(drand, "signature_holds", cannot)
    report = verify_draw(files, "p-b-1")
    assert (report.arithmetic, report.level, failing(report)) == ("unknown", "E0", [])
    assert [s.title.en[0] for s in report.steps if s.status == "unknown"] == ["5"]
