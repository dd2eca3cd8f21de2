"""`forms`: a form for every visit, one again, the new version after a replacement; templates; what can go wrong."""

import builtins
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from attrs import evolve

from ssj_core.canonical import digest
from ssj_documents.papers import RENDERERS
from tests.cli.bureau import SUBJECT_HEADERS, Bureau, subject_row, table
from tests.cli.test_replace import DRAW, WHY, teams
from tests.plugins.fakes import Site
from tests.word import changed, repeated_rows, text

JOINT = "t-2021-batch-3-1"


def printed(bureau: Bureau, *args: str, draw: str = DRAW, name: str = "out.docx", **expected: Any) -> str:
    """Print into the bureau's folder; the text of what was written."""
    path = bureau.folder / name
    bureau.play("forms", "print", str(bureau.folder), draw, "-o", str(path), *args, **expected)
    return text(path.read_bytes()) if path.exists() else ""


@pytest.fixture
def drawn(bureau: Bureau) -> Bureau:
    """Two visits of one office, and a joint batch."""
    bureau.furnish(subjects=120, officers=24).run("--batch", "batch-1", "--batch", "batch-3")
    return bureau


def test_every_visit_has_a_form_with_what_is_known(drawn: Bureau) -> None:
    said = printed(drawn, out=["一企一表已写入 .*out.docx：2 户"])
    rows = teams(drawn)
    record = (drawn.folder / "draws" / DRAW / "record.toml").read_bytes()
    assert len({r["检查对象"] for r in rows}) == 2
    for row in rows:
        for cell in ("名称", "姓名", "股室", "分工"):
            assert row[cell] in said
    known = (
        "随机抽查检查记录表", "建筑市场监督", "书面检查", "检查依据", "第二十八条", "□合格", "申请回避", "拒绝签字",
        "□01\u00a0未发现问题", "5个工作日内", "见证人", "法定代表人", "一式两份", digest(record),
        f"抽取编号 {DRAW}", "第 001 号", "第 002 号",
    )  # fmt: skip
    for words in known:
        assert words in said, words
    assert "第 003 号" not in said
    data = (drawn.folder / "out.docx").read_bytes()
    document = docx.Document(io.BytesIO(data))
    assert len(document.sections) == 2  # each form numbers its own pages
    assert len([r for r in document.part.rels.values() if "image" in r.reltype]) == 2
    assert repeated_rows(data) == 8  # of the items twice two, of conclusion and signatures one each


def test_the_same_draw_gives_the_same_bytes(drawn: Bureau) -> None:
    printed(drawn)
    printed(drawn, name="again.docx")
    one, other = ((drawn.folder / name).read_bytes() for name in ("out.docx", "again.docx"))
    assert one == other


def test_a_joint_visit_has_a_conclusion_for_each_section(drawn: Bureau) -> None:
    said = printed(drawn, draw=JOINT)
    assert "随机抽查联合检查记录表" in said
    rows = teams(drawn, JOINT)
    assert len({r["股室"] for r in rows if r["检查对象"] == rows[0]["检查对象"]}) == 2
    for row in rows:
        assert f"检查结论（{row['股室']}：{row['姓名']}）" in said
        assert f"、{row['股室']}（{row['分工']}{row['姓名']}）" in said
    assert "承办：□勘察设计股　□" in said  # everybody here is qualified for the one sector: who inspects is ticked
    assert "“工程建设标准”各股室都有资格检查" in said


def test_one_form_again_by_name_or_number(drawn: Bureau) -> None:
    row = teams(drawn)[-1]
    for wanted in (row["检查对象"], row["名称"], row["检查对象"].partition(":")[2]):
        said = printed(drawn, "--only", wanted, "--force", out=["1 户"])
        assert "第 002 号" in said
        assert "第 001 号" not in said
    other = next(
        f"SG2021-{n:04}" for n in range(120) if f"permit:SG2021-{n:04}" not in {r["检查对象"] for r in teams(drawn)}
    )
    printed(drawn, "--only", other, name="no.docx", code=3, err=["SSJ-(D004|X003)"])
    assert not (drawn.folder / "no.docx").exists()


