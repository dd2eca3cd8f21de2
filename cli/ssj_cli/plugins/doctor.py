"""`ssj-core plugins doctor`: load every plugin by itself and say which cannot be used, and whose fault it is."""

import sys
from pathlib import Path

import click

from ssj_cli.exit_codes import ExitCode
from ssj_cli.plugins.find import folders_of, plan_option
from ssj_cli.say import Voice
from ssj_core.apart.trial import unusable
from ssj_core.plugin.discovery import clashes, survey
from ssj_core.plugin.loader import load
from ssj_core.problems import SsjError


@click.command()
@plan_option
@click.pass_obj
def doctor(voice: Voice, plan: Path | None) -> None:
    """逐个加载全部插件，列出不能用的和原因；有不能用的，退出码是 1。

    某个插件不能用，只影响用到它的计划。别的单位的插件另起一个进程试，半分钟没有结束的算停住。

    Load every plugin by itself and list those that cannot be used, and why; exit code 1 if there are any.

    A plugin that cannot be used matters only to the plans that use it. Those of others are tried in a process of their
    own; one that has not ended in half a minute counts as hanging.
    """
    available, refused = survey(folders_of(plan))
    bad = unusable(available)
    broken = len(refused)
    for error in refused:
        voice.findings(error.problems, indent=0, said=set())
    for name, source in available.items():
        try:
            if name in bad:
                raise bad[name]
            registry = load([name], available)
        except SsjError as error:
            broken += 1
            voice.add("plugins", id=name, source=source.label, usable=False, codes=[p.code for p in error.problems])
            voice.say(f"× {name}（{source.label}）", f"× {name} ({source.label})")
            voice.findings(error.problems, indent=4, said=set())
            continue
        foreign = clashes(source)  # claims to an id that ships: its owner is usable
        broken += len(source.rivals)
        count = len(registry.owners)
        voice.add("plugins", id=name, source=source.label, usable=True, codes=[])
        voice.say(f"√ {name}（{source.label}）：登记 {count} 项", f"√ {name} ({source.label}): {count} registered")
        for rival in source.rivals:
            codes = [p.code for p in foreign]
            voice.add("plugins", id=name, source=rival.label, usable=False, codes=codes)
            voice.say(f"× {name}（{rival.label}）", f"× {name} ({rival.label})")
        voice.findings(foreign, indent=4, said=set())
    voice.say()
    total = len(refused) + sum(1 if s.contested else 1 + len(s.rivals) for s in available.values())
    if broken:
        voice.say(f"{total} 个插件，{broken} 个不能用。", f"{total} plugins, {broken} cannot be used.")
        sys.exit(ExitCode.NO)
    voice.say(f"{total} 个插件，都能用。", f"{total} plugins, all usable.")
