"""Every problem there can be: a broken file that makes it, the place it names, and sentences in both languages."""

import ast
import inspect
import re
import shutil
import string
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

import ssj_cli
import ssj_core
import ssj_officer_rules
import ssj_ratio_rules
from ssj_cli.ceremony import read_evidence
from ssj_core.drawing import seal_batch
from ssj_core.entropy.model import Request
from ssj_core.ledger import FILE as LEDGER
from ssj_core.opening import open_office, open_rosters
from ssj_core.problems import CATALOGUE, Entry, Problem, SsjError, errors, ordered, problem
from ssj_core.text import Lang
from ssj_core.workspace import Workspace
from tests.cli.bureau import OFFICER_HEADERS, SUBJECT_HEADERS, officer_row, subject_row, table

TESTS: Final = Path(__file__).parents[1]
FOLDER: Final = TESTS / "bad" / "plans"
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
NOW: Final = "2021-01-18T09:00:00+08:00"
PART: Final = {"manifest": "ssj-plugin"}
HAN: Final = re.compile("[\u3400-\u9fff]")

PLACES: Final[dict[str, tuple[int | None, str]]] = {
    "SSJ-E003.two-lines.evidence.toml": (None, ""),
    "SSJ-E004.easy-to-guess.evidence.toml": (None, ""),
    "SSJ-E007.unknown-batch.evidence.toml": (None, "batch"),
    "SSJ-E008.parameter-nobody-takes.plan.toml": (None, ""),
    "SSJ-E014.for-another-source.evidence.toml": (None, ""),
    "SSJ-F001.no-such-roster.plan.toml": (None, ""),
    "SSJ-G002.name-taken.manifest.toml": (None, ""),
    "SSJ-G006.not-its-own.ratio.toml": (2, ""),
    "SSJ-G007.registered-twice.manifest.toml": (2, ""),
    "SSJ-G008.unknown-plugin.ruleset.toml": (12, "eligibility[1].rule"),
    "SSJ-G008.unknown-sector.ruleset.toml": (20, "batch[1].sectors[1]"),
    "SSJ-G009.title-for-an-id.ruleset.toml": (20, "batch[1].sectors[1]"),
    "SSJ-G009.word-of-the-roster.ruleset.toml": (20, "batch[1].sectors[1]"),
    "SSJ-G009.unknown-ratio.ruleset.toml": (23, "batch[1].ratio"),
    "SSJ-G009.unknown-reader.plan.toml": (10, "rosters.subjects.reader"),
    "SSJ-G009.unknown-recusal.ruleset.toml": (15, "recusal[1].rule"),
    "SSJ-G009.unknown-results.ruleset.toml": (11, "results.table"),
    "SSJ-G009.unknown-rule.ruleset.toml": (26, "batch[1].eligibility[1].rule"),
    "SSJ-G009.unknown-ruleset.plan.toml": (6, "ruleset"),
    "SSJ-G009.unknown-source.plan.toml": (15, "entropy[1].source"),
    "SSJ-G009.unknown-stratifier.ratio.toml": (4, "stratify"),
    "SSJ-G010.newer-core.manifest.toml": (6, "requires_core"),
    "SSJ-G014.odd-requirement.manifest.toml": (6, "requires_core"),
    "SSJ-G015.capital-letter.manifest.toml": (2, "id"),
    "SSJ-G022.no-such-folder.plan.toml": (6, "rule_folders[1]"),
    "SSJ-G021.plan-among-its-rules.plan.toml": (7, "rule_folders"),
    "SSJ-G012.no-such-file.manifest.toml": (8, "ratios"),
    "SSJ-L041.changed.ledger.jsonl": (2, ""),
    "SSJ-L035.crlf.ledger.jsonl": (1, ""),
    "SSJ-L038.line-gone.ledger.jsonl": (2, ""),
    "SSJ-L030.not-json.ledger.jsonl": (2, ""),
    "SSJ-L034.spaces.ledger.jsonl": (2, ""),
    "SSJ-L040.twice.ledger.jsonl": (2, ""),
    "SSJ-P001.gbk.plan.toml": (3, ""),
    "SSJ-P001.utf-16.plan.toml": (1, ""),
    "SSJ-P009.impossible-date.plan.toml": (20, ""),
    "SSJ-P036.month-of-one-digit.plan.toml": (20, ""),
    "SSJ-P002.key-twice.plan.toml": (6, ""),
    "SSJ-P002.quote-not-closed.plan.toml": (3, ""),
    "SSJ-P003.full-width-digits.plan.toml": (5, ""),
    "SSJ-P003.full-width-equals.plan.toml": (5, ""),
    "SSJ-P003.full-width-quotes.plan.toml": (3, ""),
    "SSJ-P004.chinese-key.plan.toml": (5, ""),
    "SSJ-P005.binary-float.ratio.toml": (12, "in_force[1].classes.*.ratio"),
    "SSJ-P006.full-width.ratio.toml": (12, "in_force[1].classes.*.ratio"),
    "SSJ-P007.above-100.ratio.toml": (12, "in_force[1].classes.*.ratio"),
    "SSJ-P007.whole-number.ratio.toml": (12, "in_force[1].classes.*.ratio"),
    "SSJ-P007.words.ratio.toml": (12, "in_force[1].classes.*.ratio"),
    "SSJ-P008.not-quoted.ratio.toml": (12, ""),
    "SSJ-P010.batch-as-table.plan.toml": (17, "batch"),
    "SSJ-P010.day-as-text.plan.toml": (20, "batch[1].start"),
    "SSJ-P010.day-with-time.plan.toml": (20, "batch[1].start"),
    "SSJ-P010.day-without-time.evidence.toml": (9, "evidence[1].when"),
    "SSJ-P010.months-as-number.ruleset.toml": (21, "batch[1].months"),
    "SSJ-P010.number-without-quotes.evidence.toml": (6, "evidence[1].raw"),
    "SSJ-P010.one-witness-as-text.evidence.toml": (7, "evidence[1].who"),
    "SSJ-P010.parameter-with-fraction.ruleset.toml": (27, "batch[1].eligibility[1].params.at_most"),
    "SSJ-P010.roster-as-text.plan.toml": (9, "rosters.subjects"),
    "SSJ-P010.three-months.ruleset.toml": (21, "batch[1].months"),
    "SSJ-P010.title-as-number.plan.toml": (3, "title"),
    "SSJ-P010.year-as-text.plan.toml": (5, "year"),
    "SSJ-P011.other-format.plan.toml": (1, "format"),
    "SSJ-P011.unknown-bound.ratio.toml": (13, "in_force[1].classes.*.bound"),
    "SSJ-P012.unknown-key.plan.toml": (6, "zzz"),
    "SSJ-P013.misspelt-key-of-a-batch.plan.toml": (22, "batch[1].strat"),
    "SSJ-P013.misspelt-key.plan.toml": (6, "document_nr"),
    "SSJ-P013.misspelt.evidence.toml": (8, "evidence[1].wher"),
    "SSJ-P014.no-maintainer.manifest.toml": (1, "maintainer"),
    "SSJ-P014.no-policy.plan.toml": (17, "batch[1].policy"),
    "SSJ-P014.no-year.plan.toml": (1, "year"),
    "SSJ-P020.batch-id-twice.plan.toml": (24, "batch[2].id"),
    "SSJ-P030.one-policy-twice.plan.toml": (25, "batch[2].policy"),
    "SSJ-P031.source-twice.plan.toml": (18, "entropy[2].source"),
    "SSJ-P032.sectors-of-officers.plan.toml": (13, "rosters.officers.sectors"),
    "SSJ-P034.sectors-given-twice.plan.toml": (10, "rosters.subjects.sectors"),
    "SSJ-P035.sector-nobody-knows.plan.toml": (10, "rosters.subjects.sectors"),
    "SSJ-P021.ends-before-it-starts.plan.toml": (21, "batch[1].end"),
    "SSJ-P022.other-year.plan.toml": (21, "batch[1].end"),
    "SSJ-P023.other-months.plan.toml": (21, "batch[1].end"),
    "SSJ-P024.chinese-id-of-a-batch.plan.toml": (18, "batch[1].id"),
    "SSJ-P024.id-with-space.plan.toml": (2, "id"),
    "SSJ-P025.unknown-policy.plan.toml": (19, "batch[1].policy"),
    "SSJ-P027.no-batch.plan.toml": (1, "batch"),
    "SSJ-P027.no-entropy.plan.toml": (1, "entropy"),
    "SSJ-P028.year-without-ruleset.plan.toml": (5, "year"),
    "SSJ-P029.control-character.plan.toml": (3, "title"),
    "SSJ-S001.item-without-basis.checklist.toml": (8, "item[1]"),
    "SSJ-S001.no-basis.ratio.toml": (6, "in_force[1]"),
    "SSJ-S002.ends-before-it-begins.ratio.toml": (6, "in_force[1]"),
    "SSJ-S003.overlap.ratio.toml": (20, "in_force[2]"),
    "SSJ-S004.shared-with-minimum.ratio.toml": (6, "in_force[1]"),
    "SSJ-S005.minimum-rounded-down.ratio.toml": (14, "in_force[1].classes.*.rounding"),
    "SSJ-S006.negative-reserve.ruleset.toml": (23, "batch[1].reserve"),
    "SSJ-S006.negative.ratio.toml": (11, "in_force[1].classes.*"),
    "SSJ-S007.maximum-with-minimum.ratio.toml": (11, "in_force[1].classes.*"),
    "SSJ-S008.batch-twice.ruleset.toml": (30, "batch[2].id"),
    "SSJ-S008.item-twice.checklist.toml": (20, "item[2].id"),
    "SSJ-S008.result-twice.results.toml": (20, "result[2].code"),
    "SSJ-S009.month-13.ruleset.toml": (21, "batch[1].months"),
    "SSJ-S009.months-reversed.ruleset.toml": (21, "batch[1].months"),
    "SSJ-S010.nobody-leads.ruleset.toml": (17, "batch[1].lead_section"),
    "SSJ-S011.alone.ruleset.toml": (9, "team.size"),
    "SSJ-S020.not-in-force.ratio.toml": (21, "batch[1].start"),
    "SSJ-S013.choice-of-nothing.ruleset.toml": (33, "choice[1].decides[1]"),
    "SSJ-S012.ruleset-later-than-its-batch.ruleset.toml": (21, "batch[1].start"),
    "SSJ-S021.not-reviewed.checklist.toml": (21, "batch[1].start"),
    "SSJ-S021.not-reviewed.ratio.toml": (21, "batch[1].start"),
    "SSJ-S022.class-without-ratio.ratio.toml": (None, ""),
    "SSJ-S023.nobody-left.ruleset.toml": (None, ""),
    "SSJ-S024.unknown-parameter.ruleset.toml": (27, "ratio_rules.yearly_cap"),
    "SSJ-S025.parameter-of-another-type.ruleset.toml": (27, "ratio_rules.yearly_cap"),
    "SSJ-S027.word-nobody-knows.checklist.toml": (5, "监管类别"),
    "SSJ-S030.no-result.results.toml": (7, "result"),
    "SSJ-S031.one-code-of-the-platform-twice.results.toml": (23, "result[2].platform_code"),
    "SSJ-S032.material-twice.checklist.toml": (14, "item[1].materials"),
    "SSJ-S033.number-of-a-yes-or-no.filter.toml": (12, "in_force[1].leave_out[1].less_than"),
    "SSJ-S034.no-comparison.filter.toml": (10, "in_force[1].leave_out[1]"),
    "SSJ-S035.neither.filter.toml": (5, "in_force[1]"),
    "SSJ-S036.telephone.filter.toml": (11, "in_force[1].leave_out[1].column"),
    "SSJ-S037.not-of-officers.filter.toml": (12, "in_force[1].leave_out[1].column"),
    "SSJ-S038.number-and-text.filter.toml": (10, "in_force[1].leave_out[1]"),
    "SSJ-S039.one-value-twice.strata.toml": (15, "in_force[1].column[1].classes.工程 项目"),
    "SSJ-S040.gap-not-said.ratio.toml": (20, "in_force[2]"),
    "SSJ-S041.no-gap-there.ratio.toml": (22, "in_force[2].gap"),
    "SSJ-S042.reviewed-before.ratio.toml": (6, "in_force[1]"),
    "SSJ-S043.nothing-in-force.checklist.toml": (21, "batch[1].start"),
    "SSJ-S048.class-without-a-name.strata.toml": (9, "in_force[1].column[1]"),
}
"""Row (or line) and field that the problem of each file names."""


