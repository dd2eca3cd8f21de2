"""The rosters of a plan opened for a draw; where they have errors, how to get them back with the errors marked."""

from pathlib import Path

from ssj_cli.say import Voice, typed
from ssj_core.office import Office
from ssj_core.opening import OpenRosters, open_rosters
from ssj_core.problems import InputError, errors, problem

_OF_ROSTERS = ("SSJ-R", "SSJ-S")


def opened(voice: Voice, office: Office, plan: Path) -> OpenRosters:
    """Read the rosters of a plan and tell what is to be noticed.

    Raises:
        InputError: they cannot be used; what is wrong in them is told before it, with the command that marks it.
    """
    try:
        rosters = open_rosters(office, plan.parent, voice)
    except InputError as error:
        if not any(one.code.startswith(_OF_ROSTERS) for one in errors(error.problems)):
            raise
        voice.problems(error.problems)
        command = f"ssj-core rosters check --plan {typed(plan)}"
        raise InputError([problem("SSJ-N013", file=str(plan), value=command)]) from None
    voice.problems(rosters.problems)
    return rosters
