"""The kit on dated data: every timeline is looked at, every basis asked for, and told by the check that is broken."""

import re
from pathlib import Path
from string import Template
from typing import Final

import pytest

from ssj_core.plugin.registry import KINDS
from ssj_core.rules import ruleset as ruleset_module
from ssj_core.testing.checks import CHECKS, run_check
from ssj_core.testing.examined import Examined

from .fakes import manifest
from .kit import BY_ID, examined, found


def folder(tmp_path: Path, plugin: str = "county", /, **tables: str) -> Examined:
    """A folder of rules with one table for each key of the manifest."""
    made = tmp_path / "rules"
    made.mkdir()
    keys = {key: f'["{key}.toml"]' for key in tables}
    (made / "ssj-plugin.toml").write_text(manifest(plugin, **keys), encoding="utf-8")
    for key, text in tables.items():
        (made / f"{key}.toml").write_text(text, encoding="utf-8")
    return examined(plugin, made)


OWN: Final = 'basis = [{ title = "某县随机抽查工作细则", mark = "choice" }]'
RULES: Final = f"""format = "ssj-ruleset/1"
id = "county"
title = "规则集"
bureau = "某局"
since = 2021-01-01
until = 2021-12-31
[team]
{OWN}  # county.team
[yearly_share]
minimum = "5%"
{OWN}  # county.yearly_share
[results]
entry_working_days = 5
published = "100%"
{OWN}  # county.results
[[batch]]
id = "b1"
title = "第一批"
months = [1, 4]
mode = "targeted"
ratio = "ratio_rules.flat_3"
{OWN}  # county.batch[1]
[batch.second_stage]
kinds = ["料场"]
{OWN}  # county.batch[1].second_stage
"""
CODES: Final = f"""format = "ssj-results/1"
id = "county.c"
title = "结果"
since = 2021-01-01
reviewed_until = 2021-12-31
[[result]]
code = "01"
title = "未发现问题"
needs_follow_up = false
{OWN}
[[follow_up]]
code = "1"
title = "责令改正"
{OWN}  # county.c.follow_up[1]
"""
PLACES: Final = re.findall(r"  # (\S+)", RULES + CODES)


@pytest.mark.parametrize("name", [*PLACES, ""])
def test_wherever_there_is_a_place_for_a_basis_one_is_asked_for(tmp_path: Path, name: str) -> None:
    """With the file and the line of what is without; rules shown without a basis are no surprise then."""
    without = [re.sub(rf"(?m)^.*# {re.escape(name)}$", "", text) if name else text for text in (RULES, CODES)]
    plugin = folder(tmp_path, rulesets=without[0], results=without[1])
    assert found(plugin, "bases") == ([("SSJ-S001", name)] if name else [])
    for p in run_check(BY_ID["bases"], plugin).problems:
        lines = Path(p.file).read_text(encoding="utf-8").splitlines()
        assert p.row is not None
        assert name.rpartition(".")[2].removesuffix("[1]") in lines[p.row - 1]


USE: Final = '[[batch.eligibility]]\nrule = "ratio_rules.yearly_cap"\nparams = {{ at_most = 2 }}  # given\n{basis}\n'
CHOICE: Final = """[[choice]]
question = "几次封顶"
decision = "两次"
reason = "文件没有规定"
decides = ["ratio_rules.yearly_cap.at_most"]
"""


@pytest.mark.parametrize(("basis", "choice", "good"), [("", "", False), (OWN, "", True), ("", CHOICE, True)])
def test_a_parameter_rests_on_a_basis_or_on_a_choice(tmp_path: Path, basis: str, choice: str, good: bool) -> None:
    text = RULES.replace("[batch.second_stage]", USE.format(basis=basis) + "[batch.second_stage]") + choice
    result = run_check(BY_ID["bases"], folder(tmp_path, rulesets=text))
    if good:
        assert result.problems == ()
        return
    (p,) = result.problems
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.endswith("# given"))
    assert (p.code, p.value, p.row) == ("SSJ-S014", "ratio_rules.yearly_cap.at_most", line)
    assert p.field == "batch[1].eligibility[1].params"
    assert 'decides = ["ratio_rules.yearly_cap.at_most"]' in p.remedy("zh")


