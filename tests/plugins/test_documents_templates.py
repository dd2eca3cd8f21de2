"""What an office does to a template, and what others might: every slip named, nothing run, nothing fetched."""

import io
import re
import zipfile

import docx
import pytest
from attrs import evolve
from docx.oxml import parse_xml

from ssj_core.documents.model import Renderer
from ssj_core.documents.sample import sample_dossier
from ssj_core.problems import InputError
from ssj_documents.layouts import form
from ssj_documents.papers import RENDERERS
from ssj_documents.sample import sample_facts
from ssj_documents.word import environment, fill, settled
from tests.word import changed, text, xml

TEMPLATED = [r for r in RENDERERS if r.template]
FORM = next(r for r in RENDERERS if r.id == "documents.form")


def shipped(renderer: Renderer = FORM) -> bytes:
    assert renderer.template is not None
    return renderer.template()


def with_line(line: str) -> bytes:
    """The shipped form with one more paragraph."""
    document = docx.Document(io.BytesIO(shipped()))
    document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def found(data: bytes) -> list[tuple[str, str]]:
    assert FORM.check is not None
    return [(p.code, p.value) for p in FORM.check(data, "t.docx")]


@pytest.mark.parametrize("renderer", TEMPLATED, ids=lambda r: r.id)
def test_a_shipped_template_has_nothing_wrong_and_is_always_the_same(renderer: Renderer) -> None:
    assert renderer.check is not None
    assert renderer.check(shipped(renderer), "t.docx") == []
    made = settled(form.template())
    assert renderer.id != "documents.form" or shipped(renderer) == made


@pytest.mark.parametrize("name", ["form", "notice", "tasks"])
def test_a_form_ends_with_a_line_that_stands_on_its_page(name: str) -> None:
    """A break in a line of its own gets a page of its own, with nothing but the footer, where the page is full."""
    (renderer,) = (r for r in TEMPLATED if r.id == f"documents.{name}")
    body = docx.Document(io.BytesIO(shipped(renderer))).element.body
    (end,) = body.xpath("./w:p[w:pPr/w:sectPr]")
    before = end.getprevious()
    if before.tag.endswith("}tbl"):
        assert all(row.xpath(".//w:keepNext") for row in before.xpath("./w:tr"))
    else:
        assert renderer.id == "documents.tasks"
        assert before.xpath("./w:pPr/w:pStyle/@w:val") == ["栏尾"]  # never without the next line
    two = evolve(sample_dossier(), visits=sample_dossier().visits * 2)
    filled = docx.Document(io.BytesIO(renderer.render(two, None)))
    papers = 2  # two visits, or the two officers who make them
    assert len(filled.sections) == papers
    assert filled.element.body[-2].xpath("./w:pPr/w:sectPr") == []  # the last form leaves no empty page behind it


@pytest.mark.parametrize("renderer", TEMPLATED, ids=lambda r: r.id)
def test_every_word_of_a_template_is_chinese_of_the_mainland(renderer: Renderer) -> None:
    """Else a missing font falls back to a Japanese one, and □ to a Latin one."""
    styles = xml(shipped(renderer), "word/styles.xml")
    assert 'w:eastAsia="zh-CN"' in styles
    for name in ("ascii", "hAnsi", "eastAsia"):
        assert f'w:{name}="仿宋_GB2312"' in styles


@pytest.mark.parametrize(
    ("line", "code", "value"),
    [
        ("{{ 批次.单味 }}", "SSJ-D011", "批次.单味"),
        ("{{ 单位 }}", "SSJ-D011", "单位"),
        ("{% for 表 in 各表 %}{{ 表.对象.名子 }}{% endfor %}", "SSJ-D011", "表.对象.名子"),
        ("{% for 人 in 各表[0].检查组 %}{{ 人.电话 }}{% endfor %}", "SSJ-D011", "人.电话"),
        ("{{ 批次.单位 }", "SSJ-D012", "{{ 批次.单位 }"),
        ("{{ 批次.单位 }　{{ 批次.文号 }}", "SSJ-D012", "{{ 批次.单位 }"),
        ("{ 批次.单位 }}", "SSJ-D012", "{ 批次.单位 }}"),
        ("批次.单位 }}", "SSJ-D012", ""),
        ("｛｛ 批次.单位 ｝｝", "SSJ-D012", ""),
        ("{ 批次.名称 }", "SSJ-D012", "{ 批次.名称 }"),
        ("{批次.名称}", "SSJ-D012", "{批次.名称}"),
        ("{ 表.表号 }", "SSJ-D012", "{ 表.表号 }"),
        ("{% for 家 in 各表 %}{ 家.表号 }{% endfor %}", "SSJ-D012", "{ 家.表号 }"),
        ("{ {批次.名称} }", "SSJ-D012", "{ {批次.名称} }"),
        ("{{批次.名称} }", "SSJ-D012", "{{批次.名称} }"),
        ("{ % if 批次.联合 % }", "SSJ-D012", "{ % if 批次.联合 % }"),
        ("{% if 批次.联合 %}联合", "SSJ-D014", ""),
        ("{% endfor %}", "SSJ-D014", ""),
        ("前文 {{ 批次 单位 }} 后文", "SSJ-D014", "{{ 批次 单位 }}"),
        ("{{ ''.__class__ }}", "SSJ-D013", "__class__"),
        ("{{ ''['__class__'] }}", "SSJ-D013", ""),
        ("{{ 批次['_' ~ 'x'] }}", "SSJ-D013", ""),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "SSJ-D013", "(…)"),
        ("{{ 批次.单位.upper() }}", "SSJ-D013", "(…)"),
        ("{{ 批次|attr('__class__') }}", "SSJ-D013", "|attr"),
        ("{{ 9999999 * 9999999 }}", "SSJ-D013", "mul"),
        ("{% set x = 1 %}", "SSJ-D013", "set"),
        ("{% include 'a' %}", "SSJ-D013", "include"),
        ("{% import 'a' as b %}", "SSJ-D013", "import"),
        ("{% macro f() %}{% endmacro %}", "SSJ-D013", "macro"),
        ("{{ range }}", "SSJ-D011", "range"),
    ],
)
def test_a_slip_or_an_attack_is_named(line: str, code: str, value: str) -> None:
    told = found(with_line(line))
    assert code in [c for c, _ in told], told
    assert not value or any(value in v for c, v in told if c == code), told
    with pytest.raises(InputError):
        FORM.render(sample_dossier(), with_line(line))


