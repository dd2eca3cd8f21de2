"""`ssj-core verify`: holds (0), does not hold (1), could not tell (3), never one for the other."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.bureau import Bureau

ONE, TWO = "t-2021-key-1-1", "t-2021-batch-1-1"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two draws, which nobody changes."""
    bureau = Bureau(tmp_path_factory.mktemp("once") / "bureau").furnish()
    bureau.run("--today", "2021-03-01")
    return bureau.folder


@pytest.fixture
def drawn(once: Path, tmp_path: Path) -> Iterator[Bureau]:
    """A copy of them; whatever becomes of it is verified when the scenario is over."""
    made = Bureau(shutil.copytree(once, tmp_path / "bureau"))
    yield made
    made.check()


def test_a_working_folder_is_verified_with_ledger_and_every_draw(drawn: Bureau) -> None:
    drawn.play(
        "verify", str(drawn.folder),
        out=["√ 台账", f"【{ONE}】", f"【{TWO}】", "√ 10 匹配依据", "结论 A（计算）：成立", "E0 级",
             "共核验 2 次抽取：成立", r"2021 年度抽查占比 \d+\.\d\d%", "台账头 [0-9a-f]{64}"],
        silent=["×", "〇"],
    )  # fmt: skip


def test_a_draw_by_itself_is_verified_wherever_it_lies(drawn: Bureau, tmp_path: Path) -> None:
    drawn.play("verify", str(drawn.folder / "draws" / ONE), out=["结论 A（计算）：成立"], silent=["×", "台账里有"])
    elsewhere = tmp_path / "下载 的 文件" / ONE
    shutil.copytree(drawn.folder / "draws" / ONE, elsewhere)
    drawn.play("verify", str(elsewhere), out=["结论 A（计算）：成立"])


def test_verifying_changes_nothing(drawn: Bureau) -> None:
    before = {p: p.stat().st_mtime_ns for p in drawn.folder.rglob("*")}
    drawn.play("verify", str(drawn.folder))
    assert {p: p.stat().st_mtime_ns for p in drawn.folder.rglob("*")} == before


@pytest.mark.parametrize("what", ["furnished", "empty", "file", "nowhere"])
def test_where_there_is_no_draw_nothing_can_be_told(bureau: Bureau, tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    places = {"furnished": bureau.folder, "empty": tmp_path / "empty", "file": bureau.folder / "plan.toml"}
    bureau.play("verify", str(places.get(what, tmp_path / "nowhere")), code=3, err=["SSJ-L013", "record.toml"])


def test_no_path_is_a_wrong_command_line(bureau: Bureau) -> None:
    bureau.play("verify", code=2)
    bureau.play(code=2)
    bureau.play("--help", out=["双随机、一公开", "verify", "run", "new"])
    bureau.play("--version", out=["ssj-core"])


@pytest.mark.parametrize(
    "name", ["record.toml", "plan.toml", "rules.toml", "subjects.csv", "officers.csv", "drawn.csv", "teams.csv"]
)
def test_a_missing_file_means_could_not_tell(drawn: Bureau, name: str) -> None:
    (drawn.folder / "draws" / ONE / name).unlink()
    drawn.verdict = "unknown"
    drawn.play(
        "verify",
        str(drawn.folder / "draws" / ONE),
        code=3,
        out=[f"SSJ-V020 {name}：缺少这个文件"],
        silent=["×", "不成立"],
    )
    drawn.play("verify", str(drawn.folder), code=3, out=["无法判断", "不等于作弊"], silent=["×"])
    drawn.play(
        "--lang", "en", "verify", str(drawn.folder), code=3, out=[f"SSJ-V020 {name}: it is missing", "could not tell"]
    )


@pytest.mark.parametrize(
    "name", ["subjects.csv", "officers.csv", "excluded.csv", "recusals.csv", "drawn.csv", "teams.csv"]
)
def test_a_changed_table_means_no(drawn: Bureau, name: str) -> None:
    path = drawn.folder / "draws" / ONE / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:-2] + ("x" if text[-2] != "x" else "y") + "\n", encoding="utf-8", newline="")
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder / "draws" / ONE), code=1, out=["× 2 文件未改", name, "不成立"])
    drawn.play("verify", str(drawn.folder), code=1, out=[name, "√ 10 匹配依据", "共核验 2 次抽取：不成立"])


