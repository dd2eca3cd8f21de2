"""A bureau whose own ruleset says more of teams: leads, departments, rotation, limits, loads, colleagues, experts."""

from pathlib import Path
from typing import Final

from tests.cli.bureau import SECTIONS, SECTORS, SUBJECT_HEADERS, Bureau, plan_text, subject_row, table

OFFICERS: Final = (
    "姓名",
    "股室",
    "执法证号",
    "工号",
    "有效期止",
    "执法领域",
    "主办资格",
    "资格",
    "本批次上限",
    "人员类别",
)
BATCHES: Final = (("spring", "2021-03-01", "2021-04-30"), ("summer", "2021-06-01", "2021-08-31"))
SECTOR_IDS: Final = (
    '["construction_market", "construction_safety", "engineering_standards", "real_estate", "construction_permits"]'
)
MANIFEST: Final = """\
format = "ssj-plugin/1"
id = "teamtest"
title = "检查组试用规则集"
department = "试用"
maintainer = "test"
requires_core = ">=0.1"
rulesets = ["ruleset.toml"]
"""
BATCH: Final = """
[[batch]]
id = "{name}"
title = "联合抽查 {name}"
sectors = {sectors}
months = [1, 12]
mode = "targeted"
ratio = "ratio_rules.flat_5"
joint = true
{officers}
"""
PLACES: Final = f"""
[[batch.place]]
sections = ["{SECTIONS[0]}"]

[[batch.place]]
sections = ["{SECTIONS[1]}", "{SECTIONS[2]}"]

[[batch.place]]
other_than = ["{SECTIONS[0]}"]
qualifications = ["电气"]
"""


def ruleset_text(team: str, officers: str = "", places: str = PLACES) -> str:
    """A ruleset of two batches; `team` are lines of its `[team]`."""
    head = f"""\
format = "ssj-ruleset/1"
id = "teamtest"
title = "检查组试用规则集"
bureau = "阜平县住房和城乡建设局"
since = 2021-01-01
until = 2021-12-31

[team]
{team}

[[eligibility]]
rule = "officer_rules.certificate"

[[recusal]]
rule = "officer_rules.declared"

[[recusal]]
rule = "officer_rules.rotation"
params = {{ inspections = 1 }}
"""
    return head + "".join(
        BATCH.format(name=name, officers=officers, sectors=SECTOR_IDS) + places for name, _, _ in BATCHES
    )


def officer(number: int, *, most: str = "", kind: str = "", expiry: str = "长期", lead: str = "是") -> list[str]:
    """An officer of section `number` mod 4; every second is an electrician."""
    return [
        f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}", SECTIONS[number % 4], "" if kind else f"SL{201 + number}",
        f"G{number}", expiry, "、".join(SECTORS), lead, "电气" if number % 2 else "", most, kind,
    ]  # fmt: skip


def furnish(folder: Path, team: str, *, officers: list[list[str]] | None = None, **rules: str) -> Bureau:
    """Plan, ruleset and rosters of sixty subjects and sixteen officers."""
    made = Bureau(folder)
    own = folder / "rules" / "teamtest"
    own.mkdir(parents=True, exist_ok=True)
    (own / "ssj-plugin.toml").write_text(MANIFEST, encoding="utf-8")
    (own / "ruleset.toml").write_text(ruleset_text(team, **rules), encoding="utf-8")
    plan = plan_text(batches=BATCHES).replace(
        'ruleset = "fuping_zjj_2021"', 'ruleset = "teamtest"\nrule_folders = ["rules/teamtest"]'
    )
    rows = officers if officers is not None else [officer(n) for n in range(16)]
    made.write(
        plan=plan,
        subjects=table(SUBJECT_HEADERS, map(subject_row, range(60))),
        officers=table(OFFICERS, rows),
    )
    return made