def test_each_slip_is_told_once_and_as_it_stands() -> None:
    line = "{ 批次.名称 } 和 { {批次.名称} } 和 { % if 批次.联合 % } 和 { 表.表号 }"
    assert found(with_line(line)) == [("SSJ-D012", one) for one in line.split(" 和 ")]


@pytest.mark.parametrize("line", ["{甲、乙}", "合计 { } 元", "集合 {x | x.长 > 1}", "100 %"])
def test_braces_that_are_no_field_are_none(line: str) -> None:
    assert found(with_line(line)) == []


@pytest.mark.parametrize(
    ("name", "line", "code", "value"),
    [
        ("form", "检查记录表", "SSJ-D018", "各表"),
        ("form", "{{ 批次.单位 }}{{ 各表[0].表号 }}", "SSJ-D018", "各表"),
        ("form", "{% for 人 in 各表[0].检查组 %}{{ 人.姓名 }}{% endfor %}", "SSJ-D018", "各表"),
        ("notice", "{% for 人 in 各人 %}{{ 人.姓名 }}{% endfor %}", "SSJ-D018", "各表"),
        ("tasks", "{{ 批次.单位 }}", "SSJ-D018", "各人、各表"),
        ("tasks", "{% for 表 in 各表 %}{{ 表.表号 }}{% endfor %}", "", ""),
        ("form", "{% for 家 in 各表 %}{{ 家.表号 }}{% endfor %}", "", ""),
        ("form", "{% for 家 in 各表 %}一户{% endfor %}", "SSJ-D019", ""),
        ("form", "{ % for 家 in 各表 % }", "SSJ-D012", "{ % for 家 in 各表 % }"),
        ("protocol", "会议记录", "SSJ-D019", ""),
        ("protocol", "{{ 会议.种子 }}", "", ""),
    ],
)
def test_a_template_that_would_print_the_same_for_everybody_is_refused(
    name: str, line: str, code: str, value: str
) -> None:
    """A stack of forms has one for each visit, and a paper without a field is filled with nothing."""
    (renderer,) = (r for r in TEMPLATED if r.id == f"documents.{name}")
    assert renderer.check is not None
    document = docx.Document()
    document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    told = [(p.code, p.value) for p in renderer.check(out.getvalue(), "t.docx")]
    assert told[:1] == ([(code, value)] if code else [])
    assert {c for c, _ in told} <= {code}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{% if 批次.联合 %}联合", "没有结尾，补上 {% endfor %} 或 {% endif %}"),
        ("{% endfor %}", "多了一个 {% endfor %}"),
        ("{% 如果 批次.联合 %}", "里的词“如果”不认识"),
        ("{{ 批次 单位 }}", "只能写一个字段"),
        ("{{ 批次。单位 }}", "都用半角"),
        ("{{ }}", "没有写字段"),
    ],
)
def test_the_commonest_slips_are_explained_in_chinese(line: str, why: str) -> None:
    assert FORM.check is not None
    (told,) = FORM.check(with_line(line), "t.docx")
    assert told.code == "SSJ-D014"
    assert why in told.message("zh")
    assert not any(word in told.message("zh") for word in ("expected", "nexpected", "Encountered", "Jinja"))


