"""The independent verifier and the core agree on true draws, on tampered ones, and on every matching."""

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, partial
from itertools import combinations
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy.model import Evidence
from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, input_digest, match
from ssj_core.pipeline import draw
from ssj_core.problems import InputError, RefusedError
from ssj_core.record import FILE, decode_record
from ssj_core.rules.effective import encode_rules, table_digests
from ssj_core.verify import reading, verify_draw, verify_folder
from ssj_core.workspace import evidence_data
from tests.strategies import FLAT, OS, Case, cases, draw_files, make_office, make_officer, make_subject, small_case
from tests.verifiers.independent import SSJ, fillable

NAME = "p-b-1"
SOURCE, SEALED_AT = {"source": "text", "appointed": {}}, "2021-03-01T09:00:00+08:00"
Files = Mapping[str, bytes]


def mine(files: Files, name: str = NAME) -> str:
    verdict: str = SSJ.worst(SSJ.verify_draw(files, name))
    return verdict


def agree(files: Files, name: str = NAME) -> str:
    """The verdict of both."""
    theirs, report = verify_draw(files, name), SSJ.verify_draw(files, name)
    told = [
        (s.title.en, s.status, [(d.code, d.file, d.row, d.message("en")) for d in s.details])
        for s in theirs.steps
        if s.status != "holds"
    ]
    assert SSJ.worst(report) == theirs.arithmetic, (told, [r for r in report if r[0] != "holds"])
    return theirs.arithmetic


def files_of(case: Case) -> Files:
    """Draw, or give up this example."""
    try:
        return case.files()
    except (InputError, RefusedError):
        assume(False)
        raise


@cache
def finished() -> Files:
    return small_case().files()


# True draws


@given(cases())
@example(small_case())
@settings(max_examples=150)
def test_every_true_draw_holds(case: Case) -> None:
    report = SSJ.verify_draw(files_of(case), NAME)
    assert [r for r in report if r[0] != "holds"] == []
    assert len(report) == 10


@pytest.mark.parametrize("team", ["any", "own-section", "joint"])
@pytest.mark.parametrize("size", [2, 3])
def test_every_team_rule_holds_when_all_are_drawn(team: Any, size: int) -> None:
    everybody, lead = evolve(FLAT, ratio=Fraction(1)), "东股" if team == "joint" else ""
    office = make_office(ratio=everybody, team=team, team_size=size, lead_section=lead)
    sections = ("东股", "西股")
    case = Case(
        office=office,
        subjects=tuple(make_subject(n, section=sections[n % 2]) for n in range(40)),
        officers=tuple(make_officer(n, section=sections[n % 2]) for n in range(9)),
    )
    assert agree(case.files()) == "holds"


# Tampering


def closed_anew(files: Files) -> Files:
    """The digests of the record, of the rules and the closing, made to fit as somebody would who hides a change."""
    made = dict(files)
    record, rules = made.get(FILE, b"").decode("utf-8", "surrogateescape"), made.get("rules.toml", b"")
    for file in ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv"):
        if file in made:
            rules = re.sub(
                rf'"{file}" = "[0-9a-f]{{64}}"'.encode(), f'"{file}" = "{digest(made[file])}"'.encode(), rules
            )
    if "rules.toml" in made:
        made["rules.toml"] = rules
    for file in made:
        record = re.sub(rf'"{file}" = "[0-9a-f]{{64}}"', f'"{file}" = "{digest(made[file])}"', record)
    for name, file in (("plan_digest", "plan.toml"), ("rules_digest", "rules.toml")):
        if file in made:
            record = re.sub(rf'{name} = "[0-9a-f]{{64}}"', f'{name} = "{digest(made[file])}"', record)
    body = record.rpartition("\n[closing]\n")[0].encode("utf-8", "surrogateescape")
    made[FILE] = body + f'\n[closing]\nsha256 = "{digest(body)}"\n'.encode()
    return made


