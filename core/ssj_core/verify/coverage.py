"""With coverage first, who counts as drawn before must follow from the earlier draws of the ledger (SPEC §4)."""

from collections.abc import Mapping
from contextlib import suppress

from ssj_core.ledger import Event, Ledger
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.standing import split_replacement, subjects_after
from ssj_core.strata import COVERAGE
from ssj_core.tables import SubjectRow, TableError, decode_table
from ssj_core.text import Text
from ssj_core.verify.report import Step, few, made

_TITLE = Text(
    "先抽未抽过的：与台账中更早的抽取一致", "who was drawn before follows from the earlier draws of the ledger"
)


def coverage_step(
    name: str, files: Mapping[str, bytes], draws: Mapping[str, Mapping[str, bytes]], ledger: Ledger
) -> Step | None:
    """The step for one draw of `draws`; None where its rules ask for no coverage, or its files failed already."""
    commit = ledger.find("commit", name)
    with suppress(KeyError, InputError, TableError):
        rules = decode_rules(files[RULES_FILE], RULES_FILE)
        if commit is None or not rules.ratio.coverage_first:
            return None
        before: set[str] = set()
        for event in ledger.events[: commit.number]:
            if event.event != "draw" or void_before(event, commit, ledger):
                continue
            outcome = _outcome(draws.get(event.draw, {}), last_replacement(event.draw, commit, ledger))
            if outcome is None:
                return made(_TITLE, [problem("SSJ-V106", file=f"draws/{event.draw}", value=event.draw)])
            before |= outcome[1] if outcome[0] == rules.year else frozenset()
        rows = decode_table(SubjectRow, files["subjects.csv"])
        due = [(n, s, COVERAGE[s.id in before]) for n, s in enumerate(rows, start=2)]
        wrong = [(n, s.id, right) for n, s, right in due if s.stratum.rpartition("/")[2] != right]
        return made(_TITLE, few(_stratum(n, name, right) for n, name, right in wrong))
    return None


def _outcome(files: Mapping[str, bytes], last: int) -> tuple[int, frozenset[str]] | None:
    """Year and subjects of a draw after its replacement `last`; None if its files do not tell."""
    try:
        return decode_rules(files[RULES_FILE], RULES_FILE).year, subjects_after(files, last)
    except (KeyError, InputError, TableError):
        return None


def last_replacement(draw: str, commit: Event, ledger: Ledger) -> int:
    """Number of the latest replacement that stood when `commit` was written."""
    found = 0
    for event in ledger.events[: commit.number]:
        part = split_replacement(event.draw) if event.event == "replaced" else None
        if part and part[0] == draw and not void_before(event, commit, ledger):
            found = part[1]
    return found


def _stratum(row: int, subject: str, right: str) -> Problem:
    told = {
        "right": f"“{right}”",
        "right_en": "those drawn before" if right == COVERAGE[True] else "those not drawn yet",
    }
    return problem("SSJ-V105", file="subjects.csv", row=row, field="分层", value=subject, **told)


def void_before(event: Event, commit: Event, ledger: Ledger) -> bool:
    """Whether the draw or replacement of `event` was void before `commit`."""
    void = ledger.find("void", event.draw)
    return void is not None and void.number < commit.number
