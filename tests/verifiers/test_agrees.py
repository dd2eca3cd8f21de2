"""The independent verifier and the core agree on true draws, on tampered ones, and on forged ones."""

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssj_core.entropy.model import Evidence
from ssj_core.pipeline import draw
from ssj_core.record import FILE
from ssj_core.rules.effective import encode_rules, table_digests
from ssj_core.verify import reading
from tests.strategies import FLAT, OS, Case, cases, draw_files, make_office, make_officer, make_subject, small_case
from tests.verifiers.agreeing import NAME, Files, agree, closed_anew, files_of, finished, mine, tampered
from tests.verifiers.independent import SSJ

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
