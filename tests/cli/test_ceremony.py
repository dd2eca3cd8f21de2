"""The ceremony in a meeting room, at a real pseudo-terminal: every source, mistakes, second thoughts, interruptions."""

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from ssj_cli import clock
from ssj_core.entropy.reveal import make_commitment
from tests.cli.bureau import Bureau, evidence_text, plan_text, soon
from tests.cli.terminal import CTRL_C, CTRL_D, ENTER, Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Windows does not have")

DRAW: Final = "t-2021-key-1-1"
HAN: Final = re.compile("[\u3400-\u9fff，。：；（）！？]")
CASES: Final = json.loads((Path(__file__).parents[1] / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
READ: Final = ("念出、已经记下了吗", "是")
RIGHT: Final = ("全部正确吗", "是")
WHO: Final = ("见证人姓名", "纪检 王某、企业代表 李某")
WHERE: Final = ("地点", "二楼会议室")
NOW: Final = ("时间", ENTER)
SAME: Final = (("见证人姓名", ENTER), ("地点", ENTER), ("时间", ENTER))
WORDS: Final = ("报出的数字或文字：", "31415926535897932384")
SECRETS: Final = {"纪检组": "a1" * 32, "商会": "0b" * 32}
PARTIES: Final = ";".join(f"{party}={make_commitment(DRAW, party, s)}" for party, s in SECRETS.items())
Turn = tuple[str, str | Sequence[str]]


def plan_with(*sources: tuple[str, Mapping[str, str]]) -> str:
    """A plan whose sources have parameters."""
    text = plan_text([name for name, _ in sources])
    for name, params in sources:
        if params:
            inside = ", ".join(f'{key} = "{value}"' for key, value in params.items())
            text = text.replace(f'source = "{name}"\n', f'source = "{name}"\nparams = {{ {inside} }}\n')
    return text


def seal(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Seal the batch as if it were then."""
    monkeypatch.setattr(clock, "today", lambda: datetime.fromisoformat(moment))
    bureau.play("commit", bureau.plan, "--batch", "key-1")
    monkeypatch.undo()


def meeting(
    bureau: Bureau, *turns: Turn, code: int = 0, args: Sequence[str] = (), fresh: bool = False, **terminal: str
) -> str:
    """Sit at the terminal, answer, and return all that was on the screen."""
    lang = terminal.pop("lang", "zh")
    with Terminal("--lang", lang, "run", bureau.plan, "--batch", "key-1", *args, fresh=fresh, **terminal) as one:
        one.talk(*turns)
        assert one.end() == code, one.screen
        assert "Traceback" not in one.screen
        return one.screen


def entropy(bureau: Bureau) -> list[dict[str, Any]]:
    """The evidence in the record."""
    record = tomllib.loads((bureau.folder / "draws" / DRAW / "record.toml").read_text("utf-8"))
    made: list[dict[str, Any]] = record["entropy"]
    return made


def verified(bureau: Bureau, *out: str) -> None:
    bureau.play("verify", str(bureau.folder / "draws" / DRAW), out=["结论 A（计算）：成立", *out])


# --- the beginning


def test_the_commitment_is_shown_in_groups_until_it_was_written_down(witnessed: Bureau) -> None:
    screen = meeting(
        witnessed, ("记下了吗", ENTER), ("请输入“是”或“否”.*\n.*记下了吗", "或许"), ("记下了吗", "否"), READ,
        WORDS, WHO, WHERE, NOW, RIGHT,
    )  # fmt: skip
    commitment = str(witnessed.commitment(DRAW))
    shown = re.findall(r"\d\) ([0-9a-f]{8})\b", screen)
    assert shown == [commitment[n : n + 8] for n in range(0, 64, 8)] * 2
    assert "检查对象 4 个，将抽 4 个；未纳入 36 个" in screen
    assert screen.index("检查对象 4 个") < screen.index("1) ") < screen.index("来源 1/1")
    verified(witnessed, "E2 级", "纪检 王某、企业代表 李某；二楼会议室")


# --- words


def test_words_that_were_typed_before_are_on_record(witnessed: Bureau) -> None:
    screen = meeting(
        witnessed, READ, ("文字：", "12345"), ("太容易猜到.*(?s:.*)文字：", "31415926535897932384"), WHO, WHERE, NOW,
        ("全部正确吗", "否"), ("改什么", "3"), ("前面的序号：1、2(?s:.*)改什么", "1"),
        ("文字：", "27182818284590452353"), *SAME, RIGHT,
    )  # fmt: skip
    assert "先前输入的数会留在记录里" in screen
    (one,) = entropy(witnessed)
    assert one["canonical"] == "27182818284590452353"
    assert one["details"] == {"retyped": "12345\n31415926535897932384"}
    verified(witnessed, "E2 级", "重新输入过 2 次，先前输入的是：12345 / 31415926535897932384")


def test_witnesses_place_and_time_can_be_put_right_without_the_words(witnessed: Bureau) -> None:
    time = soon()
    typed = time[:16].replace("20", "２０", 1).replace("-", "/").replace("T", " ").replace(":", "：")
    screen = meeting(
        witnessed, READ, WORDS, ("见证人姓名", "王某、李某"), ("地点", "二楼"), ("时间", "上午"),
        ("读不懂(?s:.*)时间.*］：", "2021-01-18"), ("读不懂(?s:.*)时间.*］：", "2021-01-18 09:30"),
        ("SSJ-E016(?s:.*)见证人姓名", "王某"), ("只能算 E0 级(?s:.*)地点", ENTER), NOW,
        ("达到 E0 级(?s:.*)全部正确吗", "否"), ("改什么", "2"),
        ("见证人姓名.*王某", " 王某， 李某；；赵某、王某 "), ("地点.*二楼", ENTER), ("时间", typed),
        RIGHT,
    )  # fmt: skip
    assert "共 1 处错误" not in screen, "one at a time needs no counting"
    (one,) = entropy(witnessed)
    assert one["who"] == ["王某", "李某", "赵某"]
    assert (one["where"], one["when"]) == ("二楼", time)
    assert "details" not in one or one["details"] == {}
    verified(witnessed, "E2 级")


def test_below_the_level_of_the_plan_nothing_is_written_but_it_can_be_put_right(witnessed: Bureau) -> None:
    witnessed.write(plan='assurance = "E2"\n' + plan_text(("text",)))
    screen = meeting(
        witnessed, READ, WORDS, ("见证人姓名", "王某"), WHERE, NOW,
        ("SSJ-E012(?s:.*)改什么", "2"), ("见证人姓名", "王某、李某"), ("地点", ENTER), NOW, RIGHT,
    )  # fmt: skip
    assert screen.count("全部正确吗") == 1
    verified(witnessed, "E2 级")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_a_chinese_console_shows_every_sign(witnessed: Bureau, encoding: str) -> None:
    screen = meeting(
        witnessed, READ, ("文字：", "天地玄黄 宇宙洪荒"), WHO, WHERE, NOW, RIGHT, encoding=encoding, fresh=True,
    )  # fmt: skip
    assert "\\u" not in screen
    assert "\ufffd" not in screen
    assert "√ 记下：天地玄黄 宇宙洪荒" in screen
    assert entropy(witnessed)[0]["canonical"] == "天地玄黄 宇宙洪荒"
    verified(witnessed)


def test_keys_that_are_no_text_and_bytes_that_are_no_letters_are_not_taken(witnessed: Bureau) -> None:
    with Terminal("run", witnessed.plan, "--batch", "key-1") as one:
        one.talk(READ, ("文字：", "3141592653\x1b[D5897932384"), ("读不懂的字符(?s:.*)文字：", ENTER))
        one.wait_for("文字：")
        os.write(one.keyboard, "天地玄黄宇宙洪荒".encode("gbk") + b"\n")
        one.talk(("读不懂的字符(?s:.*)文字：", "3141592653\t5897932384"), WHO, WHERE, NOW, RIGHT)
        assert one.end() == 0, one.screen
    assert entropy(witnessed)[0]["canonical"] == "3141592653 5897932384"
    verified(witnessed)


def test_english_is_english(witnessed: Bureau) -> None:
    screen = meeting(
        witnessed, ("written down", "yes"), ("what the witnesses say", "12345"), ("say: ", "31415926535897932384"),
        ("witnesses", "Wang, Li"), ("place", "hall"), ("time", "noon"), ("is no time(?s:.*)time", ENTER),
        ("all of it right", "no"), ("what is wrong", "2"), ("witnesses", ENTER),
        ("place", ENTER), ("time", ENTER), ("all of it right", "yes"), lang="en",
    )  # fmt: skip
    ceremony = screen[
        screen.index("the seed arises") : screen.index("is all of it right (yes/no): yes".capitalize()[3:])
    ]
    assert not HAN.search(ceremony), HAN.findall(ceremony)
    witnessed.play("--lang", "en", "verify", str(witnessed.folder), out=["level|E2", "typed before as something else"])


# --- dice


def test_dice_in_turns_leave_a_trace_of_every_correction(bureau: Bureau) -> None:
    bureau.write(plan=plan_text(("dice6",)))
    screen = meeting(
        bureau, READ, ("谁来掷", "张:三"), ("不要有冒号(?s:.*)谁来掷", "张三、李四"), ("怎样掷", "3"), ("怎样掷", "2"),
        ("第 1 次起，张三", "3 5 7 2"), ("第 3 次掷出的“7”(?s:.*)第 1 次起，张三", "3 5 2"),
        ("共 3 次，7 位：至少还要 5 次(?s:.*)第 4 次起，李四", "６，6、6 6 6"),
        ("共 8 次，20 位：已到最低(?s:.*)张三", "3=1"),
        ("第 3 次（张三）：2 改为 1(?s:.*)第 9 次起，张三", "3=7"), ("SSJ-E020(?s:.*)第 9 次起，张三", "99=1"),
        ("没有第 99 次(?s:.*)第 9 次起，张三", ENTER), ("只有 20 位(?s:.*)就此结束吗", "否"),
        ("第 9 次起，张三", "12345612345612345"), ("共 25 次，64 位：已到建议(?s:.*)第 26 次起，李四", ENTER),
        ("其中张三 20 次，李四 5 次(?s:.*)见证人姓名.*张三、李四", "张三、李四、王五"), WHERE, NOW,
        ("全部正确吗", "否"), ("改什么", "1"), ("不能再掷(?s:.*)改正", "1 2 3"),
        ("只能改正(?s:.*)改正", "3=1"), ("本来就是 1(?s:.*)改正", "4=5"), ("6 改为 5(?s:.*)改正", ENTER),
        *SAME, RIGHT,
    )  # fmt: skip
    (one,) = entropy(bureau)
    assert one["canonical"] == "351" + "56666" + "12345612345612345"
    assert one["details"] == {
        "rolls": "张三:3 5 1;李四:5 6 6 6 6;张三:1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5",
        "corrections": "1:3 5 7 2>\n3:2>1\n4:6>5",
    }
    assert one["who"] == ["张三", "李四", "王五"]
    assert re.search("1–10 +3 5 1 5 6 6 6 6 1 2\n", screen)
    verified(bureau, "E2 级", "3 处改过：第 1 次起“3 5 7 2”未采用；第 3 次 2→1；第 4 次 6→5")


def test_dice_one_after_the_other(bureau: Bureau) -> None:
    bureau.write(plan=plan_text(("dice10",)))
    meeting(
        bureau, READ, ("谁来掷", ENTER), ("谁来掷", "张三、李四、王五"), ("怎样掷", "1"), ("第 1 次起，张三", "0 0 7"),
        ("第 4 次起，张三", "1"), ("第 5 次起，张三", ENTER), ("第 5 次起，李四", "2"), ("第 6 次起，李四", ENTER),
        ("第 6 次起，王五", ENTER), ("至少还要 2 次(?s:.*)第 6 次起，王五", "98"), ("第 8 次起，王五", ENTER),
        ("只有 23 位.*就此结束吗", "是"), ("见证人姓名", ENTER), WHERE, NOW, RIGHT,
    )  # fmt: skip
    (one,) = entropy(bureau)
    assert one["canonical"] == "0071298"
    assert one["details"] == {"rolls": "张三:0 0 7 1;李四:2;王五:9 8"}
    verified(bureau, "E2 级", "张三、李四、王五")


# --- public events


def test_a_lottery_is_looked_up_twice_and_confirmed(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.write(plan=plan_with(("ssq", {"issue": "2027131", "date": "2027-11-14"})))
    seal(bureau, monkeypatch, "2027-11-10T09:00:00+08:00")
    screen = meeting(
        bureau, READ, ("第 2027131 期，2027-11-14 开奖.*只有这一期(?s:.*)第一组号码（6 个", "33 2 9 14 21"),
        ("SSJ-E031(?s:.*)第一组", "34 2 9 14 21 26"), ("SSJ-E032(?s:.*)第一组", "32 2 9 14 21 26"),
        ("第二组号码（1 个", "x"), ("SSJ-E029(?s:.*)第二组", "8"),
        ("2027131:02 09 14 21 26 32\\+08(?s:.*)完全一致", "否"), ("第一组", "33 2 9 14 21 26"), ("第二组", "8"),
        ("2027131:02 09 14 21 26 33\\+08(?s:.*)完全一致", "是"), ("第一处", "https://www.cwl.gov.cn/a"),
        ("第二处", "cwl.gov.cn/b"), ("不同的网站.*就这样写吗", "否"), ("第一处", ENTER), ("第二处", "县报 11 月 15 日"),
        ("开奖时间", "25:00"), ("SSJ-E038(?s:.*)开奖时间", "2027-11-14 21:15"), RIGHT, at="2027-11-15T09:00:00+08:00",
    )  # fmt: skip
    assert "还没有到" not in screen
    (one,) = entropy(bureau)
    assert one["canonical"] == "2027131:02 09 14 21 26 33+08"
    assert one["details"] == {
        "game": "双色球", "date": "2027-11-14", "source1": "https://www.cwl.gov.cn/a", "source2": "县报 11 月 15 日",
        "retyped": "2027131: 32 2 9 14 21 26 + 8",
    }  # fmt: skip
    assert one["when"] == "2027-11-14T21:15:00+08:00"
    verified(bureau, "E4 级", "先前输入的是：2027131: 32 2 9 14 21 26 \\+ 8")


def test_a_lottery_that_is_not_drawn_yet_can_wait(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.write(plan=plan_with(("kl8", {"issue": "2027317", "date": "2027-11-14"})))
    seal(bureau, monkeypatch, "2027-11-10T09:00:00+08:00")
    meeting(
        bureau, READ, ("2027-11-14 还没有到.*Ctrl-C(?s:.*)号码（20 个", CTRL_C), code=130,
        at="2027-11-12T09:00:00+08:00",
    )  # fmt: skip
    assert bureau.events() == [("commit", DRAW)]
    numbers = " ".join(map(str, range(80, 0, -4)))
    meeting(
        bureau, READ, ("号码（20 个", numbers), ("完全一致", "是"), ("第一处", ENTER), ("第二处", ENTER),
        ("就这样写吗", "是"), ("开奖时间", ENTER), ("SSJ-E034(?s:.*)达到 E0 级(?s:.*)全部正确吗", "否"),
        ("号码（20 个", numbers), ("完全一致", "是"), ("第一处", "a.cn"), ("第二处", "b.cn"),
        ("开奖时间", ENTER), ("E4(?s:.*)全部正确吗", "是"), at="2027-11-15T09:00:00+08:00",
    )  # fmt: skip
    verified(bureau, "E4 级")


def test_every_party_is_checked_at_once_and_nobody_sees_the_secrets(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.write(plan=plan_with(("reveal", {"label": DRAW, "parties": PARTIES, "deadline": "2027-11-14T10:00+08:00"})))
    seal(bureau, monkeypatch, "2027-11-10T09:00:00+08:00")
    screen = meeting(
        bureau, READ, ("纪检组、商会，截止 北京时间 2027-11-14 10:00:00(?s:.*)不显示吗", "是"),
        ("纪检组 的秘密数", "-"), ("SSJ-E048(?s:.*)纪检组 的秘密数", SECRETS["商会"]),
        ("SSJ-E044(?s:.*)纪检组 的秘密数", SECRETS["纪检组"][2:]), ("SSJ-E040.*62(?s:.*)纪检组 的秘密数", "A1" * 32),
        ("√ 与 纪检组 (?s:.*)商会 的秘密数", SECRETS["商会"]), ("全部正确吗", CTRL_D), code=130,
        at="2027-11-12T09:00:00+08:00",
    )  # fmt: skip
    typed = screen[: screen.index("将要写入")]
    assert "a1a1" not in typed.lower()
    assert "0b0b" not in typed
    meeting(
        bureau, READ, ("不显示吗", "否"), ("纪检组 的秘密数", SECRETS["纪检组"]), ("商会 的秘密数", SECRETS["商会"]),
        RIGHT, at="2027-11-12T09:00:00+08:00",
    )  # fmt: skip
    assert entropy(bureau)[0]["canonical"] == ";".join(f"{party}={secret}" for party, secret in SECRETS.items())
    verified(bureau, "E3 级")


def test_a_party_that_stays_away_is_told_after_the_deadline(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.write(plan=plan_with(("reveal", {"label": DRAW, "parties": PARTIES, "deadline": "2027-11-14T10:00+08:00"})))
    seal(bureau, monkeypatch, "2027-11-10T09:00:00+08:00")
    meeting(
        bureau, READ, ("不显示吗", "是"), ("纪检组 的秘密数", "－"), ("商会 的秘密数", "-"), ("SSJ-E046", ENTER),
        ("纪检组 的秘密数", "a1" * 32), ("商会 的秘密数", "-"), ("〇 商会 缺席(?s:.*)SSJ-E045(?s:.*)全部正确吗", "是"),
        at="2027-11-14T10:00:01+08:00",
    )  # fmt: skip
    assert entropy(bureau)[0]["canonical"].endswith(";商会=-")
    verified(bureau, "E0 级", "“商会”没有揭示")


def test_a_drand_round_is_pasted_and_checked(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = (c for c in CASES if c["name"] == "quicknet-1000")
    raw = json.dumps({name: case[name] for name in ("round", "randomness", "signature")}, indent=1)
    bureau.write(plan=plan_with(("drand", {"round": "1000"}), ("os", {})))
    seal(bureau, monkeypatch, "2023-08-23T12:00:00+08:00")
    screen = meeting(
        bureau, READ, ("quicknet 网络第 1000 轮，北京时间 2023-08-23 23:59:24(?s:.*)还没有公布(?s:.*)路径", ENTER),
        ("路径", "nowhere.json"), ("nowhere.json 打不开(?s:.*)路径", ["{ round", ENTER]),
        ("SSJ-E066(?s:.*)路径", [*raw.replace("fe29", "fe28").split("\n"), ENTER]),
        ("SSJ-E072(?s:.*)路径", [*raw.split("\n"), ENTER]), ("√ 签名成立(?s:.*)什么也不能证明(?s:.*)全部正确吗", "是"),
        at="2023-08-23T15:00:00+08:00",
    )  # fmt: skip
    assert f"公布在：https://api.drand.sh/{case['chain']}/public/1000" in screen
    drand, system = entropy(bureau)
    assert drand["raw"] == raw, "verbatim"
    assert system["source"] == "os"
    assert system["canonical"][:8] not in screen, "who sees it could choose by it"
    verified(bureau, "E0 级", "机器已核验")  # the computer's own number came when the round was known


def test_a_nist_pulse_and_its_certificate(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = (c for c in CASES if c["kind"] == "nist-pulse")
    bureau.write(plan=plan_with(("nist", {"chain": "1", "time": "2018-08-30T17:44:00Z"})))
    one_line, path = json.dumps(case["answer"]).replace("{", "{" + " " * 999, 1), bureau.folder / "pulse of nist.json"
    path.write_text(one_line, encoding="utf-8")
    seal(bureau, monkeypatch, "2018-08-30T12:00:00+00:00")
    wrong = case["certificate"].replace("MIIH", "MIIG").strip().split("\n")
    turns: tuple[Turn, ...] = (
        READ, ("beacon.nist.gov/beacon/2.0/pulse/time/(?s:.*)文件的路径", [one_line, ENTER]),
        ("有一行太长(?s:.*)文件的路径", f'"{path}"'), ("SSJ-E078(?s:.*)没有就按回车", [*wrong, ENTER]),
    )  # fmt: skip
    screen = meeting(
        bureau, *turns, ("SSJ-E079(?s:.*)没有就按回车", ENTER), ("× 签名没有核验(?s:.*)E0 级(?s:.*)全部正确吗", CTRL_C),
        code=130, at="2018-08-30T18:00:00+00:00",
    )  # fmt: skip
    assert "还没有公布" not in screen
    meeting(
        bureau, *turns, ("SSJ-E079(?s:.*)没有就按回车", [*case["certificate"].strip().split("\n"), ENTER]),
        ("√ 签名成立(?s:.*)全部正确吗", "是"), at="2018-08-30T18:00:00+00:00",
    )  # fmt: skip
    assert entropy(bureau)[0]["raw"] == one_line
    verified(bureau, "E4 级", "机器已核验")


# --- several sources, and what a file brought


def test_what_a_file_brought_is_not_asked_for_and_the_rest_follows_in_the_order_of_the_plan(witnessed: Bureau) -> None:
    witnessed.write(
        plan=plan_text(("dice10", "text", "os")),
        evidence=evidence_text().replace('source = "text"', 'source = "dice10"'),
    )
    witnessed.play("commit", witnessed.plan, "--batch", "key-1")
    screen = meeting(
        witnessed, READ, ("来源 1/3(?s:.*)不再询问(?s:.*)来源 2/3(?s:.*)文字：", "abcdefghijklmnopq"), WHO, WHERE, NOW,
        ("全部正确吗", "否"), ("还没有写入(?s:.*)改什么", CTRL_C), code=130,
        args=["--evidence", str(witnessed.folder / "evidence.toml")],
    )  # fmt: skip
    meeting(
        witnessed, READ, ("来源 2/3(?s:.*)文字：", "abcdefghijklmnopq"), WHO, WHERE, NOW, RIGHT,
        args=["--evidence", str(witnessed.folder / "evidence.toml")],
    )  # fmt: skip
    assert [e["source"] for e in entropy(witnessed)] == ["dice10", "text", "os"]
    assert "谁来掷" not in screen
    verified(witnessed, "E0 级")  # the computer adds its own number when theirs are known


# --- interruptions


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("after", [0, 1, 2, 4, 5])
def test_broken_off_anywhere_the_batch_stays_sealed_and_the_next_run_goes_on(
    witnessed: Bureau, key: str, after: int
) -> None:
    turns: tuple[Turn, ...] = (READ, WORDS, WHO, WHERE, NOW, RIGHT)
    screen = meeting(witnessed, *turns[:after], (turns[after][0], key), code=130, fresh=after == len(turns) - 1)
    assert "已经报过的数记进会议记录" in screen
    assert "已中断" in screen
    assert witnessed.events() == [("commit", DRAW)]
    commitment = witnessed.commitment(DRAW)
    screen = meeting(witnessed, *turns)
    assert "上次已封存，接着完成" in screen
    assert witnessed.commitment(DRAW) == commitment
    verified(witnessed, "E2 级")