def files() -> list[str]:
    return sorted(p.name for p in FOLDER.iterdir() if p.name.startswith("SSJ-"))


def problems_of(name: str, folder: Path) -> list[Problem]:
    """What the programme says about a broken file, put where such a file belongs."""
    kind = name.split(".")[-2]
    folder.mkdir(exist_ok=True)
    shutil.copytree(FOLDER / "county", folder / "county")
    (folder / "subjects.csv").write_bytes(table(SUBJECT_HEADERS, [subject_row(n) for n in range(20)]))
    (folder / "officers.csv").write_bytes(table(OFFICER_HEADERS, [officer_row(n) for n in range(12)]))
    plan = folder / "plan.toml"
    if kind in ("plan", "evidence", "ledger"):
        shutil.copy(FOLDER / (name if kind == "plan" else "good.plan.toml"), plan)
        if kind == "evidence":
            plan.write_bytes(plan.read_bytes().replace(b'source = "os"', b'source = "text"'))
    else:
        shutil.move(folder / "county" / "plan.toml", plan)
        shutil.copy(FOLDER / name, folder / "county" / f"{PART.get(kind, kind)}.toml")
    try:
        if kind == "ledger":
            shutil.copy(FOLDER / name, folder / LEDGER)
        said = used(plan, FOLDER / name if kind == "evidence" else None)
    except SsjError as error:
        said = list(error.problems)
    return [p for p in said if p.severity != "note"]


