"""The public strategies make what rosters and tables may hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssj_core.canonical import check_line_value
from ssj_core.rules.model import ColumnUse
from ssj_core.testing import strategies
from ssj_core.testing.questions import callbacks, questions

from .kit import examined

MADE: dict[str, st.SearchStrategy[Any]] = {
    "subjects": strategies.subjects([ColumnUse(name="面积", kind="number"), ColumnUse(name="日期", kind="date")]),
    "officers": strategies.officers(),
    "contexts": strategies.contexts({"days": 3, "strict": True, "word": "x"}),
    "ratio_rules": strategies.ratio_rules(),
    "checklists": strategies.checklists(),
    "plans": strategies.plans(policies=("b1", "b2")),
}


@pytest.mark.parametrize("name", MADE)
def test_what_the_strategies_make_could_have_been_read(name: str) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(MADE[name])
    def trial(value: Any) -> None:
        for text in _texts(value):
            check_line_value(text)
        if name == "contexts":
            assert value.start <= value.end
            assert {k: type(v) for k, v in value.params.items()} == {"days": int, "strict": bool, "word": str}
        if name == "plans":
            assert all(b.start <= b.end and b.start.year == value.year == b.end.year for b in value.batch)

    trial()


@given(strategies.ratio_rules())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_invented_timelines_are_in_order(rule: Any) -> None:
    for one, after in zip(rule.in_force, rule.in_force[1:], strict=False):
        assert one.since <= one.until < after.since


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "__attrs_attrs__"):
        for attribute in value.__attrs_attrs__:
            yield from _texts(getattr(value, attribute.name))


def test_specimens_are_asked_of_every_kind_of_callback() -> None:
    plugin = examined("officer_rules")
    takes = {c.takes for c in callbacks(plugin.registry, "officer_rules")}
    assert takes == {("officer",), ("officer", "subject")}
    for callback in callbacks(plugin.registry, "officer_rules"):
        names = [q.name for q in questions(callback)]
        assert len(set(names)) == len(names) > 10
