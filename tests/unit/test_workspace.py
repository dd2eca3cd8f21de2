"""The working folder: a torn line is repaired, folders come whole or not at all, nothing is guessed."""

import os
from pathlib import Path

import pytest

from ssj_core import ledger as ledgers
from ssj_core.entropy.model import Evidence
from ssj_core.problems import InputError
from ssj_core.tables import DRAWN, RESERVE, DrawnRow, encode_table
from ssj_core.workspace import Workspace, evidence_data, evidence_from, read_folder

TIME = "2021-03-01T09:00:00+08:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def codes(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [p.code for p in caught.value.problems]


def drawn(*ids: str, outcome: str = DRAWN) -> bytes:
    rows = [DrawnRow(stratum="x", rank=n, outcome=outcome, id=i, name=i, ticket="0" * 64) for n, i in enumerate(ids, 1)]
    return encode_table(DrawnRow, rows)


def commit(workspace: Workspace, name: str) -> ledgers.Event:
    """A sealing, of a policy of its own."""
    return workspace.append("commit", name, TIME, {"policy": name, "year": 2021})


def finish(workspace: Workspace, name: str, files: dict[str, bytes], year: int = 2021) -> None:
    """A whole draw in the folder and the ledger."""
    workspace.write_sealed(name, {"plan.toml": b"p"})
    commit(workspace, name)
    workspace.append("entropy", name, TIME, {})
    workspace.finish_draw(name, files)
    workspace.append("draw", name, TIME, {"year": year})


def test_a_folder_without_a_ledger_has_an_empty_one(workspace: Workspace) -> None:
    assert workspace.ledger() == ledgers.Ledger()


def test_events_are_chained_from_the_first(workspace: Workspace) -> None:
    first = commit(workspace, "a-1")
    second = commit(workspace, "b-1")
    assert first.previous == "0" * 64
    ledger = workspace.ledger()
    assert ledger.events == (first, second)
    assert [e.number for e in ledger.events] == [1, 2]


@pytest.mark.parametrize("cut", [1, 2, 20, 10_000])
def test_a_torn_last_line_is_cut_off_by_the_next_append(workspace: Workspace, cut: int) -> None:
    first = commit(workspace, "a-1")
    torn = commit(workspace, "长的名字-1").encode() + b"\n"
    path = workspace.folder / ledgers.FILE
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - min(cut, len(torn) - 1)])
    assert workspace.ledger().events == (first,)
    assert workspace.ledger().torn
    second = commit(workspace, "c-1")
    assert workspace.ledger().events == (first, second)
    assert path.read_bytes() == first.encode() + b"\n" + second.encode() + b"\n"


def test_a_ledger_that_is_nothing_but_a_torn_line_begins_again(workspace: Workspace) -> None:
    (workspace.folder / ledgers.FILE).write_bytes(b'{"data"')
    event = commit(workspace, "a-1")
    assert event.number == 1
    assert (workspace.folder / ledgers.FILE).read_bytes() == event.encode() + b"\n"


def test_nothing_is_appended_to_a_ledger_that_does_not_hold(workspace: Workspace) -> None:
    path = workspace.folder / ledgers.FILE
    path.write_bytes(b"{}\n")
    with pytest.raises(InputError) as caught:
        commit(workspace, "a-1")
    assert codes(caught) == ["SSJ-L031"]
    assert path.read_bytes() == b"{}\n"


def test_sealed_files_replace_what_was_never_committed(workspace: Workspace) -> None:
    workspace.write_sealed("a", {"x": b"1", "y": b"2"})
    workspace.write_sealed("a", {"x": b"3"})
    assert workspace.read_sealed("a") == {"x": b"3"}
    assert [p.name for p in workspace.sealed.iterdir()] == ["a"]


def test_a_finished_draw_holds_the_sealed_files_and_the_outcome_and_leaves_no_sealed_folder(
    workspace: Workspace,
) -> None:
    workspace.write_sealed("a", {"plan.toml": b"p"})
    workspace.finish_draw("a", {"record.toml": b"r"})
    assert workspace.read_draw("a") == {"plan.toml": b"p", "record.toml": b"r"}
    assert not workspace.sealed.exists()


def test_another_sealed_draw_keeps_its_place(workspace: Workspace) -> None:
    workspace.write_sealed("a", {"x": b"1"})
    workspace.write_sealed("b", {"x": b"2"})
    workspace.finish_draw("a", {})
    assert workspace.read_sealed("b") == {"x": b"2"}


@pytest.mark.parametrize(("step", "after"), [("fsync", False), ("rename", False)])
def test_a_folder_that_could_not_be_written_whole_is_not_there(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(InputError) as caught:
            workspace.write_sealed("a", {"x": b"1"})
    assert codes(caught) == ["SSJ-L014"]
    assert list(workspace.folder.glob("sealed/**/*")) == [], "nothing half-written"
    assert (workspace.sealed / "a").exists() is after
    with workspace.locked():
        workspace.write_sealed("a", {"x": b"2"})
    assert workspace.read_sealed("a") == {"x": b"2"}


@pytest.mark.parametrize(("method", "code"), [("read_sealed", "SSJ-L002"), ("read_draw", "SSJ-L003")])
def test_a_folder_that_is_gone_is_named(workspace: Workspace, method: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        getattr(workspace, method)("t-1")
    assert codes(caught) == [code]
    assert caught.value.problems[0].value == "t-1"


def test_who_was_drawn_before_is_counted_over_the_draws_of_the_year(workspace: Workspace) -> None:
    finish(workspace, "a-1", {"drawn.csv": drawn("test:1", "test:2")})
    finish(workspace, "b-1", {"drawn.csv": drawn("test:2", "test:3")})
    finish(workspace, "c-1", {"drawn.csv": drawn("test:4", outcome=RESERVE)})
    finish(workspace, "d-1", {"drawn.csv": drawn("test:5")}, year=2020)
    assert workspace.drawn_before(workspace.ledger(), 2021) == {"test:1": 1, "test:2": 2, "test:3": 1}


@pytest.mark.parametrize("files", [{}, {"drawn.csv": b""}, {"drawn.csv": drawn("test:1") + b"\n"}])
def test_a_draw_nobody_can_read_stops_the_counting(workspace: Workspace, files: dict[str, bytes]) -> None:
    finish(workspace, "a-1", files)
    with pytest.raises(InputError) as caught:
        workspace.drawn_before(workspace.ledger(), 2021)
    assert codes(caught) == ["SSJ-L004"]


def test_two_cannot_hold_the_lock(workspace: Workspace) -> None:
    with workspace.locked(), pytest.raises(InputError) as caught, Workspace(workspace.folder).locked():
        pass
    assert codes(caught) == ["SSJ-L010"]
    with workspace.locked():
        pass


def test_a_folder_that_is_none_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as caught, Workspace(tmp_path / "file").locked():
        pass
    assert codes(caught) == ["SSJ-L011"]


def test_evidence_comes_back_from_the_ledger_as_it_was(workspace: Workspace) -> None:
    evidence = (
        Evidence(source="os", raw="0", canonical="0"),
        Evidence(source="text", raw=" １ ", canonical="1", who=("甲", "乙"), where="地", when="时", details={"k": "v"}),
    )
    commit(workspace, "a-1")
    workspace.append("entropy", "a-1", TIME, {"evidence": evidence_data(evidence)})
    event = workspace.ledger().find("entropy", "a-1")
    assert event is not None
    assert evidence_from(event.data["evidence"]) == evidence


def test_only_plain_files_of_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "a").write_bytes(b"1")
    assert read_folder(tmp_path) == {"a": b"1"}
