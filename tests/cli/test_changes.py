"""The change report: a change that adds an interval touches its days and no other; every difference is found."""

import json
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.change_files import read_version
from ssj_core.changes import KINDS, Interval, changes, timelines
from ssj_core.rules.timeline import holds, union
from ssj_core.schema import FORMATS
from tests.cli.bureau import Bureau

ROOT: Final = Path(__file__).parents[2]
PLUGINS: Final = ROOT / "plugins"
COUNTY: Final = ROOT / "tests" / "bad" / "plans" / "county"
DAY: Final = timedelta(days=1)
FIRST: Final = date(2021, 1, 1)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """Two copies of a county's rules, `old` and `new`."""
    folder = tmp_path / "b"
    for name in ("old", "new"):
        shutil.copytree(COUNTY, folder / name)
        (folder / name / "plan.toml").unlink()
    return Bureau(folder)


def edit(bureau: Bureau, file: str, old: str, new: str) -> None:
    path = bureau.folder / "new" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def report(bureau: Bureau, *more: str) -> str:
    old, new = str(bureau.folder / "old"), str(bureau.folder / "new")
    return bureau.play("plugins", "changes", old, new, "--today", "2026-11-28", *more, env={"COLUMNS": "120"}).stdout


def test_nothing_changed(bureau: Bureau) -> None:
    assert report(bureau).strip() == "规则没有变化。"


def test_comments_and_reviews_are_no_changes(bureau: Bureau) -> None:
    edit(bureau, "ratio.toml", "reviewed_until = 2021-12-31", "reviewed_until = 2022-12-31  # 又核对了一次")
    assert report(bureau).strip() == "规则没有变化。"


def test_an_edited_interval_touches_all_its_days(bureau: Bureau) -> None:
    edit(bureau, "ratio.toml", '"3%"', '"4%"')
    said = report(bureau)
    assert "影响的日子：2021-01-01 至 2021-12-31" in said
    assert "影响的比例：county.three" in said
    assert "影响的类别" not in said
    assert "涉及今天（2026-11-28）以前的日子" in said


def test_an_added_interval_touches_its_own_days_only(bureau: Bureau) -> None:
    text = (bureau.folder / "new" / "ratio.toml").read_text("utf-8")
    interval = text[text.index("[[in_force]]") :]
    later = interval.replace("2021-01-01", "2027-01-01").replace("2021-12-31", "2027-12-31").replace('"3%"', '"5%"')
    said_gap = later.replace("[in_force.classes", 'gap = "没有"\n\n[in_force.classes', 1)
    (bureau.folder / "new" / "ratio.toml").write_text(f"{text}\n{said_gap}", encoding="utf-8")
    said = report(bureau)
    assert "影响的日子：2027-01-01 至 2027-12-31" in said
    assert "以前的日子" not in said


def test_items_sectors_and_methods(bureau: Bureau) -> None:
    edit(bureau, "checklist.toml", 'methods = ["实地核查"]', 'methods = ["书面检查"]')
    said = report(bureau)
    assert "影响的类别：county" in said
    assert "影响的事项：X-01" in said
    assert "影响的日子：2021-01-01 起" in said


def test_a_later_basis_touches_the_days_from_its_publication(bureau: Bureau) -> None:
    basis = '\n[[item.basis]]\ntitle = "新条例"\nversion = 2025-09-15\nmark = "GK"\n'
    path = bureau.folder / "new" / "checklist.toml"
    path.write_text(path.read_text("utf-8") + basis, encoding="utf-8")
    assert "影响的日子：2025-09-15 起" in report(bureau)


def test_a_basis_of_the_whole_list(bureau: Bureau) -> None:
    edit(bureau, "checklist.toml", "[[item]]", '[[basis]]\ntitle = "新条例"\nmark = "GK"\n\n[[item]]')
    said = report(bureau)
    assert "影响的日子：2021-01-01 起" in said
    assert "影响的类别：county" in said
    assert "新条例" in said


def test_a_batch_of_the_ruleset(bureau: Bureau) -> None:
    edit(bureau, "ruleset.toml", "at_most = 2", "at_most = 3")
    said = report(bureau)
    assert "at_most：2" in said
    assert "at_most：3" in said


