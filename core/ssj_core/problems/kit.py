"""Codes SSJ-G1…: what the conformance kit finds in a plugin."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-G101": Entry(
        "error",
        "{value} 出错{more}，原文：{what}",
        "回调要能应付名录里的任何一行：空白、全角、没有日期",
        "{value} failed on {what}{more}",
        "a callback copes with any row of a roster: blanks, full-width signs, no date",
    ),
    "SSJ-G102": Entry(
        "error",
        "{value} 的回答不合要求：{what}{more}",
        "分层方式回答一段文字；排除和回避规则回答原因，或者 None；文字不能为空、不能有换行；读名录回答 Reading，文书回答 bytes",
        "{value} gave an answer it should not: {what}{more}",
        "a stratifier answers with text, a rule with a reason or None, text not empty and without line breaks; a reader "
        "with a Reading, a renderer with bytes",
    ),
    "SSJ-G103": Entry(
        "error",
        "{value} 改动了传给它的对象、人员或参数：{what}{more}",
        "只读，不改；要改就先复制",
        "{value} changes the unit, the officer or the parameters it is given: {what}{more}",
        "read, do not change; copy first",
    ),
    "SSJ-G104": Entry(
        "error",
        "{value} 用了外面的东西：{what}",
        "结果只能由这一个对象和批次决定；今天是哪天，用 context.start",
        "{value} looks outside: {what}",
        "only the unit and the batch may decide; for the day use context.start",
    ),
    "SSJ-G105": Entry(
        "error",
        "{value} 前后回答不一：{what}{more}",
        "不要记住从前问过什么，不要用随机数",
        "{value} answers differently when asked again or in another order: {what}{more}",
        "keep no memory of earlier calls and use no chance",
    ),
    "SSJ-G107": Entry(
        "error",
        "规则 {value} 的施行期不是日期，或者 in_force 里有一段没有写施行期",
        "since、until、reviewed_until 用 datetime.date；in_force 里每一段都写 days",
        "the days of {value} are no dates, or a member of its in_force has none",
        "give since, until and reviewed_until as datetime.date, and days to each member of in_force",
    ),
    "SSJ-G108": Entry(
        "warning",
        "{value} 只核对到 {reviewed}",
        "核对依据是否仍有效，改 reviewed_until；在此之前，用它的计划要写 accept_unreviewed",
        "{value} was reviewed until {reviewed} only",
        "check that it still holds and move reviewed_until; until then plans need accept_unreviewed",
    ),
    "SSJ-G109": Entry(
        "error",
        "{value} 换一个进程就不同：{what}",
        "不要用 set 的次序、hash()、id()、时区和语言",
        "{value} is not the same in another process: {what}",
        "do not use the order of sets, hash(), id(), time zone or language",
    ),
    "SSJ-G110": Entry(
        "error",
        "{value} 使程序中断或停住：{what}{more}",
        "回调不能退出程序，也不能等待",
        "{value} ends or stops the process: {what}{more}",
        "a callback must not exit, and must not wait",
    ),
    "SSJ-G111": Entry(
        "error",
        "插件 {value} 的文件和安装包里的不一样：{what}",
        "让安装包带上全部规则表；装好以后不要改动其中的文件",
        "the files of the plugin {value} are not those of its wheel: {what}",
        "include all tables in the wheel, and change nothing once it is installed",
    ),
    "SSJ-G112": Entry(
        "warning",
        "打不出插件 {value} 的安装包，没有核对，原文：{what}",
        "先装好打包工具（pyproject.toml 的 build-system，例如 pip install hatchling）",
        "no wheel of the plugin {value} could be built to compare: {what}",
        "install what build-system of its pyproject.toml names (pip install hatchling)",
    ),
    "SSJ-G113": Entry(
        "warning",
        "插件 {value} 的回调没有用随机编造的对象试过：这台机器缺少组件 testing",
        '安装后再检验：pip install "ssj-core[testing]"；内网：pip install --no-index --find-links wheels "ssj-core[testing]"',
        "the callbacks of {value} were not tried on invented units: the component testing is not installed here",
        'pip install "ssj-core[testing]", offline: pip install --no-index --find-links wheels "ssj-core[testing]"',
    ),
    "SSJ-G114": Entry(
        "error",
        "案例“{value}”：应当是 {expected}，得到 {actual}",
        "改规则，或者改案例；ssj-core plugins test 写得更详细",
        "the case '{value}' expects {expected}, and gets {actual}",
        "mend the rule or the case; ssj-core plugins test says more",
    ),
    "SSJ-G116": Entry(
        "error",
        "熵源 {value} 的结果不合要求：{what}",
        "collect 回答 Evidence，source 写自己的编号；assess 回答 Assessment：等级 E0 至 E5，bits 是不小于 0 的整数；空白的证据只能是 E0",
        "the entropy source {value} answers as it should not: {what}",
        "collect gives Evidence of the source's own id; assess an Assessment: a level E0 to E5, whole bits from 0; "
        "empty evidence is E0",
    ),
    "SSJ-G117": Entry(
        "error",
        "规则 {value} 读了名录的栏目，却没有写明：{what}",
        "在规则的 columns 里写明（回避规则的人员一方写在 officer_columns）；名录里没有也行的，加 lacking：\n{lines}",
        "{value} reads columns of the roster that it does not declare: {what}",
        "declare them in `columns` (of officers in a recusal rule: `officer_columns`), with `lacking` where the rule can "
        "do without:\n{lines}",
    ),
    "SSJ-G118": Entry(
        "error",
        "规则 {value} 的栏目“{column}”写了 fields 里的 {name}，名录没有这个字段{near}",
        "可用的字段：{known}；名录里自己的栏目，不写 fields",
        "the column “{column}” of {value} names the field {name}, which no roster has{near_en}",
        "fields are: {known}; for a column of its own leave `fields` out",
    ),
}
