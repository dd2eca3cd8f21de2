"""One check of the kit in a process of its own: `python -m ssj_core.testing.one_check REQUEST ANSWER`, JSON files."""

import json
import sys
from pathlib import Path

from ssj_core.apart.child import watched_here
from ssj_core.apart.plain import written
from ssj_core.plugin.loader import discover
from ssj_core.testing.checks import CHECKS, found_here
from ssj_core.testing.examined import Examined


def main(request: str, answer: str) -> None:
    """Read the request, write the answer."""
    asked = json.loads(Path(request).read_text(encoding="utf-8"))
    available = discover(map(Path, asked["folders"]))
    plugin = Examined(
        available[asked["plugin"]], available, known_fatal=asked["fatal"], known_undeclared=asked["undeclared"]
    )
    check = next(c for c in CHECKS if c.id == asked["check"])
    with watched_here():
        told = {"problems": [written(p) for p in found_here(check, plugin)]}
    Path(answer).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
