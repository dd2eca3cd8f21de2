"""The front door picks a reader by the content of a file, never by its name alone."""

import io
import subprocess
import sys
import zipfile

import pytest

from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.model import Line, Reading, ReadOptions, RosterReader
from ssj_core.readers.table import read_table

BUILT_IN = ssj_roster_readers()
CSV = "统一社会信用代码,企业名称\n1,甲\n".encode()


def other(ident: str, *suffixes: str) -> RosterReader:
    return RosterReader(
        id=ident, title=ident, suffixes=suffixes, read=lambda *_: Reading(lines=(Line(number=1, cells=()),))
    )


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return stream.getvalue()


def test_text_named_xlsx_is_read_as_text() -> None:
    reading = read_table(CSV, ReadOptions(file="名单.xlsx"), BUILT_IN)
    assert (reading.reader, len(reading.lines)) == ("readers.csv", 2)


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        (b"", "SSJ-F003", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "SSJ-F005", ""),
        (b"\r\n <html xmlns:o='x'><table>", "SSJ-F023", "网页"),
        ("<TABLE border=1>".encode("utf-16"), "SSJ-F023", "网页"),
        (b'<?xml version="1.0"?><a/>', "SSJ-F024", "XML"),
        (b"%PDF-1.7", "SSJ-F017", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "SSJ-F017", "二进制"),
        (zipped("word/document.xml"), "SSJ-F017", "Word"),
        (zipped("xl/workbook.bin"), "SSJ-F017", "xlsb"),
        (zipped("a.txt"), "SSJ-F017", "压缩包"),
        (zipped("xl/workbook.xml", "b")[:-30], "SSJ-F006", ""),
    ],
)
def test_what_cannot_be_read_is_called_by_its_name(data: bytes, code: str, found: str) -> None:
    (told,) = read_table(data, ReadOptions(file="名单.xls"), BUILT_IN).problems
    assert told.code == code
    assert found in told.message("zh")


def test_the_reader_of_the_plan_is_taken_whatever_the_content() -> None:
    assert read_table(CSV, ReadOptions(file="x"), BUILT_IN, "readers.csv").reader == "readers.csv"
    (told,) = read_table(CSV, ReadOptions(file="x"), BUILT_IN, "readers.xlsx").problems
    assert told.code == "SSJ-F004"


def test_an_unknown_reader_is_told_with_the_nearest_name() -> None:
    (told,) = read_table(CSV, ReadOptions(file="x"), BUILT_IN, "readers.xslx").problems
    assert told.code == "SSJ-F016"
    assert "readers.xlsx" in told.message("en")


def test_a_plugin_reads_what_the_built_in_readers_cannot() -> None:
    old = other("acme.xlsb", ".xlsb")
    reading = read_table(zipped("xl/workbook.bin"), ReadOptions(file="a.bin"), (*BUILT_IN, old))
    assert reading.reader == "acme.xlsb"


def test_a_format_only_its_name_tells_goes_to_the_plugin_of_that_name() -> None:
    own = other("acme.json", ".json")
    assert read_table(b"[]", ReadOptions(file="a.JSON"), (*BUILT_IN, own)).reader == "acme.json"
    assert read_table(CSV, ReadOptions(file="a.csv"), (*BUILT_IN, own)).reader == "readers.csv"


@pytest.mark.parametrize("turn", [1, -1])
def test_two_readers_of_one_format_need_the_plan_to_choose(turn: int) -> None:
    readers = (*BUILT_IN, other("acme.csv", ".csv"))[::turn]
    (told,) = read_table(CSV, ReadOptions(file="a.csv"), readers).problems
    assert (told.code, told.params["readers"]) == ("SSJ-F018", "acme.csv, readers.csv")
    assert read_table(CSV, ReadOptions(file="a.csv"), readers, "acme.csv").reader == "acme.csv"


def test_reading_text_imports_nothing_heavy() -> None:
    code = (
        "import sys; from ssj_core.readers import ssj_roster_readers; from ssj_core.roster import *;"
        "read_subjects('统一社会信用代码,企业名称\\n91610528MA6Y2AAA23,甲\\n'.encode(), RosterSpec(file='x'),"
        " ssj_roster_readers());"
        "print(*{'python_calamine', 'zipfile', 'difflib', 'xml', 'json', 'random'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
