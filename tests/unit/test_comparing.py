"""Two documents compared: every value that is another is told, with words that differ and the days that hold it."""

from datetime import date
from typing import Any

import pytest
from attrs import astuple
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.comparing import Rules, told, unlike

EVERYTHING = Rules()
BASIS = {"title": "办法", "mark": "seed", "articles": ["1"]}
NAMES = st.sampled_from(("id", "title", "rule", "ratio", "since", "x"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(0, 3) | st.sampled_from(("a", "b", "1")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def found(old: Any, new: Any, rules: Rules = EVERYTHING) -> list[tuple[str, str, str, str]]:
    """Rule, key, and both texts of each difference."""
    return [astuple(one)[:4] for one in unlike(old, new, rules)]


@given(st.dictionaries(NAMES, VALUES), st.dictionaries(NAMES, VALUES))
def test_what_differs_is_told_in_words_that_differ_and_nothing_else(old: Any, new: Any) -> None:
    assert not found(old, old)
    there = found(old, new)
    assert all(was != now for _, _, was, now in there)
    assert bool(there) is (old != new)
    assert sorted(there) == sorted((rule, key, was, now) for rule, key, now, was in found(new, old))


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        ("a", "b", ("a", "b")),
        (None, True, ("—", "true")),
        (["a", "b"], ["a", "c"], ("a、b", "a、c")),
        ([BASIS], [{**BASIS, "articles": ["2"]}], ("办法 1", "办法 2")),
        (  # the same title and article twice: only what one side alone has, and all of that
            [BASIS, {**BASIS, "note": "甲"}],
            [BASIS, {**BASIS, "note": "乙"}],
            ("title 办法；mark seed；articles 1；note 甲", "title 办法；mark seed；articles 1；note 乙"),
        ),
        (  # one more of the same words: nothing is alone on one side, so all of both
            [BASIS],
            [BASIS, {**BASIS, "title": "办法"}],
            ("办法 1", "办法 1、办法 1"),
        ),
        ([{"title": "办法"}], [{"title": "办法", "note": "甲"}], ("title 办法", "title 办法；note 甲")),
        ([True, "x"], ["true", "x"], ("[True]", "['true']")),
        ("1", 1, ("'1'", "1")),
    ],
)
def test_a_value_is_told_shortly_and_at_length_where_that_is_the_same(
    old: Any, new: Any, texts: tuple[str, ...]
) -> None:
    assert found({"v": old}, {"v": new}) == [("", "v", *texts)]


def test_tables_of_a_list_are_told_apart_by_their_names_wherever_they_stand() -> None:
    old = {"item": [{"id": "A", "n": 1}, {"id": "B", "n": 2}]}
    new = {"item": [{"id": "B", "n": 3}, {"id": "C", "n": 4}]}
    assert [one[:2] for one in found(old, new)] == [("item A", ""), ("item B", "n"), ("item C", "")]
    assert not found(old, {"item": old["item"][::-1]})


def test_a_rule_used_twice_is_compared_with_each_in_its_turn() -> None:
    used = [{"rule": "r", "p": 1}, {"rule": "r", "p": 2}]
    assert found({"u": used}, {"u": [used[0], {"rule": "r", "p": 3}]}) == [("u r*", "p", "2", "3")]


def test_keys_to_skip_and_keys_that_were_not_yet_written() -> None:
    old, new = {"a": 1, "t": {"b": 1}}, {"a": 2, "c": 3, "t": {"b": 2, "c": 4}}
    assert found(old, new, Rules(skip=frozenset({"b"}))) == [
        ("", "a", "1", "2"), ("", "t.c", "—", "4"), ("", "c", "—", "3")
    ]  # fmt: skip
    assert [one[1] for one in found(old, new, Rules(only_written=True))] == ["a", "t.b"]


def days(old: Any, new: Any) -> list[tuple[date | None, ...]]:
    return [(one.since, one.old_since, one.old_until) for one in unlike(old, new, EVERYTHING)]


def test_the_days_are_those_of_the_table_or_of_what_holds_it() -> None:
    first, until, later, inner = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2025, 6, 1)
    old = {"since": first, "until": until, "v": 1, "t": {"v": 1}, "o": {"since": inner, "v": 1}}
    new = {"since": later, "until": until, "v": 2, "t": {"v": 2}, "o": {"since": later, "v": 2}}
    assert days({"r": old}, {"r": new}) == [
        (later, first, until),  # since itself
        (later, first, until),
        (later, first, until),  # a table without days has those of what holds it
        (later, inner, None),  # one that began by itself does not end with what holds it
        (later, inner, None),
    ]
    assert days({"r": {"v": 1}}, {"r": {"v": 2}}) == [(None, None, None)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"), (False, "false"), ({"title": "某", "mark": "x"}, "某"), ({"title": "某", "x": 1}, "某"),
        ({"rule": "r", "x": 1}, "r"), ({"ratio": "3%"}, "3%"), ({"a": [1, 2], "b": None}, "a 1、2；b —"),
    ],
)  # fmt: skip
def test_a_value_in_a_few_words(value: Any, text: str) -> None:
    assert told(value) == text
