"""What ships, seen through the loader: checklists, rules and the ruleset fit together, and their digests are stable."""

import shutil
from datetime import date, timedelta
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve

from ssj_core.model import GROUNDS, NO_EXPIRY, Inspection, Leave, Officer, Subject
from ssj_core.plugin.declarative import read_manifest
from ssj_core.plugin.digest import folder_digest
from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.markers import GROUP
from ssj_core.plugin.registry import Registry
from ssj_core.pool import apply_rules
from ssj_core.rules.model import Checklist, Context, EligibilityRule, RatioRule, RecusalRule, Stratifier
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.sectors import SectorNames
from ssj_core.rules.timeline import items_on, on

SECTORS = {
    "construction_market": 17,
    "construction_permits": 17,
    "construction_safety": 18,
    "engineering_standards": 18,
    "real_estate": 23,
}
AVAILABLE = discover()
SHIPPED = sorted(n for n, s in AVAILABLE.items() if s.distribution == "ssj-core")
REGISTRY = load(SHIPPED, AVAILABLE)
CONTEXT = Context(year=2021, start=date(2021, 1, 18), end=date(2021, 4, 9), sectors=("real_estate",))

SUBJECTS = [
    Subject(id="uscc:1", name="甲"),
    Subject(
        id="uscc:2", name="乙", kind="企业", sectors=("real_estate",), section="一股", area="城关", risk_class="Ａ类",
        key=True, status="注销", last_checked=date(2021, 1, 4), checks_this_year=9, recused=("officer:1",),
    ),
    Subject(id="uscc:3", name="丙", risk_class="中高", status="存续", last_checked=date(2030, 1, 1), drawn_this_year=1),
]  # fmt: skip
OFFICERS = [
    Officer(id="officer:1", name="子"),
    Officer(
        id="officer:2", name="丑", section="一股", certificate="1", valid_until=date(2021, 2, 1), available=False,
        leave=(Leave(first=date(2020, 1, 1), last=NO_EXPIRY),), recused=("uscc:1",), fields=("real_estate",),
    ),
    Officer(id="officer:3", name="寅", section="一股", certificate="3"),
]  # fmt: skip


def test_every_shipped_plugin_loads_alone() -> None:
    """No plugin needs another one to be loaded first."""
    for name in SHIPPED:
        alone = load([name], AVAILABLE)
        assert set(alone.plugins) == {name}
        assert alone.plugins[name] == REGISTRY.plugins[name]


def test_five_checklists_with_93_items() -> None:
    assert {c.id: len(c.items) for c in REGISTRY.checklists.values()} == SECTORS
    assert sum(SECTORS.values()) == 93
    assert len({i.id for c in REGISTRY.checklists.values() for i in c.items}) == 93


@pytest.mark.parametrize("checklist", REGISTRY.checklists.values(), ids=lambda c: c.id)
def test_items_come_into_force_and_stay(checklist: Checklist) -> None:
    """None before the list itself, all on the day it was last reviewed, and what holds goes on holding."""
    first = min(i.since for i in checklist.items)
    assert items_on(checklist, first - timedelta(days=1)) == ()
    days = sorted({i.since for i in checklist.items} | {checklist.reviewed_until})
    before: set[str] = set()
    for day in days:
        now = {i.id for i in items_on(checklist, day)}
        assert before <= now
        before = now
    assert len(before) == len(checklist.items)


@pytest.mark.parametrize("checklist", REGISTRY.checklists.values(), ids=lambda c: c.id)
@pytest.mark.parametrize("day", [date(2021, 1, 18), date(2021, 6, 15), date(2021, 10, 18), date(2025, 1, 1)], ids=str)
def test_nothing_is_cited_before_it_was_published(checklist: Checklist, day: date) -> None:
    for item in items_on(checklist, day):
        assert item.basis
        assert all(b.version is None or b.version <= day for b in item.basis)


@pytest.mark.parametrize("rule", REGISTRY.ratio_rules.values(), ids=lambda r: r.id)
def test_ratio_rules_hold_and_name_a_stratifier(rule: RatioRule) -> None:
    assert rule.stratify in REGISTRY.stratifiers
    for interval in rule.in_force:
        assert interval.value.classes
        assert interval.basis
        assert interval.since <= interval.reviewed_until
        for day in (interval.since, interval.until or interval.reviewed_until):
            assert on(rule.in_force, day) is interval


def test_what_is_shipped_by_whom() -> None:
    assert all(REGISTRY.owners["checklists", s] == s for s in SECTORS)
    owners = {kind: {p for (k, _), p in REGISTRY.owners.items() if k == kind} for kind, _ in REGISTRY.owners}
    assert owners["ratio_rules"] == {"ratio_rules", "fuping_zjj_2021"}
    assert owners["eligibility_rules"] == {"ratio_rules", "officer_rules"}
    assert owners["recusal_rules"] == {"officer_rules"}
    sources = {"os", "text", "dice6", "dice10", "kl8", "ssq", "dlt", "fc3d", "reveal", "drand", "nist", "chain"}
    assert set(REGISTRY.entropy_sources) == {f"entropy.{name}" for name in sources}


@pytest.mark.parametrize("stratifier", REGISTRY.stratifiers.values(), ids=lambda s: s.id)
def test_stratifiers_answer_with_text(stratifier: Stratifier) -> None:
    assert stratifier.basis
    for subject in SUBJECTS:
        answer = stratifier.key(subject, CONTEXT)
        assert answer
        assert type(answer) is str
        assert stratifier.key(subject, CONTEXT) == answer


