"""Which subjects are persons, whose names are masked as soon as they are read."""

from typing import Final

from ssj_core.model import PERSON_KIND, PERSON_KINDS

_PERSONS: Final = PERSON_KINDS | {"个人", "自然人"}


def is_person(kind: str) -> bool:
    """Tell whether a kind of subject is persons: 人员, 从业人员, 个人."""
    return kind in _PERSONS or PERSON_KIND in kind
