"""A joint batch of two departments: a block for each on the form, though both call a section the same."""

import pytest

from tests.cli.bureau import OFFICER_HEADERS, Bureau, officer_row, table
from tests.cli.test_forms import JOINT, printed
from tests.cli.test_replace import teams


@pytest.mark.parametrize("column", ["单位", "工作单位"])
def test_two_departments_have_a_block_each(bureau: Bureau, column: str) -> None:
    bureau.furnish(subjects=120, officers=24)
    rows = [[*officer_row(n), "甲县住建局" if n % 4 == 1 else "甲县市场监管局"] for n in range(24)]
    units = {row[0]: row[-1] for row in rows}
    bureau.write(officers=table((*OFFICER_HEADERS, column), rows))
    bureau.run("--batch", "batch-3")
    said = printed(bureau, draw=JOINT)
    found = teams(bureau, JOINT)
    visits: dict[str, set[str]] = {}
    for row in found:
        visits.setdefault(row["检查对象"], set()).add(units[row["姓名"]])
        assert f"{units[row['姓名']]}{row['股室']}" in said
    assert all(len(both) == 2 for both in visits.values())  # only one of them leads
    assert "检查结论（甲县住建局：" in said
    assert "检查结论（甲县市场监管局：" in said
    tasks = printed(bureau, "--paper", "tasks", draw=JOINT, name="tasks.docx")
    assert f"{units[found[0]['姓名']]}{found[0]['股室']}" in tasks
    (bureau.folder / "officers.csv").unlink()
    without = printed(bureau, draw=JOINT, name="sections.docx")
    assert "甲县住建局" not in without  # the record has sections alone
    assert f"检查结论（{found[0]['股室']}：" in without
    bureau.write(officers=table((*OFFICER_HEADERS, column), rows))
