"""法定代表人, 联系人, 电话: printed from the office's roster on forms and notices, and in no other file or line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.bureau import SUBJECT_HEADERS, Bureau, subject_row, table
from tests.cli.test_forms import printed
from tests.cli.test_replace import DRAW, teams
from tests.plugins.test_documents_pdf import needs_a_font, needs_poppler, words

HEADERS = (*SUBJECT_HEADERS, "住所", "法定代表人", "法定代表人身份证号", "联络员", "联系人手机号")
IDENTITY = "110101190001010014"


def row(number: int) -> list[str]:
    return [
        *subject_row(number), f"阜平镇{number}号", f"赵法人{number}", IDENTITY, f"钱联络{number}", f"1390000{number:04}"
    ]  # fmt: skip


ROSTER = table(HEADERS, map(row, range(120)))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """A draw from a roster with the columns that enter no record."""
    made = Bureau(tmp_path_factory.mktemp("contacts") / "bureau").furnish(subjects=120, officers=24)
    made.write(subjects=ROSTER)
    made.run("--batch", "batch-1")
    yield made
    made.check()


@pytest.fixture
def known(once: Bureau) -> Iterator[Bureau]:
    """That draw, whatever another test printed or did to its roster put away again."""
    before = once.snapshot()
    yield once
    made = (once.folder / name for name in once.snapshot().keys() - before.keys())
    for path in filter(Path.is_file, made):
        path.unlink()
    once.write(subjects=ROSTER)


def secrets(number: int) -> tuple[str, ...]:
    return f"赵法人{number}", f"钱联络{number}", f"1390000{number:04}"


def drawn(bureau: Bureau) -> list[int]:
    return sorted({int(one["检查对象"][-4:]) for one in teams(bureau)})


@pytest.mark.parametrize("paper", ["form", "notice"])
def test_what_the_roster_knows_is_printed_without_retyping(known: Bureau, paper: str) -> None:
    said = printed(known, "--paper", paper, out=["不要公布"])
    for number in drawn(known):
        for secret in secrets(number):
            assert secret in said
        assert f"阜平镇{number}号" in said
    assert IDENTITY not in said


@needs_a_font
@needs_poppler
@pytest.mark.parametrize("paper", ["form", "notice"])
def test_they_stand_in_the_pdf_too(known: Bureau, tmp_path: Path, paper: str) -> None:
    path = known.folder / "out.pdf"
    printing = ("forms", "print", str(known.folder), DRAW, "--paper", paper, "--pdf", "-o", str(path))
    known.play(*printing, out=["不要公布"])
    said = words(path.read_bytes(), tmp_path)
    for number in drawn(known):
        assert all(secret in said for secret in secrets(number))
        assert f"阜平镇{number}号" in said
    assert IDENTITY not in said
    known.play(*printing, "--no-contacts", "--force")
    blank = words(path.read_bytes(), tmp_path)
    assert not any(secret in blank for number in drawn(known) for secret in secrets(number))


@pytest.mark.parametrize("paper", ["tasks", "protocol"])
def test_the_other_papers_have_none_of_it(known: Bureau, paper: str) -> None:
    said = printed(known, "--paper", paper, silent=["不要公布"])
    assert not any(secret in said for number in drawn(known) for secret in secrets(number))


def test_nothing_else_ever_holds_them(known: Bureau) -> None:
    """Draw, sealed files, ledger, notices, lists, workbooks' parts, and whatever a command prints."""
    folder = str(known.folder)
    known.play("lists", folder)
    known.play("forms", "print", folder, DRAW, "--paper", "tasks")
    said = [
        known.play(*line).output
        for line in (
            ("forms", "print", folder, DRAW, "-o", str(known.folder / "forms.docx"), "--json"),
            ("lists", folder, "--json"),
            ("verify", folder, "--json"),
            ("explain", folder, DRAW, teams(known)[0]["检查对象"], "--json"),
            ("rosters", "check", str(known.folder / "subjects.csv"), "--json"),
        )
    ]
    assert json.loads(said[0])["result"]["contacts"] == 2
    hidden = [secret.encode() for number in range(120) for secret in secrets(number)]
    files = (path for path in known.folder.rglob("*") if path.is_file())
    looked = [path for path in files if path.name not in ("subjects.csv", "forms.docx")]
    assert len(looked) > 20
    for data in [*(one.encode() for one in said), *map(contents, looked)]:
        assert not any(secret in data for secret in hidden)


def contents(path: Path) -> bytes:
    """The bytes of a file; of a packed one, those of its parts."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(map(package.read, package.namelist()))


def test_they_can_be_left_blank(known: Bureau) -> None:
    said = printed(known, "--no-contacts", silent=["不要公布", "SSJ-D"])
    assert not any(secret in said for number in drawn(known) for secret in secrets(number))


def test_a_roster_that_was_changed_since_is_matched_by_code_and_told(known: Bureau) -> None:
    first, second = drawn(known)
    rows = [row(n) for n in reversed(range(120)) if n != second]
    rows[[r[0] for r in rows].index(f"SG2021-{first:04}")][-1] = "010-12345678"
    known.write(subjects=table(HEADERS, rows))
    said = printed(known, err=["SSJ-D026.*抽取以后改过.*1 户没有取到"])
    assert f"赵法人{first}" in said
    assert "010-12345678" in said
    assert not any(secret in said for secret in secrets(second))


def test_a_roster_that_is_not_there_leaves_blanks_to_fill_in(known: Bureau) -> None:
    printed(known, "--no-contacts", name="blank.docx")
    (known.folder / "subjects.csv").unlink()
    played = known.play("forms", "print", str(known.folder), DRAW, "-o", str(known.folder / "out.docx"))
    assert played.stderr.count("SSJ-D025") == 1
    assert (known.folder / "out.docx").read_bytes() == (known.folder / "blank.docx").read_bytes()
    (known.folder / "subjects.csv").write_bytes("没有,表头\n1,2\n".encode())
    printed(known, name="damaged.docx", err=["SSJ-D025"])


def test_a_draw_that_was_handed_on_alone_is_printed_without(known: Bureau, tmp_path: Path) -> None:
    import shutil

    alone = tmp_path / "usb" / DRAW
    shutil.copytree(known.folder / "draws" / DRAW, alone)
    played = known.play("forms", "print", str(alone))
    assert "SSJ-D025 说明" in played.stderr
    assert len(list((tmp_path / "usb" / "名单").rglob("一企一表_*.docx"))) == 1


def test_a_roster_without_such_columns_is_a_note(bureau: Bureau) -> None:
    bureau.furnish(subjects=120, officers=24).run("--batch", "batch-1")
    printed(bureau, err=["SSJ-D027 说明.*2 户"])


def test_a_template_may_use_them_and_tasks_may_not(known: Bureau) -> None:
    from tests.plugins.test_documents_templates import with_line

    file = known.folder / "own.docx"
    file.write_bytes(with_line("{{ 各表[0].对象.法定代表人 }}{{ 各表[0].对象.联系人 }}{{ 各表[0].对象.电话 }}"))
    known.play("forms", "check", str(file))
    file.write_bytes(with_line("{{ 各表[0].对象.身份证号 }}{{ 各人[0].任务[0].对象.电话 }}"))
    known.play("forms", "check", str(file), code=3, err=["对象.身份证号", "对象.电话”.*\n.*信用风险等级\n"])
