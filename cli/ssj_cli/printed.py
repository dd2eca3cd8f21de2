"""A paper that was asked for: made by its renderer, named after its draw, laid beside the lists of its batch."""

from pathlib import Path
from typing import Final

from ssj_cli.say import Voice
from ssj_core.causes import named_cause
from ssj_core.documents.model import Dossier, Renderer
from ssj_core.filenames import safe_name
from ssj_core.outputs import free_path, same_already, write_file
from ssj_core.plugin.loader import namespace
from ssj_core.problems import PluginError, SsjError, problem
from ssj_core.watching import run

BUILT_IN: Final = "documents"


def rendered(renderer: Renderer, dossier: Dossier, own: bytes | None) -> bytes:
    """The bytes of a paper; what a foreign plugin does wrong is said to be its own."""
    plugin = namespace(renderer.id)
    if plugin == BUILT_IN:
        return renderer.render(dossier, own)
    try:
        made = run(renderer.id, renderer.render, dossier, own, whole=True)
    except (SsjError, KeyboardInterrupt):
        raise
    except BaseException as error:  # leaving the process included
        raise PluginError([problem("SSJ-D017", value=renderer.id, plugin=plugin, reason=named_cause(error))]) from None
    if not isinstance(made, bytes):
        raise PluginError([problem("SSJ-D017", value=renderer.id, plugin=plugin, reason=type(made).__name__)])
    return made


def file_name(
    renderer: Renderer, dossier: Dossier, only: tuple[str, ...], others: tuple[str, ...], changed: bool
) -> str:
    """一企一表_<draw>[+N][_001]: another state of the draw never has the name of a former one."""
    part = f"+{dossier.after}" if dossier.after else ""
    numbers = (
        "_" + "-".join(f"{v.number:03}" for v in dossier.visits[:3])
        if only
        else "_改动"
        if changed
        else "_部分"
        if others
        else ""
    )
    return safe_name(renderer.title, tail=f"_{dossier.rules.draw_id}{part}{numbers}")


def beside_the_lists(
    voice: Voice, folder: Path, name: str, suffix: str, made: bytes, *, force: bool
) -> tuple[Path, bool]:
    """Write a paper into the folder of its batch; one that differs is kept, and what is there already not repeated.

    Returns where it lies, and whether it had to be written. With `force` it replaces what was there.
    """
    path = folder / f"{name}{suffix}"
    if not force and (same := same_already(folder, name, suffix, made)):
        return same, False
    if path.exists() and not force:
        path = free_path(folder, name, suffix)
        voice.say("原来的和现在的不一样，原来的保留不动。", "An earlier one differs from this and is kept.")
    write_file(path, made, replace=force)
    return path, True
