"""With coverage first, who counts as drawn before must follow from the earlier draws of the ledger (SPEC §4)."""

from collections.abc import Mapping
from contextlib import suppress

from ssj_core.ledger import Event, Ledger
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.strata import COVERAGE
from ssj_core.tables import DRAWN, DrawnRow, SubjectRow, TableError, decode_table
from ssj_core.text import Text
from ssj_core.verify.report import Step, few, made

_TITLE = Text(
    "先抽未抽过的：与台账中更早的抽取一致", "who was drawn before follows from the earlier draws of the ledger"
)


Drawn = tuple[int, frozenset[str]]
"""The year of a draw and the ids it drew."""


def outcome_of(files: Mapping[str, bytes]) -> Drawn | None:
    """Year and drawn ids of a draw; None if its files do not tell."""
    try:
        year = decode_rules(files[RULES_FILE], RULES_FILE).year
        return year, frozenset(row.id for row in decode_table(DrawnRow, files["drawn.csv"]) if row.outcome == DRAWN)
    except (KeyError, InputError, TableError):
        return None


def coverage_step(
    name: str, files: Mapping[str, bytes], outcomes: Mapping[str, Drawn | None], ledger: Ledger
) -> Step | None:
    """The step for one draw; None where its rules do not ask for coverage, or its files failed already."""
    commit = ledger.find("commit", name)
    with suppress(KeyError, InputError, TableError):
        rules = decode_rules(files[RULES_FILE], RULES_FILE)
        if commit is None or not rules.ratio.coverage_first:
            return None
        before: set[str] = set()
        for event in ledger.events[: commit.number]:
            if event.event != "draw" or _void_before(event, commit, ledger):
                continue
            outcome = outcomes.get(event.draw)
            if outcome is None:
                return made(_TITLE, [problem("SSJ-V106", file=f"draws/{event.draw}", value=event.draw)])
            before |= outcome[1] if outcome[0] == rules.year else frozenset()
        rows = decode_table(SubjectRow, files["subjects.csv"])
        due = [(n, s, COVERAGE[s.id in before]) for n, s in enumerate(rows, start=2)]
        wrong = [(n, s.id, right) for n, s, right in due if s.stratum.rpartition("/")[2] != right]
        return made(_TITLE, few(_stratum(n, name, right) for n, name, right in wrong))
    return None


def _stratum(row: int, subject: str, right: str) -> Problem:
    told = {
        "right": f"“{right}”",
        "right_en": "those drawn before" if right == COVERAGE[True] else "those not drawn yet",
    }
    return problem("SSJ-V105", file="subjects.csv", row=row, field="分层", value=subject, **told)


def _void_before(event: Event, commit: Event, ledger: Ledger) -> bool:
    void = ledger.find("void", event.draw)
    return void is not None and void.number < commit.number
