"""The independent verifier on every vector that is for verifiers, through its functions."""

import json
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.verifiers.independent import SSJ, fillable

VECTORS = Path(__file__).parents[1] / "vectors"


def cases(name: str, kind: str = "") -> list[Any]:
    found = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]
    found = [c for c in found if not kind or c["kind"] == kind]
    assert found
    return [pytest.param(c, id=c["name"]) for c in found]


def refused(function: Any, *args: Any) -> bool:
    """Whatever stops it, but that it cannot be told (MUST-11.2)."""
    try:
        function(*args)
    except SSJ.Unsure:
        raise
    except Exception:
        return True
    return False


@pytest.mark.parametrize("case", cases("primitives"))
def test_primitives(case: dict[str, Any]) -> None:
    if case["kind"] == "H":
        assert SSJ.h(case["text"].encode()) == case["digest"]
    elif case["expect"] == "ok":
        assert SSJ.lines(*case["values"]).hex() == case["bytes"]
        assert SSJ.h(SSJ.lines(*case["values"])) == case["digest"]
    else:
        assert refused(SSJ.lines, *case["values"])


@pytest.mark.parametrize("case", cases("ids"))
def test_ids(case: dict[str, Any]) -> None:
    assert refused(SSJ.check_id, case["id"]) is (case["expect"] != "ok")


@pytest.mark.parametrize("case", cases("ratio"))
def test_ratio(case: dict[str, Any]) -> None:
    if case["expect"] == "ok":
        value = SSJ.ratio(case["text"])
        assert f"{value.numerator}/{value.denominator}" == case["value"]
    else:
        assert refused(SSJ.ratio, case["text"])


@pytest.mark.parametrize("case", cases("quota"))
def test_quota(case: dict[str, Any]) -> None:
    assert [list(q) for q in SSJ.quotas(case["total"], case["classes"], case["sizes"])] == case["quotas"]


@pytest.mark.parametrize("case", cases("merkle"))
def test_merkle(case: dict[str, Any]) -> None:
    assert SSJ.root([bytes.fromhex(leaf) for leaf in case["leaves"]]).hex() == case["root"]


@pytest.mark.parametrize("case", cases("commitment"))
def test_commitment(case: dict[str, Any]) -> None:
    rosters = case["subjects"], case["officers"]
    plan, rules = case["plan"].encode(), case["rules"].encode()
    found = SSJ.commitment(case["draw_id"], rosters, plan, rules, case["previous_head"])
    named = {k: found[k] for k in ("subjects_root", "officers_root", "plan_digest", "rules_digest")}
    assert {**named, "commitment": found["value"]} == {k: case[k] for k in (*named, "commitment")}
    assert found["sm3"] in (case["sm3"], None)


@pytest.mark.parametrize("case", cases("seed"))
def test_seed(case: dict[str, Any]) -> None:
    if case["kind"] == "text":
        assert SSJ.canonical_text(case["raw"]) == case["canonical"]
        assert SSJ.bits(case["canonical"]) == case["bits"]
    elif case["kind"] == "key":
        assert SSJ.make_key(case["seed"], case["draw_id"], case["purpose"], case["scope"]) == case["key"]
    elif case["expect"] == "ok":
        assert SSJ.make_seed(case["commitment"], case["entropy"]) == case["seed"]
    else:
        assert refused(SSJ.make_seed, case["commitment"], case["entropy"])


@pytest.mark.parametrize("case", cases("entropy", "moment"))
def test_moments(case: dict[str, Any]) -> None:
    told = SSJ.moment(case["text"])
    assert (told and told.astimezone(UTC).isoformat().replace("+00:00", "Z")) == case.get("utc")


@pytest.mark.parametrize("case", cases("entropy", "people"))
def test_people(case: dict[str, Any]) -> None:
    assert SSJ.people(case["names"]) == set(case["told"])


