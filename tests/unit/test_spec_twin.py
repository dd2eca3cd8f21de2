"""`SPEC.zh.md` says what `SPEC.md` says, block by block: whoever changes one is made to change the other.

A block is a heading, a paragraph, a list, a table or fenced code. `differences` compares what can be compared without
reading either language. What it cannot see, a word of the English text, `stale` does: below each heading the Chinese
text names the English section it was made from, by the first digits of its SHA-256. Whoever has brought a section up
to date writes the new mark, which the failing test prints.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

CORE = Path(__file__).resolve().parents[2] / "core"
ENGLISH, CHINESE = ((CORE / name).read_text("utf-8") for name in ("SPEC.md", "SPEC.zh.md"))

COMMENTS = {
    "k ≥ 1, in the order of the plan": "k ≥ 1，按计划的次序",
    "by id": "按编号",
    "by name; its officers by id": "按名称；其中的人员按编号",
    "in order": "按次序",
    "by officer id": "按人员编号",
    "the lesser id first; by both": "编号小的在前；按两个编号",
    "place and attempt from 1": "席位和次数从 1 数起",
    "in a group of level λ": "在 λ 档的组里",
    "in no group": "不在任何组里",
    "the seed, from the commitment published beforehand and what the witnesses said": (
        "种子，由事先公布的承诺和见证人所说的得出"
    ),
    "the key of the subjects": "检查对象的密钥",
    "a ticket: the key, then your own id": "签号：密钥，后面接自己的编号",
}
"""All that may differ in fenced code: a comment, which begins after `# ` at the beginning of a line, after `; ` or
after four blanks, and ends with the line. Whoever writes another comment adds it here, with its twin."""
WHOLE = ("Glossary", "Conformance")
"""Sections whose tables are the same in both, but for the header."""

HEADING = re.compile(r"(?m)^#{1,3} .*$")
MARK = re.compile(r"\n<!-- en ([0-9a-f]{12}) -->")
HEX = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{16,}(?![0-9A-Za-z])")
MUST = re.compile(r"MUST-[0-9]+\.[0-9]+")
SPAN = re.compile(r"`[^`\n]+`")
NUMBER = re.compile(r"[0-9]+")
ITEM = re.compile(r"(?m)^(?:-|[0-9]+\.) ")
HAN = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH_WORDS = re.compile(r"(?:\b[A-Z]?[a-z]+[ ,.;:]+){2}[a-z]+")
"""Three words in a row: an English phrase left standing."""
COMMENT = re.compile(r"(?m)(^# |; | {4})(" + "|".join(map(re.escape, COMMENTS)) + ")$")


class Block(NamedTuple):
    """A block, the section it stands in, its kind: `#`, `##`, `###`, `text`, `list`, `table`, `code`."""

    section: str
    kind: str
    text: str


@lru_cache(maxsize=2)  # one side stays as it is while the other is changed
def blocks(spec: str) -> tuple[Block, ...]:
    """The blocks of a specification in their order, without the marks."""
    return tuple(_blocks(spec))


def _blocks(spec: str) -> Iterator[Block]:
    section = ""
    for code, prose in re.findall(r"(?ms)^(```.*?^```)$|(.+?)(?=^```|\Z)", MARK.sub("", spec)):
        for text in [code] if code else filter(None, re.split(r"\n{2,}", prose.strip("\n"))):
            heading = None if code else re.match(r"(#+) ([0-9.]*)", text)
            section = heading[2].rstrip(".") if heading else section
            kinds = {"|": "table", "-": "list", "1.": "list"}
            kind = "code" if code else heading[1] if heading else kinds.get(text.split(maxsplit=1)[0], "text")
            yield Block(section, kind, text)


def differences(english: str, chinese: str) -> list[str]:
    """What does not agree, in the order of the text.

    Both have blocks of the same kinds in the same order, under headings of the same numbers; blocks that correspond
    have the same MUSTs in their order, as many list items, as many rows and cells, the same code spans, the same
    numbers (both in any order, for sentences turn round; in a table cell by cell), and every Chinese word of the
    English one. Fenced code is the same to the byte, but for `COMMENTS`, and so are the digests.
    """
    title, found = "", list[str]()
    for one, other in zip_longest(blocks(english), blocks(chinese)):
        if one is None or other is None or (one.section, one.kind) != (other.section, other.kind):
            # what follows is out of step: more would only repeat it
            return [
                *found,
                f"blocks {one and one[:2]} / {other and other[:2]}: {one and one[2]!r} / {other and other[2]!r}",
            ]
        title = one.text if one.kind == "##" else title
        found += [
            f"§{one.section} {why}: {one.text[:50]!r} / {other.text[:50]!r}" for why in _compared(one, other, title)
        ]
    if _digests(english) != _digests(chinese):
        found.append("hexadecimal strings")
    return found


@lru_cache(maxsize=2)  # as with the blocks
def _digests(spec: str) -> Counter[str]:
    return Counter(HEX.findall(MARK.sub("", spec)))


@lru_cache(maxsize=4000)
def _compared(one: Block, other: Block, title: str) -> tuple[str, ...]:
    return tuple(_compare(one, other, title))


def _compare(one: Block, other: Block, title: str) -> Iterator[str]:
    if one.kind == "code":
        if COMMENT.sub(lambda m: m[1] + COMMENTS[m[2]], one.text) != other.text:
            yield "code"
        return
    if one.kind == "table":
        yield from _compare_rows(one.text.split("\n"), other.text.split("\n"), whole=title.endswith(WHOLE))
    if MUST.findall(one.text) != MUST.findall(other.text):
        yield "MUSTs"
    if len(ITEM.findall(one.text)) != len(ITEM.findall(other.text)):
        yield "list items"
    for what, marks, twins in zip(("code spans", "numbers"), _marks(one.text), _marks(other.text), strict=True):
        if marks != twins:
            yield f"{what} {dict(marks - twins)} / {dict(twins - marks)}"
    if missing := [word for word in HAN.findall(SPAN.sub("", one.text)) if word not in other.text]:
        yield f"Chinese words {missing}"


def _compare_rows(rows: list[str], twins: list[str], *, whole: bool) -> Iterator[str]:
    if len(rows) != len(twins):
        yield f"{len(rows)} / {len(twins)} rows"
    for number, (row, twin) in enumerate(zip(rows, twins, strict=False)):
        cells, others = row.split("|"), twin.split("|")
        same = len(cells) == len(others) and all(map(_same_cell, cells, others))
        if not same or (whole and number and row != twin):
            yield f"row {row}"


def _same_cell(cell: str, twin: str) -> bool:
    """A cell of Chinese alone (the header of `subjects.csv`) is the same in both."""
    rest = SPAN.sub("", cell)
    only_chinese = HAN.search(rest) and not re.search("[A-Za-z]", rest)
    return cell == twin if only_chinese else _marks(cell) == _marks(twin)


def _marks(text: str) -> tuple[Counter[str], Counter[str]]:
    """Code spans, and numbers outside them."""
    return Counter(SPAN.findall(text)), Counter(NUMBER.findall(SPAN.sub(" ", text)))


def sections(spec: str) -> list[str]:
    """The text of each heading and what stands below it, up to the next heading."""
    starts = [found.start() for found in HEADING.finditer(re.sub(r"(?ms)^```.*?^```$", _blank, spec))]
    return [spec[a:b] for a, b in zip(starts, [*starts[1:], len(spec)], strict=True)]


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])


def stale(english: str, chinese: str) -> dict[str, str]:
    """The sections of the Chinese text made from another English one, and the mark each must have."""
    pairs = zip_longest(sections(english), sections(chinese), fillvalue="")
    marks = [
        (one.partition("\n")[0], f"<!-- en {sha256(one.strip().encode()).hexdigest()[:12]} -->", twin)
        for one, twin in pairs
    ]
    return {heading: mark for heading, mark, twin in marks if twin.split("\n")[1:2] != [mark]}


def test_the_twin_says_the_same() -> None:
    found = differences(ENGLISH, CHINESE)
    assert not found, "\n".join(found)


def test_the_twin_was_made_from_this_english_text() -> None:
    found = stale(ENGLISH, CHINESE)
    assert not found, "bring up to date, then mark:\n" + "\n".join(map(" ".join, found.items()))


def test_headings_and_tables_are_as_many() -> None:
    """Seen without `blocks`, so that a slip there cannot hide a section."""
    heads = [re.findall(r"(?m)^(#+ [0-9.]*)", text) for text in (ENGLISH, CHINESE)]
    assert heads[0] == heads[1]
    assert len(heads[0]) > 50
    rows = [[len(re.findall(r"(?m)^\|", part)) for part in re.split(r"(?m)^#", text)] for text in (ENGLISH, CHINESE)]
    assert rows[0] == rows[1]
    fences = [re.findall(r"(?m)^```.*$", text) for text in (ENGLISH, CHINESE)]
    assert fences[0] == fences[1]


def test_every_must_stands_once_with_its_word() -> None:
    """`**MUST-x.y**` is followed by 必须 or 不得 before the next one, or the end of its block."""
    stated = [re.findall(r"\*\*(MUST-[0-9]+\.[0-9]+)\*\*", text) for text in (ENGLISH, CHINESE)]
    assert stated[0] == stated[1]
    assert len(set(stated[1])) == len(stated[1]) > 50
    said = re.findall(r"(?s)\*\*(MUST-[0-9.]+)\*\*(.*?)(?=\*\*MUST-|\n\n)", CHINESE)
    assert [name for name, _ in said] == stated[1]
    assert [name for name, words in said if not re.search("必须|不得", words)] == []


def test_no_english_is_left_standing() -> None:
    parts = re.split(r"(?m)^## (?=[0-9]+\. (?:术语|符合性)$)", MARK.sub("", CHINESE))
    assert len(parts) == 3
    prose = SPAN.sub("", re.sub(r"(?ms)^```.*?^```$", "", parts[0]))
    formulas = re.compile(r"[A-Za-z]+\([^)]*\)")
    assert ENGLISH_WORDS.findall(formulas.sub("", prose)) == []


def test_the_english_text_is_the_normative_one() -> None:
    english, chinese = (next(b.text for b in blocks(text) if b.kind == "text") for text in (ENGLISH, CHINESE))
    assert "SPEC.zh.md" in english
    assert "normative" in english
    assert "SPEC.md" in chinese
    assert "以英文本为准" in chinese


# It can fail: every change of one side alone is seen


def joined(parts: list[str]) -> str:
    """A specification made of blocks."""
    return "\n\n".join(parts) + "\n"


def test_a_block_left_out_is_seen() -> None:
    parts = [block.text for block in blocks(CHINESE)]
    assert differences(ENGLISH, joined(parts)) == []
    for n, part in enumerate(parts):
        assert differences(ENGLISH, joined(parts[:n] + parts[n + 1 :])), part


def test_a_number_added_is_seen() -> None:
    """In each block of the English text."""
    parts = [block.text for block in blocks(ENGLISH)]
    for n, part in enumerate(parts):
        if numbers := list(NUMBER.finditer(part)):
            at = numbers[-1].end()
            assert differences(joined([*parts[:n], f"{part[:at]}7{part[at:]}", *parts[n + 1 :]]), CHINESE), part


def test_a_word_changed_in_english_makes_its_section_stale() -> None:
    parts = sections(ENGLISH)
    assert "".join(parts) == ENGLISH
    assert len(parts) == len(sections(CHINESE)) > 50
    for n, part in enumerate(parts):
        changed = "".join([*parts[:n], f"{part.rstrip()}\nNot.\n\n", *parts[n + 1 :]])
        assert list(stale(changed, CHINESE)) == [part.partition("\n")[0]]
    assert len(stale(ENGLISH, MARK.sub("", CHINESE))) == len(parts)


def swap(old: str, new: str) -> Callable[[str], str]:
    """Change the first `old`."""
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        swap("**MUST-5.4**", ""),
        swap("**MUST-5.4**", "**MUST-5.5**"),
        swap("**MUST-7.2**", "**MUST-7.3**"),
        swap("`subjects.csv`", "`subject.csv`"),
        swap("`own-section`", "own-section"),
        swap("ssj.commit.1", "ssj.commit.2"),
        swap("λ − 1 − history", "λ − history"),
        swap("3f6a7596", "3f6a7597"),
        swap("13b4484f", "13b4484e"),
        swap("## 7. ", "## 8. "),
        swap("### 7.2 ", "### 7.3 "),
        swap("| 重抽 | redraw |", "| 重抽 | repeat |"),
        swap("| MUST-1.1 | `vectors/commitment.json#plan-bytes`, ", "| MUST-1.1 | "),
        swap("| E1 |", "| E2 |"),
        swap("编号,姓名,股室", "编号,姓名"),
        swap("text:31415", "text:31416"),
        swap("sha256sum | cut -c 1-32", "sha256sum | cut -c 1-33"),
        swap("```sh\n", "```\n"),
        lambda text: text.replace("递补", "备选"),
    ],
)
@pytest.mark.parametrize("side", [0, 1])
def test_a_change_of_one_side_is_seen(spoil: Callable[[str], str], side: int) -> None:
    texts = [ENGLISH, CHINESE]
    texts[side] = spoil(texts[side])
    assert texts[side] != (ENGLISH, CHINESE)[side]
    assert differences(texts[0], texts[1])


def test_another_comment_in_code_is_seen() -> None:
    for english, chinese in COMMENTS.items():
        assert english in ENGLISH
        assert chinese in CHINESE
    for old, new in (("; by name", "; by  name"), ("# the key of", "# a key of"), ("k ≥ 1, in", "k ≥ 1 in")):
        assert differences(ENGLISH.replace(old, new), CHINESE)
