"""A time-stamping authority for tests: certificates and answers (RFC 3161), made by hand so that they can be wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import new as hash_of
from hashlib import sha256
from typing import Any, Final

from attrs import field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from cryptography.x509.oid import NameOID

DIGESTS: Final = {
    "sha256": "2.16.840.1.101.3.4.2.1", "sha512": "2.16.840.1.101.3.4.2.3", "sm3": "1.2.156.10197.1.401",
    "sha1": "1.3.14.3.2.26",
}  # fmt: skip
ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"
ED25519: Final = "1.3.101.112"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
DAY: Final = timedelta(days=1)
TIME: Final = datetime(2023, 8, 23, 15, 40, tzinfo=UTC)


def value(tag: int, *content: bytes) -> bytes:
    """A DER value."""
    body = b"".join(content)
    size = len(body)
    length = (
        bytes([size]) if size < 128 else (lambda b: bytes([128 + len(b)]) + b)(size.to_bytes(2, "big").lstrip(b"\0"))
    )
    return bytes([tag]) + length + body


def sequence(*content: bytes) -> bytes:
    """SEQUENCE."""
    return value(0x30, *content)


def integer(number: int) -> bytes:
    """INTEGER, not negative."""
    return value(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for number in (40 * first + second, *rest):
        digits = [number & 127]
        while number := number >> 7:
            digits.append(number & 127 | 128)
        out += bytes(reversed(digits))
    return value(0x06, bytes(out))


def attribute(kind: str, content: bytes) -> bytes:
    """A signed attribute with one value."""
    return sequence(oid(kind), value(0x31, content))


@cache
def _key(number: int) -> EllipticCurvePrivateKey:
    return derive_private_key(number, SECP256R1())


@frozen(kw_only=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def der(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate in PEM form."""
        return self.certificate.public_bytes(Encoding.PEM)


def issue(
    name: str,
    key: Any,
    issuer: Issued | None = None,
    *,
    usages: Sequence[x509.ObjectIdentifier] = (),
    critical: bool = True,
    valid: tuple[datetime, datetime] = (TIME - 365 * DAY, TIME + 3650 * DAY),
    serial: int = 1,
) -> Issued:
    """A certificate; its own issuer where none is given."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=not usages, path_length=None), critical=True)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=critical)
    return Issued(certificate=builder.sign(issuer.key if issuer else key, SHA256()), key=key)


@frozen(kw_only=True)
class Authority:
    """Root, a certificate between, and the one that signs."""

    root: Issued
    between: Issued
    signer: Issued
    algorithm: str = ECDSA_SHA256
    trusted: tuple[bytes, ...] = field(init=False)

    @trusted.default
    def _trusted(self) -> tuple[bytes, ...]:
        return (self.root.der,)

    def answer(
        self,
        digest: str,
        *,
        time: str = f"{TIME:%Y%m%d%H%M%SZ}",
        algorithm: str = "sha256",
        nonce: int | None = None,
        certificates: Sequence[bytes] | None = None,
        accuracy: bytes = b"",
        signed_time: str = "",
        status: int = 0,
    ) -> bytes:
        """A response. `signed_time`: the time is changed to `time` after it was signed."""
        certs = [self.signer.der, self.between.der] if certificates is None else list(certificates)
        info, signed = (
            sequence(
                integer(1), oid("1.2.3.4.1"), sequence(sequence(oid(DIGESTS[algorithm]), b"\x05\0"),
                value(0x04, bytes.fromhex(digest))), integer(7), value(0x18, t.encode()), accuracy,
                b"" if nonce is None else integer(nonce),
            )
            for t in (time, signed_time or time)
        )  # fmt: skip
        sha = sequence(oid(DIGESTS["sha256"]), b"\x05\0")
        certificate = self.signer.certificate
        attributes = sorted(
            (
                attribute("1.2.840.113549.1.9.3", oid(TST_INFO)),
                attribute("1.2.840.113549.1.9.4", value(0x04, sha256(signed).digest())),
                attribute(
                    "1.2.840.113549.1.9.16.2.47",
                    sequence(sequence(sequence(value(0x04, sha256(self.signer.der).digest())))),
                ),
            )
        )
        key, message = self.signer.key, value(0x31, *attributes)
        signature = key.sign(message) if isinstance(key, Ed25519PrivateKey) else key.sign(message, ECDSA(SHA256()))
        who = sequence(certificate.issuer.public_bytes(), integer(certificate.serial_number))
        signer = sequence(
            integer(1), who, sha, value(0xA0, *attributes), sequence(oid(self.algorithm)), value(0x04, signature)
        )
        signed_data = sequence(
            integer(3), value(0x31, sha), sequence(oid(TST_INFO), value(0xA0, value(0x04, info))),
            value(0xA0, *certs) if certs else b"", value(0x31, signer),
        )  # fmt: skip
        return sequence(sequence(integer(status)), sequence(oid("1.2.840.113549.1.7.2"), value(0xA0, signed_data)))


def authority(
    *,
    usages: Sequence[x509.ObjectIdentifier] = (Usage.TIME_STAMPING,),
    critical: bool = True,
    valid: tuple[datetime, datetime] = (TIME - 30 * DAY, TIME + 3000 * DAY),
    keys: int = 1,
    signer: Any = None,
    algorithm: str = ECDSA_SHA256,
) -> Authority:
    """An authority; other `keys` make one of the same names."""
    root = issue("Test Root", _key(keys))
    between = issue("Test Between", _key(keys + 1), root, serial=2)
    leaf = issue(
        "Test Time", signer or _key(keys + 2), between, usages=usages, critical=critical, valid=valid, serial=3
    )
    return Authority(root=root, between=between, signer=leaf, algorithm=algorithm)


def digest_of(message: bytes, algorithm: str = "sha256") -> str:
    """The digest of a message in hexadecimal."""
    return hash_of(algorithm, message).hexdigest()