def test_all_slips_are_told_at_once_with_what_could_stand_there() -> None:
    assert FORM.check is not None
    problems = FORM.check(with_line("{{ 批次.单味 }}{{ 批次.记录摘药 }}"), "t.docx")
    assert [p.value for p in problems] == ["批次.单味", "批次.记录摘药"]
    assert "是不是 单位" in problems[0].remedy("zh")
    assert "抽取编号" in problems[0].remedy("zh")


def test_a_field_that_word_has_split_over_runs_is_still_one() -> None:
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ("{", "{ 批次", ".单", "位 }", "}"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = docx.Document(io.BytesIO(shipped()))
    document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="{space}">{runs}</w:p>'))
    out = io.BytesIO()
    document.save(out)
    assert found(out.getvalue()) == []
    assert text(FORM.render(sample_dossier(), out.getvalue())).startswith("示例局\n")


def test_a_slip_in_a_header_or_footer_is_found_too() -> None:
    bad = changed(shipped(), "{{ 批次.单位 }}", "{{ 批次.单味 }}", part="word/footer1.xml")
    assert found(bad) == [("SSJ-D011", "批次.单味")]


def test_what_would_be_fetched_when_the_paper_is_opened_is_refused() -> None:
    picture = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://example.org/x.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    bad = changed(shipped(), "</Relationships>", picture, part="word/_rels/document.xml.rels")
    assert found(bad) == [("SSJ-D015", "http://example.org/x.png")]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (101 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"{\\rtf1 old}", b"\xd0\xcf\x11\xe0" * 200, shipped()[:4000], b" " * (21 << 20), bomb()],
    ids=["empty", "two bytes", "rtf", "doc", "cut", "large", "bomb"],
)
def test_what_is_no_word_file_ends_in_a_sentence(data: bytes) -> None:
    assert [code for code, _ in found(data)] == ["SSJ-D010"]


def test_entities_of_a_template_are_not_expanded() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    old = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    bad = changed(changed(shipped(), old, old + head), "<w:body>", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p>")
    assert found(bad) == [] or found(bad)[0][0] == "SSJ-D010"
    if not found(bad):
        assert "aaaaaaaaaa" not in text(FORM.render(sample_dossier(), bad))


def test_the_sandbox_holds_by_itself() -> None:
    """The second wall: what the check would have refused is not run either."""
    from jinja2 import TemplateError

    for code in ("{{ ''.__class__.__mro__ }}", "{{ x }}", "{{ [].append(1) }}"):
        with pytest.raises(TemplateError):
            environment().from_string(code).render()
    with pytest.raises(InputError):
        fill(with_line("{{ ''.__class__.__mro__ }}"), sample_facts())


def test_a_field_that_repeats_itself_is_not_looked_at_for_ever() -> None:
    assert found(with_line("{{ " * 1000))  # a pattern that goes back again and again would not end


def test_an_open_loop_hides_no_unknown_field_and_each_tag_is_told_by_itself() -> None:
    assert FORM.check is not None
    line = "{% for 家 in 各表 %}{{ 家.对象.名字 }}{{ 批次.单位名 }}{{ 批次 单位 }}{{ 家.检查组[0].姓名 }}{{ range(3) }}"
    found = [(p.code, p.value) for p in FORM.check(with_line(line), "t.docx")]
    assert found[:4] == [
        ("SSJ-D011", "家.对象.名字"),
        ("SSJ-D011", "批次.单位名"),
        ("SSJ-D014", "{{ 批次 单位 }}"),
        ("SSJ-D013", "(…)"),
    ]
    (structure,) = found[4:]
    assert structure[0] == "SSJ-D014"


def test_a_broken_brace_hides_no_unknown_field() -> None:
    assert FORM.check is not None
    found = {(p.code, p.value) for p in FORM.check(with_line("{{ 批次.单位 } {{ 批次.名字 }}"), "t.docx")}
    assert {code for code, _ in found} >= {"SSJ-D012"}
    found = {(p.code, p.value) for p in FORM.check(with_line("｛｛批次.单位｝｝ {{ 批次.名字 }}"), "t.docx")}
    assert {code for code, _ in found} == {"SSJ-D012", "SSJ-D011"}


@pytest.mark.parametrize("renderer", TEMPLATED, ids=lambda r: r.id)
def test_a_brace_taken_out_anywhere_is_told(renderer: Renderer) -> None:
    """docxtpl joins a field without its end with all that follows, and an instruction among it takes that along."""
    assert renderer.check is not None
    whole = xml(shipped(renderer))
    ends = [found.start() for found in re.finditer(r"\}\}", whole)]
    before_an_instruction = [at for at in ends if re.match(r"\}\}(?:(?!\}\}|\{\{).)*?\{%p ", whole[at:], re.DOTALL)]
    for at in {*before_an_instruction[:3], ends[0], ends[-1]}:
        broken = changed(shipped(renderer), whole, whole[:at] + whole[at + 1 :])
        assert "SSJ-D012" in {p.code for p in renderer.check(broken, "t.docx")}, whole[at - 80 : at]
