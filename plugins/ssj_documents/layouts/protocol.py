"""The shipped template of 抽取会议记录: one page for the witnesses of a draw to sign."""

from ssj_documents.sheet import Cell, Sheet

LABEL = 27.0


def template() -> bytes:
    """A Word file with fields in `{{ }}` and instructions in `{% %}`."""
    sheet = Sheet((15, 14, 25, 20))
    sheet.footer("{{ 批次.抽取编号 }}　第 # 页")
    sheet.line("{{ 批次.单位 }}", "副标题")
    sheet.line("随机抽取会议记录", "表格标题")
    sheet.gap()
    wide = sheet.width - LABEL

    def row(label: str, value: str, height: float = 0, style: str = "紧") -> list[Cell]:
        return [Cell(label, "栏头"), Cell(value, style, height=height)]

    sheet.table(
        [LABEL, wide],
        [
            row("抽取任务", "{{ 会议.计划 }}　{{ 批次.文号 }}\n{{ 会议.批次 }}　{{ 批次.开始 }}至{{ 批次.结束 }}"),
            row("抽取编号", "{{ 批次.抽取编号 }}"),
            row("时间地点", "{{ 会议.时间 or '　　　　年　　月　　日　　时　　分' }}　　地点：{{ 会议.地点 }}"),
            row("主持、记录", "主持人：　　　　　　　　　记录人：　　　　　　　　　参加单位："),
            row(
                "一、封存",
                "{{ 会议.封存时间 }}封存：检查对象 {{ 会议.对象数 }} 个（未纳入 {{ 会议.未纳入对象 }} 个），"
                "可派检查人员 {{ 会议.人员数 }} 名（未纳入 {{ 会议.未纳入人员 }} 名）",
            ),
            row(
                "封存的摘要",
                "对象名录根 {{ 会议.对象根 }}\n人员名录根 {{ 会议.人员根 }}\n计划摘要　 {{ 会议.计划摘要 }}\n"
                "规则摘要　 {{ 会议.规则摘要 }}\n此前台账头 {{ 会议.封存前台账头 }}",
                style="摘要",
            ),
            row("承　　诺", "{{ 会议.承诺 }}\n国密SM3　 {{ 会议.国密摘要 }}", style="摘要"),
            row(
                "二、随机数",
                "{%p for 源 in 会议.熵源 %}\n"
                "{{ loop.index }}. {{ 源.名称 }}{% if 源.约定 %}（{{ 源.约定 }}）{% endif %}：{{ 源.值 }}\n"
                "　{{ 源.见证 }}\n"
                "{%p endfor %}\n"
                "{% if 会议.其余熵源 %}其余 {{ 会议.其余熵源 }} 个来源见抽取记录。{% endif %}"
                "保证等级 {{ 会议.等级 }}：{{ 会议.等级说明 }}",
            ),
            row("种　　子", "{{ 会议.种子 }}", style="摘要"),
            row(
                "三、抽取",
                "{% for 层 in 会议.分层 %}{{ 层.分层 }}：{{ 层.对象数 }} 个中抽 {{ 层.抽中 }} 个；{% endfor %}"
                "{% if 会议.其余分层 %}其余 {{ 会议.其余分层 }} 层见抽取记录；{% endif %}\n"
                "共抽中 {{ 会议.抽中 }} 个，列出递补 {{ 会议.递补 }} 个；检查组 {{ 会议.检查组数 }} 个，"
                "派出检查人员 {{ 会议.派出人数 }} 名{{ 会议.各单位 }}。抽中名单、递补名单、检查组名单见附件。",
            ),
            row("记录摘要", "{{ 会议.记录摘要 }}", style="摘要"),
            row("台 账 头", "{{ 会议.抽取后台账头 }}", style="摘要"),
            row(
                "四、确认",
                "□承诺在产生随机数以前宣读　□随机数当场产生并录入　□抽中名单当场公布　□记录摘要当场宣读\n其他情况：",
                height=14,
            ),
        ],
    )
    sheet.gap()
    sheet.table(
        [41.25] * 4,
        [
            [Cell(c, "栏头") for c in ("见证人（签名）", "单位、职务", "见证人（签名）", "单位、职务")],
            [Cell("{%tr for 行 in 会议.签名 %}", span=4)],
            [Cell(f"{{{{ 行.{c} }}}}", "紧", height=8.5) for c in ("姓名", "单位", "另一姓名", "另一单位")],
            [Cell("{%tr endfor %}", span=4)],
            [Cell("主持人（签名）", "栏头"), "", Cell("记录人（签名）", "栏头"), ""],
        ],
    )
    sheet.line("核验：任何人可用公布的文件重新计算，并与以上摘要逐位对照。", "小字")
    return sheet.save("随机抽取会议记录")
