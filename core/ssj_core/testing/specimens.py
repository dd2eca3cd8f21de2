"""Subjects, officers and batches that callbacks stumble over: empty fields, other widths, first and last days."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from ssj_core.model import NO_EXPIRY, Leave, Officer, Subject
from ssj_core.rules.model import ColumnKind

START: Final = date(2024, 2, 29)
END: Final = date(2024, 4, 30)
SPANS: Final = ((START, END), (date(2021, 1, 1), date(2021, 1, 1)), (date(2026, 12, 31), date(2027, 1, 31)))
"""First and last days of batches: over a leap day, of a single day, over the turn of the year."""


def _graded(number: int, grade: str) -> Subject:
    """One of several who differ in nothing but their class."""
    return Subject(
        id=f"uscc:91130624MA0700010{number}", name=f"{grade or '无'}级有限公司", kind="施工企业", sectors=("甲",),
        section="一股", area="城关镇", risk_class=grade, status="存续", row=20 + number,
    )  # fmt: skip


SUBJECTS: Final = (
    Subject(id="uscc:91130624MA07000000", name="空白有限公司"),
    Subject(
        id="uscc:91130624MA07000001", name="齐全有限公司", kind="施工企业", sectors=("甲", "乙"), section="一股",
        area="城关镇", address="城关镇1号", risk_class="A", key=True, status="存续", last_checked=START,
        checks_this_year=1, recused=("officer:SL001",), drawn_this_year=1, row=2,
    ),
    Subject(id="uscc:91130624MA07000002", name="全角", risk_class="Ｂ级", status="未注销", kind="个体工商户", row=3),
    Subject(id="uscc:91130624MA07000003", name="C类", risk_class="C类", status="注销", section="二股", row=4),
    Subject(id="uscc:91130624MA07000004", name="d", risk_class="d", status="吊销，未注销", key=True, row=5),
    Subject(id="regno:1306240000001", name="别的评级", risk_class="中高", status="停业", area="乡", row=6),
    Subject(id="permit:SG-2021-0001", name="一个工程", kind="工程项目", parent="uscc:91130624MA07000001", row=7),
    Subject(id="permit:SG-2021-0002", name="多次检查", checks_this_year=99, last_checked=date(2023, 12, 31), row=8),
    Subject(id="permit:SG-2021-0003", name="以后检查过", last_checked=NO_EXPIRY, drawn_this_year=7, row=9),
    Subject(id="permit:ZC-0001", name="张某", kind="人员", risk_class="未评级", section="一股", row=10),
    Subject(id="uscc:91130624MA07000005", name="长" * 200, address="址" * 300, area="区" * 40, row=11),
    _graded(0, ""), _graded(1, "A"), _graded(2, "B"), _graded(3, "C"), _graded(4, "D"), _graded(5, "M"),
    _graded(6, "高"), _graded(7, "未评级"),
    Subject(id="uscc:91130624MA07000006", name="𠮷野ᠠ é", risk_class="ß", section="Ⅳ科", kind="ﾀ", row=12),
)  # fmt: skip

CELLS: Final[Mapping[ColumnKind, tuple[str, ...]]] = {
    "text": ("", "甲", "乙类", "Ａ", " 批发 ", "𠮷"),
    "number": ("", "0", "-1", "12.5", "1000000000000"),
    "date": ("", "2024-02-29", "2020-01-01", "9999-09-09"),
    "yes-no": ("", "是", "否"),
}
"""Cells of columns that rules ask for by name, as they arrive in `extra` of a subject or officer."""

OFFICERS: Final = (
    Officer(id="officer:SL000", name="空白"),
    Officer(
        id="officer:SL001", name="齐全", section="一股", unit="甲局", certificate="SL001", valid_until=END,
        fields=("甲",), leave=(Leave(first=START, last=END),), recused=("uscc:91130624MA07000001",), row=2,
    ),
    Officer(id="officer:SL002", name="过期", section="二股", certificate="SL002", valid_until=date(2020, 1, 1), row=3),
    Officer(id="officer:SL003", name="不参加", certificate="SL003", available=False, fields=("甲", "乙"), row=4),
    Officer(
        id="officer:SL004", name="常请假", certificate="SL004", row=5,
        leave=(Leave(first=date(1, 1, 1), last=NO_EXPIRY), Leave(first=START, last=START)),
    ),
)  # fmt: skip
