"""A legal officer reads the rules of a plan with their bases, and works through what must still be checked."""

import csv
import json
import re
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from ssj_cli.grid import fold
from ssj_cli.rules.told import class_told
from ssj_core.rules.effective import SealedClass
from tests.cli.bureau import Bureau

WORDS = st.text(st.sampled_from("建筑法（《》），。、 ab_c.d12-"), max_size=60)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path / "bureau").furnish()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown(bureau: Bureau) -> str:
    """Every cell of the tables of `rules show`, none of them folded."""
    tables = json.loads(bureau.play("rules", "show", bureau.plan, "--json").stdout)["tables"]
    return "\n".join(cell for table in tables for row in table["rows"] for cell in row)


def test_the_rules_of_a_batch_with_their_bases(bureau: Bureau) -> None:
    said = bureau.play("rules", "show", bureau.plan, "--batch", "key-1", env={"COLUMNS": "120"}).stdout
    for part in ("重点企业第一次全部检查", "2021-01-18 施行的规则", "fuping_zjj_2021.key_100", "重点：100%，四舍五入",
                 "已核《中华人民共和国行政处罚法》第四十二条", "tolerance_days=15", "核对至2025-04-30"):  # fmt: skip
        assert squeezed(part) in squeezed(said), part
    for part in (
        "批次",
        "1至4月，定向，不联合",
        "年度占比",
        "不低于5%",
        "检查组",
        "2人，本股室抽人",
        "方案》",
        "三（二）3",
    ):
        assert squeezed(part) in squeezed(said), part
    assert "JZ-01" not in said
    assert "batch-2" not in said


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_a_table_fits_the_terminal(bureau: Bureau, columns: int) -> None:
    for command in (("rules", "show", bureau.plan, "--items"), ("rules", "citations")):
        said = bureau.play(*command, env={"COLUMNS": str(columns)}).stdout
        assert max(wcswidth(line) for line in said.split("\n")) <= columns


def test_what_stands_beside_other_classes_is_every_other_class() -> None:
    one = SealedClass(id="*", ratio=Fraction(3, 100), bound="exact", rounding="up", at_least=0, small_below=0,
                      small_take="all", strata=())  # fmt: skip
    assert class_told(one, alone=False).zh == "其余各类：3%，向上取整"
    assert class_told(one, alone=True).zh == "各类：3%，向上取整"


def test_items_one_by_one(bureau: Bureau) -> None:
    said = bureau.play("rules", "show", bureau.plan, "--batch", "batch-2", "--items").stdout
    assert "AQ-01" in said
    assert "AQ-17" not in said, "not in force before 2021-06-10"
    later = bureau.play("rules", "show", bureau.plan, "--batch", "batch-2", "--items", "--on", "2021-06-10").stdout
    assert "AQ-17" in later


def test_a_day_outside_names_the_days_inside(bureau: Bureau) -> None:
    bureau.play(
        "rules", "show", bureau.plan, "--on", "2022-03-01", code=3,
        err=["SSJ-S020", "fuping_zjj_2021.batch_3.*施行期：2021-01-01 至 2021-12-31"],
    )  # fmt: skip


DASH_OR_NO_BASIS = re.compile("—|未写依据|no basis given")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", [False, True])
def test_every_rule_of_a_fresh_folder_of_ones_own_has_a_basis(tmp_path: Path, code: bool, lang: str) -> None:
    """A clerk starts with bases to replace, not with holes that nobody tells her of."""
    folder = tmp_path / "own"
    made = Bureau(folder / "sample" if code else folder)
    made.play("plugins", "new", "county", "--dir", str(folder), *(["--code"] if code else []))
    if code:  # a folder of rules like any other, without its code: a package would have to be installed
        rules = made.folder / "rules"
        shutil.copytree(folder / "ssj_county", rules, ignore=shutil.ignore_patterns("*.py", "py.typed"))
        text = (rules / "ruleset.toml").read_text("utf-8").replace('\n[[batch.eligibility]]\nrule = "county.', "\n# ")
        (rules / "ruleset.toml").write_text(text, encoding="utf-8")
        plan = made.folder / "plan.toml"
        plan.write_text(
            plan.read_text("utf-8").replace("\n[rosters", '\nrule_folders = ["rules"]\n[rosters', 1), "utf-8"
        )
        cases = rules / "cases" / "cases.toml"
        cases.unlink()
    said = made.play("--lang", lang, "rules", "show", str(made.folder / "plan.toml"), "--items").stdout
    assert not DASH_OR_NO_BASIS.search(said), said
    assert ("自定" if lang == "zh" else "own choice") in said, "a choice of the office is not called verified"


