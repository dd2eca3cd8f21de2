"""Codes SSJ-D…: papers, their templates, and what printing them needs."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-D001": Entry(
        "error",
        "生成文书需要组件 {value}（缺少 {module}）",
        '安装：pip install "ssj-core[{value}]"；内网：pip install --no-index --find-links wheels "ssj-core[{value}]"',
        "papers need the component {value} ({module} is missing)",
        'pip install "ssj-core[{value}]", offline: pip install --no-index --find-links wheels "ssj-core[{value}]"',
    ),
    "SSJ-D002": Entry(
        "error",
        "没有第 {value} 次替换，或它已作废",
        "可以写：{known}（0 是抽取时的结果）",
        "there is no replacement {value}, or it is void",
        "write one of {known} (0 is the draw as it was)",
    ),
    "SSJ-D003": Entry(
        "error",
        "没有名为“{value}”的文书",
        "可以写：{known}{near}",
        "there is no paper “{value}”",
        "write one of {known}{near_en}",
    ),
    "SSJ-D004": Entry(
        "error",
        "{value} 不在要检查的名单里，没有可打印的表",
        "用 ssj-core explain 查看原因；被替换的，加 --after 0 打印原来的表",
        "{value} is not to be inspected, so there is no form of it",
        "ssj-core explain says why; of one that was replaced, --after 0 prints the former form",
    ),
    "SSJ-D005": Entry(
        "error",
        "抽取 {value} 已经作废（{reason}），不再打印文书",
        "打印重新抽取的那一次",
        "the draw {value} is void ({reason}); no papers are printed from it",
        "print those of the draw that took its place",
    ),
    "SSJ-D006": Entry(
        "error",
        "抽取 {value} 的文件核验不成立，不打印文书",
        "运行 ssj-core verify 查看哪一步有问题",
        "the draw {value} does not hold, so no papers are printed",
        "ssj-core verify shows the step that is wrong",
    ),
    "SSJ-D007": Entry(
        "error",
        "{value} 没有可以修改的模板",
        "可以修改模板的文书：{known}",
        "{value} has no template to be changed",
        "those that have one: {known}",
    ),
    "SSJ-D008": Entry(
        "error",
        "抽取 {value} 没有要打印的检查对象",
        "没有抽中任何对象，或这次替换没有改动检查组；不写 --changed 就打印全部",
        "there is nothing to print of the draw {value}",
        "nothing was drawn, or this replacement changed no team; without --changed all are printed",
    ),
    "SSJ-D010": Entry(
        "error",
        "{value} 不是 Word 文件（docx），或已损坏：{reason}",
        "用 WPS 或 Word 打开，另存为 docx；或用 ssj-core forms template 重新取一份模板",
        "{value} is no Word file (docx), or is damaged: {reason}",
        "open it in Word or WPS and save it as docx, or get a new template with ssj-core forms template",
    ),
    "SSJ-D011": Entry(
        "error",
        "模板里没有“{value}”这个字段",
        "这里可以用：{known}{near}",
        "the template names a field “{value}” that does not exist",
        "those known here: {known}{near_en}",
    ),
    "SSJ-D012": Entry(
        "error",
        "模板里的花括号不成对、只有一个、分开了或写成了全角：{value}",
        "字段写成 {{{{ 名称 }}}}，指令写成 {{% … %}}，都用半角，两个符号连着写",
        "braces of the template do not pair, are single, stand apart or are full-width: {value}",
        "a field is {{{{ name }}}}, an instruction {{% … %}}, in half-width signs, the two without a blank between them",
    ),
    "SSJ-D013": Entry(
        "error",
        "模板里写了程序代码，不能执行：{value}",
        "模板只能写字段、判断（if）和循环（for）；删去这一处。来历不明的模板不要使用",
        "the template holds code, which is not run: {value}",
        "a template may hold fields, if and for only; remove this, and do not use a template you cannot trust",
    ),
    "SSJ-D014": Entry(
        "error",
        "模板的这一段写法不对：“{value}”（{reason}）",
        "对照 ssj-core forms template 写出的模板改正",
        "this paragraph of the template is not well-formed: “{value}” ({reason})",
        "compare it with the one that ssj-core forms template writes",
    ),
    "SSJ-D015": Entry(
        "error",
        "模板引用了别处的文件（{value}），打开文书时会去读取",
        "在 Word 里把图片改为嵌入，去掉链接和附加的模板",
        "the template refers to something outside of it ({value}) that would be fetched when a paper is opened",
        "embed pictures instead of linking them, and detach other templates",
    ),
    "SSJ-D009": Entry(
        "error",
        "{paper}记的是整次抽取，不能只打印一部分（{value}）",
        "去掉 {value}",
        "the {paper_en} is about the whole draw, not about single visits ({value})",
        "leave {value} out",
    ),
    "SSJ-D016": Entry(
        "error",
        "抽取 {value} 的文件不全或读不懂（{reason}），不能打印文书",
        "运行 ssj-core verify 查看缺少什么，从备份恢复",
        "files of the draw {value} are missing or cannot be read ({reason}), so no papers are printed",
        "ssj-core verify says what is missing; restore it from a copy",
    ),
    "SSJ-D017": Entry(
        "error",
        "文书 {value} 印不出来：插件 {plugin} 出错（{reason}）",
        "把这句话报告给插件的维护者；自带的文书不受影响",
        "the paper {value} cannot be printed: the plugin {plugin} fails ({reason})",
        "report this to the maintainer of the plugin; the built-in papers are not affected",
    ),
    "SSJ-D018": Entry(
        "error",
        "模板里没有逐一循环的“{value}”，打印出来不会一户（一人）一份",
        "把一份的内容放在 {{%p for … in {list} %}} 和 {{%p endfor %}} 之间，对照 ssj-core forms template 写出的模板",
        "the template loops over no “{value}”: the paper would not have one part for each",
        "put what one part holds between {{%p for … in {list} %}} and {{%p endfor %}}, as in the template that "
        "ssj-core forms template writes",
    ),
    "SSJ-D019": Entry(
        "error",
        "模板里一个字段也没有，打印出来什么也不会填上",
        "字段写成 {{{{ 名称 }}}}，半角的双花括号；对照 ssj-core forms template 写出的模板",
        "the template has no field at all: nothing would be filled in",
        "a field is {{{{ name }}}}, with two half-width braces; compare it with what ssj-core forms template writes",
    ),
    "SSJ-D020": Entry(
        "error",
        "这台电脑没有可用的中文字体，PDF 里会全是空框，所以不生成",
        "安装一种中文字体（Windows 自带；Debian、Ubuntu、UOS、麒麟：apt install fonts-noto-cjk），"
        "或不加 --pdf，打印成 Word 文件",
        "no Chinese font is installed; the PDF would show empty boxes, so none is made",
        "install one (Debian, Ubuntu: apt install fonts-noto-cjk), or print the Word file without --pdf",
    ),
    "SSJ-D021": Entry(
        "error",
        "PDF 没有排成：{reason}",
        "请把这句话报告给开发者；Word 文件不受影响",
        "the PDF could not be set: {reason}",
        "report this; Word files are not affected",
    ),
    "SSJ-D022": Entry(
        "error",
        "PDF 用固定的版式，不能用 Word 模板（{value}）",
        "去掉 --template；或打印成 docx，再用 Word、WPS 导出 PDF",
        "a PDF has a fixed layout and takes no Word template ({value})",
        "leave --template out, or print the docx and export it from Word or WPS",
    ),
    "SSJ-D023": Entry(
        "error",
        "这台电脑的字体里没有这些字，PDF 里会是空框，所以不生成：{value}，在：{where}",
        "装一种收字更多的字体；或不加 --pdf，打印成 Word 文件，打开核对这几个字。编号 U+E000 至 U+F8FF 是自造字，请改用正式的汉字",
        "no font of this computer has these signs, and the PDF would show empty boxes, so none is made: {value}, in: {where}",
        "install a font that has them, or print the Word file without --pdf and look at these signs; those from U+E000 to U+F8FF are private, use the standard character",
    ),
    "SSJ-D025": Entry(
        "note",
        "法定代表人、联系人、电话留空：名录 {value} 读不到（{reason}）",
        "把名录放回计划旁边再打印，或者打印以后手填；本来就不要印的，加 --no-contacts",
        "legal representative, contact and telephone are left blank: the roster {value} cannot be read ({reason})",
        "put it back beside the plan and print again, or fill them in by hand; --no-contacts leaves them blank",
    ),
    "SSJ-D026": Entry(
        "warning",
        "名录 {value} 在抽取以后改过：法定代表人、联系人、电话按代码取自现在的名录，请核对；{without} 户没有取到",
        "不要印这几栏的，加 --no-contacts",
        "the roster {value} was changed after the draw: legal representative, contact and telephone are those it has "
        "now, matched by code, please look at them; {without} have none",
        "--no-contacts leaves them blank",
    ),
    "SSJ-D027": Entry(
        "note",
        "名录 {value} 里有 {without} 户没有法定代表人、联系人、电话，这几栏留空",
        "打印以后手填；名录里加上“法定代表人”“联系人”“联系电话”列的，下次抽取以后就会印出来",
        "the roster {value} has no legal representative, contact or telephone of {without}: they are left blank",
        "fill them in by hand, or keep such columns in the roster for the next draw",
    ),
    "SSJ-D028": Entry(
        "warning",
        "检查日期 {value} 不在本批次的 {start} 至 {end} 之内，录入期限照这一天推算",
        "核对年、月、日，写错了的重新打印",
        "the day of the inspection {value} is not among those of the batch, {start} to {end}; the deadline is counted "
        "from it all the same",
        "look at the year, month and day; if one is wrong, print again",
    ),
    "SSJ-D024": Entry(
        "error",
        "这几张表上有字体里没有的字，PDF 里会是空框，所以一张也不生成：{where}",
        "其余各户照样出 PDF：--pdf {others}；这几户不加 --pdf，打印成 Word，打开核对这几个字：{only}。"
        "装一种收字更多的字体，就可以全部出 PDF。编号 U+E000 至 U+F8FF 是自造字，请改用正式的汉字",
        "no font of this computer has some signs, and the PDF would show empty boxes, so none is made; forms: {where_en}",
        "the others still go: --pdf {others}; print these as Word files without --pdf and look at the signs: {only}. "
        "With a font that has the signs all do. Those from U+E000 to U+F8FF are private, use the standard character",
    ),
}
