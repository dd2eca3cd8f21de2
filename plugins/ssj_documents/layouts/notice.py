"""The shipped template of 检查通知书: one notice for each visit, laid out as GB/T 9704 asks."""

from ssj_documents.sheet import Cell, Sheet


def template() -> bytes:
    """A Word file with fields in `{{ }}` and instructions in `{% %}`."""
    sheet = Sheet((37, 35, 28, 26))
    sheet.footer("— # —", "页码")
    sheet.line("{%p for 表 in 各表 %}")
    sheet.line("{%p if 表.已作废 %}")
    sheet.line("〔作废〕{{ 表.已作废 }}", "提示")
    sheet.line("{%p endif %}")
    sheet.line("{{ 批次.单位 }}", "公文标题")
    sheet.line("检查通知书", "公文标题")
    sheet.line("通知编号：〔　　　　〕　　　号　　　一企一表第 {{ 表.表号 }} 号", "正文居中")
    sheet.line("", "间隔")
    sheet.line("{{ 表.对象.名称 }}：", "正文顶格")
    sheet.line(
        "根据《{{ 批次.计划 }}》{% if 批次.文号 %}（{{ 批次.文号 }}）{% endif %}，经公开随机抽取，"
        "你单位（{{ 表.对象.编号名称 }}：{{ 表.对象.编号 }}）被抽取为“{{ 批次.名称 }}”的检查对象。"
        "现将有关事项通知如下：",
        "正文文书",
    )
    _when(sheet)
    _items(sheet)
    _rights(sheet)
    _end(sheet)
    sheet.line("{%p endfor %}")
    return sheet.save("检查通知书")


def _when(sheet: Sheet) -> None:
    sheet.line("一、检查时间、地点和方式", "一级标题")
    sheet.line("检查时间：　　　　年　　月　　日　　时（本次检查期间为{{ 批次.开始 }}至{{ 批次.结束 }}）。", "正文文书")
    sheet.line("检查地点：{{ 表.抽中项目 or 表.对象.地址 }}。", "正文文书")
    sheet.line("检查方式：{{ 表.检查方式 }}。", "正文文书")
    sheet.line("二、检查人员", "一级标题")
    sheet.line("{%p for 人 in 表.检查组 %}")
    sheet.line("{{ 人.分工 }}：{{ 人.姓名 }}，{{ 人.股室 }}，执法证号{{ 人.执法证号 }}。", "正文文书")
    sheet.line("{%p endfor %}")


def _items(sheet: Sheet) -> None:
    sheet.line("三、检查事项和需要准备的材料", "一级标题")
    sheet.line("检查事项共{{ 表.事项数 }}项，请准备下列材料备查：", "正文文书")
    sheet.table(
        [12, 62, 82],
        [
            [Cell(c, "栏头") for c in ("序号", "检查事项", "需要准备的材料")],
            [Cell("{%tr for 类 in 表.清单 %}", span=3)],
            [Cell("{%tr for 项 in 类.事项 %}", span=3)],
            [
                Cell("{{ 项.序号 }}", "栏居中"),
                Cell("{{ 项.名称 }}"),
                Cell("{{ 项.应备材料|join('、') }}"),
            ],
            [Cell("{%tr endfor %}", span=3)],
            [Cell("{%tr endfor %}", span=3)],
            [Cell("", "栏"), Cell("其他"), Cell("", height=10)],
        ],
        head=1,
    )


def _rights(sheet: Sheet) -> None:
    sheet.line("四、权利和义务", "一级标题")
    sheet.line(
        "检查人员不少于两人，检查时应当主动出示执法证件；不出示的，你单位有权拒绝接受检查。"
        "认为检查人员与检查事项有直接利害关系或者有其他关系可能影响公正的，你单位有权申请回避"
        "（参照《中华人民共和国行政处罚法》第四十二条、第四十三条、第五十五条）。请你单位配合检查，如实提供有关材料。",
        "正文文书",
    )
    sheet.line(
        "本次抽取任何人都可以核验：抽取编号{{ 批次.抽取编号 }}，抽取记录摘要{{ 批次.记录摘要 }}，"
        "台账头{{ 批次.抽取后台账头 }}。",
        "正文文书",
    )
    sheet.line("检查机关联系人：　　　　　　　联系电话：", "正文文书")


def _end(sheet: Sheet) -> None:
    sheet.line("", "正文文书")
    sheet.line("{{ 批次.单位 }}（印章）", "落款")
    sheet.line("　　　　年　　月　　日", "落款")
    sheet.gap()
    sheet.table(
        [30, 126],
        [
            [
                Cell("受送达单位", "栏头"),
                Cell(
                    "{{ 表.对象.名称 }}　{{ 表.对象.地址 }}\n"
                    "法定代表人（负责人）：{{ 表.对象.法定代表人 or '＿＿＿＿＿＿＿＿' }}\n"
                    "联系人：{{ 表.对象.联系人 or '＿＿＿＿＿＿' }}　电话：{{ 表.对象.电话 or '＿＿＿＿＿＿＿＿' }}"
                ),
            ],
            [
                Cell("送达回执", "栏头"),
                Cell(
                    "第 {{ 表.表号 }} 号检查通知书已收到。\n"
                    "收件人（签名、盖章）：＿＿＿＿＿＿＿＿　　　　年　　月　　日　　时",
                    height=18,
                ),
            ],
        ],
        followed=True,
    )
    sheet.end("", "间隔")  # after a table there is a line anyway
