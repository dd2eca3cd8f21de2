"""As much of DER as a time stamp needs: walk its values, put its certificates into the order DER wants."""

from collections.abc import Mapping
from hashlib import new
from typing import Final

from attrs import frozen

_SEQUENCE: Final = 0x30
_CONTEXT_0: Final = 0xA0
_LONG: Final = 0x80
_MANY_BYTES: Final = 0x1F
_OCTETS: Final = 0x04
_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_SHA1: Final = "1.3.14.3.2.26"
_DIGESTS: Final[Mapping[str, str]] = {
    _SHA256: "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    _SHA1: "sha1",  # an identifier of a certificate that is verified by other means
}
_NAMING: Final[Mapping[str, str]] = {"1.2.840.113549.1.9.16.2.47": _SHA256, "1.2.840.113549.1.9.16.2.12": _SHA1}
"""The attributes that name the signer's certificate, each with the digest it uses unless it says otherwise."""


class DerError(ValueError):
    """Bytes that are not DER, or not of the expected shape."""


@frozen
class Value:
    """One value: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list["Value"]:
        """The values inside; raises `DerError` when there is anything else inside."""
        return values(self.content)


def values(data: bytes) -> list[Value]:
    """The values that follow each other in `data` and fill it.

    Raises:
        DerError: they do not, or a length is not definite.
    """
    found, at = [], 0
    while at < len(data):
        tag, size, start = data[at], data[at + 1] if at + 1 < len(data) else _LONG, at + 2
        if size >= _LONG:
            count = size - _LONG
            size, start = int.from_bytes(data[start : start + count], "big"), start + count
            if not 0 < count <= 4 or start > len(data) or size < max(_LONG, 1 << 8 * (count - 1)):
                raise DerError("a length that is not definite and shortest")
        if tag & _MANY_BYTES == _MANY_BYTES or start + size > len(data):
            raise DerError("a tag of many bytes, or a value that is cut off")
        found.append(Value(tag, data[start : start + size], data[at : start + size]))
        at = start + size
    return found


def sorted_certificates(response: bytes) -> bytes:
    """The same time-stamp response, its certificates in the order of DER.

    Nothing signs that order, and authorities put them in that of the chain, which a strict reader refuses. What is not
    a response comes back as it was.
    """
    try:
        outer = _only(response)
        status, token = outer.parts()
        kind, explicit = token.parts()
        signed = _only(explicit.content)
        inner = b"".join(_sorted(v) if v.tag == _CONTEXT_0 else v.whole for v in signed.parts())
    except ValueError:
        return response
    made = kind.whole + _written(explicit.tag, _written(signed.tag, inner))
    return _written(outer.tag, status.whole + _written(token.tag, made))


@frozen
class Signer:
    """Of the one signer of a response: the signature algorithm as a dotted number, and the signed attributes by kind.

    Nothing signs the algorithm, and OpenSSL goes by the key.
    """

    algorithm: str
    attributes: Mapping[str, bytes]


def signer_of(response: bytes) -> Signer:
    """Read the signer of a response; raises `DerError` where there is not exactly one."""
    try:
        _, token = _only(response).parts()
        signed = _only(token.parts()[1].content)
        (info,) = signed.parts()[-1].parts()
        _, _, _, attributes, algorithm, _, *_ = info.parts()
        pairs = [attribute.parts() for attribute in attributes.parts()]
        found = {_dotted(kind.content): content.content for kind, content in pairs}
        if attributes.tag != _CONTEXT_0 or len(found) < len(pairs):
            raise DerError("signed attributes")
        return Signer(_dotted(algorithm.parts()[0].content), found)
    except (ValueError, IndexError):
        raise DerError("no signer") from None


def certificate_named(signer: Signer, certificate: bytes) -> bool:
    """Whether the signed attributes name this certificate as the signer's, by its digest (RFC 5035, RFC 2634).

    Raises:
        DerError: they name none, or by a digest that is not known here.
    """
    for kind, usual in _NAMING.items():
        if kind in signer.attributes:
            first = _only(signer.attributes[kind]).parts()[0].parts()[0].parts()
            told = _dotted(first[0].parts()[0].content) if first[0].tag == _SEQUENCE else usual
            digest = next(v.content for v in first if v.tag == _OCTETS)
            if told not in _DIGESTS:
                raise DerError("the signer's certificate is named by an unknown digest")
            return digest == new(_DIGESTS[told], certificate, usedforsecurity=False).digest()
    raise DerError("the signer's certificate is not named")


def issuer_and_subject(certificate: bytes) -> tuple[bytes, bytes]:
    """Issuer and subject of an X.509 certificate, each as its bytes; raises `DerError` when it is none."""
    try:
        body, _, _ = _only(certificate).parts()
        fields = [v for v in body.parts() if v.tag == _SEQUENCE]
        _, issuer, _, subject, *_ = fields  # after the algorithm; validity stands between them
    except ValueError:
        raise DerError("no certificate") from None
    return issuer.whole, subject.whole


def _only(data: bytes) -> Value:
    (value,) = values(data)
    return value


def _sorted(certificates: Value) -> bytes:
    return _written(certificates.tag, b"".join(sorted(v.whole for v in certificates.parts())))


def _written(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG + len(length)]) + length + content


def _dotted(oid: bytes) -> str:
    numbers, value = [], 0
    for byte in oid:
        value = value << 7 | byte & 0x7F
        if byte < _LONG:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))
