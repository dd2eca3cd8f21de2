"""A file of cases (format `ssj-cases/1`): read strictly, and every case asks one thing and says what must come out."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from attrs import evolve, field, fields, frozen

from ssj_core.model import Officer, Subject
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.model import LegalBasis, ParamValue
from ssj_core.structuring import load_toml
from ssj_core.tomlpos import line_of, positions


@frozen(kw_only=True)
class CaseSubject(Subject):
    """A subject of a case: only what matters for it is written."""

    id: str = "permit:CASE-1"
    name: str = "案例对象"


@frozen(kw_only=True)
class CaseOfficer(Officer):
    """An officer of a case: only what matters for it is written."""

    id: str = "officer:CASE-1"
    name: str = "案例人员"


@frozen(kw_only=True)
class Expected:
    """What must come out; what is not written is not looked at.

    `tickets` is how many the subject has. `titles`, `platform_codes` are those of the codes asked for, in their order;
    `needs_follow_up`, `alone`, `items` hold of all of them, as a table of result codes says it.
    `because` is the reason that stands in the list of the excluded or of the recusals, `rule` the rule that gave it.
    """

    in_force: bool | None = None
    applies: bool | None = None
    bases: tuple[str, ...] | None = None
    in_class: str | None = None
    ratio: Fraction | None = None
    drawn: int | None = None
    tickets: int | None = None
    titles: tuple[str, ...] | None = None
    platform_codes: tuple[str, ...] | None = None
    needs_follow_up: bool | None = None
    alone: bool | None = None
    items: bool | None = None
    takes_part: bool | None = None
    may_inspect: bool | None = None
    because: str | None = None
    rule: str | None = None


@frozen(kw_only=True)
class Case:
    """One case. `says` is the sentence of law, `basis` where it stands and whether somebody read it there.

    One of these says what is asked: `checklist` with `items`, `results` with `codes` or `follow_ups`, `ratio`,
    `weights`, `stratifier`, `eligibility` or `recusal` by id, or `batch` as ruleset and batch
    (`fuping_zjj_2021/key-1`). The batch in which a rule is asked lasts from `on` to `until`; `size` is how many
    subjects are of the same class.
    """

    says: str
    basis: tuple[LegalBasis, ...]
    on: date
    until: date | None = None
    checklist: str = ""
    items: tuple[str, ...] = ()
    ratio: str = ""
    weights: str = ""
    results: str = ""
    codes: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    stratifier: str = ""
    eligibility: str = ""
    recusal: str = ""
    batch: str = ""
    params: Mapping[str, ParamValue] = field(factory=dict)
    subject: CaseSubject | None = None
    officer: CaseOfficer | None = None
    size: int | None = None
    expect: Expected

    @property
    def kind(self) -> str:
        """Which key says what is asked."""
        return next(kind for kind in ASKED if getattr(self, kind))


ASKED: Final[Mapping[str, frozenset[str]]] = {
    "checklist": frozenset({"in_force", "applies", "bases"}),
    "ratio": frozenset({"in_force", "bases", "in_class", "ratio", "drawn"}),
    "weights": frozenset({"in_force", "bases", "in_class", "tickets"}),
    "results": frozenset({"in_force", "bases", "titles", "platform_codes", "needs_follow_up", "alone", "items"}),
    "stratifier": frozenset({"in_force", "in_class"}),
    "eligibility": frozenset({"in_force", "takes_part", "because"}),
    "recusal": frozenset({"in_force", "may_inspect", "because"}),
    "batch": frozenset(
        {"in_force", "in_class", "ratio", "drawn", "tickets", "takes_part", "may_inspect", "because", "rule"}
    ),
}  # fmt: skip
"""What a case may ask, and what it may then expect."""


@frozen(kw_only=True)
class CaseFile:
    """A file of cases; `lines` are those on which they begin, `text` is what stands in it."""

    file: str
    cases: tuple[Case, ...]
    lines: tuple[int, ...]
    text: str = field(default="", repr=False)


@frozen(kw_only=True)
class CaseTable:
    """A file of cases as TOML holds it."""

    format: Literal["ssj-cases/1"]
    case: tuple[Case, ...]


def load_cases(data: bytes, file: str) -> CaseFile:
    """Read a file of cases; raises `InputError` with all mistakes but for ids, which `check_case` looks at."""
    table = load_toml(data, CaseTable, file)
    text = data.decode("utf-8-sig")
    found = positions(text)
    lines = tuple(line_of(found, ("case", n)) for n in range(len(table.case)))
    wrong = [evolve(p, row=lines[n]) for n, case in enumerate(table.case) for p in _check(case, n + 1, file)]
    if not table.case:
        wrong = [problem("SSJ-P027", file=file, row=1, field="case", what="案例 [[case]]", what_en="case")]
    if wrong:
        raise InputError(wrong)
    return CaseFile(file=file, cases=table.case, lines=lines, text=text)


def expected(case: Case) -> dict[str, object]:
    """What a case expects, by name."""
    said = {a.name: getattr(case.expect, a.name) for a in fields(Expected)}
    return {name: value for name, value in said.items() if value is not None}


def _check(case: Case, number: int, file: str) -> Iterator[Problem]:
    where, known = f"case[{number}]", "、".join(ASKED)
    asked = [kind for kind in ASKED if getattr(case, kind)]
    if not case.basis:
        yield problem("SSJ-S001", file=file, field=where, value=case.says)
    if len(asked) != 1:
        yield problem("SSJ-A001", file=file, field=where, value="、".join(asked) or "—", known=known)
        return
    may = ASKED[asked[0]]
    for name in expected(case):
        if name not in may:
            yield problem(
                "SSJ-A002", file=file, field=f"{where}.expect.{name}", value=name, kind=asked[0],
                known=", ".join(sorted(may)),
            )  # fmt: skip
    if not expected(case):
        yield problem("SSJ-A003", file=file, field=f"{where}.expect", value=case.says, known=", ".join(sorted(may)))
    for lacking in _lacking(case, asked[0]):
        yield problem("SSJ-A004", file=file, field=where, value=lacking, kind=asked[0])
    if case.until is not None and case.until < case.on:
        yield problem("SSJ-S002", file=file, field=f"{where}.until", value=case.until, since=case.on)


def _lacking(case: Case, kind: str) -> Iterator[str]:
    said = expected(case)
    if kind == "checklist" and not case.items:
        yield "items"
    if kind == "results" and not case.codes and not case.follow_ups:
        yield "codes / follow_ups"
    needs_subject = kind in ("stratifier", "recusal") or said.keys() & {"applies", "in_class", "tickets"}
    if kind == "batch" and not case.subject and not case.officer and said.keys() != {"in_force"}:
        needs_subject = True
    if needs_subject and not case.subject:
        yield "subject"
    if (kind == "recusal" or "may_inspect" in said) and not case.officer:
        yield "officer"
    if kind == "eligibility" and not case.subject and not case.officer:
        yield "subject / officer"
    if "drawn" in said and case.size is None:
        yield "size"
