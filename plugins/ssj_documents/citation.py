"""Legal bases as a paper prints them, with the mark of what nobody has checked yet."""

from collections.abc import Iterable
from typing import Final

from ssj_core.rules.cite import cite
from ssj_core.rules.model import LegalBasis

UNCHECKED: Final = "〔待核〕"


def citation(basis: LegalBasis) -> str:
    """One basis in a line; of what was not read in the text itself, that it must be checked."""
    return f"{cite(basis).zh}{'' if basis.status == 'verified' else UNCHECKED}"


def citations(bases: Iterable[LegalBasis]) -> str:
    """All bases of one thing."""
    return "；".join(citation(b) for b in bases)
