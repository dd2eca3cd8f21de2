"""Folders of TOML as plugins: only tables, no code, no link out of it, no id of others."""

import os
from pathlib import Path

import pytest

import ssj_core
from ssj_core.plugin.loader import discover, load
from ssj_core.problems import InputError, PluginError

from .fakes import Site, manifest, ratio
from .loading import drop_in, only, refused


def test_a_folder_of_toml_is_a_plugin(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "规则", "county", r=ratio("county.r", "7%"))
    registry = load(["county"], discover([folder]))
    assert list(registry.ratio_rules) == ["county.r"]
    assert registry.plugins["county"].distribution == "规则", "the record, which is published, names no path"
    assert registry.plugins["county"].version == ""
    assert len(registry.plugins["county"].digest) == 64


def test_code_in_a_folder_never_runs(tmp_path: Path) -> None:
    """Data can be dropped in; code must be installed, and whoever drops it in is told."""
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "__init__.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    (folder / "ratios").mkdir()
    (folder / "ratios" / "Rule.PY").write_text("raise SystemExit('ran')", encoding="utf-8")
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G016", "__init__.py"), ("SSJ-G016", "ratios/Rule.PY")]


def test_a_folder_for_a_newer_core_is_called_by_its_id(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "ssj-plugin.toml").write_text(manifest("county", requires_core='">=9"'), encoding="utf-8")
    assert only(refused("county", folders=[folder]), "SSJ-G010").value == "county"


def test_a_folder_holds_tables_and_notes_alone(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    for name in ("说明.md", "读我.TXT", ".hidden"):
        (folder / name).write_text("", encoding="utf-8")
    assert list(load(["county"], discover([folder])).ratio_rules) == ["county.r"]
    code = ["a.exe", "b.bat", "c.sh", "d.js", "e.vbs", "f.ps1", "g.pth", "h.jar", "i.xlsm", "j.cmd", "k.COM"]
    others = ["l.xlsx", "m.pdf", "n.csv", "o", "program"]
    for name in (*code, *others):
        (folder / name).write_text("", encoding="utf-8")
    told = {(p.code, p.value) for p in refused("county", folders=[folder])}
    assert told == {("SSJ-G016", name) for name in code} | {("SSJ-G027", name) for name in others}


def test_a_folder_with_a_link_out_of_it_is_refused(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (tmp_path / "secret.toml").write_text(ratio("county.s"), encoding="utf-8")
    (folder / "s.toml").symlink_to(tmp_path / "secret.toml")
    (folder / "all").symlink_to(tmp_path)
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G017", "all"), ("SSJ-G017", "s.toml")]
    assert found[1].params["target"] == str((tmp_path / "secret.toml").resolve())


def test_a_manifest_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text("not TOML", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ssj-plugin.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert only(refused("county", folders=[tmp_path / "rules"]), "SSJ-G017").value == "ssj-plugin.toml"


def test_a_link_inside_the_folder_is_a_file_like_others(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "also.txt").symlink_to(folder / "r.toml")
    assert list(load(["county"], discover([folder])).ratio_rules) == ["county.r"]


@pytest.mark.parametrize("target", [".", "sub", "../rules", "nowhere", "loop"])
def test_links_that_go_in_a_circle_or_nowhere_are_refused(tmp_path: Path, target: str) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    (folder / "sub").mkdir()
    (folder / "loop").symlink_to(target)
    (folder / "sub" / "up").symlink_to("..")
    found = refused("county", folders=[folder])
    assert [(p.code, p.value) for p in found] == [("SSJ-G019", "loop"), ("SSJ-G019", "sub/up")]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    with (folder / "r.toml").open("r+b") as file:
        file.truncate(100_000_000)  # a hole: takes no room on the disk
    found = only(refused("county", folders=[folder]), "SSJ-G018")
    assert (found.value, found.params["size"]) == ("r.toml", "100000000")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("county.r"))
    os.mkfifo(folder / "pipe.toml")
    assert only(refused("county", folders=[folder]), "SSJ-G020").value == "pipe.toml"


def test_everything_wrong_with_folders_is_told_at_once(tmp_path: Path) -> None:
    one, other = (drop_in(tmp_path / name, "county", r=ratio("county.r")) for name in "ab")
    (one / "x.py").write_text("", encoding="utf-8")
    (other / "ssj-plugin.toml").unlink()
    assert [p.code for p in refused("county", folders=[one, other])] == ["SSJ-G022", "SSJ-G016"]


@pytest.mark.parametrize("plugin", ["county", "ratio_rules"], ids=["foreign", "shipped"])
def test_a_folder_cannot_take_an_installed_id(site: Site, tmp_path: Path, plugin: str) -> None:
    site.add("county", distribution="county-pack")
    folder = drop_in(tmp_path / "rules", plugin, r=ratio(f"{plugin}.r"))
    found = only(refused(plugin, folders=[folder]), "SSJ-G002")
    assert str(folder) in (found.params["one"], found.params["other"])
    assert {"county-pack 1.0", f"ssj-core {ssj_core.__version__}"} & {found.params["one"], found.params["other"]}


def test_two_folders_with_one_id_are_both_named(tmp_path: Path) -> None:
    one, other = (drop_in(tmp_path / name, "county", r=ratio("county.r")) for name in "ab")
    found = only(refused("county", folders=[one, other]), "SSJ-G002")
    assert (found.params["one"], found.params["other"]) == (str(one), str(other))


def test_a_folder_without_a_manifest_or_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "absent"):
        with pytest.raises(PluginError) as caught:
            discover([tmp_path / name])
        assert only(caught.value.problems, "SSJ-G022").params["plugin"] == (tmp_path / name).as_posix()


def test_a_folder_with_a_broken_manifest(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ssj-plugin.toml").write_text("id = 县", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        discover([tmp_path / "rules"])
    assert caught.value.problems[0].file == (tmp_path / "rules" / "ssj-plugin.toml").as_posix()


def test_a_folder_is_held_to_its_namespace(tmp_path: Path) -> None:
    folder = drop_in(tmp_path / "rules", "county", r=ratio("ratio_rules.flat_3", "0%"))
    assert only(refused("county", folders=[folder]), "SSJ-G006").value == "ratio_rules.flat_3"
