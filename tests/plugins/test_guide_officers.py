"""What the guide says of the officers' roster holds: a column asked for must be there and filled; a place asks more."""

import re
from pathlib import Path

from ssj_core.tables import ExcludedRow, TeamRow, decode_table
from tests.cli.bureau import Bureau, table

from .test_clerk import OFFICERS, edit, furnish, officer, sealed

GUIDE = (Path(__file__).parents[2] / "plugins" / "README.md").read_text(encoding="utf-8")
(COURSE,) = [t for t in re.findall(r"(?s)```toml\n(.*?)```", GUIDE) if 'id = "forestry.course"' in t]
HEADER = "安全培训证书"


def asking(folder: Path, **columns: list[str]) -> Bureau:
    """The clerk's bureau under the filter of the guide, with further columns in its officers' roster."""
    bureau = furnish(folder)
    (folder / "rules" / "filters" / "course.toml").write_text(COURSE, encoding="utf-8")
    selected = '[[eligibility]]\nrule = "forestry.course"\n\n[[recusal]]'
    edit("rules/ruleset.toml", "[[recusal]]", selected)(folder)
    listed = [[*officer(n), *(cells[n] for cells in columns.values())] for n in range(10)]
    bureau.write(officers=table((*OFFICERS, *columns), listed))
    return bureau


def test_without_the_column_nothing_is_drawn(tmp_path: Path) -> None:
    bureau = asking(tmp_path)
    told = [f"SSJ-R060.*{HEADER}", r"\[rosters.officers.columns\]"]
    bureau.run("--batch", "timber", code=3, err=told, absent=["draws", "ledger.jsonl"])


def test_who_has_nothing_in_it_does_not_take_part(tmp_path: Path) -> None:
    bureau = asking(tmp_path, **{HEADER: ["" if n in (0, 3) else f"AQ{n}" for n in range(10)]})
    bureau.run("--batch", "timber")
    _, files = sealed(tmp_path)
    out = decode_table(ExcludedRow, files["excluded.csv"])
    left_out = {one.name: one.reason for one in out if one.rule == "forestry.course"}
    assert left_out == dict.fromkeys(("示例甲", "示例丁"), f"没有安全培训证书（{HEADER}：未填）")
    bureau.check()


def test_the_column_may_have_another_name(tmp_path: Path) -> None:
    bureau = asking(tmp_path, 安全证=[f"AQ{n}" for n in range(10)])
    mapped = f'[rosters.officers]\ncolumns = {{ "安全证" = "{HEADER}" }}'
    edit("plan.toml", "[rosters.officers]", mapped)(tmp_path)
    bureau.run("--batch", "timber")
    bureau.check()


def test_a_place_asks_for_what_stands_in_any_one_column(tmp_path: Path) -> None:
    """The plan says which column is read as 资格; the second place goes to those who have the word."""
    scalers = (1, 3, 6)
    bureau = asking(
        tmp_path,
        **{HEADER: ["AQ"] * 10, "检尺员证": ["检尺、木材检验" if n in scalers else "" for n in range(10)]},
    )
    places = '[[batch.place]]\n\n[[batch.place]]\nqualifications = ["检尺"]\n\n[[batch]]\nid = "weighted"'
    edit("rules/ruleset.toml", '[[batch]]\nid = "weighted"', places)(tmp_path)
    bureau.run("--batch", "timber", code=1, err=["SSJ-M014.*检尺"], absent=["draws"])
    mapped = '[rosters.officers]\ncolumns = { "检尺员证" = "qualifications" }'
    edit("plan.toml", "[rosters.officers]", mapped)(tmp_path)
    bureau.run("--batch", "timber")
    rules, files = sealed(tmp_path)
    able = {f"officer:LY{n:03}" for n in scalers}
    assert set(rules.team.qualified["检尺"]) == able
    second = {row.officer for row in decode_table(TeamRow, files["teams.csv"]) if row.role == "协办"}
    assert second
    assert second <= able
    bureau.check()
