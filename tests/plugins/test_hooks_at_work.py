"""A test for every hook, named after it: what a foreign plugin registers does its work in a draw, or on paper.

Each ends with everything verified; `verify` runs no plugin.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

import pytest

from ssj_core.tables import (
    DRAWN,
    FILES,
    DrawnRow,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SubjectRow,
    TeamRow,
    decode_table,
)
from tests.cli.bureau import OFFICER_HEADERS, SUBJECT_HEADERS, Bureau, officer_row, plan_text, soon, subject_row
from tests.cli.bureau import table as roster

from .fakes import BASIS, Site, manifest, ratio

R = TypeVar("R")

HEAD: Final = """
from datetime import date
from ssj_core.documents.model import Renderer
from ssj_core.entropy.model import Assessment, EntropySource, Evidence
from ssj_core.plugin.markers import hookimpl
from ssj_core.problems import EntropyError, problem
from ssj_core.readers.model import Line, Reading, RosterReader
from ssj_core.rules.model import *
GIVEN = dict(title="样例", basis=(LegalBasis(title="某办法", mark="choice"),))
"""
RULES: Final = (
    'format = "ssj-ruleset/1"\nid = "county"\ntitle = "规则集"\nbureau = "某局"\n'
    "since = 2021-01-01\nuntil = 2021-12-31\n[team]\nsize = 2\n%s"
    '[[batch]]\nid = "key-1"\ntitle = "第一批"\nmonths = [1, 4]\nmode = "targeted"\n'
    'sectors = ["real_estate"]\nratio = "%s"\n'
)
BATCH: Final = (("key-1", "2021-01-18", "2021-04-09"),)
DRAW: Final = "t-2021-key-1-1"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Site(tmp_path / "site") as made:
        yield made


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "bureau").furnish()
    made.write(plan=plan_text(batches=BATCH).replace("fuping_zjj_2021", "county"))
    return made


def install(
    site: Site, code: str, *, asks: str = "", chosen: str = "ratio_rules.flat_5", files: Mapping[str, str] | None = None
) -> None:
    """Install the plugin `county`: this code, and a ruleset that `asks` for what it registers."""
    told = {name.partition(".")[0]: f'["{name}"]' for name in files or {}}
    tables = {"ssj-plugin.toml": manifest("county", rulesets='["ruleset.toml"]', **told), **(files or {})}
    site.add("county", {**tables, "ruleset.toml": RULES % (asks, chosen)}, code=HEAD + code)


def rows(bureau: Bureau, row: type[R]) -> tuple[R, ...]:
    """A table of the draw."""
    name = next(name for name, known in FILES.items() if known is row)
    return decode_table(row, (bureau.folder / "draws" / DRAW / name).read_bytes())


def drawn(bureau: Bureau) -> set[str]:
    """The ids of those drawn."""
    return {one.id for one in rows(bureau, DrawnRow) if one.outcome == DRAWN}


def test_ssj_stratifiers(site: Site, bureau: Bureau) -> None:
    """Its classes are the strata: one is drawn whole, the other not at all."""
    table = (
        'format = "ssj-ratio/1"\nid = "county.r"\ntitle = "样例"\nstratify = "county.third"\n[[in_force]]\n'
        f"since = 2021-01-01\nreviewed_until = 2021-12-31\nbasis = [{BASIS}]\n"
        '[in_force.classes]\n"三"={ratio="100%", bound="exact"}\n"余"={ratio="0%", bound="exact"}\n'
    )
    code = (
        "def key(s, c):\n    return '三' if int(s.id[-4:]) % 3 == 0 else '余'\n"
        "@hookimpl\ndef ssj_stratifiers():\n    return [Stratifier(id='county.third', key=key, **GIVEN)]\n"
    )
    install(site, code, chosen="county.r", files={"ratios.toml": table})
    bureau.run()
    classes = {one.id: one.stratum for one in rows(bureau, SubjectRow)}
    assert classes == {i: "余" if int(i[-4:]) % 3 else "三" for i in classes}
    assert set(classes.values()) == {"三", "余"}
    assert drawn(bureau) == {i for i, name in classes.items() if name == "三"}
    bureau.check()


@pytest.mark.parametrize(
    ("columns", "chosen", "lacking"),
    [
        ("(ColumnUse(name='木材量', kind='number'),)", "county.r", "木材量"),
        ("(ColumnUse(name='辖区', fields=('area',)), ColumnUse(name='等级', fields=('parent',)))", "county.r", "等级"),
        ("()", "ratio_rules.credit_risk_min_3", "信用风险等级"),
    ],
    ids=["own column", "field", "shipped"],
)
def test_a_roster_without_the_columns_of_a_stratifier_is_refused(
    site: Site, bureau: Bureau, columns: str, chosen: str, lacking: str
) -> None:
    """Else everybody would be in the class of those of whom nothing is known; nothing is drawn, nothing written."""
    code = (
        "@hookimpl\ndef ssj_stratifiers():\n"
        f"    return [Stratifier(id='county.third', key=lambda s, c: '一', columns={columns}, **GIVEN)]\n"
    )
    table = ratio("county.r").replace("ratio_rules.all", "county.third")
    install(site, code, chosen=chosen, files={"ratios.toml": table})
    known = [n for n, header in enumerate(SUBJECT_HEADERS) if header != "信用风险等级"]
    lines = [[row[n] for n in known] for row in map(subject_row, range(40))]
    bureau.write(subjects=roster([SUBJECT_HEADERS[n] for n in known], lines))
    bureau.run(code=3, err=[f"SSJ-R060.*{lacking}"], absent=["draws", "ledger.jsonl"])


def test_ssj_eligibility_rules(site: Site, bureau: Bureau) -> None:
    """Whom it names is left out, subject or officer, with its reason and its id; nobody else."""
    code = (
        "def new(s, c):\n    return '新设的' if int(s.id[-4:]) % 2 else None\n"
        "def far(o, c):\n    return '路远的' if o.id.endswith('1') else None\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.new', applies_to='subject', check=new, **GIVEN),\n"
        "            EligibilityRule(id='county.far', applies_to='officer', check=far, **GIVEN)]\n"
    )
    asks = '[[eligibility]]\nrule = "county.new"\n[[eligibility]]\nrule = "county.far"\n'
    install(site, code, asks=asks)
    bureau.run()
    out = [(one.rule, one.reason, one.id) for one in rows(bureau, ExcludedRow) if one.rule.startswith("county.")]
    new = {f"permit:SG2021-{n:04}" for n in range(1, 40, 2) if {n % 5, (n + 1) % 5} & {3}}
    assert set(out) == {("county.new", "新设的", i) for i in new} | {
        ("county.far", "路远的", f"officer:SL{n}") for n in (101, 111)
    }
    assert {int(one.id[-4:]) % 2 for one in rows(bureau, SubjectRow)} == {0}
    bureau.check()


def test_ssj_recusal_rules(site: Site, bureau: Bureau) -> None:
    """The pairs it names are sealed with its reason, and no team has one of them."""
    code = (
        "def apart(o, s, c):\n    return '同一股室' if o.section == s.section else None\n"
        "@hookimpl\ndef ssj_recusal_rules():\n    return [RecusalRule(id='county.apart', check=apart, **GIVEN)]\n"
    )
    asks, table = '[[recusal]]\nrule = "county.apart"\n', ratio("county.r", "100%")
    install(site, code, asks=asks, chosen="county.r", files={"ratios.toml": table})
    bureau.run()
    kept = {(one.subject, one.officer) for one in rows(bureau, RecusalRow)}
    assert {(one.rule, one.reason) for one in rows(bureau, RecusalRow)} == {("county.apart", "同一股室")}
    subjects = {f"permit:{row[0]}": row[4] for row in map(subject_row, range(40))}
    officers = {f"officer:{row[2]}": row[1] for row in map(officer_row, range(12))}
    pool = {one.id for one in rows(bureau, SubjectRow)}
    assert kept == {(s, o) for s in pool for o in officers if subjects[s] == officers[o]}
    teams = {(one.subject, one.officer) for one in rows(bureau, TeamRow)}
    assert teams
    assert not teams & kept
    bureau.check()


def test_ssj_entropy_sources(site: Site, bureau: Bureau) -> None:
    """What it makes of what was typed enters the seed; what it refuses does not, and nothing is drawn.

    `verify` recomputes the draw from it, and cannot tell whether the value has the form of a source it does not know.
    """
    code = (
        "def collect(r):\n"
        "    raw = r.given['raw'].strip()\n"
        "    if not raw or set(raw) - {'正', '反'}:\n"
        "        raise EntropyError([problem('SSJ-E002', field=r.draw_id, value='抛硬币')])\n"
        "    canonical = raw.replace('正', '1').replace('反', '0')\n"
        "    return Evidence(source='county.coin', raw=raw, canonical=canonical, who=r.who)\n"
        "def assess(e, a):\n    return Assessment(level='E0', status='claimed', bits=len(e.canonical))\n"
        "@hookimpl\ndef ssj_entropy_sources():\n"
        "    return [EntropySource(id='county.coin', title='抛硬币', needs=('raw',), collect=collect, assess=assess)]\n"
    )
    install(site, code)
    bureau.write(plan=plan_text(("os", "county.coin"), BATCH).replace("fuping_zjj_2021", "county"))
    bureau.play("commit", bureau.plan, "--batch", "key-1")
    typed = "county.coin=正正歪"
    bureau.run("--batch", "key-1", "--entropy", typed, code=5, err=["SSJ-E002"], absent=[f"draws/{DRAW}/record.toml"])
    bureau.run("--batch", "key-1", "--entropy", "county.coin=正反反正正反正反", "--time", soon())
    record = (bureau.folder / "draws" / DRAW / "record.toml").read_text(encoding="utf-8")
    assert 'canonical = "10011010"' in record
    assert 'source = "county.coin"' in record
    steps = [step for report in bureau.reports() for step in report.steps if step.status != "holds"]
    assert [(step.title.en[:13], step.status) for step in steps] == [("5 the entropy", "unknown")]
    bureau.verdict = "unknown"
    bureau.check()


def test_ssj_roster_readers(site: Site, bureau: Bureau) -> None:
    """A format of its own is read like any other: the same units are sealed as from CSV."""
    code = (
        "def read(data, options):\n"
        "    rows = data.decode('utf-8').splitlines()\n"
        "    return Reading(lines=tuple(Line(number=n, cells=tuple(r.split('|'))) for n, r in enumerate(rows, 1)))\n"
        "@hookimpl\ndef ssj_roster_readers():\n"
        "    return [RosterReader(id='county.bars', title='竖线分隔', suffixes=('bars',), read=read)]\n"
    )
    install(site, code)
    bureau.run()
    plain = rows(bureau, SubjectRow), rows(bureau, OfficerRow)
    bureau.check()
    other = Bureau(bureau.folder.parent / "other").furnish()
    text = plan_text(batches=BATCH).replace("fuping_zjj_2021", "county")
    text = re.sub(r'file = "(\w+)\.csv"', r'file = "\1.bars"\nreader = "county.bars"', text)
    other.write(plan=text)
    for name, headers, row, count in (
        ("subjects", SUBJECT_HEADERS, subject_row, 40), ("officers", OFFICER_HEADERS, officer_row, 12)
    ):  # fmt: skip
        lines = ["|".join(cells) for cells in (headers, *map(row, range(count)))]
        (other.folder / f"{name}.bars").write_text("\n".join(lines), encoding="utf-8")
        (other.folder / f"{name}.csv").unlink()
    other.run()
    assert (rows(other, SubjectRow), rows(other, OfficerRow)) == plain
    other.check()


def test_ssj_renderers(site: Site, bureau: Bureau) -> None:
    """Its paper is printed from the facts of the draw; nothing of the draw changes by that."""
    code = (
        "def render(dossier, template):\n"
        "    return '\\n'.join(f'{v.subject.id} {len(v.team)}' for v in dossier.visits).encode()\n"
        "@hookimpl\ndef ssj_renderers():\n"
        "    return [Renderer(id='county.names', title='名单', suffix='txt', render=render)]\n"
    )
    install(site, code)
    bureau.run()
    before = bureau.snapshot()
    paper = bureau.folder.parent / "names.txt"
    draw = str(bureau.folder / "draws" / DRAW)
    bureau.play("forms", "print", draw, "--paper", "county.names", "-o", str(paper))
    assert set(paper.read_text(encoding="utf-8").splitlines()) == {f"{i} 2" for i in drawn(bureau)}
    assert bureau.snapshot() == before
    bureau.check()
