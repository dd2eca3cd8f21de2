"""Every problem of rosters has a file that makes it, and it says where."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from ssj_core.problems import Problem, files, inspections, oddities, regions, rosters
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import (
    Derive,
    RosterSpec,
    cross_check,
    read_inspections,
    read_officers,
    read_subjects,
    resolve_inspections,
)
from ssj_core.roster.inspections import checked_in_the_future, in_the_future

FOLDER: Final = Path(__file__).parents[1] / "bad" / "rosters"
READERS: Final = ssj_roster_readers()

CODE: Final = "统一社会信用代码"
TODAY: Final = date(2021, 3, 1)
EXPECTED: Final[dict[str, tuple[int | None, str]]] = {
    "SSJ-F003": (None, ""),
    "SSJ-F004": (None, ""),
    "SSJ-F005": (None, ""),
    "SSJ-F006": (None, ""),
    "SSJ-F007": (None, ""),
    "SSJ-F008": (None, ""),
    "SSJ-F009": (None, ""),
    "SSJ-F010": (None, ""),
    "SSJ-F011": (None, ""),
    "SSJ-F012": (None, ""),
    "SSJ-F026": (None, ""),
    "SSJ-F027": (None, ""),
    "SSJ-F028": (None, ""),
    "SSJ-F013": (2, ""),
    "SSJ-F014": (None, ""),
    "SSJ-F015": (2, ""),
    "SSJ-F016": (None, ""),
    "SSJ-F017": (None, ""),
    "SSJ-F019": (2, ""),
    "SSJ-F021": (None, ""),
    "SSJ-F022": (None, ""),
    "SSJ-F023": (None, ""),
    "SSJ-F024": (None, ""),
    "SSJ-R001": (None, ""),
    "SSJ-R002": (1, "名称"),
    "SSJ-R003": (1, "单位名称"),
    "SSJ-R004": (1, ""),
    "SSJ-R005": (1, ""),
    "SSJ-R006": (1, ""),
    "SSJ-R007": (None, "镇"),
    "SSJ-R008": (1, "身份证号"),
    "SSJ-R009": (None, "经营范围"),
    "SSJ-R010": (1, ""),
    "SSJ-R011": (None, ""),
    "SSJ-R012": (2, ""),
    "SSJ-R013": (3, CODE),
    "SSJ-R014": (2, "企业名称"),
    "SSJ-R015": (3, CODE),
    "SSJ-R016": (3, "企业名称"),
    "SSJ-R017": (3, "姓名"),
    "SSJ-R018": (2, CODE),
    "SSJ-R019": (2, CODE),
    "SSJ-R020": (2, CODE),
    "SSJ-R021": (2, CODE),
    "SSJ-R022": (2, CODE),
    "SSJ-R023": (2, CODE),
    "SSJ-R024": (2, "注册号"),
    "SSJ-R025": (2, "施工许可证号"),
    "SSJ-R026": (2, "执法证号"),
    "SSJ-R027": (2, "上次检查日期"),
    "SSJ-R028": (2, "上次检查日期"),
    "SSJ-R029": (2, "重点企业"),
    "SSJ-R030": (2, "请假期间"),
    "SSJ-R031": (2, "请假期间"),
    "SSJ-R032": (2, "本年度检查次数"),
    "SSJ-R033": (2, "信用风险等级"),
    "SSJ-R034": (2, "回避人员"),
    "SSJ-R035": (2, "回避人员"),
    "SSJ-R036": (2, "回避对象"),
    "SSJ-R037": (None, ""),
    "SSJ-R038": (2, "执法证号"),
    "SSJ-R039": (None, "执法证号"),
    "SSJ-R040": (None, ""),
    "SSJ-R041": (2, "证件状态"),
    "SSJ-R042": (None, ""),
    "SSJ-R043": (3, ""),
    "SSJ-R044": (2, "有效期止"),
    "SSJ-R045": (2, "执法领域"),
    "SSJ-R046": (3, "企业名称"),
    "SSJ-R047": (2, "住所"),
    "SSJ-R048": (1, "统一社会信用代码"),
    "SSJ-R049": (2, "施工许可证号"),
    "SSJ-R050": (2, "施工许可证号"),
    "SSJ-R051": (2, CODE),
    "SSJ-R052": (None, ""),
    "SSJ-R053": (2, "企业名称"),
    "SSJ-R054": (1, "企业名称"),
    "SSJ-R055": (3, CODE),
    "SSJ-R056": (2, "上次检查日期"),
    "SSJ-R057": (2, "企业名称"),
    "SSJ-R058": (2, "上次检查日期"),
    "SSJ-R065": (4, ""),
    "SSJ-R067": (1, "监管类别"),
    "SSJ-R068": (None, ""),
    "SSJ-R062": (None, "regions"),
    "SSJ-R063": (2, CODE),
    "SSJ-R064": (None, ""),
    "SSJ-R080": (2, "人员类别"),
    "SSJ-R081": (3, "姓名"),
    "SSJ-R083": (3, "工号"),
    "SSJ-R082": (2, "回避理由"),
    "SSJ-R090": (3, ""),
    "SSJ-R091": (2, "检查人员"),
    "SSJ-R092": (2, "检查日期"),
    "SSJ-R093": (2, ""),
    "SSJ-R094": (2, "检查人员"),
    "SSJ-R095": (2, ""),
    "SSJ-R096": (2, ""),
}
WITHOUT_FILE: Final = {
    "SSJ-R060": "needs a rule that asks for a column: tests/plugins/test_clerk.py",
    "SSJ-R061": "needs a rule that asks for a column: tests/plugins/test_clerk.py",
    "SSJ-R066": "needs a rule that can do without a column: tests/plugins/test_columns_asked.py",
    "SSJ-R059": "told where no plan is given: tests/cli/test_rosters_as_drawn.py",
    "SSJ-F001": "not told by a reader: the caller opens the file",
    "SSJ-F002": "not told by a reader: the caller opens the file",
    "SSJ-F018": "needs two readers of one format: test_readers_front_door.py",
    "SSJ-F025": "needs a file of 300 MB: test_readers_old_formats.py",
    "SSJ-F020": "needs an installation without python-calamine: test_readers_workbook.py",
}
# Beside what they are about, these cannot help telling something else.
ALSO: Final = {
    "SSJ-R002": {"SSJ-R004"},
    "SSJ-R007": {"SSJ-R004"},
    "SSJ-R008": {"SSJ-R005"},
}
OFFICERS: Final = (
    "R017",
    "R026",
    "R030",
    "R031",
    "R036",
    "R038",
    "R039",
    "R041",
    "R044",
    "R045",
    "R080",
    "R081",
    "R083",
)
SPECS: Final[dict[str, dict[str, object]]] = {
    "SSJ-F004": {"reader": "readers.csv"},
    "SSJ-F010": {"sheet": "名册"},
    "SSJ-F014": {"encoding": "ebcdic"},
    "SSJ-F016": {"reader": "readers.cvs"},
    "SSJ-F022": {"sheet": "名单"},
    "SSJ-R006": {"columns": {"单位": "name"}},
    "SSJ-R007": {"columns": {"镇": "aera"}},
    "SSJ-R008": {"columns": {"身份证号": "permit"}},
    "SSJ-R067": {"sectors": ("安全",)},
    "SSJ-R062": {"regions": ("61052",)},
    "SSJ-R063": {"regions": ("130624", "1306")},
    "SSJ-R064": {"regions": ("130624",)},
    "SSJ-R009": {"derive": (Derive(field="kind", value="施工", column="经营范围", contains=("施工",)),)},
}
FILES: Final = sorted(path for path in FOLDER.glob("SSJ-*") if path.suffix in (".csv", ".xlsx", ".xls"))


def problems_of(path: Path) -> tuple[Problem, ...]:
    code = path.name[:8]
    spec = RosterSpec(file=path.name, **SPECS.get(code, {}))  # type: ignore[arg-type]
    data = path.read_bytes()
    if path.name[4:8] in OFFICERS:
        officers = read_officers(data, spec, READERS)
        partner = read_subjects((FOLDER / "good-subjects.csv").read_bytes(), RosterSpec(file="good"), READERS)
        return officers.problems + cross_check(partner, officers)
    if code >= "SSJ-R09":
        both = read_subjects((FOLDER / "good-subjects.csv").read_bytes(), RosterSpec(file="good"), READERS)
        people = read_officers((FOLDER / "good-officers.csv").read_bytes(), RosterSpec(file="good"), READERS)
        listed = read_inspections(data, spec, READERS)
        made, found = resolve_inspections(listed, both, people)
        return listed.problems + found + in_the_future(made, spec.file, TODAY)
    subjects = read_subjects(data, spec, READERS)
    helpers = read_officers((FOLDER / "good-officers.csv").read_bytes(), RosterSpec(file="good"), READERS)
    return subjects.problems + cross_check(subjects, helpers) + checked_in_the_future(subjects, TODAY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_file_tells_its_one_mistake_and_where_it_is(path: Path) -> None:
    code = path.name[:8]
    found = problems_of(path)
    assert {one.code for one in found} - ALSO.get(code, set()) == {code}
    about = [one for one in found if one.code == code]
    assert [(one.row, one.field) for one in about] == [EXPECTED[code]]
    assert about[0].file == path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_message_and_remedy_can_be_filled_in(path: Path, lang: str) -> None:
    for one in problems_of(path):
        assert one.message(lang)  # type: ignore[arg-type]
        assert one.remedy(lang)  # type: ignore[arg-type]


def test_every_code_has_a_file_or_a_reason() -> None:
    codes = {path.name[:8] for path in FILES}
    known = [*rosters.ENTRIES, *oddities.ENTRIES, *regions.ENTRIES, *files.ENTRIES, *inspections.ENTRIES]
    assert codes | set(WITHOUT_FILE) == set(known)


def test_the_good_files_are_good() -> None:
    subjects = read_subjects((FOLDER / "good-subjects.csv").read_bytes(), RosterSpec(file="s"), READERS)
    officers = read_officers((FOLDER / "good-officers.csv").read_bytes(), RosterSpec(file="o"), READERS)
    assert len(subjects.rows) == 3
    assert [one.code for one in subjects.problems] == ["SSJ-R046"]
    assert [one.code for one in officers.problems] == ["SSJ-R017"]


def test_a_body_that_is_no_business_is_warned_of_in_its_row_and_many_in_one_sentence() -> None:
    one, many = (problems_of(next(FOLDER.glob(f"{code}-*"))) for code in ("SSJ-R051", "SSJ-R052"))
    assert [(p.severity, p.row, p.value[:2]) for p in one] == [("warning", 2, "12")]
    assert [(p.severity, p.params["count"], p.params["rows"][:3]) for p in many] == [("warning", "21", "2、3")]


def test_a_row_that_may_be_cut_off_before_its_name_is_no_row_of_the_pool() -> None:
    (told,) = problems_of(FOLDER / "SSJ-R014-no-name.csv")
    assert (told.severity, told.row) == ("error", 2)
