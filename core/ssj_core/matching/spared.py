"""No search for garbage while a matching is drawn or checked: it makes many objects, keeps them all, and no cycles.

Else the interpreter goes through all of them again and again as they become more, a third of the whole time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def spared() -> Iterator[None]:
    """Leave the collector of cycles off for the time of this block, or of the function this decorates."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
