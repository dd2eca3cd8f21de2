"""The paths by which an office could try again until it is pleased: what varies from try to try, and what it seals."""

from collections.abc import Callable, Mapping
from itertools import islice, permutations
from typing import Final

from attrs import evolve, frozen

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER, Commitment, SubjectLine, roster_root
from ssj_core.entropy.model import Evidence
from ssj_core.entropy.reveal import make_commitment
from ssj_core.ledger import Event, EventKind, read
from ssj_core.model import Subject
from ssj_core.sealed import Sealed
from tests.attacks.office import (
    DRAW,
    IDS,
    LATER,
    LOTTERY,
    STRATUM,
    SUBJECTS,
    balls,
    digits,
    extended,
    lottery,
    number,
    publish,
    sealing,
    spares,
    system,
    text,
)

BEFORE: Final = "2021-02-01T09:00:00+08:00"
"""Long before the sealing."""

FIXED: Final = sealing()
WITNESSED: Final = sealing("text")


@frozen(kw_only=True)
class Path:
    """What an office that walks it seals and takes as entropy at each try (`turn`, from 0).

    `commitment` gives in microseconds what `sealed` gives as a whole; `ledger` is what the office wrote before.
    """

    name: str
    sealed: Callable[[int, int], Sealed]
    commitment: Callable[[int, int], Commitment]
    evidence: Callable[[int, int], tuple[Evidence, ...]]
    ids: Callable[[int, int], tuple[str, ...]] = lambda g, t: IDS  # noqa: ARG005
    scope: Callable[[int, int], str] = lambda g, t: "all"  # noqa: ARG005
    ledger: Callable[[int, int], bytes] = lambda g, t: b""  # noqa: ARG005

    def spared(self, grinder: int, turn: int) -> bool:
        """Whether this try of this office spares every friend."""
        commitment = self.commitment(grinder, turn)
        values = [e.value for e in self.evidence(grinder, turn)]
        return spares(
            commitment.value,
            *values,
            ids=self.ids(grinder, turn),
            draw_id=commitment.draw_id,
            scope=self.scope(grinder, turn),
        )


def fixed(sealed: Sealed) -> Mapping[str, Callable[[int, int], object]]:
    """What was sealed does not change from try to try."""
    return {"sealed": lambda g, t: sealed, "commitment": lambda g, t: sealed.commitment}  # noqa: ARG005


def known(*_: int) -> tuple[Evidence, ...]:
    """What the office knew when it sealed: the witnesses spoke long before, or are said to have."""
    return (text(digits("known long before"), "甲", "乙", when=BEFORE),)


# --- the entropy varies


def number_of_the_system(grinder: int, turn: int) -> Evidence:
    """The operating system asked again."""
    return system(number("os", grinder, turn))


def words_of_nobody(grinder: int, turn: int) -> Evidence:
    """Digits somebody types."""
    return text(digits("typed", grinder, turn))


def words_of_friends(grinder: int, turn: int) -> Evidence:
    """Digits with witnesses who heard nothing, or what they are asked to say."""
    return text(digits("said", grinder, turn), "甲", "乙")


def balls_that_never_fell(grinder: int, turn: int) -> Evidence:
    """A result typed for the appointed issue."""
    return lottery(balls(grinder, turn))


def balls_of(grinder: int) -> Evidence:
    """The true result."""
    return lottery(balls(grinder))


# --- what is sealed varies, the entropy being known


def paper_firm(grinder: int, turn: int) -> str:
    """The number of a firm that exists on paper only."""
    return f"test:T{number('paper', grinder, turn) % 10**9}"


def with_paper_firm(grinder: int, turn: int) -> tuple[Subject, ...]:
    """The roster with that firm in the place of its last."""
    return (*SUBJECTS[:-1], evolve(SUBJECTS[-1], id=paper_firm(grinder, turn)))


def ids_with_paper_firm(grinder: int, turn: int) -> tuple[str, ...]:
    """Its ids."""
    return (*IDS[:-1], paper_firm(grinder, turn))


