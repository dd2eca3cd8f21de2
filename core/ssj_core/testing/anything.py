"""Check that callbacks cope with anything a roster may hold: units made by Hypothesis, the same ones every time."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import evolve

from ssj_core.model import UnitKind
from ssj_core.pool import ask
from ssj_core.problems import PluginError, Problem, problem
from ssj_core.rules.model import ColumnUse, Context
from ssj_core.testing import reads
from ssj_core.testing.examined import Examined
from ssj_core.testing.questions import Callback
from ssj_core.testing.reads import Read, noticed, watched_unit, without_declared, written
from ssj_core.testing.told import others
from ssj_core.text import Text

_EXAMPLES: Final = 100


def cope(plugin: Examined) -> Iterator[Problem]:
    """Every callback answers as its kind asks, and the same when asked again, for any unit and batch."""
    if not plugin.callbacks or plugin.fatal:
        return
    try:
        import hypothesis  # noqa: F401 - the extra `testing`; tables need none of it
    except ModuleNotFoundError:
        yield problem("SSJ-G113", value=plugin.id)
        return
    for takes in sorted({c.takes for c in plugin.callbacks}):
        asked = [c for c in plugin.callbacks if c.takes == takes]
        read: dict[str, set[Read]] = {c.id: set() for c in asked}
        every = list(asked)
        while asked:  # the one that failed is told, then the others are asked without it
            failure = _try(takes, asked, read)
            if failure is None:
                break
            yield problem(failure.code, value=failure.callback.id, what=failure.what, more=others(0))
            asked.remove(failure.callback)
        for callback in every:
            found = {written(one) for one in without_declared(callback, read[callback.id])}
            if more := sorted(found.difference(plugin.undeclared.get(callback.id, ()))):
                yield reads.told(callback.id, more)


class _FailureError(Exception):
    """A callback that failed, and how."""

    def __init__(self, callback: Callback, code: str, what: str | Text) -> None:
        self.callback, self.code, self.what = callback, code, what
        super().__init__(callback.id)


@contextmanager
def _no_traces() -> Iterator[None]:
    """What Hypothesis notes down between runs is nothing for the folder of a bureau: these runs need none of it.

    Where tests of an author run (his pytest has begun), it is his, and stays as he has it.
    """
    from hypothesis.configuration import set_hypothesis_home_dir

    if "_hypothesis_pytestplugin" in sys.modules:
        yield
        return
    with TemporaryDirectory(prefix="ssj-") as folder:
        set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


def _try(takes: tuple[UnitKind, ...], asked: list[Callback], read: dict[str, set[Read]]) -> _FailureError | None:
    """The first that failed, if any; what each read of its units is put down in `read`."""
    import hypothesis
    from hypothesis import strategies as st

    from ssj_core.testing import strategies

    makers = {
        "subject": strategies.subjects(_columns("subject", asked)),
        "officer": strategies.officers(_columns("officer", asked)),
    }
    quiet = hypothesis.settings(
        max_examples=_EXAMPLES, derandomize=True, database=None, deadline=None, print_blob=False,
        suppress_health_check=list(hypothesis.HealthCheck), verbosity=hypothesis.Verbosity.quiet,
        report_multiple_bugs=False, phases=[hypothesis.Phase.generate],  # to make a unit small may take minutes
    )  # fmt: skip
    units = st.tuples(*(makers[kind] for kind in takes))

    failures: list[_FailureError] = []

    def trial(context: Context, units: tuple[Any, ...]) -> None:
        for callback in asked:  # with its own defaults: a rule may refuse other values
            try:
                _ask(callback, units, evolve(context, params=dict(callback.params)), read[callback.id])
            except _FailureError as failure:
                failures.append(failure)
                raise

    try:
        with _no_traces():
            quiet(hypothesis.given(strategies.contexts(), units)(trial))()
    except _FailureError as failure:
        return failure
    except hypothesis.errors.Flaky:  # it failed, and asked the same again it did not: it remembers
        first = failures[0]
        return _FailureError(first.callback, "SSJ-G105", first.what)
    return None


def _columns(unit: UnitKind, asked: Iterable[Callback]) -> Iterable[ColumnUse]:
    return {column.name: column for callback in asked for column in callback.columns.get(unit, ())}.values()


def _ask(callback: Callback, units: tuple[Any, ...], context: Context, read: set[Read]) -> None:
    try:
        with noticed(read):
            answer = ask(callback.id, callback.call, *map(watched_unit, units), context)
        again = ask(callback.id, callback.call, *units, context)
    except PluginError as error:
        code, said = "SSJ-G101" if error.__cause__ else "SSJ-G102", error.problems[0].params
        if error.__cause__ is not None and not isinstance(error.__cause__, Exception):
            code = "SSJ-G110"
        what = Text(said["what"] if code == "SSJ-G102" else said["what_en"], said["what_en"])
        raise _FailureError(callback, code, Text(*(f"{units!r:.200}: {one}" for one in (what.zh, what.en)))) from None
    if callback.must and answer is None:
        raise _FailureError(callback, "SSJ-G102", f"{units!r:.200}: None")
    if answer != again:
        raise _FailureError(callback, "SSJ-G105", f"{units!r:.200}: {answer!r:.40} / {again!r:.40}")
