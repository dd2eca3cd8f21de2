"""`explain`, `proof` and `verify --proof` on the sample of a county."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ssj_core.record import FILE, decode_record
from ssj_core.tables import (
    DRAWN,
    OFFICER,
    SUBJECT,
    DrawnRow,
    ExcludedRow,
    OfficerRow,
    SubjectRow,
    TeamRow,
    decode_table,
)
from tests.cli.bureau import Bureau

DRAW = "fuping-zjj-2021-batch-1-1"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its first batch drawn."""
    folder = tmp_path_factory.mktemp("county") / "demo"
    player = Bureau(folder)
    player.play("new", str(folder))
    player.run("--batch", "batch-1", "--batch", "key-1")
    return folder


@pytest.fixture
def bureau(sample: Path, tmp_path: Path) -> Bureau:  # the one of the other tests is not needed here
    """A copy, to be spoilt."""
    return Bureau(Path(shutil.copytree(sample, tmp_path / "demo")))


def rows(folder: Path, kind: type, name: str) -> tuple:  # type: ignore[type-arg]
    return decode_table(kind, (folder / "draws" / DRAW / name).read_bytes())


def drawn(folder: Path, outcome: str) -> DrawnRow:
    found: DrawnRow = next(r for r in rows(folder, DrawnRow, "drawn.csv") if r.outcome == outcome)
    return found


def undrawn(folder: Path) -> SubjectRow:
    listed = {r.id for r in rows(folder, DrawnRow, "drawn.csv")}
    found: SubjectRow = next(s for s in rows(folder, SubjectRow, "subjects.csv") if s.id not in listed)
    return found


def excluded(folder: Path, unit: str) -> ExcludedRow:
    found: ExcludedRow = next(e for e in rows(folder, ExcludedRow, "excluded.csv") if e.unit == unit)
    return found


def test_a_drawn_subject_and_its_line_for_the_shell(bureau: Bureau) -> None:
    row = drawn(bureau.folder, DRAWN)
    said = bureau.play(
        "explain", str(bureau.folder), DRAW, row.id,
        out=["^【", re.escape(row.name), row.stratum, f"\n抽中\n.*{row.ticket}", "检查组：主办", "承诺 [0-9a-f]{64}",
             "名录根", "标准差", "不是证明"],
    ).stdout  # fmt: skip
    (line,) = re.findall(r"printf '%s%s' .* \| sha256sum", said)
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == f"{row.ticket}  -\n"


def test_reserve_undrawn_and_excluded_subjects(bureau: Bureau) -> None:
    draw = str(bureau.folder / "draws" / DRAW)
    bureau.play("explain", draw, drawn(bureau.folder, "递补").id, out=["没有抽中，是递补第 1 位", "大于界线"])
    bureau.play("explain", draw, undrawn(bureau.folder).id, out=["\n没有抽中\n", "大于界线"], silent=["是递补"])
    out = excluded(bureau.folder, SUBJECT)
    bureau.play("explain", draw, out.id, out=[re.escape(out.rule), out.reason, "没有签号"])
    bureau.play("--lang", "en", "explain", draw, out.id, out=["took no part", re.escape(out.rule)])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_officers(bureau: Bureau, lang: str) -> None:
    draw, out = str(bureau.folder / "draws" / DRAW), excluded(bureau.folder, OFFICER)
    sent = rows(bureau.folder, TeamRow, "teams.csv")[0]
    idle = rows(bureau.folder, OfficerRow, "officers.csv")[0]
    told = {"zh": ("公平的次数是", "排除"), "en": ("the fair range is", "excluded")}[lang]
    bureau.play("--lang", lang, "explain", draw, sent.officer, out=[told[0], sent.subject, sent.name.replace("*", ".")])
    bureau.play("--lang", lang, "explain", draw, idle.name, out=[told[0], idle.id])
    bureau.play("--lang", lang, "explain", draw, out.id.partition(":")[2], out=[told[1], out.reason])


def test_a_bare_code_is_enough_and_nothing_is_written(bureau: Bureau) -> None:
    before = bureau.snapshot()
    row = drawn(bureau.folder, DRAWN)
    bureau.play("--lang", "en", "explain", str(bureau.folder), DRAW, row.id.partition(":")[2], out=["it was drawn"])
    assert bureau.snapshot() == before