@st.composite
def tampered(draw: st.DrawFn, files: Files) -> Files:
    file = draw(st.sampled_from(sorted(files)))
    data = files[file]
    kind = draw(st.sampled_from(["byte", "insert", "drop", "swap", "twice", "cut", "missing", "rubbish", "saved"]))
    rows = data.split(b"\n")
    place, row, other = (draw(st.integers(0, n - 1)) for n in (len(data), len(rows), len(rows)))
    if kind == "byte":
        data = data[:place] + bytes([data[place] ^ draw(st.integers(1, 255))]) + data[place + 1 :]
    elif kind == "insert":
        data = data[:place] + draw(st.sampled_from([b" ", b"\n", b"1", b"x", b"\xff", b'"', b",", b"#"])) + data[place:]
    elif kind == "drop":
        data = b"\n".join(rows[:row] + rows[row + 1 :])
    elif kind == "twice":
        data = b"\n".join(rows[:row] + rows[row : row + 1] + rows[row:])
    elif kind == "swap":
        rows[row], rows[other] = rows[other], rows[row]
        data = b"\n".join(rows)
    elif kind == "cut":
        data = data[:place]
    elif kind == "saved":
        data = draw(st.sampled_from([b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n")]))
    elif kind == "rubbish":
        data = draw(st.sampled_from([b"", b"\x00", b"\xff\xfe", b"[" * 5000, b"a = 1\n", b"{" * 9000, b"x = nan\n"]))
    changed = {**files, file: data}
    if kind == "missing":
        del changed[file]
    return changed


@given(st.data())
@settings(max_examples=300)
def test_they_agree_on_a_tampered_draw(data: st.DataObject) -> None:
    changed = data.draw(tampered(finished()))
    verdict = agree(changed)
    missing = finished().keys() - changed.keys()
    newer = FILE in changed and reading.newer(changed[FILE], FILE)
    assert verdict == ("holds" if changed == finished() else "unknown" if missing or newer else "fails")


@given(st.data())
@settings(max_examples=500)
def test_they_agree_on_a_tampered_draw_whose_digests_were_rewritten(data: st.DataObject) -> None:
    agree(closed_anew(data.draw(tampered(finished()))))


@given(cases(), st.data())
@settings(max_examples=60)
def test_they_agree_on_any_office_tampered_with(case: Case, data: st.DataObject) -> None:
    files = files_of(case)
    agree(data.draw(tampered(files)))
    agree(closed_anew(data.draw(tampered(files))))


@given(st.data(), st.binary(max_size=80))
def test_no_bytes_stop_it(data: st.DataObject, rubbish: bytes) -> None:
    file = data.draw(st.sampled_from(sorted(finished())))
    assert mine({**finished(), file: rubbish}) == "fails"
    assert mine(closed_anew({**finished(), file: rubbish})) == "fails"
    with pytest.raises(ValueError, match="line 1"):
        SSJ.read_ledger(rubbish + b"\n")


def other_rules() -> Iterator[tuple[bytes, bytes]]:
    yield from (
        (b"size = 2", b"size = 3"), (b"size = 2", b"size = true"), (b"size = 2", b"size = 0"),
        (b"size = 2", b"size = 999999999999999999999999"), (b"reserve = 2", b"reserve = -1"),
        (b"reserve = 2", b"reserve = 2.0"), (b'"1/4"', b'"0.25"'), (b'"25%"', b'"26%"'), (b'"25%"', b"0.25"),
        (b'"up"', b'"down"'), (b'"up"', b'"sideways"'), (b'"range"', b'"strict"'), (b'"any"', b'"all"'),
        (b'"each"', b'"shared"'), (b'"each"', b'"every"'), (b"at_least = 0", b"at_least = 5"),
        (b"small_below = 0", b"small_below = 99"), (b'small_take = "all"', b"small_take = 1"),
        (b'scope = "all"', b'scope = "other"'), (b"ssj-rules/1", b"ssj-rules/x"), (b"SSJ-DRAW/1", b"SSJ-DRAW/0"),
        (b'source = "os"', b'source = "text"'), (b"[team]\n", b"[team]\ncolour = 1\n"),
        (b"bound =", b"colour = 1\nbound ="), (b'draw_id = "p-b-1"', b'draw_id = "p-b-2"'),
    )  # fmt: skip


@pytest.mark.parametrize(("old", "new"), list(other_rules()))
def test_other_rules_fail(old: bytes, new: bytes) -> None:
    data = finished()["rules.toml"]
    if old not in data:
        assert old in (b'"1/4"', b'"25%"')  # whichever way the ratio is written
        return
    assert agree(closed_anew({**finished(), "rules.toml": data.replace(old, new)})) == "fails"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.toml", b"ssj-rules/1", b"ssj-rules/2"), ("rules.toml", b"SSJ-DRAW/1", b"SSJ-DRAW/2"),
        ("rules.toml", b"ssj-match/1", b"ssj-match/3"), (FILE, b"ssj-record/1", b"ssj-record/2"),
        (FILE, b"SSJ-DRAW/1", b"SSJ-DRAW/10"),
    ],
)  # fmt: skip
def test_what_a_newer_version_wrote_cannot_be_told(file: str, old: bytes, new: bytes) -> None:
    data = finished()[file].replace(old, new)
    assert agree(closed_anew({**finished(), file: data})) == "unknown"
    assert agree({**finished(), file: data}) == ("unknown" if file == FILE else "fails")


def test_a_plan_of_a_newer_version_cannot_be_told_and_the_rest_is_computed() -> None:
    case = small_case()
    plan = case.office.plan_bytes.replace(b"ssj-plan/1", b"ssj-plan/2")
    files = evolve(case, office=evolve(case.office, plan_bytes=plan)).files()
    assert agree(files) == "unknown"
    assert agree(closed_anew({**files, "drawn.csv": files["drawn.csv"].replace("抽中".encode(), b"")})) == "fails"


# Forged from the beginning: commitment, seed, drawn and teams all fit what somebody sealed who may not seal it


def forged(**change: Any) -> Files:
    case = small_case()
    sealed = evolve(case.seal(), **change)
    rules = evolve(sealed.rules, tables=table_digests(sealed.tables))
    sealed = evolve(sealed, rules=rules, rules_data=encode_rules(rules))
    return draw_files(sealed, case.evidence, draw(sealed, case.evidence))


def forgeries() -> Iterator[Any]:
    sealed = small_case().seal()
    gone, rules = sealed.excluded[0], sealed.rules
    recused, officers, subjects = sealed.recusals[0], sealed.officers, sealed.subjects
    one = rules.ratio.classes[0]
    cheap, more = evolve(one, at_least=-1), evolve(one, id=one.id + "z", strata=(one.id + "z",))
    ratio = partial(evolve, rules.ratio)
    for name, change in {
        "nothing": {},
        "subjects-out-of-order": {"subjects": subjects[::-1]},
        "officers-out-of-order": {"officers": officers[::-1]},
        "recusals-out-of-order": {"recusals": (evolve(recused, rule="z"), evolve(recused, rule="a"))},
        "excluded-and-in-the-pool": {"excluded": (evolve(gone, id=subjects[0].id), *sealed.excluded[1:])},
        "excluded-twice": {"excluded": (gone, gone)},
        "nobody-excluded": {"excluded": ()},
        "no-such-unit": {"excluded": (evolve(gone, unit="路人"),)},
        "below-nothing": {"rules": evolve(rules, ratio=ratio(classes=(cheap,)))},
        "a-shared-total-and-at-least": {
            "rules": evolve(rules, ratio=ratio(total="shared", classes=(evolve(one, at_least=1),)))
        },
        "a-shared-total-and-a-small-class": {
            "rules": evolve(rules, ratio=ratio(total="shared", classes=(evolve(one, small_below=1),)))
        },
        "a-class-twice": {"rules": evolve(rules, ratio=ratio(classes=(one, evolve(one, strata=("z",)))))},
        "classes-out-of-order": {"rules": evolve(rules, ratio=ratio(classes=(more, one)))},
        "a-stratum-of-another-class": {"rules": evolve(rules, ratio=ratio(classes=(one, evolve(more, strata=("y",)))))},
        "coverage-without-its-strata": {"rules": evolve(rules, ratio=ratio(coverage_first=True))},
        "a-team-of-one": {"rules": evolve(rules, team=evolve(rules.team, size=1))},
        "a-key-of-another-draw": {"rules": evolve(rules, draw_id="p-b-2")},
        "excluded-by-no-rule": {"excluded": (evolve(gone, rule="x.y"), *sealed.excluded[1:])},
        "excluded-by-a-recusal-rule": {"excluded": (evolve(gone, rule=recused.rule), *sealed.excluded[1:])},
        "excluded-without-an-id": {"excluded": (evolve(gone, id="S003"), *sealed.excluded[1:])},
        "recused-by-no-rule": {"recusals": (evolve(recused, rule="x.y"),)},
        "recused-who-is-not-there": {"recusals": (evolve(recused, officer="officer:O99"),)},
        "rules-not-sealed": {"rules": evolve(rules, eligibility=(), recusal=())},
        "other-rosters": {"rules": evolve(rules, rosters=tuple(evolve(p, rows=99) for p in rules.rosters))},
    }.items():
        yield pytest.param(change, id=name)


@pytest.mark.parametrize("change", list(forgeries()))
def test_they_agree_on_forgeries(change: dict[str, Any]) -> None:
    try:
        files = forged(**change)
    except (ValueError, KeyError):
        pytest.skip("the core cannot even be made to draw it")
    assert agree(files) == ("fails" if change else "holds")


def test_the_name_of_the_folder_counts() -> None:
    assert agree(finished(), "p-b-2") == "fails"


def test_itself_in_the_folder_and_other_files_do_no_harm() -> None:
    assert agree({**finished(), "纪要.txt": b"..."}) == "holds"
    assert agree({**finished(), "verify_ssj.py": b"..."}) == "fails"


def test_a_source_it_does_not_know_cannot_be_told_and_the_rest_is_computed() -> None:
    case = small_case()
    moon = Evidence(source="moon", raw="full", canonical="full")
    files = evolve(case, office=make_office(entropy=("moon", "os")), evidence=(moon, OS)).files()
    assert [r[0] for r in SSJ.verify_draw(files, NAME)] == ["holds"] * 4 + ["unknown"] + ["holds"] * 5
    assert mine({**files, "drawn.csv": files["drawn.csv"] + b"\n"}) == "fails"


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("12", "12"),
        ("31415926 掷得", "31415926 掷"),
        ("e\u0301" * 30, "e\u0301" * 30),
        ("aaaaaaaaaaaaaaaaaaaaaaaa",) * 2,
    ],
)
def test_bad_texts_fail(raw: str, canonical: str) -> None:
    good = Evidence(source="text", raw="掷得 31415926", canonical="掷得 31415926", when="9:00")
    files = evolve(small_case(), office=make_office(entropy=("text",)), evidence=(good,)).files()
    assert agree(files) == "holds"
    bad = files[FILE].decode()
    for key, value in (("raw", raw), ("canonical", canonical)):
        bad = bad.replace(f'{key} = "掷得 31415926"', f"{key} = {json.dumps(value, ensure_ascii=False)}")
    report = SSJ.verify_draw(closed_anew({**files, FILE: bad.encode()}), NAME)
    assert report[4][0] == "fails"
    assert agree(closed_anew({**files, FILE: bad.encode()})) == "fails"


