"""`ssj-core plugins check ID-or-FOLDER`: the conformance kit, for a terminal."""

import sys
from pathlib import Path

import click

from ssj_cli.exit_codes import ExitCode
from ssj_cli.plugins.find import chosen, plan_option, target
from ssj_cli.say import Voice
from ssj_core.apart.trial import refuse_fatal


@click.command()
@target
@plan_option
@click.pass_obj
def check(voice: Voice, target: str, plan: Path | None) -> None:
    """检验一个插件（编号，或规则文件夹）：编号、类型、比例、依据、回调是否可靠……逐项报告。

    全部成立，退出码是 0；有一项不成立，是 1；有的做不了，是 3。

    Check a plugin (its id, or a folder of rules): ids, types, ratios, bases, whether its callbacks can be relied on.

    Exit code 0 if everything holds, 1 if something fails, 3 if something could not be told.
    """
    from ssj_core.testing.checks import run_checks  # only this command needs the kit

    source, available = chosen(target, plan)
    refuse_fatal(source, available)
    results = run_checks(source, available)
    voice.say(f"{source.id}（{source.label}）", f"{source.id} ({source.label})")
    said: set[str] = set()
    for result in results:
        mark = "√" if result.holds else "×" if result.told else "〇"
        state = "holds" if result.holds else "fails" if result.told else "not done"
        voice.add("checks", id=result.check.id, state=state, codes=[p.code for p in result.problems])
        if not result.asked:
            continue  # of a plugin that does not load, only why is of interest
        voice.say(f"{mark} {result.check.title.zh}", f"{mark} {result.check.title.en}")
        voice.findings(result.problems, indent=4, said=said)
    failed = sum(r.told and not r.holds for r in results)
    skipped = sum(not r.told for r in results)
    warned = sum(r.holds and bool(r.problems) for r in results)
    voice.say()
    if failed:
        voice.say(
            f"{len(results)} 项检验，{failed} 项不成立" + (f"，{skipped} 项没有做" if skipped else "") + "。",
            f"{len(results)} checks, {failed} failed" + (f", {skipped} not done" if skipped else "") + ".",
        )
        sys.exit(ExitCode.NO)
    if skipped:
        voice.say(
            f"{len(results)} 项检验，{skipped} 项没有做，其余成立。",
            f"{len(results)} checks, {skipped} not done, the others hold.",
        )
        sys.exit(ExitCode.INPUT)
    voice.say(
        f"{len(results)} 项检验，全部成立" + (f"，{warned} 项有提醒" if warned else "") + "。",
        f"{len(results)} checks, all hold" + (f", {warned} with a warning" if warned else "") + ".",
    )
