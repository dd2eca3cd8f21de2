"""Open a working folder: read plan, plugins, ruleset and rosters from disk, and report everything wrong at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from ssj_core.calendars import holidays
from ssj_core.canonical import check_line_value, digest
from ssj_core.infiles import file_data
from ssj_core.model import Inspection, Officer, Subject
from ssj_core.office import Office, check_plan, source_id, taken_sectors, wanted_columns
from ssj_core.plan import EntropyUse, Plan
from ssj_core.plugin.declarative import read_manifest, unnamed
from ssj_core.plugin.loader import Source, load, namespace, with_shipped
from ssj_core.plugin.offered import rulesets_of
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import Registry, listed, nearest
from ssj_core.problems import InputError, PluginError, Problem, errors, problem
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    SubjectRoster,
    read_inspections,
    read_officers,
    read_subjects,
    resolve_inspections,
    resolve_recusals,
)
from ssj_core.roster.sectorless import sectorless, tell_sectorless
from ssj_core.roster.ticking import Tick, quiet
from ssj_core.roster_keys import check_rosters, check_sectors
from ssj_core.rule_folders import discovered, holding_the_plan
from ssj_core.rules.effective import RosterPin
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.sectors import SectorNames
from ssj_core.structuring import decode_toml, dotted, parse_toml, structure
from ssj_core.third_parties import check_assurance, check_signers, read_certificates
from ssj_core.toml_files import read_toml
from ssj_core.tomlpos import Path as TomlPath
from ssj_core.tomlpos import line_of, positions
from ssj_core.workdays import Holidays, years_needed

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_READERS: Final = "readers"
_TOLD: Final = 8
_SEALED_SUBJECT: Final = ("id", "name", "kind", "section", "area", "address", "risk_class", "parent")
_SEALED_OFFICER: Final = ("id", "name", "section", "unit", "certificate")


@frozen(kw_only=True)
class OpenRosters:
    """Both rosters read and checked against each other; `problems` are warnings and notes only.

    `inspections` are those of the plan's own list, by day; `pins` has that list last, if there is one.
    """

    subjects: tuple[Subject, ...]
    officers: tuple[Officer, ...]
    pins: tuple[RosterPin, ...]
    problems: tuple[Problem, ...]
    inspections: tuple[Inspection, ...] = ()


def open_office(path: Path) -> tuple[Office, tuple[Problem, ...]]:
    """Read `plan.toml`, load the plugins it needs, and check them against each other.

    Returns the office and the warnings.

    Raises:
        InputError: the plan or a rule table has mistakes. PluginError: a plugin cannot be used.
    """
    data = read_toml(path, path.name)
    text = decode_toml(data, path.name)
    plan = structure(parse_toml(text, path.name), Plan, path.name, text)
    lines = positions(text)
    checks = (_check_ids, check_rosters, check_assurance, check_signers)
    _raise([found for check in checks for found in check(plan, lines, path.name)])
    certificates = _certificates(plan, lines, path)
    if holding := list(holding_the_plan(plan, lines, path)):
        raise PluginError(holding)
    available = discovered(plan, lines, path)
    first = load({namespace(plan.ruleset)}, available) if namespace(plan.ruleset) in available else None
    if first is None or plan.ruleset not in first.rulesets:
        raise InputError([_no_ruleset(plan, lines, path.name, available)])
    ruleset = first.rulesets[plan.ruleset]
    registry = load(_needed(plan, ruleset, available), available, first)
    registry = load(_stratifying(ruleset, registry, available), available, registry)
    uses = _check_uses(plan, ruleset, registry, available, lines, path.name)
    sectors = SectorNames.of(registry.checklists.values())
    found = [*uses, *check_plan(plan, ruleset, lines, path.name), *check_sectors(plan, sectors, lines, path.name)]
    found += _without_effect(registry, available)
    if errors(found):
        raise InputError(found)
    office = Office(
        plan=plan,
        plan_bytes=data,
        plan_file=path.name,
        lines=lines,
        ruleset=ruleset,
        registry=registry,
        sectors=sectors,
        certificates=certificates,
        holidays=_holidays(plan, ruleset, path.parent),
    )
    return office, tuple(found)


def open_rosters(office: Office, folder: Path, tick: Tick = quiet) -> OpenRosters:
    """Read both rosters of the plan, and its list of earlier inspections; `tick` is told how far the subjects are.

    Raises:
        InputError: with every mistake of both files.
    """
    spec, readers = office.plan.rosters, tuple(office.registry.roster_readers.values())
    subject_data = file_data(folder, spec.subjects.file)
    officer_data = file_data(folder, spec.officers.file)
    past_data = file_data(folder, spec.inspections.file) if spec.inspections else b""
    missing = [d for d in (subject_data, officer_data, past_data) if isinstance(d, Problem)]
    if missing:
        raise InputError(missing)
    assert isinstance(subject_data, bytes)  # noqa: S101 - said by `missing`
    assert isinstance(officer_data, bytes)  # noqa: S101
    assert isinstance(past_data, bytes)  # noqa: S101
    subjects = read_subjects(subject_data, spec.subjects, readers, wanted_columns(office, "subject"), tick=tick)
    officers = read_officers(officer_data, spec.officers, readers, wanted_columns(office, "officer"))
    listed = read_inspections(past_data, spec.inspections, readers) if spec.inspections else None
    found = [*subjects.problems, *officers.problems, *(listed.problems if listed else ())]
    if errors(found):
        raise InputError(found)
    subjects, officers, unresolved = resolve_recusals(subjects, officers)
    found += unresolved
    inspections: tuple[Inspection, ...] = ()
    if listed is not None:
        inspections, unknown = resolve_inspections(listed, subjects, officers)
        found += unknown
    found += against_sectors(office, subjects, officers)
    found += unprintable(subjects, officers)
    if errors(found):
        raise InputError(found)
    return OpenRosters(
        subjects=subjects.rows,
        officers=officers.rows,
        pins=(
            _pin("subjects", subjects),
            _pin("officers", officers),
            *((_pin("inspections", listed),) if listed else ()),
        ),
        problems=tuple(found),
        inspections=inspections,
    )


def pins_as_they_lie(office: Office, folder: Path) -> tuple[RosterPin, ...]:
    """The roster files of the plan by their bytes alone, for whoever cannot read them; those that are there."""
    found = []
    for role, spec in office.plan.rosters.named.items():
        data = file_data(folder, spec.file)
        if isinstance(data, bytes):
            pin = RosterPin(role=role, file=spec.file, sha256=digest(data), encoding="", sheet="", rows=0)  # type: ignore[arg-type]
            found.append(pin)
    return tuple(found)


def against_sectors(office: Office, *rosters: SubjectRoster | OfficerRoster | InspectionList) -> list[Problem]:
    """What is wrong with the sectors in rosters: none at all, or words that the plan's sectors do not know."""
    found: list[Problem] = []
    for roster in rosters:
        if isinstance(roster, SubjectRoster):
            found += _without_sector(roster, taken_sectors(office))
            found += _strange(roster, office.sectors, taken_sectors(office))
            units = [(subject.sectors, subject.row) for subject in roster.rows]
        elif isinstance(roster, InspectionList):
            continue
        else:
            units = [(officer.fields, officer.row) for officer in roster.rows]
        field = roster.title("sectors" if isinstance(roster, SubjectRoster) else "fields")
        found += _sector_problems(office.sectors, units, roster.file, field)
    return found


