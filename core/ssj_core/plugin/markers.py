"""The two pluggy markers; pluggy is imported in this folder only."""

from typing import Final

import pluggy

PROJECT: Final = "ssj_core"
GROUP: Final = "ssj_core.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