def root_with_paper_firm(grinder: int, turn: int) -> Commitment:
    """The root changes, and the digest of the table that stands in the rules."""
    table = WITNESSED.tables["subjects.csv"]
    other = table.replace(IDS[-1].encode(), paper_firm(grinder, turn).encode())
    lines = [SubjectLine(id=i, stratum=STRATUM) for i in ids_with_paper_firm(grinder, turn)]
    return evolve(
        WITNESSED.commitment, subjects_root=roster_root(lines), rules_digest=_with_rules(digest(table), digest(other))
    )


def remark(grinder: int, turn: int) -> str:
    """A comment in the plan."""
    return f"# {grinder} {turn}\n"


def draw_id(grinder: int, turn: int) -> str:
    """The draw id with a batch of another name."""
    return f"p-b{grinder}.{turn}-1"


def scope(grinder: int, turn: int) -> str:
    """Another scope."""
    return f"s{grinder}.{turn}"


def orders(grinder: int, turn: int) -> bytes:
    """The ledger when seven batches were sealed before, in another order at each try."""
    data, previous = b"", NO_LEDGER
    for n, batch in enumerate(next(islice(permutations(range(7)), turn, None)), start=1):
        told = {"commitment": f"{number(grinder, batch):064x}", "policy": f"t.t/b{batch}", "year": 2021}
        line = Event(number=n, previous=previous, event="commit", draw=f"p-c{batch}-1", time=BEFORE, data=told).encode()
        data, previous = data + line + b"\n", digest(line)
    return data


def head(grinder: int, turn: int) -> str:
    """Its head."""
    return digest(orders(grinder, turn).split(b"\n")[-2])


def _with_rules(old: str, new: str) -> str:
    data = WITNESSED.rules_data
    assert old.encode() in data
    return digest(data.replace(old.encode(), new.encode()))


# --- void and again


def voids(grinder: int, turn: int) -> bytes:
    """The ledger of an office that has voided so many draws."""
    data = b""
    for n in range(turn):
        data = publish(_again(n, data), number_of_the_system(grinder, n), before=data).ledger
        kind: EventKind = "void"
        data = extended(data, (kind, f"p-b-{n + 1}", LATER, {"reason": "名录有误"}))
    return data


def _again(turn: int, ledger: bytes) -> Sealed:
    return sealing(draw_id=f"p-b-{turn + 1}", previous_head=read(ledger).head)


def redraw(grinder: int, turn: int) -> Sealed:
    """The draw after so many voids."""
    return _again(turn, voids(grinder, turn))


def like_a_redraw(grinder: int, turn: int) -> Commitment:
    """Another number and head: as good as the whole ledger for counting tries."""
    return evolve(FIXED.commitment, draw_id=f"p-b-{turn + 1}", previous_head=digest(f"{grinder} {turn}".encode()))


# --- every party is the office


def secrets(grinder: int, turn: int) -> dict[str, str]:
    """What the parties will reveal."""
    return {party: f"{number(party, grinder, turn):064x}" for party in ("甲", "乙")}


def meeting(grinder: int, turn: int) -> dict[str, str]:
    """What is appointed: the commitments of all parties."""
    parties = ";".join(f"{p}={make_commitment(DRAW, p, s)}" for p, s in secrets(grinder, turn).items())
    return {"label": DRAW, "parties": parties, "deadline": LATER}


def revealed(grinder: int, turn: int) -> tuple[Evidence, ...]:
    """All of them reveal."""
    typed = ";".join(f"{p}={s}" for p, s in secrets(grinder, turn).items())
    return (Evidence(source="reveal", raw=typed, canonical=typed, when=LATER, details={"draw": DRAW}),)


_PARTIES: Final = sealing("reveal", appointed=[meeting(0, 0)])


def _with_parties(grinder: int, turn: int) -> Commitment:
    old, new = (meeting(*who)["parties"].encode() for who in ((0, 0), (grinder, turn)))
    assert old in _PARTIES.rules_data
    return evolve(_PARTIES.commitment, rules_digest=digest(_PARTIES.rules_data.replace(old, new)))