def test_unknown_ids_and_draws_are_told_the_nearest(bureau: Bureau) -> None:
    one = drawn(bureau.folder, DRAWN)
    bureau.play("explain", str(bureau.folder), DRAW, one.id[:-1] + "?", code=3, err=["SSJ-X003", one.id])
    bureau.play("explain", str(bureau.folder), DRAW, "示例甲", code=3, err=["SSJ-X004", "officer:"])
    bureau.play("explain", str(bureau.folder), one.id, code=3, err=["SSJ-X001", DRAW])
    bureau.play(
        "explain", str(bureau.folder), "fuping-batch-1-1", one.id, code=3, err=["SSJ-X002", "是不是.*batch-1-1"]
    )
    bureau.play("explain", str(bureau.folder), "../draws", one.id, code=3, err=["SSJ-X002"])
    bureau.play("explain", str(bureau.folder / "nowhere"), one.id, code=3, err=["SSJ-L013"])
    (bureau.folder / "empty").mkdir()
    bureau.play("explain", str(bureau.folder / "empty"), one.id, code=3, err=["SSJ-L013"])
    bureau.play("explain", str(bureau.folder), code=2)
    bureau.play("explain", "a", "b", "c", "d", code=2)


def test_a_draw_that_does_not_hold_is_said_first(bureau: Bureau) -> None:
    draw, row = bureau.folder / "draws" / DRAW, drawn(bureau.folder, DRAWN)
    table = draw / "drawn.csv"
    table.write_bytes(table.read_bytes().replace(row.ticket.encode(), b"f" * 64))
    bureau.play("explain", str(draw), row.id, code=1, out=["^× 先说明：.*不成立", row.ticket, "仅供参考"])
    bureau.play("--lang", "en", "explain", str(draw), row.id, code=1, out=["^× First of all: this draw does not hold"])
    bureau.play("proof", str(draw), row.id, "-o", str(bureau.folder / "p.json"), code=1, err=["SSJ-X008"])
    (draw / "subjects.csv").write_bytes(b"rubbish")
    bureau.play("explain", str(draw), row.id, code=1, out=["^× 先说明"], silent=["printf"])
    (draw / FILE).write_bytes(b"rubbish")
    bureau.play("explain", str(draw), row.id, code=1, out=["^× 先说明"], silent=["printf"])


@pytest.mark.parametrize("name", ["record.toml", "plan.toml", "subjects.csv", "drawn.csv", "teams.csv"])
def test_a_missing_file_means_could_not_tell(bureau: Bureau, name: str) -> None:
    draw, row = bureau.folder / "draws" / DRAW, drawn(bureau.folder, DRAWN)
    (draw / name).unlink()
    bureau.play("explain", str(draw), row.id, code=3, out=["^〇 先说明：缺少材料", name, "不等于作弊"], silent=["×"])
    bureau.play("proof", str(draw), row.id, "-o", str(bureau.folder / "p.json"), code=3, err=["SSJ-X008"])
    assert not (bureau.folder / "p.json").exists()


def test_a_record_whose_numbers_were_changed_is_still_explained(bureau: Bureau) -> None:
    """From what the sealed files give, after saying that the record does not hold."""
    draw, row = bureau.folder / "draws" / DRAW, drawn(bureau.folder, DRAWN)
    record = draw / FILE
    record.write_bytes(record.read_bytes().replace("未抽过".encode(), "改动过".encode()))
    bureau.play("explain", str(draw), row.id, code=1, out=["^× 先说明", row.ticket])


def test_a_void_draw_is_said_to_be_void(bureau: Bureau) -> None:
    bureau.play("void", str(bureau.folder), DRAW, "--reason", "名录漏列两户")
    row = drawn(bureau.folder, DRAWN)
    bureau.play("explain", str(bureau.folder), DRAW, row.id, out=["^× 这次抽取已作废，理由：名录漏列两户"])
    bureau.play("--lang", "en", "explain", str(bureau.folder / "draws" / DRAW), row.id, out=["this draw is void"])


