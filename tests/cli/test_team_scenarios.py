"""What a ruleset and the rosters can say of officers, each played through to both verifiers."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.bureau import SECTIONS, SECTORS, Bureau, table
from tests.cli.team_bureau import OFFICERS, furnish, officer
from tests.cli.test_teams import FIRST, SECOND, check, rows

GROUNDS = ("kin", "interest", "party", "applied", "other_relation")


def staffed(bureau: Bureau, header: tuple[str, ...], cells: Mapping[int, tuple[str, ...]], count: int = 16) -> None:
    """Officers with more columns; `cells` by number of the officer, the others empty."""
    blank = ("",) * len(header)
    bureau.write(officers=table((*OFFICERS, *header), [[*officer(n), *cells.get(n, blank)] for n in range(count)]))


def ruled(bureau: Bureau, *pairs: tuple[str, str]) -> None:
    """Change the ruleset."""
    path = bureau.folder / "rules" / "teamtest" / "ruleset.toml"
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def sealed_rules(bureau: Bureau, draw: str = FIRST) -> dict[str, Any]:
    return tomllib.loads((bureau.folder / "draws" / draw / "rules.toml").read_text("utf-8"))


def played(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.play("verify", str(bureau.folder), out=["结论 A（计算）：成立"])
    check(bureau, capsys)


def test_each_ground_of_a_recusal_has_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bureau = furnish(tmp_path / "b", "size = 2", places="")
    every = "".join(f'\n[[recusal]]\nrule = "officer_rules.{name}"\n' for name in GROUNDS)
    ruled(bureau, ('rule = "officer_rules.declared"\n', f'rule = "officer_rules.declared"\n{every}'))
    said = {
        1: ("示例1号工程（近亲属）；SG2021-0002（持有其股份）", ""),
        2: ("示例3号工程、示例4号工程", "本人申请"),
        3: ("示例5号工程(企业申请)", ""),
        4: ("示例6号工程", ""),
        5: ("示例7号工程（曾在该单位任职）", ""),
    }
    staffed(bureau, ("回避对象", "回避理由"), said)
    bureau.run("--batch", "spring")
    found = {
        (r["执法检查人员"][-1], r["检查对象"][-1]): (r["规则"], r["原因"]) for r in rows(bureau, FIRST, "recusals.csv")
    }
    assert found == {
        ("2", "1"): ("officer_rules.kin", "近亲属，检查人员名录登记"),
        ("2", "2"): ("officer_rules.interest", "利害关系，检查人员名录登记"),
        ("3", "3"): ("officer_rules.applied", "本人申请，检查人员名录登记"),
        ("3", "4"): ("officer_rules.applied", "本人申请，检查人员名录登记"),
        ("4", "5"): ("officer_rules.party", "当事人申请，检查人员名录登记"),
        ("5", "6"): ("officer_rules.declared", "检查人员名录登记回避"),
        ("6", "7"): ("officer_rules.other_relation", "其他关系，检查人员名录登记"),
    }
    bureau.play(
        "explain", str(bureau.folder), FIRST, "officer:SL202", out=["近亲属，检查人员名录登记，规则 officer_rules.kin"]
    )
    played(bureau, capsys)


def test_kin_are_named_where_they_leave_nobody(tmp_path: Path) -> None:
    bureau = furnish(tmp_path / "b", "size = 2", places="")
    ruled(bureau, ('rule = "officer_rules.declared"\n', 'rule = "officer_rules.kin"\n'))
    everywhere = "；".join(f"示例{n}号工程" for n in range(60) if n % 11 != 5)
    staffed(bureau, ("回避对象", "回避理由"), dict.fromkeys(range(1, 16), (everywhere, "配偶任法定代表人")))
    said = ["SSJ-M00[12]", "近亲属，检查人员名录登记，officer_rules.kin"]
    bureau.run("--batch", "spring", code=1, err=said, absent=["draws", "ledger.jsonl"])


def test_leave_certificates_and_recusals_that_do_nothing_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """March and April: away for all of it, for ten days, for sixteen; a certificate until 15 April."""
    bureau = furnish(tmp_path / "b", "size = 2", places="")
    leave = '\n\n[[eligibility]]\nrule = "officer_rules.leave"\nparams = { tolerance_days = 15 }\n'
    certificate = '[[eligibility]]\nrule = "officer_rules.certificate"'
    ruled(bureau, (certificate, certificate + leave), ('[[recusal]]\nrule = "officer_rules.declared"\n', ""))
    people = [[*officer(n, expiry="2021-04-15" if n == 9 else "长期"), "", ""] for n in range(16)]
    people[1][-2] = "2021-01-01至2021-12-31"
    people[2][-2] = "2021-03-01至2021-03-10"
    people[3][-2] = "2021-04-15至2021-04-30"
    people[4][-1] = "示例6号工程（近亲属）"
    bureau.write(officers=table((*OFFICERS, "请假期间", "回避对象"), people))
    told = [
        "SSJ-S064.*示例癸9 的执法证 2021-04-15", "SSJ-S068.*丙2.*2021-03-01至2021-03-10",
        "SSJ-S067.*1 条回避不起作用，例如 示例戊4 回避 示例6号工程",
    ]  # fmt: skip
    bureau.run("--batch", "spring", err=told)
    out = {r["编号"]: (r["规则"], r["原因"]) for r in rows(bureau, FIRST, "excluded.csv") if "officer" in r["编号"]}
    assert out == {
        "officer:SL202": ("officer_rules.leave", "整个批次都请假"),
        "officer:SL204": ("officer_rules.leave", "本批次内请假16天（超过15天）"),
        "officer:SL210": ("officer_rules.certificate", "执法证有效期止2021-04-15，早于本批次结束"),
    }
    played(bureau, capsys)


@pytest.mark.parametrize("team", ['evenness = "strict"', "widen = 1", "widen = 3"])
def test_how_even_is_as_the_ruleset_says(team: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Few may lead, so that loads have several levels; the loads of spring count in summer."""
    people = [officer(n, lead="是" if n in (0, 4, 8) else "否") for n in range(12)]
    bureau = furnish(tmp_path / "b", f'{team}\nlead = "qualified"\nhistory = "year"', officers=people, places="")
    bureau.run("--batch", "spring")
    bureau.run("--batch", "summer")
    for draw in (FIRST, SECOND):
        sealed = sealed_rules(bureau, draw)["team"]
        assert (sealed["evenness"], sealed.get("widen", 0)) == (
            "strict" if "strict" in team else "range", int(team[-1]) if "widen" in team else 0,
        )  # fmt: skip
        loads = {r["编号"]: int(r["已有次数"]) for r in rows(bureau, draw, "officers.csv")}
        given = Counter(r["执法检查人员"] for r in rows(bureau, draw))
        share = tomllib.loads((bureau.folder / "draws" / draw / "record.toml").read_text("utf-8"))["matching"]["share"]
        assert all(s["low"] <= given[s["officer"]] <= s["high"] for s in share)
        total = sorted(
            loads[o] + given[o] for o in loads if o not in ("officer:SL201", "officer:SL205", "officer:SL209")
        )
        if "widen" not in team:
            assert total[-1] - total[0] <= 1, "whoever does not lead has as much as his mates"
    played(bureau, capsys)