@pytest.mark.parametrize("case", cases("entropy", "canonical"))
def test_canonical_forms(case: dict[str, Any]) -> None:
    """Of dice and lotteries by their own functions; the other sources are judged whole, below."""
    source, raw = case["source"], case["raw"]
    if source in SSJ.GAMES:
        made = refused(SSJ.numbers_drawn, raw, source) or (SSJ.numbers_drawn(raw, source), SSJ.GAMES[source][2])
    elif source == "text":
        made = SSJ.canonical_text(raw), SSJ.bits(SSJ.canonical_text(raw))
    elif source in SSJ.DICE and case.get("bits", 20) >= 20:
        piece = SSJ.check({"source": source, "raw": raw, "canonical": case.get("canonical", "")}, "[entropy]", "")
        made = refused(SSJ.worth, piece, {}, "") or (piece["canonical"], SSJ.worth(piece, {}, "")[4])
    else:
        return
    assert made == (True if case["expect"] == "refused" else (case["canonical"], case["bits"]))


@pytest.mark.parametrize("case", cases("entropy", "commitment"))
def test_commitments_of_parties(case: dict[str, Any]) -> None:
    made = SSJ.h(SSJ.lines("ssj.reveal.1", case["label"], case["party"], case["secret"]))
    assert made == case["commitment"]


@pytest.mark.parametrize("case", cases("entropy", "worth"))
def test_what_evidence_is_worth(case: dict[str, Any]) -> None:
    sealed = [{k: piece[k] for k in ("source", "appointed")} for piece in case["evidence"]]
    pieces = [{k: v for k, v in piece.items() if k != "appointed"} for piece in case["evidence"]]
    judged = [SSJ.check_entropy, pieces, sealed, case["assurance"] or "E0", case["sealed_at"], "p-b-1"]
    assert refused(*judged) is (case["expect"] != "ok")
    if case["expect"] == "ok":
        assert judged[0](*judged[1:]) == case["level"]


@pytest.mark.parametrize("case", cases("weights"))
def test_weights(case: dict[str, Any]) -> None:
    order = SSJ.tickets(case["key"], case["tickets"], case["tickets"])
    assert order == [(ticket, subject) for ticket, subject, _ in case["order"]]


@pytest.mark.parametrize("case", cases("sites"))
def test_sites(case: dict[str, Any]) -> None:
    assert SSJ.make_key(case["seed"], case["draw_id"], "site", case["scope"]) == case["key"]
    for subject in case["listed"]:
        own = SSJ.tickets(case["key"], [i for i, whose in case["sites"] if whose == subject])
        rows = [row for row in case["rows"] if row[0] == subject]
        assert [(row[4], row[3]) for row in rows] == own[: case["count"] + case["reserve"]]


@pytest.mark.parametrize("case", cases("ticket"))
def test_ticket(case: dict[str, Any]) -> None:
    assert SSJ.tickets(case["key"], [case["id"]]) == [(case["ticket"], case["id"])]


@pytest.mark.parametrize("case", cases("table"))
def test_table(case: dict[str, Any]) -> None:
    assert refused(SSJ.read_table, case["file"], case["text"].encode()) is (case["expect"] != "ok")


@pytest.mark.parametrize("case", cases("record"))
def test_record(case: dict[str, Any]) -> None:
    assert SSJ.closing_holds(case["text"].encode()) is (case["expect"] == "holds")


@pytest.mark.parametrize("case", cases("ledger"))
def test_ledger(case: dict[str, Any]) -> None:
    data = "".join(line + "\n" for line in case["lines"]).encode()
    if "head" in case:
        events, head = SSJ.read_ledger(data)
        assert (len(events), head) == (len(case["lines"]), case["head"])
        assert SSJ.read_ledger(data + b'{"torn') == (events, head)
    else:
        newer = case["name"] == "unknown-event"
        with pytest.raises(SSJ.Unsure if newer else ValueError, match=f"line {case['refused_at']}(?![0-9])"):
            SSJ.read_ledger(data)