def test_every_place_for_a_basis_of_the_ruleset_is_among_them() -> None:
    """Of every class that a ruleset is made of: a basis that the model gains is asked for above, too.

    Not where a rule is asked: its parameters may rest on a `[[choice]]` that decides them (the test above).
    """
    having = {
        c.__name__
        for c in vars(ruleset_module).values()
        if isinstance(c, type) and "basis" in getattr(c, "__slots__", ())
    }
    having -= {"LegalBasis", "RuleUse"}
    assert having == {"Team", "YearlyShare", "Results", "BatchPolicy", "SecondStage"}
    assert len(PLACES) == len(having) + 1


INTERVALS: Final = {
    "ratios": (
        'format = "ssj-ratio/1"\nid = "county.x"\ntitle = "t"\nstratify = "ratio_rules.all"\n',
        "[[in_force]]\n$days\n$own\n[in_force.classes]\n'*' = { ratio = '3%', bound = 'min' }\n",
    ),
    "weights": (
        'format = "ssj-weights/1"\nid = "county.x"\ntitle = "t"\nstratify = "ratio_rules.all"\n',
        "[[in_force]]\n$days\n$own\n[in_force.classes]\n'*' = 2\n",
    ),
    "checklists": (
        'format = "ssj-checklist/1"\nid = "county"\ntitle = "t"\nsince = 2021-01-01\nreviewed_until = $reviewed\n',
        "[[item]]\nid = 'X-1'\ntitle = 't'\ncontent = 'c'\nkinds = ['k']\nmethods = ['m']\n$days\n$own\n",
    ),
    "results": (
        'format = "ssj-results/1"\nid = "county.x"\ntitle = "t"\nsince = 2021-01-01\nreviewed_until = $reviewed\n',
        "[[result]]\ncode = 'x'\ntitle = 't'\nneeds_follow_up = false\n$days\n$own\n",
    ),
    "strata": (
        "format = 'ssj-strata/1'\nid = 'county.x'\ntitle = 't'\n",
        "[[in_force]]\n$days\n$own\n[[in_force.column]]\ncolumn = '类型'\n",
    ),
    "filters": (
        "format = 'ssj-filter/1'\nid = 'county.x'\ntitle = 't'\n",
        "[[in_force]]\n$days\nreason = 'r'\n$own\n[[in_force.keep]]\ncolumn = '类型'\nequals = 'k'\n",
    ),
    "rulesets": (
        "format = 'ssj-ruleset/1'\nid = 'county'\ntitle = 't'\nbureau = 'b'\n",
        "$days\nbatch = []\n[team]\n",
    ),
}  # fmt: skip
"""How each kind of table that holds from a day to a day begins, and one interval of it."""
WHOLE: Final = ("checklists", "results")
"""These say once, at the head, up to when they were reviewed; a ruleset says it nowhere."""
ONCE: Final = ("rulesets",)
"""A ruleset is a document with days of its own, the next one another: nothing can overlap or leave days out."""
SOUND: Final = (("2021-01-01", "2021-06-30", "2021-12-31"), ("2021-07-01", "2021-12-31", "2021-12-31"))
TIMELINES: Final = [
    *((kind, SOUND[: 1 if kind in ONCE else 2], "") for kind in INTERVALS),
    *((kind, (("2021-06-30", "2021-01-01", "2021-12-31"),), "SSJ-S002") for kind in INTERVALS),
    *(
        (kind, (SOUND[0], ("2021-06-30", "2021-12-31", "2021-12-31")), "SSJ-S003")
        for kind in INTERVALS
        if kind not in ONCE
    ),
    *(
        (kind, (SOUND[0], ("2021-07-02", "2021-12-31", "2021-12-31")), "SSJ-S040")
        for kind in INTERVALS
        if kind not in ONCE
    ),
    *((kind, (("2021-06-01", "2021-12-31", "2021-05-31"),), "SSJ-S042") for kind in INTERVALS if kind != "rulesets"),
    *((kind, (("2021-01-01", "2021-12-31", "2020-12-31"),), "SSJ-S042") for kind in WHOLE),
]


