"""The list of earlier inspections: read from messy files, brought to ids, and counted once beside the ledger."""

import csv
import io
from collections.abc import Sequence

import pytest

from ssj_core.model import Inspection, Officer, Subject
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    RosterSpec,
    SubjectRoster,
    read_inspections,
    resolve_inspections,
)

READERS = ssj_roster_readers()
A, B = "91610528MA6Y2AAA23", "91610528MA6Y2BBBXL"
SUBJECTS = SubjectRoster(
    file="s.csv", sha256="",
    rows=(Subject(id=f"uscc:{A}", name="甲（县）公司"), Subject(id=f"uscc:{B}", name="乙公司"),
          Subject(id="permit:SG1", name="丙工程")),
)  # fmt: skip
OFFICERS = OfficerRoster(
    file="o.csv", sha256="", rows=(Officer(id="officer:27001", name="赵甲"), Officer(id="officer:27002", name="钱乙")),
)  # fmt: skip


def read(rows: Sequence[Sequence[str]], **columns: str) -> InspectionList:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read_inspections(out.getvalue().encode("gb18030"), RosterSpec(file="往次.csv", columns=columns), READERS)


def resolved(rows: Sequence[Sequence[str]], **columns: str) -> tuple[tuple[Inspection, ...], list[str]]:
    listed = read(rows, **columns)
    made, found = resolve_inspections(listed, SUBJECTS, OFFICERS)
    return made, [p.code for p in (*listed.problems, *found)]


def told(inspections: Sequence[Inspection]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(i.subject, i.day.isoformat(), tuple(o[-1] for o in i.officers)) for i in inspections]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["统一社会信用代码", "检查时间", "检查人员"], [A.lower(), "2020年5月6日 9:30", "赵甲，钱乙"]),
        (["企业名称", "检查日期", "执法证号"], ["甲(县) 公司", "20200506", "27001、27002"]),
        (["企业名称", "检查日期", "主办人员", "协办人员"], ["甲（县）公司", "2020.5.6", "赵甲", "钱乙"]),
        (["企业名称", "检查日期", "检查组成员"], ["甲（县）公司", "2020-05-04至2020-05-06", "赵甲（组长） 钱乙"]),
        (["编号", "检查对象", "抽查日期", "执法人员"], [A, "旧名称公司", "2020-5-6", "赵甲/钱乙"]),
    ],
)
def test_lists_as_offices_write_them(header: list[str], cells: list[str]) -> None:
    made, codes = resolved([["2020年检查情况"], header, cells, ["合计", "1"]])
    assert told(made) == [(f"uscc:{A}", "2020-05-06", ("1", "2"))]
    assert codes == ["SSJ-R011"]
    assert made[0].source == "往次.csv第3行"


def test_rows_of_one_subject_and_day_are_one_inspection() -> None:
    header = ["信用代码", "检查日期", "检查人员"]
    made, codes = resolved([header, [A, "2020-05-06", "钱乙"], [B, "2020-01-02", "赵甲"], [A, "2020-05-06", "赵甲"]])
    assert told(made) == [(f"uscc:{B}", "2020-01-02", ("1",)), (f"uscc:{A}", "2020-05-06", ("2", "1"))]
    assert codes == []


def test_an_inspection_by_somebody_who_left_counts_as_the_last_one() -> None:
    rows = [["企业名称", "检查日期", "检查人员"], ["乙公司", "2020-05-06", "孙丁"], ["乙公司", "2020-04-06", "赵甲"]]
    made, codes = resolved(rows)
    assert told(made) == [(f"uscc:{B}", "2020-04-06", ("1",)), (f"uscc:{B}", "2020-05-06", ())]
    assert codes == ["SSJ-R091"]


def test_headers_of_the_office_are_mapped_by_the_plan() -> None:
    rows = [["单位全名", "到场", "办案人"], ["乙公司", "2020-05-06", "赵甲"]]
    made, codes = resolved(rows, 单位全名="name", 到场="day", 办案人="officers")
    assert (told(made), codes) == ([(f"uscc:{B}", "2020-05-06", ("1",))], [])


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_column_that_cannot_be_missing(missing: int) -> None:
    rows = [["企业名称", "检查日期", "检查人员"], ["乙公司", "2020-05-06", "赵甲"]]
    for row in rows:
        del row[missing]
    assert [p.code for p in read(rows).problems] == ["SSJ-R002"]


def test_a_day_that_is_none_is_told_where_it_stands() -> None:
    header = ["企业名称", "检查日期", "检查人员"]
    listed = read([header, ["乙公司", "长期", "赵甲"], ["", "2020-05-06", "赵甲"], ["丙工程", "2020-02-30", "赵甲"]])
    assert [(p.code, p.row, p.field) for p in listed.problems] == [
        ("SSJ-R027", 2, "检查日期"), ("SSJ-R013", 3, "企业名称"), ("SSJ-R028", 4, "检查日期"),
    ]  # fmt: skip
    assert listed.rows == ()
