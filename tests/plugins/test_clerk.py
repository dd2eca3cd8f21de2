"""A bureau without a programmer: a folder of TOML alone carries out a batch, from filters to result codes."""

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from ssj_core.ratios import round_ratio
from ssj_core.rules.effective import EffectiveRules, decode_rules
from ssj_core.tables import ExcludedRow, SubjectRow, decode_table
from tests.cli.bureau import Bureau, table
from tests.verifiers.independent import run

CLERK = Path(__file__).parent / "clerk"
HEADERS = ("编号", "名称", "类型", "监管类别", "经营类型", "信用风险等级", "年木材量", "许可证发证日期", "联系电话")
OFFICERS = ("姓名", "股室", "执法证号", "有效期止", "执法领域", "林政培训日期", "从事林业年数")
TYPES = ("锯材加工", "人造板", "木材销售", "")
Row = list[str]


def firm(n: int) -> Row:
    """A firm; every ninth is small, every thirteenth has a new licence, every seventh has no class."""
    licence = date(2026, 1, 5) if n % 13 == 0 else date(2020, 1, 1) + timedelta(days=n)
    return [
        f"LY-{n:04}", f"第{n}号木材厂", "木材加工企业", "木材", TYPES[n % 4], "" if n % 7 == 0 else "ABCD"[n % 5 % 4],
        str(90 + n % 9 * 10), licence.isoformat(), f"139{n:08}",
    ]  # fmt: skip


def officer(n: int) -> Row:
    """One in three is of another section; one was trained long ago, another is new."""
    name, section = f"示例{'甲乙丙丁戊己庚辛壬癸'[n]}", ("林政股", "资源股", "乡镇站")[n % 3]
    trained, years = "2019-05-06" if n == 7 else "2025-05-06", "0" if n == 9 else str(n + 1)
    return [name, section, f"LY{n:03}", "长期", "林业", trained, years]


def yard(n: int, owner: str) -> Row:
    return [f"LC-{n:04}", f"第{n}号料场", "料场", "木材", "", "", "500", "2020-01-01", "", owner]


def furnish(folder: Path, firms: Iterable[Row] = tuple(map(firm, range(1, 201)))) -> Bureau:
    shutil.copytree(CLERK, folder, dirs_exist_ok=True)
    bureau = Bureau(folder)
    bureau.write(subjects=table((*HEADERS, "所属企业"), firms), officers=table(OFFICERS, map(officer, range(10))))
    return bureau


