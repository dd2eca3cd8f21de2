"""A drand round: which one is named, what is taken, and when its signature is believed."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ssj_core.entropy import BUILT_IN, drand
from ssj_core.entropy.drand_networks import BY_CHAIN, DEFAULT, NETWORKS, QUICKNET
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError, InputError

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
NOW = datetime(2026, 3, 1, 2, 0, 1, tzinfo=UTC)
PRIME = int("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16)
"""Of the field of BLS12-381."""
FIELDS = ("round", "randomness", "signature", "previous_signature")


def cases(kind: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in CASES if c["kind"] == kind]


def case(name: str) -> dict[str, Any]:
    (found,) = (c for c in CASES if c["name"] == name)
    return dict(found)


def answer(c: dict[str, Any], **changed: object) -> str:
    """What a node prints for this round."""
    return json.dumps({k: c[k] for k in FIELDS if k in c} | changed)


def appointed(c: dict[str, Any]) -> dict[str, str]:
    network = BY_CHAIN[c["chain"]]
    return {"network": network.id, "chain": c["chain"], "round": str(c["round"]), "time": c["time"]}


def collected(raw: str, named: dict[str, str], **given: str) -> Evidence:
    return drand.collect(Request(draw_id="d", commitment="c", appointed=named, given={"raw": raw} | given, now=NOW))


def refusal(raw: str, named: dict[str, str]) -> list[str]:
    with pytest.raises(EntropyError) as refused:
        collected(raw, named)
    return [p.code for p in refused.value.problems]


def codes(evidence: Evidence, named: dict[str, str]) -> list[str]:
    assessed = drand.assess(evidence, named)
    assert (assessed.level == "E4") == (assessed.status == "machine-checked")
    return [p.code for p in assessed.problems]


THOUSAND = case("quicknet-1000")
NAMED = appointed(THOUSAND)
GOOD = collected(answer(THOUSAND), NAMED)
ON_CURVE = next(x for x in range(1, 100) if pow(x**3 + 4, (PRIME - 1) // 2, PRIME) == 1)
"""The first coordinate of a point of the curve y² = x³ + 4, chosen without regard to its subgroup."""


@pytest.mark.parametrize("c", cases("drand-network"))
def test_a_network_is_held_by_its_chain_hash(c: dict[str, Any]) -> None:
    network = NETWORKS[c["id"]]
    assert {k: getattr(network, k) for k in ("beacon", "scheme", "period", "genesis", "group", "key", "chain")} == {
        k: c[k] for k in ("beacon", "scheme", "period", "genesis", "group", "key", "chain")
    }
    for changed in (
        evolve(network, period=4),
        evolve(network, genesis=network.genesis + 1),
        evolve(network, group="0" * 64),
        evolve(network, key="0" * len(network.key)),
        evolve(network, beacon="other"),
    ):
        assert changed.chain != network.chain


def test_every_network_has_its_vector() -> None:
    assert set(NETWORKS) == {c["id"] for c in CASES if c["kind"] == "drand-network"}


@pytest.mark.parametrize("c", cases("drand-time"))
def test_when_a_round_comes(c: dict[str, Any]) -> None:
    network, moment = BY_CHAIN[c["chain"]], datetime.fromtimestamp(c["unix"], UTC)
    assert network.time(c["round"]) == moment
    assert network.first(moment) == c["round"]
    assert network.first(moment + timedelta(microseconds=1)) == c["round"] + 1
    assert network.first(moment - timedelta(seconds=network.period)) == max(1, c["round"] - 1)
    assert network.first(moment - timedelta(seconds=network.period) + timedelta(microseconds=1)) == c["round"]


@pytest.mark.parametrize("c", cases("drand-round"))
def test_published_rounds(c: dict[str, Any]) -> None:
    expected = {"holds": [], "signature": ["SSJ-E073"], "randomness": ["SSJ-E072"]}[c["expect"]]
    if expected:
        assert refusal(answer(c), appointed(c)) == expected
        return
    evidence = collected(answer(c), appointed(c))
    assert evidence.value == f"drand:{c['chain']}:{c['round']}:{c['randomness']}"
    assert evidence.details["round_time"] == c["time"]
    assessed = drand.assess(evidence, appointed(c))
    assert (assessed.level, assessed.status, assessed.bits, assessed.problems) == ("E4", "machine-checked", 256, ())


def test_the_value_of_the_specification() -> None:
    assert GOOD.value == (
        "drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:1000:"
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    )
    assert GOOD.raw == answer(THOUSAND), "verbatim"
    assert BUILT_IN["drand"] is drand.SOURCE


def test_fields_one_by_one_are_as_good() -> None:
    c = case("default-1")
    given = {k: str(c[k]) for k in FIELDS}
    assert collected("", appointed(c), **given).canonical == collected(answer(c), appointed(c)).canonical


def test_indented_json_and_further_fields_are_as_good() -> None:
    raw = json.dumps(json.loads(answer(THOUSAND, comment="x")), indent=2)
    assert collected(raw, NAMED).canonical == GOOD.canonical


# What is named at sealing.


def named(**params: str) -> dict[str, str]:
    return dict(drand.appoint(params, NOW))


def test_an_hour_from_now_is_the_default() -> None:
    moment = datetime(2026, 3, 1, 3, 0, 3, tzinfo=UTC)  # quicknet comes at seconds 0, 3, 6 …
    number = (int(moment.timestamp()) - 1692803367) // 3 + 1
    assert named() == {
        "network": "quicknet", "chain": QUICKNET.chain, "round": str(number), "time": "2026-03-01T03:00:03Z",
    }  # fmt: skip
    assert named(margin_minutes="60", network="quicknet") == named()


def test_the_chained_network_has_its_own_rounds() -> None:
    found = named(network="default", margin_minutes="1")
    assert (found["chain"], found["time"]) == (DEFAULT.chain, "2026-03-01T02:01:30Z")


def test_the_clock_of_another_zone_names_the_same_round() -> None:
    assert drand.appoint({}, NOW.astimezone(datetime.fromisoformat("2026-03-01T00:00:00+08:00").tzinfo)) == named()


def test_a_round_may_be_named_when_it_is_still_to_come() -> None:
    soon = QUICKNET.first(NOW)
    assert named(round=str(soon))["round"] == str(soon)
    at_that_moment = QUICKNET.time(soon)
    assert drand.appoint({"round": str(soon + 1)}, at_that_moment)["round"] == str(soon + 1)
    with pytest.raises(InputError, match="SSJ-E062"):
        drand.appoint({"round": str(soon)}, at_that_moment)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"network": "fastnet"}, "SSJ-E060"),
        ({"network": "latest"}, "SSJ-E060"),
        ({"round": "latest"}, "SSJ-E061"),
        ({"round": "0"}, "SSJ-E061"),
        ({"round": "01"}, "SSJ-E061"),
        ({"round": "１０"}, "SSJ-E061"),
        ({"round": "1" + "0" * 18}, "SSJ-E061"),
        ({"margin_minutes": "0"}, "SSJ-E061"),
        ({"margin_minutes": "-60"}, "SSJ-E061"),
        ({"margin_minutes": "1.5"}, "SSJ-E061"),
        ({"margin_minutes": "527041"}, "SSJ-E061"),
        ({"round": "1000"}, "SSJ-E062"),
        ({"round": "9" * 18}, "SSJ-E062"),
        ({"round": "40000000", "margin_minutes": "60"}, "SSJ-E075"),
        ({"rounds": "1"}, "SSJ-E008"),
    ],
)
def test_what_cannot_be_named(params: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        drand.appoint(params, NOW)
    assert [p.code for p in refused.value.problems] == [code]


# What is refused, each in its own words.


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("  ", "SSJ-E065"),
        ("1000", "SSJ-E066"),
        ("{", "SSJ-E066"),
        ("[" * 10000, "SSJ-E066"),
        (answer(THOUSAND)[:-1] + ',"round":1001}', "SSJ-E066"),
        (answer(THOUSAND).replace("1000", "NaN"), "SSJ-E066"),
        (answer(THOUSAND, round="1000"), "SSJ-E067"),
        (answer(THOUSAND, round=1000.0), "SSJ-E067"),
        (answer(THOUSAND, round=True), "SSJ-E067"),
        (answer(THOUSAND, round=0), "SSJ-E067"),
        (answer(THOUSAND, round=2**64), "SSJ-E067"),
        (answer(THOUSAND, round=2**64 - 1), "SSJ-E067"),
        (answer(THOUSAND, signature=None), "SSJ-E067"),
        (answer(THOUSAND, signature=THOUSAND["signature"].upper()), "SSJ-E068"),
        (answer(THOUSAND, signature="0x" + THOUSAND["signature"][2:]), "SSJ-E068"),
        (answer(THOUSAND, randomness=THOUSAND["randomness"][:-1] + "\n"), "SSJ-E068"),
        (answer(THOUSAND, signature=THOUSAND["signature"][:-2]), "SSJ-E069"),
        (answer(THOUSAND, randomness=THOUSAND["randomness"][1:]), "SSJ-E069"),
        (answer(case("default-3311596")), "SSJ-E069"),
        (answer(THOUSAND, previous_signature="00"), "SSJ-E070"),
        (answer(THOUSAND, round=1001), "SSJ-E071"),
        (answer(THOUSAND, round=999), "SSJ-E071"),
        (answer(case("quicknet-657413")), "SSJ-E071"),
        (answer(THOUSAND, randomness="0" * 64), "SSJ-E072"),
    ],
)
def test_what_is_not_taken(raw: str, code: str) -> None:
    assert refusal(raw, NAMED) == [code]


def test_what_is_missing_is_said_with_the_address_to_open() -> None:
    with pytest.raises(EntropyError) as refused:
        collected("", NAMED)
    (found,) = refused.value.problems
    assert "2023-08-23T15:59:24Z" in found.message("zh")
    assert f"/{QUICKNET.chain}/public/1000" in found.remedy("en")


def test_a_chained_round_needs_the_signature_before_it() -> None:
    c = case("default-1")
    without = {k: v for k, v in c.items() if k != "previous_signature"}
    assert refusal(answer(without), appointed(c)) == ["SSJ-E067"]
    assert refusal(answer(c, previous_signature="0" * 64), appointed(c)) == ["SSJ-E073"]
    assert refusal(answer(c, previous_signature="0" * 192), appointed(c)) == ["SSJ-E069"]


@pytest.mark.parametrize("signature", ["c" + "0" * 95, "0" * 96, "f" * 96, "8" + "0" * 94 + "1"])
def test_what_is_no_signature_at_all(signature: str) -> None:
    """The point at infinity, not compressed, above the prime, not on the curve."""
    assert refusal(signed(THOUSAND, signature), NAMED) == ["SSJ-E073"]


def signed(c: dict[str, Any], signature: str) -> str:
    """The round with another signature and the randomness that belongs to it."""
    return answer(c, signature=signature, randomness=sha256(bytes.fromhex(signature)).hexdigest())


def test_a_signature_moved_by_a_point_of_small_order_is_refused() -> None:
    """The pairing alone does not see it: without the check of the subgroup anybody could try such points for a seed."""
    assert codes(GOOD, NAMED) == []  # imports py_ecc as it must be imported
    from py_ecc.bls.point_compression import compress_G1, decompress_G1
    from py_ecc.optimized_bls12_381 import G2, add, curve_order, is_inf, multiply, pairing

    good, anywhere = decompress_G1(int(THOUSAND["signature"], 16)), decompress_G1(2**383 + ON_CURVE)
    small = multiply(anywhere, curve_order)
    moved = add(good, small)
    assert not is_inf(small)
    assert pairing(G2, moved) == pairing(G2, good)
    assert refusal(signed(THOUSAND, f"{compress_G1(moved):096x}"), NAMED) == ["SSJ-E073"]


def test_a_network_nobody_pinned_cannot_be_drawn_with() -> None:
    assert refusal(answer(THOUSAND), NAMED | {"chain": "0" * 64}) == ["SSJ-E060"]


# What a record is worth.


def test_of_another_network() -> None:
    assert codes(evolve(GOOD, canonical=DEFAULT.chain + GOOD.canonical[64:]), NAMED) == ["SSJ-E070"]
    assert codes(GOOD, NAMED | {"chain": DEFAULT.chain}) == ["SSJ-E070"]


def test_a_network_of_a_later_version_cannot_be_told() -> None:
    assessed = drand.assess(evolve(GOOD, canonical="0" * 64 + GOOD.canonical[64:]), NAMED | {"chain": "0" * 64})
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    assert [(p.code, p.severity) for p in assessed.problems] == [("SSJ-E064", "warning")]


def test_a_time_that_is_not_the_rounds() -> None:
    assert codes(GOOD, NAMED | {"time": "2023-08-23T15:59:27Z"}) == ["SSJ-E071"]


@pytest.mark.parametrize(
    "changed",
    [
        {"canonical": GOOD.canonical.replace(":1000:", ":1001:")},
        {"canonical": GOOD.canonical.replace(":1000:", ":01000:")},
        {"canonical": GOOD.canonical.upper()},
        {"canonical": GOOD.canonical[:-1]},
        {"canonical": "1000"},
        {"details": {}},
        {"details": {**GOOD.details, "signature": "0" * 96}},
        {"details": {**GOOD.details, "round_time": "2023-08-23T15:59:27Z"}},
        {"details": {**GOOD.details, "note": "x"}},
    ],
)
def test_a_record_that_was_edited(changed: dict[str, Any]) -> None:
    assert codes(evolve(GOOD, **changed), NAMED) == ["SSJ-E001"]


def test_without_the_sealed_rules_it_cannot_be_told_which_round_was_named() -> None:
    assessed = drand.assess(GOOD, {})
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    assert [(p.code, p.severity) for p in assessed.problems] == [("SSJ-E063", "warning")]


def test_without_the_library_it_cannot_be_told_and_is_not_called_a_forgery(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = case("quicknet-1001-with-the-signature-of-1000")
    monkeypatch.setitem(sys.modules, "py_ecc", None)
    for name in [n for n in sys.modules if n.startswith("py_ecc.")]:
        monkeypatch.setitem(sys.modules, name, None)
    drand.signature_holds.cache_clear()
    for c in (THOUSAND, forged):
        evidence = collected(answer(c), appointed(c))
        assessed = drand.assess(evidence, appointed(c))
        assert (assessed.level, assessed.status) == ("E0", "claimed")
        (found,) = assessed.problems
        assert (found.code, found.severity) == ("SSJ-E074", "warning")
        assert 'pip install "ssj-core[beacon]"' in found.remedy("zh")
    monkeypatch.undo()
    assert refusal(answer(forged), appointed(forged)) == ["SSJ-E073"]


def told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = "[m for m in sys.modules if m.split('.')[0] in ('py_ecc', 'cryptography')]"
    assert told(f"import sys, ssj_core.entropy; print({heavy})") == "[]"


def test_checking_a_round_leaves_the_interpreter_as_it_was() -> None:
    """py_ecc raises the limit of recursion so far that deeply nested JSON ends in a crash instead of a refusal."""
    code = """
import sys
from ssj_core.entropy import beacons, drand
from ssj_core.entropy.drand_networks import QUICKNET
from ssj_core.problems import EntropyError
before = sys.getrecursionlimit()
drand.signature_holds(QUICKNET, 1, "0" * 96, "")
assert "py_ecc" in sys.modules and sys.getrecursionlimit() == before
try:
    beacons.Fields.of("[" * 200000)
except EntropyError as error:
    print(error.problems[0].code)
"""
    assert told(code) == "SSJ-E066"
