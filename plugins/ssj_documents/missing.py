"""Signs that no font of the machine has: which they are, and on whose forms they stand."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ssj_core.problems import Problem, problem

_MISSING: Final = re.compile(r'the text `"(.*?)"` could not be displayed')
_PLAIN: Final = re.compile(r"[\w-]+")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def missing_signs(diagnostic: str) -> list[str]:
    """The signs that typst says no font has, each once; none if something else was wrong."""
    texts = (_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return list(dict.fromkeys(sign for text in texts for sign in text))


def no_font_has(signs: list[str], facts: Mapping[str, Any], *, whole: bool) -> Problem:
    """One problem that names every sign, and every form it stands on where that is not all of them.

    `whole` is a paper of the draw, not of its visits: it cannot be printed in part.
    """
    forms = facts["各表"]
    found = [(form, on) for form in forms if (on := [sign for sign in signs if sign in "".join(_texts(form))])]
    told = "、".join(map(named, signs))
    elsewhere = set(signs) - {sign for _, on in found for sign in on}
    if whole or elsewhere or len(found) == len(forms):
        return problem("SSJ-D023", value=told)
    listed = [(form["表号"], form["对象"]["简称"], "、".join(map(named, on))) for form, on in found]
    return problem(
        "SSJ-D024",
        value=told,
        where="；".join(f"第 {number} 号 {name}：{on}" for number, name, on in listed),
        where_en="; ".join(f"{number} {name}: {on}" for number, name, on in listed),
        only=" ".join(f"--only {_typed(form['对象']['编号'])}" for form, _ in found),
    )


def _typed(code: str) -> str:
    """A code as it is typed on a command line."""
    return code if _PLAIN.fullmatch(code) else f'"{code}"'


def named(sign: str) -> str:
    """A sign with its number; the number alone where it shows nothing."""
    return f"{sign}（U+{ord(sign):04X}）" if sign.isprintable() else f"U+{ord(sign):04X}"


def _texts(value: Any) -> Iterator[str]:
    """Every text in facts, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
