"""Carrying out a batch: every state a killed run can leave is gone on from, none is gone back on."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve

from ssj_core.drawing import Drawn, draw_id, finish_batch, seal_batch, sealed_batch, state
from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.model import EntropySource, Evidence
from ssj_core.office import Office
from ssj_core.opening import OpenRosters
from ssj_core.plan import Batch
from ssj_core.problems import EntropyError, InputError, problem
from ssj_core.rules.effective import RosterPin
from ssj_core.sealed import Sealed
from ssj_core.verify import verify_folder
from ssj_core.workspace import Workspace, read_folder
from tests.strategies import OS, small_case

NAME = "p-b-1"
SOFTWARE = {"ssj-core": "0.1"}


def clock() -> str:
    return "2021-03-01T09:00:00+08:00"


@pytest.fixture
def office() -> Office:
    made = small_case().office
    source: EntropySource = BUILT_IN["os"]
    return evolve(made, registry=evolve(made.registry, entropy_sources={source.id: source}))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


SUBJECTS, OFFICERS = small_case().subjects, small_case().officers
PINS = (
    RosterPin(role="subjects", file="s.csv", sha256="a" * 64, encoding="utf-8", sheet="", rows=len(SUBJECTS)),
    RosterPin(role="officers", file="o.csv", sha256="b" * 64, encoding="utf-8", sheet="", rows=len(OFFICERS)),
)
ROSTERS = OpenRosters(subjects=SUBJECTS, officers=OFFICERS, pins=PINS, problems=())


def batch(office: Office) -> Batch:
    return office.plan.batch[0]


def given(_: Sealed) -> Sequence[Evidence]:
    return [OS]


def never(_: Sealed) -> Sequence[Evidence]:
    raise AssertionError("the entropy is in the ledger already")


def nothing(_: Sealed) -> Sequence[Evidence]:
    raise EntropyError([problem("SSJ-E002", value="os")])


def seal(office: Office, workspace: Workspace, rosters: OpenRosters = ROSTERS) -> Sealed:
    return seal_batch(office, workspace, batch(office), rosters, clock)


def finish(workspace: Workspace, sealed: Sealed) -> Drawn:
    return finish_batch(workspace, sealed, given, clock, SOFTWARE)


def holds(workspace: Workspace) -> bool:
    ledger = (workspace.folder / "ledger.jsonl").read_bytes()
    draws = {p.name: read_folder(p) for p in workspace.draws.iterdir()}
    return all(r.arithmetic == "holds" for r in verify_folder(draws, ledger))


def test_a_draw_goes_from_new_to_sealed_to_drawn(office: Office, workspace: Workspace) -> None:
    assert draw_id(office, batch(office), workspace.ledger()) == NAME
    assert state(workspace, NAME) == "new"
    sealed = seal(office, workspace)
    assert state(workspace, NAME) == "sealed"
    drawn = finish(workspace, sealed)
    assert state(workspace, NAME) == "drawn"
    assert drawn.head == workspace.ledger().head
    assert drawn.evidence == (OS,)
    assert holds(workspace)


def test_the_commitment_is_in_the_ledger_before_anybody_is_asked_for_entropy(
    office: Office, workspace: Workspace
) -> None:
    sealed = seal(office, workspace)

    def asked(what: Sealed) -> Sequence[Evidence]:
        event = workspace.ledger().find("commit", NAME)
        assert event is not None
        assert event.data["commitment"] == what.commitment.value == sealed.commitment.value
        assert workspace.ledger().find("entropy", NAME) is None
        return [OS]

    finish_batch(workspace, sealed, asked, clock, SOFTWARE)


def test_the_entropy_is_in_the_ledger_before_the_draw_is_written(
    office: Office, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = Workspace.finish_draw, []

    def watched(self: Workspace, draw: str, files: dict[str, bytes]) -> None:
        seen.append(self.ledger().find("entropy", draw))
        real(self, draw, files)

    monkeypatch.setattr(Workspace, "finish_draw", watched)
    finish(workspace, seal(office, workspace))
    assert seen[0] is not None


def test_what_was_sealed_is_read_back(office: Office, workspace: Workspace) -> None:
    sealed = seal(office, workspace)
    assert sealed_batch(workspace, NAME) == sealed


def test_sealing_again_gives_what_was_sealed_whatever_the_rosters_are_now(office: Office, workspace: Workspace) -> None:
    sealed = seal(office, workspace)
    fewer = evolve(ROSTERS, subjects=ROSTERS.subjects[2:])
    assert seal(office, workspace, fewer) == sealed
    assert len(workspace.ledger().events) == 1


def test_without_entropy_it_stays_sealed_and_can_be_finished_later(office: Office, workspace: Workspace) -> None:
    sealed = seal(office, workspace)
    with pytest.raises(EntropyError):
        finish_batch(workspace, sealed, nothing, clock, SOFTWARE)
    assert state(workspace, NAME) == "sealed"
    assert not workspace.draws.exists()
    finish(workspace, sealed_batch(workspace, NAME))
    assert holds(workspace)


def test_entropy_in_the_ledger_is_never_asked_for_again(
    office: Office, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run was killed when it knew the seed: whatever came out, the next run can only finish that."""
    sealed = seal(office, workspace)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "finish_draw", killed)
        with pytest.raises(KeyboardInterrupt):
            finish(workspace, sealed)
    drawn = finish_batch(workspace, sealed_batch(workspace, NAME), never, clock, SOFTWARE)
    assert drawn.evidence == (OS,)
    assert holds(workspace)


