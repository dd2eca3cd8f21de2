"""Entropy source `nist`: a pulse of the NIST Randomness Beacon 2.0, named at sealing.

`outputValue` is the SHA-512 of the pulse's fields and its RSA signature. Anybody can compute such a value, so only the
signature shows that NIST made it; that needs NIST's certificate beside the pulse. The value in the seed is
`<chain>:<pulse>:<outputValue>`, hexadecimal in lower case.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha512
from typing import Final

from attrs import frozen

from ssj_core.entropy.beacons import YEAR, Fields, check_names, margin, stamp, whole
from ssj_core.entropy.grammar import written
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import EntropyError, InputError, Problem, errors, problem

CHAIN: Final = "2"
"""The chain that runs in 2026."""

_CHAIN_1_2018: Final = (
    "5501e3d72bc42f3b96e16de4dcadcb16768e109662bd16d667d5fd9aee585af3"
    "1bbdc5dd4f53592276064b53dddd76c8f3604b2a41db6e09f78f82bb5d6569e7"
)
CERTIFICATES: Final = frozenset({_CHAIN_1_2018})
"""Certificates of the beacon known to this version, as pulses name them: SHA-512 of the DER form."""

_SERVER: Final = "https://beacon.nist.gov/beacon/2.0"
_HEX: Final = "[0-9a-f]*|[0-9A-F]*"
_MINUTE: Final = timedelta(minutes=1)
_RSA_4096: Final = 1024
"""Hexadecimal digits of a signature."""


@frozen
class Pulse:
    """A pulse as the beacon prints it, in bytes: `signed` is what the signature is of."""

    chain: int
    index: int
    time: datetime
    certificate_id: str
    signed: bytes
    signature: bytes
    output: str

    @property
    def canonical(self) -> str:
        """The form that enters the seed."""
        return f"{self.chain}:{self.index}:{self.output}"


def appoint(params: Mapping[str, str], now: datetime) -> Mapping[str, str]:
    """Fix the pulse: by number, by its time, or the first full minute `margin_minutes` from now.

    A number alone does not tell when the pulse comes, so `after` keeps that it must come after the sealing.

    Raises:
        InputError: an unknown parameter, or a time that is past or further ahead than a year.
    """
    check_names(params, ("chain", "pulse", "time", "margin_minutes"), ("pulse", "time", "margin_minutes"))
    chain = str(whole(params, "chain", CHAIN))
    if "pulse" in params:
        return {"chain": chain, "pulse": str(whole(params, "pulse")), "after": stamp(now)}
    if "time" in params:
        moment = _full_minute(params["time"])
        if not now < moment <= now + YEAR:
            raise InputError([problem("SSJ-E062", value=stamp(moment), first=stamp(now), last=stamp(now + YEAR))])
    else:
        earliest = margin(params, now).astimezone(UTC)
        moment = earliest + (datetime(2018, 1, 1, tzinfo=UTC) - earliest) % _MINUTE
    return {"chain": chain, "time": stamp(moment)}


def collect(request: Request) -> Evidence:
    """Take the pulse as the beacon prints it (`raw`), NIST's `certificate` in PEM form if given, and check them.

    Raises:
        EntropyError: it is missing, malformed, another pulse, or its value or signature is not its own.
    """
    appointed = request.appointed
    raw = request.given.get("raw", "")
    if not raw.strip():
        what, url = f"NIST {_event(appointed)}", address(appointed)
        raise EntropyError([problem("SSJ-E065", field=request.draw_id, value=what, url=url)])
    certificate = request.given.get("certificate", "")
    evidence = Evidence(
        source="nist",
        raw=raw,
        canonical=read(raw).canonical,
        who=request.who,
        where=request.given.get("where", ""),
        when=request.given.get("when", ""),
        details={"certificate": certificate} if certificate else {},
    )
    if found := errors(assess(evidence, appointed).problems):
        raise EntropyError(found)
    return evidence


def assess(evidence: Evidence, appointed: Mapping[str, str]) -> Assessment:
    """E4 for the appointed pulse whose value is its own; machine-checked only with NIST's signature."""
    try:
        pulse = read(evidence.raw)
    except EntropyError as error:
        return _refused(*error.problems)
    if pulse.canonical != evidence.canonical:
        return _refused(problem("SSJ-E001", value=evidence.canonical, source="nist"))
    if appointed and str(pulse.chain) != appointed.get("chain"):
        return _refused(problem("SSJ-E070", value=pulse.chain, appointed=appointed.get("chain", "")))
    if appointed and not _is_appointed(pulse, appointed):
        found = f"{pulse.index} ({stamp(pulse.time)})"
        return _refused(problem("SSJ-E071", value=found, appointed=_event(appointed)))
    if sha512(pulse.signed + pulse.signature).hexdigest() != pulse.output:
        return _refused(problem("SSJ-E076", value=pulse.output))
    unsure = _signature(pulse, evidence.details.get("certificate", ""))
    if errors(unsure):
        return _refused(*unsure)
    if not appointed:
        unsure = (*unsure, problem("SSJ-E063", value=evidence.value))
    return Assessment(
        level="E0" if unsure else "E4",  # without the signature anybody could have made this pulse
        status="claimed" if unsure else "machine-checked",
        bits=512,
        problems=unsure,
        picked=bool(unsure),
    )


