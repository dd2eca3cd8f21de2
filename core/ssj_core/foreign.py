"""Calls of code that others wrote: what it does wrong, leaving the process included, is an error that names it."""

from collections.abc import Callable
from typing import Any, Final

from ssj_core.causes import named_cause
from ssj_core.problems import PluginError, SsjError, problem
from ssj_core.watching import run

_OURS: Final = frozenset({"readers", "entropy", "documents"})
"""What ships with the core: an exception there is a mistake of ours, and told as one."""


def call(value_id: str, function: Callable[..., Any], *given: object) -> Any:
    """What the function that a plugin registered with `value_id` answers; a problem it raises is passed on.

    Raises:
        PluginError: it raised anything else, such as `SystemExit`, which nobody may take for an exit code of ours.
    """
    try:
        return run(value_id, function, *given, whole=True)
    except (SsjError, KeyboardInterrupt):  # a sentence for the user; somebody at the keyboard
        raise
    except BaseException as error:
        if isinstance(error, Exception) and value_id.partition(".")[0] in _OURS:
            raise
        raise failed(value_id, named_cause(error)) from error


def failed(value_id: str, what: object) -> PluginError:
    """The error that says which registered value of which plugin went wrong."""
    return PluginError([problem("SSJ-G013", value=value_id, plugin=value_id.partition(".")[0], what=what)])
