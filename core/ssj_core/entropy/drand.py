"""Entropy source `drand`: a round of the League of Entropy, named at sealing, checked offline against a pinned key.

A round is a BLS signature that no minority of the operators can make, foresee or choose; its randomness is the
SHA-256 of it. The value in the seed is `<chain hash>:<round>:<randomness>`.
"""

import json
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from attrs import frozen

from ssj_core.entropy.beacons import YEAR, Fields, check_names, margin, stamp, whole
from ssj_core.entropy.drand_networks import BY_CHAIN, NETWORKS, Network
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import EntropyError, InputError, Problem, errors, problem

_CANONICAL: Final = re.compile(r"([0-9a-f]{64}):([1-9][0-9]*):[0-9a-f]{64}")
_FIELDS: Final = ("round", "randomness", "signature", "previous_signature")
_G1: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_G2: Final = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"


@frozen
class Beacon:
    """One round as a node prints it; `previous` is empty where the network is not chained."""

    network: Network
    number: int
    randomness: str
    signature: str
    previous: str

    @property
    def canonical(self) -> str:
        """The form that enters the seed."""
        return f"{self.network.chain}:{self.number}:{self.randomness}"

    @property
    def details(self) -> dict[str, str]:
        """What stays in the record, so that the round can be checked when the network is no more."""
        kept = {"signature": self.signature, "round_time": stamp(self.network.time(self.number))}
        return kept | ({"previous_signature": self.previous} if self.network.chained else {})


def appoint(params: Mapping[str, str], now: datetime) -> Mapping[str, str]:
    """Fix the round: the one the plan names, or the first `margin_minutes` from now. Never the latest.

    Raises:
        InputError: unknown network or parameter, or a round that is past or further ahead than a year.
    """
    check_names(params, ("network", "round", "margin_minutes"), ("round", "margin_minutes"))
    network = NETWORKS.get(params.get("network", "quicknet"))
    if network is None:
        raise InputError([problem("SSJ-E060", value=params["network"], known=", ".join(NETWORKS))])
    if "round" in params:
        number = whole(params, "round")
        first, last = network.first(now), network.first(now + YEAR)
        first += network.time(first) <= now
        if not first <= number <= last:
            raise InputError([problem("SSJ-E062", value=number, first=first, last=last)])
    else:
        number = network.first(margin(params, now))
    return {
        "network": network.id,
        "chain": network.chain,
        "round": str(number),
        "time": stamp(network.time(number)),
    }


def collect(request: Request) -> Evidence:
    """Take the round as a node prints it (`raw`, or its fields one by one) and check it. No network is used.

    Raises:
        EntropyError: it is missing, malformed, of another round or network, or not signed by the network.
    """
    appointed = request.appointed
    network = BY_CHAIN.get(appointed.get("chain", ""))
    if network is None:
        known = ", ".join(NETWORKS)
        raise EntropyError([problem("SSJ-E060", value=appointed.get("chain", ""), known=known)])
    raw = request.given.get("raw", "") or _joined(request.given)
    if not raw.strip():
        what = f"drand {network.id} {appointed.get('round', '')} ({appointed.get('time', '')})"
        raise EntropyError([problem("SSJ-E065", field=request.draw_id, value=what, url=address(appointed))])
    beacon = read(raw, network)
    evidence = Evidence(
        source="drand",
        raw=raw,
        canonical=beacon.canonical,
        who=request.who,
        where=request.given.get("where", ""),
        when=request.given.get("when", ""),
        details=beacon.details,
    )
    if found := errors(assess(evidence, appointed).problems):
        raise EntropyError(found)
    return evidence


def assess(evidence: Evidence, appointed: Mapping[str, str]) -> Assessment:
    """E4 when the network's signature of the appointed round holds; without the means to tell, E0 and a warning."""
    parts = _CANONICAL.fullmatch(evidence.canonical)
    if parts is None:
        return _refused(problem("SSJ-E001", value=evidence.canonical, source="drand"))
    chain = parts[1]
    if appointed and chain != appointed.get("chain"):
        return _refused(problem("SSJ-E070", value=chain, appointed=appointed.get("chain", "")))
    network = BY_CHAIN.get(chain)
    if network is None:
        return Assessment(level="E0", status="claimed", bits=0, problems=(problem("SSJ-E064", value=chain),))
    try:
        beacon = read(evidence.raw, network)
    except EntropyError as error:
        return _refused(*error.problems)
    if (beacon.canonical, beacon.details) != (evidence.canonical, dict(evidence.details)):
        return _refused(problem("SSJ-E001", value=evidence.canonical, source="drand"))
    named, found = _event(appointed), f"{beacon.number} ({beacon.details['round_time']})"
    if appointed and found != named:
        return _refused(problem("SSJ-E071", value=found, appointed=named))
    if sha256(bytes.fromhex(beacon.signature)).hexdigest() != beacon.randomness:
        return _refused(problem("SSJ-E072", value=beacon.randomness))
    try:
        if not signature_holds(network, beacon.number, beacon.signature, beacon.previous):
            return _refused(problem("SSJ-E073", value=beacon.number, network=network.id))
    except ImportError:
        missing = problem("SSJ-E074", value=f"drand {network.id} {beacon.number}", extra="beacon")
        return Assessment(level="E0", status="claimed", bits=256, problems=(missing,))
    if not appointed:
        unnamed = problem("SSJ-E063", value=evidence.value)
        return Assessment(level="E0", status="claimed", bits=256, problems=(unnamed,))
    return Assessment(level="E4", status="machine-checked", bits=256, picked=False)


