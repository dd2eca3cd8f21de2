"""What the exit code of every command means."""

from enum import IntEnum


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
