"""How a checked roster is told on the screen: what it is, and counts that add up."""

from pathlib import Path

from ssj_cli.say import Voice
from ssj_core.desk.checked import Looked
from ssj_core.desk.guess import title_of
from ssj_core.desk.summary import counted
from ssj_core.text import Text


def say_counts(voice: Voice, checked: Looked) -> None:
    """Two or three lines about one file."""
    roster, counts = checked.roster, checked.counts
    header = Text("没有找到表头", "no header found")
    if roster.header_row:
        header = Text(f"表头在第 {roster.header_row} 行", f"header in row {roster.header_row}")
    how_zh = "，".join(filter(None, [roster.sheet and f"工作表“{roster.sheet}”", roster.encoding, header.zh]))
    how_en = ", ".join(filter(None, [roster.sheet and f"sheet “{roster.sheet}”", roster.encoding, header.en]))
    title = title_of(checked.kind)
    voice.say(f"【{roster.file}】{title.zh}（{how_zh}）", f"[{roster.file}] {title.en} ({how_en})")
    parts = counted(counts)
    voice.say(
        f"  {counts.total} 行 = " + " + ".join(f"{word.zh} {count}" for word, count in parts),
        f"  {counts.total} rows = " + " + ".join(f"{count} {word.en}" for word, count in parts),
    )
    if counts.whole:
        voice.say(
            f"  另有 {counts.whole} 处错误是整份文件或表头的，不算在哪一行；改好以前，可用的行也不能抽取",
            f"  and {counts.whole} errors of the whole file or its header, of no row: until they are corrected "
            "not even the usable rows can be drawn from",
        )
    if counts.warned:
        voice.say(f"  可用的行里有 {counts.warned} 行有提醒", f"  {counts.warned} of the usable rows have a warning")


def say_result(voice: Voice, checked: Looked, written: Path | None = None) -> None:
    """The same for a program, with the workbook that was written."""
    roster = checked.roster
    voice.add(
        "rosters",
        file=roster.file,
        kind=checked.kind,
        sha256=roster.sha256,
        reader=roster.reader,
        encoding=roster.encoding,
        sheet=roster.sheet,
        header_row=roster.header_row,
        columns=roster.columns,
        left_out=roster.left_out,
        counts=checked.counts,
        sound=checked.sound,
        written=written,
    )
