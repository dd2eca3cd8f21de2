"""Papers as PDF: the same bytes twice, every word in it, no boxes; without a Chinese font none at all."""

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ssj_core.documents.model import Dossier, Renderer
from ssj_core.documents.sample import sample_dossier
from ssj_core.problems import InputError
from ssj_documents import typeset
from ssj_documents.missing import missing_signs, named
from ssj_documents.papers import RENDERERS

PDFS = {r.id: r for r in RENDERERS if r.suffix == "pdf"}
TWINS = {r.id: next(w for w in RENDERERS if r.id == f"{w.id}_pdf") for r in PDFS.values()}

FOOTER = re.compile(r"—\d+—|(示例局)?example-batch-1(内部使用)?第\d+页")
needs_a_font = pytest.mark.skipif(
    not os.environ.get("CI") and not typeset.chinese_fonts(), reason="no Chinese font is installed: no PDF is set"
)
needs_poppler = pytest.mark.skipif(
    not os.environ.get("CI") and not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed"
)


def words(data: bytes, folder: Path) -> str:
    """The text of a PDF without blanks: where lines are broken is not the matter."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return FOOTER.sub("", "".join(said.split()).replace("\u200b", ""))


def strange() -> Dossier:
    """A visit whose names try to be more than names, and a list that needs several pages."""
    dossier = sample_dossier()
    (visit,) = dossier.visits
    name = '#set page(width: 1pt) $x$ @a *甲* _乙_ `丙` \\ "引" <w:t>{{ 批次 }} 长' + "长" * 120
    subject = evolve(visit.subject, name=name, sectors=())
    (checklist,) = dossier.rules.checklists
    items = tuple(evolve(checklist.items[0], id=f"SL-{n:02}", title=f"示例事项{n}") for n in range(40))
    rules = evolve(dossier.rules, checklists=(evolve(checklist, items=items),))
    return evolve(dossier, rules=rules, visits=(evolve(visit, subject=subject),))


def test_each_word_paper_has_its_pdf() -> None:
    assert {r.id for r in TWINS.values()} == {r.id for r in RENDERERS if r.suffix == "docx"}


@needs_a_font
@pytest.mark.parametrize("renderer", PDFS.values(), ids=lambda r: r.id)
def test_the_same_paper_is_the_same_bytes(renderer: Renderer) -> None:
    made = renderer.render(sample_dossier(), None)
    assert made.startswith(b"%PDF-")
    assert renderer.render(sample_dossier(), None) == made


@needs_a_font
@needs_poppler
@pytest.mark.parametrize("renderer", PDFS.values(), ids=lambda r: r.id)
def test_what_stands_in_the_word_file_stands_in_the_pdf(renderer: Renderer, tmp_path: Path) -> None:
    from tests.word import texts

    for dossier in (
        sample_dossier(),
        evolve(sample_dossier(), visits=tuple(unended(v) for v in sample_dossier().visits)),
    ):
        said = words(renderer.render(dossier, None), tmp_path)
        for line in texts(TWINS[renderer.id].render(dossier, None)):
            for part in line.split("\n"):
                for piece in part.replace("＿", " ").replace("　", " ").split():
                    assert piece in said, piece


def unended(visit: Any) -> Any:
    return evolve(visit, ended_by="")


@needs_a_font
@needs_poppler
def test_names_are_text_and_long_lists_repeat_their_head(tmp_path: Path) -> None:
    said = words(PDFS["documents.form_pdf"].render(strange(), None), tmp_path)
    assert "".join(strange().visits[0].subject.name.split()) in said
    assert said.count("发现问题及处置") > 2
    assert "示例事项39" in said


def test_without_a_chinese_font_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "chinese_fonts", list)
    with pytest.raises(InputError) as told:
        PDFS["documents.form_pdf"].render(sample_dossier(), None)
    assert told.value.problems[0].code == "SSJ-D020"
    assert "fonts-noto-cjk" in told.value.problems[0].remedy("zh")


def test_a_font_without_chinese_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fonts:
        def families(self) -> list[str]:
            return ["DejaVu Sans", "Libertinus Serif", "SIMSUN"]

    monkeypatch.setattr("typst.Fonts", Fonts)
    assert typeset.chinese_fonts() == ["SimSun"]


@needs_a_font
def test_a_sign_that_no_font_has_is_named_and_no_box_is_printed() -> None:
    (visit,) = sample_dossier().visits
    subject = evolve(visit.subject, name="甲\ue7c7\U000ffffd公司", address="\ue7c7路")
    with pytest.raises(InputError) as told:
        PDFS["documents.form_pdf"].render(evolve(sample_dossier(), visits=(evolve(visit, subject=subject),)), None)
    (found,) = told.value.problems
    assert (found.code, found.value) == ("SSJ-D023", "U+E7C7、U+FFFFD")


def visits_named(*names: str) -> Dossier:
    """One visit for each name, with a number and a code of its own."""
    (visit,) = sample_dossier().visits
    subjects = [evolve(visit.subject, name=name, id=f"permit:P({n})") for n, name in enumerate(names, start=1)]
    visits = tuple(evolve(visit, number=n, subject=subject) for n, subject in enumerate(subjects, start=1))
    return evolve(sample_dossier(), visits=visits, all_visits=len(visits))


@needs_a_font
@pytest.mark.parametrize("paper", ["form", "notice", "tasks"])
def test_every_form_with_such_a_sign_is_named_with_what_to_type(paper: str) -> None:
    dossier = visits_named("甲\ue7c7公司", "好公司", "乙\U000ffffd\ue7c7公司")
    with pytest.raises(InputError) as told:
        PDFS[f"documents.{paper}_pdf"].render(dossier, None)
    (found,) = told.value.problems
    assert (found.code, found.value) == ("SSJ-D024", "U+E7C7、U+FFFFD")
    assert found.params["where"] == (
        "第 001 号 甲\ue7c7公司：U+E7C7；第 003 号 乙\U000ffffd\ue7c7公司：U+E7C7、U+FFFFD"
    )
    for remedy in (found.remedy("zh"), found.remedy("en")):
        assert '--only "P(1)" --only "P(3)"' in remedy
        assert '--pdf --except "P(1)" --except "P(3)"' in remedy


@needs_a_font
def test_what_all_forms_share_is_not_told_form_by_form() -> None:
    dossier = visits_named("甲公司", "好公司")
    shared = evolve(dossier, rules=evolve(dossier.rules, bureau="某\ue7c7局"))
    with pytest.raises(InputError) as told:
        PDFS["documents.form_pdf"].render(shared, None)
    (found,) = told.value.problems
    assert found.code == "SSJ-D023"
    assert found.params["where"] == "批次.单位“某\ue7c7局”：U+E7C7"
    with pytest.raises(InputError) as told:
        PDFS["documents.protocol_pdf"].render(shared, None)
    assert "批次.单位“某\ue7c7局”" in told.value.problems[0].message("zh")
    both = evolve(visits_named("甲\U000ffffd公司", "好公司"), rules=shared.rules)
    with pytest.raises(InputError) as told:
        PDFS["documents.form_pdf"].render(both, None)
    assert "批次.单位" in told.value.problems[0].message("zh")
    assert "第 001 号 甲\U000ffffd公司：U+FFFFD" in told.value.problems[0].message("en")


def test_a_sign_is_shown_with_its_number_where_it_shows_something() -> None:
    assert [named(sign) for sign in "👷\ue7c7"] == ["👷（U+1F477）", "U+E7C7"]


def test_signs_are_read_from_what_typst_says() -> None:
    said = 'error: PDF/A-2b error: the text `"👷\\u{e7c7}"` could not be displayed with font `"Noto"`\n'
    assert missing_signs(said + said) == ["👷", "\ue7c7"]
    assert missing_signs("error: unknown variable") == []


@needs_a_font
def test_the_pdf_is_dated_with_the_draw_and_fit_for_an_archive() -> None:
    for dossier, day in ((sample_dossier(), b"20210118"), (evolve(sample_dossier(), drawn_at="?"), b"20210118")):
        made = PDFS["documents.protocol_pdf"].render(dossier, None)
        assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in made
        assert b"/CreationDate(D:" + day in made


@needs_a_font
def test_what_typst_cannot_set_ends_in_a_sentence() -> None:
    with pytest.raises(InputError) as told:
        typeset.typeset("form", "t", {"各表": []}, date(2021, 1, 18))
    assert told.value.problems[0].code == "SSJ-D021"


def test_a_pdf_takes_no_template_and_needs_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = PDFS["documents.form_pdf"]
    with pytest.raises(InputError) as told:
        renderer.render(sample_dossier(), b"x")
    assert told.value.problems[0].code == "SSJ-D022"
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(InputError) as told:
        renderer.render(sample_dossier(), None)
    assert told.value.problems[0].code == "SSJ-D001"
    assert "ssj-core[pdf]" in told.value.problems[0].remedy("zh")