def _certificates(plan: Plan, lines: dict[TomlPath, int], path: Path) -> tuple[bytes, ...]:
    if plan.stamp is None:
        return ()
    given = {file: file_data(path.parent, file) for file in plan.stamp.certificates}
    _raise(d for d in given.values() if isinstance(d, Problem))
    found = {file: data for file, data in given.items() if isinstance(data, bytes)}
    return read_certificates(found, lines, path.name)


def _pin(role: str, roster: SubjectRoster | OfficerRoster | InspectionList) -> RosterPin:
    return RosterPin(
        role=role,  # type: ignore[arg-type]
        file=roster.file,
        sha256=roster.sha256,
        encoding=roster.encoding,
        sheet=roster.sheet,
        rows=len(roster.rows),
    )


def _holidays(plan: Plan, ruleset: Ruleset, folder: Path) -> Holidays:
    """What the deadlines of the batches are counted with; nothing where the ruleset sets none."""
    if ruleset.results is None:
        return {}
    count = ruleset.results.entry_working_days
    return holidays(folder, {year for batch in plan.batch for year in years_needed(batch.start, batch.end, count)})


def _without_effect(registry: Registry, available: Mapping[str, Source]) -> Iterable[Problem]:
    """Tables in the folders of rules in use that no manifest names."""
    for name in registry.plugins:
        folder = available[name].folder
        if folder is not None:
            yield from unnamed(folder, read_manifest(folder, name, available[name].shown))


