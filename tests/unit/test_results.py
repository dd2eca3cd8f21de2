"""Result codes: read strictly, in force by day, sealed with the rules so that documents can print them."""

from datetime import date
from pathlib import Path

import pytest

from ssj_core.plugin.loader import discover, load
from ssj_core.problems import InputError
from ssj_core.rules.effective import decode_rules
from ssj_core.rules.results import ResultCode, ResultTable, follow_ups_on, load_result_table, results_on
from tests.cli.bureau import Bureau

RESULT = '[[result]]\ncode = "{0}"\ntitle = "题"\nneeds_follow_up = true\nbasis = [{{ title = "文", mark = "seed" }}]\n'
SHIPPED = load(["result_codes"], discover()).result_tables


def table(*results: str) -> bytes:
    head = 'format = "ssj-results/1"\nid = "x.r"\ntitle = "表"\nsince = 2021-01-01\nreviewed_until = 2021-12-31\n'
    return (head + "".join(results)).encode()


def wrong(data: bytes) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        load_result_table(data, "x/results.toml")
    return [(p.code, p.row, p.field) for p in caught.value.problems]


def test_a_code_holds_from_its_first_to_its_last_day() -> None:
    """The day of a code, else that of the table; outside it is not offered, and the order is that of the table."""
    made = load_result_table(
        table(RESULT.format("b"), RESULT.format("a") + "since = 2021-06-01\nuntil = 2021-06-30\n"), "x"
    )
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 5, 31), date(2021, 6, 1), date(2021, 6, 30)]
    assert [[r.code for r in results_on(made, day)] for day in [*days, date(2021, 7, 1)]] == [
        [], ["b"], ["b"], ["b", "a"], ["b", "a"], ["b"],
    ]  # fmt: skip


def test_a_code_that_changes_stands_once_for_each_of_its_intervals() -> None:
    """It may mean something else from a day on, or end and begin again where the table says why."""
    first = RESULT.format("a") + "until = 2021-05-31\n"
    second = RESULT.format("a").replace("true", "false") + "since = 2021-06-01\n"
    made = load_result_table(table(first, second), "x")
    days = (date(2021, 5, 31), date(2021, 6, 1))
    assert [[(r.code, r.needs_follow_up) for r in results_on(made, day)] for day in days] == [
        [("a", True)], [("a", False)]
    ]  # fmt: skip
    later = second.replace("2021-06-01", "2021-08-01")
    assert wrong(table(first, later)) == [("SSJ-S040", 12, "result[2]")]
    again = load_result_table(table(first, later + 'gap = "停用两个月"\n'), "x")
    assert [len(results_on(again, date(2021, month, 1))) for month in (5, 6, 7, 8)] == [1, 0, 0, 1]
    assert type(results_on(again, date(2021, 8, 1))[0]) is ResultCode  # a draw seals the code, not its gap
    assert wrong(table(first, second.replace("06-01", "05-31"))) == [("SSJ-S003", 12, "result[2]")]
    assert wrong(table(first.replace("until", "note = '1'\nuntil"), RESULT.format("a"))) == [
        ("SSJ-S008", 14, "result[2].code")
    ]
    rows = '[[follow_up]]\ncode = "1"\ntitle = "甲"\nuntil = 2021-05-31\n'
    rows += '[[follow_up]]\ncode = "1"\ntitle = "乙"\nsince = 2021-06-01\n'
    measures = load_result_table(table(RESULT.format("a"), rows), "x")
    assert [[f.title for f in follow_ups_on(measures, day)] for day in days] == [["甲"], ["乙"]]


def test_a_code_of_the_platform_stands_for_one_code_on_a_day() -> None:
    first = RESULT.format("a") + 'platform_code = "3"\nuntil = 2021-05-31\n'
    second = RESULT.format("b") + 'platform_code = "3"\nsince = 2021-06-01\n'
    assert load_result_table(table(first, second), "x")
    assert [(c, f) for c, _, f in wrong(table(first, second.replace("06-01", "05-31")))] == [
        ("SSJ-S031", "result[2].platform_code")
    ]


