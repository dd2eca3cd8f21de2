"""Make a new folder with files in it: whole or not at all, never over something else."""

from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from ssj_core.outputs import unwritten
from ssj_core.problems import InputError, problem


def make_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (by path inside) into a folder that is not there yet, or empty.

    Raises:
        InputError: something is there already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([problem("SSJ-L012", value=str(folder))])
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=".ssj-aside-", dir=folder.resolve().parent))
        try:
            for name, data in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).write_bytes(data)
            aside.chmod(0o755)
            if folder.exists():  # it may be the one somebody stands in: it stays, and its content is moved in
                for entry in sorted(aside.iterdir()):
                    entry.rename(folder / entry.name)
            else:
                aside.rename(folder)
        finally:
            rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise unwritten(folder, error) from None
