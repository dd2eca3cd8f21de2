"""Replace a subject or an officer, as an office does it: the event first, everything on record, verified at the end."""

import csv
import io
import re
from pathlib import Path

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import Bureau, evidence_text, plan_text

DRAW = "t-2021-batch-1-1"
KEY = "t-2021-key-1-1"
WHY = ("--document", "登记查询单 3 号", "--by", "办公室")


def teams(bureau: Bureau, draw: str = DRAW, number: int = 0) -> list[dict[str, str]]:
    """Rows of `teams.csv`, as the draw or a replacement left it."""
    folder = bureau.folder / "draws" / draw
    path = folder / "replacements" / str(number) / "teams.csv" if number else folder / "teams.csv"
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def reserve(bureau: Bureau, draw: str = DRAW) -> list[str]:
    text = (bureau.folder / "draws" / draw / "drawn.csv").read_text("utf-8-sig")
    return [row["编号"] for row in csv.DictReader(io.StringIO(text)) if row["结果"] == "递补"]


@pytest.fixture
def drawn(bureau: Bureau) -> Bureau:
    """Two batches drawn, with officers enough that anybody can be replaced."""
    bureau.furnish(officers=24).run("--batch", "batch-1", "--batch", "key-1")
    return bureau


def test_the_next_of_the_reserve_steps_in(drawn: Bureau) -> None:
    out, second = teams(drawn)[0]["检查对象"], teams(drawn)[1]
    folder = drawn.folder / "draws" / DRAW
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    drawn.play(
        "replace", drawn.plan, DRAW, out, "--reason", "deregistered", *WHY,
        out=["替换公告", "登记查询单 3 号", "办公室", f"由 {reserve(drawn)[0]}", "其余检查对象和席位都没有变", "台账"],
        there=[f"draws/{DRAW}/replacements/1/teams.csv", f"notices/{DRAW}+1.txt"],
    )  # fmt: skip
    new = teams(drawn, number=1)
    assert [r["检查对象"] for r in new] == [reserve(drawn)[0]] * 2
    assert new[1]["执法检查人员"] == second["执法检查人员"]
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
    since = drawn.events()[-3:] if drawn.events()[-2][0] == "entropy" else drawn.events()[-2:]
    assert (since[0], since[-1]) == (("replace", f"{DRAW}+1"), ("replaced", f"{DRAW}+1"))
    drawn.play("ledger", "show", str(drawn.folder), out=["登记替换", "deregistered"])
    said = ["共核验 2 次抽取、1 次替换", "尚未证明：退出的理由是否属实，请查对证明材料：登记查询单 3 号", "替换率"]
    drawn.play("verify", str(drawn.folder), out=said)


def test_what_the_office_judges_is_replaced_by_new_entropy(drawn: Bureau) -> None:
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "closed", *WHY, out=["操作系统随机数", "递补"])
    assert [kind for kind, name in drawn.events() if name == f"{DRAW}+1"] == ["replace", "entropy", "replaced"]
    event = (drawn.folder / "draws" / DRAW / "replacements" / "1" / "event.toml").read_text("utf-8")
    assert 'mode = "R3"' in event


def test_an_officer_who_drops_out_is_replaced_in_all_his_teams(drawn: Bureau) -> None:
    officer = teams(drawn, KEY)[0]["执法检查人员"]
    his = [r["检查对象"] for r in teams(drawn, KEY) if r["执法检查人员"] == officer]
    drawn.play("replace", drawn.plan, KEY, officer, "--reason", "leave", *WHY, out=[f"退出 {len(his)} 户", "改派"])
    assert officer not in {r["执法检查人员"] for r in teams(drawn, KEY, 1)}
    for old, new in zip(teams(drawn, KEY), teams(drawn, KEY, 1), strict=True):
        assert old == new or old["执法检查人员"] == officer


def test_an_officer_is_recused_from_one_subject_only(drawn: Bureau) -> None:
    officer = teams(drawn, KEY)[0]["执法检查人员"]
    his = [r["检查对象"] for r in teams(drawn, KEY) if r["执法检查人员"] == officer]
    drawn.play("replace", drawn.plan, KEY, officer, "--reason", "recusal", *WHY, "--visit", his[0], out=["退出 1 户"])
    left = [r["检查对象"] for r in teams(drawn, KEY, 1) if r["执法检查人员"] == officer]
    assert left == his[1:]


