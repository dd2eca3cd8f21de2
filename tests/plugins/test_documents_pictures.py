"""Looks at the papers: each has its pages, none is blank, ink keeps to the margins, the protocol is one page."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from ssj_core.documents.model import Dossier, Entropy, Member, Renderer, Stratum
from ssj_core.documents.sample import sample_dossier
from ssj_core.rules.effective import SealedChecklist, SealedItem
from ssj_core.verify.assurance import LEVELS
from ssj_documents import typeset
from ssj_documents.facts import facts
from ssj_documents.papers import RENDERERS
from ssj_documents.sheet import Sheet
from ssj_documents.word import fill
from tests.pictures import POPPLER, SOFFICE, Page, from_word, pages

CI = bool(os.environ.get("CI"))
PAPERS = {r.id.removeprefix("documents."): r for r in RENDERERS}
SIDES = {"form": (25, 20), "notice": (28, 26), "tasks": (25, 20), "protocol": (25, 20)}
"""Left and right margin of each paper, in millimetres."""

in_pdf = pytest.mark.skipif(
    not CI and not (POPPLER and typeset.chinese_fonts()), reason="needs pdftoppm (poppler-utils) and a Chinese font"
)
in_word = pytest.mark.skipif(
    not (POPPLER and SOFFICE), reason="looks at Word files by LibreOffice (soffice) and pdftoppm, where they are"
)

NAME = "阜平县𠮷野龘䶮㛃建筑安装工程" + "超长名称" * 25 + "（普通合伙）有限责任公司"
DIGEST = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def full() -> Dossier:
    """Two joint visits with long names, rare characters and many items."""
    dossier = sample_dossier()
    (visit,) = dossier.visits

    def item(sector: str, n: int) -> SealedItem:
        (checklist,) = dossier.rules.checklists
        return evolve(checklist.items[0], id=f"{sector}-{n:02}", title=f"事项{n}", content="检查是否符合规定。" * 6)

    lists = tuple(
        SealedChecklist(sector=s, title=f"类别{s}", items=tuple(item(s, n) for n in range(12)), not_in_force=())
        for s in ("a", "b")
    )
    team = (
        Member(role="主办", id="officer:1", name="示例甲", section="建筑业管理股", certificate="SL1", fields=("a",)),
        Member(
            role="协办", id="officer:2", name="买买提·示例", section="质量安全监督站" * 3, certificate="SL2",
            fields=("b",),
        ),
    )  # fmt: skip
    subject = evolve(visit.subject, name=NAME, sectors=("a", "b"), address="某某镇某某村" * 20)
    visits = tuple(evolve(visit, subject=subject, team=team, number=n, ended_by="", sites=()) for n in (1, 2))
    return evolve(dossier, rules=evolve(dossier.rules, checklists=lists, sectors=("a", "b")), visits=visits)


def witnessed(count: int) -> Dossier:
    """A draw with so many sources, each as long as one can be, and more strata than there is room for."""
    dossier = sample_dossier()
    long = (
        Entropy(
            source="drand", title="drand 公共随机信标", canonical=f"{DIGEST}:1000:" + DIGEST * 3, who=(), where="",
            when="", appointed={"chain": DIGEST, "round": "12345678", "time": "2021-01-18T09:30:00+08:00"},
        ),
        Entropy(
            source="reveal", title="各方秘密", canonical=";".join(f"party{n}:{DIGEST}" for n in range(8)),
            who=tuple(f"见证人{n}（某某县人大常委会财经工作委员会）" for n in range(6)),
            where="县政务服务中心三楼第二会议室" * 3, when="2021-01-18T09:30:00+08:00",
        ),
        Entropy(
            source="dice6", title="掷骰子（六面）", canonical="123456" * 40, who=("王某", "李某"), where="局会议室",
            when="2021-01-18T09:30:00+08:00",
        ),
    )  # fmt: skip
    strata = tuple(
        Stratum(stratum=f"房屋建筑和市政基础设施工程施工总承包企业·{c}级·城关镇及周边片区", size=1000, quota=30)
        for c in "ABCDEFGHIJ"
    )
    rules = evolve(
        dossier.rules, plan="2021年度" + "“双随机、一公开”监管工作实施方案" * 6, title="内部联合随机抽查" * 12,
        bureau="阜平县住房和城乡建设局（人民防空办公室、城市管理综合行政执法局）",
    )  # fmt: skip
    words = max(LEVELS.values(), key=lambda one: len(one.zh))
    entropy = tuple(long[n % len(long)] for n in range(count))
    return evolve(dossier, rules=rules, entropy=entropy, strata=strata, level_words=words)


def check(found: list[Page], paper: str, slack: float) -> None:
    """No page is blank or black, and nothing reaches over the margins; tables may stand out by their own padding."""
    left, right = SIDES[paper]
    for page in found:
        assert 0.001 < page.inked < 0.25, page
        assert page.left > left - slack, page
        assert page.right > right - slack, page
        assert 10 < page.top < 60, page  # one that holds its footer alone begins far below
        assert page.bottom > 6, page


def printed(renderer: Renderer, dossier: Dossier, folder: Path) -> bytes:
    made = renderer.render(dossier, None)
    return made if renderer.suffix == "pdf" else from_word(made, folder)


@in_pdf
@pytest.mark.parametrize(
    ("paper", "least", "most"), [("form", 8, 14), ("notice", 4, 8), ("tasks", 2, 4), ("protocol", 1, 1)]
)
def test_a_pdf_looks_as_a_paper_does(paper: str, least: int, most: int, tmp_path: Path) -> None:
    found = pages(printed(PAPERS[f"{paper}_pdf"], full(), tmp_path), tmp_path)
    assert least <= len(found) <= most
    check(found, paper, 1)


@in_word
def test_a_word_file_looks_as_a_paper_does(tmp_path: Path) -> None:
    """Fonts differ from machine to machine, and with them the pages."""
    found = pages(printed(PAPERS["form"], full(), tmp_path), tmp_path)
    assert 8 <= len(found) <= 16
    check(found, "form", 3)


@in_word
def test_a_form_whose_last_line_is_the_last_of_its_page_leaves_no_page_to_the_footer(tmp_path: Path) -> None:
    """Its 728 points are full but for four: less than the thinnest line, were there one for the break."""
    sheet = Sheet((22, 18, 25, 20))
    sheet.footer("第 # 页")
    sheet.line("{%p for 表 in 各表 %}")
    for _ in range(25):
        sheet.line("{{ 表.表号 }}", "正文顶格")
    sheet.line("台账头", "紧")
    sheet.end("台账头", "紧")
    sheet.line("{%p endfor %}")
    found = pages(from_word(fill(sheet.save("满页"), facts(full())), tmp_path), tmp_path)
    assert len(found) == 2
    check(found, "form", 3)


def test_times_of_the_protocol_are_those_of_beijing_and_who_was_there_need_not_be_written_again() -> None:
    dossier = sample_dossier()
    (one,) = dossier.entropy
    event = evolve(one, source="drand", who=(), where="", when="", appointed={"time": "2021-01-18T01:29:00Z"})
    spoken = evolve(one, when="2021-01-18T01:30:00+00:00", who=("王某（审计局）", "李某", "王某（审计局）"))
    told = facts(evolve(dossier, entropy=(event, spoken), sealed_at="2021-01-17T17:00:00Z"))["会议"]
    assert told["封存时间"] == "2021年1月18日01:00:00（北京时间）"
    assert (told["时间"], told["地点"]) == ("2021年1月18日09:30", "局会议室")
    assert told["熵源"][0]["约定"] == "时间 2021年1月18日09:29:00（北京时间）"
    assert told["熵源"][1]["见证"].endswith("局会议室；2021年1月18日09:30:00（北京时间）")
    assert told["签名"][0] == {"姓名": "王某", "单位": "审计局", "另一姓名": "李某", "另一单位": ""}
    assert len(told["签名"]) == 3
    local = evolve(spoken, when="2021-01-18T09:30:00")  # without a zone it is of Beijing
    assert facts(evolve(dossier, entropy=(local,)))["会议"]["熵源"][0]["见证"] == told["熵源"][1]["见证"]
    assert facts(evolve(dossier, entropy=(evolve(local, when="2021-01-18"),)))["会议"]["时间"] == "2021年1月18日"
    assert facts(evolve(dossier, entropy=(event,)))["会议"]["时间"] == ""  # nobody says when they met


@in_pdf
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8])
def test_the_protocol_is_one_page_whatever_the_sources(count: int, tmp_path: Path) -> None:
    assert len(pages(PAPERS["protocol_pdf"].render(witnessed(count), None), tmp_path)) == 1


@in_word
def test_the_protocol_in_word_is_one_page_too(tmp_path: Path) -> None:
    found = pages(printed(PAPERS["protocol"], witnessed(4), tmp_path), tmp_path)
    assert len(found) == 1
    check(found, "protocol", 3)


@in_pdf
@pytest.mark.parametrize("spoil", ["#page(height: 297mm)[]", "#place(top + left, dx: -20mm)[出格]"])
def test_a_blank_page_or_ink_beyond_the_margin_is_seen(
    spoil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test of the tests: what they look for, they find."""
    import typst

    whole: Callable[..., object] = typst.Compiler

    def spoilt(input: bytes, **given: object) -> object:  # noqa: A002
        return whole(input=input + spoil.encode(), **given)

    monkeypatch.setattr(typst, "Compiler", spoilt)
    found = pages(PAPERS["protocol_pdf"].render(sample_dossier(), None), tmp_path)
    with pytest.raises(AssertionError):
        check(found, "protocol", 1)
