"""Check a time-stamp token (RFC 3161) of a commitment against the certificates that were sealed with the draw.

`rfc3161-client` verifies signature and chain at the time the token tells. What it leaves open is looked at here: which
certificate signed, what that may be used for, and the fields of the token that nothing signs.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ssj_core.causes import cause
from ssj_core.problems import Problem, problem
from ssj_core.stamping.certificates import is_root
from ssj_core.stamping.der import DerError, Value, certificate_named, signer_of, sorted_certificates, values
from ssj_core.text import Text

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_PANIC: Final = Text("读取的组件中途退出", "the library that reads it gave up")
_VERSION: Final = Text("签名数据的版本号不对", "another version of signed data")
_NOT_NAMED: Final = Text("签名里写的不是这个证书（ESSCertID）", "the signature names another certificate (ESSCertID)")

_RSA: Final = "1.2.840.113549.1.1.1"
_EC: Final = "1.2.840.10045.2.1"
_ALGORITHMS: Final[Mapping[str, tuple[str, str]]] = {
    _SHA256: ("1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
    "2.16.840.1.101.3.4.2.2": ("1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
    "2.16.840.1.101.3.4.2.3": ("1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
}
"""SHA-256, SHA-384 and SHA-512, each with the names it has together with RSA and with ECDSA."""

_GRANTED: Final = 0
_INTEGER: Final = 0x02


@frozen(kw_only=True)
class Stamp:
    """What a token proves. `problem` is why it proves nothing: an error, or a warning where that cannot be told.

    `time` is the latest moment it can mean: `genTime` to the end of its second, and its accuracy added.
    """

    time: datetime | None = None
    authority: str = ""
    problem: Problem | None = None


def check_token(token: bytes, commitment: str, certificates: Sequence[bytes], nonce: int | None = None) -> Stamp:
    """Check a response of a time-stamping authority; never raises, whatever the bytes are.

    `certificates` are those that were sealed, in DER: roots, and what the token lacks of the chain. With `nonce` the
    response must be the one to that request.
    """
    try:
        import cryptography.x509  # noqa: F401 - both or none
        import rfc3161_client  # noqa: F401
    except ImportError:
        return Stamp(problem=problem("SSJ-T001"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of certificates that a later version of a library would not read
            return _check(sorted_certificates(token), commitment, certificates, nonce)
    except Exception as error:
        return Stamp(problem=problem("SSJ-T002", reason=error))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library's own code ends on bytes it did not expect
            raise
        return Stamp(problem=problem("SSJ-T002", reason=_PANIC))


def make_request(message: bytes) -> bytes:
    """A request for a stamp of the SHA-256 of `message`, with a nonce of the operating system, asking for certificates.

    Raises:
        ImportError: `rfc3161-client` is not installed.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def request_nonce(request: bytes) -> int | None:
    """The nonce of a request that `make_request` wrote; None for no request, or one that cannot be read."""
    try:
        return next((int.from_bytes(v.content, "big") for v in _fields(request)[1:] if v.tag == _INTEGER), None)
    except DerError:
        return None


def _fields(request: bytes) -> list[Value]:
    return [part for value in values(request) for part in value.parts()]


def _check(token: bytes, commitment: str, certificates: Sequence[bytes], nonce: int | None) -> Stamp:
    from cryptography.x509 import load_der_x509_certificate
    from rfc3161_client import decode_timestamp_response

    response = decode_timestamp_response(token)
    if response.status != _GRANTED:
        said = "; ".join(response.status_string)
        return Stamp(problem=problem("SSJ-T003", value=response.status, said=said or "–"))
    info = response.tst_info
    if info.message_imprint.hash_algorithm.dotted_string != _SHA256:
        return Stamp(problem=problem("SSJ-T004", value=info.message_imprint.hash_algorithm.dotted_string))
    if (found := info.message_imprint.message.hex()) != commitment:
        return Stamp(problem=problem("SSJ-T005", value=found, commitment=commitment))
    if nonce is not None and info.nonce != nonce:
        return Stamp(problem=problem("SSJ-T010"))
    sealed = [load_der_x509_certificate(der) for der in certificates]
    brought = [load_der_x509_certificate(der) for der in response.signed_data.certificates]
    pool = list(dict.fromkeys([*sealed, *brought]))
    roots = [c for c, der in zip(sealed, certificates, strict=True) if is_root(der)]
    signer = _signer(response, pool)
    path = _path(signer, pool, roots) if signer is not None else []
    if signer is None or not path:
        return Stamp(problem=problem("SSJ-T006", value=_name(signer) if signer is not None else "–"))
    if wrong := _unusable(token, response, signer, path):
        return Stamp(problem=wrong)
    if reason := _refused(response, signer, sealed, roots, commitment):
        return Stamp(problem=problem("SSJ-T009", reason=reason))
    return Stamp(time=_latest(response), authority=_name(signer))