def test_days_that_overlap_or_meet_are_told_once_and_every_rule_is_named(bureau: Bureau) -> None:
    """What goes into the changelog is short: one stretch of days, and the rules that are neither items nor ratios."""
    edit(bureau, "ratio.toml", '"3%"', '"4%"')
    edit(bureau, "ruleset.toml", "at_most = 2", "at_most = 3")
    *_, days, ratios, others = [line for line in report(bureau).splitlines() if line.startswith("影响的")]
    assert days == "影响的日子：2021-01-01 至 2021-12-31"
    assert ratios == "影响的比例：county.three"
    assert others.startswith("影响的其他规则：county")


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9) | st.none()), max_size=8))
def test_the_union_of_intervals_is_their_days_in_as_few_stretches_as_there_are(
    spans: list[tuple[int, int | None]],
) -> None:
    made = [
        Interval(since=FIRST + since * DAY, until=None if more is None else FIRST + (since + more) * DAY, value={})
        for since, more in spans
    ]
    joined = union(made)
    for n in range(60):
        assert any(holds(i, FIRST + n * DAY) for i in made) == any(holds(i, FIRST + n * DAY) for i in joined)
    for before, after in pairwise(joined):
        assert before.until is not None
        assert after.since - before.until > DAY


def test_a_program_reads_the_report(bureau: Bureau) -> None:
    edit(bureau, "ratio.toml", '"3%"', '"4%"')
    (change,) = json.loads(report(bureau, "--json"))["result"]["changes"]
    assert (change["id"], change["since"], change["until"]) == ("county.three", "2021-01-01", "2021-12-31")
    assert [(u["key"], u["old"], u["new"]) for u in change["unlike"]] == [("classes.*.ratio", "3%", "4%")]


def test_wheels_and_code(tmp_path: Path) -> None:
    """A wheel is read as it lies there; of code only the names of files that changed are told."""
    package = tmp_path / "ssj_ratio_rules"
    shutil.copytree(PLUGINS / "ssj_ratio_rules", package, ignore=shutil.ignore_patterns("__pycache__"))
    for version in ("1", "2"):
        with zipfile.ZipFile(tmp_path / f"x-{version}.whl", "w") as wheel:
            for file in sorted(p for p in package.rglob("*") if p.is_file()):
                text = file.read_text("utf-8")
                if version == "2" and file.name == "flat_3.toml":
                    text = text.replace('ratio = "3%"', 'ratio = "3.5%"')
                if version == "2" and file.name == "eligibility.py":
                    text += "\n"
                wheel.writestr(str(file.relative_to(tmp_path)), text)
    Bureau(tmp_path).play(
        "plugins", "changes", str(tmp_path / "x-1.whl"), str(tmp_path / "x-2.whl"),
        out=["影响的比例：ratio_rules.flat_3"], err=["SSJ-A031", "ratio_rules/eligibility.py"],
        silent=["stratifiers.py"],
    )  # fmt: skip


def test_several_plugins_at_once() -> None:
    version = read_version(PLUGINS)
    assert {"construction_market", "real_estate", "ratio_rules"} <= set(version.plugins)
    assert changes(version.rules, version.rules) == ()
    items = [name.partition("/")[0] for kind, name in version.rules if kind == "ssj-checklist/1"]
    assert items.count("real_estate") == 24, "23 items, and the list as a whole"


@pytest.mark.parametrize(("name", "code"), [("no-such", "SSJ-F002"), ("empty", "SSJ-A030"), ("text.whl", "SSJ-F002")])
def test_what_holds_no_plugin(bureau: Bureau, name: str, code: str) -> None:
    (bureau.folder / "empty").mkdir()
    (bureau.folder / "text.whl").write_text("no zip", encoding="utf-8")
    bureau.play("plugins", "changes", str(bureau.folder / "old"), str(bureau.folder / name), code=3, err=[code])


def test_a_table_with_a_mistake_is_told(bureau: Bureau) -> None:
    edit(bureau, "ratio.toml", "ratio =", "ration =")
    old, new = str(bureau.folder / "old"), str(bureau.folder / "new")
    bureau.play("plugins", "changes", old, new, code=3, err=["SSJ-P013"])


def test_every_format_of_rules_is_compared() -> None:
    """Whoever adds a format of rules says what one of them is called."""
    no_rules = {"ssj-plan/1", "ssj-plugin/1", "ssj-cases/1", "ssj-calendar/1"}
    assert {f.name for f in FORMATS if f.by_hand} - no_rules == set(KINDS)


TABLES: Final = (
    COUNTY / "checklist.toml", COUNTY / "ratio.toml", COUNTY / "ruleset.toml", COUNTY / "filter.toml",
    COUNTY / "strata.toml", *sorted(PLUGINS.glob("ssj_result_codes/results/*.toml")),
    *sorted(PLUGINS.glob("ssj_ratio_rules/weights/*.toml")),
)  # fmt: skip
_NO_RULES: Final = {"format", "id", "code", "since", "until", "reviewed_until", "gap"}


