"""The kit for pytest: an author opts in, names a plugin, and has one test for each check."""

import os
import re
import subprocess
import sys
from pathlib import Path

from .fakes import Site
from .kit import HEAD

CONFTEST = 'pytest_plugins = ["ssj_core.testing.pytest_plugin"]\n'
TEST = "\n\ndef test_contract(ssj_check):\n    ssj_check()\n"
VICE = """
def key(s, c):
    return '' if date.today() else '一'
@hookimpl
def ssj_stratifiers():
    return [Stratifier(id='county.x', title='t', key=key)]
"""


def test_an_author_runs_the_kit_in_pytest(site: Site, tmp_path: Path) -> None:
    """In a process of its own; with it, modules that name a plugin nobody installed, and none at all."""
    site.add("county", code=HEAD + VICE)
    folder = tmp_path / "t"
    folder.mkdir()
    modules = {"county": 'SSJ_PLUGIN = "county"\n', "nobody": 'SSJ_PLUGIN = "nobody"\n', "nothing": ""}
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    for name, head in modules.items():
        (folder / f"test_{name}.py").write_text(head + TEST, encoding="utf-8")
    path = os.pathsep.join(p for p in sys.path if p)
    env = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    wanted = "manifest or (county and not anything)"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-k",
        wanted,
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, cwd=folder, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    failed = {re.sub(r".*test_(\w+)\.py.*\[(\w+)\].*", r"\1 \2", line) for line in lines}
    expected = {f"county {check}" for check in ("bases", "covered", "answers", "outside")}
    assert failed == expected | {"nobody manifest", "nothing manifest"}, done.stdout
    assert "use context.start" in done.stdout
    assert "no plugin nobody is installed" in done.stdout
    assert 'needs SSJ_PLUGIN = "the id of the plugin"' in done.stdout