def sealed(folder: Path, batch: str = "timber") -> tuple[EffectiveRules, dict[str, bytes]]:
    draw = folder / "draws" / f"ly-2026-{batch}-1"
    files = {p.name: p.read_bytes() for p in draw.iterdir() if p.is_file()}
    return decode_rules(files["rules.toml"], "rules.toml"), files


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_batch_by_toml_alone(tmp_path: Path) -> None:
    """Everybody is where the tables put them: filters, classes by two columns, ratios with their floors."""
    bureau = furnish(tmp_path)
    bureau.run("--batch", "timber")
    rules, files = sealed(tmp_path)
    firms = {f"permit:LY-{n:04}": firm(n) for n in range(1, 201)}
    out = {e.id: e for e in decode_table(ExcludedRow, files["excluded.csv"])}
    assert {i for i, e in out.items() if e.rule == "forestry.large"} == {
        i for i, row in firms.items() if int(row[6]) < 100
    }
    assert next(e for e in out.values() if e.rule == "forestry.large").reason == (
        "年加工（经营）量不足 100 立方米（年木材量：90）"
    )
    assert "新发证（发证日期：2026-01-05）" in {e.reason for e in out.values()}
    assert {e.name for e in out.values() if e.rule == "forestry.field"} == {"示例丙", "示例己", "示例壬"}
    assert {e.name: e.reason for e in out.values() if e.rule == "forestry.trained"} == {
        "示例辛": "林政培训已过期，或从事林业不满一年（林政培训日期：2019-05-06）",
        "示例癸": "林政培训已过期，或从事林业不满一年（从事林业年数：0）",
    }
    pool = decode_table(SubjectRow, files["subjects.csv"])
    assert {s.id for s in pool} | {i for i in out if i.startswith("permit:")} == set(firms)
    for subject in pool:
        row = firms[subject.id]
        assert subject.stratum == ("加工·" if row[4] in TYPES[:2] else "经营·") + (row[5] or "B")
    counts = Counter(s.stratum for s in pool)
    drawn = Counter(row["分层"] for row in rows(files["drawn.csv"]) if row["结果"] == "抽中")
    assert drawn["加工·D"] == counts["加工·D"] > 0
    assert drawn["加工·A"] == counts["加工·A"] // 10
    assert drawn["加工·B"] == -(-counts["加工·B"] // 5)
    for one in rules.ratio.classes:
        if one.id.startswith("经营"):
            assert drawn[one.id] == round_ratio(one.ratio * counts[one.id], "up")
    bureau.check()


def test_what_was_applied_stands_in_the_record_in_words(tmp_path: Path) -> None:
    bureau = furnish(tmp_path)
    bureau.run("--batch", "timber")
    rules, files = sealed(tmp_path)
    said = {rule.id: rule.says for rule in rules.stated}
    assert said["forestry.large"] == "只留下检查对象中年木材量不少于100的"
    assert said["forestry.by_type_and_risk"].startswith("按经营类型（锯材加工、人造板归入加工")
    assert all(rule.basis for rule in rules.stated)
    assert rules.results is not None
    assert [c.platform_code for c in rules.results.codes] == ["1", "5"]
    assert rules.checklists[0].items[0].materials == ("进货台账", "营业执照")
    assert not any(b"139000" in data for data in files.values()), "no telephone in anything"
    bureau.check()


def test_where_all_are_inspected_the_lot_gives_the_order_of_visits(tmp_path: Path) -> None:
    """Ratio 100 %: everybody is drawn, in the order of the tickets, which nobody chose; no reserve is left."""
    bureau = furnish(tmp_path)
    bureau.run("--batch", "timber")
    _, files = sealed(tmp_path)
    visits = [row for row in rows(files["drawn.csv"]) if row["分层"] == "加工·D"]
    assert len(visits) > 5
    assert [row["序号"] for row in visits] == [str(n) for n in range(1, len(visits) + 1)]
    assert {row["结果"] for row in visits} == {"抽中"}
    assert [row["签号"] for row in visits] == sorted(row["签号"] for row in visits)
    assert [row["编号"] for row in visits] != sorted(row["编号"] for row in visits)
    bureau.check()


def test_a_small_class_is_drawn_whole(tmp_path: Path) -> None:
    few = [[*firm(n)[:4], "人造板", "C" if n < 5 else "B", "500", "2020-01-01", ""] for n in range(1, 30)]
    bureau = furnish(tmp_path, few)
    bureau.run("--batch", "timber")
    _, files = sealed(tmp_path)
    assert Counter(row["分层"] for row in rows(files["drawn.csv"]) if row["结果"] == "抽中") == {
        "加工·B": 5,
        "加工·C": 4,
    }
    bureau.check()


def test_more_tickets_for_more_risk(tmp_path: Path) -> None:
    """The class decides how many tickets; what they come to can be looked up in the record and asked for."""
    bureau = furnish(tmp_path)
    bureau.run("--batch", "weighted")
    rules, files = sealed(tmp_path, "weighted")
    assert rules.weights is not None
    assert rules.weights.classes == {"A": 1, "B": 1, "C": 3, "D": 6, "未评级": 1}
    tickets = {row["编号"]: int(row["签数"]) for row in rows(files["tickets.csv"])}
    pool = {s.id: s for s in decode_table(SubjectRow, files["subjects.csv"])}
    assert tickets == {i: {"C": 3, "D": 6}.get(s.risk_class, 1) for i, s in pool.items()}
    first = rows(files["drawn.csv"])[0]["编号"]
    draw = str(tmp_path / "draws" / "ly-2026-weighted-1")
    said = bureau.play("explain", draw, first, out=[f"有 {tickets[first]} 张签", "排第一的机会是"]).stdout
    winning = re.search(r"printf '%s%s' ([0-9a-f]{32}) (\S+) \| sha256sum", said)
    assert winning is not None
    assert sha256((winning[1] + winning[2].strip("'")).encode()).hexdigest() == rows(files["drawn.csv"])[0]["签号"]
    proof = tmp_path / "proof.json"
    bureau.play("proof", draw, first, "--output", str(proof))
    assert f"\\t{tickets[first]}" in proof.read_text(encoding="utf-8")
    bureau.play("verify", "--proof", str(proof), out=[f"{tickets[first]} 张签"])
    bureau.play("lists", draw)
    listed = machine(tmp_path, "drawn")
    assert {row["id"]: int(row["tickets"]) for row in listed} == {i: tickets[i] for i in (r["id"] for r in listed)}
    assert all(int(row["tickets"]) == tickets[row["id"]] for row in machine(tmp_path, "reserve"))
    assert run(tmp_path / "draws" / "ly-2026-weighted-1").returncode == 0
    bureau.check()


def test_a_firm_then_one_of_its_yards(tmp_path: Path) -> None:
    firms = [[*firm(n), ""] for n in range(1, 61)]
    yards = [yard(n, firms[n % 60][1] if n % 3 else firms[n % 60][0]) for n in range(150)]
    lost = [yard(500, "没有这家"), yard(501, "")]
    bureau = furnish(tmp_path, [*firms, *yards, *lost])
    bureau.run("--batch", "yards", out=["第二阶段：抽中的对象共抽出 [1-9]"])
    rules, files = sealed(tmp_path, "yards")
    assert rules.second_stage is not None
    assert not any(s.kind == "料场" for s in decode_table(SubjectRow, files["subjects.csv"]))
    assert len(rows(files["sites.csv"])) == 150
    reasons = {e.id: (e.rule, e.reason) for e in decode_table(ExcludedRow, files["excluded.csv"])}
    assert reasons["permit:LC-0500"] == ("core.no_subject", "所属企业“没有这家”不在本批次的抽取范围，或有重名")
    assert reasons["permit:LC-0501"] == ("core.no_subject", "名录没有填所属企业")
    listed = [row["编号"] for row in rows(files["drawn.csv"])]
    of = {row["编号"]: row["所属对象"] for row in rows(files["sites.csv"])}
    places = rows(files["site_draws.csv"])
    assert all(of[row["编号"]] == row["检查对象"] for row in places)
    for subject in listed:
        mine = [row for row in places if row["检查对象"] == subject]
        assert [row["结果"] for row in mine[:1]] == (["抽中"] if subject in of.values() else [])
        assert all(row["结果"] == "递补" for row in mine[1:])
        assert [row["签号"] for row in mine] == sorted(row["签号"] for row in mine)
    draw = str(tmp_path / "draws" / "ly-2026-yards-1")
    drawn = next(row for row in places if row["结果"] == "抽中" and row["检查对象"] == listed[0])
    bureau.play("lists", draw)
    printed = machine(tmp_path, "sites")
    visited = {row["编号"] for row in rows(files["drawn.csv"]) if row["结果"] == "抽中"}
    assert {(r["id"], "permit:" + r["site"], r["outcome"], r["ticket"]) for r in printed} == {
        (row["检查对象"], row["编号"], row["结果"], row["签号"]) for row in places if row["检查对象"] in visited
    }
    book = openpyxl.load_workbook(next((tmp_path / "名单").rglob("抽中名单.xlsx")))
    assert book.sheetnames == ["抽中名单", "抽中项目"]
    bureau.play("explain", draw, drawn["名称"], out=["抽中", "先抽企业，再抽项目"])
    said = bureau.play("explain", draw, listed[0], out=["第二阶段", drawn["签号"]]).stdout
    command = re.findall(r"printf '%s%s' ([0-9a-f]{32}) (\S+) \| sha256sum", said)[-1]
    assert sha256("".join(command).encode()).hexdigest() == drawn["签号"]
    assert run(tmp_path / "draws" / "ly-2026-yards-1").returncode == 0
    bureau.check()


def machine(folder: Path, name: str) -> list[dict[str, str]]:
    (found,) = (folder / "名单").glob(f"*/机读/{name}.csv")
    return rows(found.read_bytes())


def test_the_notice_says_who_has_more_tickets_and_that_there_are_two_stages(tmp_path: Path) -> None:
    firms = [[*firm(n), ""] for n in range(1, 61)]
    bureau = furnish(tmp_path, [*firms, *(yard(n, firms[n % 60][0]) for n in range(90))])
    for batch, words in (
        (
            "weighted",
            ["签数不等：“按信用风险.*A 1 张，.*C 3 张，D 6 张.*合计 \\d+ 张", "not one ticket each: .*D 6.* in all"],
        ),
        ("yards", ["分两步抽取：.*料场里抽 1 个；共封存 90 个，见 sites.csv", "two stages: .*90 are sealed"]),
    ):
        bureau.play("commit", bureau.plan, "--batch", batch, out=words[:1])
        notice = next((tmp_path / "notices").glob(f"*{batch}*.txt")).read_text(encoding="utf-8")
        assert all(re.search(word, notice) for word in words)
    bureau.run("--batch", "weighted", "--batch", "yards")
    bureau.check()


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit("plan.toml", '"许可证发证日期" = "发证日期"', '"许可证发证日期" = "发证日"'), "SSJ-R007.*发证日期"),
        (edit("plan.toml", 'columns = { "许可证发证日期" = "发证日期" }', ""), "SSJ-R060.*发证日期.*许可证发证日期"),
        (edit("subjects.csv", "年木材量", "木材量"), "SSJ-R060.*年木材量.*木材量"),
        (edit("officers.csv", "从事林业年数", "林业年数"), "SSJ-R060.*从事林业年数.*林业年数.*rosters.officers"),
        (edit("subjects.csv", "信用风险等级", "信用"), 'SSJ-R060.*信用风险等级.*"信用" = "risk_class"'),
        (edit("officers.csv", ",股室,", ",所在处,"), "SSJ-R060.*股室.*rosters.officers"),
        (edit("officers.csv", "2019-05-06", "前年"), "SSJ-R027.*前年"),
        (edit("rules/filters/trained.toml", "林政培训日期", "请假期间"), "SSJ-S037.*请假期间"),
        (edit("subjects.csv", ",100,", ",一百方,"), "SSJ-R061.*一百方"),
        (edit("subjects.csv", "2020-01-02", "去年"), "SSJ-R027.*去年"),
        (edit("rules/filters/new.toml", "column",
              'column = "年木材量"\nbefore = 2026-01-01\n\n[[in_force.leave_out]]\ncolumn'),
         "SSJ-S047.*年木材量"),
        (edit("rules/filters/new.toml", "since = 2026-01-01", "since = 2026-03-03"), "SSJ-S020.*forestry.new"),
        (edit("rules/strata.toml", "2026-12-31", "2026-02-28"), "SSJ-S021.*by_type_and_risk"),
        (edit("rules/ssj-plugin.toml", 'filters = ["filters/*.toml"]\n', ""),
         r'SSJ-G024.*rules/ssj-plugin.toml.*filters = \["filters/new.toml"\].*SSJ-G009.*forestry.field'),
        (edit("rules/weights.toml", "= 6", "= 65"), "SSJ-S044.*65"),
        (edit("rules/weights.toml", "= 6", "= 0"), "SSJ-S044.*0"),
        (edit("rules/weights.toml", '"C" = 3', '"D" = 3'), "SSJ-P002"),
        (edit("rules/ruleset.toml", "count = 1", "count = 0"), "SSJ-S046.*yards"),
        (edit("rules/ruleset.toml", '"forestry.tickets"', '"forestry.ticket"'), "SSJ-G009.*forestry.tickets"),
        (edit("rules/ruleset.toml", '"forestry.results"', '"ratio_rules.common"'),
         "SSJ-G009.*ratio_rules.common.*是不是 [^？]*result_codes.common"),
        (edit("rules/ratios.toml", '"*" =', '"经营·A" ='), "SSJ-S022.*经营·"),
    ],
)  # fmt: skip
def test_what_a_tired_clerk_is_told(tmp_path: Path, change: Callable[[Path], None], said: str) -> None:
    bureau = furnish(tmp_path)
    change(tmp_path)
    in_the_rules = re.match("SSJ-(S04[46]|S037|P002)", said)  # the folder of rules cannot be used then
    bureau.run(
        "--batch", "timber", code=4 if in_the_rules else 3, err=[f"(?s){said}"], absent=["draws", "ledger.jsonl"]
    )


