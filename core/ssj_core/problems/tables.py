"""Codes SSJ-S013 to S015, S030 to S039, from S044: what tables say beside ratios (choices, results, filters, sites)."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-S013": Entry(
        "error",
        "[[choice]] 的 decides 写了“{value}”，规则集没有给这样一个参数",
        "写“规则编号.参数名”，例如 ratio_rules.yearly_cap.at_most；规则集给了的参数：{known}",
        "`decides` of a [[choice]] names “{value}”, a parameter that the ruleset does not give",
        "write the rule's id, a dot and the parameter (ratio_rules.yearly_cap.at_most); given are: {known}",
    ),
    "SSJ-S014": Entry(
        "error",
        "规则集给了参数 {value}，没有写依据",
        '在这一处写 basis；文件没有规定、由你们决定的，写一条 [[choice]]，其中 decides = ["{value}"]',
        "the ruleset gives the parameter {value} without a basis",
        'write `basis` here; where no document says it and you decide, write a [[choice]] with decides = ["{value}"]',
    ),
    "SSJ-S015": Entry(
        "error",
        "“{column}”一列只和“{value}”比，看不出是数字还是编号：当作文字，0.750 和 0.75 就不同",
        '是数字，就再写一个数字的比较，例如 at_least = "0"；是编号，就写 contains = ["{value}"]',
        "the column “{column}” is compared with “{value}” alone, which may be a number or a code: as texts 0.750 is not 0.75",
        'for a number add a comparison of numbers, such as at_least = "0"; for a code write contains = ["{value}"]',
    ),
    "SSJ-S030": Entry(
        "error",
        "结果代码表 {value} 一条结果也没有",
        "至少写一条 [[result]]",
        "the table of result codes {value} has no result",
        "give at least one [[result]]",
    ),
    "SSJ-S031": Entry(
        "error",
        "平台代码 {value} 已用于 {other}",
        "平台的一个代码同一天只对应一条；平台没有区分的，合成一条",
        "the platform's code {value} stands for {other} already",
        "a code of the platform means one thing on a day; join what the platform does not tell apart",
    ),
    "SSJ-S032": Entry(
        "error",
        "事项 {value} 的应备材料有空白或重复",
        "materials 里每份材料写一次",
        "the materials of item {value} are empty or given twice",
        "write each of the materials once",
    ),
    "SSJ-S033": Entry(
        "error",
        "“{value}”一列是{kind}，不能用 {operator} 比较，或者比较的值不是{kind}",
        "这一列可用：{known}；文字加双引号，数字和日期不加",
        "the column “{value}” holds {kind_en}: it cannot be compared by {operator}, or not with this value",
        "for this column: {known}; text in quotes, numbers and dates without",
    ),
    "SSJ-S034": Entry(
        "error",
        "对“{value}”一列的条件没有写怎样比较",
        "写上 equals、one_of、contains、at_least、before、missing 等之一",
        "the condition on the column “{value}” does not say how to compare",
        "give one of equals, one_of, contains, at_least, before, missing and so on",
    ),
    "SSJ-S035": Entry(
        "error",
        "筛选 {value} 要么写 keep，要么写 leave_out，两者取一",
        "keep 写留下的条件，leave_out 写排除的条件",
        "the filter {value} must have either keep or leave_out",
        "keep says who stays, leave_out who is taken out",
    ),
    "SSJ-S036": Entry(
        "error",
        "“{value}”一列含个人信息，规则不能使用",
        "换用别的列；电话、证件号、姓名一类的内容不进入抽取",
        "the column “{value}” holds personal data, which no rule may use",
        "use another column; telephones, identity numbers and names of persons never enter a draw",
    ),
    "SSJ-S037": Entry(
        "error",
        "执法检查人员名录的“{value}”一列不能用在条件里",
        "请假、证件状态一类由程序判断；可用：{known}，以及名录里的其他列",
        "the column “{value}” of the officer roster cannot be asked by a condition",
        "leave and states are judged by the programme; known: {known}, and any other column of the roster",
    ),
    "SSJ-S038": Entry(
        "error",
        "对“{value}”一列的几个比较互相矛盾（{kinds}）",
        "一列只按一种方式读：文字加双引号，数字和日期不加",
        "the comparisons with the column “{value}” contradict each other ({kinds_en})",
        "a column is read in one way: text in quotes, numbers and dates without",
    ),
    "SSJ-S039": Entry(
        "error",
        "“{value}”与“{other}”是同一个值，写了两次",
        "每个值只归入一类（全角半角、大小写、空格不计）",
        "the value “{value}” is given twice, in two spellings",
        "each value goes into one class (width, case and blanks do not count)",
    ),
    "SSJ-S044": Entry(
        "error",
        "签数 {value} 不行",
        "写 1 到 {most} 的整数；相差太大的，改用分层比例",
        "{value} tickets are not possible",
        "use a whole number from 1 to {most}; for larger differences use ratios by class",
    ),
    "SSJ-S045": Entry(
        "error",
        "批次 {batch} 要在“{value}”中再抽，名录里没有一个属于抽取范围内的对象（{reasons}）",
        "核对“类型”和“所属企业”两列：所属企业写名录里的名称或编号；被筛选排除的，让筛选放过这些类型（写法见插件编写说明的“两阶段”）",
        "batch {batch} draws a second time among “{value}”, and no such row belongs to a subject of the pool ({reasons_en})",
        "check the kind and the parent of these rows: the parent is a name or number of the roster; "
        "where a filter leaves them out, let it pass these kinds (see two stages in the guide for plugin authors)",
    ),
    "SSJ-S046": Entry(
        "error",
        "批次 {value} 的第二阶段没有写全",
        "kinds 写项目的类型，例如 kinds = ['工程项目']；count 是每个对象抽几个，不少于 1",
        "the second stage of batch {value} is not complete",
        "kinds are the kinds of the sites, such as kinds = ['building site']; count, at least 1, how many of each subject",
    ),
    "SSJ-S047": Entry(
        "error",
        "“{value}”一列，{one} 与 {other} 的读法不同",
        "两条规则都按文字、都按数字或都按日期比较",
        "{one} and {other} read the column “{value}” in different ways",
        "let both compare text, or numbers, or days",
    ),
    "SSJ-S048": Entry(
        "error",
        "分层 {value} 没有写列，或有的类没有名称",
        "至少写一个 [[in_force.column]]，每个类写名称",
        "the stratifier {value} has no column, or a class without a name",
        "give at least one [[in_force.column]] and a name to each class",
    ),
}