@pytest.mark.parametrize(("kind", "intervals", "code"), TIMELINES)
def test_the_timeline_of_every_kind_of_table_is_looked_at(
    tmp_path: Path, kind: str, intervals: tuple[tuple[str, str, str], ...], code: str
) -> None:
    """In order, ends after it begins, no day twice, none left out in silence, reviewed at all: told as `timelines`."""
    head, one = map(Template, INTERVALS[kind])
    text = head.substitute(reviewed=intervals[-1][2])
    for n, (since, until, reviewed) in enumerate(intervals):
        days = f"since = {since}\nuntil = {until}"
        days += "" if kind in (*WHOLE, "rulesets") else f"\nreviewed_until = {reviewed}"
        text += one.substitute(days=days, n=n, own=OWN)
    plugin = folder(tmp_path, **{kind: text})
    assert [c for c, _ in found(plugin, "timelines")] == ([code] if code else [])
    assert found(plugin, "loads") == []
    for p in run_check(BY_ID["timelines"], plugin).problems:
        assert p.row is not None


def test_every_kind_of_table_with_days_is_among_them() -> None:
    assert set(INTERVALS) == {kind.key for kind in KINDS if kind.key}


@pytest.mark.parametrize(
    ("kind", "broken", "check", "code"),
    [
        ("ratios", ("'3%'", "'130%'"), "ratios", "SSJ-P007"),
        ("ratios", ("'3%'", "0.03"), "ratios", "SSJ-P005"),
        ("ratios", ("bound = 'min'", "bound = 'min', rounding = 'down'"), "ratios", "SSJ-S005"),
        ("weights", ("'*' = 2", "'*' = 65"), "tickets", "SSJ-S044"),
        ("weights", ("'*' = 2", "'*' = 0"), "tickets", "SSJ-S044"),
        ("ratios", (OWN, "basis = []"), "bases", "SSJ-S001"),
        ("weights", (OWN, "basis = []"), "bases", "SSJ-S001"),
        ("checklists", (OWN, "basis = []"), "bases", "SSJ-S001"),
        ("results", (OWN, "basis = []"), "bases", "SSJ-S001"),
        ("strata", (OWN, "basis = []"), "bases", "SSJ-S001"),
        ("filters", (OWN, "basis = []"), "bases", "SSJ-S001"),
    ],
)
def test_what_keeps_a_table_from_loading_is_told_by_the_check_it_breaks(
    tmp_path: Path, kind: str, broken: tuple[str, str], check: str, code: str
) -> None:
    head, one = map(Template, INTERVALS[kind])
    days = "since = 2021-01-01" + ("" if kind in WHOLE else "\nreviewed_until = 2021-12-31")
    text = head.substitute(reviewed="2021-12-31") + one.substitute(days=days, n=1, own=OWN)
    assert broken[0] in text
    plugin = folder(tmp_path, **{kind: text.replace(*broken)})
    told = {c.id: [p.code for p in run_check(c, plugin).problems] for c in CHECKS if c.id not in ("cases", "covered")}
    assert {name: codes for name, codes in told.items() if codes} == {check: [code]}
    assert not any(run_check(c, plugin).asked for c in CHECKS if c.loaded and c.id != check)


def test_a_weight_rule_without_intervals_says_nothing(tmp_path: Path) -> None:
    text = INTERVALS["weights"][0] + "in_force = []\n"
    plugin = folder(tmp_path, weights=text)
    assert [c for c, _ in found(plugin, "loads")] == ["SSJ-P027"]
