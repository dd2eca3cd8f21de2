"""Libraries that not everybody needs: without one, a sentence with what to type."""

from collections.abc import Iterator
from contextlib import contextmanager

from ssj_core.problems import InputError, problem


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Turn a missing library into the problem SSJ-D001, which names the extra."""
    try:
        yield
    except ImportError as error:
        raise InputError([problem("SSJ-D001", value=extra, module=error.name or "?")]) from None