def _check_ids(plan: Plan, lines: dict[TomlPath, int], file: str) -> Iterable[Problem]:
    named: list[tuple[TomlPath, str]] = [(("id",), plan.id)]
    named += [(("batch", n, "id"), batch.id) for n, batch in enumerate(plan.batch)]
    for path, value in named:
        if not _ID.fullmatch(value):
            where = "id" if len(path) == 1 else f"batch[{int(path[1]) + 1}].id"
            yield problem("SSJ-P024", file=file, row=line_of(lines, path), field=where, value=value)
    for name, zh, count in (("batch", "批次", len(plan.batch)), ("entropy", "熵源", len(plan.entropy))):
        if not count:
            yield problem("SSJ-P027", file=file, row=1, field=name, value=name, what=zh, what_en=name)
    for key, text in (("title", plan.title), ("bureau", plan.bureau), ("document_no", plan.document_no)):
        try:
            check_line_value(text)
        except ValueError as error:
            row = line_of(lines, (key,))
            yield problem("SSJ-P029", file=file, row=row, field=key, value=repr(text), reason=error)


def _no_ruleset(plan: Plan, lines: dict[TomlPath, int], file: str, available: Mapping[str, Source]) -> Problem:
    known = rulesets_of(available.values())
    return problem(
        "SSJ-G009", file=file, row=line_of(lines, ("ruleset",)), field="ruleset", value=plan.ruleset,
        what="规则集", what_en="ruleset", known=listed(known), **nearest(plan.ruleset, known),
    )  # fmt: skip


def _needed(plan: Plan, ruleset: Ruleset, available: Mapping[str, Source]) -> set[str]:
    used = {source_id(e.source) for uses in (plan.entropy, *(b.entropy for b in plan.batch)) for e in uses}
    used |= {spec.reader for spec in plan.rosters.named.values() if spec.reader}
    names = {namespace(u) for u in used} | {_READERS}
    return {n for n in names if n in available} | selected_by(ruleset, available)


def selected_by(ruleset: Ruleset, available: Mapping[str, Source]) -> set[str]:
    """The plugins whose rules a ruleset selects, as far as they are there, and its own."""
    used = {p.weights for p in ruleset.batch if p.weights}
    used |= {p.ratio for p in ruleset.batch} | {s for p in ruleset.batch for s in p.sectors}
    used |= {u.rule for p in ruleset.batch for u in p.eligibility}
    used |= {place.field for p in ruleset.batch for place in p.place if place.field}
    used |= {u.rule for u in (*ruleset.eligibility, *ruleset.recusal)}
    used |= {ruleset.results.table} if ruleset.results and ruleset.results.table else set()
    names = {namespace(u) for u in used} | {namespace(ruleset.id)}
    return {n for n in names if n in available}


def _stratifying(ruleset: Ruleset, registry: Registry, available: Mapping[str, Source]) -> set[str]:
    """Plugins of the stratifiers: which these are is known only when the ratio rules are."""
    rules = [registry.ratio_rules[p.ratio].stratify for p in ruleset.batch if p.ratio in registry.ratio_rules]
    rules += [registry.weight_rules[p.weights].stratify for p in ruleset.batch if p.weights in registry.weight_rules]
    return {n for n in map(namespace, rules) if n in available}