def address(appointed: Mapping[str, str]) -> str:
    """Where the appointed round is published once it is out."""
    return f"https://api.drand.sh/{appointed.get('chain', '')}/public/{appointed.get('round', '')}"


def read(raw: str, network: Network) -> Beacon:
    """Read a round as a node of that network prints it; raises `EntropyError`. Further fields are left alone."""
    fields = Fields.of(raw)
    number = fields.whole("round", 8, least=1)
    randomness = fields.hexadecimal("randomness", 64)
    signature = fields.hexadecimal("signature", network.signature_digits)
    previous = ""
    if network.chained:  # round 1 signs the hash of the group instead of a signature
        previous = fields.hexadecimal("previous_signature", 64 if number == 1 else network.signature_digits)
    fields.check()
    if fields.has("previous_signature") and not network.chained:
        raise EntropyError([problem("SSJ-E070", value="previous_signature", appointed=network.id)])
    try:
        network.time(number)
    except OverflowError:
        raise EntropyError([problem("SSJ-E067", field="round", value=number)]) from None
    return Beacon(network, number, randomness, signature, previous)


@lru_cache(maxsize=64)
def signature_holds(network: Network, number: int, signature: str, previous: str) -> bool:
    """Whether the network's key signed this round. About a second; raises `ImportError` without py_ecc."""
    limit = sys.getrecursionlimit()
    try:
        from py_ecc.bls import g2_primitives, hash_to_curve, point_compression, typing
        from py_ecc.optimized_bls12_381 import FQ12, G1, G2, final_exponentiate, is_inf, neg, pairing
    finally:
        sys.setrecursionlimit(limit)  # py_ecc raises it so far that deeply nested JSON would crash the interpreter

    message = sha256(bytes.fromhex(previous) + number.to_bytes(8, "big")).digest()
    signed, key = bytes.fromhex(signature), bytes.fromhex(network.key)
    try:
        if network.chained:
            point = g2_primitives.signature_to_G2(signed)
            left = pairing(point, neg(G1), final_exponentiate=False)
            hashed = hash_to_curve.hash_to_G2(message, _G2, sha256)
            right = pairing(hashed, g2_primitives.pubkey_to_G1(key), final_exponentiate=False)
        else:
            point = point_compression.decompress_G1(typing.G1Compressed(int.from_bytes(signed, "big")))
            left = pairing(neg(G2), point, final_exponentiate=False)
            hashed = hash_to_curve.hash_to_G1(message, _G1, sha256)
            right = pairing(g2_primitives.signature_to_G2(key), hashed, final_exponentiate=False)
    except ValueError:  # no point of the curve
        return False
    sound = not is_inf(point) and g2_primitives.subgroup_check(point)
    return bool(sound and final_exponentiate(left * right) == FQ12.one())


def _event(appointed: Mapping[str, str]) -> str:
    return f"{appointed.get('round', '')} ({appointed.get('time', '')})"


def _refused(*found: Problem) -> Assessment:
    return Assessment(level="E0", status="claimed", bits=0, problems=found)


def _joined(given: Mapping[str, str]) -> str:
    """A node's answer from its fields one by one; empty without any."""
    told = [(name, given[name].strip()) for name in _FIELDS if given.get(name, "").strip()]
    parts = (f'"{k}":{v}' if k == "round" else f'"{k}":{json.dumps(v, ensure_ascii=False)}' for k, v in told)
    return "{" + ",".join(parts) + "}" if told else ""


SOURCE: Final = EntropySource(
    id="entropy.drand",
    title="drand 公开随机信标",
    needs=("raw",),
    collect=collect,
    assess=assess,
    appoint=appoint,
)