def edited(value: Any) -> Iterator[Any]:
    """The value with one leaf of it changed, for every leaf that is no date and no name."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in _NO_RULES:
                yield from ({**value, key: other} for other in edited(one))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from ([*value[:n], other, *value[n + 1 :]] for other in edited(one))
    elif isinstance(value, bool):
        yield not value
    elif not isinstance(value, date):
        yield value + 1 if isinstance(value, int) else f"{value}改"


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_no_value_of_a_table_changes_unsaid(path: Path) -> None:
    """Whatever is edited, one change or more says so, in words that differ."""
    data = path.read_bytes()
    document = tomllib.loads(data.decode())
    before, seen = timelines(document, data, path.name), 0
    for other in edited(document):
        found = changes(before, timelines(other, data, path.name))
        assert found
        assert all(one.old != one.new for change in found for one in change.unlike), found
        seen += 1
    assert seen > 5


def test_every_format_has_its_table_here() -> None:
    assert {tomllib.loads(p.read_text("utf-8"))["format"] for p in TABLES} == set(KINDS)


def test_a_condition_and_a_column_are_told_with_what_they_ask(bureau: Bureau) -> None:
    edit(bureau, "filter.toml", "less_than = 5", "less_than = 1000")
    edit(bureau, "strata.toml", '"工程项目" = "工地"', '"工程项目" = "工程"')
    found = json.loads(report(bureau, "--json"))["result"]["changes"]
    assert [(u["key"], u["old"], u["new"]) for change in found for u in change["unlike"]] == [
        ("leave_out", "column 从业人数；less_than 5", "column 从业人数；less_than 1000"),
        ("column", "column 类型；other 其他；classes 工程项目 工地", "column 类型；other 其他；classes 工程项目 工程"),
    ]


def test_code_alone_is_not_called_no_change(bureau: Bureau) -> None:
    for name, text in (("old", "A = 1\n"), ("new", "A = 2\n")):
        (bureau.folder / name / "extra.py").write_text(text, encoding="utf-8")
    old, new = str(bureau.folder / "old"), str(bureau.folder / "new")
    made = bureau.play("plugins", "changes", old, new, out=["表没有变化；程序有变化（1 个文件）"], err=["SSJ-A031"])
    assert "规则没有变化" not in made.stdout


# --- property


@st.composite
def lines(draw: st.DrawFn) -> list[Interval]:
    made, day = [], FIRST + draw(st.integers(0, 5)) * DAY
    for _ in range(draw(st.integers(0, 3))):
        last = day + draw(st.integers(0, 6)) * DAY
        made.append(Interval(since=day, until=last, value={"v": draw(st.integers(0, 2))}))
        day = last + draw(st.integers(1, 3)) * DAY
    return made


def said(line: list[Interval], day: date) -> object:
    return next((i.value["v"] for i in line if i.since <= day and (i.until is None or day <= i.until)), None)


@given(lines(), lines())
def test_a_day_is_affected_exactly_where_the_two_say_something_else(old: list[Interval], new: list[Interval]) -> None:
    key = ("ssj-ratio/1", "x")
    found = changes({key: old}, {key: new})
    for n in range(-1, 40):
        day = FIRST + n * DAY
        affected = [c for c in found if c.since <= day and (c.until is None or day <= c.until)]
        assert len(affected) == (said(old, day) != said(new, day))


def test_what_leads_out_of_a_folder_or_is_too_large_is_not_read(bureau: Bureau, tmp_path: Path) -> None:
    """Two versions come from somebody else: nothing outside them is shown, and nothing without end is read."""
    good = PLUGINS / "ssj_ratio_rules"
    for name, code in (("out", "SSJ-G017"), ("loop", "SSJ-G019"), ("large", "SSJ-G018")):
        package = shutil.copytree(good, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        secret = tmp_path / "secret"
        secret.write_text("somebody's secret", encoding="utf-8")
        if name == "out":
            (package / "p.toml").symlink_to(secret)
        elif name == "loop":
            (package / "again").symlink_to(".")
        else:
            (package / "much.toml").write_bytes(b"#" * 10_000_001)
        said = bureau.play("plugins", "changes", str(good), str(package), code=4, err=[code])
        assert "somebody's secret" not in said.output
    wheel = tmp_path / "much.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("much/ssj-plugin.toml", b"\0" * 10_000_001)
    bureau.play("plugins", "changes", str(good), str(wheel), code=4, err=["SSJ-G018.*much/ssj-plugin.toml"])
