"""`ssj-core rules show PLAN`: the rules of each batch as they are in force on a day, each with its basis."""

import sys
from datetime import date
from pathlib import Path

import click

from ssj_cli.choose import chosen_batches
from ssj_cli.exit_codes import ExitCode
from ssj_cli.grid import grid
from ssj_cli.kinds import Day
from ssj_cli.rules.rows import rule_rows
from ssj_cli.say import Voice
from ssj_core.in_force import rules_on
from ssj_core.opening import open_office
from ssj_core.problems import InputError
from ssj_core.text import Text


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--on", "day", type=Day(), help="这一天的规则（默认：批次的第一天）\nthe rules of this day, not of the first"
)
@click.option("--batch", "wanted", multiple=True, metavar="ID", help="只看这个批次（可多次）\nthis batch only")
@click.option("--items", is_flag=True, help="抽查事项逐项列出\nlist every item, too")
@click.pass_obj
def show(voice: Voice, plan: Path, day: date | None, wanted: tuple[str, ...], items: bool) -> None:
    """列出计划各批次当天施行的规则：比例、分层、资格、回避、事项，和每一项的依据。

    依据前面写着已核或待核。那一天没有规定的，写明规定施行的日子；退出码是 3。

    Show the rules of each batch as they are in force: ratio, strata, eligibility, recusals, items, with their bases.

    Each basis is marked verified or needs check. Where nothing is in force on the day, the days are named: exit code 3.
    """
    office, warnings = open_office(plan)
    voice.problems(warnings)
    failed = False
    for batch in chosen_batches(office, wanted):
        on = day or batch.start
        try:
            rules = rules_on(office, batch, on)
        except InputError as error:
            voice.say(f"【{batch.id}】{on}", f"[{batch.id}] {on}")
            voice.problems(error.problems)
            failed = True
            continue
        rows = list(rule_rows(rules, office, items))
        voice.say(
            f"【{batch.id}】{rules.title}，{on} 施行的规则", f"[{batch.id}] {rules.title}, rules in force on {on}"
        )
        voice.add("batches", id=batch.id, day=on, rules=rules)
        header = (Text("规则", "rule"), Text("内容", "what it says"), Text("依据", "basis"))
        grid(voice, header, [row.cells(voice.lang) for row in rows], (2, 3, 4))
        voice.say()
    sys.exit(ExitCode.INPUT if failed else ExitCode.OK)
