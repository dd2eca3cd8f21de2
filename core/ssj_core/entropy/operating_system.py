"""Entropy source `os`: 256 bits of the operating system; nobody outside can check it, so it is level E0."""

import secrets
import string
from collections.abc import Mapping
from typing import Final

from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import problem

_DIGITS: Final = 64


def collect(_request: Request) -> Evidence:
    """Ask the operating system."""
    value = secrets.token_hex(_DIGITS // 2)
    return Evidence(source="os", raw=value, canonical=value)


def assess(evidence: Evidence, _appointed: Mapping[str, str] | None = None) -> Assessment:
    """E0 always: whoever runs the machine could have asked as often as he liked."""
    good = len(evidence.raw) == _DIGITS and set(evidence.raw) <= set(string.hexdigits.lower())
    found = (
        () if good and evidence.canonical == evidence.raw else (problem("SSJ-E001", value=evidence.raw, source="os"),)
    )
    return Assessment(level="E0", status="claimed", bits=256 if good else 0, problems=found)


SOURCE: Final = EntropySource(id="entropy.os", title="操作系统随机数", needs=(), collect=collect, assess=assess)
