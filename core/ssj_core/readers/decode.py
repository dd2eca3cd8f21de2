"""Bytes to text, strictly: a BOM, plain UTF-16, UTF-8, GB18030; one bad byte is a problem, never a replacement."""

import re
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.brief import cut
from ssj_core.readers.model import ReadOptions
from ssj_core.readers.unmarked import utf_16
from ssj_core.text import Text

NUL: Final = Text("有空字符（NUL）", "a NUL character")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# GBK and GB2312 are read as their superset GB18030: what calls itself GB2312 often holds characters that are not.
_ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
}
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")


def decode(data: bytes, options: ReadOptions) -> tuple[str | None, str, tuple[Problem, ...]]:
    """Return the text (None if it cannot be read), the encoding, and what is wrong.

    The encoding of the plan overrules what the bytes look like; a BOM never becomes part of the text.
    """
    if options.encoding:
        name = _ENCODINGS.get(options.encoding.strip().lower().replace("_", "-"))
        if name is None:
            known = ", ".join(sorted(_ENCODINGS))
            return None, "", (problem("SSJ-F014", file=options.file, value=options.encoding, known=known),)
        candidates: tuple[str, ...] = (name,)
    else:
        bom = next((name for mark, name in _BOMS if data.startswith(mark)), None)
        known = bom or utf_16(data)
        candidates = (known,) if known else ("utf-8", "gb18030")
    failures: list[tuple[int, str]] = []
    for name in candidates:
        try:
            text = data.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            failures.append((error.start, name))
        else:
            return text, name, private_use(text, options.file)
    # The encoding that came farthest is most likely the true one.
    position, name = max(failures)
    line = _line_of(data, position, name)
    value = data[position : position + 1].hex().upper()
    return (
        None,
        name,
        (problem("SSJ-F013", file=options.file, row=line, value=value, encoding=name, byte=position + 1),),
    )


def private_use(text: str, file: str, row: int | None = None) -> tuple[Problem, ...]:
    """Warn of characters that mean nothing on another computer: one problem per line that has some."""
    if not _PRIVATE.search(text):
        return ()
    lines = [text] if row is not None else re.split("\r\n|\r|\n", text)
    found = ((number, sorted(set(_PRIVATE.findall(line)))) for number, line in enumerate(lines, row or 1))
    return tuple(
        problem("SSJ-F015", file=file, row=number, value=cut(", ".join(f"U+{ord(ch):04X}" for ch in chars)))
        for number, chars in found
        if chars
    )


def _line_of(data: bytes, position: int, encoding: str) -> int:
    before = data[:position].decode(encoding, errors="ignore")
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
