"""Time stamps in a working folder: the request, the answer, and the answer laid into the finished draw."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import evolve

from ssj_core.problems import EntropyError, InputError, problem
from ssj_core.sealed import Sealed
from ssj_core.stamping.certificates import pem_of, sealed_only
from ssj_core.stamping.token import Stamp, check_token, make_request, request_nonce
from ssj_core.verify.stamps import CERTIFICATE_FILE, STAMP_FILE
from ssj_core.workspace import Workspace

FOLDER: Final = "stamps"
NEED_STAMP: Final = ("E1", "E5")
"""Levels that no draw reaches without a stamp (SPEC §11.5)."""


def write_request(workspace: Workspace, sealed: Sealed) -> Path:
    """Write the request for a sealed draw into `stamps/`; one that is there already is kept, for its answer may be due.

    Raises:
        InputError: no certificates were sealed, or the library is missing.
    """
    name = sealed.rules.draw_id
    _need_certificates(sealed)
    path = workspace.folder / FOLDER / f"{name}.tsq"
    if path.exists():
        return path
    try:
        data = make_request(sealed.commitment.message)
    except ImportError:
        raise InputError([problem("SSJ-T017")]) from None
    with workspace.locked():
        return workspace.write_beside(FOLDER, path.name, data)


def add_token(workspace: Workspace, sealed: Sealed, data: bytes, file: str) -> Stamp:
    """Check an answer and keep it in `stamps/`; lay it into the draw if that is finished.

    Raises:
        InputError: it does not hold, cannot be told here, or another one that holds is there already.
    """
    name = sealed.rules.draw_id
    _need_certificates(sealed)
    with workspace.locked():
        kept = token(workspace, name)
        stamp = _checked(workspace, sealed, data, request_nonce(_read(workspace, f"{name}.tsq")))
        if stamp.problem is not None:
            found = stamp.problem
            if found.code == "SSJ-T001":
                raise InputError([problem("SSJ-T017")])
            raise InputError([evolve(found, file=file)])
        if kept is not None and kept != data and (first := _checked(workspace, sealed, kept)).time is not None:
            raise InputError([problem("SSJ-T012", file=file, value=name, time=first.time.isoformat())])
        workspace.write_beside(FOLDER, f"{name}.tsr", data)
        if (workspace.draws / name).is_dir():
            workspace.lay_in(FOLDER, name, STAMP_FILE, data)
    return stamp


def token(workspace: Workspace, name: str) -> bytes | None:
    """The answer that is kept for a draw, if there is one."""
    return _read(workspace, f"{name}.tsr") or None


def certificate_file(certificates: Sequence[bytes]) -> dict[str, bytes]:
    """The file of certificates that goes with the sealed files; none without certificates."""
    return {CERTIFICATE_FILE: pem_of(certificates)} if certificates else {}


def token_file(workspace: Workspace, name: str) -> dict[str, bytes]:
    """The file that goes into a finished draw; none without a stamp."""
    data = token(workspace, name)
    return {} if data is None else {STAMP_FILE: data}


def stamp_before_drawing(workspace: Workspace, sealed: Sealed) -> Stamp:
    """The stamp of a batch that is about to be drawn; an empty one where there is none and none is required.

    Raises:
        EntropyError: the plan requires a level that needs one, and there is none that can be told to hold.
        InputError: one is there that does not hold.
    """
    name, required = sealed.rules.draw_id, sealed.rules.assurance
    data = token(workspace, name)
    stamp = _checked(workspace, sealed, data) if data is not None else Stamp()
    found = stamp.problem
    if found is not None and found.severity == "error":
        raise InputError([evolve(found, file=f"{FOLDER}/{name}.tsr")])
    if required in NEED_STAMP and stamp.time is None:
        raise EntropyError(
            [problem("SSJ-T016", value=name, required=required), *([found] if found is not None else [])]
        )
    return stamp


def _need_certificates(sealed: Sealed) -> None:
    if not sealed.rules.stamp:
        raise InputError([problem("SSJ-T011", value=sealed.rules.draw_id)])


def _checked(workspace: Workspace, sealed: Sealed, data: bytes, nonce: int | None = None) -> Stamp:
    pem = workspace.read_sealed(sealed.rules.draw_id).get(CERTIFICATE_FILE, b"")
    return check_token(data, sealed.commitment.value, sealed_only(pem, sealed.rules.stamp), nonce)


def _read(workspace: Workspace, file: str) -> bytes:
    path = workspace.folder / FOLDER / file
    return path.read_bytes() if path.is_file() else b""
