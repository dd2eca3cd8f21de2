"""A round is named by number and network before it exists; the latest, a neighbour's and a forged one fail."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from ssj_core.entropy import drand
from ssj_core.entropy.drand_networks import BY_CHAIN, QUICKNET
from ssj_core.entropy.model import Evidence
from ssj_core.problems import InputError
from ssj_core.sealed import Sealed
from ssj_core.verify import Report, verify_draw
from tests.attacks.forger import why
from tests.attacks.office import DRAW, folder, sealing

CASES: Final = {
    c["name"]: c
    for c in json.loads((Path(__file__).parents[1] / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
}
SEALED_AT: Final = "2023-08-23T20:00:00+08:00"
"""Some hours before round 1000 of quicknet."""


def named(case: dict[str, Any]) -> dict[str, str]:
    network = BY_CHAIN[case["chain"]]
    return {"network": network.id, "chain": case["chain"], "round": str(case["round"]), "time": case["time"]}


def sealed() -> Sealed:
    return sealing("drand", appointed=[named(CASES["quicknet-1000"])])


def evidence(case: dict[str, Any], **changed: object) -> Evidence:
    """The evidence an office would file with this answer of a node, signed or not."""
    fields = ("round", "randomness", "signature", "previous_signature")
    raw = json.dumps({**{k: case[k] for k in fields if k in case}, **changed})
    beacon = drand.read(raw, BY_CHAIN[case["chain"]])
    return Evidence(source="drand", raw=raw, canonical=beacon.canonical, details=beacon.details)


def verdict(one: Evidence) -> Report:
    """A whole draw with this evidence, everything else in order."""
    return verify_draw(folder(sealed(), one, sealed_at=SEALED_AT), DRAW)


def test_the_round_that_was_named_holds() -> None:
    report = verdict(evidence(CASES["quicknet-1000"]))
    assert (report.arithmetic, report.level) == ("holds", "E4")


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("quicknet-657413", "657413"),  # a true round, only later: the latest when the office looked
        ("default-3311596", CASES["default-3311596"]["chain"]),  # a true round of another network
        ("default-1", CASES["default-1"]["chain"]),
        ("quicknet-1001-with-the-signature-of-1000", "1001"),
    ],
)
def test_another_round_or_network_fails_and_is_worth_nothing(case: str, says: str) -> None:
    report = verdict(evidence(CASES[case]))
    assert (report.arithmetic, report.level) == ("fails", "E0")
    assert says in why(report)


def forged(number: int, secret: int) -> Evidence:
    """A round signed with a key of one's own, as that of a test network; all but the network's key is right."""
    from py_ecc.bls import hash_to_curve, point_compression
    from py_ecc.optimized_bls12_381 import multiply

    message = sha256(number.to_bytes(8, "big")).digest()
    point = multiply(hash_to_curve.hash_to_G1(message, b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_", sha256), secret)
    signature = int(point_compression.compress_G1(point)).to_bytes(48, "big")
    randomness = sha256(signature).hexdigest()
    return evidence(CASES["quicknet-1000"], signature=signature.hex(), randomness=randomness)


def test_a_key_of_a_test_network_signs_nothing() -> None:
    """A thousand of these a minute would be a way to try until it pleases."""
    report = verdict(forged(1000, 20210301))
    assert (report.arithmetic, report.level) == ("fails", "E0")
    assert "1000" in why(report)


def test_the_signature_of_a_round_is_not_that_of_the_next() -> None:
    """Named 1001, answered with 1000: off by one, as it happens in the wild."""
    thousand = CASES["quicknet-1001-with-the-signature-of-1000"]
    later = sealing("drand", appointed=[named(thousand)])
    report = verify_draw(folder(later, evidence(thousand), sealed_at=SEALED_AT), DRAW)
    assert (report.arithmetic, report.level) == ("fails", "E0")


def test_the_round_is_the_first_at_or_after_the_margin_to_the_second() -> None:
    genesis = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    for seconds, number in ((-3, 1), (0, 1), (1, 2), (3, 2), (4, 3), (6, 3)):
        now = genesis + timedelta(seconds=seconds) - timedelta(minutes=60)
        assert drand.appoint({}, now)["round"] == str(number)
    assert QUICKNET.time(1000) == datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "params", [{"round": "latest"}, {"network": "fastnet"}, {"network": "testnet"}, {"round": "1000"}]
)
def test_the_latest_an_unknown_network_and_the_past_cannot_be_named(params: dict[str, str]) -> None:
    with pytest.raises(InputError):
        drand.appoint(params, datetime(2026, 3, 1, tzinfo=UTC))
