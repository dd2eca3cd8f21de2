"""`ssj-core plugins show ID`: one plugin with everything that it registers."""

from pathlib import Path

import click

from ssj_cli.plugins.find import chosen, plan_option, target
from ssj_cli.say import Voice
from ssj_core.apart.trial import refuse_fatal
from ssj_core.plugin.declarative import read_manifest
from ssj_core.plugin.loader import load
from ssj_core.plugin.registry import KINDS
from ssj_core.text import Text, quoted


@click.command()
@target
@plan_option
@click.pass_obj
def show(voice: Voice, target: str, plan: Path | None) -> None:
    """查看一个插件（编号，或规则文件夹）：来自哪里，登记了哪些事项、比例和规则。

    运行这一个插件的程序，别的插件一概不动。

    Show a plugin (by id or folder): where it is from, which items, ratios and rules it registers.

    The code of this plugin alone is run.
    """
    source, available = chosen(target, plan)
    refuse_fatal(source, available)
    registry = load([source.id], available)
    info, root = registry.plugins[source.id], source.root()
    manifest = read_manifest(root, source.id, source.shown) if root is not None else None
    voice.say(f"{info.id}　{info.title}", f"{info.id} ({info.title})")
    if manifest is not None:
        voice.say(f"  主管部门 {manifest.department}", f"  department    {quoted(manifest.department)}")
        voice.say(f"  维护者   {manifest.maintainer}", f"  maintainer    {quoted(manifest.maintainer)}")
        voice.say(f"  适用于   ssj-core {manifest.requires_core}", f"  works with    ssj-core {manifest.requires_core}")
    voice.say(f"  来自     {source.label}", f"  from          {source.label}")
    voice.say(f"  摘要     {info.digest}", f"  digest        {info.digest}")
    for kind in KINDS:
        values = getattr(registry, kind.attribute)
        if not values:
            continue
        voice.say()
        voice.say(f"{kind.title.zh}（{len(values)}）", f"{kind.title.en} ({len(values)})")
        voice.table((Text("编号", "id"), Text("名称", "title")), [(i, v.title) for i, v in values.items()])
