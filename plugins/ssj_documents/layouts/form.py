"""The shipped template of 一企一表: one form for each visit."""

from ssj_documents.sheet import Cell, Sheet

LABEL, NAME = 24.0, 58.5
_BLANK = "＿＿＿＿＿＿＿＿"


def template() -> bytes:
    """A Word file with fields in `{{ }}` and instructions in `{% %}`."""
    sheet = Sheet((22, 18, 25, 20))
    sheet.footer("{{ 批次.单位 }}　{{ 批次.抽取编号 }}　第 # 页")
    sheet.line("{%p for 表 in 各表 %}")
    sheet.line("{%p if 表.已作废 %}")
    sheet.line("〔作废〕{{ 表.已作废 }}", "提示")
    sheet.line("{%p endif %}")
    _head(sheet)
    _known(sheet)
    _visit(sheet)
    _remark(sheet)
    sheet.line("{%p for 块 in 表.分块 %}")
    _heading(sheet)
    _items(sheet)
    _conclusion(sheet)
    sheet.line("{%p endfor %}")
    _unchecked(sheet)
    _signatures(sheet)
    sheet.line("{%p endfor %}")
    return sheet.save("一企一表")


def _head(sheet: Sheet) -> None:
    number = "第 {{ 表.表号 }} 号　{{ 表.版本说明 }}\n抽取编号 {{ 批次.抽取编号 }}"
    left = "{{ 批次.单位 }}\n{{ 批次.表名 }}\n（一企一表）\n" + number
    table = sheet.table([135, 30], [[Cell(left, "栏居中"), Cell("{{ 表.二维码 }}", "栏居中")]], lines=False)
    styles = ("副标题", "表格标题", "副标题", "栏居中", "小字")
    for paragraph, style in zip(table.rows[0].cells[0].paragraphs, styles, strict=True):
        paragraph.style = sheet.doc.styles[style]
    table.rows[0].cells[0].paragraphs[-1].alignment = 1
    sheet.gap()


def _known(sheet: Sheet) -> None:
    def pair(one: str, value: str, other: str, second: str) -> list[Cell]:
        return [Cell(one, "栏头"), Cell(value), Cell(other, "栏头"), Cell(second)]

    def wide(label: str, value: str) -> list[Cell]:
        return [Cell(label, "栏头"), Cell(value, span=3)]

    sheet.table(
        [LABEL, NAME, LABEL, NAME],
        [
            wide("抽查任务", "{{ 批次.计划 }}　{{ 批次.文号 }}"),
            pair("批　　次", "{{ 批次.名称 }}", "抽查类型", "{{ 批次.方式 }}　{{ 批次.组织 }}"),
            pair("检查期间", "{{ 批次.开始 }}至{{ 批次.结束 }}", "任务来源", "年度抽查计划"),
            wide("被检查对象", "{{ 表.对象.名称 }}"),
            pair("{{ 表.对象.编号名称 }}", "{{ 表.对象.编号 }}", "类　　型", "{{ 表.对象.类型 }}"),
            pair("所属企业", "{{ 表.对象.所属企业 }}", "分管股室", "{{ 表.对象.股室 }}"),
            [Cell("{%tr if 表.抽中项目 %}", span=4)],
            wide("抽中的项目", "{{ 表.抽中项目 }}"),
            [Cell("{%tr endif %}", span=4)],
            wide("登记地址", "{{ 表.对象.地址 }}"),
            wide("实际地址", "□与登记地址一致　□不一致，实际为："),
            pair(
                "法定代表人\n（负责人）",
                "{{ 表.对象.法定代表人 }}",
                "联系人\n及电话",
                "{{ 表.对象.联系人 }}　{{ 表.对象.电话 }}",
            ),
        ],
    )
    sheet.gap()


def _visit(sheet: Sheet) -> None:
    widths = [LABEL, 20, 40, 46, 35]
    sheet.table(
        widths,
        [
            [Cell(c, "栏头") for c in ("检查人员", "分工", "姓名", "股室", "执法证号")],
            [Cell("{%tr for 人 in 表.检查组 %}", span=5)],
            [
                Cell("{{ loop.index }}", "栏居中"),
                *(Cell(f"{{{{ 人.{c} }}}}", "栏居中") for c in ("分工", "姓名", "股室", "执法证号")),
            ],
            [Cell("{%tr endfor %}", span=5)],
            [Cell("检查时间", "栏头"), Cell("　　　　年　　月　　日　　时　　分至　　时　　分", span=4)],
            [Cell("检查地点\n陪同人员", "栏头"), Cell("", span=4, height=10)],
            [Cell("检查方式", "栏头"), Cell("{{ 表.检查方式 }}", span=4)],
            [
                Cell("告　　知", "栏头"),
                Cell(
                    "□已出示执法证件并说明检查事项　□已告知有权申请检查人员回避\n"
                    "申请回避：□否　□是，申请回避的人员及理由：＿＿＿＿＿＿＿＿＿＿＿＿\n"
                    "被检查对象（签名）：＿＿＿＿＿＿＿＿",
                    span=4,
                ),
            ],
        ],
    )
    sheet.gap()


def _remark(sheet: Sheet) -> None:
    sheet.line("{%p if 表.清单说明 %}")
    sheet.line("注：{{ 表.清单说明 }}", "小字")
    sheet.line("{%p endif %}")


