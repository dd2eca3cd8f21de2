"""Whom to ask for at a subject: read from the office's roster for its papers alone, never for a draw or a record."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from ssj_core.readers.model import RosterReader
from ssj_core.roster.cells import optional
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.layout import SUBJECTS
from ssj_core.roster.privacy import IDENTITY
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.subjects import read_subjects
from ssj_core.roster.synonyms import header_key
from ssj_core.roster.table import open_table, read_file

_LEGAL_REP: Final = (
    "法定代表人 法定代表人姓名 法人代表 法人代表姓名 法人 法人姓名 负责人 负责人姓名 企业负责人 单位负责人 主要负责人"
)
_CONTACT: Final = "联系人 联系人姓名 联络员 联络员姓名 企业联络员 企业联系人"
_WHOSE: Final = ("联系人", "联络员", "企业联络员", "", "企业", "单位", "固定", "办公", "法定代表人", "法人", "负责人")
_NUMBERS: Final = ["联系电话", "电话", "电话号码", "联系手机", "联系手机号", "手机", "手机号", "手机号码", "联系方式"]
_KEYS: Final = {
    "legal_rep": [header_key(word) for word in _LEGAL_REP.split()],
    "contact": [header_key(word) for word in _CONTACT.split()],
    "phone": [header_key(whose + number) for whose in _WHOSE for number in _NUMBERS],
}
"""Headers of each, by the whole name, the best first: with one word more it may be the number of an identity card."""


@frozen(kw_only=True)
class Contact:
    """法定代表人（负责人）, 联系人 and 电话 of a subject as the roster has them; empty where it has none."""

    legal_rep: str = ""
    contact: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.legal_rep or self.contact or self.phone)


def read_contacts(data: bytes, spec: RosterSpec, readers: Sequence[RosterReader]) -> Mapping[str, Contact] | None:
    """The contacts in a roster file by the id of the subject; None where it cannot be read as a roster.

    An identity number in such a cell leaves it empty.
    """
    reading = read_file(data, spec, readers)
    ids = {subject.row: subject.id for subject in read_subjects(data, spec, readers, (), reading).rows}
    table = open_table(data, spec, readers, SUBJECTS, (), reading)
    if table.columns is None or not ids:
        return None
    places = _places(table.columns)
    found: dict[str, Contact] = {}
    for row in table.rows:
        known = Contact(**{field: _first(row, where) for field, where in places.items()})
        if known and (code := ids.get(row.number)):
            found.setdefault(code, known)
    return found


def _places(columns: Columns) -> dict[str, list[int]]:
    """The columns of each field, the nearest header first."""
    keys = [header_key(title) for title in columns.titles]
    return {
        field: [place for word in words for place, key in enumerate(keys) if key == word]
        for field, words in _KEYS.items()
    }


def _first(row: Row, places: Sequence[int]) -> str:
    values = (optional(row.at(place)) for place in places)
    return next((value for value in values if value and not IDENTITY.search(value)), "")
