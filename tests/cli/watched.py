"""A department whose plugin does, in the place and the way that the environment says, what ends or stops a program."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.plugins.fakes import Site, manifest, ratio
from tests.plugins.kit import HEAD

from .bureau import Bureau, evidence_text

RULESET: Final = Path(__file__).parents[2] / "rulesets/ssj_rulesets/fuping_zjj_2021/ruleset.toml"
BATCH: Final = "batch-1"
DRAW: Final = f"t-2021-{BATCH}-1"

CODE: Final = (
    HEAD
    + """
import ctypes, signal, sys, threading
from ssj_core.documents.model import Renderer
from ssj_core.entropy.model import Assessment, EntropySource, Evidence
from ssj_core.readers.delimited import READER

def leave_later():
    'End the program once its main thread does something else.'
    while True:
        frame, files = sys._current_frames()[threading.main_thread().ident], set()
        while frame is not None:
            files.add(os.path.basename(frame.f_code.co_filename))
            frame = frame.f_back
        if "watching.py" not in files:
            os._exit(0)

def act(where):
    if os.environ.get("VICE_AT") == where:
        exec(os.environ["VICE"])

def said(where, answer):
    def callback(*units):
        act(where)
        return answer
    return callback

def read(data, options):
    act("reader")
    return READER.read(data, options)

def collect(request):
    act("collect")
    return Evidence(source="county.e", raw="31415926535897932384", canonical="31415926535897932384")

act("import")

@hookimpl
def ssj_eligibility_rules():
    act("hook")
    return [EligibilityRule(id="county.x", title="t", applies_to="subject", check=said("rule", None), basis=BASIS)]

@hookimpl
def ssj_recusal_rules():
    return [RecusalRule(id="county.c", title="t", check=said("recusal", None), basis=BASIS)]

@hookimpl
def ssj_stratifiers():
    return [Stratifier(id="county.s", title="t", key=said("stratifier", "甲"), says="t", basis=BASIS)]

@hookimpl
def ssj_roster_readers():
    return [RosterReader(id="county.t", title="t", suffixes=(".own",), read=read)]

@hookimpl
def ssj_entropy_sources():
    worth = Assessment(level="E0", status="claimed", bits=66)
    return [EntropySource(id="county.e", title="t", needs=(), appoint=said("appoint", {}), collect=collect,
                          assess=said("assess", worth))]

@hookimpl
def ssj_renderers():
    return [Renderer(id="county.p", title="t", suffix=".html", render=said("renderer", b"<p>"))]
"""
)


def department(site: Site, folder: Path) -> Bureau:
    """A bureau that uses every kind of code a plugin may have; where nothing is done it draws as any other."""
    text = RULESET.read_text(encoding="utf-8").replace('id = "fuping_zjj_2021"', 'id = "county"', 1)
    uses = '[[eligibility]]\nrule = "county.x"\n\n[[recusal]]\nrule = "county.c"\n\n[[batch]]'
    text = text.replace("[[batch]]", uses, 1).replace('"fuping_zjj_2021.batch_3"', '"county.r"')
    tables = {
        "ssj-plugin.toml": manifest("county", rulesets='["r.toml"]', ratios='["q.toml"]'),
        "r.toml": text,
        "q.toml": ratio("county.r").replace("ratio_rules.all", "county.s"),
    }
    site.add("county", tables, code=CODE, distribution="county-pack", version="4.5")
    bureau = Bureau(folder / "bureau").furnish(officers=24, entropy=("county.e", "text"))
    bureau.write(evidence=evidence_text(BATCH))
    plan = (bureau.folder / "plan.toml").read_text(encoding="utf-8")
    plan = plan.replace('ruleset = "fuping_zjj_2021"', 'ruleset = "county"')
    bureau.write(plan=plan.replace('file = "subjects.csv"', 'file = "subjects.csv"\nreader = "county.t"'))
    return bureau


def start(
    site: Site, *words: str, vice: Mapping[str, str] | None = None, lang: str = "en", code: str = ""
) -> "subprocess.Popen[str]":
    """The command itself, in a process of its own, with the department's plugin installed; Ctrl-C interrupts it.

    Tests that run in the background were told to ignore Ctrl-C, and what they start would be, too.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    env = {**os.environ, "PYTHONPATH": str(site.folder), "SSJ_LANG": lang, "PYTHONUTF8": "1", **(vice or {})}
    return subprocess.Popen(
        [sys.executable, *(("-c", code) if code else ("-m", "ssj_cli")), *words], env=env, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def timeless(data: bytes) -> str:
    """A record without the times of day at which things were done, and without the digest that closes it over them."""
    data = data.partition(b"[closing]")[0]
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+\d:.]*", "T", data.decode("utf-8", "replace"))


__all__ = ["BATCH", "DRAW", "department", "start", "timeless"]
