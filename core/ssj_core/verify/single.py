"""Verify one draw: every step of SPEC §2 to §9 recomputed from `record.toml` and the tables beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from attrs import asdict, evolve

from ssj_core.canonical import digest, is_digest
from ssj_core.entropy.model import Evidence
from ssj_core.matching import Infeasible
from ssj_core.pipeline import Outcome, draw
from ssj_core.problems import InputError, Problem, problem
from ssj_core.record import (
    FILE,
    VERIFIER,
    Record,
    closing_holds,
    commitment_part,
    decode_record,
    matching_part,
    stratum_parts,
)
from ssj_core.rules.effective import decode_rules, outcome_files, sealed_files
from ssj_core.sealed import PLAN_FILE, RULES_FILE, Sealed, SealedError, unseal
from ssj_core.standing import FOLDER as REPLACEMENTS
from ssj_core.tables import (
    FILES,
    OPTIONAL_FILES,
    OUTCOME_FILES,
    SEALED_FILES,
    SITE_DRAWS_FILE,
    TableError,
    TeamRow,
    decode_table,
)
from ssj_core.text import Text
from ssj_core.verify import assurance
from ssj_core.verify.beside import Circumstances
from ssj_core.verify.changed import changed, unclosed
from ssj_core.verify.compared import differing, seed_differs, table_differs, told
from ssj_core.verify.forms import read
from ssj_core.verify.published import differences
from ssj_core.verify.reading import newer, refused
from ssj_core.verify.report import Report, Step, few, made, too_much
from ssj_core.verify.stamps import STAMP_FILES, stamp_of, stamp_steps
from ssj_core.verify.zeros import lost_zeros

EXPECTED: Final = (PLAN_FILE, RULES_FILE, *SEALED_FILES, *OUTCOME_FILES)
"""Files every draw folder must hold beside `record.toml`; others only if the rules say so."""


def verify_draw(
    files: Mapping[str, bytes], name: str, published: str = "", commitments: Collection[str] = ()
) -> Report:
    """Verify a draw folder given as file name to bytes; `name` is the folder's, `published` the commitment announced.

    `commitments` are those that a ledger has for this draw: for the highest level it must be among them.

    Never raises for bad content: what cannot be read is a step that fails, what is missing one that cannot be told.
    """
    try:
        return _verify(files, name, published, commitments)
    except (MemoryError, RecursionError, ArithmeticError, ValueError, LookupError, TypeError) as error:
        title = Text("核验中断：内容超出核验程序的能力", "stopped: this is more than the verifier can read")
        return Report(draw_id=name, title="", steps=(made(title, [too_much(error)]),))


def _verify(files: Mapping[str, bytes], name: str, published: str, commitments: Collection[str]) -> Report:
    if FILE not in files:
        there = _step(1, f"找到 {FILE}", f"{FILE} is there", [_missing(FILE)])
        return Report(draw_id=name, title="", steps=(there,))
    zh, en = "记录完整：record.toml 与它末尾的摘要一致", "the record agrees with its closing digest"
    if later := newer(files[FILE], FILE):  # whose closing may have another form, too
        return Report(draw_id=name, title="", steps=(_step(1, zh, en, later),))
    steps = [_step(1, zh, en, () if closing_holds(files[FILE]) else unclosed(files[FILE]))]
    try:
        record = decode_record(files[FILE])
    except InputError as error:
        unreadable = _step(1, "记录可读", "the record can be read", refused(error, files[FILE]))
        return Report(draw_id=name, title="", steps=(*steps, unreadable))
    steps.append(_files(record, files, name))
    sealed, step = _unsealed(record, files)
    steps.append(step)
    stamp = stamp_of(files, sealed, record.commitment.value)
    beside = Circumstances(
        stamped=stamp.time, drawn_at=record.drawn_at, in_ledger=record.commitment.value in commitments
    )
    if sealed is not None:
        steps.extend(_recomputed(record, sealed, files, beside))
    if published:
        value, title = record.commitment.value, "the commitment is the one published before the draw"
        other = [] if value == published else [problem("SSJ-V117", file=FILE, value=value, published=published)]
        steps.append(_step(11, "承诺与抽取前公布的一致", title, other))
    steps.extend(stamp_steps(stamp))
    verdict = assurance.judge(_appointed(record, sealed), record.sealed_at, beside)
    return Report(
        draw_id=record.draw_id,
        title=f"{record.bureau} {record.title}",
        steps=tuple(steps),
        level=verdict.level,
        sources=verdict.sources,
        unproved=verdict.unproved,
        summary=_summary(record),
    )


def _files(record: Record, files: Mapping[str, bytes], name: str) -> Step:
    found: list[Problem] = []
    expected = (*EXPECTED, *(f for f in OPTIONAL_FILES if f in record.tables))
    for file in expected:
        if file not in files:
            found.append(_missing(file))
        elif not _as_recorded(record, files, file):
            found.extend(changed(file, record, files))
    if VERIFIER in files and record.software.get(VERIFIER) != digest(files[VERIFIER]):
        found.append(problem("SSJ-V023", file=VERIFIER))
    if odd := sorted(set(record.tables) ^ set(expected)):
        found.append(problem("SSJ-V024", file=FILE, field="tables", value=told(", ".join(odd))))
    if record.draw_id != name:
        found.append(problem("SSJ-V025", file=FILE, field="draw_id", value=record.draw_id, folder=name))
    parts = (FILE, VERIFIER, *expected, *STAMP_FILES)
    extra = sorted(f for f in files if f not in parts and not f.startswith(f"{REPLACEMENTS}/"))
    found.extend(problem("SSJ-V026", file=f) for f in extra)
    return _step(2, "文件未改：各文件与记录中的摘要一致", "the files agree with the digests in the record", found)


def _unsealed(record: Record, files: Mapping[str, bytes]) -> tuple[Sealed | None, Step]:
    zh, en = "封存的计划、规则和名录可读，彼此一致", "the sealed plan, rules and rosters can be read and agree"
    tables = _sealed_tables(files)
    if gone := [f for f in (PLAN_FILE, RULES_FILE, *tables) if f not in files]:
        return None, _step(3, zh, en, [_missing(f) for f in gone])
    if later := newer(files[RULES_FILE], RULES_FILE):
        return None, _step(3, zh, en, later)
    try:
        sealed = unseal(files, record.commitment.previous_head)
    except InputError as error:
        return None, _step(3, zh, en, refused(error, files[RULES_FILE]))
    except SealedError as error:
        said = {f for f in tables if not _as_recorded(record, files, f)}  # step 2 tells of their order
        wrong = (
            problem("SSJ-V048", file=p.file) if p.code == "SSJ-V036" and p.file in said else p for p in error.problems
        )
        return None, _step(3, zh, en, few(wrong))
    except TableError:
        return None, _step(3, zh, en, _malformed(record, files, tables))
    found = list(differences(sealed))
    due = {PLAN_FILE, RULES_FILE, *tables, *outcome_files(sealed.rules)}
    if odd := sorted((set(record.tables) ^ due) & set(OPTIONAL_FILES)):
        found.append(problem("SSJ-V024", file=FILE, field="tables", value=told(", ".join(odd))))
    for file in sorted({*sealed.rules.tables, *tables}):
        if file not in tables or file not in files or sealed.rules.tables.get(file) != digest(files[file]):
            found.append(problem("SSJ-V051", file=file))
    for name in ("draw_id", "bureau", "title"):
        recorded, ruled = getattr(record, name), getattr(sealed.rules, name)
        if recorded != ruled:
            found.append(problem("SSJ-V052", file=FILE, field=name, value=recorded, sealed=ruled))
    return sealed, _step(3, zh, en, found)


def _sealed_tables(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The tables that must have been sealed, by the rules; those of every draw where the rules cannot be read."""
    with suppress(KeyError, InputError):
        return sealed_files(decode_rules(files[RULES_FILE], RULES_FILE))
    return SEALED_FILES


