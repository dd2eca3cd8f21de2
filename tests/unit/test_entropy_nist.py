"""A pulse of the NIST beacon: which one is named, whether its value is its own, and who signed it."""

import copy
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding

from ssj_core.entropy import BUILT_IN, nist
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError, InputError

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
(CASE,) = (c for c in CASES if c["kind"] == "nist-pulse")
RAW = json.dumps(CASE["answer"], indent=2)
NAMED = {"chain": "1", "time": "2018-08-30T17:44:00Z"}
NOW = datetime(2018, 8, 30, 16, 43, 30, tzinfo=UTC)


def collected(raw: str = RAW, named: dict[str, str] = NAMED, certificate: str = "") -> Evidence:
    given = {"raw": raw} | ({"certificate": certificate} if certificate else {})
    return nist.collect(Request(draw_id="d", commitment="c", appointed=named, given=given, now=NOW))


def refusal(raw: str = RAW, named: dict[str, str] = NAMED, certificate: str = "") -> list[str]:
    with pytest.raises(EntropyError) as refused:
        collected(raw, named, certificate)
    return [p.code for p in refused.value.problems]


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    content = copy.deepcopy(CASE["answer"])
    change(content["pulse"])
    return json.dumps(content)


def test_the_published_pulse_with_the_certificate_of_nist() -> None:
    evidence = collected(certificate=CASE["certificate"])
    assert evidence.value == f"nist:{CASE['chain']}:{CASE['pulse']}:{CASE['output']}"
    assert evidence.raw == RAW, "verbatim"
    assert evidence.canonical == evidence.canonical.lower()
    assessed = nist.assess(evidence, NAMED)
    assert (assessed.level, assessed.status, assessed.bits, assessed.problems) == ("E4", "machine-checked", 512, ())
    assert BUILT_IN["nist"] is nist.SOURCE


def test_without_the_certificate_it_is_said_that_nobody_checked_the_signature() -> None:
    assessed = nist.assess(collected(), NAMED)
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    (found,) = assessed.problems
    assert (found.code, found.severity) == ("SSJ-E078", "warning")
    assert CASE["answer"]["pulse"]["certificateId"] in found.remedy("zh")


def test_without_the_library_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    assessed = nist.assess(collected(certificate=CASE["certificate"]), NAMED)
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    assert [(p.code, p.severity) for p in assessed.problems] == [("SSJ-E074", "warning")]
    assert 'pip install "ssj-core[sign]"' in assessed.problems[0].remedy("en")


def test_by_its_number_the_pulse_must_come_after_the_sealing() -> None:
    named = {"chain": "1", "pulse": "54610", "after": "2018-08-30T17:43:59Z"}
    assert not [p for p in nist.assess(collected(named=named), named).problems if p.severity == "error"]
    for other in ({"after": "2018-08-30T17:44:00Z"}, {"after": ""}, {"pulse": "54611"}, {"pulse": "54609"}):
        assert refusal(named=named | other) == ["SSJ-E071"]


@pytest.mark.parametrize("time", ["2018-08-30T17:45:00Z", "2018-08-30T17:43:00Z", "", "latest", "2018-13-30T17:45:00Z"])
def test_another_time_is_another_pulse(time: str) -> None:
    assert refusal(named=NAMED | {"time": time}) == ["SSJ-E071"]


def test_another_chain() -> None:
    assert refusal(named=NAMED | {"chain": "2"}) == ["SSJ-E070"]


def test_without_the_sealed_rules_it_cannot_be_told_which_pulse_was_named() -> None:
    assessed = nist.assess(collected(certificate=CASE["certificate"]), {})
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    assert [(p.code, p.severity) for p in assessed.problems] == [("SSJ-E063", "warning")]


