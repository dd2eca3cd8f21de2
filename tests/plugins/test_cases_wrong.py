"""Wrong files of cases are told with their line; the command that runs cases."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from ssj_core.case_files import load_with_cases
from ssj_core.cases import Verdict, load_cases, run_cases
from ssj_core.plugin.loader import discover
from ssj_core.plugin.source import Source
from ssj_core.problems import SsjError
from tests.cli.bureau import Bureau

BAD: Final = Path(__file__).parents[1] / "bad" / "cases"
COUNTY: Final = BAD.parent / "plans" / "county"
AVAILABLE: Final = discover()


PLACES: Final[dict[str, tuple[int, str]]] = {
    "SSJ-A001.asks-nothing.cases.toml": (3, "case[1]"),
    "SSJ-A001.asks-two-things.cases.toml": (3, "case[1]"),
    "SSJ-A002.cannot-be-expected.cases.toml": (3, "case[1].expect.takes_part"),
    "SSJ-A003.expects-nothing.cases.toml": (3, "case[1].expect"),
    "SSJ-A004.officer-for-a-rule-of-subjects.cases.toml": (3, "eligibility"),
    "SSJ-A004.without-size.cases.toml": (3, "case[1]"),
    "SSJ-A004.without-subject.cases.toml": (3, "case[1]"),
    "SSJ-A005.unknown-item.cases.toml": (3, "items"),
    "SSJ-A004.results-without-a-code.cases.toml": (3, "case[1]"),
    "SSJ-A004.tickets-of-nobody.cases.toml": (3, "case[1]"),
    "SSJ-A005.unknown-code.cases.toml": (3, "codes"),
    "SSJ-A006.unknown-batch.cases.toml": (3, "batch"),
    "SSJ-G009.unknown-ratio.cases.toml": (3, "ratio"),
    "SSJ-G009.unknown-rule.cases.toml": (3, "eligibility"),
    "SSJ-P010.day-as-text.cases.toml": (6, "case[1].on"),
    "SSJ-P013.misspelt-column.cases.toml": (8, "case[1].subject.risk_clas"),
    "SSJ-P013.misspelt.cases.toml": (8, "case[1].expect.drawm"),
    "SSJ-P027.no-case.cases.toml": (1, "case"),
    "SSJ-S001.no-basis.cases.toml": (3, "case[1]"),
    "SSJ-S002.ends-before-it-begins.cases.toml": (3, "case[1].until"),
    "SSJ-S024.unknown-parameter.cases.toml": (3, "ratio_rules.yearly_cap"),
}
NEAREST: Final = {
    "SSJ-A005.unknown-item.cases.toml": "X-01",
    "SSJ-A005.unknown-code.cases.toml": "01",
    "SSJ-A006.unknown-batch.cases.toml": "county/one",
    "SSJ-G009.unknown-ratio.cases.toml": "county.three",
    "SSJ-G009.unknown-rule.cases.toml": "ratio_rules.open",
    "SSJ-P013.misspelt-column.cases.toml": "risk_class",
    "SSJ-P013.misspelt.cases.toml": "drawn",
}


def county(folder: Path, name: str) -> Path:
    """The good county with a file of cases."""
    shutil.copytree(COUNTY, folder / "county")
    (folder / "county" / "plan.toml").unlink()
    manifest = folder / "county" / "ssj-plugin.toml"
    manifest.write_text(manifest.read_text("utf-8") + 'cases = ["cases.toml"]\n', encoding="utf-8")
    shutil.copy(BAD / name, folder / "county" / "cases.toml")
    return folder / "county"


def verdicts(available: Mapping[str, Source]) -> tuple[Verdict, ...]:
    loaded = load_with_cases(["county"], available)
    return run_cases(loaded.cases["county"], loaded.registry)


def test_every_broken_file_has_its_place_here() -> None:
    assert sorted(p.name for p in BAD.glob("SSJ-*")) == sorted(PLACES)


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_broken_file_makes_its_problem_and_no_other(name: str, tmp_path: Path) -> None:
    available = discover([county(tmp_path, name)])
    with pytest.raises(SsjError) as caught:
        verdicts(available)
    (found,) = caught.value.problems
    assert (found.code, found.file) == (name.split(".")[0], (tmp_path / "county" / "cases.toml").as_posix())
    assert (found.row, found.field) == PLACES[name]
    assert re.search(re.escape(NEAREST.get(name, "")), found.remedy("zh"))
    assert re.search(re.escape(NEAREST.get(name, "")), found.remedy("en"))


def test_a_day_outside_and_a_value_no_rule_can_read_are_told_with_the_case(tmp_path: Path) -> None:
    folder = county(tmp_path, "good.cases.toml")
    cases, good = folder / "cases.toml", (folder / "cases.toml").read_text("utf-8")
    cases.write_text(good.replace("2021-06-30", "2022-01-01"), encoding="utf-8")
    said = "应当是 3%，得到 没有结果（这一天没有施行的规定）"
    Bureau(tmp_path).play("plugins", "test", str(folder), code=1, out=[said])
    asked = (
        'eligibility = "county.money"\nsubject = { extra = { "注册资本" = "多" } }\nexpect = { takes_part = true }\n'
    )
    cases.write_text(good.partition("ratio =")[0] + asked, encoding="utf-8")
    filters = folder / "filter.toml"
    text = filters.read_text("utf-8").replace("county.small", "county.money").replace("从业人数", "注册资本")
    filters.write_text(text, encoding="utf-8")
    line = cases.read_text("utf-8").partition("subject =")[0].count("\n") + 1
    said = rf"county/cases.toml 第 {line} 行 case\[1\].subject.extra.注册资本.*SSJ-A008.*“注册资本”写了“多”"
    Bureau(tmp_path).play("plugins", "test", str(folder), code=3, err=[said, "写成：数字，例如 1200 或 12.5"])


OF_CELLS: Final = """
[[in_force]]
since = 2021-01-01
reviewed_until = 2021-12-31
reason = "不在范围内"
basis = [{ title = "某县方案", mark = "seed" }]
keep = [
  { column = "发证日期", after = 2020-01-01 }, { column = "双公示", equals = true }, { column = "面积", at_least = 1 },
]
"""


@pytest.mark.parametrize(
    ("extra", "wrong", "expected"),
    [
        ('"发证日期" = "2021-02-01", "双公示" = "是", "面积" = "12.5"', [], "true"),
        ('"发证日期" = "2021-02-01", "双公示" = "否", "面积" = "12.5"', [], "false"),
        ('"双公示" = "", "面积" = "-1"', [], "false"),
        ('"发证日期" = "2021年2月1日"', ["发证日期"], "true"),
        ('"发证日期" = "20210201", "双公示" = "Y", "面积" = "1,200"', ["发证日期", "双公示", "面积"], "true"),
    ],
)
def test_cells_of_a_case_are_as_a_roster_gives_them(
    tmp_path: Path, extra: str, wrong: list[str], expected: str
) -> None:
    """Told all at once when the cases are read, before any is run."""
    folder = county(tmp_path, "good.cases.toml")
    cases, filters = folder / "cases.toml", folder / "filter.toml"
    asked = (
        f'eligibility = "county.cells"\nsubject = {{ extra = {{ {extra} }} }}\nexpect = {{ takes_part = {expected} }}\n'
    )
    cases.write_text(cases.read_text("utf-8").partition("ratio =")[0] + asked, encoding="utf-8")
    head = 'format = "ssj-filter/1"\nid = "county.cells"\ntitle = "筛选"\n'
    filters.write_text(head + OF_CELLS, encoding="utf-8")
    available = discover([folder])
    if not wrong:
        assert [v.differences for v in verdicts(available)] == [()]
        return
    with pytest.raises(SsjError) as caught:
        verdicts(available)
    assert {p.code for p in caught.value.problems} == {"SSJ-A008"}
    assert {p.params["column"] for p in caught.value.problems} == set(wrong)


WEIGHTS: Final = """format = "ssj-weights/1"
id = "county.tickets"
title = "签数"
stratify = "ratio_rules.credit_rsk"

