"""Three fresh processes that must say the same: another hash seed, order, zone, language, folder and time."""

from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ssj_core.apart.child import DiedError, ask_child
from ssj_core.apart.waiting import Patience
from ssj_core.text import Text

PATIENCE: Final = Patience(row=10, whole=60, all=600)
"""Seconds after which a callback, whatever is done at once with a whole file, and a process count as hanging."""

AHEAD: Final = 400 * 86400.0 + 7 * 3600 + 13 * 60 + 17
"""Seconds by which the clocks of the third process are ahead: another year, month, day, hour, minute and weekday."""


@frozen(kw_only=True)
class Said:
    """What the processes said. `died` tells how one of them ended that said nothing, `asked` what it asked last."""

    plain: dict[str, Any]
    backwards: dict[str, Any]
    elsewhere: dict[str, Any]
    died: Text | None = None
    asked: str = ""


def ask(plugin: str, folders: list[Path]) -> Said:
    """Ask a plugin everything in three processes."""
    here = {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    far = {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C"}
    said: list[dict[str, Any]] = []
    each = ((here, False, True, 0.0), (here, True, False, 0.0), (far, False, False, AHEAD))
    for environment, backwards, watch, ahead in each:
        asked = {
            "plugin": plugin, "folders": [str(f.resolve()) for f in folders], "backwards": backwards, "watch": watch,
            "ahead": ahead,
        }  # fmt: skip
        try:
            said.append(ask_child("ssj_core.testing.worker", asked, patience=PATIENCE, environment=environment))
        except DiedError as died:
            return Said(plain={}, backwards={}, elsewhere={}, died=died.how, asked=died.asked)
    return Said(plain=said[0], backwards=said[1], elsewhere=said[2])
