"""The kit on values that code made: days and bases as of tables; readers, sources and renderers are tried."""

import pytest
from attrs import evolve

from .fakes import Site
from .kit import examined, found, values

DAYS = """
@hookimpl
def ssj_recusal_rules():
    days = Days(%s)
    return [RecusalRule(id='county.r', title='t', check=lambda o, s, c: None, basis=BASIS, days=days)]
"""


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("days", "codes"),
    [
        ("since=date(2021, 1, 1)", []),
        ("since=date(2021, 1, 1), until=date(2021, 1, 1), reviewed_until=date(2021, 1, 1)", []),
        ("since=date(2022, 1, 1), until=date(2021, 1, 1)", ["SSJ-S002"]),
        ("since=date(2022, 1, 1), reviewed_until=date(2021, 1, 1)", ["SSJ-S042"]),
        ("since='2021-01-01'", ["SSJ-G107"]),
        ("since=datetime.datetime(2021, 1, 1)", ["SSJ-G107"]),
    ],
)
def test_days_of_rules_in_code_are_held_to_what_tables_are(site: Site, days: str, codes: list[str]) -> None:
    assert [code for code, _ in found(values(site, DAYS % days), "timelines")] == codes


@pytest.mark.usefixtures("one_process")
def test_rules_without_a_basis(site: Site) -> None:
    plugin = values(site, (
        "@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county.r', title='t', check=lambda o, s, c: None)]\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    empty = (LegalBasis(title=' ', mark='V-src'),)\n"
        "    return [EligibilityRule(id='county.e', title='t', applies_to='subject', check=print, basis=empty)]\n"
        "@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.s', title='t', key=print)]\n"
    ))  # fmt: skip
    assert found(plugin, "bases") == [("SSJ-S001", "county.s"), ("SSJ-S001", "county.e"), ("SSJ-S001", "county.r")]


@pytest.mark.parametrize(
    "read", ["lambda data, options: data.decode()", "lambda data, options: None"], ids=["raises", "no reading"]
)
def test_a_reader_that_fails(site: Site, read: str) -> None:
    plugin = values(site, (
        "@hookimpl\ndef ssj_roster_readers():\n"
        f"    return [RosterReader(id='county.x', title='t', suffixes=('x',), read={read})]\n"
    ))  # fmt: skip
    assert [v for _, v in found(plugin, "readers")] == ["county.x"]


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("render", "codes"),
    [
        ("lambda d, t: 1 / 0", ["SSJ-G101"]),
        ("lambda d, t: '字'", ["SSJ-G102"]),
        ("lambda d, t, seen=[]: bytes(len(seen.append(1) or seen))", ["SSJ-G105"]),
        ("lambda d, t: object.__setattr__(d, 'rules', None) or b''", ["SSJ-G103"]),
        ("lambda d, t: str(date.today().year).encode()", ["SSJ-G104"]),
        ("lambda d, t: str(random.Random(1).random()).encode()", ["SSJ-G104"]),
        ("lambda d, t: d.rules.title.encode()", []),
    ],
    ids=["raises", "no bytes", "differs", "changes", "clock", "chance", "sound"],
)
def test_a_renderer_is_tried_on_an_invented_draw(site: Site, render: str, codes: list[str]) -> None:
    plugin = values(site, (
        "from ssj_core.documents.model import Renderer\n"
        "@hookimpl\ndef ssj_renderers():\n"
        f"    return [Renderer(id='county.x', title='t', suffix='txt', render={render})]\n"
    ))  # fmt: skip
    assert [code for code, _ in found(plugin, "renderers")] == codes


def test_what_ships_prints_by_the_draw_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One paper: all are made by the same code, and watching it is slow."""
    plugin = examined("documents")
    papers = plugin.registry.renderers
    one = {"documents.tasks": papers["documents.tasks"]}
    monkeypatch.setitem(plugin.__dict__, "loading", (evolve(plugin.registry, renderers=one), ()))
    assert found(plugin, "renderers") == []


SOURCE = """
from ssj_core.entropy.model import Assessment, EntropySource, Evidence
from ssj_core.problems import EntropyError, problem
COUNT = itertools.count()
def collect(r):
    raw = r.given["raw"].strip()
    if set(raw) - {"正", "反"} or not raw:
        raise EntropyError([problem("SSJ-E001", value=raw, source="county.coin")])
    return Evidence(source="county.coin", raw=raw, canonical=raw)
def assess(e, a):
    return Assessment(level="E0", status="claimed", bits=len(e.canonical))
GIVEN = dict(id="county.coin", title="t", needs=("raw",), collect=collect, assess=assess)
def level(**worth):
    return lambda e, a: Assessment(**{"level": "E0", "status": "claimed", "bits": 0, **worth})
def evidence(**other):
    return lambda r: Evidence(**{"source": "county.coin", "raw": "x", "canonical": "x", **other})
@hookimpl
def ssj_entropy_sources():
    return [EntropySource(**{**GIVEN, %s})]
"""


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ("", []),
        (
            "'collect': lambda r: evidence(canonical=str(int(r.given['raw'])))(r)",
            ["SSJ-G101"],
        ),
        ("'collect': lambda r: 7", ["SSJ-G116"]),
        ("'collect': evidence(source='text')", ["SSJ-G116"]),
        ("'collect': evidence(canonical='a\\nb')", ["SSJ-G116"]),
        ("'collect': lambda r: evidence(canonical=str(next(COUNT)))(r)", ["SSJ-G105"]),
        ("'collect': lambda r: evidence(when=str(datetime.datetime.now()))(r)", ["SSJ-G104"]),
        ("'assess': lambda e, a: None", ["SSJ-G116"]),
        ("'assess': lambda e, a: e.details['rolls'][99999]", ["SSJ-G101"]),
        ("'assess': level(bits=1.5)", ["SSJ-G116"]),
        ("'assess': level(bits=-1)", ["SSJ-G116"]),
        ("'assess': level(level='E9')", ["SSJ-G116"]),
        ("'assess': level(level='E4')", ["SSJ-G116"]),
        ("'assess': lambda e, a: e.details.clear() or level()(e, a)", ["SSJ-G103"]),
        ("'assess': lambda e, a: level(bits=next(COUNT))(e, a)", ["SSJ-G105"]),
        ("'assess': lambda e, a: level(bits=int(time.time() > 0))(e, a)", ["SSJ-G104"]),
        ("'assess': lambda e, a: open(os.devnull).close() or level()(e, a)", ["SSJ-G104"]),
        ("'appoint': lambda p, now: {'day': p['day']}", ["SSJ-G101"]),
    ],
)
def test_a_source_of_entropy_is_tried_with_what_people_type(site: Site, changed: str, codes: list[str]) -> None:
    assert [code for code, _ in found(values(site, SOURCE % changed), "sources")] == codes