# Ledger


def ledger_of(files: Files, spoil: str = "") -> bytes:
    record = decode_record(files[FILE])
    value, held, made = record.commitment.value, ledgers.Ledger(), b""
    evidence: Any = evidence_data([e.evidence() for e in record.entropy])
    if spoil == "testimony":
        evidence[0]["where"] = "elsewhere"
    events: dict[Any, dict[str, Any]] = {
        "commit": {
            "commitment": "f" * 64 if spoil == "commit" else value,
            "policy": "t/c" if spoil == "policy" else "t/b",
            "year": 2020 if spoil == "commit-year" else 2021,
        },
        "entropy": {"commitment": "f" * 64 if spoil == "entropy" else value, "evidence": evidence},
        "draw": {
            "record": "f" * 64 if spoil == "record" else digest(files[FILE]),
            "seed": "f" * 64 if spoil == "seed" else record.seed,
            "year": 2020 if spoil == "year" else 2021,
        },
    }
    if spoil == "void":
        events["void"] = {"reason": "漏列"}
    for kind, data in events.items():
        told = {"commit": record.sealed_at, "entropy": record.drawn_at}.get(kind, "") if spoil != "no-times" else ""
        made += held.next(kind, NAME, "2020-01-01" if spoil == f"{kind}-time" else told, data).encode() + b"\n"
        held = ledgers.read(made)
    if spoil == "commitment-twice":
        made += held.next("commit", "q-b-1", "", {**events["commit"], "policy": "t/x"}).encode() + b"\n"
    return made


