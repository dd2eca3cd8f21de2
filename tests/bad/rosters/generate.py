"""Writes the bad rosters of this folder: one mistake each, named by its code. Run it from anywhere."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import xlsxwriter

from ssj_core.roster.creditcode import check_character, organisation_character

HERE: Final = Path(__file__).parent
A: Final = "91610528MA6Y2AAA23"
B: Final = "91610528MA6Y2BBBXL"
SUBJECTS: Final = "统一社会信用代码,企业名称"
OFFICERS: Final = "执法证号,有效期止,执法领域,姓名"
PAST: Final = "企业名称,检查日期,检查人员"


def made(number: int, kind: str = "91") -> str:
    """A credit code that is sound, of a firm (or by `kind` another body) there is not."""
    body = f"MAXX{number:04}"
    first = f"{kind}610528{body}{organisation_character(body)}"
    return first + check_character(first)


CSV: Final = {
    "SSJ-R001-no-header": "一季度情况\n请查收\n",
    "SSJ-R002-no-name-column": f"统一社会信用代码,企业名\n{A},甲公司\n",
    "SSJ-R003-two-names": f"{SUBJECTS},单位名称\n{A},甲公司,甲公司\n",
    "SSJ-R004-unknown-column": f"{SUBJECTS},主体名称（旧称）备考\n{A},甲公司,—\n",
    "SSJ-R005-telephone": f"{SUBJECTS},联系电话\n{A},甲公司,13900001111\n",
    "SSJ-R006-mapped-header-absent": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-R007-mapped-to-nothing": f"{SUBJECTS},镇\n{A},甲公司,东镇\n",
    "SSJ-R008-mapped-identity": f"{SUBJECTS},身份证号\n{A},甲公司,—\n",
    "SSJ-R009-derive-column-absent": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-R010-header-only": f"{SUBJECTS}\n",
    "SSJ-R011-total-row": f"{SUBJECTS}\n{A},甲公司\n合计,1 家\n",
    "SSJ-R012-shifted": f"{SUBJECTS}\n{A},甲公司,东街\n",
    "SSJ-R013-no-number": f"{SUBJECTS}\n{A},甲公司\n,乙公司\n",
    "SSJ-R014-no-name": f"{SUBJECTS}\n{A},\n",
    "SSJ-R015-same-number": f"{SUBJECTS}\n{A},甲公司\n{A},乙公司\n",
    "SSJ-R016-same-name": f"{SUBJECTS}\n{A},甲（县）公司\n{B},甲(县) 公司\n",
    "SSJ-R017-officers-same-name": f"{OFFICERS}\n27001,长期,安全,赵甲\n27002,长期,安全,赵甲\n",
    "SSJ-R080-kind-of-person": f"{OFFICERS},人员类别\n27001,长期,安全,赵甲,志愿者\n",
    "SSJ-R081-two-numbers": f"{OFFICERS},股室\n27001,长期,安全,赵甲,安全股\n27002,长期,安全,赵甲,安全股\n",
    "SSJ-R018-scientific": f"{SUBJECTS}\n9.16106E+17,甲公司\n",
    "SSJ-R019-too-short": f"{SUBJECTS}\n{A[:-1]},甲公司\n",
    "SSJ-R020-letter-o": f"{SUBJECTS}\n{A.replace('0', 'O')},甲公司\n",
    "SSJ-R021-region": f"{SUBJECTS}\n91MA0528MA6Y2AAA23,甲公司\n",
    "SSJ-R022-one-digit-wrong": f"{SUBJECTS}\n{A.replace('6Y2', '6Y3')},甲公司\n",
    "SSJ-R023-organisation-digit": f"{SUBJECTS}\n91610528MA6Y2AAA7J,甲公司\n",
    "SSJ-R024-old-number": "注册号,企业名称\n610528000000001,甲公司\n",
    "SSJ-R025-hash": "施工许可证号,项目名称\n陕#001,甲项目\n",
    "SSJ-R026-identity-number": f"{OFFICERS}\n110101190001010014,长期,安全,赵甲\n",
    "SSJ-R027-no-date": f"{SUBJECTS},上次检查日期\n{A},甲公司,去年春天\n",
    "SSJ-R028-no-such-day": f"{SUBJECTS},上次检查日期\n{A},甲公司,2021-02-30\n",
    "SSJ-R029-perhaps": f"{SUBJECTS},重点企业\n{A},甲公司,也许\n",
    "SSJ-R030-leave": f"{OFFICERS},请假期间\n27001,长期,安全,赵甲,三月\n",
    "SSJ-R031-leave-reversed": f"{OFFICERS},请假期间\n27001,长期,安全,赵甲,2021-03-10至2021-03-01\n",
    "SSJ-R032-often": f"{SUBJECTS},本年度检查次数\n{A},甲公司,若干\n",
    "SSJ-R033-class": f"{SUBJECTS},信用风险等级\n{A},甲公司,AAA\n",
    "SSJ-R034-nobody": f"{SUBJECTS},回避人员\n{A},甲公司,赵乙\n",
    "SSJ-R035-which-officer": f"{SUBJECTS},回避人员\n{A},甲公司,钱乙\n",
    "SSJ-R036-which-subject": f"{OFFICERS},回避对象\n27001,长期,安全,赵甲,丙\n",
    "SSJ-R037-persons": "证书编号,姓名\n陕2000001,赵甲\n",
    "SSJ-R038-no-certificate": "执法证号,有效期止,执法领域,工号,姓名\n,,安全,7,赵甲\n",
    "SSJ-R040-no-title": f"{SUBJECTS},,地址\n{A},甲公司,东街,1 号\n",
    "SSJ-R041-state": f"{OFFICERS},证件状态\n27001,长期,安全,赵甲,待查\n",
    "SSJ-R044-no-expiry": f"{OFFICERS}\n27001,,安全,赵甲\n",
    "SSJ-R045-no-field": f"{OFFICERS}\n27001,长期,,赵甲\n",
    "SSJ-R046-two-kinds": f"{SUBJECTS},企业类型\n{A},甲公司,施工企业\n{B},甲公司,建设单位\n",
    "SSJ-R047-telephone-in-address": f"{SUBJECTS},住所\n{A},甲公司,东街 1 号 13900001111\n",
    "SSJ-R048-permits-only": "施工许可证编号,企业名称\n陕-1,甲公司\n" + "".join(f",{n}公司\n" for n in "乙丙丁戊己"),
    "SSJ-R049-cyrillic": "施工许可证号,项目名称\n\u0405G-001,甲项目\n",
    "SSJ-R050-dash": "施工许可证号,项目名称\nSG\u2013001,甲项目\n",
    "SSJ-R051-institution": f"{SUBJECTS}\n{made(1, '12')},某某中学\n",
    "SSJ-R052-institutions": f"{SUBJECTS}\n" + "".join(f"{made(n, '12')},{n} 号学校\n" for n in range(1, 22)),
    "SSJ-R053-goes-by-its-number": f"{SUBJECTS},地址\n{A},,东街 1 号\n",
    "SSJ-R054-names-elsewhere": f"{SUBJECTS}\n{A},甲公司\n"
    + "".join(f"{made(n)},\n" for n in range(1, 6))
    + f"{B},乙\n",
    "SSJ-R055-total-with-a-number": f"企业名称,统一社会信用代码\n甲公司,{A}\n合计,{B}\n",
    "SSJ-R056-the-year-9999": f"{SUBJECTS},上次检查日期\n{A},甲公司,9999-09-09\n",
    "SSJ-R057-turned-round": f"{SUBJECTS}\n{A},甲\u202e司公\u202c\n",
    "SSJ-R058-a-day-to-come": f"{SUBJECTS},上次检查日期\n{A},甲公司,2021-05-06\n",
    "SSJ-R065-broken-off": f"{SUBJECTS},地址\n{A},甲公司,东街\n{B},乙公司,西街\n{made(1)},丙公\n",
    "SSJ-R067-sectors-twice": f"{SUBJECTS},监管类别\n{A},甲公司,\n",
    "SSJ-R068-nothing-to-see": f"{SUBJECTS}\n{A},甲\u200b公司\ufeff\n",
    "SSJ-R062-no-region": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-R063-registered-elsewhere": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-R064-all-elsewhere": f"{SUBJECTS}\n" + "".join(f"{made(n)},{n} 号公司\n" for n in range(1, 22)),
    "SSJ-R083-one-staff-number": f"{OFFICERS},工号\n27001,长期,安全,赵甲,G1\n27002,长期,安全,赵大甲,G1\n",
    "SSJ-R082-what-ground": f"{SUBJECTS},回避人员,回避理由\n{A},甲公司,赵甲,看着办\n",
    "SSJ-R090-left-the-roster": f"{PAST}\n甲公司,2020-05-06,赵甲\n戊公司,2020-05-06,赵甲\n",
    "SSJ-R091-left-the-bureau": f"{PAST}\n甲公司,2020-05-06,赵甲、孙丁\n",
    "SSJ-R092-no-day": f"{PAST}\n甲公司,,赵甲\n",
    "SSJ-R093-next-year": f"{PAST}\n甲公司,2022-05-06,赵甲\n",
    "SSJ-R094-who-went": f"{PAST}\n甲公司,2020-05-06,\n",
    "SSJ-R095-which-subject": f"{PAST}\n丙,2020-05-06,赵甲\n",
    "SSJ-R096-which-officer": f"{PAST}\n甲公司,2020-05-06,钱乙\n",
    "good-subjects": f"{SUBJECTS},企业类型\n{A},甲公司,施工\n{B},丙,施工\n91610528MA6Y2CCC7E,丙,监理\n",
    "good-officers": f"{OFFICERS}\n27001,长期,安全,赵甲\n27002,长期,安全,钱乙\n27003,长期,安全,钱乙\n",
    "SSJ-F014-unknown-encoding": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-F015-private-use": f"{SUBJECTS}\n{A},甲\ue7c7公司\n",
    "SSJ-F016-unknown-reader": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-F022-sheet-of-a-text": f"{SUBJECTS}\n{A},甲公司\n",
    "SSJ-F019-quotes": f'{SUBJECTS}\n{A},"甲"公司\n',
}


def workbook(
    sheets: dict[str, list[list[object]]],
    *,
    hidden_row: int = 0,
    hidden_column: str = "",
    filtered: str = "",
    far: bool = False,
    merged: str = "",
) -> bytes:
    """Make a workbook, the same bytes every time."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.set_properties({"created": datetime(2021, 1, 1, tzinfo=UTC)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if hidden_row:
            sheet.set_row(hidden_row - 1, None, None, {"hidden": True})
        if hidden_column:
            sheet.set_column(hidden_column, None, None, {"hidden": True})
        if filtered:
            sheet.autofilter(filtered)
            sheet.filter_column(0, "x == NonBlanks")
        if merged:
            sheet.merge_range(merged, "施工")
        if far:
            sheet.write(1_048_575, 16_383, "x")
    book.close()
    return stream.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Replace some bytes in a part of a package."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            target.writestr(info, content.replace(old, new) if info.filename == part else content)
    return stream.getvalue()


