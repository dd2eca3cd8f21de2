"""Teams as a ruleset says them, played through: sealed, drawn, verified by both programs, and refused in words."""

import csv
import hashlib
import io
import json
import re
import tomllib
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ssj_core.entropy.grammar import BEIJING
from tests.cli.bureau import SECTIONS, Bureau, snapshot, table
from tests.cli.team_bureau import furnish, officer
from tests.unit import test_staffing as staff
from tests.verifiers.independent import SSJ, run

FIRST, SECOND = "t-2021-spring-1", "t-2021-summer-1"
ALL = 'lead = "qualified"\nhistory = "year"\nmost = 9\nmost_per_year = 12\navoid = "last-team"\nwiden = 1'


def rows(bureau: Bureau, draw: str, name: str = "teams.csv") -> list[dict[str, str]]:
    text = (bureau.folder / "draws" / draw / name).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def check(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    """Both programs hold everything."""
    bureau.check()
    assert SSJ.verify(bureau.folder) == "holds", capsys.readouterr().out


def counted(proof: Path, bureau: Bureau) -> None:
    """The proof holds for both programs, as a file; with another cap or a place less it does not."""
    bureau.play("verify", str(proof), out=["√ 第 1 处", "结论 A（计算）：成立", "与名录和规则对照"])
    assert run(proof).returncode == 0
    whole = json.loads(proof.read_bytes())
    for change in ("places", "capacity"):
        spoiled = [
            {**one, "places": one["places"][1:]} if change == "places" else {**one, "capacity": one["capacity"] + 1}
            for one in whole["bottlenecks"]
        ]
        other = {**whole, "bottlenecks": spoiled}
        text = json.dumps(other, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
        aside = bureau.folder.parent / "spoiled.json"
        aside.write_bytes(text.encode())
        bureau.play("verify", str(aside), code=1, out=["SSJ-V119", "不成立"])
        assert run(aside).returncode == 1
    aside.write_bytes(b"{}")
    bureau.play("--lang", "en", "verify", str(aside), code=3, out=["SSJ-V118", "could not tell"])
    assert run(aside).returncode == 3
    bureau.play("verify", str(proof), "--commitment", "0" * 64, code=2)


def test_departments_leads_rotation_limits_and_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [officer(n, lead="是" if n % 8 == 0 else "否") for n in range(16)]
    people[15] = officer(15, expiry="2021-04-15")
    bureau = furnish(tmp_path / "b", ALL, officers=[*people, officer(30, kind="专家"), officer(31, kind="辅助人员")])
    bureau.run("--batch", "spring", err=["SSJ-S064.*庚?.*2021-04-15", "SSJ-M011.*主办.*2 人可派"])
    first = rows(bureau, FIRST)
    leads = {"officer:SL201", "officer:SL209"}
    assert {r["执法检查人员"] for r in first if r["席位"] == "1"} <= leads
    assert {r["股室"] for r in first if r["席位"] == "1"} == {SECTIONS[0]}
    assert {r["股室"] for r in first if r["席位"] == "2"} <= set(SECTIONS[1:3])
    assert {int(r["执法检查人员"][-3:]) % 2 for r in first if r["席位"] == "3"} == {0}
    rules = (bureau.folder / "draws" / FIRST / "rules.toml").read_text("utf-8")
    assert re.search(r'id = "officer:G30"\nkind = "专家"', rules)
    assert not {"officer:G30", "officer:G31"} & {r["执法检查人员"] for r in first}
    assert "officer:SL216" not in {r["编号"] for r in rows(bureau, FIRST, "officers.csv")}
    bureau.run("--batch", "summer")
    second = rows(bureau, SECOND)
    before: dict[str, set[str]] = {}
    for r in first:
        before.setdefault(r["检查对象"], set()).add(r["执法检查人员"])
    assert all(r["执法检查人员"] not in before.get(r["检查对象"], ()) for r in second)
    done = Counter(r["执法检查人员"] for r in first)
    for r in rows(bureau, SECOND, "officers.csv"):
        assert int(r["已有次数"]) == done[r["编号"]]
        assert int(r["本次上限"]) <= 12 - done[r["编号"]]
    if {r["检查对象"] for r in first} & {s["编号"] for s in rows(bureau, SECOND, "subjects.csv")}:
        told = [r for r in rows(bureau, SECOND, "recusals.csv") if r["规则"] == "officer_rules.rotation"]
        assert told
        assert all(re.search(rf"2021-04-30，{FIRST}", r["原因"]) for r in told)
    assert "[team.avoid]" in (bureau.folder / "draws" / SECOND / "rules.toml").read_text("utf-8")
    bureau.play("verify", str(bureau.folder), out=["成立"])
    say = ["检查组是怎样抽出来的", "随行，不计入检查人员：专家 示例甲30、辅助人员 示例乙31", "sha256sum"]
    bureau.play("explain", str(bureau.folder), FIRST, first[0]["检查对象"], out=say)
    check(bureau, capsys)


def test_a_team_nobody_can_complete_is_told_and_kept_beside_the_plan(tmp_path: Path) -> None:
    people = [officer(n, lead="否") for n in range(16)]
    bureau = furnish(tmp_path / "b", 'lead = "qualified"', officers=people)
    before = snapshot(bureau.folder)
    note, proof = f"notices/{FIRST}.staffing.txt", f"notices/{FIRST}.staffing.json"
    bureau.run("--batch", "spring", "--dry-run", code=1, err=["SSJ-M002"])
    assert snapshot(bureau.folder) == before
    said_too = ["SSJ-M002", "主办资格", "→ ", "staffing.txt", "ssj-core verify .*staffing.json"]
    bureau.run("--batch", "spring", code=1, err=said_too, there=[note, proof])
    text = (bureau.folder / note).read_text("utf-8-sig")
    for said in ("没有抽取", "增加 1 名", "nothing was drawn", "add one officer", "［主办资格］"):
        assert said in text, text
    after = snapshot(bureau.folder)
    assert set(after) - set(before) == {"notices", note, proof}
    counted(bureau.folder / proof, bureau)
    bureau.play(
        "--lang", "en", "commit", bureau.plan, "--batch", "spring", code=1, err=["SSJ-M002", "nothing was drawn"]
    )
    bureau.write(officers=(furnish(tmp_path / "c", "").folder / "officers.csv").read_bytes())
    bureau.run("--batch", "spring")
    bureau.check()


def test_limits_that_may_not_suffice_are_refused_before_anything_is_sealed(tmp_path: Path) -> None:
    """Three are drawn, and two officers may lead, once each."""
    bureau = furnish(tmp_path / "b", "most = 1", officers=[officer(n) for n in range(8)])
    said = ["SSJ-M012", "SSJ-M001", "合计至多", "示例甲0"]
    bureau.run("--batch", "spring", code=1, err=said, absent=["draws", "sealed", "ledger.jsonl"])
    counted(bureau.folder / f"notices/{FIRST}.staffing.json", bureau)


def test_a_limit_of_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [officer(n, most="0" if n == 3 else "不限") for n in range(16)]
    bureau = furnish(tmp_path / "b", "size = 2", officers=people)
    bureau.run("--batch", "spring", err=["SSJ-S065.*3"])
    assert "officer:SL204" not in {r["执法检查人员"] for r in rows(bureau, FIRST)}
    check(bureau, capsys)


def test_one_possible_officer_is_no_lot(tmp_path: Path) -> None:
    people = [officer(n, lead="是" if n == 0 else "否") for n in range(16)]
    bureau = furnish(tmp_path / "b", 'lead = "qualified"', officers=people)
    bureau.play(
        "commit", bureau.plan, "--batch", "spring", err=["SSJ-M010.*主办.*只有 示例甲0（officer:SL201） 一人可派"]
    )
    bureau.run("--batch", "spring")
    assert {r["执法检查人员"] for r in rows(bureau, FIRST) if r["席位"] == "1"} == {"officer:SL201"}
    bureau.check()


def test_dummy_draws_find_what_no_single_kind_shows() -> None:
    """Two kinds of subjects, each staffed alone; together they use up the officer they share."""
    people = [staff.officer(n, cap=3) for n in (1, 2, 3)]
    kinds = [staff.subject(n) for n in range(8)]
    recusals = [staff.recusal(n, 1 if n < 3 else 2) for n in range(6)]
    found = staff.refused(staff.sealed(kinds, people, recusals, classes=[staff.klass("x", "1/2")]))
    assert {p.code for p in found.problems} == {"SSJ-M001", "SSJ-M013"}


def test_places_keep_their_rules_when_officers_are_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lead by one who may lead, a department by its own; if nobody is left, the shortest exchange is proposed."""
    people = [officer(n, lead="是" if n in (0, 4, 8) else "否") for n in range(16)]
    bureau = furnish(tmp_path / "b", 'lead = "qualified"\navoid = "last-team"', officers=people)
    bureau.run("--batch", "spring")
    why = ("--reason", "leave", "--document", "请假条 1 号", "--by", "办公室")
    out = rows(bureau, FIRST)[0]["执法检查人员"]
    bureau.play("replace", bureau.plan, FIRST, out, *why, out=["改派", "其余检查对象和席位都没有变"])
    after = rows(bureau, FIRST, "replacements/1/teams.csv")
    for old, new in zip(rows(bureau, FIRST), after, strict=True):
        assert old == new or (old["执法检查人员"] == out and new["分工"] == old["分工"])
        assert new["席位"] != "1" or new["执法检查人员"] in {"officer:SL201", "officer:SL205", "officer:SL209"} - {out}
    left = sorted({"officer:SL201", "officer:SL205", "officer:SL209"} - {out})
    bureau.play("replace", bureau.plan, FIRST, left[0], *why)
    before, proof = snapshot(bureau.folder), f"notices/{FIRST}.replace.staffing.json"
    bureau.play("replace", bureau.plan, FIRST, left[1], *why, code=1, err=["SSJ-M00[12]", "主办资格"])
    added = set(snapshot(bureau.folder)) - set(before)
    assert added == {proof, proof.replace(".json", ".txt")}
    assert {name: data for name, data in snapshot(bureau.folder).items() if name in before} == before
    counted(bureau.folder / proof, bureau)
    bureau.play("verify", str(bureau.folder), out=["2 次替换"])
    check(bureau, capsys)


def test_limits_of_a_week_and_a_year_say_whom_they_bind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nine weeks, then thirteen: whoever went in spring has less left of the year, and is told why."""
    people = [officer(n, most="1" if n == 5 else "") for n in range(8)]
    bureau = furnish(tmp_path / "b", "most = 3\nmost_per_week = 1\nmost_per_year = 2", officers=people, places="")
    bureau.run("--batch", "spring")
    rules = tomllib.loads((bureau.folder / "draws" / FIRST / "rules.toml").read_text("utf-8"))
    found = {
        one["per"]: (one.get("most"), one["periods"], len(one.get("bound", ()))) for one in rules["team"]["limits"]
    }
    assert found == {"draw": (3, 1, 0), "person": (None, 1, 1), "week": (1, 9, 0), "year": (2, 1, 7)}
    done = Counter(r["执法检查人员"] for r in rows(bureau, FIRST))
    bureau.run(
        "--batch", "summer", err=[r"SSJ-S065.*每年至多 2 次，本批次含 1 年，共 2 次"] if 2 in done.values() else []
    )
    for r in rows(bureau, SECOND, "officers.csv"):
        assert int(r["本次上限"]) == min(1 if r["编号"] == "officer:SL206" else 3, 2 - done[r["编号"]])
    said = ["上限的由来：每年至多 2 次，本批次含 1 年，共 2 次，以前的计入"]
    bureau.play("explain", str(bureau.folder), SECOND, "officer:SL201", out=said)
    said = ["每周至多 1 次，本批次含 9 周"]
    bureau.play("rules", "show", bureau.plan, "--batch", "spring", out=said, env={"COLUMNS": "200"})
    bureau.play("replay", bureau.plan, "--against", str(bureau.folder / "draws" / SECOND), out=["."])
    check(bureau, capsys)


PAST = ("统一社会信用代码/编号", "单位名称", "检查时间", "检查人员")


def went(number: int, day: str, *officers: int, name: bool = False) -> list[str]:
    """A row of the office's own list: subject `number`, and officers by number."""
    who = [officer(n)[0] if name else officer(n)[2] for n in officers]
    return ["" if name else f"SG2021-{number:04}", f"示例{number}号工程", day, "、".join(who)]


def listing(bureau: Bureau, past: list[list[str]]) -> None:
    """Put the list beside the plan, and into it."""
    bureau.write(past=table(PAST, past))
    plan = (bureau.folder / "plan.toml").read_text("utf-8")
    table_of = '[rosters.inspections]\nfile = "past.csv"\ncolumns = { "统一社会信用代码/编号" = "permit" }\n'
    if "inspections" not in plan:
        bureau.write(plan=plan.replace("\n[[entropy]]", f"\n{table_of}\n[[entropy]]", 1))


def test_inspections_of_before_come_from_a_list_of_the_office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rotation, loads, limits and colleagues see them; the record says which row of which file it was."""
    team = 'history = "year"\nmost_per_year = 9\navoid = "last-team"'
    bureau = furnish(tmp_path / "b", team, places="")
    past = [went(n, "2020年9月1日", n % 16, (n + 1) % 16, name=n % 2 == 0) for n in range(60)]
    past += [went(7, "2021.1.20", 3, 4), went(8, "2021-02-01", 3), ["SG1999-1", "关了的工程", "2020-01-01", "谁也不是"]]
    listing(bureau, past)
    bureau.play("rosters", "check", "--plan", bureau.plan, out=["往次检查名单"], err=["SSJ-R090", "SSJ-R091"])
    bureau.run("--batch", "spring", err=["SSJ-R090.*64", "SSJ-R091.*谁也不是"])
    told = {(r["检查对象"], r["执法检查人员"]): r["原因"] for r in rows(bureau, FIRST, "recusals.csv")}
    assert told["permit:SG2021-0007", "officer:SL204"] == "上次检查过该对象（2021-01-20，past.csv第62行）"
    assert ("permit:SG2021-0007", "officer:SL208") not in told
    assert told["permit:SG2021-0010", "officer:SL211"] == "上次检查过该对象（2020-09-01，past.csv第12行）"
    loads = {r["编号"]: int(r["已有次数"]) for r in rows(bureau, FIRST, "officers.csv")}
    assert loads == {f"officer:SL{201 + n}": {3: 2, 4: 1}.get(n, 0) for n in range(16)}
    rules = tomllib.loads((bureau.folder / "draws" / FIRST / "rules.toml").read_text("utf-8"))
    (pin,) = (p for p in rules["rosters"] if p["role"] == "inspections")
    data = (bureau.folder / "past.csv").read_bytes()
    assert (pin["file"], pin["sha256"], pin["rows"]) == ("past.csv", hashlib.sha256(data).hexdigest(), 63)
    assert rules["team"]["avoid"]["officer:SL204"] == ["officer:SL205"]
    assert all((r["检查对象"], r["执法检查人员"]) not in told for r in rows(bureau, FIRST))
    bureau.play("replay", bureau.plan, "--against", str(bureau.folder / "draws" / FIRST), out=["."])
    listing(bureau, past[1:])
    bureau.play("replay", bureau.plan, "--against", str(bureau.folder / "draws" / FIRST), code=3, out=["SSJ-A022"])
    check(bureau, capsys)


def test_what_the_ledger_has_is_not_counted_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bureau = furnish(tmp_path / "b", 'history = "year"', places="")
    listing(bureau, [went(1, "2020-09-01", 1)])
    bureau.run("--batch", "spring")
    done = Counter(r["执法检查人员"] for r in rows(bureau, FIRST))
    numbers = sorted({int(r["检查对象"][-4:]) for r in rows(bureau, FIRST)})
    again = [went(n, "2021-04-01", 1, 2) for n in numbers]
    listing(bureau, [*again, went(numbers[0], "2021-05-06", 5)])
    bureau.run("--batch", "summer")
    done["officer:SL206"] += 1
    assert {r["编号"]: int(r["已有次数"]) for r in rows(bureau, SECOND, "officers.csv")} == {
        f"officer:SL{201 + n}": done[f"officer:SL{201 + n}"] for n in range(16)
    }
    check(bureau, capsys)


def test_a_list_of_the_office_that_is_wrong_stops_the_draw(tmp_path: Path) -> None:
    bureau = furnish(tmp_path / "b", "size = 2", places="")
    tomorrow = (datetime.now(BEIJING) + timedelta(days=2)).date().isoformat()
    listing(bureau, [went(1, tomorrow, 1)])
    bureau.run("--batch", "spring", code=3, err=["SSJ-R093.*还没有到"], absent=["draws", "ledger.jsonl"])
    listing(bureau, [went(1, "", 1)])
    bureau.run("--batch", "spring", code=3, err=["past.csv", "SSJ-R092.*没有检查日期"], absent=["draws"])
    (bureau.folder / "past.csv").unlink()
    bureau.run("--batch", "spring", code=3, err=["SSJ-F001"], absent=["draws"])
    plan = (bureau.folder / "plan.toml").read_text("utf-8")
    derive = 'derive = [{ field = "kind", value = "x", column = "y", contains = ["z"] }]\n\n[[entropy]]'
    bureau.write(plan=plan.replace("\n[[entropy]]", derive, 1))
    bureau.run("--batch", "spring", code=3, err=["SSJ-P032"], absent=["draws"])
