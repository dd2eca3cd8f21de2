"""What a plan names of an event, and what was appointed: one event in two spellings, and two events that look alike."""

import pytest

from ssj_core.entropy.named import other_events
from tests.verifiers.independent import SSJ

A, B = "a" * 64, "b" * 64

SAME = [
    ("drand", "round", "15", "15"),
    ("nist", "time", "2026-03-01T10:00:00+08:00", "2026-03-01T02:00:00Z"),
    ("nist", "time", "2026-03-01 10:00", "2026-03-01T02:00:00Z"),
    ("dlt", "issue", "26131", "2026131"),
    ("dlt", "issue", " ２６１３１ ", "2026131"),
    ("kl8", "issue", "２０２６３１８", "2026318"),
    ("ssq", "date", " ２０２６-11-15", "2026-11-15"),
    ("reveal", "label", " p-b-1", "p-b-1"),
    ("reveal", "label", "e\u0301", "é"),
    ("reveal", "parties", f"甲 ＝ {A.upper()}；乙={B};", f"甲={A};乙={B}"),
    ("reveal", "deadline", "2026-03-01 10:00", "2026-03-01T10:00:00+08:00"),
]
OTHER = [
    ("drand", "round", "5", "15"),
    ("drand", "round", "015", "15"),
    ("drand", "network", "default", "quicknet"),
    ("nist", "pulse", "7", "17"),
    ("nist", "chain", "1", "2"),
    ("nist", "time", "2026-03-01T10:00:00+08:00", "2026-03-01T10:00:00Z"),
    ("nist", "time", "soon", "later"),
    ("ssq", "issue", "26131", "2026131"),
    ("dlt", "issue", "131", "2026131"),
    ("ssq", "date", "2026-11-15", "2026-11-17"),
    ("ssq", "date", "2026-11-15", ""),
    ("reveal", "label", "1", "p-b-1"),
    ("reveal", "parties", f"甲={A};乙={B}", f"乙={B};甲={A}"),
    ("reveal", "parties", f"甲={A};乙={B}", f"甲={A};乙={A}"),
    ("reveal", "deadline", "2026-03-01", "2026-03-01T10:00:00+08:00"),
]


def alike(source: str, name: str, planned: str, sealed: str) -> bool:
    theirs = SSJ.event(source, name, planned)
    assert name in SSJ.EVENTS[source].split()
    by_the_verifier = bool(sealed) and theirs is not None and theirs == SSJ.event(source, name, sealed)
    by_the_core = not list(other_events(source, {name: planned}, {name: sealed}))
    assert by_the_core is by_the_verifier
    return by_the_core


@pytest.mark.parametrize(("source", "name", "planned", "sealed"), SAME)
def test_one_event_written_in_two_ways(source: str, name: str, planned: str, sealed: str) -> None:
    assert alike(source, name, planned, sealed)
    assert alike(source, name, sealed, sealed)


@pytest.mark.parametrize(("source", "name", "planned", "sealed"), OTHER)
def test_two_events_that_look_alike(source: str, name: str, planned: str, sealed: str) -> None:
    assert not alike(source, name, planned, sealed)


def test_what_the_plan_does_not_name_may_be_anything() -> None:
    assert not list(other_events("drand", {}, {"network": "default", "round": "7"}))
    assert not list(other_events("drand", {"margin_minutes": "90"}, {"round": "7"}))
    assert not list(other_events("moon", {"round": "7"}, {"round": "8"}))
    assert list(other_events("drand", {"round": "7"}, {})) == [("round", "7", "")]
