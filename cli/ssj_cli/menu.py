"""`ssj-core` alone at a terminal: a short menu that asks what is wanted and runs the command, which it shows."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from attrs import frozen

from ssj_cli import clock
from ssj_cli.due import due_batches
from ssj_cli.exit_codes import ExitCode
from ssj_cli.kinds import PLAN
from ssj_cli.say import Voice, typed
from ssj_core.problems import SsjError
from ssj_core.text import Text
from ssj_core.workspace import DRAWS

Play = Callable[[Sequence[str]], int]
"""Runs a command line and returns its exit code."""
LISTS = frozenset({".xlsx", ".xls", ".et", ".ods", ".csv"})
PAPERS = (
    ("form", Text("一企一表", "form of each visit")),
    ("notice", Text("检查通知书", "notice to the inspected")),
    ("tasks", Text("检查任务单", "tasks of each officer")),
    ("protocol", Text("随机抽取会议记录", "protocol of the draw")),
)
_YES = frozenset({"是", "y", "yes", "1"})
_PART = re.compile("\"[^\"]*\"|'[^']*'|[^\\s\"']+")


class NothingDrawnError(Exception):
    """What was chosen is about a draw, and none was made yet."""


@frozen
class Desk:
    """Who asks and what was answered before: the plan, which is offered again."""

    voice: Voice
    plan: list[str]

    def ask(self, question: Text, default: str = "") -> str:
        """One answer; Enter takes the default.

        Raises:
            click.Abort: the input is over.
        """
        shown = f" [{default}]" if default else ""
        self.voice.begin(Text(question.zh + shown, question.en + shown))
        try:
            return input().strip() or default
        except (EOFError, KeyboardInterrupt):
            self.voice.say()
            raise click.Abort from None

    def which_plan(self) -> str:
        """The plan: the one named before, or one in this folder or directly below."""
        here = (
            [self.plan[0]] if self.plan else [str(p) for p in sorted([*Path().glob(PLAN), *Path().glob(f"*/{PLAN}")])]
        )
        answer = self.ask(Text("计划文件", "plan"), here[0] if here else PLAN)
        self.plan[:] = [answer]
        return answer

    def which_files(self, question: Text) -> list[str]:
        """Files by name or by the number shown before them; several with blanks between, in quotes or dragged here."""
        names = sorted(p.name for p in Path().iterdir() if p.suffix.lower() in LISTS) if Path().is_dir() else []
        for number, name in enumerate(names, 1):
            self.voice.say(f"  {number} {name}", f"  {number} {name}")
        answer = self.ask(question)
        parts = [answer] if Path(answer).is_file() else [p.strip("\"'") for p in _PART.findall(answer)]
        return [names[int(p) - 1] if p.isdecimal() and 0 < int(p) <= len(names) else p for p in parts if p]

    def which_file(self, question: Text) -> Path | None:
        """One file that is there, or none."""
        while found := self.which_files(question):
            if Path(found[0]).is_file():
                return Path(found[0])
            self.voice.say(f"没有文件“{found[0]}”。", f"there is no file {found[0]}.")
        return None

    def folder(self) -> str:
        """The working folder of the plan."""
        return str(Path(self.which_plan()).parent)

    def which_draw(self) -> list[str]:
        """Working folder and id of a draw, chosen by number from those that are there.

        Raises:
            NothingDrawnError: there is none to choose from.
        """
        folder = self.folder()
        names = sorted(p.name for p in (Path(folder) / DRAWS).glob("[!.]*") if p.is_dir())
        if not names and Path(folder).is_dir():
            raise NothingDrawnError
        for number, name in enumerate(names, 1):
            self.voice.say(f"  {number} {name}", f"  {number} {name}")
        answer = self.ask(
            Text("哪一次抽取（编号或前面的数字）", "which draw (number or id)"), names[-1] if names else ""
        )
        chosen = names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer
        return [folder, chosen]


def _rosters(desk: Desk) -> list[str]:
    """The rosters to check: files, or those of the plan."""
    question = Text(
        "名录文件（写前面的数字或文件名，几个用空格隔开；直接回车就核对计划里的两个）",
        "rosters (numbers or names with blanks between; Enter: the two of the plan)",
    )
    return desk.which_files(question) or ["--plan", desk.which_plan()]


def _roster(desk: Desk) -> list[str]:
    return desk.which_files(Text("名录文件（写前面的数字或文件名）", "roster (number or name)"))[:1]


def _draw(desk: Desk) -> list[str]:
    """Draw what is due, once somebody has seen what that is and said yes; nothing else can be said by Enter alone."""
    words = ["run", desk.which_plan()]
    plan = Path(words[1]) / PLAN if Path(words[1]).is_dir() else Path(words[1])
    try:
        due = due_batches(plan, clock.today().date())
    except SsjError:
        return words  # the command says what is wrong
    if not due:
        return words  # and when the next one begins
    desk.voice.say("时间到了、要抽取的批次：", "batches that are due:")
    for one in due:
        desk.voice.text(one, indent=2)
    question = Text(
        f"现在抽取这 {len(due)} 个批次？抽过的不会再抽（是/否）",
        f"draw these {len(due)} now? None is drawn again (yes/no)",
    )
    if desk.ask(question, Text("否", "no")(desk.voice.lang)).casefold() in _YES:
        return words
    desk.voice.say(
        "没有抽取。只抽其中一个：ssj-core run 计划 --batch 批次", "nothing was drawn; for one: run PLAN --batch ID"
    )
    return []


def _paper(desk: Desk) -> list[str]:
    for number, (_, title) in enumerate(PAPERS, 1):
        desk.voice.say(f"  {number} {title.zh}", f"  {number} {title.en}")
    answer = desk.ask(Text("哪一种文书", "which paper"), "1")
    chosen = int(answer) if answer.isdecimal() and 0 < int(answer) <= len(PAPERS) else 1
    return ["--paper", PAPERS[chosen - 1][0]] if chosen > 1 else []


@frozen
class Item:
    """One line of the menu: what it is called and the command line it asks for, empty where that is not wanted."""

    title: Text
    words: Callable[[Desk], list[str]]


ITEMS: tuple[Item, ...] = (
    Item(
        Text("新建工作文件夹，先试一试", "a new working folder, to try it"),
        lambda _: ["new"],
    ),
    Item(
        Text("核对名录：从平台导出的表，或计划里的两个", "check rosters: exported lists, or those of the plan"),
        lambda desk: ["rosters", "check", *_rosters(desk)],
    ),
    Item(
        Text("整理名录：写出规范的一份", "clean a roster: write it in one way"),
        lambda desk: ["rosters", "clean", *_roster(desk)],
    ),
    Item(
        Text("试算：先看会怎样，不抽取", "a trial: what would happen, nothing is drawn"),
        lambda desk: ["run", desk.which_plan(), "--dry-run"],
    ),
    Item(Text("抽取：时间到了的批次", "draw the batches that are due"), _draw),
    Item(
        Text("打印文书：一企一表、通知书、任务单、会议记录", "print papers: forms, notices, tasks, protocol"),
        lambda desk: ["forms", "print", *desk.which_draw(), *_paper(desk)],
    ),
    Item(
        Text("写出名单：抽中、检查组、递补、未纳入", "write the lists: drawn, teams, reserve, left out"),
        lambda desk: ["lists", *desk.which_draw()],
    ),
    Item(Text("核验", "verify"), lambda desk: ["verify", desk.folder()]),
    Item(
        Text("为什么抽中、没抽中", "why drawn, why not"),
        lambda desk: ["explain", *desk.which_draw(), desk.ask(Text("编号、代码或名称", "id, code or name"))],
    ),
    Item(Text("体检：这台电脑缺什么", "what this computer lacks"), lambda _: ["doctor"]),
    Item(Text("全部命令", "all commands"), lambda _: ["--help"]),
)


def menu(voice: Voice, play: Play) -> int:
    """Show the menu until somebody leaves; the exit code is that of the last command."""
    desk, code = Desk(voice, []), int(ExitCode.OK)
    while True:
        voice.say()
        voice.say("双随机、一公开：要做什么？", "What would you like to do?")
        for number, item in enumerate(ITEMS, 1):
            voice.say(f"  {number} {item.title.zh}", f"  {number} {item.title.en}")
        voice.say("  0 退出", "  0 leave")
        try:
            answer = desk.ask(Text("输入数字", "number"), "0")
            if answer == "0":
                return code
            if not answer.isdecimal() or not 0 < int(answer) <= len(ITEMS):
                voice.say(f"没有“{answer}”这一项。", f"there is no {answer}.")
                continue
            words = ITEMS[int(answer) - 1].words(desk)
        except click.Abort:
            return code
        except NothingDrawnError:
            voice.say("这里还没有抽取过，先抽取。", "nothing was drawn here yet: draw first.")
            continue
        if not words:
            continue
        shown = " ".join(["ssj-core", *(typed(Path(w)) for w in words)])
        voice.say(f"→ {shown}", f"→ {shown}")
        voice.say()
        code = play(words)


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()
