"""Verify one draw: every step of SPEC §2 to §9 recomputed from `record.toml` and the tables beside it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from attrs import asdict

from ssj_core.canonical import digest
from ssj_core.entropy.model import Evidence
from ssj_core.matching import Infeasible
from ssj_core.pipeline import Outcome, draw
from ssj_core.problems import InputError
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
from ssj_core.sealed import PLAN_FILE, RULES_FILE, Sealed, unseal
from ssj_core.structuring import shown
from ssj_core.tables import FILES, SEALED_FILES, TableError
from ssj_core.text import Text
from ssj_core.verify import assurance
from ssj_core.verify.beside import Circumstances
from ssj_core.verify.published import differences
from ssj_core.verify.report import Report, Status, Step
from ssj_core.verify.stamps import STAMP_FILES, stamp_of, stamp_steps

EXPECTED: Final = (PLAN_FILE, RULES_FILE, *FILES)
"""Files a draw folder must hold beside `record.toml`."""


def verify_draw(files: Mapping[str, bytes], name: str, commitments: Collection[str] = ()) -> Report:
    """Verify a draw folder given as file name to bytes; `name` is the folder's.

    `commitments` are those that a ledger has for this draw: for the highest level it must be among them.

    Never raises for bad content: what cannot be read is a step that fails, what is missing one that cannot be told.
    """
    try:
        return _verify(files, name, commitments)
    except (MemoryError, RecursionError, ArithmeticError, ValueError, LookupError, TypeError) as error:
        title = Text("核验中断：内容超出核验程序的能力", "stopped: this is more than the verifier can read")
        why = Text(type(error).__name__, type(error).__name__)
        return Report(draw_id=name, title="", steps=(Step(title=title, status="unknown", details=(why,)),))


def _verify(files: Mapping[str, bytes], name: str, commitments: Collection[str]) -> Report:
    if FILE not in files:
        return Report(draw_id=name, title="", steps=(_missing(1, FILE),))
    steps: list[Step] = []
    whole = closing_holds(files[FILE])
    steps.append(
        _step(1, "记录完整：record.toml 与它末尾的摘要一致", "the record agrees with its closing digest", whole)
    )
    try:
        record = decode_record(files[FILE])
    except InputError as error:
        why = Text("record.toml 读不懂，已被改动", "record.toml cannot be read") if not whole else _first(error)
        return Report(draw_id=name, title="", steps=(*steps, _failed(2, "记录可读", "the record can be read", why)))
    steps.append(_files(record, files, name))
    sealed, step = _unsealed(record, files)
    steps.append(step)
    stamp = stamp_of(files, sealed, record.commitment.value)
    beside = Circumstances(
        stamped=stamp.time, drawn_at=record.drawn_at, in_ledger=record.commitment.value in commitments
    )
    if sealed is not None:
        steps.extend(_recomputed(record, sealed, files, beside))
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
    wrong, missing = [], []
    for file in EXPECTED:
        if file not in files:
            missing.append(Text(f"缺少 {file}", f"{file} is missing"))
        elif record.tables.get(file) != digest(files[file]):
            wrong.append(Text(f"{file} 与记录中的摘要不一致", f"{file} does not agree with its digest in the record"))
    if VERIFIER in files and record.software.get(VERIFIER) != digest(files[VERIFIER]):
        wrong.append(Text(f"{VERIFIER} 不是抽取时放入的那一份", f"{VERIFIER} is not the one laid in at the draw"))
    if set(record.tables) != set(EXPECTED):
        wrong.append(Text("记录所列文件与规格不符", "the record lists other files than the specification"))
    if record.draw_id != name:
        wrong.append(
            Text(f"文件夹名 {name} 与抽取编号 {record.draw_id} 不同", f"the folder {name} holds {record.draw_id}")
        )
    extra = tuple(
        Text(f"另有与抽取无关的文件 {f}", f"{f} is no part of the draw")
        for f in files
        if f not in (FILE, VERIFIER, *EXPECTED, *STAMP_FILES)
    )
    status: Status = "fails" if wrong else "unknown" if missing else "holds"
    title = Text("2 文件未改：各文件与记录中的摘要一致", "2 the files agree with the digests in the record")
    return Step(title=title, status=status, details=(*wrong, *missing, *extra))


def _unsealed(record: Record, files: Mapping[str, bytes]) -> tuple[Sealed | None, Step]:
    zh, en = "封存的计划、规则和名录可读，彼此一致", "the sealed plan, rules and rosters can be read and agree"
    if gone := [f for f in (PLAN_FILE, RULES_FILE, *SEALED_FILES) if f not in files]:
        return None, Step(title=Text(f"3 {zh}", f"3 {en}"), status="unknown", details=_lacking(gone))
    try:
        sealed = unseal(files, record.commitment.previous_head)
        tables = {n: digest(files[n]) for n in SEALED_FILES}
    except InputError as error:
        return None, _failed(3, zh, en, _first(error))
    except TableError as error:
        return None, _failed(3, zh, en, Text(f"表格不是规定的格式：{error}", f"a table is not canonical: {error}"))
    named = (sealed.rules.draw_id, sealed.rules.bureau, sealed.rules.title)
    wrong = list(differences(sealed))
    if dict(sealed.rules.tables) != tables:
        wrong.append(Text("rules.toml 登记的表格摘要不同", "rules.toml has other digests of the tables"))
    if named != (record.draw_id, record.bureau, record.title):
        wrong.append(Text("记录的编号、单位或名称与规则不同", "the record names another draw, office or title"))
    return sealed, Step(title=Text(f"3 {zh}", f"3 {en}"), status="fails" if wrong else "holds", details=tuple(wrong))


def _recomputed(record: Record, sealed: Sealed, files: Mapping[str, bytes], beside: Circumstances) -> list[Step]:
    steps: list[Step] = []
    try:
        found = commitment_part(sealed.commitment)
    except ValueError as error:
        return [_failed(4, "承诺", "commitment", Text(f"名录不合规格：{error}", f"a roster is malformed: {error}"))]
    steps.append(
        _compare(4, "承诺：由封存的计划、规则、名录重新算出", "the commitment", found, asdict(record.commitment))
    )
    evidence = [e.evidence() for e in record.entropy]
    steps.append(_entropy(record, sealed, evidence, beside))
    try:
        outcome = draw(sealed, evidence)
    except Infeasible as error:
        why = Text(error.problems[0].message("zh"), error.problems[0].message("en"))
        return [*steps, _failed(9, "检查组", "teams", why)]
    except (ValueError, KeyError) as error:
        why = Text(f"无法重新抽取：{error}", f"the draw cannot be repeated: {error}")
        return [*steps, _failed(6, "重新抽取", "the draw repeated", why)]
    return [*steps, *_outcome(record, outcome, files)]


def _appointed(record: Record, sealed: Sealed | None) -> list[assurance.Appointed]:
    events = [e.appointed for e in sealed.rules.entropy] if sealed else []
    return [(part.evidence(), events[n] if n < len(events) else {}) for n, part in enumerate(record.entropy)]


def _entropy(record: Record, sealed: Sealed, evidence: Sequence[Evidence], beside: Circumstances) -> Step:
    zh, en = "熵源：按计划规定的次序，写法合规格", "the entropy is what the plan names, in its order and form"
    pairs = _appointed(record, sealed)
    wrong = list(assurance.mistakes(pairs))
    verdict = assurance.judge(pairs, record.sealed_at, beside)
    required = sealed.rules.assurance
    missing = assurance.missing_beside(verdict, required)
    if [e.source for e in evidence] != [e.source for e in sealed.rules.entropy]:
        wrong.append(Text("熵源或次序与封存的计划不同", "sources or order differ from the sealed plan"))
    unknown = [e for e in evidence if not assurance.known(e)]
    if not unknown and not verdict.unchecked:  # what could not be told may be worth more than it seems
        lacking = assurance.shortfall(verdict, None if missing else required)
        wrong += [Text(p.message("zh"), p.message("en")) for p in lacking]
    details = [
        *wrong,
        *verdict.unchecked,
        *missing,
        *(Text(f"核验程序不认识熵源 {e.source}", f"this verifier does not know {e.source}") for e in unknown),
    ]
    status: Status = "fails" if wrong else "unknown" if unknown or verdict.unchecked or missing else "holds"
    return Step(title=Text(f"5 {zh}", f"5 {en}"), status=status, details=tuple(details))


def _outcome(record: Record, outcome: Outcome, files: Mapping[str, bytes]) -> list[Step]:
    tables = outcome.tables()
    parts = {n: asdict(s) for n, s in enumerate(record.stratum)}
    return [
        _step(6, "种子：由承诺和熵源重新算出", "the seed from commitment and entropy", outcome.seed == record.seed),
        _compare(
            7,
            "应抽数：每层的数量、应抽数和签号界线",
            "sizes, quotas and cuts",
            dict(enumerate(stratum_parts(outcome))),
            parts,
        ),
        _table(8, "抽中名单：每个签号重新算出，次序、递补一致", "the drawn list", "drawn.csv", tables, files),
        _table(9, "检查组：由种子重新匹配，一席不差", "the teams", "teams.csv", tables, files),
        _compare(
            10,
            "匹配依据：输入摘要、密钥和每人的公平区间",
            "the matching's digest, key and fair ranges",
            matching_part(outcome),
            _listed(asdict(record.matching)),
        ),
    ]


def _table(number: int, zh: str, en: str, file: str, expected: Mapping[str, bytes], files: Mapping[str, bytes]) -> Step:
    title = Text(f"{number} {zh}", f"{number} {en}")
    if file not in files:
        return Step(title=title, status="unknown", details=_lacking([file]))
    if files[file] == expected[file]:
        return Step(title=title, status="holds")
    ours, theirs = expected[file].split(b"\n"), files[file].split(b"\n")
    row = next(
        (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False), 1) if a != b), min(len(ours), len(theirs))
    )
    return Step(
        title=title,
        status="fails",
        details=(Text(f"{file} 第 {row} 行与重新算出的不同", f"{file}, line {row} is not what the seed gives"),),
    )


def _compare(number: int, zh: str, en: str, found: Mapping[Any, Any], given: Mapping[Any, Any]) -> Step:
    details = tuple(
        Text(
            f"{key}：记录为 {shown(given.get(key))}，重新算出 {shown(found.get(key))}",
            f"{key}: {shown(given.get(key))}, not {shown(found.get(key))}",
        )
        for key in dict.fromkeys((*found, *given))
        if found.get(key) != given.get(key)
    )
    return Step(title=Text(f"{number} {zh}", f"{number} {en}"), status="fails" if details else "holds", details=details)


def _listed(part: dict[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in part.items()}


def _step(number: int, zh: str, en: str, good: bool) -> Step:
    return Step(title=Text(f"{number} {zh}", f"{number} {en}"), status="holds" if good else "fails")


def _failed(number: int, zh: str, en: str, why: Text) -> Step:
    return Step(title=Text(f"{number} {zh}", f"{number} {en}"), status="fails", details=(why,))


def _missing(number: int, file: str) -> Step:
    title = Text(f"{number} 找到 {file}", f"{number} {file} is there")
    return Step(title=title, status="unknown", details=_lacking([file]))


def _lacking(files: Sequence[str]) -> tuple[Text, ...]:
    return tuple(Text(f"缺少 {f}", f"{f} is missing") for f in files)


def _first(error: InputError) -> Text:
    found = error.problems[0]
    where = f"{found.file}:{found.row} {found.field}"
    return Text(f"{where} {found.message('zh')}", f"{where} {found.message('en')}")


def _summary(record: Record) -> tuple[Text, ...]:
    size = sum(s.size for s in record.stratum)
    quota = sum(s.quota for s in record.stratum)
    return (
        Text(f"抽取范围 {size} 个，抽中 {quota} 个", f"{quota} of {size} subjects drawn"),
        Text(f"承诺 {record.commitment.value}", f"commitment {record.commitment.value}"),
        Text(f"种子 {record.seed}", f"seed {record.seed}"),
    )
