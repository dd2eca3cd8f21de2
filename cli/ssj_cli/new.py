"""`ssj-core new DIR`: a working folder with the sample plan and rosters."""

from importlib.resources import files
from pathlib import Path

import click

from ssj_cli.fresh import make_folder
from ssj_cli.say import Voice, typed

SAMPLES = {"fuping_zjj_2021": "ssj_rulesets.fuping_zjj_2021"}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def new(voice: Voice, folder: Path) -> None:
    """新建工作文件夹，放入样例计划和名录。

    样例是阜平县住建局 2021 年度实施方案，名录由程序编造，可直接运行。

    Make a working folder with a sample plan and rosters.

    The sample is a county housing bureau's plan of 2021 with invented rosters; it runs as it is.
    """
    sample = files(SAMPLES["fuping_zjj_2021"]) / "sample"
    make_folder(folder, {entry.name: entry.read_bytes() for entry in sample.iterdir()})
    voice.result(folder=folder, files=sorted(p.name for p in folder.iterdir()))
    voice.say(f"已建好 {folder}：", f"made {folder}:")
    for name in sorted(p.name for p in folder.iterdir()):
        voice.say(f"  {name}", f"  {name}")
    plan = typed(folder / "plan.toml")
    voice.say(f"下一步：ssj-core run {plan}", f"next: ssj-core run {plan}")
