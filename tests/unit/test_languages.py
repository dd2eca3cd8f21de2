"""The watch over all tests: a sentence in the wrong language is found, what a file says is not ours."""

from contextlib import AbstractContextManager, nullcontext

import pytest

from ssj_core.problems import problem
from ssj_core.text import Text
from tests.languages import mixed, watched


@pytest.fixture(autouse=True)
def _one_language() -> None:
    """Here the watch is tried on what is wrong."""


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("No such file or directory", 1),
        ("磁盘满了", 1),
        (Text("磁盘满了", "no space left on the disk"), 0),
        (Text("no space left on the disk", "no space left on the disk"), 1),
        (Text("磁盘满了", "磁盘满了"), 1),
        (Text("原文：flux capacitor is empty", "flux capacitor is empty"), 0),
        (Text("键“no such key here”写了两次", "a key twice"), 0),
        (RuntimeError("坏"), 0),
        (IsADirectoryError(21, "Is a directory"), 0),
    ],
)
def test_a_reason_in_one_language_is_found(reason: object, found: int) -> None:
    complaint: AbstractContextManager[object] = pytest.raises(AssertionError) if found else nullcontext()
    with complaint, watched():
        told = problem("SSJ-F002", file="a", value="a", reason=reason)
    assert len(list(mixed(told))) == found
