"""Where the lists and papers of a draw are written: each batch in a folder of its own, that an office recognises."""

from pathlib import Path
from typing import Final

from ssj_core.documents.model import Dossier
from ssj_core.filenames import safe_name
from ssj_core.workspace import DRAWS

LISTS: Final = "名单"
PAPERS: Final = "文书（内部）"
_LONGEST: Final = 90


def lists_folder(folder: Path) -> Path:
    """For a draw in `folder`: beside `draws`, or beside the draw itself where it was handed on alone."""
    where = folder.resolve().parent
    return (where.parent if where.name == DRAWS else where) / LISTS


def batch_name(dossier: Dossier) -> str:
    """The name of the batch's folder; another draw, and another state of one, has another however long the title."""
    after = f" 第{dossier.after}次替换后" if dossier.after else ""
    return safe_name(dossier.rules.title, _LONGEST, tail=f"（{dossier.rules.draw_id}）{after}")


def papers_folder(folder: Path, dossier: Dossier) -> Path:
    """Beside the lists of the batch, but not among what is published."""
    return lists_folder(folder) / batch_name(dossier) / PAPERS
