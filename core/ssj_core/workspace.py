"""The working folder: ledger, sealed draws, finished draws; everything is written aside, then renamed.

A process killed anywhere leaves a draw either not begun, or sealed, or sealed with its entropy in the ledger; the next
run goes on from there and can only finish *that* draw.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from ssj_core import ledger as ledgers
from ssj_core.entropy.model import Evidence
from ssj_core.ledger import Event, EventKind, Ledger, LedgerError
from ssj_core.outputs import is_full
from ssj_core.problems import InputError, problem
from ssj_core.standing import FOLDER, path, split_replacement, subjects_after
from ssj_core.tables import TableError

DRAWS: Final = "draws"
SEALED: Final = "sealed"
NOTICES: Final = "notices"
_ASIDE: Final = ".ssj-aside-"
_LOCK: Final = ".ssj-lock"


class Workspace:
    """A folder that holds `plan.toml`, rosters, `ledger.jsonl`, `sealed/` and `draws/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draws = folder / DRAWS
        self.sealed = folder / SEALED

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second process out, and sweep away what a killed one left.

        Raises:
            InputError: another process is at work, the folder cannot be written, or the ledger lacks what lies in
            `draws`: it was lost or is an old copy, and to go on from it would begin a second history.
        """
        lock = FileLock(self.folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise InputError([problem("SSJ-L010", file=str(self.folder), value=_LOCK)]) from None
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            self._sweep()
            self._refuse_lost_ledger()
            yield
        finally:
            lock.release()

    def ledger(self) -> Ledger:
        """Read the ledger; an absent one is empty.

        Raises:
            InputError: it does not hold or cannot be read.
        """
        try:
            data = (self.folder / ledgers.FILE).read_bytes()
        except FileNotFoundError:
            return Ledger()
        except OSError as error:
            raise InputError([problem("SSJ-F002", file=ledgers.FILE, value=ledgers.FILE, reason=error)]) from None
        try:
            return ledgers.read(data)
        except LedgerError as error:
            newer = problem("SSJ-L056", file=ledgers.FILE, row=error.line, value=error.problem.value)
            raise InputError([newer if error.newer else error.problem]) from None

    def has_notice(self, draw: str) -> bool:
        """Whether the notice was written; a process killed after the sealing may not have come to it."""
        return (self.folder / NOTICES / f"{draw}.txt").is_file()

    def write_notice(self, draw: str, text: str) -> Path:
        """Write the notice of a commitment into `notices/`, for people (UTF-8 with BOM)."""
        return self.write_beside(NOTICES, f"{draw}.txt", ("\ufeff" + text).encode())

    def write_beside(self, name: str, file: str, data: bytes) -> Path:
        """Write a file that is no part of a draw into a folder of its own (`notices`, `signatures`), in one step."""
        folder = self.folder / name
        aside, path = folder / f"{_ASIDE}{file}", folder / file
        with self._writing(aside):
            folder.mkdir(exist_ok=True)
            _write_file(aside, data)
            aside.replace(path)
            _sync_folder(folder)
        return path

    def lay_in(self, name: str, draw: str, file: str, data: bytes) -> None:
        """Add a file to a finished draw in one step; it is written aside in the folder `name`, which is no draw's."""
        aside = self.folder / name / f"{_ASIDE}{draw}"
        with self._writing(aside):
            _write_file(aside, data)
            aside.replace(self.draws / draw / file)
            _sync_folder(self.draws / draw)

    def append(self, kind: EventKind, draw: str, time: str, data: Mapping[str, Any]) -> Event:
        """Append an event, flushed to the disk before this returns. A torn last line is cut off first."""
        path = self.folder / ledgers.FILE
        before = self.ledger()
        event = before.next(kind, draw, time, data)
        # Unbuffered: what could not be written is not tried again when the file is closed.
        with self._writing(), path.open("r+b" if path.exists() else "w+b", buffering=0) as file:
            end = file.seek(-len(before.torn), os.SEEK_END)
            file.truncate()
            try:
                _write_all(file, event.encode() + b"\n")
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    file.truncate(end)
                raise
            _sync_folder(self.folder)
        return event

    def write_sealed(self, draw: str, files: Mapping[str, bytes]) -> None:
        """Put the sealed files of a draw into `sealed/`, replacing what was never committed."""
        aside = self.sealed / f"{_ASIDE}{draw}"
        with self._writing(aside):
            shutil.rmtree(self.sealed / draw, ignore_errors=True)
            self.sealed.mkdir(exist_ok=True)
            aside.mkdir()
            for name, data in files.items():
                _write_file(aside / name, data)
            _sync_folder(aside)
            aside.rename(self.sealed / draw)
            _sync_folder(self.sealed)

    def read_sealed(self, draw: str) -> dict[str, bytes]:
        """The sealed files of a draw, wherever an interrupted run left them.

        Raises:
            InputError: they are gone.
        """
        finished = self.finished(draw)
        return self._read(finished if finished.is_dir() else self.sealed / draw, "SSJ-L002")

    def finished(self, draw: str) -> Path:
        """Where a finished draw lies; a replacement lies in the folder of its draw."""
        found = split_replacement(draw)
        return self.draws / found[0] / FOLDER / str(found[1]) if found else self.draws / draw

    def finish_draw(self, draw: str, files: Mapping[str, bytes]) -> None:
        """Add the outcome to the sealed files, then move the whole folder to its place in one step."""
        folder, target = self.sealed / draw, self.finished(draw)
        with self._writing(*(folder / name for name in files if not (folder / name).exists())):
            for name, data in files.items():
                _write_file(folder / name, data)
            _sync_folder(folder)
            target.parent.mkdir(exist_ok=True)
            folder.rename(target)
            _sync_folder(target.parent)
            _sync_folder(self.sealed)
            if not any(self.sealed.iterdir()):
                self.sealed.rmdir()

    def read_draw(self, draw: str) -> dict[str, bytes]:
        """The files of a finished draw; raises `InputError` when the folder is gone."""
        return self._read(self.draws / draw, "SSJ-L003")

    def drawn_before(self, ledger: Ledger, year: int) -> dict[str, int]:
        """How often each subject was drawn in the finished draws of `year` that are not void, as they now stand.

        Raises:
            InputError: a finished draw of the ledger cannot be read: without it nobody knows who was drawn.
        """
        counts: dict[str, int] = {}
        for event in ledger.events:
            if event.event != "draw" or event.data.get("year") != year or ledger.find("void", event.draw):
                continue
            files = self.read_draw(event.draw)
            last = ledger.last_replacement(event.draw)
            try:
                subjects = subjects_after(files, last)
            except (KeyError, TableError) as error:
                name = path(last, "teams.csv") if last else "drawn.csv"
                raise InputError(
                    [problem("SSJ-L004", file=f"{DRAWS}/{event.draw}/{name}", value=event.draw, reason=error)]
                ) from None
            for subject in subjects:
                counts[subject] = counts.get(subject, 0) + 1
        return counts

    def _read(self, folder: Path, code: str) -> dict[str, bytes]:
        if not folder.is_dir():
            raise InputError([problem(code, file=f"{folder.parent.name}/{folder.name}", value=folder.name)])
        return read_folder(folder)

    @contextmanager
    def _writing(self, *half: Path) -> Iterator[None]:
        """A full disk or a lost share is told in a sentence; what is `half` written goes, the next run goes on."""
        try:
            yield
        except OSError as error:
            for left in half:
                _remove(left)
            with suppress(OSError):
                self.sealed.rmdir()  # if nothing is in it
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> InputError:
        code = "SSJ-L014" if is_full(error) else "SSJ-L011"
        return InputError([problem(code, file=str(self.folder), value=self.folder, reason=error)])

    def _refuse_lost_ledger(self) -> None:
        ledger = self.ledger()
        for file in (*self.draws.glob("*/record.toml"), *self.draws.glob(f"*/{FOLDER}/*/replacement.toml")):
            draw, *below = file.relative_to(self.draws).parts
            name = f"{draw}+{below[1]}" if len(below) > 1 else draw
            kind: EventKind = "replace" if len(below) > 1 else "commit"
            if ledger.find(kind, name) is None and _begins_with(file, f'"{name}"'):  # a copy of a folder does not
                raise InputError([problem("SSJ-L015", file=f"{DRAWS}/{draw}", value=name)])

    def _sweep(self) -> None:
        for left in self.folder.glob(f"*/{_ASIDE}*"):
            _remove(left)


def read_folder(folder: Path) -> dict[str, bytes]:
    """All plain files of a folder by name, those of its replacements as `replacements/1/teams.csv`."""
    found = {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}
    for part in sorted((folder / FOLDER).glob("*/*")):
        if part.is_file():
            found[f"{FOLDER}/{part.parent.name}/{part.name}"] = part.read_bytes()
    return found


def evidence_data(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Evidence as the ledger's entropy event holds it."""
    return [
        {
            "source": e.source,
            "raw": e.raw,
            "canonical": e.canonical,
            "who": list(e.who),
            "where": e.where,
            "when": e.when,
            "details": dict(e.details),
        }
        for e in evidence
    ]


def evidence_from(data: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Evidence back from the ledger."""
    return tuple(Evidence(**{**e, "who": tuple(e["who"])}) for e in data)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _write_all(file: FileIO, data: bytes) -> None:
    while data:
        data = data[file.write(data) :]


def _begins_with(file: Path, text: str) -> bool:
    """Whether the text stands at the beginning of a file, where a record names itself."""
    with file.open("rb") as data:
        return text.encode() in data.read(1000)


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open folders, and renames there are durable enough
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