def test_all_but_some_are_printed_and_never_under_the_name_of_all(drawn: Bureau) -> None:
    first, second = dict.fromkeys(row["检查对象"] for row in teams(drawn))
    said = printed(drawn, "--except", first, out=["1 户"])
    assert "第 002 号" in said
    assert "第 001 号" not in said
    drawn.play("forms", "print", str(drawn.folder), DRAW, "--except", first, out=[f"一企一表_{DRAW}_部分.docx"])
    both = ("--except", first, "--except", second)
    printed(drawn, *both, name="no.docx", code=3, err=["SSJ-D008"])
    printed(drawn, "--only", first, "--except", first, name="no.docx", code=3, err=["SSJ-D008"])
    printed(drawn, "--paper", "protocol", "--except", first, name="no.docx", code=3, err=["SSJ-D009.*--except"])


def test_an_officer_replaced_makes_a_new_version_and_the_old_one_stays(bureau: Bureau) -> None:
    bureau.furnish(subjects=120, officers=24).run("--batch", "batch-1")
    before = printed(bureau, name="before.docx")
    old = teams(bureau)[0]
    bureau.play(
        "replace", bureau.plan, DRAW, old["执法检查人员"], "--reason", "leave", "--visit", old["检查对象"], *WHY
    )
    now = printed(bureau, name="now.docx", out=["第 1 次替换后"])
    new = teams(bureau, number=1)[0]
    assert new["姓名"] in now
    assert f"第2版（替换 {DRAW}+1：{old['姓名']}退出（请假；" in now
    assert now.count("第1版") == 1  # the other visit keeps its form
    changed_only = printed(bureau, "--changed", name="changed.docx", out=["1 户"])
    assert "第 001 号" in changed_only
    assert "第 002 号" not in changed_only
    kept = printed(bureau, "--after", "0", name="kept.docx")
    assert f"〔作废〕本表已被替换 {DRAW}+1 取代，已有新版" in kept
    assert kept.replace(f"〔作废〕本表已被替换 {DRAW}+1 取代，已有新版，仅供存档，不得使用\n", "") == before
    printed(bureau, "--after", "2", name="no.docx", code=3, err=["SSJ-D002.*2", "0, 1"])
    bureau.play("void", str(bureau.folder), f"{DRAW}+1", "--reason", "误")
    assert printed(bureau, name="back.docx") == before


def test_who_steps_in_gets_a_number_of_its_own(bureau: Bureau) -> None:
    bureau.furnish(subjects=120, officers=24).run("--batch", "batch-1")
    old = teams(bureau)[0]
    bureau.play("replace", bureau.plan, DRAW, old["检查对象"], "--reason", "closed", *WHY)
    now = printed(bureau)
    assert "第 001 号" not in now
    assert "第 003 号" in now
    printed(bureau, "--only", old["检查对象"], name="no.docx", code=3, err=["SSJ-D004.*--after 0|--after 0"])
    kept = printed(bureau, "--after", "0", "--only", old["检查对象"], name="kept.docx")
    assert "该对象已退出本次检查" in kept


def test_papers_lie_beside_the_lists_of_their_batch_and_none_is_overwritten(drawn: Bureau) -> None:
    folder = str(drawn.folder)
    drawn.play("forms", "print", folder, DRAW)
    (made,) = (drawn.folder / "名单").iterdir()
    assert made.name.endswith(f"（{DRAW}）")
    papers = made / "文书（内部）"
    assert [p.name for p in papers.iterdir()] == [f"一企一表_{DRAW}.docx"]
    before = (papers / f"一企一表_{DRAW}.docx").read_bytes()
    drawn.play("forms", "print", folder, DRAW, out=["内容一样"])
    drawn.play("forms", "print", folder, DRAW, "--day", "2021-03-01", out=["原来的保留不动", "（2）.docx"])
    assert (papers / f"一企一表_{DRAW}.docx").read_bytes() == before
    again = ("forms", "print", folder, DRAW, "--day", "2021-03-01")
    drawn.play(*again, out=["内容一样.*（2）.docx"], silent=["保留不动"])
    assert len(list(papers.iterdir())) == 2, "the same is not kept twice"
    drawn.play("forms", "print", folder, DRAW, "--day", "2021-03-02", "--force")
    assert (papers / f"一企一表_{DRAW}.docx").read_bytes() != before
    drawn.play("forms", "print", folder, DRAW, "--only", teams(drawn)[0]["检查对象"])
    assert (papers / f"一企一表_{DRAW}_001.docx").exists()
    drawn.play("lists", folder, DRAW)
    drawn.play("lists", folder, DRAW, out=["内容一样"])
    assert [p.name for p in (drawn.folder / "名单").iterdir()] == [made.name]
    assert (made / "抽中名单.xlsx").exists()