def test_when_a_class_is_used_up_the_subject_drops_out_without_a_successor(drawn: Bureau) -> None:
    out = teams(drawn, KEY)[0]["检查对象"]
    drawn.play(
        "replace", drawn.plan, KEY, out, "--reason", "closed", *WHY, out=["无人可递补"], silent=["操作系统随机数"]
    )
    assert len(teams(drawn, KEY, 1)) == len(teams(drawn, KEY)) - 2


def test_one_after_the_other_and_a_mistake_is_void(drawn: Bureau) -> None:
    first, second, third = reserve(drawn)[:3]
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "moved", *WHY, out=[first])
    drawn.play("replace", drawn.plan, DRAW, first, "--reason", "moved", *WHY, out=[second])
    drawn.play("void", str(drawn.folder), f"{DRAW}+1", "--reason", "误", code=3, err=["SSJ-C017", r"\+1"])
    drawn.play("void", str(drawn.folder), f"{DRAW}+2", "--reason", "企业未迁出，登记有误", out=["已作废"])
    assert [r["检查对象"] for r in teams(drawn, number=1)] == [first] * 2
    drawn.play("replace", drawn.plan, DRAW, first, "--reason", "revoked", *WHY, out=[rf"{re.escape(DRAW)}\+3", second])
    drawn.play("replace", drawn.plan, DRAW, second, "--reason", "revoked", *WHY, out=[third])
    drawn.play("verify", str(drawn.folder), out=["误|企业未迁出"])


def test_only_who_stands_can_be_replaced(drawn: Bureau) -> None:
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out[:-1], "--reason", "moved", *WHY, code=3, err=["SSJ-C001", "是不是"])
    drawn.play("replace", drawn.plan, DRAW, reserve(drawn)[0], "--reason", "moved", *WHY, code=3, err=["SSJ-C001"])
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "moved", *WHY)
    before = drawn.snapshot()
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "moved", *WHY, code=3, err=["SSJ-C001"])
    drawn.play(
        "replace", drawn.plan, "t-2021-batch-9-1", out, "--reason", "moved", *WHY, code=3, err=["SSJ-C004", DRAW]
    )
    drawn.play("replace", drawn.plan, DRAW, code=2, err=["没有登记了还没完成的替换"], silent=["SSJ-"])
    assert drawn.snapshot() == before


def test_reason_document_and_decider_are_wanted(drawn: Bureau) -> None:
    out, officer = teams(drawn)[0]["检查对象"], teams(drawn)[0]["执法检查人员"]
    before = drawn.snapshot()

    def refused(unit: str, *more: str, err: list[str]) -> None:
        drawn.play("replace", drawn.plan, DRAW, unit, *more, code=3, err=err, silent=["13800138000"])

    refused(out, err=["SSJ-C002", "deregistered", "--document", "--by", "共 3"])
    refused(out, "--reason", "leave", *WHY, err=["SSJ-C002"])
    refused(out, "--reason", "无法联系", *WHY, err=["属于检查结果"])
    refused(officer, "--reason", "moved", *WHY, err=["SSJ-C002", "recusal"])
    refused(officer, "--reason", "recusal", *WHY, err=["SSJ-C007"])
    refused(officer, "--reason", "leave", *WHY, "--visit", "test:x", err=["SSJ-C006", out])
    refused(out, "--reason", "moved", *WHY, "--visit", out, err=["SSJ-C018"])
    refused(out, "--reason", "moved", "--document", "a\nb", "--by", "x", err=["SSJ-C003"])
    refused(out, "--reason", "moved", "--document", "电话 13800138000 告知", "--by", "x", err=["SSJ-C008"])
    refused(out, "--reason", "closed", *WHY, "--appoint", "kl8", err=["SSJ-C012"])
    refused(out, "--reason", "closed", *WHY, "--appoint", "kl8.a=b", err=["SSJ-C012", "os"])
    assert drawn.snapshot() == before
    drawn.play("--lang", "en", "replace", drawn.plan, DRAW, out, "--reason", "x", *WHY, code=3, err=["force-majeure"])


def test_a_void_draw_has_nothing_to_replace(drawn: Bureau) -> None:
    out = teams(drawn)[0]["检查对象"]
    drawn.play("void", str(drawn.folder), DRAW, "--reason", "重来")
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "moved", *WHY, code=3, err=["SSJ-C004"])


