"""Fills sectors, kind and section from another column, as the plan's `derive` says."""

from collections.abc import Callable

from attrs import evolve

from ssj_core.model import Subject
from ssj_core.roster.cells import name_key, text
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.findings import Findings, nearest
from ssj_core.roster.spec import Derive
from ssj_core.roster.synonyms import header_key, is_personal

Deriver = Callable[[Row, Subject], Subject]


def deriver(rules: tuple[Derive, ...], columns: Columns, findings: Findings) -> Deriver:
    """Return the function that fills what the roster leaves empty; columns that are not there are told."""
    usable: list[tuple[Derive, int, list[str], list[str]]] = []
    for rule in rules:
        key = header_key(rule.column)
        place = columns.by_key.get(key)
        if is_personal(key):
            findings.add("SSJ-R008", field=rule.column, value=rule.column)
        elif place is None:
            findings.add("SSJ-R009", field=rule.column, value=rule.column, **nearest(key, columns.by_key))
        else:
            usable.append((rule, place, [name_key(w) for w in rule.contains], [name_key(w) for w in rule.without]))

    def derive(row: Row, subject: Subject) -> Subject:
        sectors: list[str] = []
        kind, section = subject.kind, subject.section
        for rule, place, contains, without in usable:
            words = name_key(text(row.at(place)))
            if not any(word in words for word in contains) or any(word in words for word in without):
                continue
            if rule.field == "sectors":
                sectors.append(rule.value)
            elif rule.field == "kind":
                kind = kind or rule.value
            else:
                section = section or rule.value
        found = subject.sectors or tuple(dict.fromkeys(sectors))
        return evolve(subject, sectors=found, kind=kind, section=section)

    return derive if usable else lambda _row, subject: subject
