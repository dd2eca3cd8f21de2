"""Rosters that an office has already, laid into a new working folder and named in its plan."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ssj_core.infiles import read_file
from ssj_core.office import taken_sectors
from ssj_core.opening import open_office
from ssj_core.problems import Problem, SsjError
from ssj_core.roster import read_subjects
from ssj_core.roster.sectorless import sectorless, tell_sectorless
from ssj_core.wanted_columns import wanted_columns

PLAN: Final = "plan.toml"
_INVENTED: Final = "名录里的企业和人员全部是编造的，只供试用；正式使用时换成本单位的两个名录。"


def with_rosters(files: Mapping[str, bytes], rosters: Mapping[str, Path | None]) -> dict[str, bytes]:
    """The files of a new folder with the office's `subjects` and `officers` in place of the invented ones.

    Raises:
        InputError: one of them cannot be read.
    """
    made = dict(files)
    for role, path in rosters.items():
        if path is None:
            continue
        data = read_file(path, str(path))
        made.pop(f"{role}.csv", None)
        name = path.name if path.name not in made else f"{role}_{path.name}"
        plan = made[PLAN].decode()
        told = json.dumps(name, ensure_ascii=False)  # as TOML writes it
        made[PLAN] = plan.replace(f'file = "{role}.csv"', f"file = {told}", 1).encode()
        made[name] = data
    if rosters and all(rosters.values()):
        made[PLAN] = made[PLAN].decode().replace(_INVENTED, "名录是本单位的。", 1).encode()
    return made


def without_sectors(folder: Path) -> tuple[Problem, ...]:
    """The warning that the subjects of a new folder have no sector, with the very line for its plan.

    Nothing where plan or roster cannot be read: `rosters check` is what tells why.
    """
    with suppress(SsjError):
        office, _ = open_office(folder / PLAN)
        spec, readers = office.plan.rosters.subjects, tuple(office.registry.roster_readers.values())
        data = read_file(folder / spec.file, spec.file)
        roster = read_subjects(data, spec, readers, wanted_columns(office, "subject"))
        if sectorless(roster):
            return tell_sectorless(roster, "SSJ-R059", taken_sectors(office))
    return ()