@pytest.mark.parametrize("where", ["[team]", "[results]", "[[batch]]"])
def test_where_a_ruleset_names_no_basis_it_is_said_and_what_to_do(tmp_path: Path, where: str) -> None:
    made = Bureau(tmp_path / "own")
    made.play("plugins", "new", "county", "--dir", str(made.folder))
    path = made.folder / "rules" / "ruleset.toml"
    before, _, rest = path.read_text("utf-8").partition(f"\n{where}\n")
    path.write_text(f"{before}\n{where}\n{re.sub('(?m)^basis = .*$', '', rest, count=1)}", encoding="utf-8")
    said = squeezed(made.play("rules", "show", made.plan).stdout)
    assert said.count("未写依据") == 1
    assert f"在规则集county的{where}" in said
    english = made.play("--lang", "en", "rules", "show", made.plan).stdout
    assert english.count("no basis given: write `basis`") == 1
    assert where in english


@pytest.mark.parametrize("day", ["2021-01-01", "2021-12-31"])
def test_both_ends_of_the_days_are_in_force(bureau: Bureau, day: str) -> None:
    said = squeezed(bureau.play("rules", "show", bureau.plan, "--batch", "batch-2", "--on", day).stdout)
    assert f"{day}施行的规则（批次2021-04-12至2021-06-11，这一天不在内）" in said
    assert "规则集2021-01-01至2021-12-31" in said


@pytest.mark.parametrize(("day", "inside"), [("2021-04-11", False), ("2021-04-12", True), ("2021-06-11", True),
                                             ("2021-06-12", False)])  # fmt: skip
def test_a_day_outside_the_batch_is_told(bureau: Bureau, day: str, inside: bool) -> None:
    said = bureau.play("--lang", "en", "rules", "show", bureau.plan, "--batch", "batch-2", "--on", day).stdout
    assert ("without that day" in said) != inside


def test_who_goes_first_is_said_of_the_batches_of_which_it_holds(bureau: Bureau) -> None:
    told = json.loads(bureau.play("rules", "show", bureau.plan, "--json").stdout)
    pairs = zip(told["result"]["batches"], told["tables"], strict=False)  # the last table is that of the choices
    cells = {one["id"]: [cell for row in table["rows"] for cell in row] for one, table in pairs}
    first = {name: any("联合，今年没抽到过的先抽" in cell for cell in found) for name, found in cells.items()}
    assert first == {"key-1": False, "batch-1": True, "batch-2": True, "batch-3": True}


@pytest.mark.parametrize("day", ["2020-12-31", "2022-01-01"])
def test_the_day_before_and_the_day_after_are_refused_once_and_not_in_a_line_of_the_plan(
    bureau: Bureau, day: str
) -> None:
    """The day stands in the command; what eleven batches share is said once."""
    result = bureau.play(
        "rules", "show", bureau.plan, "--on", day, code=3, out=[rf"【batch-1】.*，{day} 的规则列不出来"]
    )
    ruleset = "--on SSJ-S012 错误：规则集 fuping_zjj_2021 在"
    assert result.stderr.count("SSJ-S012") == result.stderr.count(ruleset) == 1
    assert "plan.toml" not in result.stderr
    assert len(set(result.stderr.splitlines())) < 8


def test_what_the_ruleset_decides_itself_is_listed_once_and_is_the_basis_of_its_parameters(bureau: Bureau) -> None:
    printed = bureau.play("rules", "show", bureau.plan).stdout
    assert printed.count("规则集 fuping_zjj_2021 自定的事项（文件没有写明的，共 20 项") == 1
    said = shown(bureau)
    assert said.count("哪些是“重点企业”，由谁认定？") == 1
    assert said.count("tolerance_days：自定 批次期间请假合计超过15天的不参加") == printed.count("施行的规则") > 1
    assert "at_most：自定 五个业务批次：今年没抽到过的先抽" in said
    told = json.loads(bureau.play("rules", "show", bureau.plan, "--json").stdout)["result"]["choices"]
    assert [one["decides"] for one in told if one["decides"]] == [
        ["ratio_rules.yearly_cap.at_most"], ["officer_rules.leave.tolerance_days"]
    ]  # fmt: skip


USE = '[[eligibility]]\nrule = "officer_rules.leave"\nparams = { tolerance_days = 9 }\n'
CHOICE = '[[choice]]\nquestion = "请假多久？"\ndecision = "九天。"\nreason = "没有写。"\n'
ORDER = 'basis = [{ title = "某局考勤办法", articles = ["9"], mark = "seed" }]\n'


@pytest.mark.parametrize(
    ("use", "choice", "told"),
    [
        (
            USE,
            "",
            "tolerance_days：未写依据：在规则集 county 的 officer_rules.leave 补写 basis，或在 [[choice]] 写 decides",
        ),
        (USE + ORDER, "", "tolerance_days：已核 《某局考勤办法》第九条"),
        (USE, CHOICE + 'decides = ["officer_rules.leave.tolerance_days"]\n', "tolerance_days：自定 九天。"),
    ],
    ids=["none", "document", "choice"],
)
def test_parameters_have_a_basis_of_their_own(tmp_path: Path, use: str, choice: str, told: str) -> None:
    """It stands in the ruleset, as that of the teams does: what is sealed stays the same, whoever writes it down."""
    made = Bureau(tmp_path / "own")
    made.play("plugins", "new", "county", "--dir", str(made.folder))
    path = made.folder / "rules" / "ruleset.toml"
    text = path.read_text("utf-8").replace("[[recusal]]", f"{use}\n[[recusal]]", 1)
    path.write_text(f"{text}\n{choice}", encoding="utf-8")
    assert told in shown(made)
    assert ("某局考勤办法" in squeezed(made.play("rules", "citations", made.plan).stdout)) == ("考勤" in use)
    rules = json.loads(made.play("rules", "show", made.plan, "--json").stdout)["result"]["batches"][0]["rules"]
    (sealed,) = [one for one in rules["eligibility"] if one["rule"] == "officer_rules.leave"]
    assert sealed == {"rule": "officer_rules.leave", "params": {"tolerance_days": 9}}
    made.run()
    made.check()


