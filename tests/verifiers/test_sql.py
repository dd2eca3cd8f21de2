"""`verify_ssj.sql` on DuckDB, filled in as a reader would: no row for a true draw, a row for each difference."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.cli.bureau import Bureau
from tests.strategies import make_office, small_case
from tests.verifiers.independent import SOURCE

if not os.environ.get("CI"):
    pytest.importorskip("duckdb", reason="duckdb is not installed; nothing was run")
import duckdb

SCRIPT = SOURCE.with_suffix(".sql")


def filled_in(folder: Path) -> str:
    """The script with its parameters copied from the files of a draw."""
    record = tomllib.loads((folder / "record.toml").read_text("utf-8"))
    rules = tomllib.loads((folder / "rules.toml").read_text("utf-8"))
    strata = ",\n  ".join(
        f"({quoted(s['stratum'])}, {s['size']}, {s['quota']}, {quoted(s['cut'])})" for s in record["stratum"]
    )
    script = SCRIPT.read_text("utf-8")
    for old, new in (
        ("'?' AS draw_id", f"{quoted(record['draw_id'])} AS draw_id"),
        ("'?' AS seed", f"{quoted(record['seed'])} AS seed"),
        ("'all' AS scope", f"{quoted(rules['scope'])} AS scope"),
        ("0 AS reserve", f"{rules['ratio']['reserve']} AS reserve"),
        ("('?', 0, 0, '')", strata),
    ):
        assert script.count(old) == 1
        script = script.replace(old, new)
    return script


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def differences(folder: Path, script: str) -> list[Any]:
    """What the script prints."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        with duckdb.connect() as connection:
            found = None
            for statement in connection.extract_statements(script):
                result = connection.execute(statement)
                if statement.type == duckdb.StatementType.SELECT:  # the text before it differs between versions
                    assert found is None
                    found = result.fetchall()
            left = connection.execute("SELECT count(*) FROM information_schema.tables").fetchall()
    finally:
        os.chdir(before)
    assert left == [(0,)]
    assert found is not None
    return found


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, drawn."""
    bureau = Bureau(tmp_path_factory.mktemp("sql") / "year")
    bureau.play("new", str(bureau.folder))
    bureau.run("--today", "2021-12-30")
    return bureau.folder / "draws"


def test_every_draw_of_the_sample_holds(year: Path) -> None:
    draws = sorted(year.iterdir())
    assert len(draws) == 11
    for folder in draws:
        assert differences(folder, filled_in(folder)) == [], folder.name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small draw with quotes, commas and curly quotes in names."""
    for name, data in small_case().files().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_tickets_of_several_each(tmp_path: Path) -> None:
    """Weights: with the line for `tickets.csv` it holds; without it, or with another number, it does not."""
    case = small_case()
    subjects = tuple(evolve(s, risk_class="ABC"[n % 3]) for n, s in enumerate(case.subjects))
    weighed = evolve(case, office=make_office(weights={"A": 5, "B": 40}), subjects=subjects)
    for name, data in weighed.files().items():
        (tmp_path / name).write_bytes(data)
    plain = filled_in(tmp_path)
    lines = plain.split("\n")
    marked = [line for line in lines if line.endswith("[签数 weights] DuckDB")]
    assert len(marked) == 1
    script = plain.replace(marked[0], marked[0].removeprefix("-- "))
    assert differences(tmp_path, script) == []
    assert differences(tmp_path, plain) != []
    table = tmp_path / "tickets.csv"
    table.write_bytes(table.read_bytes().replace(b",40\n", b",39\n").replace(b",1\n", b",64\n"))
    assert differences(tmp_path, script) != []


def without_a_line(name: str, line: int) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        lines = (folder / name).read_bytes().splitlines(keepends=True)
        (folder / name).write_bytes(b"".join(lines[:line] + lines[line + 1 :]))

    return change


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        text = (folder / name).read_bytes().decode()
        assert old in text
        (folder / name).write_bytes(text.replace(old, new, 1).encode())

    return change


def test_a_small_draw_holds(folder: Path) -> None:
    assert differences(folder, filled_in(folder)) == []


@pytest.mark.parametrize(
    "change",
    [
        without_a_line("drawn.csv", 1),
        without_a_line("drawn.csv", -1),
        without_a_line("subjects.csv", 1),
        replaced("drawn.csv", "抽中", "递补"),
        replaced("drawn.csv", "test:S", "test:X"),
        replaced("drawn.csv", "对象", "对像"),
        lambda f: (f / "drawn.csv").write_bytes((f / "drawn.csv").read_bytes() + b"a,1,b,c,d,e\n"),
        lambda f: (f / "subjects.csv").write_bytes(
            (f / "subjects.csv").read_bytes() + (f / "subjects.csv").read_bytes().splitlines(keepends=True)[-1]
        ),
        replaced("record.toml", "quota = 3", "quota = 2"),
        replaced("record.toml", "size = 11", "size = 12"),
        replaced("record.toml", 'seed = "', 'seed = "0'),
        replaced("record.toml", 'cut = "', 'cut = "0'),
        replaced("record.toml", 'draw_id = "p-b-1"', 'draw_id = "p-b-2"'),
        replaced("rules.toml", 'scope = "all"', 'scope = "one"'),
        replaced("rules.toml", "reserve = 2", "reserve = 1"),
    ],
)
def test_each_difference_is_a_row(folder: Path, change: Callable[[Path], object]) -> None:
    change(folder)
    assert differences(folder, filled_in(folder)) != []


def test_not_filled_in_it_never_holds(folder: Path) -> None:
    assert differences(folder, SCRIPT.read_text("utf-8")) != []


def test_the_dialects_differ_in_marked_lines_only() -> None:
    """Each line of one dialect has its like in the other; those of PostgreSQL are comments until wanted."""
    lines = SCRIPT.read_text("utf-8").splitlines()
    first = [line for line in lines if line.endswith(" -- [DuckDB]")]
    encoding, *second = [line for line in lines if line.endswith(" -- [PostgreSQL]")]
    assert encoding.startswith("-- SET client_encoding")  # before any text that is not ASCII
    assert len(first) == len(second) == 3
    assert all(not line.startswith("--") for line in first)
    assert all(line.startswith("-- ") for line in second)
    assert [line.split()[1] for line in first][1:] == [line.split()[2] for line in second][1:]