# --- proofs


@pytest.fixture
def proved(bureau: Bureau) -> Bureau:
    """With the proof of an undrawn subject in `p.json`."""
    target = str(bureau.folder / "p.json")
    bureau.play(
        "proof", str(bureau.folder), DRAW, undrawn(bureau.folder).id, "-o", target, out=["已写入", "--commitment"]
    )
    return bureau


def commitment(folder: Path) -> str:
    return decode_record((folder / "draws" / DRAW / FILE).read_bytes()).commitment.value


def test_a_proof_is_checked_without_the_roster(proved: Bureau, tmp_path: Path) -> None:
    who, value = undrawn(proved.folder).id, commitment(proved.folder)
    alone = shutil.move(proved.folder / "p.json", tmp_path / "p.json")
    shutil.rmtree(proved.folder)
    assert Path(alone).stat().st_size < 1024
    proved.play(
        "verify", "--proof", str(alone), "--commitment", value, out=[f"{who} 在名录里", "√ 3 承诺"], silent=["×"]
    )
    proved.play(
        "--lang", "en", "verify", "--proof", str(alone), "--commitment", f" {value.upper()} ", out=["is in the"]
    )
    proved.play("verify", "--proof", str(alone), out=["请把承诺与抽取前公布的对照"])
    proved.play("verify", "--proof", str(alone), "--commitment", "0" * 64, code=1, out=["× 3 承诺", "未能证明"])
    proved.play("verify", "--proof", str(alone), "--root", "0" * 64, code=1, out=["× 名录根"])


def test_a_changed_proof_is_a_no_and_rubbish_is_refused(proved: Bureau) -> None:
    path = proved.folder / "p.json"
    data = path.read_bytes()
    plain = json.loads(data)
    path.write_bytes(data.replace(f'"index":{plain["index"]}'.encode(), f'"index":{plain["index"] + 1}'.encode()))
    proved.play("verify", "--proof", str(path), code=1, out=["×"])
    for rubbish in (b"", data[:-2], b"{}", b"\xff" * 9, b"[" * 100_000):
        path.write_bytes(rubbish)
        proved.play("verify", "--proof", str(path), code=3, err=["SSJ-X006"])
    proved.play("verify", "--proof", str(proved.folder / "none.json"), code=3, err=["SSJ-F001"])
    proved.play("verify", "--proof", str(proved.folder), code=3, err=["SSJ-F002"])


def test_a_wrong_command_line(proved: Bureau) -> None:
    path, value = str(proved.folder / "p.json"), "0" * 64
    proved.play("verify", str(proved.folder), "--proof", path, code=2)
    proved.play("verify", str(proved.folder), "--commitment", value, code=2)
    proved.play("verify", "--proof", path, "--commitment", "abc", code=2, err=["64"])
    proved.play("proof", str(proved.folder), DRAW, "x", code=2)


def test_only_subjects_of_the_pool_get_a_proof(bureau: Bureau) -> None:
    draw, target = str(bureau.folder / "draws" / DRAW), str(bureau.folder / "q.json")
    for who in (excluded(bureau.folder, SUBJECT).id, excluded(bureau.folder, OFFICER).id, "officer:130624SL101"):
        bureau.play("proof", draw, who, "-o", target, code=1, err=["SSJ-X005"], absent=["q.json"])
    bureau.play("proof", draw, "谁也不是", "-o", target, code=3, err=["SSJ-X003"], absent=["q.json"])


def test_a_proof_overwrites_nothing(proved: Bureau) -> None:
    who, before = undrawn(proved.folder).id, proved.snapshot()
    target = proved.folder / "p.json"
    proved.play("proof", str(proved.folder), DRAW, who, "-o", str(target), code=3, err=["SSJ-X007"])
    proved.play("proof", str(proved.folder), DRAW, who, "-o", str(target / "x"), code=3, err=["SSJ-O004"])
    assert proved.snapshot() == before
    again = proved.folder / "again.json"
    proved.play("proof", str(proved.folder), DRAW, who, "-o", str(again), "--full")
    assert again.read_bytes() == target.read_bytes()
