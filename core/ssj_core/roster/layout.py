"""What rosters and the list of earlier inspections consist of: their fields, and those they cannot do without."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from ssj_core.roster.synonyms import (
    INSPECTION_FIELDS,
    INSPECTION_HEADERS,
    OFFICER_FIELDS,
    OFFICER_HEADERS,
    SUBJECT_FIELDS,
    SUBJECT_HEADERS,
)


@frozen
class Need:
    """A required column: any of `fields` will do; `zh` and `en` name it in messages."""

    fields: tuple[str, ...]
    zh: str
    en: str


@frozen(kw_only=True)
class Layout:
    """A kind of roster.

    `by_key` maps header keys to fields. `needs` must all be there. A field in `stands_in` is read only where none
    of its betters has a column. Of one in `beside` the first column counts, where one of those named is there: two
    columns of 单位 are no fault beside one of 股室. `ids` are the fields with codes.
    `wanted` are columns the draw cannot do without, though the roster can be read: each is asked for where the
    roster has the field it goes with (empty: always). `table` is where the plan speaks of this roster.
    """

    table: str
    by_key: Mapping[str, str]
    fields: tuple[str, ...]
    needs: tuple[Need, ...]
    ids: tuple[str, ...]
    stands_in: Mapping[str, tuple[str, ...]] = field(factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(factory=dict)
    wanted: tuple[tuple[str, Need], ...] = ()

    @property
    def numbers(self) -> Need:
        """The need for a number."""
        return next(need for need in self.needs if self.ids[0] in need.fields)


SUBJECTS: Final = Layout(
    table="rosters.subjects",
    by_key=SUBJECT_FIELDS,
    fields=tuple(SUBJECT_HEADERS),
    needs=(
        Need(("uscc", "regno", "permit", "project", "certificate", "id"), "统一社会信用代码", "credit code or number"),
        Need(("name", "person"), "名称", "name"),
    ),
    ids=("uscc", "regno", "permit", "project", "certificate", "id"),
    stands_in={"id": ("uscc", "regno", "permit", "project", "certificate"), "person": ("name",)},
)
OFFICERS: Final = Layout(
    table="rosters.officers",
    by_key=OFFICER_FIELDS,
    fields=tuple(OFFICER_HEADERS),
    needs=(Need(("name",), "姓名", "name"), Need(("certificate", "staff"), "执法证号", "certificate number")),
    ids=("certificate", "staff"),
    beside={"unit": ("section",)},
    wanted=(
        ("certificate", Need(("valid_until",), "有效期止", "last day of validity")),
        ("", Need(("fields",), "执法领域", "fields of enforcement")),
    ),
)
INSPECTIONS: Final = Layout(
    table="rosters.inspections",
    by_key=INSPECTION_FIELDS,
    fields=tuple(INSPECTION_HEADERS),
    needs=(
        Need(
            ("uscc", "regno", "permit", "project", "certificate", "id", "name"),
            "统一社会信用代码",
            "credit code, number or name of the subject",
        ),
        Need(("officers", "officer_ids", "lead", "members"), "检查人员", "officers"),
        Need(("day",), "检查日期", "day of the inspection"),
    ),
    ids=("uscc", "regno", "permit", "project", "certificate", "id"),
    stands_in={"id": ("uscc", "regno", "permit", "project", "certificate")},
)