def flip(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.update(version="2.0"),
        lambda p: p.update(period=60001),
        lambda p: p.update(certificateId=flip(p["certificateId"])),
        lambda p: p.update(localRandomValue=flip(p["localRandomValue"])),
        lambda p: p["external"].update(sourceId=flip(p["external"]["sourceId"])),
        lambda p: p["external"].update(statusCode=1),
        lambda p: p["external"].update(value=flip(p["external"]["value"])),
        lambda p: p["listValues"].reverse(),
        lambda p: p["listValues"].pop(),
        lambda p: p["listValues"][2].update(value=flip(p["listValues"][2]["value"])),
        lambda p: p.update(precommitmentValue=flip(p["precommitmentValue"])),
        lambda p: p.update(statusCode=1),
        lambda p: p.update(signatureValue=flip(p["signatureValue"])),
        lambda p: p.update(outputValue=flip(p["outputValue"])),
    ],
)
def test_the_value_follows_from_every_field(change: Callable[[dict[str, Any]], object]) -> None:
    assert refusal(changed(change)) == ["SSJ-E076"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p.pop("uri"), "SSJ-E067"),
        (lambda p: p.update(uri="https://beacon.example/beacon/2.0/chain/1/pulse/54610"), "SSJ-E070"),
        (lambda p: p.update(pulseIndex=54611), "SSJ-E070"),
        (lambda p: p.update(pulseIndex="54610"), "SSJ-E067"),
        (lambda p: p.update(chainIndex=0), "SSJ-E067"),
        (lambda p: p.update(cipherSuite=1), "SSJ-E067"),
        (lambda p: p.update(statusCode=2**32), "SSJ-E067"),
        (lambda p: p.update(timeStamp="2018-08-30 17:44"), "SSJ-E067"),
        (lambda p: p.update(timeStamp="2018-02-30T17:44:00.000Z"), "SSJ-E067"),
        (lambda p: p.pop("external"), "SSJ-E067"),
        (lambda p: p.update(listValues={}), "SSJ-E067"),
        (lambda p: p.update(listValues=["00"]), "SSJ-E067"),
        (lambda p: p["listValues"][0].pop("value"), "SSJ-E067"),
        (lambda p: p.update(outputValue=p["outputValue"][:-1] + "g"), "SSJ-E068"),
        (lambda p: p.update(outputValue=p["outputValue"].replace("E", "e")), "SSJ-E068"),
        (lambda p: p.update(outputValue=p["outputValue"][:-2]), "SSJ-E069"),
        (lambda p: p.update(signatureValue=p["signatureValue"][2:]), "SSJ-E069"),
    ],
)
def test_a_malformed_pulse(change: Callable[[dict[str, Any]], object], code: str) -> None:
    assert code in refusal(changed(change))


@pytest.mark.parametrize(("raw", "code"), [("", "SSJ-E065"), ("pulse", "SSJ-E066"), ("{}", "SSJ-E067")])
def test_no_pulse(raw: str, code: str) -> None:
    assert code in refusal(raw)


@pytest.mark.parametrize(
    ("named", "address"),
    [
        (NAMED, "https://beacon.nist.gov/beacon/2.0/pulse/time/1535651040000"),
        ({"chain": "1", "pulse": "7", "after": ""}, "https://beacon.nist.gov/beacon/2.0/chain/1/pulse/7"),
    ],
)
def test_what_is_missing_is_said_with_the_address_to_open(named: dict[str, str], address: str) -> None:
    with pytest.raises(EntropyError) as refused:
        collected("", named)
    assert address in refused.value.problems[0].remedy("zh")


def test_a_record_that_was_edited() -> None:
    evidence = collected()
    for canonical in ("1:54610:" + flip(CASE["output"]), evidence.canonical.upper().replace("E", "e"), "54610"):
        found = nist.assess(evolve(evidence, canonical=canonical), NAMED)
        assert ([p.code for p in found.problems], found.level) == (["SSJ-E001"], "E0")
    assert nist.assess(evolve(evidence, raw="{}"), NAMED).level == "E0"


# Certificates of somebody else.


