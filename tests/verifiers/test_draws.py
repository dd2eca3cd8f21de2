"""`verify_ssj.py` run on a folder, as anybody runs it: the sample's year, texts of witnesses, and every exit code."""

import ast
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ssj_core.ledger import read
from ssj_core.verifiers import verifier_bytes
from ssj_core.verify.coverage import coverage_step
from tests.cli.bureau import Bureau, evidence_text
from tests.strategies import small_case
from tests.verifiers.independent import SOURCE, SSJ, run

DRAW = "fuping-zjj-2021-{}-1"
BATCHES = (
    "key-1", "batch-1", "batch-2", "section-1", "key-2", "batch-3", "section-2", "key-3", "batch-4", "key-4", "batch-5",
)  # fmt: skip


def drawn(folder: Path, batches: Iterable[str]) -> Path:
    """The sample, each batch sealed first and then drawn with what witnesses said."""
    bureau = Bureau(folder)
    bureau.play("new", str(bureau.folder))
    plan = bureau.folder / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace('[[entropy]]\nsource = "os"', '[[entropy]]\nsource = "text"')
    plan.write_text(text, encoding="utf-8", newline="")
    for batch in batches:
        bureau.play("commit", bureau.plan, "--batch", batch)
        bureau.write(evidence=evidence_text(batch))
        evidence = str(bureau.folder / "evidence.toml")
        bureau.run("--batch", batch, "--today", "2021-12-30", "--evidence", evidence)
    return bureau.folder


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year."""
    folder = drawn(tmp_path_factory.mktemp("样 例") / "2021", BATCHES)
    assert len(list((folder / "draws").iterdir())) == 11
    return folder


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two batches of it."""
    return drawn(tmp_path_factory.mktemp("two") / "2021", ("batch-1", "batch-3"))