def _malformed(record: Record, files: Mapping[str, bytes], tables: Iterable[str]) -> Iterator[Problem]:
    """Why a sealed table is not in its form; what step 2 said of it is not said again."""
    for file in tables:
        try:
            decode_table(FILES[file], files[file])
        except TableError as error:
            if not _as_recorded(record, files, file):
                yield problem("SSJ-V048", file=file)
            else:
                yield from read(file, files[file]).problems or (problem("SSJ-V047", file=file, value=error),)


def _recomputed(record: Record, sealed: Sealed, files: Mapping[str, bytes], beside: Circumstances) -> list[Step]:
    steps: list[Step] = []
    zh, en = "承诺：由封存的计划、规则、名录重新算出", "the commitment"
    right = commitment_part(sealed.commitment)
    if not is_digest(record.commitment.previous_head):  # MUST-2.1: of a head in another form nothing is the digest
        right["previous_head"] = ""
    steps.append(_step(4, zh, en, differing("SSJ-V070", asdict(record.commitment), right, ("commitment",))))
    evidence = [e.evidence() for e in record.entropy]
    steps.append(_entropy(record, sealed, evidence, beside))
    try:
        outcome = draw(sealed, evidence, _teams(files))
    except Infeasible as error:
        return [*steps, _step(9, "检查组", "teams", error.problems)]
    except (ValueError, KeyError) as error:
        return [*steps, _step(6, "重新抽取", "the draw repeated", [problem("SSJ-V077", file=FILE, value=told(error))])]
    return [*steps, *_outcome(record, outcome, files)]


