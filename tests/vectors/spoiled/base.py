"""The good draw that is spoiled, and the hands of a forger who makes right what hangs on a lie."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Final

import tomli_w
from attrs import asdict, evolve, frozen

from ssj_core.canonical import digest
from ssj_core.entropy.model import Evidence
from ssj_core.pipeline import draw
from ssj_core.record import FILE, closed
from ssj_core.rules.effective import SealedPlace, SealedReplacement, encode_rules, table_digests
from ssj_core.rules.model import ClassRatio
from ssj_core.sealed import Sealed
from ssj_core.tables import FILES, decode_table, encode_table
from tests.strategies import Case, draw_files, make_office, make_officer, make_subject
from tests.vectors.spoiled.vector import Files

WITNESSED: Final = Evidence(
    source="text",
    raw="0123 0456 0789 0123",
    canonical="0123 0456 0789 0123",
    who=("甲", "乙"),
    where="会议室",
    when="2021-03-01T09:03:00+08:00",
)
HALF: Final = ClassRatio(ratio=Fraction(1, 2), bound="exact", rounding="up")
OS: Final = Evidence(source="os", raw="0f" * 32, canonical="0f" * 32)


@frozen(kw_only=True)
class Small(Case):
    """A case whose files hold nothing that no verifier looks at, to keep the vectors small."""

    def seal(self) -> Sealed:
        """As sealed, without checklists, legal bases, plugins and the days of the ruleset."""
        made = super().seal()
        bare = evolve(made.rules, ruleset_since=None, ruleset_until=None, checklists=(), plugins=())
        rules = evolve(bare, ratio=evolve(made.rules.ratio, basis=()))
        return evolve(made, rules=rules, rules_data=encode_rules(rules))

    def planned(self, **changes: Any) -> "Small":
        """With another plan, as somebody types it: what has its default value is left out."""
        plan = evolve(self.office.plan, **changes)

        def said(attribute: Any, value: object) -> bool:
            return value not in (None, "", (), {}) and (attribute.name, value) != ("replacement", SealedReplacement())

        text = "# 计划\n" + tomli_w.dumps(asdict(plan, filter=said))
        return evolve(self, office=evolve(self.office, plan=plan, plan_bytes=text.encode()))


@frozen(kw_only=True)
class Tight(Small):
    """Nobody may go to more than two subjects, and one of them to three."""

    spare: str

    def seal(self) -> Sealed:
        """As sealed, with these caps."""
        made = super().seal()
        made = evolve(made, officers=tuple(evolve(o, cap=2 + (o.id == self.spare)) for o in made.officers))
        rules = evolve(made.rules, tables=table_digests(made.tables))
        return evolve(made, rules=rules, rules_data=encode_rules(rules))


@frozen(kw_only=True)
class Led(Tight):
    """The same, and only the officers of one section may lead."""

    def seal(self) -> Sealed:
        """As sealed, with these places."""
        made = super().seal()
        places = (SealedPlace(role="主办", sections=("东股",)), SealedPlace(role="协办"))
        rules = evolve(made.rules, team=evolve(made.rules.team, places=places))
        return evolve(made, rules=rules, rules_data=encode_rules(rules))


@cache
def case(*sources: str, **office: Any) -> Small:
    """Nine subjects, one closed, one of another sector, in two strata; five officers, one recused, one away."""
    subjects = [evolve(make_subject(n, section="东股" if n % 2 else "西股"), id=f"test:{n + 8:04}") for n in range(9)]
    subjects[1] = evolve(subjects[1], recused=("officer:0002",))
    subjects[2] = evolve(subjects[2], name='甲, "乙" 公司', address="县城 1 号")
    subjects[3] = evolve(subjects[3], status="注销")
    subjects[4] = evolve(subjects[4], sectors=("乙类",))
    officers = [evolve(make_officer(n), id=f"officer:{n + 2:04}", certificate=f"{n + 2:04}") for n in range(5)]
    officers[4] = evolve(officers[4], available=False)
    settings: dict[str, Any] = {"stratify": "section", "sectors": ("s0",), "ratio": HALF, **office}
    made = make_office(entropy=sources or ("text",), **settings)
    return Small(office=made, subjects=tuple(subjects), officers=tuple(officers)).planned()


@cache
def sealed(*sources: str, **plan: Any) -> Sealed:
    """The draw as it was sealed; `plan` are other values of the plan."""
    return case(*sources).planned(**plan).seal()


@cache
def honest() -> Mapping[str, bytes]:
    """The files of the good draw."""
    return forged()


def forged(
    start: Sealed | None = None,
    evidence: Sequence[Evidence] = (WITNESSED,),
    *,
    tables: Mapping[str, bytes] | None = None,
    rules: Callable[[str], str] = lambda text: text,
    outcome: Mapping[str, Callable[[bytes], bytes]] | None = None,
    record: Callable[[dict[str, Any]], object] = lambda _: None,
) -> Files:
    """A draw that was sealed and drawn as given, with every digest, the commitment, the seed and the teams right.

    `tables` stand in the place of sealed ones, `rules` changes the text of `rules.toml` (what is computed still
    follows `start`), `outcome` changes a file that is not sealed, `record` the record before it is closed.
    """
    start = start or sealed()
    bound = evolve(start.rules, tables=table_digests({**start.tables, **(tables or {})}))
    made = evolve(start, rules=bound, rules_data=rules(encode_rules(bound).decode()).encode())
    files = {**draw_files(made, evidence, draw(made, evidence)), **(tables or {})}
    for name, change in (outcome or {}).items():
        assert change(files[name]) != files[name]
        files[name] = change(files[name])
    return recorded(files, record)


def recorded(files: Mapping[str, bytes], change: Callable[[dict[str, Any]], object] = lambda _: None) -> Files:
    """The record with the digests of these files, then changed, then closed."""
    body = tomllib.loads(files[FILE].decode())
    body["tables"] = {name: digest(files[name]) for name in body["tables"]}
    change(body)
    body.pop("closing", None)
    return {**files, FILE: closed(tomli_w.dumps(body))}


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    """Another value in a record."""

    def change(body: dict[str, Any]) -> None:
        place: Any = body
        for part in path[:-1]:
            place = place[part]
        assert place[path[-1]] != value
        place[path[-1]] = value

    return change


def text(old: str, new: str) -> Callable[[str], str]:
    """Another text, the first time it stands there."""

    def change(whole: str) -> str:
        assert old in whole, old
        return whole.replace(old, new, 1)

    return change


def data(old: str, new: str) -> Callable[[bytes], bytes]:
    """The same of a file."""
    return lambda whole: text(old, new)(whole.decode()).encode()


def with_file(name: str, change: Callable[[bytes], bytes], files: Mapping[str, bytes] | None = None) -> Files:
    """The good draw with another file and nothing made right."""
    files = files or honest()
    assert change(files[name]) != files[name]
    return {**files, name: change(files[name])}


def rows(name: str, change: Callable[[list[Any]], object]) -> Callable[[bytes], bytes]:
    """Other rows in a table."""

    def made(whole: bytes) -> bytes:
        found: list[Any] = list(decode_table(FILES[name], whole))
        change(found)
        return encode_table(FILES[name], found)

    return made


def other(place: int, **values: object) -> Callable[[list[Any]], None]:
    """Other values in one row."""

    def change(found: list[Any]) -> None:
        assert all(getattr(found[place], key) != value for key, value in values.items())
        found[place] = evolve(found[place], **values)

    return change


def last_digit(value: str) -> str:
    """The same digest but for its last digit."""
    return value[:-1] + ("0" if value[-1] != "0" else "1")
