"""The blocks of a joint form: each section's items, conclusion and signatures together, every item in one block."""

import re
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from ssj_core.documents.model import Dossier, Member
from ssj_core.documents.sample import sample_dossier
from ssj_core.rules.effective import SealedChecklist, SealedItem
from ssj_documents.facts import facts
from ssj_documents.papers import RENDERERS
from tests.word import text

SECTORS = ("market", "safety", "permits")


def member(number: int, section: str, *fields: str) -> Member:
    return Member(
        role="协办" if number else "主办", id=f"officer:{number}", name=f"示例{'甲乙丙丁'[number]}", section=section,
        certificate=f"SL{number}", fields=fields,
    )  # fmt: skip


def joint(*team: Member, joint: bool = True) -> Dossier:
    """A visit of one firm of three sectors with two items each."""
    dossier = sample_dossier()
    (visit,) = dossier.visits

    def item(sector: str, n: int) -> SealedItem:
        name = f"{sector}-{n}"
        return SealedItem(id=name, title=name, content="", kinds=(), methods=(), note="", basis=())

    lists = tuple(
        SealedChecklist(sector=s, title=f"类别{s}", items=(item(s, 1), item(s, 2)), not_in_force=()) for s in SECTORS
    )
    rules = evolve(dossier.rules, checklists=lists, sectors=SECTORS, joint=joint)
    subject = evolve(visit.subject, sectors=SECTORS)
    return evolve(dossier, rules=rules, visits=(evolve(visit, subject=subject, team=team, ended_by=""),))


def blocks(dossier: Dossier) -> dict[str, list[str]]:
    return {b["股室"]: [i["编号"] for c in b["清单"] for i in c["事项"]] for b in only(dossier)["分块"]}


def only(dossier: Dossier) -> dict[str, Any]:
    (form,) = facts(dossier)["各表"]
    assert isinstance(form, dict)
    return form


def test_each_section_has_the_items_of_the_sectors_it_is_qualified_for() -> None:
    dossier = joint(member(0, "市场股", "market"), member(1, "安监站", "safety"), member(2, "审批股", "permits"))
    assert blocks(dossier) == {
        "市场股": ["market-1", "market-2"], "安监站": ["safety-1", "safety-2"], "审批股": ["permits-1", "permits-2"],
    }  # fmt: skip
    assert not any(b["说明"] for b in only(dossier)["分块"])
    assert not any(i["承办"] for c in only(dossier)["清单"] for i in c["事项"])


def test_what_several_may_inspect_stands_once_and_is_ticked() -> None:
    form = only(joint(member(0, "市场股", "market"), member(1, "安监站", "safety"), member(2, "审批股", "safety")))
    first, second, third = form["分块"]
    assert [c["类别"] for c in second["清单"]] == ["类别safety"]
    assert second["清单"][0]["事项"][0]["承办"] == "□安监站　□审批股"
    assert "“类别safety”各股室都有资格" in second["说明"]
    assert (third["清单"], "没有单独分给本股室" in third["说明"]) == ([], True)
    assert "没有具备“类别permits”执法领域的人员" in first["说明"]  # nobody: the lead's, and the office is told


def test_several_departments_have_a_block_each_whatever_their_sections_are_called() -> None:
    team = (
        evolve(member(0, "执法大队", "market"), unit="住建局"),
        evolve(member(1, "安监站", "safety"), unit="住建局"),
        evolve(member(2, "执法大队", "permits"), unit="市场监管局"),
    )
    dossier = joint(*team)
    assert blocks(dossier) == {
        "住建局": ["market-1", "market-2", "safety-1", "safety-2"], "市场监管局": ["permits-1", "permits-2"],
    }  # fmt: skip
    form = only(dossier)
    assert form["承办"] == "□住建局　□市场监管局"
    assert [one["股室"] for one in form["检查组"]] == ["住建局执法大队", "住建局安监站", "市场监管局执法大队"]
    assert facts(dossier)["各人"][0]["任务"][0]["同组"].count("住建局执法大队") == 1
    alone = joint(*(evolve(one, unit="住建局") for one in team))
    assert list(blocks(alone)) == ["执法大队", "安监站"]
    idle = joint(
        evolve(member(0, "执法大队", *SECTORS), unit="住建局"), evolve(member(1, "执法大队"), unit="市场监管局")
    )
    assert "分给本单位的事项" in only(idle)["分块"][1]["说明"]


@pytest.mark.parametrize("fields", list(product([(), ("market",), ("safety", "permits"), SECTORS], repeat=3)))
def test_every_item_stands_in_one_block_and_is_numbered_through(fields: tuple[tuple[str, ...], ...]) -> None:
    sections = ("甲股", "乙股", "甲股")
    team = [member(n, section, *own) for n, (section, own) in enumerate(zip(sections, fields, strict=True))]
    form = only(joint(*team))
    assert [b["股室"] for b in form["分块"]] == ["甲股", "乙股"]
    told = [i for b in form["分块"] for c in b["清单"] for i in c["事项"]]
    assert sorted(i["编号"] for i in told) == sorted(f"{s}-{n}" for s in SECTORS for n in (1, 2))
    assert [i["序号"] for i in told] == list(range(1, 7))
    assert [i for c in form["清单"] for i in c["事项"]] == told  # the notice lists them in the same order
    assert [m["姓名"] for b in form["分块"] for m in b["人员"]] == ["示例甲", "示例丙", "示例乙"]


def test_a_visit_that_is_not_joint_has_one_block_without_a_name() -> None:
    dossier = joint(member(0, "市场股", "market"), member(1, "安监站", "safety"), joint=False)
    assert blocks(dossier) == {"": [f"{s}-{n}" for s in SECTORS for n in (1, 2)]}
    (form,) = [r for r in RENDERERS if r.id == "documents.form"]
    assert not re.search("承办|一、", text(form.render(dossier, None)))


def test_on_paper_a_block_is_whole_before_the_next_begins() -> None:
    (form,) = [r for r in RENDERERS if r.id == "documents.form"]
    said = text(form.render(joint(member(0, "市场股", "market"), member(1, "安监站", "safety", "permits")), None))
    order = (
        "一、市场股（主办示例甲）", "market-1", "检查结论（市场股：示例甲）", "主办（示例甲）：",
        "二、安监站（协办示例乙）", "safety-1", "permits-2", "检查结论（安监站：示例乙）", "协办（示例乙）：",
        "签字确认",
    )  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