def _check_uses(
    plan: Plan,
    ruleset: Ruleset,
    registry: Registry,
    available: Mapping[str, Source],
    lines: dict[TomlPath, int],
    file: str,
) -> list[Problem]:
    found: list[Problem | None] = []
    table, the_plan = registry.place("rulesets", ruleset.id), Place(file)

    def need(attribute: str, wanted: str, *path: str | int, place: Place = table, row: int | None = None) -> None:
        if wanted in getattr(registry, attribute):
            return
        plugin, where, row = namespace(wanted), dotted(path), row or place.row(*path)
        if plugin in available:
            known_ids = with_shipped(registry, available)
            told = known_ids.problem_unless(attribute, wanted, file=place.file, row=row, where=where)
            found.append(told or registry.problem_unless(attribute, wanted, file=place.file, row=row, where=where))
            return
        near, known = nearest(plugin, available), listed(available)
        found.append(problem("SSJ-G008", file=place.file, row=row, field=where, value=plugin, known=known, **near))

    lists: list[tuple[TomlPath, tuple[EntropyUse, ...]]] = [(("entropy",), plan.entropy)]
    lists += [(("batch", n, "entropy"), batch.entropy) for n, batch in enumerate(plan.batch)]
    for path, uses in lists:
        for n, entropy in enumerate(uses):
            where = (*path, n, "source")
            need("entropy_sources", source_id(entropy.source), *where, place=the_plan, row=line_of(lines, where))
    for n, accepted in enumerate(plan.accept_unreviewed):
        dated = ("checklists", "result_tables", "weight_rules", "eligibility_rules", "recusal_rules", "stratifiers")
        if not any(accepted in getattr(registry, kind) for kind in dated):
            row = line_of(lines, ("accept_unreviewed",))
            need("ratio_rules", accepted, "accept_unreviewed", n, place=the_plan, row=row)
    for n, policy in enumerate(ruleset.batch):
        need("ratio_rules", policy.ratio, "batch", n, "ratio")
        if policy.weights:
            need("weight_rules", policy.weights, "batch", n, "weights")
        for m, sector in enumerate(policy.sectors):
            need("checklists", sector, "batch", n, "sectors", m)
        for m, place in enumerate(policy.place):
            if place.field:
                need("checklists", place.field, "batch", n, "place", m, "field")
        for m, use in enumerate(policy.eligibility):
            need("eligibility_rules", use.rule, "batch", n, "eligibility", m, "rule")
    for m, use in enumerate(ruleset.eligibility):
        need("eligibility_rules", use.rule, "eligibility", m, "rule")
    for m, use in enumerate(ruleset.recusal):
        need("recusal_rules", use.rule, "recusal", m, "rule")
    if ruleset.results and ruleset.results.table:
        need("result_tables", ruleset.results.table, "results", "table")
    for rule in registry.ratio_rules.values():
        if rule.id in {p.ratio for p in ruleset.batch}:
            need("stratifiers", rule.stratify, "stratify", place=registry.place("ratio_rules", rule.id))
    for weights in registry.weight_rules.values():
        if weights.id in {p.weights for p in ruleset.batch}:
            need("stratifiers", weights.stratify, "stratify", place=registry.place("weight_rules", weights.id))
    for name, spec in plan.rosters.named.items():
        if spec.reader:
            row = line_of(lines, ("rosters", name, "reader"))
            need("roster_readers", spec.reader, "rosters", name, "reader", place=the_plan, row=row)
    return [p for p in found if p is not None]


def _without_sector(subjects: SubjectRoster, taken: Sequence[str]) -> Iterable[Problem]:
    """Whoever has no sector is in no pool: one is worth a warning, all of them mean a missing column."""
    if sectorless(subjects):
        return tell_sectorless(subjects, "SSJ-S029", taken)
    blank = [s.row for s in subjects.rows if not s.sectors]
    if not blank:
        return []
    rows = "、".join(map(str, blank[:10])) + ("……" if len(blank) > 10 else "")
    field = subjects.title("sectors") or "监管类别"
    told = problem("SSJ-S028", file=subjects.file, row=blank[0], field=field, value=len(blank), rows=rows)
    return [evolve(told, also=tuple(blank[1:]))]


def _strange(subjects: SubjectRoster, names: SectorNames, taken: Sequence[str]) -> Iterable[Problem]:
    """Where no word at all is known, every batch would be without subjects: an error of the file."""
    words = dict.fromkeys(word for subject in subjects.rows for word in subject.sectors)
    if words and not names.resolve(words):
        told, known = "、".join([*words][:_TOLD]), "、".join(names.titles)
        yield from tell_sectorless(subjects, "SSJ-S049", taken, words=told, known=known)


def _sector_problems(
    names: SectorNames, units: Iterable[tuple[Sequence[str], int]], file: str, field: str
) -> Iterable[Problem]:
    unknown: dict[str, list[int]] = {}
    for words, row in units:
        for word in names.unknown(words):
            unknown.setdefault(word, []).append(row)
    known = "、".join(names.titles)
    for word, rows in unknown.items():
        told = problem("SSJ-S027", file=file, row=rows[0], field=field, value=word, count=len(rows), known=known)
        yield evolve(told, also=tuple(rows[1:]))


def unprintable(*rosters: SubjectRoster | OfficerRoster | InspectionList) -> list[Problem]:
    """What of rosters cannot stand in a sealed table: a reader of another department may let anything pass."""
    found = []
    for roster in rosters:
        for unit in () if isinstance(roster, InspectionList) else roster.rows:
            for name in _SEALED_OFFICER if isinstance(unit, Officer) else _SEALED_SUBJECT:
                try:
                    check_line_value(getattr(unit, name))
                except ValueError as error:
                    value = repr(getattr(unit, name))
                    found.append(
                        problem("SSJ-P029", file=roster.file, row=unit.row, field=name, value=value, reason=error)
                    )
    return found


def _raise(found: Iterable[Problem]) -> None:
    if problems := list(found):
        raise InputError(problems)