def test_names_are_printed_as_given(bureau: Bureau) -> None:
    strange = '../../x CON a/b:c*? 𠮷野家👷 A&B <w:t>{{ 批次 }}</w:t> "引" ' + "长" * 200
    rows = [[*row[:1], f"{strange}{n}", *row[2:]] for n, row in enumerate(map(subject_row, range(40)))]
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run("--batch", "batch-1")
    assert strange in printed(bureau)


def test_a_draw_that_is_void_or_does_not_hold_is_not_printed(drawn: Bureau) -> None:
    path = drawn.folder / "draws" / JOINT / "teams.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace("主办".encode(), "协办".encode(), 1))
    printed(drawn, draw=JOINT, code=1, err=["SSJ-D006"])
    path.write_bytes(good)
    drawn.play("void", str(drawn.folder), JOINT, "--reason", "名录漏列")
    printed(drawn, draw=JOINT, code=1, err=["SSJ-D005.*名录漏列"])
    assert not (drawn.folder / "out.docx").exists()


@pytest.mark.parametrize("lost", ["teams.csv", "officers.csv", "drawn.csv", "rules.toml", "record.toml"])
def test_a_file_that_is_gone_ends_in_a_sentence(drawn: Bureau, lost: str) -> None:
    path = drawn.folder / "draws" / DRAW / lost
    data = path.read_bytes()
    path.unlink()
    printed(drawn, code=3, err=["SSJ-D016", "ssj-core verify"])
    path.write_bytes(data[:-1])
    drawn.play(
        "forms", "print", str(drawn.folder), DRAW, "-o", str(drawn.folder / "out.docx"), code=1, err=["SSJ-D006"]
    )
    path.write_bytes(data)
    assert not (drawn.folder / "out.docx").exists()


def test_the_office_changes_the_template(drawn: Bureau) -> None:
    own = drawn.folder / "own.docx"
    drawn.play("forms", "template", "-o", str(own), out=["forms check"])
    drawn.play("forms", "template", "-o", str(own), code=3, err=["SSJ-O001"])
    shipped = own.read_bytes()
    own.write_bytes(changed(shipped, "（一企一表）", "（阜平样式）"))
    drawn.play("forms", "check", str(own), out=["√ .*可以用"])
    assert "（阜平样式）" in printed(drawn, "--template", str(own))
    own.write_bytes(changed(shipped, "{{ 表.对象.名称 }}", "{{ 表.对象.名子 }}"))
    drawn.play("forms", "check", str(own), code=3, err=["SSJ-D011.*表.对象.名子", "是不是 名称"])
    drawn.play("--lang", "en", "forms", "check", str(own), code=3, err=["did you mean"])
    printed(drawn, "--template", str(own), name="no.docx", code=3, err=["SSJ-D011"])
    own.write_bytes(b"not a Word file")
    drawn.play("forms", "check", str(own), code=3, err=["SSJ-D010"])
    assert not (drawn.folder / "no.docx").exists()


