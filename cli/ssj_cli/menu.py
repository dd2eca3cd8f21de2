"""`ssj-core` alone at a terminal: a short menu that asks what is wanted and runs the command, which it shows."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from attrs import frozen

from ssj_cli.exit_codes import ExitCode
from ssj_cli.say import Voice, typed
from ssj_core.text import Text
from ssj_core.workspace import DRAWS

Play = Callable[[Sequence[str]], int]
"""Runs a command line and returns its exit code."""
PLAN = "plan.toml"


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

    def folder(self) -> str:
        """The working folder of the plan."""
        return str(Path(self.which_plan()).parent)

    def which_draw(self) -> list[str]:
        """Working folder and id of a draw, chosen by number from those that are there."""
        folder = self.folder()
        names = sorted(p.name for p in (Path(folder) / DRAWS).glob("[!.]*") if p.is_dir())
        for number, name in enumerate(names, 1):
            self.voice.say(f"  {number} {name}", f"  {number} {name}")
        answer = self.ask(
            Text("哪一次抽取（编号或前面的数字）", "which draw (number or id)"), names[-1] if names else ""
        )
        chosen = names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer
        return [folder, chosen]


@frozen
class Item:
    """One line of the menu: what it is called and the command line it asks for."""

    title: Text
    words: Callable[[Desk], list[str]]


ITEMS: tuple[Item, ...] = (
    Item(
        Text("新建工作文件夹，先试一试", "a new working folder, to try it"),
        lambda _: ["new"],
    ),
    Item(
        Text("核对名录", "check the rosters"),
        lambda desk: ["rosters", "check", "--plan", desk.which_plan()],
    ),
    Item(
        Text("试算：先看会怎样，不抽取", "a trial: what would happen, nothing is drawn"),
        lambda desk: ["run", desk.which_plan(), "--dry-run"],
    ),
    Item(Text("抽取：时间到了的批次", "draw the batches that are due"), lambda desk: ["run", desk.which_plan()]),
    Item(Text("打印一企一表", "print the forms"), lambda desk: ["forms", "print", *desk.which_draw()]),
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
        shown = " ".join(["ssj-core", *(typed(Path(w)) for w in words)])
        voice.say(f"→ {shown}", f"→ {shown}")
        voice.say()
        code = play(words)


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()
