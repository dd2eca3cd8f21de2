"""Where randomness comes from: the sources that ship with the core, as a plugin like any other."""

from typing import Final

from ssj_core.entropy import chain, dice, drand, lottery, nist, operating_system, reveal, text
from ssj_core.entropy.model import EntropySource, Level
from ssj_core.plugin.markers import hookimpl

BUILT_IN: Final = {
    "os": operating_system.SOURCE,
    "text": text.SOURCE,
    **dice.SOURCES,
    **lottery.SOURCES,
    "reveal": reveal.SOURCE,
    "drand": drand.SOURCE,
    "nist": nist.SOURCE,
    chain.NAME: chain.SOURCE,
}
"""The sources of SPEC §6 by the name that stands before the colon of their value: `verify` knows these by itself."""


BEST: Final[dict[str, Level]] = {
    "os": "E0",
    "text": "E2",
    **dict.fromkeys(dice.SOURCES, "E2"),
    "reveal": "E3",
    **dict.fromkeys(lottery.SOURCES, "E4"),
    "fc3d": "E0",  # three digits are too few, whoever draws them
    "drand": "E4",
    "nist": "E4",
    chain.NAME: "E0",
}
"""The highest level each source can reach, so that a plan cannot require what its sources never give."""


@hookimpl
def ssj_entropy_sources() -> tuple[EntropySource, ...]:
    """Register them."""
    return tuple(BUILT_IN.values())