def used(plan: Path, evidence: Path | None) -> list[Problem]:
    """Everything that is said until a batch is sealed and drawn."""
    office, found = open_office(plan)
    rosters = open_rosters(office, plan.parent)
    workspace, batch = Workspace(plan.parent), office.plan.batch[0]
    seal_batch(office, workspace, batch, rosters, lambda: NOW)
    if evidence is not None:
        given = read_evidence(evidence, office).evidence[0]
        answers = {"raw": given.raw, "where": given.where} if given.source == "text" else {}
        request = Request(
            draw_id="d", commitment="0" * 64, given=answers, who=given.who, now=datetime.fromisoformat(NOW)
        )
        office.registry.entropy_sources["entropy.text"].collect(request)
    return [*found, *rosters.problems]


def test_every_broken_file_has_its_place_here() -> None:
    assert files() == sorted(PLACES)


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_broken_file_makes_its_problem_and_no_other(name: str, tmp_path: Path) -> None:
    found = problems_of(name, tmp_path)
    code = name.split(".")[0]
    assert {p.code for p in found} <= {code, *ALONG_WITH.get(code, ())}
    assert PLACES[name] in [(p.row, p.field) for p in found if p.code == code]
    assert not list(tmp_path.glob("draws"))
    if name.split(".")[-2] not in ("plan", "evidence", "ledger"):
        assert all((tmp_path / p.file).is_file() for p in found if p.row), "the file that the clerk has open"
    for p in found:
        assert all(p.message(lang) and p.remedy(lang) for lang in LANGS)
        assert not re.search(r"\{\w+\}", p.message("en") + p.message("zh"))
        assert not HAN.search(p.message("en").replace(p.value, "")), "English is English but for the value"


