"""What a callback is given in a draw: one subject, or one officer, or one of each, and the batch, and nothing more.

Not the seed, not another subject or officer, not a roster: whatever can be reached from its arguments is looked at.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import fields, has

from ssj_core.entropy.model import Evidence, Request
from ssj_core.model import Inspection, Leave, Officer, Subject
from ssj_core.record import FILE
from ssj_core.rules.model import Context
from tests.cli.bureau import Bureau, plan_text, soon

from .fakes import Site, manifest

CODE: Final = """
from ssj_core.entropy.model import Assessment, EntropySource, Evidence
from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import *
SEEN = []
GIVEN = dict(title="样例", basis=(LegalBasis(title="某办法", mark="choice"),))
def seen(name, answer):
    def callback(*args):
        SEEN.append((name, args))
        return answer(*args) if callable(answer) else answer
    return callback
@hookimpl
def ssj_stratifiers():
    return [Stratifier(id="county.s", key=seen("stratifier", "一"), **GIVEN)]
@hookimpl
def ssj_eligibility_rules():
    return [EligibilityRule(id=f"county.{unit}", applies_to=unit, check=seen(unit, None), **GIVEN)
            for unit in ("subject", "officer")]
@hookimpl
def ssj_recusal_rules():
    return [RecusalRule(id="county.r", check=seen("recusal", None), **GIVEN)]
@hookimpl
def ssj_entropy_sources():
    evidence = lambda r: Evidence(source="county.coin", raw=r.given["raw"], canonical=r.given["raw"], who=r.who)
    worth = Assessment(level="E0", status="claimed", bits=2)
    return [EntropySource(id="county.coin", title="抛硬币", needs=("raw",), collect=seen("collect", evidence),
                          assess=seen("assess", worth))]
"""
RATIO: Final = (
    'format = "ssj-ratio/1"\nid = "county.half"\ntitle = "样例"\nstratify = "county.s"\n[[in_force]]\n'
    'since = 2021-01-01\nreviewed_until = 2021-12-31\nbasis = [{ title = "某办法", mark = "choice" }]\n'
    '[in_force.classes]\n"*" = { ratio = "1/2", bound = "exact" }\n'
)
RULES: Final = (
    'format = "ssj-ruleset/1"\nid = "county"\ntitle = "规则集"\nbureau = "某局"\n'
    "since = 2021-01-01\nuntil = 2021-12-31\n[team]\nsize = 2\n"
    '[[eligibility]]\nrule = "county.subject"\n[[eligibility]]\nrule = "county.officer"\n'
    '[[recusal]]\nrule = "county.r"\n'
) + "".join(
    f'[[batch]]\nid = "{name}"\ntitle = "{name}"\nmonths = [1, 6]\nmode = "targeted"\n'
    'sectors = ["real_estate"]\nratio = "county.half"\n'
    for name in ("first", "second")
)
TAKES: Final[Mapping[str, tuple[type, ...]]] = {
    "stratifier": (Subject, Context),
    "subject": (Subject, Context),
    "officer": (Officer, Context),
    "recusal": (Officer, Subject, Context),
    "collect": (Request,),
    "assess": (Evidence, Mapping),
}
"""The arguments of each callback, in order."""
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "subject": frozenset({"recused", "recused_for", "inspections", "parent"}),
    "officer": frozenset({"recused", "recused_for", "inspections"}),
}
"""Where a unit names others, by ids: its own recusals, its own earlier inspections, the firm a site belongs to."""
PLAIN: Final = (str, bool, int, date, datetime, type(None))


def reached(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything that can be reached from a value, with the way there: attributes, elements, keys."""
    yield path, value
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from reached(key, f"{path}.{key}")
            yield from reached(part, f"{path}.{key}")
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from reached(part, path)
    elif has(type(value)):
        assert not hasattr(value, "__dict__"), f"{path}: a value without slots may carry anything"
        for attribute in fields(type(value)):
            yield from reached(getattr(value, attribute.name), f"{path}.{attribute.name}")


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[tuple[Bureau, list[tuple[str, tuple[Any, ...]]]]]:
    """A bureau after two batches, of which the second knows the inspections of the first, and what was asked."""
    with Site(tmp_path / "site") as site:
        named = manifest("county", rulesets='["rules.toml"]', ratios='["ratio.toml"]')
        site.add("county", {"ssj-plugin.toml": named, "rules.toml": RULES, "ratio.toml": RATIO}, code=CODE)
        bureau = Bureau(tmp_path / "bureau").furnish(subjects=24, officers=8)
        batches = (("first", "2021-01-18", "2021-03-09"), ("second", "2021-04-12", "2021-06-11"))
        bureau.write(plan=plan_text(("os", "county.coin"), batches).replace("fuping_zjj_2021", "county"))
        for name, *_ in batches:
            bureau.play("commit", bureau.plan, "--batch", name)
            bureau.run("--batch", name, "--entropy", "county.coin=正反", "--time", soon())
        yield bureau, sys.modules["fake_county"].SEEN
        bureau.verdict = "unknown"  # of a source that verify does not know
        bureau.check()


def test_a_callback_reaches_what_it_is_asked_about_and_nothing_else(
    drawn: tuple[Bureau, list[tuple[str, tuple[Any, ...]]]],
) -> None:
    bureau, seen = drawn
    assert {name for name, _ in seen} == set(TAKES)
    units = {
        part.id for _, args in seen for arg in args for _, part in reached(arg) if isinstance(part, Subject | Officer)
    }
    assert len(units) > 8, "officers and subjects"
    records = [tomllib.loads((p / FILE).read_text(encoding="utf-8")) for p in (bureau.folder / "draws").iterdir()]
    secret = {record["seed"] for record in records}
    assert len(secret) == 2
    history = 0
    for name, args in seen:
        assert len(args) == len(TAKES[name])
        assert all(isinstance(arg, kind) for arg, kind in zip(args, TAKES[name], strict=True)), name
        own = {arg.id for arg in args if isinstance(arg, Subject | Officer)}
        for arg in args:
            whose = type(arg).__name__.lower()
            for path, part in reached(arg):
                assert part is arg or not isinstance(part, Subject | Officer | Context | Request), f"{name}{path}"
                assert isinstance(part, (*TAKES[name], *PLAIN, tuple, Mapping, Leave, Inspection)), f"{name}{path}"
                if isinstance(part, str):
                    assert not any(one in part for one in secret), f"{name}{path}"
                    related = path.split(".")[1:2] and path.split(".")[1] in KNOWN.get(whose, ())
                    assert related or part in own or part not in units, f"{name}{path}: {part}"
                history += isinstance(part, Inspection)
                if isinstance(part, Inspection) and whose == "subject":
                    assert part.subject in own
    assert history, "in the second batch the first one is known"
    assert {type(a) for _, args in seen for a in args if type(a) is not Context} >= {
        Subject,
        Officer,
        Request,
        Evidence,
    }