@pytest.mark.parametrize(
    ("args", "name", "told"),
    [
        (("print", "{}", DRAW), "x.pdf", "-o 只能是 .docx，要 PDF 就加 --pdf"),
        (("print", "{}", DRAW), "x", "-o 只能是 .docx\\n"),
        (("print", "{}", DRAW, "--pdf"), "x.docx", "-o 只能是 .pdf，要 Word 文件就去掉 --pdf"),
        (("template",), "x.pdf", "-o 只能是 .docx\\n"),
    ],
)
def test_a_file_is_named_as_what_is_in_it(drawn: Bureau, args: tuple[str, ...], name: str, told: str) -> None:
    """Nothing opens a Word file that is called .pdf."""
    typed = (arg.format(drawn.folder) for arg in args)
    drawn.play("forms", *typed, "-o", str(drawn.folder / name), code=2, err=[told], absent=[name])


def test_unknown_papers_and_nothing_to_print(drawn: Bureau) -> None:
    printed(drawn, "--paper", "from", name="no.docx", code=3, err=["SSJ-D003.*from", "是不是 form"])
    printed(drawn, "--paper", "market.form", name="no.docx", code=3, err=["SSJ-D003"])
    printed(drawn, "--changed", name="no.docx", code=3, err=["SSJ-D008"])
    assert not (drawn.folder / "no.docx").exists()


def test_a_paper_without_a_template_has_none_to_change(drawn: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = evolve(RENDERERS[0], template=None, check=None)
    for module in ("printing", "templates"):
        monkeypatch.setattr(f"ssj_cli.forms.{module}.renderer_named", lambda _: plain)
    own = str(drawn.folder / "plan.toml")
    drawn.play("forms", "template", "-o", str(drawn.folder / "no.docx"), code=3, err=["SSJ-D007"])
    drawn.play("forms", "check", own, code=3, err=["SSJ-D007.*"])
    printed(drawn, "--template", own, name="no.docx", code=3, err=["SSJ-D007"])


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Site]:
    """A plugin of another department that prints a card for each visit."""
    code = """
from ssj_core.documents.model import Renderer
from ssj_core.plugin.markers import hookimpl

def card(dossier, template):
    return "\\n".join(f"{v.number} {v.subject.name}" for v in dossier.visits).encode()

@hookimpl
def ssj_renderers():
    return [
        Renderer(id="county.card", title="卡片", suffix="txt", render=card),
        Renderer(id="county.broken", title="坏", suffix="txt", render=lambda d, t: 1 / 0),
        Renderer(id="county.none", title="空", suffix="txt", render=lambda d, t: None),
    ]
"""
    with Site(tmp_path / "site") as made:
        made.add("county", code=code)
        yield made


@pytest.mark.usefixtures("county")
def test_a_paper_of_another_departments_plugin(drawn: Bureau) -> None:
    path = drawn.folder / "cards.txt"
    drawn.play("forms", "print", str(drawn.folder), DRAW, "--paper", "county.card", "-o", str(path), out=["卡片已写入"])
    rows = teams(drawn)
    assert path.read_text("utf-8").splitlines() == [f"1 {rows[0]['名称']}", f"2 {rows[-1]['名称']}"]
    for name in ("broken", "none"):
        printed(drawn, "--paper", f"county.{name}", name="no.txt", code=4, err=[f"SSJ-D017.*county.{name}"])
    printed(drawn, "--paper", "county.cart", name="no.txt", code=3, err=["SSJ-D003", "是不是 county.card"])


def test_without_the_component_a_sentence_says_what_to_type(drawn: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any, **named: Any) -> Any:
        if name.split(".")[0] in ("docxtpl", "docx", "segno"):
            raise ImportError(f"No module named {name!r}", name=name)
        return real(name, *others, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    for args in ((), ("--lang", "en")):
        drawn.play(
            *args, "forms", "print", str(drawn.folder), DRAW, "-o", str(drawn.folder / "no.docx"), code=3,
            err=[r"SSJ-D001", r'pip install "ssj-core\[forms\]"'], absent=["no.docx"],
        )  # fmt: skip


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(drawn: Bureau) -> None:
    blocked = drawn.folder / "plan.toml" / "out.docx"
    drawn.play("forms", "print", str(drawn.folder), DRAW, "-o", str(blocked), code=3, err=["SSJ-O00[234]"])
    assert not list(Path(drawn.folder).rglob(".ssj-aside-*"))