ALONG_WITH: Final = {"SSJ-P028": ("SSJ-P022",)}
"""A plan of another year has its dates in another year, too."""

NEAREST: Final = {
    "SSJ-P013.misspelt-key.plan.toml": "document_no",
    "SSJ-P013.misspelt-key-of-a-batch.plan.toml": "start",
    "SSJ-P025.unknown-policy.plan.toml": "key-1",
    "SSJ-G008.unknown-plugin.ruleset.toml": "ratio_rules",
    "SSJ-G008.unknown-sector.ruleset.toml": "real_estate",
    "SSJ-G009.title-for-an-id.ruleset.toml": "county",
    "SSJ-G009.word-of-the-roster.ruleset.toml": "construction_market / county",
    "SSJ-G009.unknown-ratio.ruleset.toml": "county.three",
    "SSJ-G009.unknown-reader.plan.toml": "readers.",
    "SSJ-G009.unknown-recusal.ruleset.toml": "officer_rules.declared",
    "SSJ-G009.unknown-results.ruleset.toml": "county.results",
    "SSJ-G009.unknown-rule.ruleset.toml": "ratio_rules.yearly_cap",
    "SSJ-G009.unknown-ruleset.plan.toml": "fuping_zjj_2021",
    "SSJ-G009.unknown-source.plan.toml": "entropy.text",
    "SSJ-G009.unknown-stratifier.ratio.toml": "ratio_rules.credit_risk",
}