def test_the_lead_knows_the_field_and_every_department_has_a_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only two of the leading section know safety; experts go along where their sector is inspected."""
    places = f"""
[[batch.place]]
sections = ["{SECTIONS[0]}"]
lead = true
field = "construction_safety"

[[batch.place]]
sections = ["{SECTIONS[1]}"]

[[batch.place]]
sections = ["{SECTIONS[2]}"]

[[batch.place]]
other_than = ["{SECTIONS[0]}"]
"""
    people = [officer(n) for n in range(16)]
    for n in range(16):
        people[n][5] = "、".join(s for s in SECTORS if s != SECTORS[1] or n in (0, 8, 2))
    expert, helper = officer(30, kind="专家"), officer(31, kind="辅助人员")
    expert[5] = SECTORS[1]
    bureau = furnish(tmp_path / "b", 'avoid = "last-team"', officers=[*people, expert, helper], places=places)
    bureau.run("--batch", "spring", err=["SSJ-M011.*主办.*2 人可派"])
    bureau.run("--batch", "summer")
    for draw in (FIRST, SECOND):
        seats: dict[str, dict[str, str]] = {r["席位"]: {} for r in rows(bureau, draw)}
        for r in rows(bureau, draw):
            seats[r["席位"]][r["执法检查人员"]] = r["股室"]
        assert set(seats["1"]) <= {"officer:SL201", "officer:SL209"}
        assert [set(seats[n].values()) for n in "123"] == [{SECTIONS[0]}, {SECTIONS[1]}, {SECTIONS[2]}]
        assert SECTIONS[0] not in seats["4"].values()
        team = sealed_rules(bureau, draw)["team"]
        assert {c["id"]: c.get("sectors", []) for c in team["companions"]} == {
            "officer:G30": ["construction_safety"],
            "officer:G31": sorted(
                ["construction_market", "construction_safety", "engineering_standards", "real_estate",
                 "construction_permits"]
            ),
        }  # fmt: skip
    assert sealed_rules(bureau, SECOND)["team"]["avoid"]
    played(bureau, capsys)


def test_a_team_larger_than_its_section_is_told_in_one_sentence(tmp_path: Path) -> None:
    bureau = furnish(tmp_path / "b", "size = 3", officers=[officer(n) for n in range(8)], places="")
    ruled(bureau, ("joint = true", 'joint = false\nofficers = "own-section"'))
    said = ["SSJ-M014.*要 3 名“股室建筑业管理股”的人员，名录里能参加的只有 2 名", "staffing.json"]
    bureau.run("--batch", "spring", code=1, err=said, absent=["draws", "ledger.jsonl"])


def test_somebody_twice_is_refused_whatever_number_is_the_other(tmp_path: Path) -> None:
    people = [officer(n) for n in range(8)]
    people[4][1], people[4][0] = people[0][1], people[0][0]
    people[5][3] = people[2][3]
    people[6][2] = people[3][2].lower()
    bureau = furnish(tmp_path / "b", "size = 2", officers=people, places="")
    said = ["SSJ-R081.*两次", "SSJ-R083.*工号 G2 与第 4 行相同", "SSJ-R015.*SL204"]
    bureau.run("--batch", "spring", code=3, err=said, absent=["draws", "ledger.jsonl"])
