"""Writes what an office opens: aside first, then in one step to its place; nothing is overwritten unasked."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ssj_core.filenames import FileNames
from ssj_core.problems import InputError, problem

_ASIDE: Final = ".ssj-aside-"
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def write_file(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file, and the folders above it.

    Raises:
        InputError: it exists and is not to be replaced, another program has it open, or it cannot be written.
    """
    aside = path.with_name(f"{_ASIDE}{os.getpid()}")
    with _telling(path):
        if not replace:
            _refuse_taken(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(aside, data)
            aside.replace(path)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet with all its files (`a/b.csv` for one below), in one step.

    Raises:
        InputError: it exists, or cannot be written.
    """
    aside = path.with_name(f"{_ASIDE}{os.getpid()}")
    with _telling(path):
        _refuse_taken(path)
        try:
            for name, data in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                _write(aside / name, data)
            aside.rename(path)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def free_path(folder: Path, text: str, suffix: str = "") -> Path:
    """Return a path in a folder that nothing has yet: `名单.xlsx`, else `名单（2）.xlsx`."""
    taken = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return folder / FileNames(taken).give(text, suffix)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise InputError([problem("SSJ-O001", file=str(path), value=path.name)])


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise InputError([problem("SSJ-O002", file=str(path), value=path.name)]) from None
    except OSError as error:
        code = "SSJ-O003" if error.errno in _FULL else "SSJ-O004"
        reason = error.strerror or str(error)
        raise InputError([problem(code, file=str(path), value=path.name, reason=reason)]) from None


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