@pytest.mark.parametrize("case", cases("replacement"))
def test_replacement(case: dict[str, Any]) -> None:
    if case["kind"] == "commitment":
        inputs = (case["id"], case["parent"], SSJ.h(case["event"].encode()), case["previous_head"])
        assert SSJ.h(SSJ.lines("ssj.replace.1", *inputs)) == case["commitment"]
    elif case["kind"] == "chain":
        for link, following in pairwise(case["links"]):
            assert SSJ.h(SSJ.lines("ssj.chain.1", link)) == following
    elif case["kind"] == "seed":
        assert SSJ.h(SSJ.lines("ssj.reserve.1", case["draw_seed"], case["round"], case["link"])) == case["seed"]
        link = case["link"]
        for _ in range(case["round"]):
            link = SSJ.h(SSJ.lines("ssj.chain.1", link))
        assert link == case["anchor"]
    else:
        members = [{"编号": i, "分层": s} for s, ids in case["members"].items() for i in ids]
        event = {"kind": "subject", "unit": case["taken"][0], "mode": "R1"}
        rules = {"ratio": {"classes": [{"strata": case["strata"]}]}, "draw_id": "p-b-1", "scope": "all"}
        found = SSJ.steps_in(event, rules, {"subjects.csv": members}, {"taken": case["taken"]}, SSJ.h(b"seed"), "")
        right = {k: case[k] for k in ("id", "stratum", "ticket")}
        assert found == (right if case["id"] else None)


@pytest.mark.parametrize("case", cases("match"))
def test_match(case: dict[str, Any]) -> None:
    given = case["instance"]
    assert SSJ.match_digest(given) == case["input_digest"]
    digest = case.get("digest", case["input_digest"])
    if "bottlenecks" in case:
        assert not fillable(given)
        return
    assert fillable(given)
    right = case["result"]
    teams = {visit["id"]: [place["officer"] for place in visit["places"]] for visit in right["visits"]}
    found = SSJ.match(case["seed"], digest, given, teams)
    assert (found["input_digest"], found["key"]) == (digest, right["key"])
    share = [{k: o[k] for k in ("low", "high", "places")} | {"officer": o["id"]} for o in right["officers"]]
    assert found["share"] == share
    holder = {(v, n): o for v, team in teams.items() for n, o in enumerate(team, 1)}
    level, _ = SSJ.levels(given, SSJ.may_hold(given), holder)
    assert {o["id"]: o["level"] for o in right["officers"] if o["id"] in level} == level


def test_the_worked_example() -> None:
    (case,) = json.loads((VECTORS / "draw.json").read_text("utf-8"))["cases"]
    rosters = case["subjects"], case["officers"]
    found = SSJ.commitment(
        case["draw_id"], rosters, case["plan"].encode(), case["rules"].encode(), case["previous_head"]
    )
    assert found["value"] == case["commitment"]
    assert SSJ.make_seed(found["value"], [f"text:{SSJ.canonical_text(case['entropy_raw'])}"]) == case["seed"]
    assert SSJ.make_key(case["seed"], case["draw_id"], "subject", case["scope"]) == case["key"]
    for chosen in case["selections"]:
        order = SSJ.tickets(case["key"], [i for i, stratum in case["subjects"] if stratum == chosen["stratum"]])
        assert [i for _, i in order][: len(chosen["drawn"]) + case["reserve"]] == chosen["drawn"] + chosen["reserve"]
        assert order[len(chosen["drawn"]) - 1][0] == chosen["cut"]


@pytest.mark.parametrize("case", cases("bottleneck"))
def test_bottleneck(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "x.staffing.json"
    file.write_bytes(case["text"].encode())
    assert SSJ.verify(file) == case["expect"]


def test_no_vector_is_left_out() -> None:
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    here = {path.stem for path in VECTORS.glob("*.json")}
    assert here - tested <= {"draw", "beacons", "entropy"}  # the worked example above; signatures; by kind