@pytest.fixture
def mine(two: Path, tmp_path: Path) -> Path:
    """A copy of two batches, to spoil."""
    return shutil.copytree(two, tmp_path / "copy")


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    names = {n.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    names |= {str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_the_bytes_laid_into_a_draw_are_the_file() -> None:
    assert verifier_bytes() == SOURCE.read_bytes()


def test_the_whole_year_holds(year: Path) -> None:
    done = run(year)
    assert done.returncode == 0, done.stdout
    assert "verdict A, the arithmetic: 成立 holds" in done.stdout
    assert "王某" in done.stdout
    assert done.stdout.count("√ 10 ") == done.stdout.count("√ 12 ") == 11
    assert not set("×〇") & set(done.stdout)


@pytest.mark.parametrize("batch", BATCHES)
def test_every_draw_of_the_sample_holds_by_itself(year: Path, batch: str) -> None:
    """All own sections, joint teams and batches of 100 % are among them."""
    done = run(year / "draws" / DRAW.format(batch))
    assert (done.returncode, done.stdout.count("√")) == (0, 10), done.stdout


def test_it_verifies_the_folder_in_which_it_lies(mine: Path) -> None:
    folder = mine / "draws" / DRAW.format("batch-3")
    (folder / "verify_ssj.py").write_bytes(verifier_bytes())
    done = run(script=folder / "verify_ssj.py", cwd=mine)
    assert done.returncode == 0
    assert "verify_ssj.py" not in done.stdout


def test_other_files_are_named_and_do_no_harm(mine: Path) -> None:
    (mine / "draws" / DRAW.format("batch-3") / "纪要.txt").write_bytes(b"\xff")
    (mine / "draws" / ".DS_Store").write_bytes(b"")
    done = run(mine)
    assert done.returncode == 0
    assert "files that prove nothing: 纪要.txt" in done.stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_any_pipe_will_do(two: Path, encoding: str) -> None:
    assert run(two, encoding=encoding).returncode == 0


def directory_for(name: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return change


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def changed(name: str, old: bytes, new: bytes, more: bytes = b"") -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1) + more)

    return change


ONE = f"draws/{DRAW.format('batch-3')}/"
GOLDEN: dict[str, tuple[int, Callable[[Path], object]]] = {
    "untouched": (0, lambda _: None),
    "a-file-more": (0, lambda f: (f / ONE / "README").write_bytes(b"")),
    "torn-line": (0, changed("ledger.jsonl", b"}\n", b"}\n", more=b'{"data"')),
    "a-byte-of-a-table": (1, changed(ONE + "teams.csv", "主办".encode(), "主力".encode())),
    "line-ends": (1, changed(ONE + "drawn.csv", b"\n", b"\r\n")),
    "no-byte-order-mark": (1, changed(ONE + "drawn.csv", b"\xef\xbb\xbf", b"")),
    "a-byte-of-the-plan": (1, changed(ONE + "plan.toml", b"#", b"##")),
    "a-remark-in-the-record": (1, changed(ONE + "record.toml", b"sealed_at = ", b"sealed_at  = ")),
    "rubbish": (1, lambda f: (f / ONE / "record.toml").write_bytes(b"\x00\xff" * 99)),
    "brackets": (1, lambda f: (f / ONE / "rules.toml").write_bytes(b"[" * 99999)),
    "empty": (1, lambda f: (f / ONE / "subjects.csv").write_bytes(b"")),
    "another-name": (1, lambda f: (f / ONE).rename(f / "draws" / "another")),
    "a-line-of-the-ledger": (1, changed("ledger.jsonl", b'"number":3', b'"number":4')),
    "an-empty-ledger": (1, lambda f: (f / "ledger.jsonl").write_bytes(b"")),
    "ledger-rubbish": (1, lambda f: (f / "ledger.jsonl").write_bytes(b"[" * 99999 + b"\n")),
    "missing-table": (3, lambda f: (f / ONE / "excluded.csv").unlink()),
    "missing-record": (3, lambda f: (f / ONE / "record.toml").unlink()),
    "a-folder-for-a-file": (3, directory_for(ONE + "plan.toml")),
    "missing-draw": (3, lambda f: shutil.rmtree(f / ONE)),
    "missing-ledger": (3, lambda f: (f / "ledger.jsonl").unlink()),
    "nothing-drawn": (3, emptied),
    "nowhere": (3, shutil.rmtree),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_exit_codes(mine: Path, name: str) -> None:
    code, change = GOLDEN[name]
    change(mine)
    done = run(mine)
    assert done.returncode == code, done.stdout
    assert ("不成立" in done.stdout) is (code == 1)
    assert ("could not tell" in done.stdout) is (code == 3)


def test_who_was_drawn_before_follows_from_the_earlier_draws(year: Path) -> None:
    """A draw that holds by itself, while its strata tell another story than the draws before it."""
    events, _ = SSJ.read_ledger((year / "ledger.jsonl").read_bytes())
    folders = {path.name: SSJ.read_folder(path) for path in (year / "draws").iterdir()}
    name, before = DRAW.format("batch-3"), DRAW.format("batch-1")
    changes: tuple[tuple[Callable[[list[str]], list[str]], str], ...] = (
        (lambda rows: rows, "holds"),
        (lambda rows: rows[:1], "fails"),
        (lambda rows: [*rows, rows[1].replace(":", ":X", 1)], "holds"),  # drawn, but not of this pool
        (lambda rows: rows[1:], "unknown"),  # MUST-11.8: there, and no table
        (lambda rows: [*rows, "x\n"], "unknown"),
    )
    ledger = read((year / "ledger.jsonl").read_bytes())
    for change, verdict in changes:
        rows = folders[before]["drawn.csv"].decode().splitlines(keepends=True)
        told = {**folders, before: {**folders[before], "drawn.csv": "".join(change(rows)).encode()}}
        report = SSJ.verify_draw(folders[name], name, events, told)
        assert [verdict for verdict, _, _ in report] == ["holds"] * 11 + [verdict, "holds"]
        step = coverage_step(name, told[name], told, ledger)
        assert step is not None
        assert step.status == verdict
    del told[before]
    assert SSJ.verify_draw(folders[name], name, events, told)[-2][0] == "unknown"


def test_a_file_is_no_folder(year: Path) -> None:
    assert run(year / "plan.toml").returncode == 3


def test_a_small_draw_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "p-b-1"
    folder.mkdir()
    for name, data in small_case().files().items():
        (folder / name).write_bytes(data)
    assert run("p-b-1", cwd=tmp_path).returncode == 0
    assert run(cwd=tmp_path).returncode == 3  # the folder where the file lies is no draw
