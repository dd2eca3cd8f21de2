"""The specification: it is whole, every MUST is tested, and the code cites sections that exist."""

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy import drand
from ssj_core.entropy.drand_networks import BY_CHAIN
from ssj_core.entropy.model import Evidence, Level, Request
from ssj_core.model import Officer, Subject
from ssj_core.pipeline import draw
from ssj_core.pool import Applied, make_pool
from ssj_core.problems import InputError
from ssj_core.record import VERIFIER, decode_record, make_record
from ssj_core.rules.effective import (
    EffectiveRules,
    RosterPin,
    SealedClass,
    SealedEntropy,
    SealedRatio,
    SealedTeam,
    decode_rules,
    encode_rules,
    table_digests,
)
from ssj_core.rules.model import Context
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.sealed import LARGEST_TEAM, RULES_FILE, Sealed
from ssj_core.tables import (
    DRAWN,
    OFFICER,
    OUTCOME_FILES,
    SEALED_FILES,
    SUBJECT,
    DrawnRow,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SubjectRow,
    decode_table,
)
from ssj_core.verify import Report, verify_draw, verify_folder
from ssj_core.workspace import evidence_data
from tests.verifiers.independent import SSJ

CORE = Path(__file__).resolve().parents[2] / "core" / "ssj_core"
TESTS = Path(__file__).parents[1]
SPEC = (CORE.parent / "SPEC.md").read_text("utf-8")
BODY, _, CONFORMANCE = SPEC.partition("## 16. ")
MUST = re.compile(r"MUST-\d+\.\d+")
SECTIONS = re.findall(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", SPEC, re.MULTILINE)
CITED = re.compile(r"SPEC §(\d+(?:\.\d+)?)(?:(?:,| to| and) §(\d+(?:\.\d+)?))?")
TABLE = re.findall(r"^\| (MUST-\d+\.\d+) \| (.+) \|$", CONFORMANCE, re.MULTILINE)


# The document


def test_sections_are_numbered_through() -> None:
    assert [s for s in SECTIONS if "." not in s] == [str(n) for n in range(1, 17)]
    for top in range(1, 17):
        under = [s for s in SECTIONS if s.startswith(f"{top}.")]
        assert under == [f"{top}.{n}" for n in range(1, len(under) + 1)]


def test_every_must_is_in_the_table_once() -> None:
    stated = re.findall(r"\*\*(MUST-\d+\.\d+)\*\*", BODY)
    assert len(stated) > 50
    assert stated == sorted(set(stated), key=lambda m: [int(n) for n in m[5:].split(".")])
    assert [name for name, _ in TABLE] == stated
    assert [m for m in MUST.findall(BODY) if m not in stated] == []


def test_musts_stand_in_their_section() -> None:
    section = ""
    for line in BODY.splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            section = heading[1]
        assert all(m.startswith(f"MUST-{section}.") for m in MUST.findall(line)), line


def names_in(path: str) -> set[str]:
    text = (TESTS / path).read_text("utf-8")
    if path.endswith(".json"):
        content = json.loads(text)
        return {content["name"]} if "cases" not in content else {case["name"] for case in content["cases"]}
    return {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("must", "proofs"), TABLE)
def test_every_must_names_what_fails_without_it(must: str, proofs: str) -> None:
    named = re.findall(r"`([a-z0-9_/-]+\.(?:json|py))(?:#|::)([a-z0-9_.-]+)`", proofs)
    assert named, must
    assert len(named) == proofs.count(",") + 1
    assert [f"{path}: {name}" for path, name in named if name not in names_in(path)] == []
    for path, name in named:  # one file for each kind of bad record, which says itself what it breaks
        if path.startswith("vectors/bad/"):
            assert (path, must in json.loads((TESTS / path).read_text("utf-8"))["musts"]) == (
                f"vectors/bad/{name}.json",
                True,
            )


def test_the_code_cites_sections_that_exist() -> None:
    cited = set()
    for path in CORE.rglob("*.py"):
        for first, last in CITED.findall(path.read_text("utf-8")):
            cited |= {(path.name, section) for section in (first, last) if section}
    assert len(cited) > 20
    assert sorted((name, section) for name, section in cited if section not in SECTIONS) == []


def test_the_worked_example_is_that_of_the_vectors() -> None:
    example = BODY[BODY.index("## 14. ") : BODY.index("## 15. ")]
    case = json.loads((TESTS / "vectors" / "draw.json").read_text("utf-8"))["cases"][0]
    values = [case[n] for n in ("subjects_root", "officers_root", "plan_digest", "rules_digest", "commitment", "seed")]
    for value in [*values, case["key"], *case["tickets"].values(), *case["entropy"]]:
        assert value in example
    for subject, stratum in case["subjects"]:
        assert f"{subject}→{stratum}" in example
    for officer in case["officers"]:
        assert "→".join(map(str, officer)) in example
    for text in (case["plan"], case["rules"]):
        assert text.replace("\n", "\\n") in example
    for chosen in case["selections"]:
        for outcome in ("drawn", "reserve"):
            for subject in chosen[outcome]:
                row = next(line for line in example.splitlines() if case["tickets"][subject] in line and "|" in line)
                assert f"| {subject} | {outcome}" in row
                assert ("the cut" in row) is (case["tickets"][subject] == chosen["cut"])


@pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs sh and sha256sum")
def test_the_commands_of_the_worked_example_give_what_they_say() -> None:
    commands = re.search(r"```sh\n(.*?)```", SPEC, re.DOTALL)
    assert commands is not None
    done = subprocess.run(["sh"], input=commands[1].encode(), capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().split() == re.findall(r"^# → (\S+)$", commands[1], re.MULTILINE)


# §3: who takes part


def test_everybody_is_in_the_pool_or_excluded() -> None:
    context = Context(year=2026, start=date(2026, 3, 1), end=date(2026, 3, 31))

    def closed(subject: Subject, _: Context) -> str | None:
        return "已注销" if subject.status == "注销" else None

    def never(*_: object) -> str | None:
        return "不应问到" if _ and getattr(_[0], "status", "") == "注销" else None

    def kin(officer: Officer, subject: Subject, _: Context) -> str | None:
        return "亲属" if officer.id == "officer:1" and subject.id == "test:c" else None

    subjects = [
        Subject(id="test:c", name="丙", sectors=("建筑",)),
        Subject(id="test:b", name="乙", sectors=("餐饮",)),
        Subject(id="test:a", name="甲", sectors=("建筑",), status="注销"),
    ]
    officers = [Officer(id=f"officer:{n}", name="", fields=("建筑", "餐饮")) for n in (2, 1)]
    pool = make_pool(
        subjects,
        officers,
        SectorNames({"建筑": "x.build", "餐饮": "x.food"}),
        ("x.build",),
        [Applied(id=f"r.{f.__name__}", applies_to="subject", check=f, context=context) for f in (closed, never)],
        [Applied(id="r.kin", applies_to="officer", check=kin, context=context)],
    )
    assert [(s.id, s.sectors) for s in pool.subjects] == [("test:c", ("x.build",))]
    assert [(o.id, o.fields) for o in pool.officers] == [("officer:1", ("x.build",)), ("officer:2", ("x.build",))]
    assert pool.excluded == (
        ExcludedRow(unit=SUBJECT, id="test:a", name="甲", rule="r.closed", reason="已注销"),
        ExcludedRow(unit=SUBJECT, id="test:b", name="乙", rule="core.other_sector", reason="不属于本批次的监管类别"),
    )
    assert pool.recusals == (RecusalRow(subject="test:c", officer="officer:1", rule="r.kin", reason="亲属"),)


# §5.4, §9 and §11: a whole folder, and what happens to one that was tampered with

EVIDENCE = Evidence(
    source="text",
    raw="31415 92653 58979",
    canonical="31415 92653 58979",
    who=("甲", "乙"),
    where="会议室",
    when="2026-03-01T09:00:00+08:00",
)


PLAN = """\
format = "ssj-plan/1"
id = "p"
title = "计划"
bureau = "某局"
year = 2026
ruleset = "r"
rosters = { subjects = { file = "s.csv" }, officers = { file = "o.csv" } }
entropy = [{ source = "text" }]
batch = [{ id = "b", policy = "b", start = 2026-03-01, end = 2026-03-31 }]
"""


def made_sealed() -> Sealed:
    ratio = SealedClass(
        id="B", ratio=Fraction(1, 3), bound="min", rounding="up", at_least=0, small_below=0, small_take="all",
        strata=("B",),
    )  # fmt: skip
    rules = EffectiveRules(
        format="ssj-rules/1", spec="SSJ-DRAW/1", match_spec="ssj-match/1", draw_id="p-b-1", bureau="某局",
        plan="计划", document_no="", ruleset="r", batch="b", policy="b", title="一", year=2026, start=date(2026, 3, 1),
        end=date(2026, 3, 31), mode="targeted", joint=False, scope="all", sectors=(),
        entropy=(SealedEntropy(source="text"),),
        eligibility=(RuleUse(rule="r.leave"), RuleUse(rule="r.x")), recusal=(RuleUse(rule="r.kin"),),
        rosters=(
            RosterPin(role="subjects", file="s.csv", sha256="a" * 64, encoding="utf-8", sheet="", rows=7),
            RosterPin(role="officers", file="o.csv", sha256="b" * 64, encoding="utf-8", sheet="", rows=5),
        ),
        ratio=SealedRatio(
            rule="x.flat", title="", stratifier="x.class", total="each", coverage_first=False, reserve=2, basis=(),
            classes=(ratio,),
        ),
        team=SealedTeam(size=2, officers="any", lead_section="", evenness="range"),
    )  # fmt: skip
    return bound(rules)


def bound(rules: EffectiveRules, plan: str = PLAN) -> Sealed:
    """The sealed draw of these rules, its tables bound by them."""
    draft = Sealed(
        plan=plan.encode(),
        rules=rules,
        rules_data=b"",
        subjects=tuple(
            SubjectRow(
                id=f"test:{n}", name=f"第{n}厂", kind="", stratum="B", sectors=("x.build",), section="", area="",
                address="", risk_class="", key=False, parent="",
            )
            for n in range(1, 8)
        ),
        officers=tuple(
            OfficerRow(
                id=f"officer:{n}", name=f"O{n}", section="", certificate="", fields=("x.build",), cap=3, history=0
            )
            for n in range(1, 5)
        ),
        excluded=(ExcludedRow(unit=OFFICER, id="officer:9", name="O9", rule="r.leave", reason="休假"),),
        recusals=(RecusalRow(subject="test:1", officer="officer:1", rule="r.kin", reason="亲属"),),
        previous_head=NO_LEDGER,
    )  # fmt: skip
    return rebound(draft)


def rebound(sealed: Sealed) -> Sealed:
    """The same with the digests of its tables in its rules."""
    rules = evolve(sealed.rules, tables=table_digests(sealed.tables))
    return evolve(sealed, rules=rules, rules_data=encode_rules(rules))


LONG_AGO = "2020-01-01T09:00:00+08:00"


def made_folder(sealed: Sealed, *evidence: Evidence, sealed_at: str = LONG_AGO, **software: str) -> dict[str, bytes]:
    outcome = draw(sealed, evidence)
    record = make_record(sealed, evidence, outcome, sealed_at=sealed_at, drawn_at="", software=software)
    return {"record.toml": record, **sealed.files, **outcome.tables()}


SEALED = made_sealed()
FOLDER = made_folder(SEALED, EVIDENCE)
RECORD = FOLDER["record.toml"].decode()


def closed(body: str) -> bytes:
    """Close a record anew, as somebody would who wants to hide a change."""
    body = body.rpartition("\n[closing]\n")[0] or body
    return f'{body}\n[closing]\nsha256 = "{digest(body.encode())}"\n'.encode()


def with_file(name: str, data: bytes) -> dict[str, bytes]:
    """The folder with another file, and a record that knows it."""
    return {
        **FOLDER,
        name: data,
        "record.toml": closed(RECORD.replace(f'"{name}" = "{digest(FOLDER[name])}"', f'"{name}" = "{digest(data)}"')),
    }


def failing(report: Report) -> list[int]:
    return [int(step.title.en.split()[0]) for step in report.steps if step.status == "fails"]


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
    cases = json.loads((TESTS / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
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


def test_who_was_drawn_before_follows_from_the_ledger() -> None:
    """A second draw with coverage first: who stands among those drawn before is recomputed from the first."""
    plan = PLAN.replace("batch = [", 'batch = [{ id = "c", policy = "c", start = 2026-03-01, end = 2026-03-31 }, ')
    first = bound(SEALED.rules, plan)
    files = made_folder(first, EVIDENCE)
    drawn = {row.id for row in decode_table(DrawnRow, files["drawn.csv"]) if row.outcome == DRAWN}
    kind = evolve(SEALED.rules.ratio.classes[0], strata=("B/未抽过", "B/已抽过"))
    ratio = evolve(SEALED.rules.ratio, coverage_first=True, classes=(kind,))
    rules = evolve(SEALED.rules, draw_id="p-c-1", batch="c", policy="c", ratio=ratio)

    def verdict(before: set[str], *, void: bool = False, gone: bool = False) -> str:
        held, made = ledgers.Ledger(), b""

        def add(kind: str, name: str, data: dict[str, object]) -> None:
            nonlocal held, made
            made += held.next(kind, name, "", data).encode() + b"\n"  # type: ignore[arg-type]
            held = ledgers.read(made)

        def finish(name: str, sealed: Sealed, folder: dict[str, bytes]) -> None:
            value, record = sealed.commitment.value, folder["record.toml"]
            add("entropy", name, {"commitment": value, "evidence": evidence_data([EVIDENCE])})
            seed = decode_record(record).seed
            add("draw", name, {"record": digest(record), "seed": seed, "year": sealed.rules.year})

        add("commit", "p-b-1", {"commitment": first.commitment.value, "policy": "r/b", "year": 2026})
        finish("p-b-1", first, files)
        if void:
            add("void", "p-b-1", {"reason": "x"})
        strata = tuple(
            evolve(s, stratum="B/已抽过" if s.id in before else "B/未抽过") for s in bound(rules, plan).subjects
        )
        second = rebound(evolve(bound(rules, plan), subjects=strata, previous_head=held.head))
        later = made_folder(second, EVIDENCE)
        add("commit", "p-c-1", {"commitment": second.commitment.value, "policy": "r/c", "year": 2026})
        finish("p-c-1", second, later)
        draws = {"p-c-1": later} if gone else {"p-b-1": files, "p-c-1": later}
        report = verify_folder(draws, made)[-1]
        assert report.draw_id == "p-c-1"
        assert failing(evolve(report, steps=report.steps[:10])) == []
        return report.steps[-1].status

    assert verdict(drawn) == "holds"
    assert verdict(drawn - {min(drawn)}) == "fails"
    assert verdict({f"test:{n}" for n in range(1, 8)}) == "fails"
    assert verdict(set()) == "fails"
    assert verdict(set(), void=True) == "holds"
    assert verdict(drawn, void=True) == "fails"
    assert verdict(drawn, gone=True) == "unknown"


def test_the_level_follows_from_the_evidence() -> None:
    os_value = Evidence(source="os", raw="5" * 64, canonical="5" * 64)
    lone = evolve(EVIDENCE, who=("甲",))
    for evidence, level, arithmetic in (
        ((EVIDENCE,), "E2", "holds"),
        ((lone,), "E0", "holds"),
        ((evolve(EVIDENCE, where=""),), "E0", "holds"),
        ((evolve(EVIDENCE, raw="other"),), "E0", "fails"),
        ((evolve(EVIDENCE, raw="12", canonical="12"),), "E0", "fails"),
        ((os_value,), "E0", "fails"),
        ((EVIDENCE, os_value), "E0", "fails"),
    ):
        report = verify_draw(made_folder(SEALED, *evidence), "p-b-1")
        assert (report.level, report.arithmetic) == (level, arithmetic), evidence
        assert len(report.unproved) >= 2


DECODED = decode_record(FOLDER["record.toml"])


def chain(record: bytes, spoil: Callable[[dict[str, object]], object] = lambda _: None) -> bytes:
    value = SEALED.commitment.value
    evidence = evidence_data([EVIDENCE])
    held, made = ledgers.Ledger(), b""
    events: dict[str, dict[str, object]] = {
        "commit": {"commitment": value, "policy": "r/b", "year": 2026},
        "entropy": {"commitment": value, "evidence": evidence},
        "draw": {"record": digest(record), "seed": DECODED.seed, "year": 2026},
    }
    spoil(events)  # type: ignore[arg-type]
    for kind, data in events.items():
        made += held.next(kind, "p-b-1", "", data).encode() + b"\n"  # type: ignore[arg-type]
        held = ledgers.read(made)
    return made


def arithmetic(ledger: bytes | None, **draws: dict[str, bytes]) -> list[str]:
    named = {name.replace("_", "-"): files for name, files in draws.items()}
    return [report.arithmetic for report in verify_folder(named, ledger)]


def test_a_record_the_ledger_has_otherwise_fails() -> None:
    good = chain(FOLDER["record.toml"])
    assert arithmetic(good, p_b_1=FOLDER) == ["holds", "holds"]
    assert arithmetic(good) == ["unknown"]
    assert arithmetic(None, p_b_1=FOLDER) == ["unknown", "holds"]
    assert arithmetic(b"", p_b_1=FOLDER) == ["holds", "fails"]
    assert arithmetic(chain(b"another record"), p_b_1=FOLDER) == ["holds", "fails"]
    assert arithmetic(b"rubbish\n", p_b_1=FOLDER)[0] == "fails"
    for spoil in (
        lambda e: e["commit"].update(commitment="f" * 64),
        lambda e: e["commit"].update(policy="r/c"),
        lambda e: e["commit"].update(year=2025),
        lambda e: e["entropy"].update(evidence=[]),
        lambda e: e["entropy"]["evidence"][0].update(canonical="x"),
        lambda e: e["entropy"].update(commitment="f" * 64),
        lambda e: e["draw"].update(seed="f" * 64),
    ):
        assert arithmetic(chain(FOLDER["record.toml"], spoil), p_b_1=FOLDER) == ["holds", "fails"]


def test_times_that_the_ledger_has_otherwise_fail() -> None:
    sealed_at, drawn_at = "2026-02-01T09:00:00+08:00", "2026-03-01T10:00:00+08:00"
    record = make_record(
        SEALED, [EVIDENCE], draw(SEALED, [EVIDENCE]), sealed_at=sealed_at, drawn_at=drawn_at, software={}
    )
    good = [sealed_at, drawn_at, "whenever"]
    for times, verdict in (
        (good, "holds"),
        (["", "", ""], "holds"),
        ([drawn_at, drawn_at, ""], "fails"),
        ([sealed_at, sealed_at, ""], "fails"),
    ):
        held, made = ledgers.Ledger(), b""
        for event, time in zip(ledgers.read(chain(record)).events, times, strict=True):
            made += held.next(event.event, event.draw, time, event.data).encode() + b"\n"
            held = ledgers.read(made)
        assert arithmetic(made, p_b_1={**FOLDER, "record.toml": record})[1] == verdict


def test_one_commitment_is_sealed_once() -> None:
    made = chain(FOLDER["record.toml"])
    data = {"commitment": SEALED.commitment.value, "policy": "r/other", "year": 2026}
    other = ledgers.read(made).next("commit", "q-b-1", "", data)
    assert arithmetic(made + other.encode() + b"\n", p_b_1=FOLDER) == ["fails", "holds"]
    third = evolve(other, data={**data, "commitment": "f" * 64})
    assert arithmetic(made + third.encode() + b"\n", p_b_1=FOLDER) == ["holds", "holds"]


def test_nobody_is_excluded_or_recused_by_a_rule_that_was_not_sealed() -> None:
    row, kin = SEALED.excluded[0], SEALED.recusals[0]
    for change, steps in (
        ({"excluded": (evolve(row, rule="core.other_sector"),)}, []),
        ({"excluded": (evolve(row, rule="r.x"),)}, []),
        ({"excluded": (evolve(row, rule="r.kin"),)}, [3]),
        ({"excluded": (evolve(row, rule="r.leave2"),)}, [3]),
        ({"excluded": (evolve(row, rule="core.not_qualified"),)}, [3]),
        ({"recusals": (evolve(kin, rule="r.leave"),)}, [3]),
        ({"recusals": (evolve(kin, rule="core.other_sector"),)}, [3]),
        ({"rules": evolve(SEALED.rules, recusal=())}, [3]),
    ):
        assert failing(verify_draw(made_folder(rebound(evolve(SEALED, **change)), EVIDENCE), "p-b-1")) == steps


def test_recusals_and_exclusions_name_whom_they_may() -> None:
    row, kin = SEALED.excluded[0], SEALED.recusals[0]
    for change in (
        {"excluded": (evolve(row, id="130624001"),)},
        {"excluded": (evolve(row, id="person:9"),)},
        {"recusals": (evolve(kin, subject="test:99"),)},
    ):
        assert 3 in failing(verify_draw(made_folder(rebound(evolve(SEALED, **change)), EVIDENCE), "p-b-1"))
    found = []
    for n in range(2, 8):  # nobody notices who does not match officers to this subject
        stranger = evolve(kin, subject=f"test:{n}", officer="officer:9")
        with suppress(ValueError):
            files = made_folder(rebound(evolve(SEALED, recusals=(kin, stranger))), EVIDENCE)
            found.append(failing(verify_draw(files, "p-b-1")))
    assert found
    assert all(steps == [3] for steps in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "steps"),
    [
        ("record.toml", "ssj-record/1", "ssj-record/2", "1"),
        ("record.toml", "SSJ-DRAW/1", "SSJ-DRAW/12", "1"),
        ("rules.toml", "ssj-rules/1", "ssj-rules/2", "3"),
        ("rules.toml", "SSJ-DRAW/1", "SSJ-DRAW/2", "3"),
        ("rules.toml", "ssj-match/1", "ssj-match/2", "3"),
        ("plan.toml", "ssj-plan/1", "ssj-plan/2", "3"),
    ],
)
def test_what_a_newer_version_wrote_cannot_be_told(name: str, old: str, new: str, steps: str) -> None:
    if name == "plan.toml":
        files = made_folder(bound(SEALED.rules, PLAN.replace(old, new)), EVIDENCE)
    else:
        data = FOLDER[name].replace(old.encode(), new.encode())
        files = {**FOLDER, name: closed(data.decode())} if name == "record.toml" else with_file(name, data)
    report = verify_draw(files, "p-b-1")
    assert (report.arithmetic, failing(report)) == ("unknown", [])
    assert [s.title.en.split()[0] for s in report.steps if s.status == "unknown"] == [steps]
    family = old.rpartition("/")[0]
    for odd in ("x/2", f"{family}/0", f"{family}/-2", f"{family}/02", f"{family}/2x", f"x{family}/2"):
        made = FOLDER[name].replace(old.encode(), odd.encode())
        assert failing(verify_draw({**FOLDER, name: made}, "p-b-1"))