@pytest.mark.parametrize("name", sorted(NEAREST))
def test_what_was_probably_meant_is_named(name: str, tmp_path: Path) -> None:
    (found,) = problems_of(name, tmp_path)
    assert re.search("是不是.*" + re.escape(NEAREST[name]), found.remedy("zh"))
    assert re.search("did you mean.*" + re.escape(NEAREST[name]), found.remedy("en"))


@pytest.mark.parametrize("name", ["good.plan.toml", "good-with-bom.plan.toml", "good-with-crlf.plan.toml"])
def test_the_good_plan_is_good_with_a_byte_order_mark_and_with_windows_line_ends(name: str, tmp_path: Path) -> None:
    assert problems_of(name, tmp_path) == []


def test_good_evidence_is_good(tmp_path: Path) -> None:
    assert problems_of("good.evidence.toml", tmp_path) == []


def test_the_good_ledger_is_good_and_its_draw_is_missed(tmp_path: Path) -> None:
    (found,) = problems_of("good.ledger.jsonl", tmp_path)
    assert (found.code, found.file) == ("SSJ-L003", "draws/t-2021-key-1-1")


@pytest.mark.parametrize("part", ["ssj-plugin", "ratio", "ruleset", "checklist", "results", "filter", "strata"])
def test_the_good_rules_of_a_county_are_good(part: str, tmp_path: Path) -> None:
    """Each in its turn, put there by the same way as the broken ones."""
    kind = {v: k for k, v in PART.items()}.get(part, part)
    shutil.copy(FOLDER / "county" / f"{part}.toml", tmp_path / f"x.{kind}.toml")
    assert problems_of(str(tmp_path / f"x.{kind}.toml"), tmp_path / "bureau") == []


def test_a_ratio_rule_brings_the_plugin_of_its_stratifier(tmp_path: Path) -> None:
    """Even where nothing else of that plugin is used."""
    text = (FOLDER / "county" / "ruleset.toml").read_text(encoding="utf-8")
    text = text.replace('[[eligibility]]\nrule = "ratio_rules.open"\n', "")
    text = text[: text.index("\n[[batch.eligibility]]")]
    assert "ratio_rules" not in text
    (tmp_path / "x.ruleset.toml").write_text(text, encoding="utf-8")
    assert problems_of(str(tmp_path / "x.ruleset.toml"), tmp_path / "bureau") == []


