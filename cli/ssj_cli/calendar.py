"""`ssj-core calendar add | show`: the holidays that deadlines are counted with, and notices no release has yet."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from ssj_cli.clock import now
from ssj_cli.menu import Desk
from ssj_cli.say import Voice, typed
from ssj_core.calendars import LIBRARY, calendar_path, encode_calendar, holidays
from ssj_core.holiday_notice import read_notice, year_of
from ssj_core.infiles import read_file
from ssj_core.outputs import write_file
from ssj_core.problems import InputError, RefusedError, problem
from ssj_core.readers.decode import decode
from ssj_core.readers.model import ReadOptions
from ssj_core.text import Text
from ssj_core.workdays import Certain, Holidays, HolidayYear, amended, days_of, usual

_FOLDER = click.option(
    "--in",
    "folder",
    metavar="DIR",
    default=Path(),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="计划所在的文件夹，不写就是当前文件夹\nthe folder of the plan; else the current one",
)
_YEAR = click.IntRange(2004, 2999)


@click.group()
def calendar() -> None:
    """放假调休：录入期限按它推算；新公布的放假安排可以自己加。

    Holidays: deadlines are counted with them; the office can add a new notice itself.
    """


@calendar.command()
@click.argument("file", metavar="FILE.txt", type=click.Path(path_type=Path))
@click.option("--year", type=_YEAR, help="哪一年的安排；不写就看标题\nfor which year; else its title says")
@click.option(
    "--amend", is_flag=True, help="只是对已有安排的局部调整\nit only changes some days of a year already known"
)
@click.option("--yes", is_flag=True, help="日期已经核对过，不再询问\nthe days have been compared, do not ask")
@click.option("--force", is_flag=True, help="覆盖已有的表\nwrite over a table that is there")
@_FOLDER
@click.pass_obj
def add(voice: Voice, file: Path, year: int | None, amend: bool, yes: bool, force: bool, folder: Path) -> None:
    """读放假安排通知的文字，核对后存入 calendars/年份.toml，以后封存、打印都用它。

    把通知的文字复制到 .txt 文件再读，例如“10月1日（星期五）至7日（星期四）放假调休。9月26日（星期日）上班。”

    Read the text of a notice of holidays; once you have compared it, it is kept in calendars/YEAR.toml and used.

    Copy the text of the notice to a .txt file first.
    """
    text = _text(file)
    year = year or year_of(text)
    if year is None:
        raise InputError([problem("SSJ-H004", value=file.name, year=int(now()[:4]) + 1)])
    read = read_notice(text, year, file.stem, file.name)
    if amend:
        known = holidays(folder, [year]).get(year)
        if known is None:
            raise InputError([problem("SSJ-H005", value=year, year=year)])
        read = amended(known, read)
    path = calendar_path(folder, year)
    if path.exists() and not (force or amend):  # said before the question
        raise InputError([problem("SSJ-O001", file=str(path), value=path.name)])
    _tell(voice, read)
    if not (yes or _confirmed(voice)):
        raise RefusedError([problem("SSJ-H006", value=typed(path))])
    write_file(path, encode_calendar(read), replace=force or amend)
    voice.result(file=path)
    voice.say(f"已写入 {typed(path)}，以后封存、打印都用它", f"written to {typed(path)}; it is used from now on")


@calendar.command()
@click.argument("year", type=_YEAR)
@_FOLDER
@click.pass_obj
def show(voice: Voice, year: int, folder: Path) -> None:
    """列出一年的放假和周末上班的日子，以及出处。

    List the days off and the working weekends of a year, and where they come from.
    """
    known = holidays(folder, [year]).get(year)
    if known is None:
        raise InputError([problem("SSJ-H007", value=year)])
    _tell(voice, known)


def _text(file: Path) -> str:
    text, _, found = decode(read_file(file, str(file)), ReadOptions(file=file.name))
    if text is None:
        raise InputError(found)
    return text


def _confirmed(voice: Voice) -> bool:
    if not voice.asks():
        return False
    question = Text("与通知原文核对过了，写入（是/否）", "compared with the notice, write it (yes/no)")
    return Desk(voice, []).ask(question, "否").lower() in ("是", "y", "yes")


def _tell(voice: Voice, table: HolidayYear) -> None:
    source = "自带" if table.source == LIBRARY else table.source
    voice.result(year=table.year, source=table.source, days=dict(table.days))
    voice.say(f"{table.year} 年放假调休（出处：{source}）", f"holidays of {table.year} (from: {table.source})")
    for first, last in _stretches(table):
        voice.add("off", first=first, last=last)
        count = (last - first).days + 1
        span = f"{_named(first)}至{_named(last)}" if count > 1 else _named(first)
        voice.say(f"  放假  {span}，共 {count} 天", f"  off   {first} to {last}, {count} days")
    for key, working in table.days.items():
        if working:
            voice.say(f"  上班  {_named(date.fromisoformat(key))}", f"  work  {key}")


def _stretches(table: HolidayYear) -> Iterator[tuple[date, date]]:
    """Days off in a row, with the weekends among them, where at least one is off by the notice alone."""
    tables: Holidays = dict.fromkeys((table.year - 1, table.year), table)
    working, row = Certain(tables), list[date]()
    for day in days_of(table.year):
        if not working(day):
            row.append(day)
            continue
        if any(map(usual, row)):
            yield row[0], row[-1]
        row = []
    if any(map(usual, row)):
        yield row[0], row[-1]


def _named(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）"
