"""`ssj-core rules show PLAN`: the rules of each batch as they are in force on a day, each with its basis."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click
from attrs import evolve

from ssj_cli.choose import chosen_batches
from ssj_cli.exit_codes import ExitCode
from ssj_cli.grid import grid
from ssj_cli.kinds import Day, PlanFile
from ssj_cli.rules.rows import choice_rows, rule_rows
from ssj_cli.say import Voice
from ssj_core.in_force import rules_on
from ssj_core.office import policy_of
from ssj_core.opening import open_office
from ssj_core.plan import Batch
from ssj_core.problems import InputError, Problem
from ssj_core.rules.ruleset import Ruleset
from ssj_core.text import Text, quoted


@click.command()
@click.argument("plan", type=PlanFile())
@click.option(
    "--on", "day", type=Day(), help="这一天的规则（默认：批次的第一天）\nthe rules of this day, not of the first"
)
@click.option("--batch", "wanted", multiple=True, metavar="ID", help="只看这个批次（可多次）\nthis batch only")
@click.option("--items", is_flag=True, help="抽查事项逐项列出\nlist every item, too")
@click.pass_obj
def show(voice: Voice, plan: Path, day: date | None, wanted: tuple[str, ...], items: bool) -> None:
    """列出计划各批次当天施行的规则：比例、分层、资格、回避、事项，和每一项的依据。

    依据前面写着已核、待核或自定；没有写依据的，写明在哪里补。最后列出规则集自己决定的事项（[[choice]]）。
    那一天没有规定的，写明规定施行的日子；退出码是 3。

    Show the rules of each batch as they are in force: ratio, strata, eligibility, recusals, items, with their bases.

    Each basis is marked verified, needs check or own choice; a missing one is told. What the ruleset decides itself
    ([[choice]]) comes last. Where nothing is in force on the
    day, the days are named: exit code 3.
    """
    office, warnings = open_office(plan)
    voice.problems(warnings)
    refused: list[Problem] = []
    for batch in chosen_batches(office, wanted):
        on = day or batch.start
        try:
            rules = rules_on(office, batch, on)
        except InputError as error:
            title = policy_of(office.ruleset, batch).title
            voice.say(
                f"【{batch.id}】{title}，{on} 的规则列不出来，原因见错误",
                f"[{batch.id}] {quoted(title)}, no rules to show for {on}, see the errors",
            )
            refused += error.problems
            continue
        rows = list(rule_rows(rules, office, items))
        outside = Text("", "") if batch.start <= on <= batch.end else _outside(batch)
        voice.say(
            f"【{batch.id}】{rules.title}，{on} 施行的规则{outside.zh}",
            f"[{batch.id}] {quoted(rules.title)}, rules in force on {on}{outside.en}",
        )
        voice.add("batches", id=batch.id, day=on, rules=rules)
        header = (Text("规则", "rule"), Text("内容", "what it says"), Text("依据", "basis"))
        grid(voice, header, [row.cells(voice.lang) for row in rows], (2, 3, 4))
        voice.say()
    _show_choices(voice, office.ruleset)
    voice.problems(_asked(refused) if day else refused)
    sys.exit(ExitCode.INPUT if refused else ExitCode.OK)


def _show_choices(voice: Voice, ruleset: Ruleset) -> None:
    voice.result(choices=ruleset.choice)
    if not ruleset.choice:
        return
    count = len(ruleset.choice)
    voice.say(
        f"规则集 {ruleset.id} 自定的事项（文件没有写明的，共 {count} 项；依据标“自定”）",
        f"What the ruleset {ruleset.id} decides itself, where its document says nothing ({count}; marked own choice)",
    )
    header = (Text("问题", "question"), Text("决定", "decision"), Text("理由", "reason"))
    grid(voice, header, list(choice_rows(ruleset)), (2, 3, 3))
    voice.say()


def _outside(batch: Batch) -> Text:
    return Text(
        f"（批次 {batch.start} 至 {batch.end}，这一天不在内）",
        f" (the batch is from {batch.start} to {batch.end}, without that day)",
    )


def _asked(found: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of a day that stands in the command and in no line of the plan; what several batches share, once."""
    yield from {p.message("zh"): evolve(p, file="", row=None, field="--on") for p in found}.values()
