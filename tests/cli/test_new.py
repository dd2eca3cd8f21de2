"""`ssj-core new`: the sample in a new folder, and never anything overwritten."""

from pathlib import Path

import pytest

from tests.cli.bureau import Bureau, snapshot

SAMPLE = {"officers.csv", "plan.toml", "subjects.csv"}


@pytest.mark.parametrize("name", ["new", "深/的/文件夹", "with space", "."])
def test_a_new_folder_holds_the_sample(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    folder = tmp_path / "empty" if name == "." else tmp_path / name
    bureau = Bureau(folder)
    bureau.play("new", str(folder), out=["已建好", "下一步：ssj-core run .*plan.toml"], there=sorted(SAMPLE))
    assert set(snapshot(folder)) == SAMPLE
    bureau.check()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    bureau = Bureau(tmp_path)
    bureau.play("new", str(tmp_path), code=3, err=["SSJ-L012"])
    bureau.play("--lang", "en", "new", str(tmp_path / "notes.txt"), code=3, err=["SSJ-L012", "not empty"])
    bureau.play("new", str(tmp_path / "notes.txt" / "below"), code=3, err=["SSJ-O004"])
    bureau.play("new", code=2)
    assert snapshot(tmp_path) == {"notes.txt": b"mine"}


def test_new_twice_is_refused_and_touches_nothing(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "year")
    bureau.play("new", str(bureau.folder))
    (bureau.folder / "plan.toml").write_text("edited", encoding="utf-8")
    before = snapshot(bureau.folder)
    bureau.play("new", str(bureau.folder), code=3, err=["SSJ-L012"])
    assert snapshot(bureau.folder) == before
