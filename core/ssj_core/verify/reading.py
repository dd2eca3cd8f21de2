"""Read the TOML files of a draw: written by a newer version, or why they cannot be read."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ssj_core.problems import InputError, Problem, problem
from ssj_core.structuring import decode_toml, parse_toml, shown
from ssj_core.verify.report import few

_KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "record.toml": {"format": "ssj-record/1", "spec": "SSJ-DRAW/1"},
    "rules.toml": {"format": "ssj-rules/1", "spec": "SSJ-DRAW/1", "match_spec": "ssj-match/1"},
    "plan.toml": {"format": "ssj-plan/1"},
    "event.toml": {"format": "ssj-replace/1"},
    "replacement.toml": {"format": "ssj-replacement/1", "spec": "SSJ-DRAW/1"},
}
_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")
_CODES: Final = {
    "SSJ-P001": "SSJ-V010",
    "SSJ-P012": "SSJ-V006",
    "SSJ-P013": "SSJ-V006",
    "SSJ-P014": "SSJ-V007",
    "SSJ-P029": "SSJ-V011",
}
_TOML: Final = frozenset({"SSJ-P002", "SSJ-P003", "SSJ-P004", "SSJ-P008", "SSJ-P009", "SSJ-P036"})


@lru_cache(maxsize=32)  # a draw's own steps ask, and those that look at it from the ledger
def newer(data: bytes, file: str) -> tuple[Problem, ...]:
    """That a newer version wrote this file: it names a later number than the one known here (SPEC §11.4)."""
    try:
        raw = parse_toml(decode_toml(data, file), file)
    except InputError:
        return ()
    found = []
    for key, known in _KNOWN[file.rpartition("/")[2]].items():
        name, _, number = known.partition("/")
        value = raw.get(key)
        if not isinstance(value, str) or not value.startswith(f"{name}/"):
            continue
        given = value.removeprefix(f"{name}/")
        if _NUMBER.fullmatch(given) and int(given) > int(number):
            found.append(problem("SSJ-V005", file=file, field=key, value=value, known=known))
    return tuple(found)


def refused(error: InputError, data: bytes) -> tuple[Problem, ...]:
    """Why a sealed file cannot be read, in the verifier's codes: nobody may correct it, so other remedies hold."""
    if not data.strip():
        return (problem("SSJ-V013", file=error.problems[0].file),)
    return few(_told(error.problems))


def _told(found: Iterable[Problem]) -> Iterable[Problem]:
    for p in found:
        if p.code in _CODES:
            yield problem(_CODES[p.code], file=p.file, row=p.row, field=p.field, value=p.value)
        elif p.code in _TOML:
            yield problem("SSJ-V009", file=p.file, row=p.row, value=shown(p.value))
        else:
            zh, en = p.params.get("expected", "比例"), p.params.get("expected_en", "a ratio")
            yield problem("SSJ-V008", file=p.file, row=p.row, field=p.field, value=p.value, expected=zh, expected_en=en)
