"""A finished honest draw, and the hands of a forger: rows changed, digests made right again."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import tomli_w
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.model import Subject
from ssj_core.record import FILE
from ssj_core.rules.effective import decode_rules, encode_rules
from ssj_core.sealed import RULES_FILE, Sealed
from ssj_core.tables import FILES, decode_table, encode_table
from ssj_core.verify import Report
from tests.attacks.office import OFFICERS, SUBJECTS, folder, said, sealing, text

Files = dict[str, bytes]
SAID: Final = text("31415926535897932384", "甲", "乙")


def roster() -> tuple[Subject, ...]:
    """The roster with one who is closed and one who may not be inspected by one officer."""
    rows = list(SUBJECTS)
    rows[3] = evolve(rows[3], status="注销")
    rows[5] = evolve(rows[5], recused=(OFFICERS[0].id,))
    return tuple(rows)


@cache
def sealed() -> Sealed:
    """The honest sealing."""
    return sealing("text", subjects=roster())


@cache
def honest() -> Mapping[str, bytes]:
    """The honest draw."""
    return folder(sealed(), SAID)


def content(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The record as values."""
    return tomllib.loads(files[FILE].decode())


def closed(body: Mapping[str, Any]) -> bytes:
    """A record with this content and the closing digest an honest one would have."""
    data = tomli_w.dumps({k: v for k, v in body.items() if k != "closing"})
    return f'{data}\n[closing]\nsha256 = "{digest(data.encode())}"\n'.encode()


def digested(files: Mapping[str, bytes]) -> Files:
    """The digests of all files made right again: in the rules, in the record, at its end."""
    made = dict(files)
    rules = decode_rules(made[RULES_FILE], RULES_FILE)
    made[RULES_FILE] = encode_rules(evolve(rules, tables={name: digest(made[name]) for name in rules.tables}))
    body = content(made)
    body["tables"] = {name: digest(made[name]) for name in body["tables"]}
    return {**made, FILE: closed(body)}


def rows(name: str, change: Callable[[list[Any]], object]) -> Files:
    """The honest draw with other rows in one table, nothing else made right."""
    kind = FILES[name]
    found: list[Any] = list(decode_table(kind, honest()[name]))
    change(found)
    return {**honest(), name: encode_table(kind, found)}


def other(place: int, **values: object) -> Callable[[list[Any]], object]:
    """Values of one row changed."""

    def change(found: list[Any]) -> None:
        found[place] = evolve(found[place], **values)

    return change


def failing(report: Report) -> list[int]:
    """Numbers of the steps that fail."""
    return [int(s.title.zh.split()[0]) for s in report.steps if s.status == "fails"]


def why(report: Report) -> str:
    """The details of the steps that fail."""
    return "\n".join(
        f"{s.title.zh.split()[0]} {said(d)}" for s in report.steps if s.status == "fails" for d in s.details
    )