def own(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "engine.beacon.nist.gov")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(days=1))
    return builder.sign(key, SHA256())


def own_pulse(certificate: x509.Certificate, key: rsa.RSAPrivateKey | None) -> str:
    """A pulse anybody can make: with his own certificate, signed with his own key, and with the value that follows."""
    content = copy.deepcopy(CASE["answer"])
    pulse = content["pulse"]
    pulse["certificateId"] = sha512(certificate.public_bytes(Encoding.DER)).hexdigest()
    signed = nist.read(json.dumps(content)).signed
    if key is not None:
        pulse["signatureValue"] = key.sign(signed, padding.PKCS1v15(), SHA512()).hex()
    pulse["outputValue"] = sha512(signed + bytes.fromhex(pulse["signatureValue"])).hexdigest()
    return json.dumps(content)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 4096)


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def test_a_certificate_nobody_pinned_is_not_machine_checked(key: rsa.RSAPrivateKey) -> None:
    certificate = own(key)
    evidence = collected(own_pulse(certificate, key), certificate=pem(certificate))
    assessed = nist.assess(evidence, NAMED)
    assert (assessed.level, assessed.status) == ("E0", "claimed")
    assert [(p.code, p.severity) for p in assessed.problems] == [("SSJ-E064", "warning")]


def test_a_signature_that_does_not_hold(key: rsa.RSAPrivateKey) -> None:
    certificate = own(key)
    assert refusal(own_pulse(certificate, None), certificate=pem(certificate)) == ["SSJ-E077"]
    other = own(ec.generate_private_key(ec.SECP256R1()))
    assert refusal(own_pulse(other, None), certificate=pem(other)) == ["SSJ-E077"], "no RSA key at all"


def test_another_certificate_or_none(key: rsa.RSAPrivateKey) -> None:
    lines = CASE["certificate"].splitlines()
    for wrong in (pem(own(key)), "x", "\n".join([*lines[:5], *lines[6:]]), CASE["certificate"].replace("MIIH", "MII")):
        assert refusal(certificate=wrong) == ["SSJ-E079"]
    assert collected(
        certificate="".join(lines).replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\r\n")
    )


# What is named at sealing.


def named(**params: str) -> dict[str, str]:
    return dict(nist.appoint(params, NOW))


def test_an_hour_from_now_in_full_minutes_is_the_default() -> None:
    assert named() == {"chain": "2", "time": "2018-08-30T17:44:00Z"}
    assert named(margin_minutes="1", chain="1") == {"chain": "1", "time": "2018-08-30T16:45:00Z"}
    assert nist.appoint({}, NOW.replace(second=0)) == {"chain": "2", "time": "2018-08-30T17:43:00Z"}


def test_a_pulse_may_be_named_by_its_time_or_its_number() -> None:
    assert named(time="2018-08-31T01:44:00+08:00", chain="1") == NAMED
    assert named(pulse="54610", chain="1") == {"chain": "1", "pulse": "54610", "after": "2018-08-30T16:43:30Z"}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"chain": "last"}, "SSJ-E061"),
        ({"pulse": "last"}, "SSJ-E061"),
        ({"margin_minutes": "0"}, "SSJ-E061"),
        ({"time": "2018-08-30T17:44:00"}, "SSJ-E061"),
        ({"time": "2018-08-30T17:44:30Z"}, "SSJ-E061"),
        ({"time": "tomorrow"}, "SSJ-E061"),
        ({"time": "2018-08-30T16:43:00Z"}, "SSJ-E062"),
        ({"time": "2020-01-01T00:00:00Z"}, "SSJ-E062"),
        ({"pulse": "1", "time": "2018-08-30T17:44:00Z"}, "SSJ-E075"),
        ({"round": "1"}, "SSJ-E008"),
    ],
)
def test_what_cannot_be_named(params: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        nist.appoint(params, NOW)
    assert [p.code for p in refused.value.problems] == [code]
