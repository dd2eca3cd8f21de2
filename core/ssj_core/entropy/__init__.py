"""Where randomness comes from: the sources that ship with the core, as a plugin like any other."""

from typing import Final

from ssj_core.entropy import dice, drand, lottery, nist, operating_system, reveal, text
from ssj_core.entropy.model import EntropySource
from ssj_core.plugin.markers import hookimpl

BUILT_IN: Final = {
    "os": operating_system.SOURCE,
    "text": text.SOURCE,
    **dice.SOURCES,
    **lottery.SOURCES,
    "reveal": reveal.SOURCE,
    "drand": drand.SOURCE,
    "nist": nist.SOURCE,
}
"""The sources of SPEC §6 by the name that stands before the colon of their value: `verify` knows these by itself."""


@hookimpl
def ssj_entropy_sources() -> tuple[EntropySource, ...]:
    """Register them."""
    return tuple(BUILT_IN.values())