NOT_TESTED: Final[dict[str, str]] = {}
"""Codes that no test makes, each with the reason."""


def test_every_code_is_made_by_some_test_or_has_a_reason_not_to() -> None:
    seen = {p.name.split(".")[0][:8] for p in (TESTS / "bad").rglob("SSJ-*")}
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        seen |= set(re.findall(r"SSJ-[A-Z][0-9]{3}", text if path != Path(__file__) else ""))
    assert sorted(set(CATALOGUE) - seen) == sorted(NOT_TESTED)
    assert all(NOT_TESTED.values())


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_entry_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    entry = CATALOGUE[code]
    for zh in (entry.zh, entry.zh_remedy):
        assert HAN.search(zh) or re.fullmatch(r"\{\w+\}", zh), "no Chinese"
    for en in (entry.en, entry.en_remedy):
        assert en
        to_be_typed = en == entry.en_remedy and code.startswith("SSJ-R")  # words for the cells of a Chinese roster
        assert to_be_typed or not HAN.search(en), "Chinese in English"
        assert not re.search("[，。：；（）！？]", en)
    assert not entry.zh.endswith(("。", ".")), "what follows is another sentence"
    assert re.fullmatch("SSJ-[A-Z][0-9]{3}", code)


def parameters(entry: Entry) -> set[str]:
    templates = (entry.zh, entry.zh_remedy, entry.en, entry.en_remedy)
    return {name for t in templates for _, name, _, _ in string.Formatter().parse(t) if name}


GIVEN_BY: Final[dict[str, set[str]]] = {"nearest": {"near", "near_en", "nearest", "nearest_en"}}
SOURCES: Final = [
    Path(inspect.getfile(module)).parent for module in (ssj_core, ssj_cli, ssj_ratio_rules, ssj_officer_rules)
]


def calls() -> Iterator[tuple[str, str, set[str], bool]]:
    """Every call in the sources that makes a problem: where, its code, its keywords, whether others may hide in **."""
    for path in (p for folder in SOURCES for p in sorted(folder.rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in ("problem", "add", "tell"):
                continue
            first = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else node.args[:1]
            names = [c.value for c in first if isinstance(c, ast.Constant)]
            given, hidden = set[str](), False
            for keyword in node.keywords:
                if keyword.arg:
                    given.add(keyword.arg)
                elif isinstance(keyword.value, ast.Call) and isinstance(keyword.value.func, ast.Name):
                    given |= GIVEN_BY.get(keyword.value.func.id, set())
                else:
                    hidden = True
            for code in names:
                if isinstance(code, str) and re.fullmatch("SSJ-[A-Z][0-9]{3}", code):
                    yield f"{path.name}:{node.lineno}", code, given, hidden


def test_every_sentence_is_given_all_it_speaks_of() -> None:
    """Else the sentence about a mistake would itself be one, and only then when somebody makes that mistake."""
    found = list(calls())
    assert len(found) > 60
    lacking = [
        (place, code, missing)
        for place, code, given, hidden in found
        if not hidden and (missing := parameters(CATALOGUE[code]) - given - {"value", "field", "row"})
    ]
    assert lacking == []


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        problem("SSJ-X999")


def test_problems_are_sorted_as_a_reader_goes_through_a_file() -> None:
    some: list[Any] = [
        problem("SSJ-P014", file=f, row=r, value="x") for f, r in (("b", 1), ("a", 10), ("a", 2), ("a", None))
    ]
    assert [(p.file, p.row) for p in ordered(some)] == [("a", None), ("a", 2), ("a", 10), ("b", 1)]
    assert errors([problem("SSJ-P023"), *some[:1]]) == some[:1]