_LOTTERY: Final = sealing("ssq", appointed=[LOTTERY])
_THEN_SYSTEM: Final = sealing("ssq", "os", appointed=[LOTTERY])
_SYSTEM_FIRST: Final = sealing("os", "ssq", appointed=[{}, LOTTERY])
_THEN_WITNESSES: Final = sealing("ssq", "text", appointed=[LOTTERY])

PATHS: Final[dict[str, Path]] = {
    path.name: path
    for path in (
        Path(name="system", evidence=lambda g, t: (number_of_the_system(g, t),), **fixed(FIXED)),  # type: ignore[arg-type]
        Path(name="typed", evidence=lambda g, t: (words_of_nobody(g, t),), **fixed(WITNESSED)),  # type: ignore[arg-type]
        Path(name="invented-witnesses", evidence=lambda g, t: (words_of_friends(g, t),), **fixed(WITNESSED)),  # type: ignore[arg-type]
        Path(name="invented-balls", evidence=lambda g, t: (balls_that_never_fell(g, t),), **fixed(_LOTTERY)),  # type: ignore[arg-type]
        Path(
            name="invented-parties",
            sealed=lambda g, t: sealing("reveal", appointed=[meeting(g, t)]),
            commitment=_with_parties,
            evidence=revealed,
        ),
        Path(
            name="own-number-after-the-event",
            evidence=lambda g, t: (balls_of(g), number_of_the_system(g, t)),
            **fixed(_THEN_SYSTEM),  # type: ignore[arg-type]
        ),
        Path(
            name="own-number-listed-first",
            evidence=lambda g, t: (number_of_the_system(g, t), balls_of(g)),
            **fixed(_SYSTEM_FIRST),  # type: ignore[arg-type]
        ),
        Path(
            name="witnesses-after-the-event",
            evidence=lambda g, t: (balls_of(g), evolve(words_of_friends(g, t), when="2021-03-02T22:00:00+08:00")),
            **fixed(_THEN_WITNESSES),  # type: ignore[arg-type]
        ),
        Path(
            name="a-row-of-the-roster",
            sealed=lambda g, t: sealing("text", subjects=with_paper_firm(g, t)),
            commitment=root_with_paper_firm,
            evidence=known,
            ids=ids_with_paper_firm,
        ),
        Path(
            name="a-byte-of-the-plan",
            sealed=lambda g, t: sealing("text", remark=remark(g, t)),
            commitment=lambda g, t: evolve(
                WITNESSED.commitment, plan_digest=digest(WITNESSED.plan + remark(g, t).encode())
            ),
            evidence=known,
        ),
        Path(
            name="the-draw-id",
            sealed=lambda g, t: sealing("text", draw_id=draw_id(g, t)),
            commitment=lambda g, t: evolve(
                WITNESSED.commitment, draw_id=draw_id(g, t), rules_digest=_with_rules(DRAW, draw_id(g, t))
            ),
            evidence=known,
        ),
        Path(
            name="the-scope",
            sealed=lambda g, t: sealing("text", scope=scope(g, t)),
            commitment=lambda g, t: evolve(
                WITNESSED.commitment, rules_digest=_with_rules('scope = "all"', f'scope = "{scope(g, t)}"')
            ),
            evidence=known,
            scope=scope,
        ),
        Path(
            name="the-order-of-the-batches",
            sealed=lambda g, t: sealing("text", previous_head=head(g, t)),
            commitment=lambda g, t: evolve(WITNESSED.commitment, previous_head=head(g, t)),
            evidence=known,
            ledger=orders,
        ),
        Path(
            name="void-and-again",
            sealed=redraw,
            commitment=like_a_redraw,
            evidence=lambda g, t: (number_of_the_system(g, t),),
            ledger=voids,
        ),
    )
}
"""All of them; on none does anything but its patience stop an office, as far as the arithmetic goes."""

SEALED_WITH_KNOWN_ENTROPY: Final = (
    "a-row-of-the-roster", "a-byte-of-the-plan", "the-draw-id", "the-scope", "the-order-of-the-batches",
)  # fmt: skip
"""The paths on which the seed is known before the sealing, and what is sealed is fitted to it."""
