"""Good ones: a verifier that refuses everything, or overlooks what is allowed, does not get these right."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.matching import Infeasible
from ssj_core.problems import RefusedError
from ssj_core.record import VERIFIER, closed
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.event import Event
from ssj_core.rules.effective import SealedReplacement
from ssj_core.sealed import Sealed
from ssj_core.strata import COVERAGE
from ssj_core.tables import TeamRow, decode_table
from tests.replacing import LINKS, Replacing
from tests.vectors.spoiled import entropies
from tests.vectors.spoiled.base import OS, WITNESSED, Led, Tight, case, forged, honest, sealed
from tests.vectors.spoiled.ledgers import Lines, again, of_draw, written
from tests.vectors.spoiled.vector import NAME, Files, Vector, good

Ids = frozenset[str]
Before = Callable[[Ids, Ids], Ids]


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield "good-draw", good("one draw; words with leading zeros, a name with quotes and a comma", "", honest(), "E2")
    laid_in = forged(record=lambda body: body["software"].update({VERIFIER: digest(b"# the verifier\n")}))
    laid_in |= {VERIFIER: b"# the verifier\n", "纪要.txt": "会议纪要\n".encode()}
    yield (
        "good-files-more",
        good("a verifier laid in, and a file that proves nothing", "9.1 9.5", laid_in, "E2"),
    )
    marked = honest()["record.toml"].rpartition(b"\n[closing]\n")[0]
    files = {**honest(), "record.toml": closed("\ufeff" + marked.decode())}
    yield "good-byte-order-mark", good("a record with a byte order mark, closed so", "9.4", files, "E2")
    yield "good-own-number", good(
        "a number of the office's own: the arithmetic holds, and more is not shown", "11.5",
        forged(sealed("text", "os"), [WITNESSED, OS]), "E0",
    )  # fmt: skip
    for source, about, musts, level, made in entropies.honest_ones():
        yield f"good-{source}", good(about, musts, made, level, needs=(source,))
    draws, ledger, _ = year()
    yield "good-year", good(
        "two draws of a year, the second by coverage first; one replaced in the first stands in his place; a void, and"
        " a last line that was never finished",
        "10.3 10.5 11.8", draws.pop(NAME), "E0", draws=draws, ledger=ledger + b'{"data":{"commi',
    )  # fmt: skip
    r = replaced()
    yield "good-replacements", good(
        "the next ticket, new entropy, an officer who leaves one team, one who leaves all",
        "13.5 13.7 13.8", r.files, "E0", ledger=written(again(r.ledger)),
    )  # fmt: skip
    about = "an officer is replaced, and for want of another a place elsewhere is drawn again"
    yield "good-replacement-released", good(about, "13.14", needy()[1].files, "E0")
    about = "who steps in is drawn by lot; places that whoever might needs are drawn again, in the team taken over, too"
    r = unsure("test:0008", lambda r: whoever(r, "test:0010"))
    yield "good-replacement-released-for-whoever", good(about, "13.10 13.14", r.files, "E0")
    r = by_chain(4)
    yield "good-replacements-by-chain", good(
        "two links of a chain, new entropy when they are used up, and a class of which nobody is left",
        "13.5 13.6 13.7", r.files, "E0",
        ledger=written(again(r.ledger)),
    )  # fmt: skip
    r = void_between()
    yield "good-replacement-after-a-void", good(
        "the first replacement is void, the second builds on the draw itself", "13.11 13.12", r.files, "E0",
        ledger=written(again(r.ledger)),
    )  # fmt: skip


def replaced() -> Replacing:
    """Every kind of replacement."""
    r = Replacing(case("os"))
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.ask(r.standing.rows[-1].subject, "closed")
    for reason, visits in (("recusal", (r.standing.rows[0].subject,)), ("leave", ())):
        for row in r.standing.rows[:8]:
            with suppress(RefusedError):  # somebody has to be left for his places
                r.ask(row.officer, reason, visits)
                break
    assert len(r.done) == 4
    return r


def two() -> Replacing:
    """Two subjects replaced: by the next ticket, by new entropy."""
    r = Replacing(case("os"))
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.ask(r.standing.rows[-1].subject, "closed")
    return r


def officer() -> Replacing:
    """An officer who leaves all his teams."""
    r = Replacing(case("os"))
    for row in r.standing.rows:
        with suppress(RefusedError):  # somebody has to be left for his places
            r.ask(row.officer, "leave")
            break
    return r


def by_chain(count: int) -> Replacing:
    """So many subjects replaced in mode R2; the chain has two rounds."""
    r = Replacing(case("os").planned(replacement=SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2)))
    for n in range(count):
        r.ask(r.standing.rows[-1 if n < 2 else 0].subject, "closed")
    return r


def needy() -> tuple[Event, Replacing]:
    """An officer is recused from a team that nobody else could complete, unless another place is drawn again."""
    start = case("os")
    tight = Tight(office=start.office, subjects=start.subjects, officers=start.officers, spare="officer:0002")
    r = Replacing(tight)
    r.ask("officer:0002", "recusal", ("test:0013",), release=True)
    event = r.done[-1][0]
    assert event.released == ("test:0008#1",)
    return event, r


def led(spare: str = "officer:0002", **recused: str) -> Replacing:
    """Nobody has room to spare but one; two candidates are left for whoever drops out. `recused`: s<n> → officers."""
    start = case("os")
    subjects, officers = list(start.subjects), list(start.officers)
    for name, numbers in (recused or {"s0": "3 4", "s8": "4"}).items():
        ids = tuple(f"officer:000{n}" for n in numbers.split())
        subjects[int(name[1:])] = evolve(subjects[int(name[1:])], recused=ids)
    officers[3] = evolve(officers[3], section="西股")
    return Replacing(Led(office=start.office, subjects=tuple(subjects), officers=tuple(officers), spare=spare))


def whoever(r: Replacing, out: str) -> Event:
    """A subject drops out for a reason that the office judges; what must be released is."""
    return r.decided(Asked(unit=out, reason="closed", document="材料一份", by="办公室", release=True))


def unsure(into: str, event: Callable[[Replacing], Event], start: Callable[[], Replacing] = led) -> Replacing:
    """Carried out with a number by which `into` steps in."""
    for salt in range(99):
        r = start()
        with suppress(Infeasible):  # by a lie somebody may step in who cannot be visited
            done = r.carry_out(event(r), str(salt))
            if done.successor and done.successor.id == into:
                return r
    raise AssertionError(into)


def void_between() -> Replacing:
    """A replacement, its void, and another that builds on the draw."""
    r = Replacing(case("os"))
    standing, parent = r.standing, r.parent
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.note("void", f"{NAME}+1", "2021-03-01T11:00:00+08:00", {"reason": "企业未注销"})
    r.standing, r.parent, r.follows = standing, parent, 0
    r.ask(r.standing.rows[-1].subject, "closed")
    return r


def year(before: Before = lambda _, stands: stands) -> tuple[dict[str, Files], bytes, str]:
    """Folders, ledger and id of the last draw: one draw, one replaced in it, and a draw by coverage first.

    `before` says from those drawn and those who stand who counts as drawn before; the latter is right.
    """
    first = Replacing(case("os"))
    drawn = frozenset(row.subject for row in decode_table(TeamRow, first.files["teams.csv"]))
    first.ask(first.standing.rows[0].subject, "revoked")
    stands = frozenset(row.subject for row in first.standing.rows)
    assert drawn != stands
    lines: Lines = [
        *again(first.ledger),
        ("commit", "p-c-1", "2021-03-02T09:00:00+08:00", {"commitment": "c" * 64, "policy": "t/c", "year": 2021}),
        ("void", "p-c-1", "2021-03-02T09:30:00+08:00", {"reason": "名录漏列一户"}),
    ]
    head = digest(written(lines).splitlines()[-1])
    later = forged(_by_coverage("p-c-2", before(drawn, stands), head), [OS])
    ledger = written([*lines, *of_draw(later, "p-c-2", "t/c")])
    return {NAME: first.files, "p-c-2": later}, ledger, "p-c-2"


def _by_coverage(name: str, before: Ids, head: str) -> Sealed:
    start = sealed("os")
    classes = tuple(
        evolve(one, strata=tuple(f"{one.id}/{part}" for part in COVERAGE)) for one in start.rules.ratio.classes
    )
    ratio = evolve(start.rules.ratio, coverage_first=True, classes=classes)
    plan = start.plan.replace(b'id = "b", policy = "b"', b'id = "c", policy = "c"')
    assert plan != start.plan
    return evolve(
        start,
        plan=plan,
        rules=evolve(start.rules, draw_id=name, batch="c", policy="c", ratio=ratio),
        subjects=tuple(evolve(s, stratum=f"{s.stratum}/{COVERAGE[s.id in before]}") for s in start.subjects),
        previous_head=head,
    )
