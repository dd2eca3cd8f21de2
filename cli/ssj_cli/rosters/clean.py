"""`ssj-core rosters clean FILE`: the clean roster, one header for each field and one way to write each value."""

from pathlib import Path

import click

from ssj_cli.rosters.given import how, how_flags, one
from ssj_cli.rosters.told import say_counts, say_result
from ssj_cli.say import Voice, typed
from ssj_core.desk.canonical import Table, as_csv, as_xlsx, canonical
from ssj_core.desk.checked import FAULTY, Checked
from ssj_core.desk.guess import Kind
from ssj_core.outputs import free_path, same_already, write_file
from ssj_core.problems import RefusedError, errors, ordered, problem
from ssj_core.text import Text

_TOLD = 12
_DONE = ("reader", "sheet", "encoding", "columns", "derive", "sectors")
"""Keys of a roster in the plan that say how the list is read: of the clean one they would be wrong."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@how_flags
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    help="写成这个文件（.xlsx 或 .csv；默认：原名_规范.xlsx）\nfile to write, .xlsx or .csv",
)
@click.option(
    "--leave-out", is_flag=True, help="有错的行不写进去（会说明是哪些行）\nleave out rows with errors, and say which"
)
@click.pass_obj
def clean(
    voice: Voice,
    file: Path,
    plan: Path | None,
    kind: Kind | None,
    sheet: str,
    encoding: str,
    output: Path | None,
    leave_out: bool,
) -> None:
    """写出规范的名录：统一的表头，统一的写法，没有合计行、空行和个人信息。

    规范名录再读一遍，得到完全一样的内容。有错的名录不写，除非加 --leave-out。

    Write the clean roster: one header for each field, one way to write each value, no totals, no personal data.

    Read again it gives the same rows. A roster with errors is not written, but for --leave-out.
    """
    asked = how(plan, kind, sheet, encoding)
    checked = one(asked, file, voice)
    if output is not None and output.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("-o 只能是 .xlsx 或 .csv / -o must end in .xlsx or .csv")
    faulty = [number for number, fate in checked.fates.items() if fate == FAULTY]
    wrong = errors(checked.problems)
    if wrong and not (leave_out and faulty and _only_rows(checked)):
        voice.problems(ordered(checked.problems))
        raise RefusedError([problem("SSJ-N004", file=str(file), count=len(wrong))])
    voice.busy("正在整理……", "cleaning ...")
    table = canonical(checked.roster, without=faulty)
    target, written = _written(file, output, table)
    say_counts(voice, checked)
    say_result(voice, checked, target)
    if faulty:
        rows = "、".join(map(str, faulty[:_TOLD])) + ("……" if len(faulty) > _TOLD else "")
        voice.problems([problem("SSJ-N005", file=str(file), count=len(faulty), rows=rows)])
    zh, en = ("", "") if written else ("，已经有了，内容一样，没有再写", ", there already, with the same content")
    voice.say(
        f"  规范名录（{len(table.rows)} 行{zh}）：{typed(target)}",
        f"  clean roster ({len(table.rows)} rows{en}): {typed(target)}",
    )
    spec = asked.mapped.get(checked.kind)
    done = [key for key in _DONE if spec is not None and getattr(spec, key)]
    drop = Text(f"，删去那里的 {'、'.join(done)}", f", without {', '.join(done)}") if done else Text("", "")
    voice.say(
        f'  用它抽取：放进工作文件夹，在 plan.toml 的 [rosters.{checked.kind}] 里写 file = "{target.name}"{drop.zh}；'
        f"还没有工作文件夹的，新建时用 ssj-core new 文件夹 --{checked.kind} {typed(target)}",
        f"  to draw from it: put it into the working folder and name it under [rosters.{checked.kind}] of plan.toml "
        f'(file = "{target.name}"{drop.en}); for a new folder: ssj-core new DIR --{checked.kind} {typed(target)}',
    )


def _written(file: Path, output: Path | None, table: Table) -> tuple[Path, bool]:
    """Where the roster lies, and whether it had to be written: beside the old one, the same is not written again."""
    if output is not None:
        write_file(output, as_csv(table) if output.suffix.lower() == ".csv" else as_xlsx(table))
        return output, True
    made, name = as_xlsx(table), f"{file.stem}_规范"
    if same := same_already(file.parent, name, ".xlsx", made):
        return same, False
    target = free_path(file.parent, name, ".xlsx")
    write_file(target, made)
    return target, True


def _only_rows(checked: Checked) -> bool:
    """Whether every error is one of a row below the header: what is wrong with the header is wrong with all rows."""
    header = checked.roster.header_row
    return all(one.row is not None and one.row > header for one in errors(checked.problems))
