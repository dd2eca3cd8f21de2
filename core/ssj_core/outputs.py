"""Writes what an office opens: aside first, then in one step to its place; nothing is overwritten unasked."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from ssj_core.filenames import WHOLE, FileNames, copies
from ssj_core.problems import InputError, problem

_ASIDE: Final = ".ssj-aside-"
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_PRIVATE: Final = 0o600


def write_file(path: Path, data: bytes, *, replace: bool = False, folders: bool = True, private: bool = False) -> None:
    """Write a file, and unless `folders` is false the folders above it; `private`: nobody else may read it.

    Raises:
        InputError: it exists and is not to be replaced, another program has it open, or it cannot be written.
    """
    aside = path.with_name(f"{_ASIDE}{os.getpid()}")
    with _telling(path):
        if not replace:
            _refuse_taken(path)
        with _above(path) if folders else nullcontext():
            try:
                _write(aside, data, private=private)
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
        with _above(path):
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
    return folder / FileNames(taken).give(text, suffix, WHOLE)


def same_already(folder: Path, text: str, suffix: str, data: bytes) -> Path | None:
    """Return the file of that name, or the numbered copy of it, that holds `data` already; None where none does."""
    there = [entry.name for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []
    return next((folder / n for n in copies(there, text, suffix) if (folder / n).read_bytes() == data), None)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise InputError([problem("SSJ-O001", file=str(path), value=path.name)])


def unwritten(path: Path, error: OSError) -> InputError:
    """Why a file is not there, in a sentence: open elsewhere, no space, or what the system says."""
    if isinstance(error, PermissionError):
        return InputError([problem("SSJ-O002", file=str(path), value=path.name)])
    code = "SSJ-O003" if is_full(error) else "SSJ-O004"
    return InputError([problem(code, file=str(path), value=path.name, reason=error)])


def is_full(error: OSError) -> bool:
    """Whether there is no room left, on the disk or for this user."""
    return error.errno in _FULL


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritten(path, error) from None


@contextmanager
def _above(path: Path) -> Iterator[None]:
    """The folders above a file; those made for it go again if it cannot be written."""
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _write(path: Path, data: bytes, *, private: bool = False) -> None:
    with open(path, "wb", opener=_only_mine if private else None) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _only_mine(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)