@pytest.mark.parametrize("rule", REGISTRY.eligibility_rules.values(), ids=lambda r: r.id)
def test_eligibility_rules_answer_with_text_or_nothing(rule: EligibilityRule) -> None:
    assert rule.basis
    context = Context(year=2021, start=CONTEXT.start, end=CONTEXT.end, params=rule.params)
    answers = [rule.check(u, context) for u in (SUBJECTS if rule.applies_to == "subject" else OFFICERS)]  # type: ignore[arg-type]
    assert all(a is None or (type(a) is str and a) for a in answers)
    assert None in answers
    assert any(answers)


@pytest.mark.parametrize("rule", REGISTRY.recusal_rules.values(), ids=lambda r: r.id)
def test_recusal_rules_answer_with_text_or_nothing(rule: RecusalRule) -> None:
    assert rule.basis
    before = Inspection(subject=SUBJECTS[0].id, day=CONTEXT.start, officers=(OFFICERS[0].id,), source="t")
    subjects = [evolve(SUBJECTS[0], inspections=(before,)), *SUBJECTS[1:]]
    grounds = [
        evolve(OFFICERS[0], recused=(SUBJECTS[0].id,), recused_for={SUBJECTS[0].id: ground}) for ground in GROUNDS
    ]
    answers = [rule.check(o, s, CONTEXT) for o in (*OFFICERS, *grounds) for s in subjects]
    assert sorted({type(a) for a in answers}, key=repr) == [type(None), str]


@pytest.mark.parametrize("ruleset", REGISTRY.rulesets.values(), ids=lambda r: r.id)
def test_every_id_of_a_ruleset_resolves(ruleset: Ruleset) -> None:
    registry: Registry = REGISTRY
    for batch in ruleset.batch:
        rule = registry.ratio_rules[batch.ratio]
        assert rule.stratify in registry.stratifiers
        assert set(batch.sectors) <= set(registry.checklists)
        for year in range(ruleset.since.year, ruleset.until.year + 1):
            for month in range(batch.months[0], batch.months[1] + 1):
                day = date(year, month, 28)
                assert on(rule.in_force, day).reviewed_until >= day
        apply_rules((*ruleset.eligibility, *batch.eligibility), registry.eligibility_rules, CONTEXT, "f")
    apply_rules(ruleset.recusal, registry.recusal_rules, CONTEXT, "f")


def test_no_word_names_two_sectors() -> None:
    checklists = REGISTRY.checklists.values()
    words = [w for c in checklists for w in {c.id, c.title, *c.aliases}]
    names = SectorNames.of(checklists)
    assert len(words) == len(set(words))
    assert all(names.resolve([w]) == (c.id,) for c in checklists for w in (c.id, c.title, *c.aliases))


# --- digests


@pytest.mark.parametrize("name", SHIPPED)
def test_a_plugin_has_the_same_digest_anywhere(name: str, tmp_path: Path) -> None:
    """From a copy elsewhere, with caches and hidden files beside it, the digest is the registry's."""
    module = import_module(AVAILABLE[name].entry.module)  # type: ignore[union-attr]
    copy = tmp_path / "elsewhere"
    shutil.copytree(Path(str(files(module))), copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert folder_digest(copy) == REGISTRY.plugins[name].digest
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "x.pyc").write_bytes(b"\x00")
    (copy / ".DS_Store").write_bytes(b"\x00")
    (copy / ".git").mkdir()
    assert folder_digest(copy) == REGISTRY.plugins[name].digest
    (copy / "ssj-plugin.toml").write_bytes((copy / "ssj-plugin.toml").read_bytes() + b"\n")
    assert folder_digest(copy) != REGISTRY.plugins[name].digest


def test_the_digest_sees_names_contents_and_folders(tmp_path: Path) -> None:
    def made(name: str, **contents: bytes) -> str:
        for path, data in contents.items():
            file = tmp_path / name / path.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return folder_digest(tmp_path / name)

    digests = [
        made("a", x=b"1", y=b"2"),
        made("b", x=b"2", y=b"1"),
        made("c", x=b"1", z=b"2"),
        made("d", x=b"1", d__y=b"2"),
        made("e", x=b"1"),
        made("f", x=b"1", y=b"2", z=b""),
    ]
    assert len(set(digests)) == len(digests)
    assert made("g", y=b"2", x=b"1") == digests[0]


def test_the_digest_is_what_the_specification_of_lines_says(tmp_path: Path) -> None:
    """Worked by hand once: path and SHA-256 of each file, sorted by path, each followed by LF."""
    from hashlib import sha256

    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.toml").write_bytes(b"3")
    (tmp_path / "a.toml").write_bytes(b"1")
    text = "ssj.plugin.1\n"
    text += f"a.toml\n{sha256(b'1').hexdigest()}\nb/c.toml\n{sha256(b'3').hexdigest()}\n"
    assert folder_digest(tmp_path) == sha256(text.encode()).hexdigest()


def test_entry_names_are_manifest_ids() -> None:
    entries = [e for e in entry_points(group=GROUP) if e.dist and e.dist.name == "ssj-core"]
    assert len(entries) == len(SHIPPED)
    for entry in entries:
        assert read_manifest(files(import_module(entry.module)), entry.name).id == entry.name