def with_ledger(files: Files, ledger: bytes) -> str:
    """The verdict on ledger and draw, of both."""
    theirs = SSJ.worst((r.arithmetic, "", "") for r in verify_folder({NAME: files}, ledger))
    try:
        events, _ = SSJ.read_ledger(ledger)
        found: str = SSJ.worst(SSJ.verify_draw(files, NAME, events, {NAME: files}))
    except ValueError:
        found = "fails"
    assert found == theirs
    return found


@pytest.mark.parametrize(
    "spoil",
    ["", "void", "no-times", "draw-time", "commit", "entropy", "testimony", "record", "seed", "commit-time",
     "entropy-time", "commitment-twice", "policy", "year", "commit-year"],
)  # fmt: skip
def test_the_ledger_must_agree(spoil: str) -> None:
    assert decode_record(finished()[FILE]).commitment.previous_head == NO_LEDGER
    assert with_ledger(finished(), ledger_of(finished(), spoil)) == (
        "holds" if spoil in ("", "void", "no-times", "draw-time") else "fails"
    )


def test_a_draw_the_ledger_does_not_have_fails() -> None:
    whole = ledger_of(finished()).splitlines(keepends=True)
    for count in range(3):
        assert with_ledger(finished(), b"".join(whole[:count])) == "fails"
        assert with_ledger(finished(), b"".join(whole[:count] + whole[count + 1 :])) == "fails"