def others() -> dict[str, bytes]:
    """Return the files that are no plain text."""
    rows: list[list[object]] = [["统一社会信用代码", "企业名称"], [A, "甲公司"], [B, "乙公司"]]
    kinds: list[list[object]] = [[*rows[0], "企业类型", "住所"], rows[1], rows[2]]
    good = workbook({"名单": rows})
    declared = bytearray(good)
    at = good.index(b"PK\x01\x02") + 24
    declared[at : at + 4] = (400 << 20).to_bytes(4, "little")
    return {
        "SSJ-F003-empty.csv": b"",
        "SSJ-F004-workbook-as-text.csv": good,
        "SSJ-F005-password.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "SSJ-F006-cut-off.xlsx": good[: len(good) // 2],
        "SSJ-F007-declares-400-mb.xlsx": bytes(declared),
        "SSJ-F008-entity.xlsx": rewritten(good, "xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE x [<!ENTITY y "z">]><sst'),
        "SSJ-F009-far-cell.xlsx": workbook({"名单": rows}, far=True),
        "SSJ-F010-no-such-sheet.xlsx": good,
        "SSJ-F011-which-sheet.xlsx": workbook({"东镇": rows, "西镇": rows}),
        "SSJ-F012-hidden-row.xlsx": workbook({"名单": rows}, hidden_row=3),
        "SSJ-F026-hidden-column.xlsx": workbook({"名单": kinds}, hidden_column="C:D"),
        "SSJ-F027-filter.xlsx": workbook({"名单": rows}, filtered="A1:B3"),
        "SSJ-F028-empty-sheet.xlsx": workbook({"名单": []}),
        "SSJ-F013-bad-byte.csv": f"{SUBJECTS}\n{A},甲".encode() + b"\xff\n",
        "SSJ-F021-all-hidden.xlsx": rewritten(good, "xl/workbook.xml", b'sheetId="1"', b'sheetId="1" state="hidden"'),
        "SSJ-R018-figure.xlsx": workbook({"名单": [rows[0], [916105280000000000, "甲公司"]]}),
        "SSJ-R042-merged-down.xlsx": workbook({"名单": kinds}, merged="C2:C3"),
        "SSJ-R043-merged-across.xlsx": workbook({"名单": kinds}, merged="C3:D3"),
        "SSJ-R039-figures.xlsx": workbook({"名单": [[*OFFICERS.split(",")], [27001, "长期", "安全", "赵甲"]]}),
    }


if __name__ == "__main__":
    for name, text in CSV.items():
        (HERE / f"{name}.csv").write_bytes(text.encode())
    for name, data in others().items():
        (HERE / name).write_bytes(data)