[[in_force]]
since = 2021-01-01
reviewed_until = 2021-12-31
classes = { "*" = 1 }
basis = [{ title = "某县方案", mark = "seed" }]
"""


@pytest.mark.parametrize("wrong", ["ratio_rules.credit_rsk", "county.three"])
@pytest.mark.parametrize("asks", ["ratio", "weights", "batch"])
def test_a_rule_that_stratifies_by_nothing_is_told_where_it_says_so(tmp_path: Path, asks: str, wrong: str) -> None:
    """Of the ratio, of the weights, and of both where a batch asks them: one sentence each, not a case at a time."""
    folder = county(tmp_path, "good.cases.toml")
    manifest, cases, ratio = (folder / name for name in ("ssj-plugin.toml", "cases.toml", "ratio.toml"))
    text = manifest.read_text("utf-8")
    manifest.write_text(text + 'weights = ["weights.toml"]\n', encoding="utf-8")
    (folder / "weights.toml").write_text(WEIGHTS.replace("ratio_rules.credit_rsk", wrong), encoding="utf-8")
    if asks != "weights":
        ratio.write_text(ratio.read_text("utf-8").replace("ratio_rules.credit_risk", wrong), encoding="utf-8")
    ruleset = folder / "ruleset.toml"
    ruleset.write_text(
        ruleset.read_text("utf-8").replace('"county.three"', '"county.three"\nweights = "county.tickets"'), "utf-8"
    )
    asked = {
        "ratio": 'ratio = "county.three"\nsubject = {}\nexpect = { drawn = 1 }\nsize = 1',
        "weights": 'weights = "county.tickets"\nsubject = {}\nexpect = { tickets = 1 }',
        "batch": 'batch = "county/one"\nsubject = { sectors = ["某县"] }\nexpect = { takes_part = true }',
    }[asks]
    head = cases.read_text("utf-8").partition("ratio =")[0]
    case = head.partition("\n\n")[2] + asked
    cases.write_text(f"{head.partition(chr(10))[0]}\n\n{case}\n\n{case}\n", encoding="utf-8")
    with pytest.raises(SsjError) as caught:
        verdicts(discover([folder]))
    files = {"ratio": ["ratio.toml"], "weights": ["weights.toml"], "batch": ["ratio.toml", "weights.toml"]}[asks]
    assert [(p.code, Path(p.file).name, p.row, p.field, p.value) for p in caught.value.problems] == [
        ("SSJ-G009", name, 4, "stratify", wrong) for name in files
    ]
    if wrong == "ratio_rules.credit_rsk":
        assert "ratio_rules.credit_risk" in caught.value.problems[0].remedy("zh")
    Bureau(tmp_path).play("plugins", "test", str(folder), code=3, err=["SSJ-G009"])
    if (asks, wrong) == ("batch", "ratio_rules.credit_rsk"):  # the kit takes its time
        Bureau(tmp_path).play("plugins", "check", str(folder), code=1, out=["SSJ-G009"])


def test_the_good_file_is_good(tmp_path: Path) -> None:
    loaded = load_with_cases(["county"], discover([county(tmp_path, "good.cases.toml")]))
    assert [v.differences for v in run_cases(loaded.cases["county"], loaded.registry)] == [()]
    assert set(loaded.registry.plugins) >= {"county", "ratio_rules"}, "what a stratifier needs is there"


def test_lines_are_those_of_the_cases() -> None:
    data = (BAD / "good.cases.toml").read_bytes()
    case = data.partition(b"\n\n")[2]
    assert load_cases(data + b"\n" + case, "f").lines == (3, 11)


# --- the command


@pytest.fixture
def folder(tmp_path: Path) -> Bureau:
    return Bureau(county(tmp_path, "good.cases.toml"))


def test_a_clerk_runs_the_cases_of_her_folder(folder: Bureau) -> None:
    folder.play("plugins", "test", str(folder.folder), out=["√ county：1 个案例"])


def test_a_case_of_a_batch_that_selects_what_is_not_there(folder: Bureau) -> None:
    cases, rules = folder.folder / "cases.toml", folder.folder / "ruleset.toml"
    asked = cases.read_text("utf-8").partition("ratio = ")[0] + 'batch = "county/one"\nexpect = { in_force = true }\n'
    cases.write_text(asked, encoding="utf-8")
    folder.play("plugins", "test", str(folder.folder))
    text = rules.read_text("utf-8").replace('"ratio_rules.open"', '"nobody.open"')
    rules.write_text(text + '[results]\nentry_working_days = 5\npublished = "100%"\ntable = "no.t"\n', encoding="utf-8")
    told = ["ruleset.toml 第 12 行.*SSJ-G009.*nobody.open", "ruleset.toml 第 31 行.*SSJ-G009.*no.t"]
    folder.play("plugins", "test", str(folder.folder), code=3, err=told)


def test_a_failing_case_tells_law_and_difference(folder: Bureau) -> None:
    ratio = folder.folder / "ratio.toml"
    ratio.write_text(ratio.read_text("utf-8").replace('"3%"', '"2.5%"'), encoding="utf-8")
    folder.play(
        "plugins", "test", str(folder.folder), code=1,
        out=["× county：1 个案例，1 个不符", "county/cases.toml:3", "规定：不低于3%。", "某县方案",
             "比例：应当是 3%，得到 2.5%", "应抽数：应当是 2，得到 1"],
    )  # fmt: skip
    folder.play(
        "--lang", "en", "plugins", "test", str(folder.folder), code=1, out=["quota: expected 2, got 1", "1 failed"]
    )


def test_coverage_is_asked_for(folder: Bureau) -> None:
    said = folder.play("plugins", "test", str(folder.folder), "--coverage", code=1).stdout
    assert "SSJ-A007" in said
    assert "county/X-01" in said
    assert "county/one" not in said or "批次" in said
    folder.play("plugins", "test", "ratio_rules", "--coverage", out=["√ ratio_rules"])


def test_everything_at_once_goes_on_after_a_broken_file(folder: Bureau) -> None:
    (folder.folder / "cases.toml").write_text("format = 1\n", encoding="utf-8")
    folder.play("plugins", "test", str(folder.folder), code=3, err=["SSJ-P011", "SSJ-P014"])
    plan = folder.folder.parent / "plan.toml"
    shutil.copy(COUNTY / "plan.toml", plan)
    folder.play("plugins", "test", "--plan", str(plan), code=1, out=["× county：不能用", "√ real_estate"])


def test_a_program_reads_what_failed(folder: Bureau) -> None:
    ratio = folder.folder / "ratio.toml"
    ratio.write_text(ratio.read_text("utf-8").replace('"3%"', '"2.5%"'), encoding="utf-8")
    said = json.loads(folder.play("plugins", "test", str(folder.folder), "--json", code=1).stdout)["result"]
    (county,) = said["plugins"]
    assert (county["id"], county["cases"]) == ("county", 1)
    assert {"county/X-01", "county/one"} <= set(county["uncovered"])
    assert county["failures"][0]["differences"][1] == {"name": "drawn", "expected": "2", "actual": "1"}
