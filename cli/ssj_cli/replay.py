"""`ssj-core replay PLAN --against DRAW`: would today's plugins and rosters still seal what was sealed then?"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from ssj_cli.beside import ledger_beside
from ssj_cli.exit_codes import ExitCode
from ssj_cli.grid import grid
from ssj_cli.kinds import PlanFile
from ssj_cli.plugins.find import folders_of
from ssj_cli.say import Voice
from ssj_core.ledger import Ledger
from ssj_core.office import Office
from ssj_core.opening import OpenRosters, open_office, open_rosters, pins_as_they_lie
from ssj_core.pins import as_they_lie, pins_changed
from ssj_core.plugin.discovery import survey
from ssj_core.problems import InputError, PluginError, Problem, problem
from ssj_core.replaying import Replay, replay, sealed_rules
from ssj_core.rules.effective import EffectiveRules, PluginPin, RosterPin
from ssj_core.text import Text, quoted
from ssj_core.workspace import DRAWS, SEALED, Workspace, read_folder

_FEW = 3


@click.command("replay")
@click.argument("plan", type=PlanFile())
@click.option(
    "--against", "draw", required=True, metavar="DRAW",
    help="哪一次抽取：编号，或它的文件夹\nwhich draw: its id, or its folder",
)  # fmt: skip
@click.pass_obj
def replay_draw(voice: Voice, plan: Path, draw: str) -> None:
    """用现在的插件、计划和名录，把一次抽取封存的规则和名录表重算一遍，列出哪些不同、从哪一天起。

    核验（verify）不需要插件；重放回答的是：换到今天，规则还是那些吗？
    照现在的规则或者名录封存不了的，说明原因，规则照样比较。
    退出码：0 全部相同，1 有不同，3 名录已经不是当时的、名录表无法比较，4 插件不是当时的。

    Work out again, with today's plugins, plan and rosters, the rules and tables that a draw sealed: what differs, and
    since when.

    Where rules or rosters of today would not seal the batch it is said why, and the rules are compared all the same.
    Exit code 0: all the same; 1: something differs; 3: the rosters are not those of then; 4: plugins are not.
    """
    folder = _folder(plan, draw)
    files = read_folder(folder)
    then = sealed_rules(files)
    try:
        office, _ = open_office(plan)
    except (PluginError, InputError) as error:
        _say_draw(voice, then)
        missing, others = _say_plugins(voice, plan, then.plugins)
        gone = missing and any(found.code == "SSJ-G009" for found in error.problems)  # the ruleset, with its plugin
        if gone or others:
            raise PluginError(error.problems) from None
        raise
    _say_draw(voice, then)
    pins = tuple(pins_changed(then.plugins, office.registry.plugins))
    _show_pins(voice, pins, len(then.plugins))  # before anything that may fail because of them
    rosters, lie = _rosters(voice, office, plan.parent)
    voice.busy(f"正在重算 {then.draw_id}……", f"working out {then.draw_id} again ...")
    result = replay(office, rosters, lie, Workspace(plan.parent), _ledger(plan, folder), files)
    _show(voice, result)
    voice.result(
        draw=result.draw_id, changed=result.changed, refused=result.refused, rules=result.rules, tables=result.tables
    )
    sys.exit(_code(result))


def _say_draw(voice: Voice, then: EffectiveRules) -> None:
    voice.say(
        f"【{then.draw_id}】{then.title}，{then.start} 的规则",
        f"[{then.draw_id}] {quoted(then.title)}, rules of {then.start}",
    )


def _rosters(voice: Voice, office: Office, folder: Path) -> tuple[OpenRosters | InputError, Sequence[RosterPin]]:
    """The rosters of today, or why they cannot be used; and what their files are."""
    try:
        rosters = open_rosters(office, folder, voice)
    except InputError as error:
        return error, pins_as_they_lie(office, folder)
    return rosters, rosters.pins


def _folder(plan: Path, draw: str) -> Path:
    named = Path(draw)
    found = next(
        (p for p in (named, plan.parent / DRAWS / draw, plan.parent / SEALED / draw) if (p / "rules.toml").is_file()),
        None,
    )
    if found is None:
        raise InputError([problem("SSJ-A020", file=draw, value="rules.toml")])
    return found


def _ledger(plan: Path, folder: Path) -> Ledger:
    """The one beside the draw, else that of the office."""
    return ledger_beside(folder) or Workspace(plan.parent).ledger()


def _say_plugins(voice: Voice, plan: Path, then: Sequence[PluginPin]) -> tuple[bool, bool]:
    """Whether plugins of then are nowhere, and whether some are others: told where the plan cannot be opened."""
    folders: Sequence[Path] = ()
    with suppress(InputError):
        folders = folders_of(plan)
    available, _ = survey(folders)
    missing = [f"{p.id}（{f'{p.distribution} {p.version}'.strip()}）" for p in then if p.id not in available]
    if missing:
        named = "、".join(missing)
        voice.say(f"  × 封存时用的插件现在没有：{named}", f"  × plugins of then that are not there now: {named}")
    there = {info.id: info for info in as_they_lie(then, available)}
    others = tuple(pins_changed([pin for pin in then if pin.id in there], there))
    if others:
        _show_pins(voice, others, len(there))
    return bool(missing), bool(others)


def _show_pins(voice: Voice, pins: Sequence[Problem], plugins: int) -> None:
    same = plugins - len(pins)
    mark = "×" if pins else "√"
    voice.say(f"  {mark} 插件：{same} 个与封存时相同，{len(pins)} 个不同",
              f"  {mark} plugins: {same} as then, {len(pins)} differ")  # fmt: skip
    voice.findings(pins, indent=6, said=set())
    voice.result(pins=pins)


def _show(voice: Voice, result: Replay) -> None:
    if result.changed:
        voice.say("  〇 输入：不全是当时的", "  〇 inputs: not all are those of then")
        voice.findings(result.changed, indent=6, said=set())
    if result.refused:
        voice.say(
            "  × 照现在的规则和名录，这一批封存不了：",
            "  × with today's rules and rosters this batch cannot be sealed:",
        )
        voice.problems(result.refused, total=False)
    _show_rules(voice, result)
    _show_tables(voice, result)


def _show_rules(voice: Voice, result: Replay) -> None:
    if result.rules is None:
        voice.say("  〇 规则：无法比较", "  〇 rules: cannot be compared")
        return
    if not result.rules:
        voice.say("  √ 规则：相同", "  √ rules: the same")
        return
    voice.say(f"  × 规则：{len(result.rules)} 处不同", f"  × rules: {len(result.rules)} differ")
    header = (Text("规则", "rule"), Text("封存时", "then"), Text("现在", "now"), Text("自", "since"))
    notes = list(dict.fromkeys(r.why for r in result.rules))
    none = Text("没有日期", "no day")(voice.lang)
    rows = [
        (f"{r.rule} {r.key}".strip(), r.old, r.new, f"{r.since or none} [{notes.index(r.why) + 1}]")
        for r in result.rules
    ]
    grid(voice, header, rows, (3, 3, 3, 0))
    for n, note in enumerate(notes, start=1):
        voice.say(f"      [{n}] {note.zh}", f"      [{n}] {note.en}")


def _show_tables(voice: Voice, result: Replay) -> None:
    if result.idle:
        named = "、".join(result.idle)
        voice.say(
            f"  〇 名录表：无法比较，这一天没有规定的规则抽不了：{named}",
            f"  〇 tables: cannot be compared, nothing is drawn by rules that hold nothing on that day: {named}",
        )
    elif result.tables is None:
        voice.say("  〇 名录表：无法比较", "  〇 tables: cannot be compared")
    elif not result.tables:
        voice.say("  √ 名录表：相同", "  √ tables: the same")
    for table in result.tables or ():
        voice.say(
            f"  × {table.file}：多 {len(table.new)} 行，少 {len(table.gone)} 行",
            f"  × {table.file}: {len(table.new)} lines more, {len(table.gone)} fewer",
        )
        for sign, lines in (("+", table.new), ("-", table.gone)):
            for line in lines[:_FEW]:
                voice.text(Text(f"      {sign} {line}", f"      {sign} {line}"))
            if len(lines) > _FEW:
                rest = len(lines) - _FEW
                voice.say(f"      {sign} …另有 {rest} 行", f"      {sign} … and {rest} more")


def _code(result: Replay) -> ExitCode:
    if result.pins:
        return ExitCode.PLUGIN
    if result.rules or result.tables or (result.refused and result.of_then):
        return ExitCode.NO
    return ExitCode.INPUT if result.tables is None else ExitCode.OK
