"""What is written for the office is there whole or not at all, and never in place of something else."""

import errno
import os
from pathlib import Path

import pytest

from ssj_core.outputs import free_path, write_file, write_folder
from ssj_core.problems import InputError


def refused(error: pytest.ExceptionInfo[InputError]) -> str:
    (told,) = error.value.problems
    assert all((told.message("zh"), told.message("en"), told.remedy("zh")))
    return told.code


def test_a_file_is_written_with_its_folders_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "名单" / "甲.xlsx"
    write_file(path, b"1")
    with pytest.raises(InputError) as error:
        write_file(path, b"2")
    assert (refused(error), path.read_bytes()) == ("SSJ-O001", b"1")
    write_file(path, b"3", replace=True)
    assert [p.name for p in path.parent.iterdir()] == ["甲.xlsx"]
    assert path.read_bytes() == b"3"


def test_a_folder_comes_whole_and_once(tmp_path: Path) -> None:
    folder = tmp_path / "名单" / "第一批"
    write_folder(folder, {"抽中.xlsx": b"1", "机读/drawn.csv": b"2"})
    assert (folder / "机读" / "drawn.csv").read_bytes() == b"2"
    with pytest.raises(InputError) as error:
        write_folder(folder, {})
    assert refused(error) == "SSJ-O001"


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert free_path(tmp_path / "none", "甲", ".xlsx").name == "甲.xlsx"
    (tmp_path / "甲.XLSX").touch()
    assert free_path(tmp_path, "甲", ".xlsx").name == "甲（2）.xlsx"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "SSJ-O003"),
        (errno.EACCES, "SSJ-O002"),
        (errno.EIO, "SSJ-O004"),
    ],
)
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_full_disk_or_an_open_file_leaves_nothing_behind(
    number: int, code: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"old")
    new = {"a": b"1", "b": b"2"}
    with pytest.raises(InputError) as error:
        write_file(old, b"new", replace=True) if what == "file" else write_folder(tmp_path / "new", new)
    assert refused(error) == code
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("old.xlsx", b"old")]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(InputError) as error:
        write_file(tmp_path / "a" / "b.xlsx", b"")
    assert refused(error) == "SSJ-O004"
    with pytest.raises(InputError) as error:
        write_file(tmp_path / ("长" * 300), b"")
    assert refused(error) == "SSJ-O004"
