"""A finished draw with leading zeros, quotes and commas in its tables, and what is done to such files."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import tomli_w
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.entropy.model import Evidence
from ssj_core.pipeline import draw
from ssj_core.problems import Problem
from ssj_core.record import FILE
from ssj_core.rules.effective import encode_rules, table_digests
from ssj_core.sealed import RULES_FILE, Sealed
from ssj_core.text import Lang
from ssj_core.verify import Report
from tests.strategies import SECTORS, Case, draw_files, make_office, make_officer, make_subject

NAME: Final = "p-b-1"
BOM: Final = b"\xef\xbb\xbf"
Files = dict[str, bytes]
Change = Callable[[Files], Files]
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")


@cache
def sealed() -> Sealed:
    """Twelve subjects, one of them excluded, and five officers, one recused, in two strata."""
    subjects = [evolve(make_subject(n, sectors=(SECTORS[n % 3],)), id=f"test:{n + 8:04}") for n in range(12)]
    subjects[1] = evolve(subjects[1], recused=("officer:0002",))
    subjects[2] = evolve(subjects[2], name='甲, "乙" 公司', address="县城 1 号")
    subjects[3] = evolve(subjects[3], status="注销")
    officers = [evolve(make_officer(n), id=f"officer:{n + 2:04}", certificate=f"{n + 2:04}") for n in range(5)]
    office = make_office(entropy=("text",))
    return Case(office=office, subjects=tuple(subjects), officers=tuple(officers)).seal()


@cache
def said() -> Evidence:
    """Words with leading zeros, by which nobody is drawn, or next, whose name has quotes and a comma."""
    for number in range(1000):
        raw = f"0123 0456 0789 0{number:03}"
        evidence = Evidence(
            source="text", raw=raw, canonical=raw, who=("甲", "乙"), where="会议室", when="2021-03-01T09:03:00+08:00"
        )
        if b"test:0010" not in draw(sealed(), [evidence]).tables()["drawn.csv"]:
            return evidence
    raise AssertionError


@cache
def finished() -> Mapping[str, bytes]:
    """The files of the draw."""
    return drawn()


def drawn(evidence: Evidence | None = None, **change: Any) -> Files:
    """The files of a draw made from something else, as if it had been sealed so; all digests are right."""
    evidence = evidence or said()
    made = evolve(sealed(), **change)
    rules = evolve(made.rules, tables=table_digests(made.tables))
    made = evolve(made, rules=rules, rules_data=encode_rules(rules))
    return draw_files(made, [evidence], draw(made, [evidence]))


def file(name: str, change: Callable[[bytes], bytes]) -> Change:
    """Another file, and nothing else."""

    def made(files: Files) -> Files:
        assert change(files[name]) != files[name]
        return {**files, name: change(files[name])}

    return made


def text(name: str, old: str, new: str) -> Change:
    """Another text in a file, the first time it stands there."""
    return file(name, lambda data: data.replace(old.encode(), new.encode(), 1))


def rows(name: str, change: Callable[[list[bytes]], list[bytes]]) -> Change:
    """Other rows below the header."""

    def made(data: bytes) -> bytes:
        header, *lines = data.split(b"\n")[:-1]
        return b"".join(line + b"\n" for line in [header, *change(lines)])

    return file(name, made)


def record(change: Callable[[dict[str, Any]], object]) -> Change:
    """Another record, with the closing digest an honest one would have."""

    def made(files: Files) -> Files:
        body = tomllib.loads(files[FILE].decode())
        change(body)
        plain = tomli_w.dumps({k: v for k, v in body.items() if k != "closing"})
        return {**files, FILE: f'{plain}\n[closing]\nsha256 = "{digest(plain.encode())}"\n'.encode()}

    return made


def rehashed(change: Change) -> Change:
    """The same, by somebody who makes the digests of the tables right in rules and record."""

    def made(files: Files) -> Files:
        changed = change(files)
        rules = changed[RULES_FILE].decode()
        for name in re.findall(r'^"([a-z]+\.csv)" = ', rules, re.MULTILINE):
            rules = re.sub(rf'"{name}" = "[0-9a-f]*"', f'"{name}" = "{digest(changed[name])}"', rules)
        changed = {**changed, RULES_FILE: rules.encode()}
        return record(lambda r: r["tables"].update({n: digest(changed[n]) for n in r["tables"]}))(changed)

    return made


def findings(*reports: Report) -> list[Problem]:
    """All that was found, in its order."""
    return [p for report in reports for step in report.steps for p in step.details]


def check_sentences(found: list[Problem]) -> None:
    """Both languages say what is wrong and what to do, and English holds no Chinese but from the files."""
    for p in found:
        for lang in LANGS:
            for sentence in (p.message(lang), p.remedy(lang)):
                assert sentence
                assert not re.search(r"\{\w*\}", sentence)
        assert re.search("[\u3400-\u9fff]", p.message("zh"))
        told = [p.value, *(v for k, v in p.params.items() if not k.endswith("_en"))]
        english = p.message("en") + p.remedy("en")
        for value in sorted(filter(None, told), key=len, reverse=True):
            english = english.replace(value, "")
        assert not re.search("[\u3400-\u9fff，。：；（）]", english)
