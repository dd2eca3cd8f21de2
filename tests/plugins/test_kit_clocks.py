"""The kit sees clocks and chance however they are reached: from C, by a thread, on import, at the first call alone."""

import datetime
import os
import time
from datetime import date

import pytest

from ssj_core.testing.checks import run_check
from ssj_core.testing.clocks import clocks
from ssj_core.testing.processes import AHEAD
from ssj_core.testing.watch import watched
from ssj_core.testing.worker import answers

from .fakes import Site
from .kit import BY_ID, HEAD, examined

START = """
import _thread, functools, operator, threading
from collections import defaultdict
from datetime import datetime as moment
from time import localtime
"""

HIDDEN = {
    "defaultdict": "defaultdict(date.today)['x']",
    "iter": "next(iter(date.today, None))",
    "map_localtime": "list(map(time.localtime, [None]))",
    "map_named": "list(map(lambda t: t.tm_year, map(localtime, [None])))",
    "sorted": "sorted([None], key=time.ctime)",
    "partial": "functools.partial(time.time)()",
    "strftime": "list(map(time.strftime, ['%Y']))",
    "iter_now": "next(iter(moment.now, None))",
    "iter_utcnow": "next(iter(datetime.datetime.utcnow, None))",
    "map_now": "list(map(moment.now, [None]))",
    "methodcaller": "operator.methodcaller('today')(moment)",
    "methodcaller_now": "operator.methodcaller('now')(datetime.datetime)",
    "monotonic": "next(iter(time.monotonic, None))",
    "nanoseconds": "next(iter(time.time_ns, None))",
    "random": "next(iter(random.random, None))",
    "urandom": "list(map(os.urandom, [1]))",
    "stat": "list(map(os.stat, [os.devnull]))",
    "open": "[f.close() for f in map(open, [os.devnull])]",
    "id": "list(map(id, [s]))",
    "thread": "run(threading.Thread(target=date.today))",
    "bare_thread": "_thread.start_new_thread(date.today, ())",
    "process": "__import__('subprocess').run([__import__('sys').executable, '-c', ''])",
    "ctypes": "__import__('ctypes').CDLL(None)",
    "unwatched": "__import__('sys').setprofile(None)",
    "environment": "list(map(os.environ.get, ['HOME']))",
    "library": "__import__('email.utils').utils.formatdate()",
}
"""Expressions that look outside, each in a way of its own."""

HONEST = {
    "strftime_of_a_day": "c.start.strftime('%Y')",
    "localtime_of_a_moment": "list(map(time.gmtime, [0]))",
    "a_day": "date(2021, 1, 1) + datetime.timedelta(days=1)",
    "a_moment": "moment.combine(c.start, datetime.time()) and moment.fromisoformat('2021-01-01')",
    "a_subclass": "type('Own', (moment,), {})(2021, 1, 1)",
    "isinstance": "isinstance(moment(2021, 1, 1), (moment, date)) and issubclass(moment, date) or 1 / 0",
}


def stratifiers(bodies: dict[str, str]) -> str:
    """The plugin `county` with a stratifier for each expression."""
    code = HEAD + START + "def run(t):\n    t.start()\n    t.join()\n"
    code += "".join(f"def k_{name}(s, c):\n    {body}\n    return '一'\n" for name, body in bodies.items())
    made = ", ".join(f"Stratifier(id='county.{n}', title='t', key=k_{n})" for n in bodies)
    return code + f"@hookimpl\ndef ssj_stratifiers():\n    return [{made}]\n"


def touched(plugin: str = "county") -> dict[str, list[str]]:
    """What each callback touched, without the question it was asked."""
    plain = answers(plugin, [], backwards=False, watch=True)
    told = {name: c["touched"] for name, c in plain["callbacks"].items()}
    return {"": plain["touched"]} | {
        name.partition(".")[2]: sorted({t.partition(": ")[2].partition(": ")[2] and t.split(": ", 1)[1] for t in found})
        for name, found in told.items()
    }


def test_every_hidden_way_to_a_clock_is_seen(site: Site) -> None:
    site.add("county", code=stratifiers(HIDDEN))
    told = touched()
    assert not told.pop("")
    assert [name for name, found in told.items() if not found] == []
    for name in HIDDEN:
        kind = {
            "random": "chance", "urandom": "chance", "stat": "system", "open": "files", "id": "memory",
            "thread": "threads", "bare_thread": "threads", "process": "processes", "ctypes": "system",
            "unwatched": "system", "environment": "environment",
        }.get(name, "clock")  # fmt: skip
        assert any(t.startswith(f"{kind}: ") for t in told[name]), (name, told[name])