def test_a_code_does_not_hold_before_its_table() -> None:
    assert wrong(table(RESULT.format("a") + "since = 2020-12-31\n")) == [("SSJ-S071", 11, "result[1].since")]


def test_a_follow_up_has_days_too() -> None:
    rows = '[[follow_up]]\ncode = "1"\ntitle = "甲"\n[[follow_up]]\ncode = "2"\ntitle = "乙"\nuntil = 2021-06-30\n'
    made = load_result_table(table(RESULT.format("a"), rows), "x")
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 6, 30), date(2021, 7, 1)]
    assert [[f.code for f in follow_ups_on(made, day)] for day in days] == [[], ["1", "2"], ["1", "2"], ["1"]]
    ends = table(RESULT.format("a"), rows.replace("2021-06-30", "2020-06-30"))
    assert wrong(ends) == [("SSJ-S002", 14, "follow_up[2]")]
    assert wrong(table(RESULT.format("a")).replace(b"2021-12-31", b"2020-12-31")) == [("SSJ-S042", 5, "reviewed_until")]


def test_everything_wrong_is_told_at_once() -> None:
    data = table(
        RESULT.format("a") + "until = 2020-01-01\n",
        RESULT.format("a").replace('[{ title = "文", mark = "seed" }]', "[]"),
    )
    assert wrong(data) == [
        ("SSJ-S002", 6, "result[1]"), ("SSJ-S001", 12, "result[2]"), ("SSJ-S008", 13, "result[2].code"),
    ]  # fmt: skip
    assert wrong(table(RESULT.format("a") + 'platfrom_code = "1"\n')) == [("SSJ-P013", 11, "result[1].platfrom_code")]
    assert wrong(table(RESULT.format("a").replace("true", '"是"')))[0][0] == "SSJ-P010"


@pytest.mark.parametrize("made", SHIPPED.values(), ids=lambda t: t.id)
def test_what_ships_says_where_it_comes_from(made: ResultTable) -> None:
    assert all(r.basis for r in made.result)
    marks = {b.mark for r in made.result for b in r.basis} | {b.mark for f in made.follow_up for b in f.basis}
    assert marks <= {"V-code", "V-src", "choice"}
    (nothing_found,) = [r for r in made.result if r.alone]
    assert (nothing_found.title, nothing_found.needs_follow_up) == ("未发现问题", False)
    assert any(not r.items for r in made.result)
    assert bool(made.platform) == any(r.platform_code for r in made.result)


def test_codes_of_the_platform_are_told_apart() -> None:
    """1, 10 and 11 are three codes: the peer that searched for them in a joined text counted them together."""
    codes = [r.platform_code for r in SHIPPED["result_codes.zhejiang_2017"].result]
    assert len(codes) == len(set(codes))
    assert {"1", "10", "11", "12"} <= set(codes)


def test_what_is_sealed_holds_codes_and_materials(tmp_path: Path) -> None:
    """Documents print them from the record alone."""
    bureau = Bureau(tmp_path).furnish()
    bureau.run("--batch", "key-1")
    sealed = decode_rules((tmp_path / "draws" / "t-2021-key-1-1" / "rules.toml").read_bytes(), "rules.toml")
    assert sealed.results is not None
    assert (sealed.results.table, sealed.results.entry_working_days) == ("result_codes.common", 5)
    assert sealed.results.codes == results_on(SHIPPED["result_codes.common"], date(2021, 3, 1))
    assert len(sealed.results.codes) == len(SHIPPED["result_codes.common"].result)
    assert sealed.results.follow_ups
    assert sealed.results.item_results == ("合格", "不合格", "不适用")
    assert any(i.materials for c in sealed.checklists for i in c.items)
    bureau.check()
