"""Which plugins a command is about: those installed, the folders of a plan, and a folder named on the command line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from ssj_cli.kinds import PlanFile
from ssj_cli.say import typed
from ssj_core.plan import Plan
from ssj_core.plugin.declarative import MANIFEST, read_manifest
from ssj_core.plugin.discovery import clashes
from ssj_core.plugin.loader import Source, discover
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import PluginError, SsjError, problem
from ssj_core.structuring import load_toml
from ssj_core.toml_files import read_toml

plan_option = click.option(
    "--plan", type=PlanFile(), help="连同这个计划的规则文件夹\nwith the folders of rules of this plan"
)
"""`--plan PLAN`: its folders of rules count, too."""

_PROJECT: Final = "pyproject.toml"
_PACKAGE: Final = "__init__.py"
_SOURCES: Final = "src"

target = click.argument("target", metavar="ID-or-FOLDER")
"""A plugin by its id, or a folder of TOML."""


def folders_of(plan: Path | None) -> list[Path]:
    """The folders of rules that a plan names; raises `InputError` when the plan cannot be read."""
    if plan is None:
        return []
    found = load_toml(read_toml(plan, plan.name), Plan, plan.name)
    return [plan.parent / folder for folder in found.rule_folders]


def chosen(wanted: str, plan: Path | None = None) -> tuple[Source, Mapping[str, Source]]:
    """The plugin meant by an id or a folder, and all there are beside it.

    A word that is no path is an id where such a plugin exists. The folder of a package is the plugin installed from it.

    Raises:
        PluginError: there is no such plugin, the folder is none, or a package that is not installed.
        InputError: its manifest has mistakes.
    """
    folders = folders_of(plan)
    available = discover(folders)
    path = Path(wanted)
    if wanted in available:
        return available[wanted], available
    if path.is_dir() or path.name != wanted:
        place = _inside(path)
        if installed := next((s for s in _all(available) if s.entry and _lies_in(s, place)), None):
            if installed in available[installed.id].rivals:
                raise PluginError(clashes(available[installed.id]))
            return installed, available
        if (project := _project(path, place)) is not None:
            raise PluginError([problem("SSJ-G026", value=path, project=typed(project), plugin=_id_of(place))])
        if all(place.resolve() != folder.resolve() for folder in folders):
            available = discover([*folders, place])
        return next(s for s in _all(available) if s.folder and s.folder.resolve() == place.resolve()), available
    parts: dict[str, Any] = nearest(wanted, available)
    raise PluginError([problem("SSJ-G008", value=wanted, known=listed(available), **parts)])


def _inside(path: Path) -> Path:
    """The folder with the manifest: the one named, or the only one directly in it or in its `src`."""
    below = [p.parent for pattern in (f"*/{MANIFEST}", f"{_SOURCES}/*/{MANIFEST}") for p in sorted(path.glob(pattern))]
    return below[0] if not (path / MANIFEST).exists() and len(below) == 1 else path


def _lies_in(source: Source, place: Path) -> bool:
    root = source.root()
    return root is not None and root.resolve() == place.resolve()


def _project(path: Path, place: Path) -> Path | None:
    """What to install where the folder is a package of Python, or the project of one; of a folder of rules None."""
    packaged = (place / _PACKAGE).is_file()
    above = [place.parent, place.parent.parent] if place.parent.name == _SOURCES else [place.parent]
    places: list[Path] = [path, place, *(above if packaged else ())]
    found = next((folder for folder in places if (folder / _PROJECT).is_file()), None)
    return found or (path if packaged else None)


def _id_of(place: Path) -> str:
    try:
        return read_manifest(place, place.name).id
    except SsjError:  # its mistakes are told when it is installed
        return "ID"


def _all(available: Mapping[str, Source]) -> list[Source]:
    return [one for source in available.values() for one in (source, *source.rivals)]
