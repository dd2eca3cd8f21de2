"""Certificates of time-stamping authorities: PEM to bytes, and which of them a plan has sealed."""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256
from textwrap import wrap
from typing import Final

from ssj_core.stamping.der import DerError, issuer_and_subject

_BLOCK: Final = re.compile(b"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----")


def certificates_of(pem: bytes) -> tuple[bytes, ...]:
    """The certificates of a PEM file, in DER, each once; anything else in the file (a key!) is left out.

    Raises:
        DerError: there is none, or a block is no certificate.
    """
    found: dict[bytes, None] = {}
    for block in _BLOCK.findall(pem):
        try:
            der = b64decode(b"".join(block.split()), validate=True)
        except binascii.Error:
            raise DerError("not base64") from None
        issuer_and_subject(der)
        found[der] = None
    if not found:
        raise DerError("no certificate")
    return tuple(found)


def pem_of(certificates: Iterable[bytes]) -> bytes:
    """Certificates as one PEM file."""
    lines = []
    for der in certificates:
        lines += ["-----BEGIN CERTIFICATE-----", *wrap(b64encode(der).decode(), 64), "-----END CERTIFICATE-----"]
    return ("\n".join(lines) + "\n").encode()


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in DER, as `openssl x509 -fingerprint -sha256` prints it but for colons and case."""
    return sha256(certificate).hexdigest()


def sealed_only(pem: bytes, fingerprints: Collection[str]) -> tuple[bytes, ...]:
    """The certificates of a PEM file whose fingerprints were sealed; none for what is no PEM file."""
    try:
        return tuple(der for der in certificates_of(pem) if fingerprint(der) in fingerprints)
    except DerError:
        return ()


def is_root(certificate: bytes) -> bool:
    """Whether a certificate names itself as its issuer: a chain ends there and nowhere else."""
    issuer, subject = issuer_and_subject(certificate)
    return issuer == subject
