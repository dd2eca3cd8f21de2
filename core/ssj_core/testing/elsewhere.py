"""A check of the kit asked of another process: whatever code of others does there, it ends nothing but that."""

from ssj_core.apart.child import DiedError, ask_child
from ssj_core.apart.plain import read
from ssj_core.problems import Problem, problem
from ssj_core.testing import processes
from ssj_core.testing.examined import Examined
from ssj_core.testing.told import others


def found_apart(check: str, plugin: Examined) -> tuple[Problem, ...]:
    """What a check finds, looked for in another process; one that dies or does not end is what was found."""
    asked = {
        "check": check, "plugin": plugin.id, "folders": [str(f.resolve()) for f in plugin.folders],
        "fatal": plugin.fatal, "undeclared": dict(plugin.undeclared) if plugin.callbacks else {},
    }  # fmt: skip
    try:
        told = ask_child("ssj_core.testing.one_check", asked, patience=processes.PATIENCE)
    except DiedError as died:
        return (problem("SSJ-G110", value=died.asked or plugin.id, what=died.how, more=others(0)),)
    return tuple(read(p) for p in told["problems"])
