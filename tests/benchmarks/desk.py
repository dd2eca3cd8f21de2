"""A roster of 100,000 rows at the office's desk: read and checked, given back marked; ratios to plain loops.

python tests/benchmarks/desk.py            # the table of tests/benchmarks/README.md, some two minutes
"""

import csv
import io
import resource
import time
from collections.abc import Callable
from typing import Final

import xlsxwriter

from ssj_core.desk.checked import Checked, check
from ssj_core.desk.marked import marked
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec
from ssj_core.roster.creditcode import LETTERS, check_character

ROWS: Final = 100_000
HEADER: Final = (
    "统一社会信用代码",
    "企业名称",
    "类型",
    "监管类别",
    "乡镇",
    "住所",
    "风险等级",
    "重点企业",
    "上次检查日期",
    "电话",
)


def table() -> list[list[str]]:
    """A header and 100,000 enterprises of ten columns; every fiftieth code is wrong in its last place."""
    rows = [list(HEADER)]
    for n in range(ROWS):
        code = f"91130624{n:08}"
        total = sum(w * int(d) for w, d in zip((3, 7, 9, 10, 5, 8, 4, 2), code[8:], strict=True))
        code += "0X987654321"[total % 11]
        last = check_character(code)
        last = LETTERS[(LETTERS.index(last) + 1) % 31] if n % 50 == 7 else last
        rows.append([
            code + last, f"示例第{n}建筑有限公司", "施工", "建筑市场监督、建设工程安全", "城关镇", f"示例街{n}号",
            "ABCD"[n % 4], "否", "2020-03-01", "",
        ])  # fmt: skip
    return rows


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def plain_csv(data: bytes) -> None:
    """What nobody can do without: decode, split, look at every cell."""
    for row in csv.reader(io.StringIO(data.decode())):
        for cell in row:
            cell.strip()


def plain_xlsx(rows: list[list[str]]) -> None:
    """The same cells by xlsxwriter alone, row by row."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()


def memory() -> int:
    """The most this process has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> None:
    """Print the table."""
    rows = table()
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    data = out.getvalue().encode()
    plain = cpu(lambda: plain_csv(data)), cpu(lambda: plain_xlsx(rows))
    before = memory()
    found: list[Checked] = []

    def read() -> None:
        one = check(data, RosterSpec(file="r.csv"), ssj_roster_readers(), "subjects", {})
        assert isinstance(one, Checked)
        found.append(one)

    ours = cpu(read), cpu(lambda: marked(found[0], "zh"))
    assert found[0].counts.faulty == ROWS // 50
    what = (
        ("100,000 rows of ten columns read and checked", "csv loop that strips every cell", "–"),
        ("the same given back as a workbook with its faults marked", "xlsxwriter alone, the same cells", "2.0"),
    )
    for (title, baseline, target), base, own in zip(what, plain, ours, strict=True):
        print(f"| {title} | {baseline} | {own / base:.2f}; {own:.1f} s of CPU | {target} |")
    print(f"| memory of both | memory before | +{memory() - before} MB | +300 MB |")


if __name__ == "__main__":
    main()
