"""The SQL script orders bytewise whatever the language of the database, and the difference would be seen."""

import os
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.verifiers.independent import SOURCE

if not os.environ.get("CI"):
    pytest.importorskip("duckdb", reason="duckdb is not installed; nothing was run")
import duckdb

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
    from tests.attacks.forger import honest
    from tests.verifiers.test_sql import differences, filled_in

    for name, data in honest().items():
        (tmp_path / name).write_bytes(data)
    script = filled_in(tmp_path)
    assert differences(tmp_path, setting + ";\n" + script) == []
    spoilt = (tmp_path / "drawn.csv").read_bytes().replace("对象".encode(), "对像".encode(), 1)
    (tmp_path / "drawn.csv").write_bytes(spoilt)
    assert differences(tmp_path, setting + ";\n" + script) != []