def test_evidence_before_the_event_does_not_count(witnessed: Bureau) -> None:
    """Registered and published first; the witnesses speak afterwards; one registration at a time."""
    evidence = str(witnessed.furnish(entropy=("text",), officers=24).folder / "evidence.toml")
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence)
    officer = teams(witnessed, KEY)[0]["执法检查人员"]
    witnessed.write(evidence=evidence_text(f"{KEY}+1", raw="27182818284590452353"))
    ask = ("replace", witnessed.plan, KEY, officer, "--reason", "leave", *WHY)
    witnessed.play(*ask, "--evidence", evidence, code=5, err=["SSJ-E013"], there=[f"notices/{KEY}+1.txt"])
    witnessed.play(*ask, code=3, err=["SSJ-C005", r"\+1"])
    witnessed.play("replace", witnessed.plan, KEY, code=5, out=["接着完成"], err=["SSJ-E002"])
    witnessed.write(evidence=evidence_text(f"{KEY}+2", raw="27182818284590452353"))
    witnessed.play("replace", witnessed.plan, KEY, "--evidence", evidence, code=3, err=["SSJ-E007"])
    early = evidence_text(f"{KEY}+1", raw="27182818284590452353", when="2019-01-18T09:30:00+08:00")
    witnessed.write(evidence=early)
    witnessed.play("replace", witnessed.plan, KEY, "--evidence", evidence, code=5, err=["SSJ-E016"])
    witnessed.write(evidence=evidence_text(f"{KEY}+1", raw="27182818284590452353"))
    witnessed.play("replace", witnessed.plan, KEY, "--evidence", evidence, out=["接着完成", "改派"])
    assert officer not in {r["执法检查人员"] for r in teams(witnessed, KEY, 1)}


def test_a_registered_replacement_can_be_made_void_and_registered_again(witnessed: Bureau) -> None:
    evidence = str(witnessed.furnish(entropy=("text",), officers=24).folder / "evidence.toml")
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence)
    officer = teams(witnessed, KEY)[0]["执法检查人员"]
    ask = ("replace", witnessed.plan, KEY, officer, "--reason", "leave", *WHY)
    witnessed.play(*ask, code=5, err=["SSJ-E002"])
    witnessed.play("void", str(witnessed.folder), f"{KEY}+1", "--reason", "人未请假")
    witnessed.play(*ask, code=5, out=[r"\+2"], err=["SSJ-E002"])
    witnessed.write(evidence=evidence_text(f"{KEY}+2"))
    witnessed.play("replace", witnessed.plan, KEY, "--evidence", evidence, there=[f"draws/{KEY}/replacements/2"])


def test_a_chain_made_by_the_command_serves_the_plan(bureau: Bureau, tmp_path: Path) -> None:
    links = tmp_path / "links.txt"
    made = bureau.play("chain", str(links), "--rounds", "2", out=["anchor", "rounds = 2", "保密"]).stdout
    bureau.play("chain", str(links), code=3, err=["SSJ-O001"])
    anchor = re.search(r"anchor = \"([0-9a-f]{64})\"", made)
    assert anchor
    ways = f'\n[batch.replacement]\nmode = "R2"\nanchor = "{anchor[1]}"\nrounds = 2\n'
    day = 'id = "batch-1"\npolicy = "batch-1"\nstart = 2021-01-18\nend = 2021-04-09\n'
    assert day in plan_text()
    bureau.write(plan=plan_text().replace(day, day + ways))
    bureau.run("--batch", "batch-1")
    rounds = dict(line.split() for line in links.read_text("ascii").splitlines())
    out = teams(bureau)[0]["检查对象"]
    bureau.play("replace", bureau.plan, DRAW, out, "--reason", "closed", *WHY, code=5, out=["递补链"], err=["SSJ-E002"])
    evidence = bureau.folder / "evidence.toml"

    def reveal(number: int, link: str, **expected: object) -> None:
        text = 'format = "ssj-evidence/1"\n\n[[evidence]]\nbatch = "{}+{}"\nsource = "chain"\nraw = "{}"\n'
        evidence.write_text(text.format(DRAW, number, link), "utf-8")
        bureau.play("replace", bureau.plan, DRAW, "--evidence", str(evidence), **expected)  # type: ignore[arg-type]

    reveal(1, rounds["2"], code=5, err=["SSJ-C013", "1"])
    reveal(1, rounds["1"], out=["递补"])
    out = teams(bureau, number=1)[0]["检查对象"]
    bureau.play("replace", bureau.plan, DRAW, out, "--reason", "moved", *WHY, code=5, err=["SSJ-E002"])
    reveal(2, rounds["2"], out=["递补"])
    out = teams(bureau, number=2)[0]["检查对象"]
    bureau.play("replace", bureau.plan, DRAW, out, "--reason", "moved", *WHY, out=["操作系统随机数"])  # used up: R3
    bureau.play("void", str(bureau.folder), DRAW, "--reason", "重抽")
    bureau.run("--batch", "batch-1", code=3, err=["SSJ-C011", DRAW])


