"""`explain`, `verify` and `proof` of one draw tell of its replacements and print the head of the ledger beside it."""

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import Bureau
from tests.cli.test_replace import DRAW, WHY, reserve, teams

HEAD: Final = re.compile("台账头 ([0-9a-f]{64})")


@pytest.fixture
def replaced(bureau: Bureau) -> Bureau:
    """A draw with a subject replaced by new entropy, then an officer."""
    bureau.furnish(officers=24).run("--batch", "batch-1", "--batch", "key-1")
    bureau.play("replace", bureau.plan, DRAW, teams(bureau)[0]["检查对象"], "--reason", "closed", *WHY)
    bureau.play("replace", bureau.plan, DRAW, teams(bureau, number=1)[0]["执法检查人员"], "--reason", "leave", *WHY)
    return bureau


def head(bureau: Bureau) -> str:
    return ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).head


def test_explain_tells_of_whoever_was_replaced_or_stepped_in(replaced: Bureau) -> None:
    folder = str(replaced.folder)
    out, stepped_in = teams(replaced)[0]["检查对象"], teams(replaced, number=1)[0]["检查对象"]
    officer, put_in = (teams(replaced, number=n)[0]["执法检查人员"] for n in (1, 2))
    said = ["登记查询单 3 号", "决定人：办公室"]
    replaced.play("explain", folder, DRAW, out, out=["后来被替换", stepped_in, *said])
    replaced.play("explain", folder, DRAW, stepped_in, out=["后来递补进来", "方式 R3", "ssj.seed.1", "reserve", *said])
    replaced.play("explain", folder, DRAW, officer, out=["后来退出", "从此不再派出", *said])
    replaced.play("explain", folder, DRAW, put_in, out=["后来改派进来", "重新匹配", *said])
    replaced.play("--lang", "en", "explain", folder, DRAW, stepped_in, out=["it stepped in later", "ledger head"])
    replaced.play("void", folder, f"{DRAW}+2", "--reason", "误")
    replaced.play("explain", folder, DRAW, officer, out=["后来退出.*这次替换已作废"])


def test_explain_of_a_draw_whose_replacement_was_changed_says_so_first(replaced: Bureau) -> None:
    path = replaced.folder / "draws" / DRAW / "replacements" / "1" / "teams.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    out = teams(replaced)[0]["检查对象"]
    replaced.verdict = "fails"
    replaced.play("explain", str(replaced.folder), DRAW, out, code=1, out=["^× 先说明：.*不成立", "teams.csv"])


def test_verify_of_one_draw_verifies_its_replacements_too(replaced: Bureau) -> None:
    draw = replaced.folder / "draws" / DRAW
    replaced.play(
        "verify", str(draw),
        out=[rf"【{re.escape(DRAW)}\+1】", rf"【{re.escape(DRAW)}\+2】", "√ 4 递补和改派", "替换率 ",
             "共核验 1 次抽取、2 次替换：成立", "台账头 [0-9a-f]{64}"],
        silent=["×", "〇"],
    )  # fmt: skip
    replaced.play("--lang", "en", "verify", str(draw), out=["1 draws, 2 replacements: holds", "ledger head"])
    replaced.play("verify", str(replaced.folder), out=["共核验 2 次抽取、2 次替换：成立"])
    path = draw / "replacements" / "2" / "teams.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace("主办".encode(), "协办".encode(), 1))
    replaced.play("verify", str(draw), code=1, out=["SSJ-V205", "× 4 递补和改派", "不成立"])
    path.unlink()
    replaced.play("verify", str(draw), code=3, out=["SSJ-V202", "无法判断"], silent=["×"])
    path.write_bytes(good)
    table = draw / "teams.csv"
    right = table.read_bytes()
    table.write_bytes(right.replace(b"\n", b"\r\n"))
    replaced.play("verify", str(draw), code=1, out=["SSJ-V022 teams.csv"])
    replaced.play("verify", str(replaced.folder), code=1, out=["SSJ-V022 teams.csv"])
    table.write_bytes(right)


def test_the_head_is_printed_wherever_the_ledger_lies_beside(replaced: Bureau, tmp_path: Path) -> None:
    draw, who = replaced.folder / "draws" / DRAW, reserve(replaced)[-1]
    proof = ("proof", str(draw), who, "-o", str(tmp_path / "p.json"))
    for args in (("explain", str(draw), who), ("verify", str(draw)), proof):
        told = HEAD.findall(replaced.play(*args).stdout)
        assert told == [head(replaced)], args
    alone = shutil.copytree(draw, tmp_path / "else" / DRAW)
    for args in (("explain", str(alone), who), ("verify", str(alone))):
        assert not HEAD.search(replaced.play(*args).stdout)
    path = replaced.folder / ledgers.FILE
    good = path.read_bytes()
    path.write_bytes(good.replace(b'"number":1,', b'"number":9,', 1))
    assert not HEAD.search(replaced.play("verify", str(draw)).stdout), "a broken ledger has no head"
    path.write_bytes(good)
