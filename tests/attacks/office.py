"""An office that wants to spare twenty friends: 200 subjects, 3 % of them drawn; what it can vary and publish."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import comb
from typing import Any, Final

from attrs import evolve, frozen

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.draw import select
from ssj_core.entropy.model import Evidence, Level
from ssj_core.ledger import EventKind, Ledger
from ssj_core.model import Subject
from ssj_core.office import Office
from ssj_core.pipeline import draw, seal
from ssj_core.problems import Problem
from ssj_core.record import FILE, decode_record, make_record
from ssj_core.rules.effective import RosterPin, SealedEntropy, encode_rules
from ssj_core.rules.model import ClassRatio
from ssj_core.sealed import Sealed
from ssj_core.seed import key, seed
from ssj_core.text import Text
from ssj_core.verify import Report, verify_folder
from ssj_core.workspace import evidence_data
from tests.strategies import make_office, make_officer, make_subject, plan_bytes

DRAW: Final = "p-b-1"
SEALED_AT: Final = "2021-03-01T09:00:00+08:00"
LATER: Final = "2021-03-02T10:00:00+08:00"
DRAWN_AT: Final = "2021-03-03T09:00:00+08:00"
SIZE: Final = 200
STRATUM: Final = "全部"
QUOTA: Final = 6
SUBJECTS: Final = tuple(make_subject(n) for n in range(SIZE))
IDS: Final = tuple(s.id for s in SUBJECTS)
FRIENDS: Final = frozenset(IDS[7::10])
OFFICERS: Final = tuple(make_officer(n) for n in range(5))
THREE_PERCENT: Final = ClassRatio(ratio=Fraction(3, 100), bound="exact", rounding="up")
CHANCE: Final = Fraction(comb(SIZE - len(FRIENDS), QUOTA), comb(SIZE, QUOTA))
"""That an honest draw spares all friends."""


def office(*sources: str, ratio: ClassRatio = THREE_PERCENT, assurance: Level | None = None) -> Office:
    """The office with these entropy sources."""
    made = make_office(ratio=ratio, entropy=sources or ("os",), reserve=2)
    plan = evolve(made.plan, assurance=assurance)
    return evolve(made, plan=plan, plan_bytes=plan_bytes(plan))


def sealing(
    *sources: str,
    appointed: Sequence[Mapping[str, str]] = (),
    subjects: Sequence[Subject] = SUBJECTS,
    draw_id: str = DRAW,
    scope: str = "all",
    remark: str = "",
    previous_head: str = NO_LEDGER,
    assurance: Level | None = None,
) -> Sealed:
    """Seal the batch; `remark` is a comment at the end of the plan."""
    made = office(*sources, assurance=assurance)
    events = [*appointed, *({} for _ in range(len(made.plan.entropy) - len(appointed)))]
    sealed = seal(
        evolve(made, plan_bytes=made.plan_bytes + remark.encode()),
        made.plan.batch[0],
        subjects,
        OFFICERS,
        draw_id=draw_id,
        rosters=[
            RosterPin(role=role, file="x.csv", sha256="a" * 64, encoding="UTF-8", sheet="", rows=rows)  # type: ignore[arg-type]
            for role, rows in (("subjects", len(subjects)), ("officers", len(OFFICERS)))
        ],
        entropy=[SealedEntropy(source=e.source, appointed=a) for e, a in zip(made.plan.entropy, events, strict=True)],
        drawn_before={},
        previous_head=previous_head,
    )
    if scope == "all":
        return sealed
    rules = evolve(sealed.rules, scope=scope)
    return evolve(sealed, rules=rules, rules_data=encode_rules(rules))


def spares(commitment: str, *entropy: str, ids: Sequence[str] = IDS, draw_id: str = DRAW, scope: str = "all") -> bool:
    """SPEC §6.2 to §7.2 for the one stratum: whether this draw spares every friend."""
    ticket_key = key(seed(commitment, entropy), draw_id, "subject", scope)
    return FRIENDS.isdisjoint(t.id for t in select(ticket_key, STRATUM, ids, QUOTA, 0).drawn)


def outcome_spares(sealed: Sealed, *evidence: Evidence) -> bool:
    """The same of a whole draw."""
    return FRIENDS.isdisjoint(row.id for row in draw(sealed, evidence).drawn if row.outcome == "抽中")


def number(*what: object) -> int:
    """A fixed number that looks like chance: every grinder and every try has its own."""
    return int(sha256(repr(what).encode()).hexdigest(), 16)


def digits(*what: object) -> str:
    """Twenty decimal digits, as people might say them."""
    return f"{number(*what) % 10**20:020}"


def text(said: str, *who: str, when: str = LATER) -> Evidence:
    """What was typed, and who is said to have said it."""
    return Evidence(source="text", raw=said, canonical=said, who=who, where="会议室" if who else "", when=when)


def system(value: int) -> Evidence:
    """A number of the operating system."""
    return Evidence(source="os", raw=f"{value:064x}", canonical=f"{value:064x}")


LOTTERY: Final = {"game": "ssq", "issue": "2021024", "date": "2021-03-02"}
"""The issue of 双色球 the plan names."""


def balls(*what: object) -> str:
    """A result of 双色球, canonical."""
    order = sorted(range(1, 34), key=lambda n: number(*what, n))
    return " ".join(f"{n:02}" for n in sorted(order[:6])) + f"+{number(*what, 'blue') % 16 + 1:02}"


def lottery(result: str, issue: str = "2021024", when: str = "2021-03-02T21:30:00+08:00") -> Evidence:
    """What an office types as the result of an issue."""
    typed = f"{issue}:{result}"
    details = {"game": "双色球", "date": "2021-03-02", "source1": "archive.example", "source2": "paper.example"}
    return Evidence(source="ssq", raw=typed, canonical=typed, when=when, details=details)


@frozen
class Published:
    """What the public gets: the folders of draws and the ledger."""

    draws: Mapping[str, Mapping[str, bytes]]
    ledger: bytes

    def reports(self) -> tuple[Report, ...]:
        """What `ssj-core verify` says of it."""
        return verify_folder(self.draws, self.ledger)


def folder(sealed: Sealed, *evidence: Evidence, sealed_at: str = SEALED_AT) -> dict[str, bytes]:
    """The files of the draw."""
    outcome = draw(sealed, evidence)
    record = make_record(sealed, evidence, outcome, sealed_at=sealed_at, drawn_at=DRAWN_AT, software={})
    return {FILE: record, **sealed.files, **outcome.tables()}


def publish(sealed: Sealed, *evidence: Evidence, sealed_at: str = SEALED_AT, before: bytes = b"") -> Published:
    """A finished draw with a ledger in which it stands after the lines `before`."""
    files = folder(sealed, *evidence, sealed_at=sealed_at)
    return Published({sealed.rules.draw_id: files}, recorded(files, before))


def recorded(files: Mapping[str, bytes], before: bytes = b"") -> bytes:
    """The ledger of an office in which this draw is the last."""
    record = decode_record(files[FILE])
    parts = [e.evidence() for e in record.entropy]
    sealing_data = {"commitment": record.commitment.value, "policy": "t/b", "year": 2021}
    entropy = {"commitment": record.commitment.value, "evidence": evidence_data(parts)}
    drawing = {"record": digest(files[FILE]), "seed": record.seed, "year": 2021}
    name = record.draw_id
    data = extended(before, ("commit", name, record.sealed_at, sealing_data))
    return extended(data, ("entropy", name, record.drawn_at, entropy), ("draw", name, record.drawn_at, drawing))


def extended(data: bytes, *events: tuple[EventKind, str, str, Mapping[str, Any]]) -> bytes:
    """A ledger with these events after its own."""
    for kind, name, time, content in events:
        chain: Ledger = ledgers.read(data)
        data += chain.next(kind, name, time, content).encode() + b"\n"
    return data


def said(detail: Text | Problem) -> str:
    """A detail of a step in both languages, with the place it names."""
    if isinstance(detail, Problem):
        return f"{detail.file} {detail.row} {detail.field} {detail.value} {detail.message('en')} {detail.message('zh')}"
    return f"{detail.en} {detail.zh}"


def words(reports: Sequence[Report]) -> str:
    """All that the reports say, in English and Chinese."""
    steps = [s for r in reports for s in r.steps]
    told: list[Text | Problem] = [*(s.title for s in steps), *(d for s in steps for d in s.details)]
    return "\n".join(said(t) for t in (*told, *(t for r in reports for t in (*r.unproved, *r.summary))))


def beyond(count: int, trials: int, chance: Fraction, deviations: int = 4) -> bool:
    """Whether `count` successes of `trials` lie further from their mean than so many standard deviations."""
    return (count - trials * chance) ** 2 > deviations**2 * trials * chance * (1 - chance)
