"""A list whose headers do not tell which it is: what was seen, what of it each list would know, and what to type."""

from collections.abc import Mapping, Sequence

from ssj_core.desk.guess import LAYOUTS, TITLES, Kind
from ssj_core.problems import Problem, problem
from ssj_core.readers.brief import cut
from ssj_core.readers.model import Line
from ssj_core.roster.headers import SEARCHED, likely_header
from ssj_core.roster.layout import Layout
from ssj_core.roster.suggest import guessed
from ssj_core.roster.synonyms import header_key
from ssj_core.text import Text

_MOST = 6


def unlike(lines: Sequence[Line], file: str) -> Problem:
    """SSJ-N001: nobody knows which list it is. `file` is its path, as it is typed."""
    found = likely_header(lines)
    if found is None:
        searched = min(SEARCHED, len(lines))
        seen = Text(
            f"前 {searched} 行里没有像表头的一行",
            f"none of the first {searched} rows looks like a header",
        )
        return problem("SSJ-N001", file=file, seen=seen, commands=_commands(file, list(LAYOUTS)))
    row, titles = found
    known = {kind: [*guessed(titles, layout)] for kind, layout in LAYOUTS.items()}
    likest = sorted(LAYOUTS, key=lambda kind: -len(known[kind]))
    shown = "、".join(map(cut, titles))
    seen = Text(f"第 {row} 行的列名是“{shown}”", f"the headers of row {row} are “{shown}”")
    told = [seen, *(_told(kind, known) for kind in likest)]
    return problem(
        "SSJ-N001",
        file=file,
        row=row,
        seen=Text("；".join(one.zh for one in told), "; ".join(one.en for one in told)),
        commands=_commands(file, likest),
    )


def _told(kind: Kind, known: Mapping[Kind, Sequence[tuple[str, str]]]) -> Text:
    """The headers that a list would know, and those that are near to what it knows."""
    layout, title = LAYOUTS[kind], TITLES[kind]
    words = [_word(layout, header, field) for header, field in known[kind]]
    if not words:
        return Text(f"{title.zh}一列也不像", f"the {title.en} knows nothing like them")
    more = Text("等", " and others") if len(words) > _MOST else Text("", "")
    zh, en = ("、".join(one.zh for one in words[:_MOST]), ", ".join(one.en for one in words[:_MOST]))
    return Text(f"{title.zh}有{zh}{more.zh}", f"the {title.en} has {en}{more.en}")


def _word(layout: Layout, header: str, field: str) -> Text:
    """A header, with the name of the column that it is like where it is none of its names."""
    shown, key = f"“{cut(header)}”", header_key(cut(header))
    if layout.by_key.get(key) == field:
        return Text(shown, shown)
    usual = next(name for name, of in layout.by_key.items() if of == field)
    return Text(f"“{usual}”（{shown}？）", f"“{usual}” ({shown}?)")


def _commands(file: str, kinds: Sequence[Kind]) -> Text:
    """A line to be typed for each list, the likeliest first."""
    path = f'"{file}"' if any(sign.isspace() for sign in file) else file
    told = [(TITLES[kind], f"ssj-core rosters check {path} --as {kind}") for kind in kinds]
    return Text(
        "".join(f"\n{title.zh}：{line}" for title, line in told),
        "".join(f"\n{title.en}: {line}" for title, line in told),
    )
