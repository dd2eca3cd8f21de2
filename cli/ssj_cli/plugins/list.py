"""`ssj-core plugins list`: every plugin, read from its manifest without running any of its code."""

from pathlib import Path

import click

from ssj_cli.plugins.find import folders_of, plan_option
from ssj_cli.say import Voice
from ssj_core.plugin.declarative import read_manifest
from ssj_core.plugin.discovery import clashes, survey
from ssj_core.plugin.source import Source
from ssj_core.problems import Problem, SsjError
from ssj_core.text import Text

_USABLE, _BROKEN, _UNKNOWN = Text("可用", "usable"), Text("有问题", "broken"), Text("未知", "unknown")
_UNTRIED = Text("未试", "not tried")


@click.command("list")
@plan_option
@click.pass_obj
def list_plugins(voice: Voice, plan: Path | None) -> None:
    """列出全部插件：编号、名称、主管部门、来自哪个安装包的哪个版本。

    只读清单文件，不运行插件的程序；有问题的插件不影响别的。“未试”的能不能用，用 plugins doctor 试。

    List all plugins: id, title, department, which version of which distribution they are from.

    Manifests alone are read, no code of a plugin is run; a broken one does not matter to the others. Whether one that
    is "not tried" can be used, `plugins doctor` tries.
    """
    available, refused = survey(folders_of(plan))
    rows: list[tuple[str, ...]] = []
    found = [p for error in refused for p in error.problems]
    for source in available.values():
        for one in (source, *source.rivals):
            title, department, state, problems = _read(one)
            if source.rivals and (source.contested or one is not source):
                state = _BROKEN
            rows.append((one.id, title, department, one.distribution, one.version or "—", state(voice.lang)))
            found += problems
        found += clashes(source)
    voice.table(
        (
            Text("编号", "id"), Text("名称", "title"), Text("主管部门", "department"), Text("安装包或文件夹", "from"),
            Text("版本", "version"), Text("状态", "state"),
        ),
        rows,
        indent=0,
    )  # fmt: skip
    voice.problems(found, total=False)


def _read(source: Source) -> tuple[str, str, Text, tuple[Problem, ...]]:
    root = source.root()
    if root is None:
        return "—", "—", _UNKNOWN, ()
    try:
        manifest = read_manifest(root, source.id, source.shown)
    except SsjError as error:
        return "—", "—", _BROKEN, error.problems
    return manifest.title, manifest.department, _USABLE if source.shipped else _UNTRIED, ()
