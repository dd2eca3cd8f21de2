"""A replacement whose entropy is given in the meeting room, at a real pseudo-terminal."""

import csv
import io
import os
import re
from pathlib import Path

import pytest

from tests.cli.bureau import Bureau, evidence_text, plan_text
from tests.cli.terminal import Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Windows does not have")

DRAW = "t-2021-key-1-1"
WHY = ("--document", "材料一份", "--by", "办公室")
READ = ("念出、已经记下了吗", "是")
RIGHT = ("全部正确吗", "是")


def first(bureau: Bureau, column: str, draw: str = DRAW) -> str:
    text = (bureau.folder / "draws" / draw / "teams.csv").read_text("utf-8-sig")
    return next(csv.DictReader(io.StringIO(text)))[column]


def test_witnesses_speak_after_the_event_was_read_aloud(witnessed: Bureau) -> None:
    witnessed.furnish(entropy=("text",), officers=24)
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"))
    officer = first(witnessed, "执法检查人员")
    with Terminal("replace", witnessed.plan, DRAW, officer, "--reason", "leave", *WHY) as room:
        room.talk(
            (f"{officer}(?s:.*)退出：请假(?s:.*)材料一份(?s:.*){READ[0]}", "是"),
            ("报出的数字或文字：", "27182818284590452353"),
            ("见证人姓名", "纪检 王某、企业代表 李某"), ("地点", "二楼会议室"), ("时间", ""), RIGHT,
        )  # fmt: skip
        assert room.end() == 0, room.screen
        assert "改派" in room.screen
        assert "其余检查对象和席位都没有变" in room.screen
    assert officer not in (witnessed.folder / "draws" / DRAW / "replacements/1/teams.csv").read_text("utf-8-sig")


def test_the_keeper_reveals_the_link_of_the_round(bureau: Bureau, tmp_path: Path) -> None:
    links = tmp_path / "links.txt"
    made = bureau.play("chain", str(links), "--rounds", "2").stdout
    anchor = re.search(r"anchor = \"([0-9a-f]{64})\"", made)
    assert anchor
    day = 'id = "batch-1"\npolicy = "batch-1"\nstart = 2021-01-18\nend = 2021-04-09\n'
    ways = f'\n[batch.replacement]\nmode = "R2"\nanchor = "{anchor[1]}"\nrounds = 2\n'
    bureau.write(plan=plan_text().replace(day, day + ways))
    bureau.run("--batch", "batch-1")
    rounds = dict(line.split() for line in links.read_text("ascii").splitlines())
    out = first(bureau, "检查对象", "t-2021-batch-1-1")
    with Terminal("replace", bureau.plan, "t-2021-batch-1-1", out, "--reason", "closed", *WHY) as room:
        room.talk(
            READ, ("第 1 轮的环", rounds["2"]), ("SSJ-C013(?s:.*)第 1 轮的环", rounds["1"]),
            ("√ 与计划里的 anchor 相符(?s:.*)全部正确吗", "是"),
        )  # fmt: skip
        assert room.end() == 0, room.screen
        assert "递补" in room.screen