def test_a_folder_written_by_a_killed_run_is_taken_over_record_and_all(office: Office, workspace: Workspace) -> None:
    finish(workspace, seal(office, workspace))
    ledger = workspace.folder / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:2]))
    record = (workspace.draws / NAME / "record.toml").read_bytes()
    finish_batch(workspace, sealed_batch(workspace, NAME), never, lambda: "2021-03-02T00:00:00+08:00", {"other": "9"})
    assert (workspace.draws / NAME / "record.toml").read_bytes() == record
    assert holds(workspace)


@pytest.mark.parametrize("change", ["drawn.csv", "record.toml", "teams.csv"])
def test_a_folder_that_is_not_this_draw_is_not_taken_over(office: Office, workspace: Workspace, change: str) -> None:
    finish(workspace, seal(office, workspace))
    ledger = workspace.folder / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:2]))
    path = workspace.draws / NAME / change
    path.unlink() if change == "record.toml" else path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(InputError) as caught:
        finish_batch(workspace, sealed_batch(workspace, NAME), never, clock, SOFTWARE)
    assert [p.code for p in caught.value.problems] == ["SSJ-L006"]
    assert state(workspace, NAME) == "sealed"


def test_a_folder_with_the_name_of_a_new_draw_is_seen_before_anything_is_sealed(
    office: Office, workspace: Workspace
) -> None:
    (workspace.draws / NAME).mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        seal(office, workspace)
    assert [p.code for p in caught.value.problems] == ["SSJ-L006"]
    assert not workspace.sealed.exists()
    assert state(workspace, NAME) == "new"


@pytest.mark.parametrize("file", ["subjects.csv", "officers.csv", "plan.toml", "rules.toml", "recusals.csv"])
@pytest.mark.parametrize("gone", [False, True])
def test_sealed_files_that_were_touched_are_not_drawn_from(
    office: Office, workspace: Workspace, file: str, gone: bool
) -> None:
    seal(office, workspace)
    path = workspace.sealed / NAME / file
    path.unlink() if gone else path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputError) as caught:
        sealed_batch(workspace, NAME)
    assert [p.code for p in caught.value.problems] == ["SSJ-L005"]


def test_what_was_never_sealed_cannot_be_finished(workspace: Workspace) -> None:
    with pytest.raises(InputError) as caught:
        sealed_batch(workspace, NAME)
    assert [p.code for p in caught.value.problems] == ["SSJ-L002"]


def test_a_finished_draw_is_not_finished_twice(office: Office, workspace: Workspace) -> None:
    sealed = seal(office, workspace)
    finish(workspace, sealed)
    before = workspace.ledger()
    with pytest.raises(InputError) as caught:
        finish(workspace, sealed)
    assert [p.code for p in caught.value.problems] == ["SSJ-L007"]
    assert workspace.ledger() == before


def test_if_the_ledger_grew_while_sealing_the_commitment_follows_the_new_head(
    office: Office, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process sealed another draw meanwhile: `previous_head` must be the head before our own line."""
    real = Workspace.locked

    def late(self: Workspace) -> object:
        monkeypatch.setattr(Workspace, "locked", real)
        self.append("commit", "another-1", clock(), {"policy": "another", "year": 2026})
        return real(self)

    monkeypatch.setattr(Workspace, "locked", late)
    sealed = seal(office, workspace)
    events = workspace.ledger().events
    assert [e.draw for e in events] == ["another-1", NAME]
    assert sealed.previous_head == events[1].previous
    finish(workspace, sealed)
    assert holds(workspace)


@pytest.mark.parametrize("twice", ["subjects", "officers"])
def test_an_id_given_twice_is_refused_before_anything_is_written(
    office: Office, workspace: Workspace, twice: str
) -> None:
    """Whoever calls with rosters of his own: the one left out by a rule counts as well."""
    rows = getattr(ROSTERS, twice)
    for other in (rows[-1], evolve(rows[-1], name="同号另户", **({"status": "注销"} if twice == "subjects" else {}))):
        with pytest.raises(InputError) as caught:
            seal(office, workspace, evolve(ROSTERS, **{twice: (*rows, other)}))
        assert {p.code for p in caught.value.problems} == {"SSJ-R015"}
        assert list(workspace.folder.iterdir()) == []
