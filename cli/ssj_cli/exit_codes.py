"""What the exit code of every command means."""

from enum import IntEnum

from ssj_core.problems import EntropyError, PluginError, RefusedError, SsjError


class ExitCode(IntEnum):
    """`NO` is an answer and is never mixed with "could not tell" (`INPUT`)."""

    OK = 0
    NO = 1
    USAGE = 2
    INPUT = 3
    PLUGIN = 4
    ENTROPY = 5
    BUG = 70
    INTERRUPTED = 130


def code_of(error: SsjError) -> ExitCode:
    """The exit code that an error of the core makes."""
    if isinstance(error, PluginError):
        return ExitCode.PLUGIN
    if isinstance(error, EntropyError):
        return ExitCode.ENTROPY
    return ExitCode.NO if isinstance(error, RefusedError) else ExitCode.INPUT