def test_what_looks_like_a_clock_and_is_none_passes(site: Site) -> None:
    site.add("county", code=stratifiers(HONEST))
    told = touched()
    assert {name: found for name, found in told.items() if found} == {}
    assert list(run_check(BY_ID["answers"], examined("county")).problems) == []


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    "line",
    [
        "TODAY = defaultdict(date.today)[0]",
        "NOW = next(iter(moment.now, None))",
        "threading.Thread(target=int).start()",
        "import email.utils; NOW = email.utils.formatdate()",
        "import uuid; ID = uuid.uuid4()",
        "DICE = list(map(os.urandom, [4]))",
    ],
)
def test_on_import_too(site: Site, line: str) -> None:
    site.add("county", code=HEAD + START + line)
    (found,) = run_check(BY_ID["outside"], examined("county")).problems
    assert (found.code, found.value) == ("SSJ-G104", "county")


@pytest.mark.usefixtures("one_process")
def test_a_plugin_may_read_its_own_data_and_import_what_it_likes(site: Site) -> None:
    lines = "from importlib.resources import files\nDATA = files(__name__).joinpath('d.txt').read_text()\n"
    site.add("county", {"d.txt": "一"}, code=HEAD + START + lines + "import calendar, logging, sqlite3, uuid\n")
    assert list(run_check(BY_ID["outside"], examined("county")).problems) == []


@pytest.mark.usefixtures("one_process")
def test_a_clock_that_is_read_at_the_first_call_and_kept_is_seen(site: Site) -> None:
    site.add("county", code=HEAD + START + (
        "@functools.cache\ndef today():\n    return date.today()\n"
        "def key(s, c):\n    return '一' if today() > date(2020, 1, 1) else '二'\n"
        "@hookimpl\ndef ssj_stratifiers():\n    return [Stratifier(id='county.x', title='t', key=key)]\n"
    ))  # fmt: skip
    (found,) = run_check(BY_ID["outside"], examined("county")).problems
    assert (found.code, found.value) == ("SSJ-G104", "county.x")
    assert "时钟 date.today" in found.params["what"]


def test_a_day_of_the_clock_that_is_kept_on_import_makes_processes_differ(site: Site) -> None:
    """Each part of it differs: the third process lives in another year, month, day, hour and minute."""
    parts = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "weekday": "%w"}
    code = HEAD + "NOW = datetime.datetime.now()\n"
    code += "".join(f"def k_{n}(s, c):\n    return NOW.strftime('{form}')\n" for n, form in parts.items())
    made = ", ".join(f"Stratifier(id='county.{n}', title='t', key=k_{n})" for n in parts)
    site.add("county", code=code + f"@hookimpl\ndef ssj_stratifiers():\n    return [{made}]\n")
    found = run_check(BY_ID["processes"], examined("county")).problems
    assert {p.value for p in found} >= {"county.year", "county.minute"}
    assert {p.code for p in found} == {"SSJ-G109"}


def test_clocks_are_ahead_together_and_right_again_afterwards() -> None:
    before = (time.time, datetime.datetime, os.stat)
    real = time.time()
    with clocks(AHEAD):
        readings = [
            time.time(), time.time_ns() / 1e9, time.mktime(time.localtime()), time.mktime(time.strptime(time.ctime())),
            time.mktime(time.strptime(time.asctime())), datetime.datetime.now().timestamp(),  # noqa: DTZ005
            datetime.datetime.now(datetime.UTC).timestamp(), datetime.datetime.today().timestamp(),  # noqa: DTZ002
            time.clock_gettime(time.CLOCK_REALTIME) if hasattr(time, "clock_gettime") else real + AHEAD,
        ]  # fmt: skip
        day, made = date.today(), datetime.datetime(2021, 1, 1)  # noqa: DTZ001, DTZ011
        assert time.strftime("%Y-%m-%d") == day.isoformat()
        assert type(made) is before[1]
    assert day - date.today() >= datetime.timedelta(days=400)  # noqa: DTZ011
    assert all(abs(r - real - AHEAD) < 60 for r in readings)
    assert (time.time, datetime.datetime, os.stat) == before


def test_two_watches_hear_each_what_is_theirs() -> None:
    here: set[str] = set()
    elsewhere: set[str] = set()
    with clocks(), watched(here), watched(elsewhere, inside="/nowhere"):
        next(iter(time.time, None))
    assert here == {"clock: time.time"}
    assert elsewhere == set()
