"""Contacts for the papers of a draw, from the roster beside the office's plan; they are written nowhere else."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import evolve

from ssj_core.documents.model import Dossier
from ssj_core.infiles import read_file
from ssj_core.plan import Plan
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load, namespace
from ssj_core.problems import InputError, Problem, SsjError, problem
from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.model import RosterReader
from ssj_core.roster.contacts import Contact, read_contacts
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import PLAN_FILE
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.text import Text
from ssj_core.workspace import DRAWS

_AWAY = Text("不在工作文件夹里打印", "this is not printed in the working folder")
_UNREAD = Text("读不出名录", "no roster can be read in it")


def with_contacts(dossier: Dossier, folder: Path, files: Mapping[str, bytes]) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier with the contacts of its visits, and one notice where they are not what was drawn from.

    The roster is the one that the sealed plan names, in the working folder of the draw's `folder`. If its bytes are
    not those the draw was made from, subjects are matched by their codes, and that is told. Nothing is raised: papers
    without contacts are filled in by hand.
    """
    pin = next((pin for pin in dossier.rules.rosters if pin.role == "subjects"), None)
    spec = _spec(files, dossier.rules)
    if spec is None:
        return dossier, ()
    here = folder.resolve().parent
    if here.name != DRAWS:
        return dossier, (problem("SSJ-D025", value=spec.file, reason=_AWAY),)
    try:
        data = read_file(here.parent / spec.file, spec.file)
        found = read_contacts(data, spec, _readers(spec, here.parent, files))
    except SsjError as error:
        first = error.problems[0]
        return dossier, (problem("SSJ-D025", value=spec.file, reason=Text(first.message("zh"), first.message("en"))),)
    if found is None:
        return dossier, (problem("SSJ-D025", value=spec.file, reason=_UNREAD),)
    visits = tuple(evolve(v, contact=found.get(v.subject.id, Contact())) for v in dossier.visits)
    without = sum(not v.contact for v in visits)
    made = evolve(dossier, visits=visits)
    if pin is None or sha256(data).hexdigest() != pin.sha256:
        return made, (problem("SSJ-D026", value=spec.file, without=without),)
    if without:
        return made, (problem("SSJ-D027", value=spec.file, without=without),)
    return made, ()


def _spec(files: Mapping[str, bytes], rules: EffectiveRules) -> RosterSpec | None:
    """How the plan that was sealed reads the roster; of a plan this version cannot read, the file alone."""
    try:
        text = decode_toml(files[PLAN_FILE], PLAN_FILE)
        return structure(parse_toml(text, PLAN_FILE), Plan, PLAN_FILE, text).rosters.subjects
    except (KeyError, InputError):
        pins = (pin for pin in rules.rosters if pin.role == "subjects")
        return next((RosterSpec(file=p.file, sheet=p.sheet, encoding=p.encoding) for p in pins), None)


def _readers(spec: RosterSpec, folder: Path, files: Mapping[str, bytes]) -> Sequence[RosterReader]:
    """The readers that ship, and that of another department where the plan asks for one."""
    shipped = tuple(ssj_roster_readers())
    if not spec.reader or spec.reader in {reader.id for reader in shipped}:
        return shipped
    text = decode_toml(files[PLAN_FILE], PLAN_FILE)
    plan = structure(parse_toml(text, PLAN_FILE), Plan, PLAN_FILE, text)
    available = discover(folder / one for one in plan.rule_folders)
    return (*shipped, *load([namespace(spec.reader)], available).roster_readers.values())
