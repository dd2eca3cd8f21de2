"""Every TOML format the core reads, by its name, with the class that reads it."""

from typing import Final, get_args, get_type_hints

from attrs import frozen

from ssj_core.calendars import CalendarTable
from ssj_core.cases.model import CaseTable
from ssj_core.plan import Plan
from ssj_core.plugin.declarative import Manifest
from ssj_core.record import Record
from ssj_core.replacement.event import Event
from ssj_core.replacement.record import ReplacementRecord
from ssj_core.rules.effective import EffectiveRules
from ssj_core.rules.filters import FilterTable
from ssj_core.rules.results import ResultTable
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.stratify import StrataTable
from ssj_core.rules.tables import CHECKLIST, RATIO
from ssj_core.rules.weights import WeightTable
from ssj_core.text import Text


@frozen
class Format:
    """A format: the class that reads it, and what it is for. `by_hand`: people write it, else the programme does."""

    cls: type
    title: Text
    by_hand: bool = True

    @property
    def name(self) -> str:
        """`ssj-plan/1`, as the file itself says in its key `format`."""
        (name,) = get_args(get_type_hints(self.cls)["format"])
        return str(name)

    @property
    def short(self) -> str:
        """`plan`, as it is typed."""
        return self.name.removeprefix("ssj-").partition("/")[0]

    @property
    def file(self) -> str:
        """The name of its schema's file: `ssj-plan-1.schema.json`."""
        return f"{self.name.replace('/', '-')}.schema.json"


FORMATS: Final = (
    Format(Plan, Text("抽查计划", "plan")),
    Format(Ruleset, Text("规则集", "ruleset")),
    Format(Manifest, Text("插件的清单文件", "manifest of a plugin")),
    Format(CHECKLIST, Text("抽查事项清单", "checklist")),
    Format(RATIO, Text("抽查比例", "ratio rule")),
    Format(StrataTable, Text("分层（按栏目）", "classes by columns")),
    Format(WeightTable, Text("签数（权重）", "weights by tickets")),
    Format(FilterTable, Text("筛选（按栏目）", "filter on columns")),
    Format(ResultTable, Text("检查结果代码表", "table of result codes")),
    Format(CaseTable, Text("案例", "cases")),
    Format(CalendarTable, Text("一年的放假调休", "holidays of a year")),
    Format(
        EffectiveRules, Text("一次抽取的规则（程序写）", "rules of a draw, written by the programme"), by_hand=False
    ),
    Format(Record, Text("抽取记录（程序写）", "record of a draw, written by the programme"), by_hand=False),
    Format(Event, Text("替换事由（程序写）", "event of a replacement, written by the programme"), by_hand=False),
    Format(
        ReplacementRecord,
        Text("替换记录（程序写）", "record of a replacement, written by the programme"),
        by_hand=False,
    ),
)
"""Formats in the order in which a bureau meets them."""
