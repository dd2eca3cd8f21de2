"""The sample of fuping_zjj_2021: made again byte for byte, valid codes, and officers for every subject all year."""

import csv
import importlib.util
import io
import re
import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from ssj_core.rules.tables import load_ratio_rule, load_ruleset

ROOT = Path(__file__).parents[2]
RULESET = ROOT / "rulesets" / "ssj_rulesets" / "fuping_zjj_2021"
SECTORS = {"建筑市场监督", "建设工程安全", "工程建设标准", "房地产市场监督", "建设领域许可监督"}


def read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((RULESET / "sample" / name).read_bytes().decode("utf-8-sig"))))


def code(row: dict[str, str]) -> str:
    return row["统一社会信用代码"] or row["注册号"] or row["施工许可证编号"]


def several(cell: str) -> set[str]:
    return set(cell.replace("；", "、").split("、")) - {""}


@pytest.fixture(scope="module")
def subjects() -> list[dict[str, str]]:
    return read("subjects.csv")


@pytest.fixture(scope="module")
def officers() -> list[dict[str, str]]:
    return read("officers.csv")


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return tomllib.loads((RULESET / "sample" / "plan.toml").read_text(encoding="utf-8"))


def test_the_script_makes_these_very_bytes() -> None:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "rulesets" / "make_sample.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made: dict[str, bytes] = script.files()
    assert set(made) == {p.name for p in (RULESET / "sample").iterdir()}
    for name, data in made.items():
        assert data == (RULESET / "sample" / name).read_bytes(), f"{name}: run python rulesets/make_sample.py"
        assert b"\r" not in data


def test_counts(subjects: list[dict[str, str]], officers: list[dict[str, str]]) -> None:
    assert (len(subjects), len(officers)) == (1200, 36)
    assert sum(row["重点企业"] == "是" for row in subjects) == 40
    assert len({row["企业类型"] for row in subjects}) == 15
    assert {row["信用风险等级"] for row in subjects} == {"A", "B", "C", "D", ""}
    closed = Counter(row["登记状态"] for row in subjects)
    assert closed["注销"] > 3
    assert closed["吊销，未注销"] + closed["迁出"] > 3
    assert not any(row["登记状态"] in ("注销", "吊销，未注销", "迁出") for row in subjects if row["重点企业"] == "是")


def test_ids_and_names_are_unique(subjects: list[dict[str, str]], officers: list[dict[str, str]]) -> None:
    for values in (
        [code(row) for row in subjects],
        [row["企业名称"] for row in subjects],
        [row["执法证号"] for row in officers],
        [row["姓名"] for row in officers],
    ):
        assert all(values)
        assert len(set(values)) == len(values)


def test_each_subject_has_one_code_of_its_kind(subjects: list[dict[str, str]]) -> None:
    for row in subjects:
        filled = [h for h in ("统一社会信用代码", "注册号", "施工许可证编号") if row[h]]
        kind = {"工程项目": "施工许可证编号", "人员": "注册号"}.get(row["企业类型"], "统一社会信用代码")
        assert filled == [kind]
        assert "示" in row["企业名称"]


def test_credit_codes_are_valid_and_plainly_synthetic(subjects: list[dict[str, str]]) -> None:
    codes = [row["统一社会信用代码"] for row in subjects if row["统一社会信用代码"]]
    assert len(codes) == 740
    for value in codes:
        assert uscc.validate(value) == value
        assert value[2:10] == "130624EX"
        assert organisation_check(value[8:16]) == value[16]