def _signer(response: "TimeStampResponse", pool: Iterable["Certificate"]) -> "Certificate | None":
    """The one certificate that the token names. Two of one name would let a forged one answer for the other."""
    (info,) = response.signed_data.signer_infos
    name = info.issuer.public_bytes()  # compared as bytes: equal names may be written as other kinds of text
    found = [c for c in pool if (c.issuer.public_bytes(), c.serial_number) == (name, info.serial_number)]
    if len(found) > 1:
        raise DerError("two certificates of the signer")
    return found[0] if found else None


def _path(start: "Certificate", pool: Sequence["Certificate"], roots: Sequence["Certificate"]) -> list["Certificate"]:
    """A way by names from a certificate to a sealed root; empty if there is none. Signatures are looked at later."""
    ways = [[start]]
    for way in ways:
        if way[-1] in roots:
            return way
        ways += [[*way, c] for c in pool if c.subject == way[-1].issuer and c not in way]
        if len(ways) > 1000:  # certificates made to go in circles
            break
    return []


def _unusable(
    token: bytes, response: "TimeStampResponse", signer: "Certificate", path: Iterable["Certificate"]
) -> Problem | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = signer.extensions.get_extension_for_class(ExtendedKeyUsage)
        good = usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    except ExtensionNotFound:
        good = False
    if not good:
        return problem("SSJ-T007", value=_name(signer))
    time = response.tst_info.gen_time.replace(tzinfo=UTC)
    for certificate in path:
        if not certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc:
            return problem("SSJ-T008", value=_name(certificate), time=time.isoformat())
    signed = response.signed_data
    (info,) = signed.signer_infos
    if (signed.version, info.version) != (3, 1):
        return problem("SSJ-T002", reason=_VERSION)
    digests = [d.dotted_string for d in signed.digest_algorithms]
    names = _ALGORITHMS.get(digests[0] if len(digests) == 1 else "")
    told = signer_of(token)
    try:
        key = signer.public_key()
    except UnsupportedAlgorithm:  # SM2, for one
        return problem("SSJ-T020", value=told.algorithm)
    if names is None or not isinstance(key, RSAPublicKey | EllipticCurvePublicKey):
        return problem("SSJ-T020", value=told.algorithm)
    if not certificate_named(told, signer.public_bytes(Encoding.DER)):
        return problem("SSJ-T009", reason=_NOT_NAMED)
    if told.algorithm not in ((_RSA, names[0]) if isinstance(key, RSAPublicKey) else (_EC, names[1])):
        return problem(
            "SSJ-T009", reason=Text(f"签名算法 {told.algorithm} 与密钥不符", f"signature algorithm {told.algorithm}")
        )
    return None


def _refused(
    response: "TimeStampResponse",
    signer: "Certificate",
    sealed: Sequence["Certificate"],
    roots: Sequence["Certificate"],
    commitment: str,
) -> Text | None:
    """Why the library refuses signature or chain; None if it does not."""
    from rfc3161_client import VerificationError, VerifierBuilder

    others = [c for c in sealed if c not in roots]
    verifier = VerifierBuilder(
        tsa_certificate=signer if signer in sealed else None, intermediates=others, roots=[*roots]
    )
    try:
        verifier.build().verify(response, bytes.fromhex(commitment))
    except VerificationError as error:
        return cause(error)
    return None


def _latest(response: "TimeStampResponse") -> datetime:
    """The library drops fractions of a second."""
    info = response.tst_info
    latest = info.gen_time.replace(tzinfo=UTC) + timedelta(seconds=1)
    if info.accuracy is not None:
        accuracy = info.accuracy
        latest += timedelta(
            seconds=accuracy.seconds or 0, milliseconds=accuracy.millis or 0, microseconds=accuracy.micros or 0
        )
    return latest


def _name(certificate: "Certificate") -> str:
    return certificate.subject.rfc4514_string()