@given(st.data())
@settings(max_examples=150)
def test_they_agree_on_a_changed_ledger(data: st.DataObject) -> None:
    whole = ledger_of(finished())
    changed = data.draw(tampered({"ledger.jsonl": whole})).get("ledger.jsonl", b"")
    verdict = with_ledger(finished(), changed)
    assert verdict == ("holds" if changed.startswith(whole) and not changed.endswith(b"\n") else verdict)
    assert (
        verdict == "fails"
        or changed.startswith(whole)
        or but_for_the_last_time(changed) == but_for_the_last_time(whole)
    )


def but_for_the_last_time(ledger: bytes) -> list[dict[str, Any]]:
    """The one thing nobody can see (SPEC §10.2): when the last line says it was written; no line follows to hold it."""
    events = [attrs.asdict(event) for event in ledgers.read(ledger).events]
    return [*events[:-1], {**events[-1], "time": ""}] if events else []


# Matching: harder questions than an office asks


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    ids = [f"o{n}" for n in range(draw(st.integers(1, 6)))]
    classes = {c: draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)) for c in ("a", "b", "甲")}
    place = st.tuples(st.sampled_from(["主办", "协办"]), st.sampled_from(sorted(classes)))
    visits = {f"v{n}": draw(st.lists(place, min_size=1, max_size=3)) for n in range(draw(st.integers(0, 6)))}
    barred = st.dictionaries(st.sampled_from(ids), st.sampled_from(["kin", "leave"]), max_size=2)
    evenness = draw(st.sampled_from(["range", "strict"]))
    return {
        "officers": [(o, draw(st.integers(0, 6)), draw(st.integers(0, 3))) for o in ids],
        "classes": classes,
        "visits": visits,
        "exclusions": {v: found for v in visits if (found := draw(barred))},
        "evenness": evenness,
        "widen": draw(st.integers(0, 1)) if evenness == "range" else 0,
        "avoid": [pair for pair in combinations(sorted(ids), 2) if draw(st.integers(0, 5)) == 0],
    }