def test_the_rules_are_told_before_anything_is_drawn(tmp_path: Path) -> None:
    bureau = furnish(tmp_path)
    words = ["年木材量不少于", "经营类型（锯材加工", "C 3，D 6，其余各类 1", "每个对象的料场抽 1 个"]
    bureau.play("rules", "show", bureau.plan, out=words, env={"COLUMNS": "240"})


def test_a_second_stage_without_sites_and_weights_without_a_class(tmp_path: Path) -> None:
    bureau = furnish(tmp_path)
    bureau.run(
        "--batch", "yards", code=3, err=["SSJ-S045.*料场|料场.*SSJ-S045", "“类型”是料场的一行也没有"], absent=["draws"]
    )
    edit("rules/weights.toml", '"*" = 1', '"A" = 1')(tmp_path)
    bureau.run("--batch", "weighted", code=3, err=["SSJ-S022"], absent=["draws"])


def test_a_filter_of_firms_that_takes_out_every_site_is_named_and_the_guide_says_how_to_write_it(
    tmp_path: Path,
) -> None:
    """A site has nothing in a column of firms: `keep` takes it out, `leave_out` of who is no site does not."""
    firms = [firm(n) for n in range(1, 41)]
    bureau = furnish(tmp_path, [*firms, *(yard(n, f"第{n}号木材厂") for n in range(1, 41))])
    asked = '\n[[batch.eligibility]]\nrule = "forestry.large"\n'
    ruleset, large = tmp_path / "rules" / "ruleset.toml", tmp_path / "rules" / "filters" / "large.toml"
    ruleset.write_text(ruleset.read_text("utf-8") + asked, encoding="utf-8")
    head, _, rest = large.read_text("utf-8").partition("[[in_force.keep]]")
    basis = rest[rest.index("[[in_force.basis]]") :]
    large.write_text(f'{head}[[in_force.keep]]\ncolumn = "经营类型"\ncontains = ["加工"]\n\n{basis}', encoding="utf-8")
    bureau.run(
        "--batch", "yards", code=3, err=["SSJ-S045", "按规则“.*”不参加的 40 个.*经营类型：未填"], absent=["draws"]
    )
    kept = '[[in_force.leave_out]]\ncolumn = "类型"\nnone_of = ["料场"]\n\n'
    kept += '[[in_force.leave_out]]\ncolumn = "经营类型"\nlacks = ["加工"]\n\n'
    large.write_text(f"{head}{kept}{basis}", encoding="utf-8")
    bureau.run("--batch", "yards")
    subjects = decode_table(SubjectRow, sealed(tmp_path, "yards")[1]["subjects.csv"])
    assert {s.id for s in subjects} == {f"permit:LY-{n:04}" for n in range(1, 41) if "加工" in TYPES[n % 4]}
    bureau.check()


