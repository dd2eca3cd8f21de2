"""SPEC §10.5: the time stamp that lies in a draw's folder, checked with the certificates that lie beside it."""

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from ssj_core.problems import problem
from ssj_core.sealed import RULES_FILE, Sealed
from ssj_core.stamping.certificates import sealed_only
from ssj_core.stamping.token import Stamp, check_token
from ssj_core.text import Text
from ssj_core.verify.report import Step, made

STAMP_FILE: Final = "commitment.tsr"
CERTIFICATE_FILE: Final = "stamp-certificates.pem"
STAMP_FILES: Final = (STAMP_FILE, CERTIFICATE_FILE)
"""Files that a draw folder may hold; no digest of the record is theirs."""

_TITLE: Final = Text("时间戳：第三方证明承诺当时已经存在", "the time stamp of the commitment by a third party")


def stamp_of(files: Mapping[str, bytes], sealed: Sealed | None, commitment: str) -> Stamp:
    """What the token of a draw folder proves; an empty stamp where there is none."""
    if STAMP_FILE not in files:
        return Stamp()
    if sealed is None:
        return Stamp(problem=problem("SSJ-T019", value=RULES_FILE))
    if sealed.rules.stamp and CERTIFICATE_FILE not in files:
        return Stamp(problem=problem("SSJ-T019", value=CERTIFICATE_FILE))
    return check_token(files[STAMP_FILE], commitment, sealed_only(files.get(CERTIFICATE_FILE, b""), sealed.rules.stamp))


def stamp_steps(stamp: Stamp) -> list[Step]:
    """The step that says so; none without a stamp."""
    if stamp.time is not None:
        said = problem("SSJ-T024", file=STAMP_FILE, value=stamp.time.isoformat(), authority=stamp.authority)
        return [made(_TITLE, [said])]
    return [made(_TITLE, [evolve(stamp.problem, file=STAMP_FILE)])] if stamp.problem is not None else []
