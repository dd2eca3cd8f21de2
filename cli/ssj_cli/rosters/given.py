"""The files named on a command line, read and checked as the plan says, or by their headers alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click
from attrs import evolve, frozen

from ssj_cli import clock
from ssj_cli.kinds import PlanFile
from ssj_cli.say import Voice
from ssj_core.desk.batches import tell_batches
from ssj_core.desk.checked import Checked, Looked, check, with_problems
from ssj_core.desk.guess import Kind
from ssj_core.infiles import read_file
from ssj_core.office import Office
from ssj_core.opening import against_sectors, below, open_office, unprintable
from ssj_core.problems import InputError, Problem
from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.model import RosterReader
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    RosterSpec,
    SubjectRoster,
    resolve_inspections,
    resolve_recusals,
)
from ssj_core.roster.inspections import checked_in_the_future, in_the_future
from ssj_core.roster.sectorless import sectorless, tell_sectorless
from ssj_core.rules.model import ColumnUse
from ssj_core.wanted_columns import wanted_columns

F = TypeVar("F", bound=Callable[..., object])

KINDS: tuple[Kind, ...] = ("subjects", "officers", "inspections")


@frozen(kw_only=True)
class How:
    """How files are to be read; empty means "find out"."""

    office: Office | None = None
    folder: Path = Path()
    kind: Kind | None = None
    sheet: str = ""
    encoding: str = ""

    @property
    def mapped(self) -> Mapping[Kind, RosterSpec]:
        """The rosters of the plan, and its list of earlier inspections."""
        given = self.office.plan.rosters.named if self.office else {}
        return {kind: given[kind] for kind in KINDS if kind in given}

    @property
    def readers(self) -> Sequence[RosterReader]:
        """The readers: with a plan also those of other departments."""
        return tuple(self.office.registry.roster_readers.values()) if self.office else tuple(ssj_roster_readers())

    @property
    def wanted(self) -> Mapping[Kind, Sequence[ColumnUse]]:
        """The columns that the rules of the plan ask for."""
        if self.office is None:
            return {}
        return {
            "subjects": wanted_columns(self.office, "subject"), "officers": wanted_columns(self.office, "officer"),
        }  # fmt: skip

    def read(self, path: Path, voice: Voice) -> Checked | Looked:
        """Check one file; raises `InputError` if it is not there or cannot be opened.

        Whoever waits is told by `voice` how far it is.
        """
        kind, spec = self._told(path)
        spec = evolve(spec, file=str(path), sheet=self.sheet or spec.sheet, encoding=self.encoding or spec.encoding)
        data = read_file(path, str(path))
        voice.reading(path.name, len(data))
        found = check(data, spec, self.readers, self.kind or kind, self.mapped, self.wanted, voice.tick)
        return evolve(found, problems=self.fitted(found.problems))

    def fitted(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems; where the plan has their tables already, lines for it say where they go."""
        return tuple(below(found, self.office) if self.office else found)

    def _told(self, path: Path) -> tuple[Kind | None, RosterSpec]:
        """What the plan says of this very file."""
        for kind, spec in self.mapped.items():
            if (self.folder / spec.file).resolve() == path.resolve():
                return kind, spec
        return None, RosterSpec(file=str(path))


def how_flags(command: F) -> F:
    """Add the options that say how files are read."""
    for option in (
        click.option(
            "--encoding",
            default="",
            metavar="NAME",
            help="文本文件的编码（默认：自己认）\nencoding of a text file (default: found out)",
        ),
        click.option(
            "--sheet",
            default="",
            metavar="NAME",
            help="工作表名（默认：自己认）\nname of the sheet (default: found out)",
        ),
        click.option(
            "--as",
            "kind",
            type=click.Choice(KINDS),
            help="检查对象（subjects）、执法检查人员（officers）、往次检查（inspections）\n"
            "which list it is (default: the headers tell)",
        ),
        click.option(
            "--plan",
            type=PlanFile(),
            help="按这个计划里写的列名对应和工作表来读\nread as this plan says: its headers, sheets and columns",
        ),
    ):
        command = option(command)
    return command


def how(plan: Path | None, kind: Kind | None, sheet: str, encoding: str) -> How:
    """Return what the options say; raises `InputError` or `PluginError` if the plan cannot be used."""
    office = open_office(plan)[0] if plan else None
    return How(office=office, folder=plan.parent if plan else Path(), kind=kind, sheet=sheet, encoding=encoding)


def one(how: How, path: Path, voice: Voice) -> Checked:
    """Check one file; raises `InputError` if it cannot be read at all."""
    found = how.read(path, voice)
    if isinstance(found, Checked):
        return found
    raise InputError(found.problems)


def together(found: Sequence[Checked], how: How, voice: Voice) -> list[Checked]:
    """Check sound files against each other and against the plan, as a draw will; `how` is how they were read.

    What the plan names and was not given is read for that, too; of it nothing is told.
    """
    known = [*found, *_beside(found, how, voice)]
    voice.busy("正在互相核对，并按计划核对……", "checking them against each other and the plan ...")
    subjects = [c.roster for c in known if isinstance(c.roster, SubjectRoster)]
    officers = [c.roster for c in known if isinstance(c.roster, OfficerRoster)]
    lists = [c.roster for c in known if isinstance(c.roster, InspectionList)]
    today = clock.today().date()
    more: list[Problem] = [one for roster in subjects for one in checked_in_the_future(roster, today)]
    if len(subjects) == len(officers) == 1 and all(c.sound for c in known):
        more += resolve_recusals(subjects[0], officers[0])[2]
        for listed in lists:
            inspections, problems = resolve_inspections(listed, subjects[0], officers[0])
            more += [*problems, *in_the_future(inspections, listed.file, today)]
    sound = [c.roster for c in found if c.sound]
    if how.office is not None:
        more += [*against_sectors(how.office, *sound), *tell_batches(how.office, sound)]
    else:
        more += [one for r in subjects if sectorless(r) for one in tell_sectorless(r, "SSJ-R059")]
    more += unprintable(*sound)
    more = [*how.fitted(more)]
    return [with_problems(c, more) for c in found]


def _beside(found: Sequence[Checked], how: How, voice: Voice) -> list[Checked]:
    """The other lists of the plan, as far as they can be read and are sound."""
    given = {c.kind for c in found}
    paths = [how.folder / spec.file for kind, spec in how.mapped.items() if kind not in given]
    read = [how.read(path, voice) for path in paths if path.is_file()]
    return [one for one in read if isinstance(one, Checked) and one.sound]
