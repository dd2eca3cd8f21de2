"""Three fresh processes that must say the same: another hash seed, another order, another zone, language and folder."""

from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ssj_core.apart.child import DiedError, ask_child
from ssj_core.text import Text

LONGEST: Final = 120
"""Seconds after which a process counts as hanging."""


@frozen(kw_only=True)
class Said:
    """What the processes said. `died` tells how one of them ended that said nothing."""

    plain: dict[str, Any]
    backwards: dict[str, Any]
    elsewhere: dict[str, Any]
    died: Text | None = None


def ask(plugin: str, folders: list[Path]) -> Said:
    """Ask a plugin everything in three processes."""
    here = {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    far = {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C"}
    said: list[dict[str, Any]] = []
    for environment, backwards, watch in ((here, False, True), (here, True, False), (far, False, False)):
        asked = {
            "plugin": plugin, "folders": [str(f.resolve()) for f in folders], "backwards": backwards, "watch": watch
        }  # fmt: skip
        try:
            said.append(ask_child("ssj_core.testing.worker", asked, longest=LONGEST, environment=environment))
        except DiedError as died:
            return Said(plain={}, backwards={}, elsewhere={}, died=died.how)
    return Said(plain=said[0], backwards=said[1], elsewhere=said[2])