def read(raw: str) -> Pulse:
    """Read a pulse as the beacon prints it and lay out its fields as they are signed; raises `EntropyError`."""
    outer = Fields.of(raw)
    fields = outer.within("pulse")
    chain, index = fields.whole("chainIndex", 8, least=1), fields.whole("pulseIndex", 8, least=1)
    uri = fields.text("uri")
    time, certificate = fields.text("timeStamp", _time), fields.hexadecimal("certificateId", 128, _HEX)
    external = fields.within("external")
    values = [_text(uri), _text(fields.text("version"))]
    fields.whole("cipherSuite", 0)  # only suite 0, RSA with SHA-512, is known here
    values += [_number(0, 4), _number(fields.whole("period", 4), 4)]
    values += [_bytes(certificate), _number(chain, 8), _number(index, 8), _text(time)]
    values += [_bytes(fields.hexadecimal("localRandomValue", 128, _HEX))]
    values += [_bytes(external.hexadecimal("sourceId", 128, _HEX)), _number(external.whole("statusCode", 4), 4)]
    values += [_bytes(external.hexadecimal("value", 128, _HEX))]
    values += [_bytes(value.hexadecimal("value", 128, _HEX)) for value in fields.each("listValues")]
    values += [_bytes(fields.hexadecimal("precommitmentValue", 128, _HEX)), _number(fields.whole("statusCode", 4), 4)]
    signature = fields.hexadecimal("signatureValue", _RSA_4096, _HEX)
    output = fields.hexadecimal("outputValue", 128, _HEX)
    outer.check()
    if uri != f"{_SERVER}/chain/{chain}/pulse/{index}":
        raise EntropyError([problem("SSJ-E070", value=uri, appointed=f"{_SERVER}/chain/{chain}/pulse/{index}")])
    moment = _time(time)
    assert moment is not None  # noqa: S101 - `text` has seen to it
    return Pulse(chain, index, moment, certificate.lower(), b"".join(values), bytes.fromhex(signature), output.lower())


def _signature(pulse: Pulse, certificate: str) -> tuple[Problem, ...]:
    """Nothing when NIST signed the pulse; a warning where that cannot be told, an error where it did not."""
    if not certificate:
        return (problem("SSJ-E078", value=pulse.index, url=f"{_SERVER}/certificate/{pulse.certificate_id}"),)
    der = _der(certificate)
    if sha512(der).hexdigest() != pulse.certificate_id:
        return (problem("SSJ-E079", value=pulse.certificate_id),)
    try:
        holds = _signed_by(der, pulse)
    except ImportError:
        return (problem("SSJ-E074", value=f"NIST {pulse.index}", extra="sign"),)
    if not holds:
        return (problem("SSJ-E077", value=pulse.index),)
    return () if pulse.certificate_id in CERTIFICATES else (problem("SSJ-E064", value=pulse.certificate_id),)


def _signed_by(der: bytes, pulse: Pulse) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import SHA512
    from cryptography.x509 import load_der_x509_certificate

    try:
        key = load_der_x509_certificate(der).public_key()
        if not isinstance(key, RSAPublicKey):
            return False
        key.verify(pulse.signature, pulse.signed, PKCS1v15(), SHA512())
    except (ValueError, InvalidSignature):
        return False
    return True


def _der(pem: str) -> bytes:
    found = re.search("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----", pem)
    try:
        return base64.b64decode("".join(found[1].split()), validate=True) if found else b""
    except binascii.Error:
        return b""


def _is_appointed(pulse: Pulse, appointed: Mapping[str, str]) -> bool:
    if "pulse" in appointed:
        after = _time(appointed.get("after", ""))
        return str(pulse.index) == appointed["pulse"] and after is not None and pulse.time > after
    return pulse.time == _time(appointed.get("time", ""))


def _event(appointed: Mapping[str, str]) -> str:
    if "pulse" in appointed:
        return f"{appointed['pulse']} (> {appointed.get('after', '')})"
    return appointed.get("time", "")


def address(appointed: Mapping[str, str]) -> str:
    """Where the appointed pulse is published once it is out."""
    moment = _time(appointed.get("time", ""))
    if moment is not None:
        return f"{_SERVER}/pulse/time/{(moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)}"
    return f"{_SERVER}/chain/{appointed.get('chain', '')}/pulse/{appointed.get('pulse', '')}"


def _full_minute(text: str) -> datetime:
    moment = written(text)
    if moment is None or moment.tzinfo is None or moment.second or moment.microsecond:
        raise InputError([problem("SSJ-E061", field="time", value=text, example="2026-03-01T10:00:00+08:00")])
    return moment


def _time(text: str) -> datetime | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z", text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def _text(value: str) -> bytes:
    data = value.encode("utf-8", "surrogatepass")
    return _number(len(data), 4) + data


def _bytes(value: str) -> bytes:
    return _number(len(value) // 2, 4) + bytes.fromhex(value)


def _refused(*found: Problem) -> Assessment:
    return Assessment(level="E0", status="claimed", bits=0, problems=found)


SOURCE: Final = EntropySource(
    id="entropy.nist",
    title="NIST 随机信标",
    needs=("raw",),
    collect=collect,
    assess=assess,
    appoint=appoint,
)
