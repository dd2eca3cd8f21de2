"""The facts papers are printed from: citations, items of a subject, deadlines, versions of a form, sample facts."""

import json
from datetime import date
from pathlib import Path

from attrs import evolve

from ssj_core.documents.dossier import read_dossier
from ssj_core.documents.sample import sample_dossier
from ssj_core.rules.effective import EffectiveRules, SealedChecklist, SealedItem
from ssj_core.rules.model import LegalBasis
from ssj_core.tables import SiteDrawRow, SubjectRow, decode_table
from ssj_documents.citation import citation
from ssj_documents.code import code_text
from ssj_documents.facts import facts
from ssj_documents.forms import form, shown
from ssj_documents.items import items_for


def test_a_basis_that_was_not_read_says_so() -> None:
    read = LegalBasis(title="中华人民共和国建筑法", articles=("13", "26"), version=date(2019, 4, 23), mark="V-law")
    assert citation(read) == "《中华人民共和国建筑法》第十三条、第二十六条（2019-04-23 版）"
    for mark in ("V-src", "V-code", "weak", "GK"):
        assert citation(evolve(read, mark=mark)).endswith("〔待核〕")


def _rules() -> EffectiveRules:
    return sample_dossier().rules


def _subject(kind: str, *sectors: str) -> SubjectRow:
    return evolve(sample_dossier().visits[0].subject, kind=kind, sectors=sectors)


def _list(sector: str, *kinds: str) -> SealedChecklist:
    items = tuple(
        SealedItem(id=f"{sector}-{k}", title=k, content=k, kinds=(k,), methods=("书面检查",), note="", basis=())
        for k in kinds
    )
    return SealedChecklist(sector=sector, title=sector, items=items, not_in_force=())


def test_items_are_those_of_the_subjects_sectors_and_kind() -> None:
    rules = evolve(
        _rules(), checklists=(_list("a", "施工企业", "工程项目"), _list("b", "施工企业"), _list("c", "监理企业"))
    )

    def ids(subject: SubjectRow) -> list[str]:
        return [i.id for c in items_for(rules, subject) for i in c.items]

    assert ids(_subject("施工企业", "a", "b")) == ["a-施工企业", "b-施工企业"]
    assert ids(_subject("工程项目", "a", "b")) == ["a-工程项目"]
    assert ids(_subject("施工企业")) == ["a-施工企业", "b-施工企业"]  # no sector: all that name its kind
    assert ids(_subject("排水户", "a")) == ["a-施工企业", "a-工程项目"]  # none names its kind: all, and said so
    assert not items_for(rules, _subject("排水户", "a"))[0].matching


def test_an_invisible_sign_turns_no_line_around() -> None:
    assert shown("甲\u202e乙") == "\u2068甲\u202e乙\u2069"
    assert shown("𠮷野家👷 A&B <{{x}}>") == "𠮷野家👷 A&B <{{x}}>"
    assert shown("\ufffe") == "\ufffd"


def test_the_code_names_draw_form_version_and_record() -> None:
    dossier = sample_dossier()
    assert code_text("t-1", dossier.visits[0]) == "ssj-form:t-1:001.2:0123456789abcdef"


def test_the_risk_class_is_for_the_office_alone() -> None:
    found = facts(sample_dossier())
    assert found["各人"][0]["任务"][0]["对象"]["信用风险等级"] == "A"
    from ssj_documents.layouts.form import template
    from tests.word import text

    assert "信用风险等级" not in text(template())


def test_the_sites_drawn_of_a_firm_stand_on_its_form() -> None:
    """A draw of two stages, as the vectors have it: the form says to which site the team goes."""
    vector = Path(__file__).parents[1] / "vectors" / "bad" / "good-sites.json"
    files = {name: text.encode() for name, text in json.loads(vector.read_text("utf-8"))["files"].items()}
    dossier = read_dossier(files, level="E0")
    rows = decode_table(SiteDrawRow, files["site_draws.csv"])
    assert any(visit.sites for visit in dossier.visits)  # a firm without a site has none
    for visit in dossier.visits:
        drawn = [r.name for r in rows if r.subject == visit.subject.id and r.outcome == "抽中"]
        assert [s.name for s in visit.sites] == drawn
        told = form(dossier, visit)["抽中项目"]
        assert told == "；".join(f"{s.name}（{s.address or s.id}）" for s in visit.sites)
