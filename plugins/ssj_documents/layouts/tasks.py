"""The shipped template of 任务单: one list for each officer, of the visits he or she makes."""

from ssj_documents.sheet import Cell, Sheet


def template() -> bytes:
    """A Word file with fields in `{{ }}` and instructions in `{% %}`."""
    sheet = Sheet((25, 20, 25, 20))
    sheet.footer("{{ 批次.抽取编号 }}　内部使用　第 # 页")
    sheet.line("{%p for 人 in 各人 %}")
    sheet.line("{{ 批次.单位 }}", "副标题")
    sheet.line("检查任务单", "表格标题")
    sheet.line("（内部使用）", "副标题")
    sheet.gap()
    _head(sheet)
    sheet.gap()
    _visits(sheet)
    sheet.gap()
    sheet.line("录入期限：{{ 批次.录入期限 }}。", "栏尾")
    sheet.line(
        "与被检查对象有利害关系应当回避的，或者不能参加检查的，请在检查前报告办公室，由办公室按程序换人，不得自行调换。",
        "栏尾",
    )
    sheet.line("签收：＿＿＿＿＿＿＿＿＿＿　　　　　　　年　　月　　日", "栏尾")
    sheet.end("台账头 {{ 批次.抽取后台账头 }}", "小字")
    sheet.line("{%p endfor %}")
    return sheet.save("检查任务单")


def _head(sheet: Sheet) -> None:
    sheet.table(
        [24, 58.5, 24, 58.5],
        [
            [Cell("检查人员", "栏头"), "{{ 人.姓名 }}", Cell("执法证号", "栏头"), "{{ 人.执法证号 }}"],
            [Cell("所在股室", "栏头"), "{{ 人.股室 }}", Cell("任务户数", "栏头"), "{{ 人.户数 }}"],
            [Cell("批　　次", "栏头"), Cell("{{ 批次.名称 }}", span=3)],
            [Cell("检查期间", "栏头"), Cell("{{ 批次.开始 }}至{{ 批次.结束 }}", span=3)],
        ],
    )


def _visits(sheet: Sheet) -> None:
    columns = ("表号", "被检查对象", "分工及同组人员", "事项", "信用\n等级", "检查日期")
    sheet.table(
        [13, 66, 44, 11, 11, 20],
        [
            [Cell("{{ 人.姓名 }}的检查任务", "栏头", span=6)],
            [Cell(c, "栏头") for c in columns],
            [Cell("{%tr for 户 in 人.任务 %}", span=6)],
            [
                Cell("{{ 户.表号 }}", "栏居中"),
                Cell(
                    "{{ 户.对象.名称 }}{% if 户.对象.重点企业 == '是' %}（重点）{% endif %}\n"
                    "{{ 户.对象.编号 }}　{{ 户.对象.类型 }}\n{{ 户.对象.地址 }}"
                ),
                Cell("{{ 户.分工 }}\n{{ 户.同组 }}"),
                Cell("{{ 户.事项数 }}", "栏居中"),
                Cell("{{ 户.对象.信用风险等级 }}", "栏居中"),
                Cell(""),
            ],
            [Cell("{%tr endfor %}", span=6)],
        ],
        head=2,
    )