def test_a_program_reads_the_rules(bureau: Bureau) -> None:
    said = json.loads(bureau.play("rules", "show", bureau.plan, "--batch", "batch-2", "--json").stdout)
    (batch,) = said["result"]["batches"]
    assert (batch["id"], batch["day"]) == ("batch-2", "2021-04-12")
    assert batch["rules"]["ratio"]["since"] == "2021-01-01"


def test_a_basis_of_the_whole_list_is_shown_and_listed_once_published(tmp_path: Path) -> None:
    """Who may inspect is no item's basis; the legal section checks it all the same."""
    made = Bureau(tmp_path / "own")
    made.play("plugins", "new", "county", "--dir", str(made.folder))
    path = made.folder / "rules" / "checklist.toml"
    whole = """[[basis]]
title = "甲规定"
mark = "V-src"

[[basis]]
title = "乙规定"
version = 2099-01-01
mark = "V-src"

[[item]]"""
    path.write_text(path.read_text("utf-8").replace("[[item]]", whole, 1), encoding="utf-8")
    for command in (("show",), ("citations", "--needs-check")):
        said = squeezed(made.play("rules", command[0], made.plan, *command[1:]).stdout)
        assert "待核《甲规定》" in said
        assert "乙规定" not in said, "not published on the day"


def test_english(bureau: Bureau) -> None:
    command = ("--lang", "en", "rules", "show", bureau.plan, "--batch", "batch-2")
    said = bureau.play(*command, env={"COLUMNS": "240"}).stdout
    assert "each class: 3%, rounded up" in re.sub(r"\s+", " ", said)
    assert re.search("verified", said)


def test_what_must_be_checked_comes_first(bureau: Bureau) -> None:
    said = bureau.play("rules", "citations", bureau.plan, out=[r"共 \d+ 条引文，待核 \d+ 条。"]).stdout
    marks = re.findall("^(待核|已核) ", said, re.MULTILINE)
    assert marks == sorted(marks, key="待核已核".index)
    assert set(marks) == {"待核", "已核"}
    only = bureau.play("rules", "citations", bureau.plan, "--needs-check").stdout
    assert set(re.findall("^(待核|已核) ", only, re.MULTILINE)) == {"待核"}


def test_all_is_more_than_a_plan_uses(bureau: Bureau) -> None:
    every = json.loads(bureau.play("rules", "citations", "--all", "--json").stdout)["result"]["citations"]
    used = json.loads(bureau.play("rules", "citations", bureau.plan, "--json").stdout)["result"]["citations"]
    assert all(c["id"] and c["title"] for c in used)  # the team of a ruleset has no id of its own
    assert len(every) > len(used) > 50
    titles = {c["basis"]["title"] for c in every}
    assert "河南省2020年按风险等级抽查的比例" in titles - {c["basis"]["title"] for c in used}


def test_the_legal_section_gets_a_table_to_fill_in(bureau: Bureau) -> None:
    file = bureau.folder / "引文.csv"
    bureau.play("rules", "citations", "--all", "--needs-check", "--csv", str(file), out=["已写入"])
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert {row["状态"] for row in rows} == {"待核"}
    assert {row["核对结果"] + row["核对人"] + row["核对日期"] for row in rows} == {""}
    (lease,) = [row for row in rows if row["法律或文件"] == "住房租赁条例"]
    assert (lease["用于"], lease["版本日期"], lease["核对情况"]) == ("real_estate/FC-15", "2025-09-15", "未经核对")
    assert all(date.fromisoformat(row["核对至"]) for row in rows if row["核对至"])
    bureau.play("rules", "citations", "--csv", str(file), code=3, err=["SSJ-O001"])


@given(WORDS, st.integers(4, 30))
def test_a_folded_cell_loses_nothing_and_is_no_wider(text: str, width: int) -> None:
    lines = fold(text, width)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(wcswidth(line) <= width for line in lines)


def test_a_cell_is_folded_where_a_reader_expects_it() -> None:
    assert fold("《建筑法》第十三条", 12) == ["《建筑法》第", "十三条"]
    assert fold("officer_rules.certificate", 16) == ["officer_rules.", "certificate"]
    assert fold("第十三条、第二十六条", 10) == ["第十三条、", "第二十六条"], "a point stays with the word before"
    assert fold("依据（见附件）", 8) == ["依据（见", "附件）"], "a bracket stays with the word after"