def test_a_table_saved_again_by_a_spreadsheet_means_no_and_names_the_table(drawn: Bureau) -> None:
    path = drawn.folder / "draws" / ONE / "drawn.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    drawn.verdict = "fails"
    drawn.play(
        "verify",
        str(drawn.folder / "draws" / ONE),
        code=1,
        out=["SSJ-V022 drawn.csv：与记录中的摘要不一致：内容未变", "SSJ-V032 .*CRLF"],
    )


def test_one_missing_and_one_changed_means_no(drawn: Bureau) -> None:
    (drawn.folder / "draws" / ONE / "teams.csv").unlink()
    (drawn.folder / "draws" / ONE / "plan.toml").write_bytes(b"")
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder / "draws" / ONE), code=1)


def test_an_extra_file_is_named_and_does_no_harm(drawn: Bureau) -> None:
    (drawn.folder / "draws" / ONE / "会议纪要.txt").write_bytes(b"...")
    (drawn.folder / "draws" / ".DS_Store").write_bytes(b"...")
    drawn.play("verify", str(drawn.folder), out=["SSJ-V026 会议纪要.txt：与抽取无关", "共核验 2 次抽取：成立"])


def test_without_the_ledger_nobody_can_tell(drawn: Bureau) -> None:
    (drawn.folder / "ledger.jsonl").unlink()
    drawn.verdict = "unknown"
    drawn.play("verify", str(drawn.folder), code=3, out=["〇 台账", "SSJ-V090 ledger.jsonl：缺少台账"], silent=["×"])


@pytest.mark.parametrize("line", range(6))
def test_a_ledger_without_one_of_its_lines_means_no(drawn: Bureau, line: int) -> None:
    path = drawn.folder / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 6
    path.write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder), code=1, out=["×"])


@pytest.mark.parametrize("count", [1, 4])
def test_a_draw_that_the_ledger_does_not_have_means_no(drawn: Bureau, count: int) -> None:
    path = drawn.folder / "ledger.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-count]))
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder), code=1, out=["台账里没有这次抽取"])


def test_a_torn_last_line_does_not_count(drawn: Bureau) -> None:
    with (drawn.folder / "ledger.jsonl").open("ab") as file:
        file.write(b'{"data":{"commi')
    drawn.play("verify", str(drawn.folder), out=["最后一行没有写完"])
    drawn.run("--batch", "batch-2")
    drawn.play("verify", str(drawn.folder), silent=["没有写完"])


def test_a_draw_whose_folder_is_gone_means_could_not_tell(drawn: Bureau) -> None:
    shutil.rmtree(drawn.folder / "draws" / ONE)
    drawn.verdict = "unknown"
    drawn.play(
        "verify",
        str(drawn.folder),
        code=3,
        out=[f"SSJ-V091 draws/{ONE}：台账里有这次抽取，却没有它的文件夹"],
        silent=["×"],
    )
    shutil.rmtree(drawn.folder / "draws")
    drawn.play("verify", str(drawn.folder), code=3, silent=["×"])


def test_a_folder_of_something_else_among_the_draws_is_not_overlooked(drawn: Bureau) -> None:
    (drawn.folder / "draws" / "备份").mkdir()
    drawn.verdict = "unknown"
    drawn.play("verify", str(drawn.folder), code=3, out=["【备份】", "SSJ-V020 record.toml：缺少"], silent=["×"])


def test_two_draws_that_changed_folders_mean_no(drawn: Bureau) -> None:
    draws = drawn.folder / "draws"
    (draws / ONE).rename(draws / "x")
    (draws / TWO).rename(draws / ONE)
    (draws / "x").rename(draws / TWO)
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder), code=1, out=["台账登记的记录摘要不同"])


def test_another_draw_put_in_the_place_of_the_first_means_no(drawn: Bureau, tmp_path: Path) -> None:
    """The second try of an office that did not like the first."""
    other = Bureau(tmp_path / "second").furnish()
    other.run("--batch", "key-1")
    shutil.rmtree(drawn.folder / "draws" / ONE)
    shutil.copytree(other.folder / "draws" / ONE, drawn.folder / "draws" / ONE)
    drawn.verdict = "fails"
    drawn.play("verify", str(drawn.folder / "draws" / ONE), out=["结论 A（计算）：成立"])
    drawn.play("verify", str(drawn.folder), code=1, out=["台账登记的熵源不同"])
