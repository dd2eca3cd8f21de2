"""SPEC §10.4: a detached Ed25519 signature of the ledger's head (format `ssj-signature/1`).

What is signed are a few short lines, so anybody checks a signature with `openssl` alone. `cryptography` (extra `sign`)
is imported only where a key is used: reading a signature needs nothing.
"""

import binascii
import json
import unicodedata
from base64 import b64decode, b64encode
from typing import Any, Final

from attrs import asdict, frozen

from ssj_core.canonical import check_line_value, digest, lines

FORMAT: Final = "ssj-signature/1"
FOLDER: Final = "signatures"
"""Where signatures stand in a working folder."""

_KEY, _SIGNATURE = 32, 64
_MARK: Final = 16
"""Hexadecimal digits of the public key in the name of the file."""


class SignatureError(ValueError):
    """Bytes that are no signature file or no key; the message says why."""


@frozen(kw_only=True)
class Signer:
    """Who will sign, as a plan names him: name and public key (base64 of 32 bytes)."""

    name: str
    key: str


@frozen(kw_only=True)
class Signature:
    """`signer` signed that line `number` of the ledger has the digest `head`; key and signature in base64."""

    number: int
    head: str
    signer: str
    public_key: str
    signature: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.number}-{public_bytes(self.public_key).hex()[:_MARK]}.json"

    def encode(self) -> bytes:
        """The bytes of the file: canonical JSON in the form of a line of the ledger, ended by LF."""
        plain = {"format": FORMAT, **asdict(self)}
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def message(number: int, head: str, signer: str) -> bytes:
    """What is signed. The signer's name is part of it, or anybody could put another name to a signature.

    Raises:
        ValueError: the name may not stand in a line.
    """
    return lines("ssj.head.1", str(number), head, signer)


def decode_signature(data: bytes) -> Signature:
    """Read a signature file; whether it holds is for `holds` to say.

    Raises:
        SignatureError: it is not one in canonical form.
    """
    try:
        raw = json.loads(data)
        signature = _signature(raw)
        same = signature.encode() == data
    except SignatureError:
        raise
    except (ValueError, TypeError, RecursionError):
        raise SignatureError("not JSON, or a value that may not stand there") from None
    if not same:
        raise SignatureError("not in canonical form")
    return signature


def public_bytes(text: str) -> bytes:
    """The 32 bytes of a public key written in base64; raises `SignatureError` for anything else."""
    return _unbase(text, _KEY, "a public key")


def fingerprint(public_key: str) -> str:
    """SHA-256 of the 32 bytes of a public key: what two people compare by telephone."""
    return digest(public_bytes(public_key))


def holds(signature: Signature) -> bool:
    """Whether the key made the signature, of this number, head and name.

    Raises:
        ImportError: `cryptography` is not installed.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(public_bytes(signature.public_key))
        made = _unbase(signature.signature, _SIGNATURE, "a signature")
        key.verify(made, message(signature.number, signature.head, signature.signer))
    except (ValueError, InvalidSignature):
        return False
    return True


def make_key(passphrase: str) -> tuple[bytes, str]:
    """A new private key (PKCS #8, PEM, under the passphrase) and its public key.

    Raises:
        ImportError: `cryptography` is not installed.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    key = Ed25519PrivateKey.generate()
    protection = BestAvailableEncryption(_typed(passphrase))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    return pem, b64encode(key.public_key().public_bytes_raw()).decode()


def is_protected(pem: bytes) -> bool:
    """Whether a private key needs its passphrase."""
    return b"ENCRYPTED" in pem


def sign(pem: bytes, passphrase: str, *, number: int, head: str, signer: str) -> Signature:
    """Sign a head with a private key in PEM form; the passphrase is not used for a key without one.

    Raises:
        SignatureError: not an Ed25519 key, or another passphrase. ValueError: the name may not stand in a line.
        ImportError: `cryptography` is not installed.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    signed = message(number, head, signer)
    try:
        key = load_pem_private_key(pem, _typed(passphrase) if is_protected(pem) else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SignatureError("no private key in PEM form, or another passphrase") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SignatureError("no Ed25519 key")
    return Signature(
        number=number,
        head=head,
        signer=signer,
        public_key=b64encode(key.public_key().public_bytes_raw()).decode(),
        signature=b64encode(key.sign(signed)).decode(),
    )


def _signature(raw: object) -> Signature:
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise SignatureError(f"not a file of format {FORMAT}")
    values: dict[str, Any] = {k: v for k, v in raw.items() if k != "format"}
    wanted = {"number": int, "head": str, "signer": str, "public_key": str, "signature": str}
    for name in sorted({*values, *wanted}):
        if name not in wanted:
            raise SignatureError("an unknown key")
        if type(values.get(name)) is not wanted[name]:  # a bool is no number
            raise SignatureError(f"no {name}, or of another type")
    signature = Signature(**values)
    if signature.number < 1 or len(signature.head) != 64 or signature.head.strip("0123456789abcdef"):
        raise SignatureError("no number of a line, or no head")
    check_line_value(signature.signer)
    public_bytes(signature.public_key)
    _unbase(signature.signature, _SIGNATURE, "a signature")
    return signature


def _unbase(text: str, size: int, what: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != size or b64encode(data).decode() != text:  # one way to write it, no other
        raise SignatureError(f"{what} is {size} bytes in base64")
    return data


def _typed(passphrase: str) -> bytes:
    """Typed on another keyboard it is the same passphrase."""
    return unicodedata.normalize("NFC", passphrase).encode()