def organisation_check(body: str) -> str:
    """GB 11714 by its definition: the check character makes the weighted sum divisible by 11."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(body, weights, strict=True))
    return next(c for value, c in enumerate("0123456789X") if (total + value) % 11 == 0)


def test_person_numbers_are_valid(subjects: list[dict[str, str]]) -> None:
    persons = [row for row in subjects if row["企业类型"] == "人员"]
    assert len(persons) == 220
    for row in persons:
        assert len(row["注册号"]) == 15
        assert mod_11_10.is_valid(row["注册号"])
        assert "*" in row["企业名称"]


def test_whom_to_ask_for_is_plainly_invented(subjects: list[dict[str, str]]) -> None:
    for row in subjects:
        assert re.fullmatch(r"示例联系\d{4}|本人", row["联系人"])
        assert re.fullmatch(r"0000-\d{7}", row["联系电话"]), "no place has this area code"
        assert bool(row["统一社会信用代码"]) == bool(re.fullmatch(r"示例法人\d{4}", row["法定代表人"]))
    assert len({row["联系电话"] for row in subjects}) == len(subjects)


def test_sectors_are_the_five_of_the_plan(subjects: list[dict[str, str]], officers: list[dict[str, str]]) -> None:
    assert set().union(*(several(row["监管类别"]) for row in subjects)) == SECTORS
    assert set().union(*(several(row["执法领域"]) for row in officers)) == SECTORS
    assert all(several(row["监管类别"]) for row in subjects)


def test_four_officers_of_each_section_can_take_any_of_its_subjects_all_year(
    subjects: list[dict[str, str]], officers: list[dict[str, str]]
) -> None:
    for section in {row["分管股室"] for row in subjects}:
        needed = set().union(*(several(row["监管类别"]) for row in subjects if row["分管股室"] == section))
        able = [row for row in officers if row["股室"] == section and needed <= several(row["执法领域"]) and free(row)]
        assert len(able) >= 4, section
        for subject in (row for row in subjects if row["分管股室"] == section):
            left = [
                row
                for row in able
                if code(subject) not in several(row["回避对象"]) and row["执法证号"] not in several(subject["回避人员"])
            ]
            assert len(left) >= 3, code(subject)


def free(officer: dict[str, str]) -> bool:
    until = officer["有效期止"]
    long_leave = officer["请假期间"].startswith("2021-04-01")
    return officer["是否可参加"] == "是" and not until.startswith("2021") and not long_leave


def test_recusals_name_real_rows(subjects: list[dict[str, str]], officers: list[dict[str, str]]) -> None:
    by_subject = set().union(*(several(row["回避人员"]) for row in subjects))
    by_officer = set().union(*(several(row["回避对象"]) for row in officers))
    assert by_subject
    assert by_subject <= {row["执法证号"] for row in officers}
    assert by_officer
    assert by_officer <= {code(row) for row in subjects}


def test_plan_and_ruleset_fit(plan: dict[str, Any]) -> None:
    ruleset = load_ruleset((RULESET / "ruleset.toml").read_bytes(), "ruleset.toml")
    policies = {b.id: b for b in ruleset.batch}
    assert plan["ruleset"] == ruleset.id
    assert plan["document_no"] == ruleset.document_no
    assert {b["policy"] for b in plan["batch"]} == set(policies)
    assert len(plan["batch"]) == 11
    for batch in plan["batch"]:
        first, last = policies[batch["policy"]].months
        assert first <= batch["start"].month <= batch["end"].month <= last
        assert batch["start"].year == batch["end"].year == plan["year"]
        assert batch["start"].weekday() < 5
        assert batch["end"].weekday() < 5
    assert [b["start"] for b in plan["batch"]] == sorted(b["start"] for b in plan["batch"])
    five = [b for b in plan["batch"] if b["policy"].startswith("batch-")]
    assert all(a["end"] < b["start"] for a, b in pairwise(five))


def test_ruleset_says_what_the_document_says() -> None:
    ruleset = load_ruleset((RULESET / "ruleset.toml").read_bytes(), "ruleset.toml")
    rules = {r.id: r for r in (load_ratio_rule(f.read_bytes(), f.name) for f in (RULESET / "ratios").iterdir())}
    percent = {name: {c.ratio * 100 for c in r.in_force[0].value.classes.values()} for name, r in rules.items()}
    said = [(b.ratio.partition(".")[2], b.months, b.joint, b.sectors) for b in ruleset.batch]
    assert percent == {
        "fuping_zjj_2021.batch_3": {3},
        "fuping_zjj_2021.key_100": {100},
        "fuping_zjj_2021.section_2": {2},
    }
    assert said == [
        ("batch_3", (1, 4), False, ("construction_market",)),
        ("batch_3", (4, 6), False, ("construction_safety",)),
        ("batch_3", (6, 8), True, ("engineering_standards",)),
        ("batch_3", (8, 10), True, ("real_estate",)),
        ("batch_3", (10, 12), True, ("construction_permits",)),
        *[("key_100", months, False, ()) for months in ((1, 4), (6, 8), (8, 10), (10, 12))],
        *[("section_2", months, False, ()) for months in ((4, 6), (7, 9))],
    ]
    assert ruleset.team.size == 2
    assert ruleset.yearly_share is not None
    assert ruleset.yearly_share.minimum * 100 == 5
    assert ruleset.results is not None
    assert ruleset.results.entry_working_days == 5
    assert ruleset.results.published == 1
    assert (ruleset.since, ruleset.until) == (date(2021, 1, 1), date(2021, 12, 31))
    assert all(c.question and c.decision and c.reason for c in ruleset.choice)


def test_lead_sections_have_officers_for_their_sector(officers: list[dict[str, str]]) -> None:
    ruleset = load_ruleset((RULESET / "ruleset.toml").read_bytes(), "ruleset.toml")
    titles = {
        "engineering_standards": "工程建设标准",
        "real_estate": "房地产市场监督",
        "construction_permits": "建设领域许可监督",
    }
    for batch in (b for b in ruleset.batch if b.officers == "joint"):
        able = [r for r in officers if titles[batch.sectors[0]] in several(r["执法领域"]) and free(r)]
        assert sum(r["股室"] == batch.lead_section for r in able) >= 4
        assert sum(r["股室"] != batch.lead_section for r in able) >= 4