@pytest.mark.parametrize(
    ("ways", "code"),
    [
        ('mode = "R2"', "SSJ-C009"),
        (f'mode = "R2"\nanchor = "{"0" * 63}"\nrounds = 3', "SSJ-C009"),
        (f'mode = "R2"\nanchor = "{"0" * 64}"\nrounds = 1001', "SSJ-C009"),
        (f'mode = "R1"\nanchor = "{"0" * 64}"', "SSJ-C009"),
        ('mode = "R3"\nrounds = 3', "SSJ-C009"),
        (f'mode = "R2"\nanchor = "{"0" * 64}"\nrounds = 3', "SSJ-C010"),
        ('mode = "R4"', "SSJ-P"),
    ],
)
def test_a_mode_is_whole_or_refused(bureau: Bureau, ways: str, code: str) -> None:
    bureau.write(plan=plan_text().replace("[rosters.subjects]", f"[replacement]\n{ways}\n\n[rosters.subjects]"))
    bureau.run(code=3, err=[code], absent=["ledger.jsonl"])


def test_whoever_was_replaced_does_not_count_as_drawn_this_year(drawn: Bureau) -> None:
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "deregistered", *WHY)
    drawn.run("--batch", "batch-2")
    text = (drawn.folder / "draws" / "t-2021-batch-2-1" / "subjects.csv").read_text("utf-8-sig")
    strata = {row["编号"]: row["分层"] for row in csv.DictReader(io.StringIO(text))}
    counted = {r["检查对象"] for r in [*teams(drawn, KEY), *teams(drawn, number=1)]}
    assert {s for s, stratum in strata.items() if stratum.endswith("已抽过")} == counted & set(strata)
    assert reserve(drawn)[0] in counted
    assert out in {r["检查对象"] for r in teams(drawn, KEY)} or out not in counted


def test_files_changed_since_are_not_built_on(drawn: Bureau) -> None:
    path = drawn.folder / "draws" / DRAW / "record.toml"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"[software]", b"[software]\n"))
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "moved", *WHY, code=3, err=["SSJ-C016"])
    path.write_bytes(good)


def test_a_sealed_event_that_was_changed_is_not_carried_out(witnessed: Bureau) -> None:
    evidence = str(witnessed.furnish(entropy=("text",), officers=24).folder / "evidence.toml")
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence)
    officer = teams(witnessed, KEY)[0]["执法检查人员"]
    witnessed.play("replace", witnessed.plan, KEY, officer, "--reason", "leave", *WHY, code=5, err=["SSJ-E002"])
    path = witnessed.folder / "sealed" / f"{KEY}+1" / "event.toml"
    good = path.read_text("utf-8")
    path.write_text(good.replace("3 号", "4 号"), "utf-8")
    witnessed.play("replace", witnessed.plan, KEY, code=3, err=["SSJ-C015"])
    path.unlink()
    witnessed.play("replace", witnessed.plan, KEY, code=3, err=["SSJ-C015"])
    path.write_text(good, "utf-8")
    witnessed.write(evidence=evidence_text(f"{KEY}+1"))
    witnessed.play("replace", witnessed.plan, KEY, "--evidence", evidence)


def test_the_ledger_refuses_a_forged_second_outcome(drawn: Bureau) -> None:
    out = teams(drawn)[0]["检查对象"]
    drawn.play("replace", drawn.plan, DRAW, out, "--reason", "closed", *WHY)
    path = drawn.folder / ledgers.FILE
    chain = ledgers.read(path.read_bytes())
    event = chain.find("replaced", f"{DRAW}+1")
    assert event
    forged = chain.next("replaced", f"{DRAW}+1", "", event.data).encode() + b"\n"
    path.write_bytes(path.read_bytes() + forged)
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder), code=1)
