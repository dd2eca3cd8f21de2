"""Two rows with one id, and two ids with one name."""

from collections.abc import Hashable, Iterable

from ssj_core.model import Officer, Subject
from ssj_core.roster.cells import name_key
from ssj_core.roster.findings import Findings
from ssj_core.roster.persons import is_person


def check_subjects(rows: Iterable[Subject], findings: Findings, id_title: str, name_title: str) -> None:
    """An id twice is an error; so is a name twice in one kind; in two kinds it is a warning. Persons excepted."""
    keyed = [(row, None if is_person(row.kind) else (name_key(row.name), name_key(row.kind))) for row in rows]
    _check(keyed, findings, id_title, name_title, "SSJ-R016")
    _check_kinds(keyed, findings, name_title)


def check_officers(rows: Iterable[Officer], findings: Findings, id_title: str, name_title: str) -> None:
    """An id twice is an error, a name twice in one section too: else somebody has two lots. In two it is a warning."""
    known = list(rows)
    first: dict[tuple[str, str], Officer] = {}
    told: set[int] = set()
    for row in known:
        other = first.setdefault((name_key(row.name), name_key(row.section)), row)
        if row.section and other.id != row.id:
            findings.add("SSJ-R081", row=row.row, field=name_title, value=row.name, other=other.row)
            told.add(row.row)
    keyed = [(row, None if row.row in told else name_key(row.name)) for row in known]
    _check(keyed, findings, id_title, name_title, "SSJ-R017")


def _check(
    keyed: Iterable[tuple[Subject | Officer, Hashable | None]],
    findings: Findings,
    id_title: str,
    name_title: str,
    same_name: str,
) -> None:
    ids: dict[str, int] = {}
    names: dict[Hashable, int] = {}
    for row, key in keyed:
        other = ids.setdefault(row.id, row.row)
        if other != row.row:
            code = row.id.partition(":")[2]
            findings.add("SSJ-R015", row=row.row, field=id_title, value=code, other=other)
        elif key is not None and (other := names.setdefault(key, row.row)) != row.row:
            findings.add(same_name, row=row.row, field=name_title, value=row.name, other=other)


def _check_kinds(keyed: Iterable[tuple[Subject, tuple[str, str] | None]], findings: Findings, name_title: str) -> None:
    """Tell once for each further kind: the same name within a kind is told already."""
    ids: set[str] = set()
    first: dict[str, int] = {}
    kinds: set[tuple[str, str]] = set()
    for row, key in keyed:
        if key is not None and row.id not in ids and key not in kinds:
            other = first.setdefault(key[0], row.row)
            if other != row.row:
                findings.add("SSJ-R046", row=row.row, field=name_title, value=row.name, other=other)
            kinds.add(key)
        ids.add(row.id)
