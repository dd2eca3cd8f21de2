"""Signs that no font of the machine has: which they are, and on whose forms they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ssj_core.problems import Problem, problem
from ssj_core.text import quoted

_MISSING: Final = re.compile(r'the text `"(.*?)"` could not be displayed')
_PLACES: Final = 12
_PLAIN: Final = re.compile(r"[\w-]+")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def missing_signs(diagnostic: str) -> list[str]:
    """The signs that typst says no font has, each once; none if something else was wrong."""
    texts = (_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return list(dict.fromkeys(sign for text in texts for sign in text))


def no_font_has(signs: list[str], facts: Mapping[str, Any], *, whole: bool) -> Problem:
    """One problem that names every sign, and every form it stands on, or the field where that is on all of them.

    `whole` is a paper of the draw, not of its visits: it cannot be printed in part.
    """
    forms = facts["各表"]
    found = [(form, on) for form in forms if (on := [sign for sign in signs if sign in "".join(_texts(form))])]
    told = "、".join(map(named, signs))
    shared = list(_shared({k: v for k, v in facts.items() if k == "批次" or (whole and k == "会议")}, signs))
    if not shared and (left := [sign for sign in signs if not any(sign in on for _, on in found)]):
        shared = list(_shared({"各人": [{**who, "任务": ""} for who in facts["各人"]]}, left))
    if whole or shared or len(found) == len(forms):
        listed = [*shared, *(() if whole else map(_form, found))][:_PLACES]
        return problem("SSJ-D023", value=told, where="；".join(listed) or "—")
    return problem(
        "SSJ-D024",
        value=told,
        where="；".join(map(_form, found)),
        where_en="; ".join(_form_en(form, on) for form, on in found),
        only=_options("--only", found),
        others=_options("--except", found),
    )


def _form(found: tuple[Mapping[str, Any], list[str]]) -> str:
    form, on = found
    return f"第 {form['表号']} 号 {form['对象']['简称']}：{_signs(on)}"


def _form_en(form: Mapping[str, Any], signs: Iterable[str]) -> str:
    return f"{form['表号']} {quoted(form['对象']['简称'])}: {', '.join(map(named, signs))}"


def _signs(signs: Iterable[str]) -> str:
    return "、".join(map(named, signs))


def _options(name: str, found: Iterable[tuple[Mapping[str, Any], list[str]]]) -> str:
    return " ".join(f"{name} {_typed(form['对象']['编号'])}" for form, _ in found)


def _shared(facts: Mapping[str, Any], signs: list[str], path: str = "") -> Iterator[str]:
    """The fields, by the names templates use, that hold such a sign and stand on more than one form."""
    for name, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield from _shared(one, signs, f"{path}{name}.")
            elif isinstance(one, str) and (on := [sign for sign in signs if sign in one]):
                yield f"{path}{name}“{one}”：{_signs(on)}"


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