def _heading(sheet: Sheet) -> None:
    """The name of a section, over what it inspects and what it comes to; none where the visit is not joint."""
    sheet.line("{%p if 块.股室 %}")
    sheet.line("{{ 块.序 }}、{{ 块.股室 }}（{{ 块.成员 }}）", "分块")
    sheet.line("{%p endif %}")
    sheet.line("{%p if 块.说明 %}")
    sheet.line("注：{{ 块.说明 }}", "分块注")
    sheet.line("{%p endif %}")


def _items(sheet: Sheet) -> None:
    widths = [12, 60, 42, 19, 32]
    sheet.line("{%p for 类 in 块.清单 %}")
    sheet.table(
        widths,
        [
            [Cell("检查事项：{{ 类.类别 }}　　第 {{ 表.表号 }} 号　{{ 表.对象.简称 }}", "栏头", span=5)],
            [Cell(c, "栏头") for c in ("序号", "事项及内容", "检查依据", "结果", "发现问题及处置")],
            [Cell("{%tr for 项 in 类.事项 %}", span=5)],
            [
                Cell("{{ 项.序号 }}\n{{ 项.编号 }}", "小字居中"),
                Cell(
                    "{{ 项.名称 }}\n{{ 项.内容 }}\n方式：{{ 项.方式 }}\n"
                    "{%p if 项.承办 %}\n承办：{{ 项.承办 }}\n{%p endif %}"
                ),
                Cell("{{ 项.依据 }}", "小字"),
                Cell("{%p for 果 in 表.单项结果 %}\n{{ 果 }}\n{%p endfor %}"),
                Cell(""),
            ],
            [Cell("{%tr endfor %}", span=5)],
        ],
        head=2,
    )
    sheet.gap()
    sheet.line("{%p endfor %}")


def _unchecked(sheet: Sheet) -> None:
    sheet.line("{%p if 表.有待核 %}")
    sheet.line("注：标有〔待核〕的依据尚未对照法规原文核实，引用前请核实。", "小字")
    sheet.line("{%p endif %}")


def _conclusion(sheet: Sheet) -> None:
    sheet.table(
        [LABEL, sheet.width - LABEL],
        [
            [
                Cell(
                    "检查结论{% if 块.股室 %}（{{ 块.股室 }}：{{ 块.姓名 }}）{% endif %}　　"
                    "第 {{ 表.表号 }} 号　{{ 表.对象.简称 }}",
                    "栏头",
                    span=2,
                )
            ],
            [
                Cell("检查结果", "栏头"),
                Cell(
                    "{% for 码 in 块.结果 %}□{{ 码.代码 }}\u00a0{{ 码.名称 }}　{% endfor %}"
                    "{% if not 块.结果 %}（请写明）" + _BLANK * 4 + "{% endif %}",
                    height=10,
                ),
            ],
            [
                Cell("后续处置", "栏头"),
                Cell(
                    "{% for 码 in 块.后续处置 %}□{{ 码.代码 }}\u00a0{{ 码.名称 }}　{% endfor %}"
                    "{% if not 块.后续处置 %}（请写明）" + _BLANK * 4 + "{% endif %}",
                    height=10,
                ),
            ],
            [Cell("整改期限", "栏头"), Cell("　　　　年　　月　　日前　　　□无需整改")],
            [
                Cell("检查人员\n签　　名", "栏头"),
                Cell(
                    "{%p for 人 in 块.人员 %}\n{{ 人.分工 }}（{{ 人.姓名 }}）：" + _BLANK + "　　　　　年　　月　　日\n"
                    "{%p endfor %}",
                    height=14,
                ),
            ],
        ],
        head=1,
        together=True,
    )
    sheet.gap()


def _signatures(sheet: Sheet) -> None:
    sheet.table(
        [LABEL, sheet.width - LABEL],
        [
            [Cell("签字确认　　第 {{ 表.表号 }} 号　{{ 表.对象.简称 }}", "栏头", span=2)],
            [
                Cell("被检查对象\n意　　见", "栏头"),
                Cell(
                    "□无异议　□有异议：\n\n"
                    "□法定代表人　□现场负责人　□受委托人\n"
                    "签名、盖章：＿＿＿＿＿＿＿＿＿＿＿＿　　　　年　　月　　日",
                    height=24,
                ),
            ],
            [
                Cell("拒绝签字", "栏头"),
                Cell(
                    "□被检查对象拒绝签字，情况如实记录如下：\n\n"
                    "见证人（签名）：＿＿＿＿＿＿　单位：＿＿＿＿＿＿　　　年　　月　　日",
                    height=18,
                ),
            ],
            [Cell("审核意见", "栏头"), Cell("\n审核人（签名）：＿＿＿＿＿＿＿＿　　　　年　　月　　日", height=14)],
            [Cell("公示审批", "栏头"), Cell("\n审批人（签名）：＿＿＿＿＿＿＿＿　　　　年　　月　　日", height=14)],
            [
                Cell("录入期限", "栏头"),
                Cell("{{ 表.录入期限 }}\n录入人（签名）：＿＿＿＿＿＿＿＿　　　　年　　月　　日"),
            ],
        ],
        head=1,
        followed=True,
    )
    sheet.end(
        "本表一式两份，检查机关、被检查对象各存一份。记录摘要 {{ 表.记录摘要 }}，台账头 {{ 批次.抽取后台账头 }}", "小字"
    )
