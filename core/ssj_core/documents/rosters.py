"""The roster files a draw was made from, as far as they still lie beside its plan; papers alone read them again."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from ssj_core.infiles import read_file
from ssj_core.plan import Plan
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load, namespace
from ssj_core.problems import InputError, SsjError
from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.model import RosterReader
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import PLAN_FILE
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.text import Text
from ssj_core.workspace import DRAWS

_AWAY: Final = Text("不在工作文件夹里打印", "this is not printed in the working folder")
Role = Literal["subjects", "officers"]


@frozen(kw_only=True)
class KeptRoster:
    """A roster as the office keeps it; `same`: its bytes are those that the draw was made from."""

    spec: RosterSpec
    readers: Sequence[RosterReader]
    data: bytes
    same: bool


@frozen(kw_only=True)
class NoRoster:
    """Why there is none: its file and the reason."""

    file: str
    reason: Text


def kept_roster(folder: Path, files: Mapping[str, bytes], rules: EffectiveRules, role: Role) -> KeptRoster | NoRoster:
    """The roster that the sealed plan of the draw in `folder` names; nothing is raised for one that is not there."""
    pin = next((pin for pin in rules.rosters if pin.role == role), None)
    plan = _plan(files)
    if plan is not None:
        spec = plan.rosters.named[role]
    elif pin is not None:  # a plan this version cannot read: of the roster, how it was read is known
        spec = RosterSpec(file=pin.file, sheet=pin.sheet, encoding=pin.encoding)
    else:
        return NoRoster(file=role, reason=_AWAY)
    here = folder.resolve().parent
    if here.name != DRAWS:
        return NoRoster(file=spec.file, reason=_AWAY)
    try:
        data = read_file(here.parent / spec.file, spec.file)
        readers = _readers(spec, here.parent, plan)
    except SsjError as error:
        first = error.problems[0]
        return NoRoster(file=spec.file, reason=Text(first.message("zh"), first.message("en")))
    same = pin is not None and sha256(data).hexdigest() == pin.sha256
    return KeptRoster(spec=spec, readers=readers, data=data, same=same)


def _plan(files: Mapping[str, bytes]) -> Plan | None:
    try:
        text = decode_toml(files[PLAN_FILE], PLAN_FILE)
        return structure(parse_toml(text, PLAN_FILE), Plan, PLAN_FILE, text)
    except (KeyError, InputError):
        return None


def _readers(spec: RosterSpec, folder: Path, plan: Plan | None) -> Sequence[RosterReader]:
    """The readers that ship, and that of another department where the plan asks for one."""
    shipped = tuple(ssj_roster_readers())
    if plan is None or not spec.reader or spec.reader in {reader.id for reader in shipped}:
        return shipped
    available = discover(folder / one for one in plan.rule_folders)
    return (*shipped, *load([namespace(spec.reader)], available).roster_readers.values())
