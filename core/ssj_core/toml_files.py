"""Read a TOML file that somebody wrote: plan, manifest, table of rules, cases, evidence. A larger one is not read."""

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from ssj_core.causes import NO_FILE, cause
from ssj_core.problems import InputError, problem

LARGEST: Final = 10_000_000
"""Bytes of the largest: a county's whole policy has a hundredth of it, and what has more is some other file."""


def read_toml(path: Path, name: str) -> bytes:
    """Bytes of a TOML file; messages call it `name`.

    Raises:
        InputError: there is none, it cannot be read, or it has more than `LARGEST` bytes.
    """
    try:
        if path.is_file() or not path.exists():
            return toml_bytes(path, name)
        reason = NO_FILE
    except FileNotFoundError:
        raise InputError([problem("SSJ-F001", file=name, value=path.name)]) from None
    except (OSError, ValueError) as error:
        reason = cause(error)
    raise InputError([problem("SSJ-F002", file=name, value=path.name, reason=reason)])


def toml_bytes(file: Traversable, name: str) -> bytes:
    """Bytes of a TOML file, also of one in a package; never more than `LARGEST`, whatever the disk says of its size.

    Raises:
        InputError: it has more. OSError: it cannot be read.
    """
    size = file.stat().st_size if isinstance(file, Path) else 0
    data = b""
    if size <= LARGEST:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    if (size := max(size, len(data))) > LARGEST:
        raise InputError([problem("SSJ-P033", file=name, value=name, size=_megabytes(size), most=_megabytes(LARGEST))])
    return data


def _megabytes(size: int) -> str:
    """Rounded up, so that what is too large never looks as large as the limit."""
    tenths = -(-size // 100_000)
    return f"{tenths // 10}.{tenths % 10}"
