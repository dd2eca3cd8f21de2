"""`ssj-core new`: a working folder with the sample, or with rules of one's own."""

from importlib.resources import files
from pathlib import Path

import click

from ssj_cli.fresh import make_folder
from ssj_cli.menu import Desk
from ssj_cli.own import with_rosters, without_sectors
from ssj_cli.plugins.new import PLAIN, is_plain, lay_out, plain, rosters_checked
from ssj_cli.say import Voice, typed
from ssj_core.plugin.declarative import ID
from ssj_core.text import Text

_ROSTERS = (
    ("检查对象名录的文件（还没有就直接回车，用编造的）", "roster of subjects (Enter: an invented one)"),
    ("执法检查人员名录的文件（同上）", "roster of officers (Enter: an invented one)"),
)
SAMPLES = {"fuping_zjj_2021": "ssj_rulesets.fuping_zjj_2021"}


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--bureau",
    callback=plain,
    help="本单位的名称：不用样例，做一套自己的规则和计划\nyour own bureau: rules and a plan of its own, not the sample",
)
@click.option("--title", callback=plain, help="监管类别的名称，与 --bureau 同用\nname of the sector, with --bureau")
@click.option("--id", "plugin", default="own", help="规则的编号，与 --bureau 同用\nid of the rules, with --bureau")
@click.option(
    "--subjects",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="自己的检查对象名录，放进去代替编造的\nyour own roster of subjects, in place of the invented one",
)
@click.option(
    "--officers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="自己的执法检查人员名录，同上\nyour own roster of officers, likewise",
)
@click.pass_obj
def new(
    voice: Voice,
    folder: Path | None,
    bureau: str,
    title: str,
    plugin: str,
    subjects: Path | None,
    officers: Path | None,
) -> None:
    """新建工作文件夹：样例，或者一套自己的规则和计划。

    样例是阜平县住建局 2021 年度实施方案，名录由程序编造，可直接运行。不写 DIR，就一项一项地问。

    Make a working folder: the sample, or rules and a plan of your own.

    The sample is a county housing bureau's plan of 2021 with invented rosters; it runs as it is. Without DIR, the few
    things needed are asked for.
    """
    if folder is None:
        if not voice.asks():
            raise click.UsageError("缺少 DIR：写上要新建的文件夹 / DIR is missing: name the folder to make")
        folder, bureau, title, plugin, subjects, officers = _asked(voice, plugin)
    rosters = {"subjects": subjects, "officers": officers}
    if bureau:
        lay_out(voice, plugin, folder, title or "样例事项", bureau, rosters=rosters)
        return
    sample = files(SAMPLES["fuping_zjj_2021"]) / "sample"
    make_folder(folder, with_rosters({entry.name: entry.read_bytes() for entry in sample.iterdir()}, rosters))
    voice.result(folder=folder, files=sorted(p.name for p in folder.iterdir()))
    voice.say(f"已建好 {folder}：", f"made {folder}:")
    for name in sorted(p.name for p in folder.iterdir()):
        voice.say(f"  {name}", f"  {name}")
    if subjects or officers:
        voice.problems(without_sectors(folder))
        voice.say(f"下一步：{rosters_checked(folder)}", f"next: {rosters_checked(folder)}")
    plan = typed(folder / "plan.toml")
    voice.say(f"下一步：ssj-core run {plan}", f"next: ssj-core run {plan}")


def _asked(voice: Voice, plugin: str) -> tuple[Path, str, str, str, Path | None, Path | None]:
    """Folder, bureau, sector, id of the rules and rosters; nothing but the folder where the sample is wanted."""
    desk = Desk(voice, [])
    folder = Path(desk.ask(Text("文件夹名", "folder"), "demo"))
    if desk.ask(Text("1 样例，2 自己的单位", "1 the sample, 2 your own bureau"), "1") != "2":
        return folder, "", "", plugin, None, None
    bureau = _words(desk, Text("单位名称", "name of the bureau"))
    title = _words(desk, Text("监管类别的名称", "name of the sector"))
    while True:
        told = desk.ask(Text("规则的编号（小写字母、数字、下划线）", "id of the rules (a-z, 0-9, _)"), plugin)
        if ID.fullmatch(told):
            subjects, officers = (desk.which_file(Text(*question)) for question in _ROSTERS)
            return folder, bureau, title, told, subjects, officers
        voice.say(f"“{told}”不能作编号。", f"{told} cannot be an id.")


def _words(desk: Desk, question: Text) -> str:
    while True:
        said = desk.ask(question)
        if is_plain(said):
            return said
        desk.voice.say(f"{PLAIN.zh}。", f"{PLAIN.en}.")