@pytest.mark.parametrize(
    ("file", "right", "wrong", "batch"),
    [
        ("ratios.toml", '"加工·D"', '"加工·Ｄ"', "timber"),
        ("ratios.toml", '"加工·D"', '"加工 · d"', "timber"),
        ("weights.toml", '"D"', '"Ｄ"', "weighted"),
    ],
)
def test_a_class_written_otherwise_than_the_strata_give_it_is_warned_of(
    tmp_path: Path, file: str, right: str, wrong: str, batch: str
) -> None:
    """It would fall silently to `*`; a class that is near no other, or of which the roster has one, is not told."""
    bureau = furnish(tmp_path)
    bureau.play("run", bureau.plan, "--batch", batch, "--dry-run", silent=["SSJ-S070"])
    edit(f"rules/{file}", f"{right} =", f"{wrong} =")(tmp_path)
    said = f"SSJ-S070.*“{wrong.strip(chr(34))}”这一类，名录里没有一个是；名录里的“{right.strip(chr(34))}”没有写到"
    bureau.play("run", bureau.plan, "--batch", batch, "--dry-run", err=[said])
    edit(f"rules/{file}", f"{wrong} =", '"没有的类" =')(tmp_path)
    told = ["比例规则写明、这一批没有对象的类别：没有的类"] if file == "ratios.toml" else []
    bureau.play("run", bureau.plan, "--batch", batch, "--dry-run", silent=["SSJ-S070"], out=told)


def test_what_was_not_reviewed_can_be_accepted_by_name(tmp_path: Path) -> None:
    bureau = furnish(tmp_path)
    edit("rules/strata.toml", "2026-12-31", "2026-02-28")(tmp_path)
    edit(
        "plan.toml", "\n[rosters.subjects]", 'accept_unreviewed = ["forestry.by_type_and_risk"]\n\n[rosters.subjects]'
    )(tmp_path)
    bureau.run("--batch", "timber")
    bureau.check()
