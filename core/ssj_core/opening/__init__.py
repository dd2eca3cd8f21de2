"""Open a working folder: read plan, plugins, ruleset and rosters from disk, and report everything wrong at once."""

from ssj_core.opening.below import below
from ssj_core.opening.office import open_office
from ssj_core.opening.plugins import selected_by
from ssj_core.opening.rosters import OpenRosters, open_rosters, pins_as_they_lie
from ssj_core.opening.sectors import against_sectors
from ssj_core.opening.unprintable import unprintable

__all__ = [
    "OpenRosters",
    "against_sectors",
    "below",
    "open_office",
    "open_rosters",
    "pins_as_they_lie",
    "selected_by",
    "unprintable",
]
