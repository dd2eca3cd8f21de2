"""The one family of errors that leaves the core; anything else is a bug."""

from collections.abc import Iterable, Mapping
from typing import Any

from ssj_core.problems.model import Problem, ordered


class SsjError(Exception):
    """Base of all errors; carries the problems to be shown, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(ordered(problems))
        super().__init__("; ".join(f"{p.code} {p.file} {p.field} {p.message('en')}" for p in self.problems))


class InputError(SsjError):
    """A plan, ruleset, roster or record cannot be used as it is (exit code 3)."""


class PluginError(SsjError):
    """A plugin is missing, broken or claims what is not its own (exit code 4)."""


class EntropyError(SsjError):
    """The plan's entropy is not there or not good enough (exit code 5)."""


class RefusedError(SsjError):
    """The inputs are sound but the answer is no: for instance officers too few (exit code 1).

    `certificates` prove it where counting alone can (SPEC §8.9).
    """

    def __init__(self, problems: Iterable[Problem], certificates: Iterable[Mapping[str, Any]] = ()) -> None:
        """Carry the problems, and what proves them."""
        super().__init__(problems)
        self.certificates = tuple(certificates)
