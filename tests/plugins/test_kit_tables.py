"""The kit on tables: cases, coverage, references; a sound folder holds."""

from pathlib import Path

import pytest

from ssj_core.testing.checks import run_check, run_checks
from ssj_core.testing.examined import Examined

from .fakes import BASIS, manifest, ratio, ruleset
from .kit import BY_ID, examined, found

CASES = f"""\
format = "ssj-cases/1"
[[case]]
says = "抽取比例不低于 3%"
basis = [{BASIS}]
on = 2021-06-01
ratio = "county.r"
expect = {{ ratio = "3%" }}
"""


def folder(tmp_path: Path, plugin: str = "county", /, **files: str) -> Examined:
    made = tmp_path / "rules"
    made.mkdir()
    told = manifest(plugin, ratios='["r.toml"]', cases='["c.toml"]')
    written = {"ssj-plugin.toml": told, "r.toml": ratio(f"{plugin}.r"), "c.toml": CASES, **files}
    for name, text in written.items():
        (made / name).write_text(text, encoding="utf-8")
    return examined(plugin, made)


def test_a_case_that_comes_out_otherwise(tmp_path: Path) -> None:
    plugin = folder(tmp_path, **{"c.toml": CASES.replace('ratio = "3%"', 'ratio = "4%"')})
    (p,) = run_check(BY_ID["cases"], plugin).problems
    assert (p.code, p.file, p.row, p.field) == ("SSJ-G114", (tmp_path / "rules" / "c.toml").as_posix(), 2, "ratio")
    assert found(plugin, "covered") == []


def test_yes_and_no_are_told_as_the_file_of_cases_has_them(tmp_path: Path) -> None:
    text = CASES.replace('{ ratio = "3%" }', "{ in_force = false }")
    (p,) = run_check(BY_ID["cases"], folder(tmp_path, **{"c.toml": text})).problems
    assert "应当是 false，得到 true" in p.message("zh")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CASES.replace("county.r", "county.s"), "SSJ-G009"),
        (CASES.replace("says", "say"), "SSJ-P013"),
        ("x", "SSJ-P002"),
    ],
    ids=["unknown rule", "misspelt key", "no TOML"],
)
def test_cases_that_cannot_be_run(tmp_path: Path, text: str, code: str) -> None:
    assert code in [c for c, _ in found(folder(tmp_path, **{"c.toml": text}), "cases")]


def test_an_interval_without_a_case(tmp_path: Path) -> None:
    later = ratio("county.r").split("[[in_force]]")[1].replace("2021", "2022")
    text = ratio("county.r").replace("since = 2021-01-01", "since = 2021-01-01\nuntil = 2021-12-31")
    plugin = folder(tmp_path, **{"r.toml": text + "[[in_force]]" + later})
    result = run_check(BY_ID["covered"], plugin)
    assert [(p.code, p.value) for p in result.problems] == [("SSJ-A007", "county.r")]
    assert not result.holds
    assert found(plugin, "cases") == []


def test_a_sound_folder_holds(tmp_path: Path) -> None:
    plugin = folder(tmp_path)
    results = run_checks(plugin.source, plugin.available)
    assert [(r.check.id, p.code, p.value) for r in results for p in r.problems] == [
        ("reviewed", "SSJ-G108", "county.r")
    ]
    assert all(r.holds for r in results)


def test_references_to_nothing(tmp_path: Path) -> None:
    text = ratio("county.r").replace("ratio_rules.all", "ratio_rules.al")
    rules = (
        ruleset("county").replace("ratio_rules.flat_3", "nobody.flat")
        + 'weights = "county.w"\n[[recusal]]\nrule = "officer_rules.x"\n'
    )
    given = {"ssj-plugin.toml": manifest("county", ratios='["r.toml"]', rulesets='["s.toml"]')}
    plugin = folder(tmp_path, **given, **{"r.toml": text, "s.toml": rules})
    assert found(plugin, "references") == [
        ("SSJ-G009", "ratio_rules.al"), ("SSJ-G009", "officer_rules.x"), ("SSJ-G008", "nobody"),
        ("SSJ-G009", "county.w"),
    ]  # fmt: skip
