"""The SQL script orders bytewise whatever the language of the database, and the difference would be seen."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.attacks.forger import honest
from tests.verifiers.independent import SOURCE

if not os.environ.get("CI"):
    pytest.importorskip("duckdb", reason="duckdb is not installed; nothing was run")
import duckdb

from tests.verifiers.test_sql import differences, filled_in

SCRIPT: Final = SOURCE.with_suffix(".sql").read_text("utf-8")
ORDERED: Final = re.compile(r"ORDER BY\s+((?:[^()]|\([^()]*\))*?)(?=\)|;|\n)")
IDS: Final = ("test:B", "test:a", "test:A", "test:é", "test:z", "test:甲", "test:一", "test:Ａ", "test:10", "test:9")


def test_every_ordering_and_comparison_of_texts_is_bytewise() -> None:
    orders = ORDERED.findall(SCRIPT)
    assert orders
    for columns in orders:
        for column in columns.split(","):
            assert column.strip().endswith('COLLATE "C"'), column
    for largest in re.findall(r"max\((.*?)\) AS", SCRIPT):
        assert 'COLLATE "C"' in largest


def ordered(collation: str, *settings: str) -> list[Any]:
    """Ids by (ticket, id) as the script orders them, tickets all alike, so that the ids decide."""
    clause = re.search(r"ORDER BY (ticket .*?)\) AS place", SCRIPT)
    assert clause is not None
    rows = ",".join(f"('{'0' * 64}', '{i}')" for i in IDS)
    with duckdb.connect() as connection:
        for setting in settings:
            connection.execute(setting)
        by = clause[1].replace('COLLATE "C"', collation)
        query = f"SELECT id FROM (VALUES {rows}) AS t(ticket, id) ORDER BY {by}"  # noqa: S608
        return [row[0] for row in connection.execute(query).fetchall()]


@pytest.mark.parametrize(
    "settings", [(), ("SET default_collation = 'NOCASE'",), ("SET default_collation = 'NOACCENT'",)]
)
def test_a_database_with_another_default_orders_as_the_specification(settings: tuple[str, ...]) -> None:
    """MUST-7.2: bytewise. NOCASE and NOACCENT stand for a database of another language."""
    assert ordered('COLLATE "C"', *settings) == sorted(IDS, key=str.encode)


def test_without_the_clause_such_a_database_would_draw_others() -> None:
    """Else the test above could not fail."""
    assert ordered("", "SET default_collation = 'NOCASE'") != sorted(IDS, key=str.encode)


@pytest.mark.parametrize("setting", ["SET default_collation = 'NOCASE'", "SET default_collation = 'NOACCENT.NOCASE'"])
def test_the_whole_script_finds_nothing_in_a_true_draw_under_such_a_default(setting: str, tmp_path: Path) -> None:
    for name, data in honest().items():
        (tmp_path / name).write_bytes(data)
    script = filled_in(tmp_path)
    assert differences(tmp_path, setting + ";\n" + script) == []
    spoilt = (tmp_path / "drawn.csv").read_bytes().replace("对象".encode(), "对像".encode(), 1)
    (tmp_path / "drawn.csv").write_bytes(spoilt)
    assert differences(tmp_path, setting + ";\n" + script) != []


def for_postgres(script: str) -> str:
    """The script as its head says to make it fit PostgreSQL."""
    lines = []
    for line in script.splitlines():
        if line.endswith(" -- [DuckDB]"):
            continue
        if line.endswith(" -- [PostgreSQL]"):
            line = line.removeprefix("-- ").removesuffix(" -- [PostgreSQL]")
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_databases_of_two_languages_find_nothing_in_a_true_draw_and_a_row_in_another(
    locale: str, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"ssj_{locale.lower().replace('-', '_')}"
    within = re.sub(r"dbname=\S+", f"dbname={name}", postgres)

    def psql(where: str, *what: str) -> str:
        command = ["psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", where, *what]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, encoding="utf-8").stdout

    psql(postgres, "-c", f"DROP DATABASE IF EXISTS {name}")
    made = f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE '{locale}'"
    psql(postgres, "-c", made)
    try:
        for file, data in honest().items():
            (tmp_path / file).write_bytes(data)
        (tmp_path / "filled.sql").write_text(for_postgres(filled_in(tmp_path)), encoding="utf-8")
        assert psql(within, "-f", "filled.sql").strip() == ""
        assert (
            psql(within, "-c", f"CREATE ROLE {name}", "-c", f"SET ROLE {name}", "-f", "filled.sql").strip() == ""
        )  # anybody may
        monkeypatch.setenv("PGCLIENTENCODING", "GBK")  # as at a Chinese terminal of Windows
        assert psql(within, "-f", "filled.sql").strip() == ""
        monkeypatch.delenv("PGCLIENTENCODING")
        (tmp_path / "drawn.csv").write_bytes((tmp_path / "drawn.csv").read_bytes().replace(b"test:S", b"test:T", 1))
        assert psql(within, "-f", "filled.sql").strip() != ""
        values = ",".join(f"('{i}')" for i in IDS)
        query = f"SELECT id FROM (VALUES {values}) AS t(id) ORDER BY id"  # noqa: S608
        assert psql(within, "-c", f'{query} COLLATE "C"').split() == sorted(IDS, key=str.encode)
        assert psql(within, "-c", query).split() != sorted(IDS, key=str.encode)
    finally:
        psql(postgres, "-c", f"DROP DATABASE {name}")
        psql(postgres, "-c", f"DROP ROLE IF EXISTS {name}")
