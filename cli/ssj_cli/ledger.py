"""`ssj-core ledger show | verify | export`: the ledger for people, checked, and copied out."""

import sys
from pathlib import Path

import click
from attrs import evolve

from ssj_cli.exit_codes import ExitCode
from ssj_cli.kinds import Digest
from ssj_cli.say import Voice
from ssj_core import ledger as ledgers
from ssj_core.infiles import read_file
from ssj_core.ledger import Ledger
from ssj_core.outputs import write_file
from ssj_core.problems import InputError, problem
from ssj_core.text import Text
from ssj_core.verify.folder import two_commits, verify_ledger
from ssj_core.workspace import Workspace

_FOLDER = click.Path(path_type=Path)
_KINDS = {
    "commit": Text("封存", "sealed"),
    "entropy": Text("熵源", "entropy"),
    "draw": Text("抽取", "drawn"),
    "replace": Text("登记替换", "replacement registered"),
    "replaced": Text("替换", "replaced"),
    "void": Text("作废", "void"),
}


@click.group()
def ledger() -> None:
    """台账：查看、核验、导出。

    The ledger: shown, checked, copied out.
    """


@ledger.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.pass_obj
def show(voice: Voice, folder: Path) -> None:
    """逐行列出台账：第几行、时间、什么事、哪次抽取。

    List the ledger line by line: number, time, event, draw.
    """
    found = _read(folder)
    voice.result(events=found.events)
    voice.table(
        (Text("行", "line"), Text("时间", "time"), Text("事项", "event"), Text("抽取", "draw"), Text("说明", "remark")),
        [
            (str(e.number), e.time, _KINDS[e.event](voice.lang), e.draw, str(e.data.get("reason", "")))
            for e in found.events
        ],
    )
    _head(voice, found)


@ledger.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option(
    "--against",
    type=_FOLDER,
    help="从前导出的台账：现在的台账必须以它开头\nan earlier copy: the ledger must begin with it",
)
@click.option(
    "--head",
    metavar="HEX",
    type=Digest(),
    help="从前公布的台账头（公告上的）：必须是其中一行的摘要\na head once published: it must be the digest of a line",
)
@click.pass_obj
def verify(voice: Voice, folder: Path, against: Path | None, head: str | None) -> None:
    """核验台账首尾相接；给出从前导出的一份，或公布过的台账头，还能发现改写。
    DIR 也可以是导出的一份。退出码：0 成立，1 不成立，3 无法判断。

    Check that the ledger is one chain; an earlier copy or a published head shows what was rewritten.
    DIR may be an exported ledger, too. Exit code: 0 holds, 1 does not hold, 3 could not tell.
    """
    data = read_file(_file(folder), ledgers.FILE)
    found = _checked(voice, data)
    if head is not None:
        row = found.line_of(head)
        if row is None:
            voice.problems([problem("SSJ-L026", file=ledgers.FILE, value=head)])
            sys.exit(ExitCode.NO)
        voice.say(f"√ 公布过的台账头是第 {row} 行之后的", f"√ the published head is that after line {row}")
    if against is not None:
        kept = read_file(against, str(against))
        _usable(kept, against)
        earlier, present = kept.split(b"\n")[:-1], data.split(b"\n")[:-1]
        last = len(earlier)
        for number, line in enumerate(earlier, start=1):
            if number > len(present) or present[number - 1] != line:
                voice.problems([problem("SSJ-L023", file=str(against), row=number, value=number)])
                sys.exit(ExitCode.NO)
        voice.say(
            f"√ 从前导出的 {last} 行都在，一字未改", f"√ the {last} lines exported before are all there, unchanged"
        )
    voice.say(f"√ 台账 {len(found.events)} 行首尾相接", f"√ the {len(found.events)} lines are one chain")
    _head(voice, found)


@ledger.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.argument("target", metavar="FILE", type=_FOLDER)
@click.pass_obj
def export(voice: Voice, folder: Path, target: Path) -> None:
    """把台账抄出一份，用来公布或留存；已有的文件不会被覆盖。

    Copy the ledger out, to publish or to keep; no file is overwritten.
    """
    found = _read(folder)
    data = b"".join(e.encode() + b"\n" for e in found.events)
    write_file(target, data, folders=False)
    voice.result(file=target)
    voice.say(f"已导出 {len(found.events)} 行到 {target}", f"{len(found.events)} lines exported to {target}")
    _head(voice, found)


def _file(folder: Path) -> Path:
    """The ledger of a working folder, or one that was exported."""
    return folder if folder.is_file() else folder / ledgers.FILE


def _usable(kept: bytes, file: Path) -> None:
    """An earlier copy that does not hold by itself, saved by an editor perhaps, says nothing about the ledger.

    Raises:
        InputError: it does not.
    """
    found, step = verify_ledger(kept)
    if found is None:
        raise InputError([evolve(p, file=str(file)) for p in step.details])
    if not found.events:
        raise InputError([problem("SSJ-L024", file=str(file), value=str(file))])


def _checked(voice: Voice, data: bytes) -> Ledger:
    """The ledger, if it holds; else how it does not is said and this is the end."""
    found, step = verify_ledger(data)
    wrong = [p for p in (*step.details, *two_commits(found)) if p.severity != "note"]
    if found is None or wrong:
        voice.problems(wrong, total=False)
        sys.exit(ExitCode.INPUT if step.status == "unknown" else ExitCode.NO)
    voice.problems(step.details)
    return found


def _read(folder: Path) -> Ledger:
    read_file(folder / ledgers.FILE, ledgers.FILE)  # a folder without one is not an empty ledger
    return Workspace(folder).ledger()


def _head(voice: Voice, found: Ledger) -> None:
    voice.result(ledger_head=found.head, lines=len(found.events))
    voice.say(f"台账头 {found.head}", f"head {found.head}")
