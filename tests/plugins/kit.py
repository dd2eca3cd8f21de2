"""Helpers of the tests of the conformance kit: a plugin under examination, and what one check finds in it."""

import sys
from pathlib import Path

from ssj_core.plugin.loader import discover
from ssj_core.problems import Problem
from ssj_core.testing.checks import CHECKS, run_check
from ssj_core.testing.examined import Examined
from ssj_core.testing.processes import Said
from ssj_core.testing.worker import answers

from .fakes import PREFIX, Site

BY_ID = {check.id: check for check in CHECKS}
HEAD = """
import datetime, itertools, os, random, time
from datetime import date
from fractions import Fraction
from ssj_core.plugin.markers import hookimpl
from ssj_core.readers.model import RosterReader
from ssj_core.rules.model import *
BASIS = (LegalBasis(title="某办法", mark="V-src"),)
"""


def examined(plugin: str, *folders: Path) -> Examined:
    available = discover(folders)
    return Examined(available[plugin], available)


def found(plugin: Examined, check: str) -> list[tuple[str, str]]:
    """Codes and values of what one check found."""
    result = run_check(BY_ID[check], plugin)
    for p in result.problems:
        said(p)
    return [(p.code, p.value) for p in result.problems]


def said(p: Problem) -> str:
    """What is printed, in both languages; no template lacks a value."""
    return p.message("zh") + p.remedy("zh") + p.message("en") + p.remedy("en")


def values(site: Site, code: str) -> Examined:
    """The plugin `county` with some code."""
    site.add("county", code=HEAD + code)
    return examined("county")


def ask_here(plugin: str, folders: list[Path]) -> Said:
    """What `processes.ask` asks of three processes, asked in this one."""
    for name in [n for n in sys.modules if n.startswith(PREFIX)]:
        del sys.modules[name]
    plain = answers(plugin, folders, backwards=False, watch=True)
    return Said(plain=plain, backwards=answers(plugin, folders, backwards=True, watch=False), elsewhere=plain)