def _teams(files: Mapping[str, bytes]) -> dict[str, list[str]] | None:
    """Visit → officers in the order of the places, as published; None if that cannot be read."""
    teams: dict[str, list[str]] = {}
    try:
        for row in decode_table(TeamRow, files.get("teams.csv", b"")):
            teams.setdefault(row.subject, []).append(row.officer)
    except TableError:
        return None
    return teams


def _appointed(record: Record, sealed: Sealed | None) -> list[assurance.Appointed]:
    events = [e.appointed for e in sealed.rules.entropy] if sealed else []
    evidence = [assurance.of_draw(part.evidence(), record.draw_id) for part in record.entropy]
    return [(one, events[n] if n < len(events) else {}) for n, one in enumerate(evidence)]


def _entropy(record: Record, sealed: Sealed, evidence: Sequence[Evidence], beside: Circumstances) -> Step:
    pairs = _appointed(record, sealed)
    found: list[Problem] = []
    lost = lost_zeros(record, pairs)
    for n, pair in enumerate(pairs):
        found += [lost[n]] if n in lost else _placed(assurance.mistakes([pair]), n)
    verdict, required = assurance.judge(pairs, record.sealed_at, beside), sealed.rules.assurance
    missing = assurance.missing_beside(verdict, required)
    given, due = ([e.source for e in some] for some in (evidence, sealed.rules.entropy))
    if given != due:
        listed, named = (", ".join(sources) or "—" for sources in (given, due))
        found.append(problem("SSJ-V071", file=FILE, field="entropy", value=told(listed), sealed=told(named)))
    unknown = [
        problem("SSJ-V072", file=FILE, field=f"entropy[{n}].source", value=e.source)
        for n, e in enumerate(evidence, start=1)
        if not assurance.known(e)
    ]
    if not found and not unknown and not verdict.unchecked:  # else it may be worth more than it seems
        found += assurance.shortfall(verdict, None if missing else required)
    zh, en = "熵源：按计划规定的次序，写法合规格", "the entropy is what the plan names, in its order and form"
    return _step(5, zh, en, [*found, *verdict.unchecked, *missing, *unknown])


def _placed(found: Iterable[Problem], n: int) -> Iterator[Problem]:
    """What a source found, with the place where its evidence stands; a field it named itself stays."""
    for p in found:
        yield evolve(p, file=FILE, field=p.field or f"entropy[{n + 1}]")


def _outcome(record: Record, outcome: Outcome, files: Mapping[str, bytes]) -> list[Step]:
    tables = outcome.tables()
    strata, right = [asdict(s) for s in record.stratum], stratum_parts(outcome)
    other_seed = seed_differs(record, outcome)
    listed = 1 if [p for p in other_seed if p.code == "SSJ-V076"] else 3  # from another seed all else is another

    def table(file: str) -> tuple[Problem, ...]:
        if file not in files:
            return (_missing(file),)
        return table_differs(file, files[file], tables[file], _as_recorded(record, files, file), listed)

    drawn = table("drawn.csv")
    if outcome.site_draws is not None:
        drawn = (*drawn, *table(SITE_DRAWS_FILE))
    return [
        _step(6, "种子：由承诺和熵源重新算出", "the seed from commitment and entropy", other_seed),
        _step(
            7,
            "应抽数：每层的数量、应抽数和签号界线",
            "sizes, quotas and cuts",
            few(differing("SSJ-V078", strata, right, ("stratum",)), listed),
        ),
        _step(8, "抽中名单：每个签号重新算出，次序、递补一致", "the drawn list", drawn),
        _step(9, "检查组：由种子重新匹配，一席不差", "the teams", table("teams.csv")),
        _step(
            10,
            "匹配依据：输入摘要、密钥和每人的公平区间",
            "the matching's digest, key and fair ranges",
            few(differing("SSJ-V083", asdict(record.matching), matching_part(outcome), ("matching",)), listed),
        ),
    ]


def _as_recorded(record: Record, files: Mapping[str, bytes], file: str) -> bool:
    return record.tables.get(file) == digest(files[file])


def _step(number: int, zh: str, en: str, found: Iterable[Problem]) -> Step:
    return made(Text(f"{number} {zh}", f"{number} {en}"), found)


def _missing(file: str) -> Problem:
    return problem("SSJ-V020", file=file)


def _summary(record: Record) -> tuple[Text, ...]:
    size = sum(s.size for s in record.stratum)
    quota = sum(s.quota for s in record.stratum)
    return (
        Text(f"抽取范围 {size} 个，抽中 {quota} 个", f"{quota} of {size} subjects drawn"),
        Text(f"承诺 {record.commitment.value}", f"commitment {record.commitment.value}"),
        Text(f"种子 {record.seed}", f"seed {record.seed}"),
    )
