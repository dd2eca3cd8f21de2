"""A real prefecture's register, as untidy as registers are, drawn and verified with a small mapping in the plan."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_core.plan import Plan
from ssj_core.structuring import load_toml
from ssj_core.verify import verify_folder
from ssj_core.workspace import read_folder

ROSTER = Path(
    os.environ.get("SSJ_REAL_ROSTER")
    or Path(__file__).resolve().parents[3] / "shared" / "data" / "baoding-enterprises.csv"
)
OFFICERS = Path(__file__).resolve().parents[2] / "rulesets/ssj_rulesets/fuping_zjj_2021/sample/officers.csv"

PLAN = """\
format = "ssj-plan/1"
id = "register-2021"
title = "企业登记名录试抽"
bureau = "试用"
year = 2021
ruleset = "fuping_zjj_2021"

[rosters.subjects]
file = "register.csv"

[rosters.subjects.columns]
"地区" = "area"

[[rosters.subjects.derive]]
field = "sectors"
value = "建筑市场监督"
column = "经营范围"
contains = ["施工", "工程承包", "监理", "勘察", "设计"]
without = ["不含施工"]

[[rosters.subjects.derive]]
field = "sectors"
value = "房地产市场监督"
column = "经营范围"
contains = ["房地产", "物业", "房屋租赁"]

[rosters.officers]
file = "officers.csv"

[[entropy]]
source = "os"

[[batch]]
id = "1"
policy = "batch-1"
start = 2021-01-18
end = 2021-04-09

[[batch]]
id = "4"
policy = "batch-4"
start = 2021-08-16
end = 2021-10-15
"""


def test_the_plan_with_its_mapping_is_read() -> None:
    """Also where the register is absent."""
    plan = load_toml(PLAN.encode(), Plan, "plan.toml")
    assert [d.value for d in plan.rosters.subjects.derive] == ["建筑市场监督", "房地产市场监督"]


@pytest.mark.skipif(not ROSTER.is_file(), reason=f"the register {ROSTER.name} is not on this machine (SSJ_REAL_ROSTER)")
def test_a_real_register_of_thousands_is_drawn_and_verified(tmp_path: Path) -> None:
    """Its own headers, sectors derived from the business scope."""
    shutil.copy(ROSTER, tmp_path / "register.csv")
    shutil.copy(OFFICERS, tmp_path / "officers.csv")
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    ran = CliRunner().invoke(group, ["run", str(tmp_path / "plan.toml")])
    assert ran.exit_code == 0, ran.output
    draws = {p.name: read_folder(p) for p in (tmp_path / "draws").iterdir()}
    assert len(draws) == 2
    reports = verify_folder(draws, (tmp_path / "ledger.jsonl").read_bytes())
    assert [r.arithmetic for r in reports] == ["holds"] * 3
    for files in draws.values():
        everybody = files["subjects.csv"].count(b"\n") + files["excluded.csv"].count("检查对象,".encode()) - 1
        assert everybody == ROSTER.read_bytes().count(b"\n") - 1
