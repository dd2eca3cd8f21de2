"""The kit on callbacks: every vice is caught by its check, in this process or in another."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ssj_core.apart.waiting import Patience
from ssj_core.model import Subject
from ssj_core.pool import apply_rules, ask
from ssj_core.problems import PluginError
from ssj_core.rules.model import Context, EligibilityRule
from ssj_core.rules.ruleset import RuleUse
from ssj_core.testing.checks import run_check
from ssj_core.testing.questions import questions
from ssj_core.testing.specimens import SUBJECTS

from .fakes import Site
from .kit import BY_ID, HEAD, examined, found

VICES: dict[str, tuple[str, str]] = {
    "good": ("return '一'", ""),
    "raises": ("return s.name[300]", "answers"),
    "no_text": ("return 7", "answers"),
    "nothing": ("return None", "answers"),
    "two_lines": ("return '一\\n二'", "answers"),
    "changes_unit": ("object.__setattr__(s, 'name', '改'); return '一'", "arguments"),
    "changes_params": ("c.params['x'] = 1; return '一'", "answers"),
    "changes_extra": ("s.extra['x'] = '1'; return '一'", "answers"),
    "changes_extra_by_force": ("object.__setattr__(s, 'extra', {'x': '1'}); return '一'", "arguments"),
    "reads": ("return '停' if '注销' in s.status else '一'", "columns"),
    "today": ("return str(date.today().year)", "outside"),
    "now": ("return str(datetime.datetime.now().year)", "outside"),
    "clock": ("return str(time.time() < 0)", "outside"),
    "environment": ("return os.environ.get('HOME', '') and '一' or '一'", "outside"),
    "file": ("open(os.devnull).close(); return '一'", "outside"),
    "chance": ("random.Random(1).random(); return '一'", "outside"),
    "counts": ("return str(next(COUNT))", "memory"),
    "remembers": ("LAST.append(s.id); return LAST[max(0, len(LAST) - 3)]", "memory"),
    "leaves": ("raise SystemExit(0)", "answers"),
    "leaves_at_d": ("if s.risk_class == 'D': raise SystemExit(0)\n    return '一'", "answers"),
    "counts_areas": ("SEEN[s.area] += 1; return '多' if SEEN[s.area] > 300 else '一'", "memory"),
    "hashes": ("return str(hash(s.id) % 97)", "processes"),
    "sets": ("return '、'.join({s.id, '甲', '乙', '丙', '丁'})", "processes"),
    "zone": ("return str(datetime.datetime(2020, 1, 1).timestamp())", "processes"),
}


def vicious() -> str:
    """The plugin `county` with a stratifier for each vice."""
    code = HEAD + "from collections import Counter\nCOUNT = itertools.count()\nLAST = []\nSEEN = Counter()\n"
    code += "".join(f"def {name}(s, c):\n    {body}\n" for name, (body, _) in VICES.items())
    made = ", ".join(f"Stratifier(id='county.{n}', title='t', key={n})" for n in VICES)
    return code + f"@hookimpl\ndef ssj_stratifiers():\n    return [{made}]\n"


def test_every_vice_of_a_callback_is_caught_by_its_check(site: Site) -> None:
    site.add("county", code=vicious())
    plugin = examined("county")
    asked = ("answers", "arguments", "columns", "outside", "memory", "processes")
    told = {check: found(plugin, check) for check in asked}
    caught = {check: {v for _, v in pairs} for check, pairs in told.items()}
    assert {check: {c for c, _ in pairs} for check, pairs in told.items()} == {
        "answers": {"SSJ-G101", "SSJ-G102", "SSJ-G110"}, "arguments": {"SSJ-G103"}, "columns": {"SSJ-G117"},
        "outside": {"SSJ-G104"}, "memory": {"SSJ-G105"}, "processes": {"SSJ-G109"},
    }  # fmt: skip
    for name, (_, check) in VICES.items():
        where = {c for c, values in caught.items() if f"county.{name}" in values}
        assert (check in where) if check else not where, name
    assert plugin.said.plain["callbacks"].keys() == {f"county.{n}" for n in VICES}


@pytest.mark.usefixtures("one_process")
def test_what_is_found_reads_well_in_both_languages(site: Site) -> None:
    """Whose words they are is said in Chinese; no count of nothing; of an answer, why it will not do."""
    site.add("county", code=vicious())
    plugin = examined("county")
    told = {
        (check, p.code, p.value.removeprefix("county.")): (p.message("zh"), p.message("en"))
        for check in ("answers", "outside", "anything")
        for p in run_check(BY_ID[check], plugin).problems
    }
    row = f"{SUBJECTS[0].id} @ 2024-02-29: "
    wanted = {
        ("answers", "SSJ-G101", "raises"): (
            f"county.raises 出错（另有 # 处），原文：{row}IndexError: string index out of range",
            f"county.raises failed on {row}IndexError: string index out of range (and # more)",
        ),
        ("answers", "SSJ-G102", "two_lines"): (
            f"county.two_lines 的回答不合要求：{row}'一\\n二' 里有换行或控制字符（另有 # 处）",
            f"county.two_lines gave an answer it should not: {row}'一\\n二' holds a control character (and # more)",
        ),
        ("outside", "SSJ-G104", "today"): (
            f"county.today 用了外面的东西：{row}时钟 date.today",
            f"county.today looks outside: {row}clock: date.today",
        ),
    }
    for key, both in wanted.items():
        assert tuple(re.sub(r"(另有|and) \d+", r"\1 #", one) for one in told[key]) == both
    endings = {
        ("SSJ-G101", "raises"): ("IndexError: string index out of range",) * 2,
        ("SSJ-G102", "two_lines"): ("'一\\n二' 里有换行或控制字符", "'一\\n二' holds a control character"),
        ("SSJ-G102", "no_text"): (": 回答的不是文字：7", ": its answer is no text: 7"),
        ("SSJ-G102", "nothing"): (": None",) * 2,
    }
    for (code, name), both in endings.items():
        for said, ending in zip(told["anything", code, name], both, strict=True):
            assert said.endswith(ending), said


@pytest.mark.usefixtures("one_process")
def test_a_failure_on_an_unusual_row_is_found_and_shown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No specimen is a key enterprise checked more than three times a year; among the invented ones some are."""
    monkeypatch.setattr("ssj_core.testing.anything._EXAMPLES", 100)
    body = "return 1 / 0 if s.checks_this_year > 3 and s.key else '一'"
    site.add("county", code=HEAD + (
        f"def key(s, c):\n    {body}\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "answers") == []
    (p,) = run_check(BY_ID["anything"], plugin).problems
    assert (p.code, p.value) == ("SSJ-G101", "county.x")
    assert "ZeroDivisionError" in p.params["what"]
    assert "checks_this_year" in p.params["what"] or "Subject(" in p.params["what"]


@pytest.mark.usefixtures("one_process")
def test_rules_of_officers_and_recusals_are_asked_too(site: Site) -> None:
    site.add("county", code=HEAD + (
        "def away(o, c):\n    return o.leave[0].first.isoformat()\n"
        "def apart(o, s, c):\n    return ''\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.away', title='t', applies_to='officer', check=away, basis=BASIS)]\n"
        "@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county.apart', title='t', check=apart, basis=BASIS)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "answers") == [("SSJ-G101", "county.away"), ("SSJ-G102", "county.apart")]
    assert {v for _, v in found(plugin, "anything")} == {"county.away", "county.apart"}


def test_in_a_draw_no_callback_changes_the_parameters_for_those_who_come_after() -> None:
    def spoils(_subject: Subject, context: Context) -> str | None:
        context.params["at_most"] = 0  # type: ignore[index]
        return None

    rule = EligibilityRule(id="county.x", title="t", applies_to="subject", check=spoils, params={"at_most": 1})
    context = Context(year=2026, start=date(2026, 1, 1), end=date(2026, 1, 2))
    (applied,) = apply_rules([RuleUse(rule="county.x")], {"county.x": rule}, context, "f")
    with pytest.raises(PluginError, match="SSJ-G013"):
        ask(applied.id, applied.check, Subject(id="permit:1", name="甲"), applied.context)
    assert applied.context.params == rule.params == {"at_most": 1}


@pytest.mark.usefixtures("one_process")
def test_columns_that_a_rule_asks_for_are_filled_and_lacking(site: Site) -> None:
    """A rule of columns is asked with all kinds of cells, and with a roster that does not have them."""
    site.add("county", code=HEAD + (
        "def check(s, c):\n    return s.extra['面积'] or None\n@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='subject', check=check, basis=BASIS,\n"
        "        columns=(ColumnUse(name='面积', kind='number'),))]\n"
    ))  # fmt: skip
    plugin = examined("county")
    (p,) = run_check(BY_ID["answers"], plugin).problems
    assert (p.code, p.params["what"].split(" @")[0]) == ("SSJ-G101", SUBJECTS[0].id)
    asked = {q.units[0].extra.get("面积") for q in questions(plugin.callbacks[0])}
    assert {None, "", "0", "-1", "12.5"} <= asked


@pytest.mark.usefixtures("one_process")
def test_columns_of_officers_are_filled_and_lacking_too(site: Site) -> None:
    site.add("county", code=HEAD + (
        "def check(o, c):\n    return None if int(o.extra.get('年数') or 0) >= 0 else '不足'\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='officer', check=check, basis=BASIS,\n"
        "        columns=(ColumnUse(name='年数', kind='number'),))]\n"
    ))  # fmt: skip
    plugin = examined("county")
    asked = {q.units[0].extra.get("年数") for q in questions(plugin.callbacks[0])}
    assert {None, "0", "12.5"} <= asked
    assert found(plugin, "answers") == [("SSJ-G101", "county.x")], "12.5 is no whole number"
    assert found(plugin, "anything") == [("SSJ-G101", "county.x")]


@pytest.mark.usefixtures("one_process")
def test_a_plugin_that_reads_the_clock_when_it_is_loaded(site: Site) -> None:
    site.add("county", code=HEAD + "TODAY = date.today()\n")
    assert found(examined("county"), "outside") == [("SSJ-G104", "county")]


@pytest.mark.parametrize("body", ["os._exit(0)", "os.kill(os.getpid(), 9)"], ids=["exits", "is killed"])
def test_a_callback_that_ends_the_process(site: Site, body: str) -> None:
    site.add("county", code=HEAD + (
        f"def key(s, c):\n    {body}\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    plugin = examined("county")
    assert found(plugin, "processes") == [("SSJ-G110", "county.x")]
    assert found(plugin, "anything") == [], "and it is not asked in this process"


def stratifier(body: str) -> str:
    """The plugin `county` with one stratifier."""
    return HEAD + (
        "from collections import Counter\nSEEN = Counter()\n"
        f"def key(s, c):\n    {body}\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key)]\n"
    )


def test_a_callback_that_never_ends_for_one_class(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssj_core.testing.processes.PATIENCE", Patience(row=1, whole=60, all=60))
    site.add("county", code=stratifier("while s.risk_class == 'D': pass\n    return '一'"))
    plugin = examined("county")
    assert found(plugin, "processes") == [("SSJ-G110", "county.x")]
    assert found(plugin, "cases") == [], "nobody asks again"
    for name in ("answers", "arguments", "columns", "outside", "memory", "anything"):
        result = run_check(BY_ID[name], plugin)
        assert (result.problems, result.asked, result.holds) == ((), False, False), "what nobody knows does not hold"


@pytest.mark.parametrize("body", ["os._exit(0)", "raise SystemExit(0)"])
def test_a_process_that_ends_on_an_unusual_row_ends_no_other(site: Site, body: str) -> None:
    site.add("county", code=stratifier(f"if s.checks_this_year > 3 and s.key:\n        {body}\n    return '一'"))
    plugin = examined("county")
    assert found(plugin, "answers") == []
    assert found(plugin, "anything") == [("SSJ-G110", "county.x")]


@pytest.mark.usefixtures("one_process")
def test_what_fails_once_and_not_again_remembers(site: Site) -> None:
    """Hypothesis asks the same again, and finds that it does not fail any more."""
    body = "SEEN[s.key] += 1\n    if SEEN[s.key] == 15:\n        raise ValueError('x')\n    return '一'"
    site.add("county", code=stratifier(body))
    plugin = examined("county")
    assert not plugin.said.died
    sys.modules["fake_county"].SEEN.clear()
    assert found(plugin, "anything") == [("SSJ-G105", "county.x")]


@pytest.mark.usefixtures("one_process")
def test_a_reader_of_rosters_that_leaves_fails_its_check(site: Site) -> None:
    site.add("county", code=HEAD + (
        "import sys\n@hookimpl\ndef ssj_roster_readers():\n"
        "    return [RosterReader(id='county.r', title='t', suffixes=('.x',), read=lambda d, o: sys.exit(2))]\n"
    ))  # fmt: skip
    assert found(examined("county"), "readers") == [("SSJ-G110", "county")]


def test_values_that_depend_on_the_hash_seed(site: Site) -> None:
    site.add("county", code=HEAD + (
        "TITLE = '-'.join({'甲', '乙', '丙', '丁', '戊'})\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title=TITLE, key=lambda s, c: '一')]\n"
    ))  # fmt: skip
    assert found(examined("county"), "processes") == [("SSJ-G109", "county")]


@pytest.mark.usefixtures("one_process")
def test_without_hypothesis_the_rest_is_checked_and_the_gap_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.add("county", code=HEAD + (
        "@hookimpl\ndef ssj_stratifiers():\n    return [Stratifier(id='county.x', title='t', key=lambda s, c: '一')]\n"
    ))  # fmt: skip
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    plugin = examined("county")
    result = run_check(BY_ID["anything"], plugin)
    assert [p.code for p in result.problems] == ["SSJ-G113"]
    assert (result.told, result.holds) == (False, False)
    assert found(plugin, "answers") == []


def test_the_kit_leaves_nothing_in_the_folder_where_it_is_typed(tmp_path: Path) -> None:
    """Hypothesis notes down some hundred files in the folder of whoever runs it; in a bureau's they are in the way."""
    code = (
        "from ssj_core.plugin.loader import discover\n"
        "from ssj_core.testing.anything import cope\n"
        "from ssj_core.testing.examined import Examined\n"
        "print(*cope(Examined(discover([])['officer_rules'], discover([]))))\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HYPOTHESIS")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, stdout=subprocess.PIPE
    )
    assert done.stdout.strip() == b""
    assert list(tmp_path.iterdir()) == []
