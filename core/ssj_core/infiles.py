"""Files somebody gives to the programme: their bytes, or a sentence why there are none."""

from errno import EISDIR
from pathlib import Path

from ssj_core.causes import NO_FILE
from ssj_core.problems import InputError, Problem, problem
from ssj_core.readers.table import LARGEST_MB


def read_file(path: Path, name: str) -> bytes:
    """Bytes of a file; raises `InputError` with a sentence when there is none or it cannot be read."""
    data = file_data(path.parent, path.name, name)
    if isinstance(data, Problem):
        raise InputError([data])
    return data


def file_data(folder: Path, file: str, name: str = "") -> bytes | Problem:
    """Bytes of a file, or what is wrong with it; messages call it `name`."""
    path = folder / file
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError(EISDIR, "")
        if not path.is_file():
            return problem("SSJ-F002", file=name or file, value=file, reason=NO_FILE)
        if size > LARGEST_MB << 20:  # before all of it is in memory
            return problem("SSJ-F025", file=name or file, value=file, size=size >> 20, limit=LARGEST_MB)
        return path.read_bytes()
    except FileNotFoundError:
        return problem("SSJ-F001", file=name or file, value=file)
    except (OSError, ValueError) as error:
        return problem("SSJ-F002", file=name or file, value=file, reason=error)