@given(questions(), st.integers(0, 2**256 - 1))
@settings(max_examples=400)
def test_they_agree_on_every_matching(question: dict[str, Any], number: int) -> None:
    seed = f"{number:064x}"
    instance = Instance(
        [MatchOfficer(*o) for o in question["officers"]],
        question["classes"],
        [Visit(v, [Place(*p) for p in places]) for v, places in question["visits"].items()],
        question["exclusions"],
        question["evenness"],
        question["widen"],
        question["avoid"],
    )
    value = input_digest(instance)
    assert SSJ.match_digest(question) == value
    try:
        right = attrs.asdict(match(instance, seed))
    except Infeasible:
        assert not fillable(question)
        return
    assert fillable(question)
    teams = {v["id"]: [p["officer"] for p in v["places"]] for v in right["visits"]}
    found = SSJ.match(seed, value, question, teams)
    assert found["share"] == [
        {"officer": o["id"], "low": o["low"], "high": o["high"], "places": o["places"]} for o in right["officers"]
    ]


# What neither vectors nor the small office reach


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True),
        ({"who": ["甲", " 甲 "]}, False),
        ({"where": " "}, False),
        ({"when": "2021-03-01T08:59:59+08:00"}, False),
        ({"when": "2021-03-01 09:00"}, True),
        ({"when": "九点"}, False),
    ],
)
def test_a_level_that_the_plan_asks_for(change: dict[str, Any], good: bool) -> None:
    said = "掷得 31415926535"
    one: dict[str, Any] = {"source": "text", "raw": said, "canonical": said, "who": ["甲", "乙"], "where": "会议室"}
    one |= {"when": "2021-03-01T01:00:00+00:00", "details": {}, **change}
    SSJ.check_entropy([one], [SOURCE], "E0", SEALED_AT, NAME)
    if good:
        SSJ.check_entropy([one], [SOURCE], "E2", SEALED_AT, NAME)
    else:
        with pytest.raises(ValueError, match="the plan asks for E2"):
            SSJ.check_entropy([one], [SOURCE], "E2", SEALED_AT, NAME)


@pytest.mark.parametrize(("void", "year", "good"), [(False, 2021, False), (True, 2021, True), (False, 2022, True)])
def test_one_policy_is_sealed_once_a_year(void: bool, year: int, good: bool) -> None:
    made, held = b"", ledgers.Ledger()
    steps: list[tuple[Any, str, dict[str, Any]]] = [("commit", "p-a-1", {"policy": "r/b", "year": 2021})]
    steps += [("void", "p-a-1", {"reason": "漏列"})] if void else []
    steps += [("commit", "q-b-1", {"policy": "r/b", "year": year})]
    for kind, name, data in steps:
        made += held.next(kind, name, "", data).encode() + b"\n"
        if good or len(held.events) == 0:
            held = ledgers.read(made)
    if good:
        assert SSJ.read_ledger(made)[1] == held.head
    else:
        with pytest.raises(ValueError, match=r"line 2 .*sealed before"):
            SSJ.read_ledger(made)
