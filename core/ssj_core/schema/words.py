"""What the keys of the TOML files mean, as an editor shows it beside the key. A key without a word is still checked.

`Class.key` goes before `key`, which holds wherever nothing else is said.
"""

from collections.abc import Mapping
from typing import Final

from ssj_core.text import Lang, Text

WORDS: Final[Mapping[str, Text]] = {
    "format": Text("文件格式，不要改", "the format of this file; do not change it"),
    "id": Text("编号：小写字母、数字、点、下划线、连字符", "id: lower-case letters, digits, dot, underscore, hyphen"),
    "title": Text("名称", "title"),
    "basis": Text("依据：法律或文件、条款、版本、核对情况", "legal basis: instrument, articles, version, mark"),
    "since": Text("从这一天起（含）", "the first day, included"),
    "until": Text("到这一天止（含）；不写就是没有终止", "the last day, included; open if left out"),
    "reviewed_until": Text(
        "有人核对过依据仍然有效，核对到哪一天；过了这一天，计划要在 accept_unreviewed 里点名才能用",
        "the last day for which somebody looked whether it still holds; later a plan must name it in accept_unreviewed",
    ),
    "gap": Text("与前一段之间为什么有一些日子没有规定", "why nothing is in force between the interval before and this"),
    "note": Text("说明", "note"),
    "document_no": Text("文号，年份用六角括号", "number of the document"),
    "bureau": Text("单位全称", "full name of the bureau"),
    "params": Text("参数", "parameters"),
    "eligibility": Text("资格规则：谁不进入抽取", "rules that leave subjects or officers out"),
    "recusal": Text("回避规则：谁不能检查谁", "rules that keep an officer from a subject"),
    "rule": Text("规则的编号", "id of the rule"),
    # plan
    "Plan.id": Text(
        "计划编号，出现在每次抽取的编号里；抽取以后不要改",
        "id of the plan, part of the id of each draw; never change it",
    ),
    "Plan.title": Text("计划的名称", "title of the plan"),
    "Plan.year": Text("年度", "the year"),
    "Plan.ruleset": Text("规则集的编号", "id of the ruleset"),
    "Plan.rosters": Text(
        "两库：检查对象名录、执法检查人员名录；可以另有往次检查名单", "the two rosters, and a list of inspections"
    ),
    "Plan.entropy": Text(
        "随机数从哪里来；写几段就合并几段，次序就是合并的次序", "where randomness comes from, in this order"
    ),
    "Plan.batch": Text("批次", "batches"),
    "Plan.assurance": Text("要求的保证等级，达不到就不抽", "the level of assurance below which nothing is drawn"),
    "Plan.replacement": Text("抽中的对象查不成时怎样递补", "how a subject that cannot be inspected is replaced"),
    "Plan.signers": Text("由谁给台账签名", "who will sign the ledger"),
    "Plan.stamp": Text("承认谁的时间戳", "whose time stamps count"),
    "Plan.rule_folders": Text(
        "本单位的规则文件夹，相对于计划所在的文件夹", "folders of rules, relative to the folder of the plan"
    ),
    "Plan.accept_unreviewed": Text(
        "过了核对期仍然采用的规则，逐个写编号", "ids of rules that are used past the day of their review"
    ),
    "Rosters.subjects": Text("检查对象名录", "the subjects"),
    "Rosters.officers": Text("执法检查人员名录", "the officers"),
    "Rosters.inspections": Text(
        "往次检查名单：检查对象、检查日期、检查人员；台账里没有的检查", "inspections made before that no ledger has"
    ),
    "RosterSpec.file": Text(
        "文件名（CSV、xlsx 等），相对于计划所在的文件夹", "file, relative to the folder of the plan"
    ),
    "RosterSpec.reader": Text("用哪种读法；不写就按内容判断", "which reader; by content if left out"),
    "RosterSpec.sheet": Text("工作表的名称", "name of the sheet"),
    "RosterSpec.encoding": Text("文字编码；不写就自动判断", "encoding; detected if left out"),
    "RosterSpec.columns": Text("本单位的表头各是什么栏目", "what the headers of this file mean"),
    "RosterSpec.derive": Text("由别的列筛出监管类别等栏目", "fill a field from another column"),
    "RosterSpec.regions": Text(
        "本辖区行政区划代码的开头；登记在别处的企业会提醒",
        "beginnings of the office's own region codes; other firms are told",
    ),
    "RosterSpec.sectors": Text(
        "名录里没有监管类别一列、全是同一类时，每个检查对象的监管类别",
        "the sectors of every subject, where the file has no column of them",
    ),
    "Derive.field": Text("要填的栏目", "the field to fill"),
    "Derive.value": Text("填什么", "what to fill in"),
    "Derive.column": Text("看哪一列（表头原文）", "which column to look at, by its header"),
    "Derive.contains": Text("这一列含有其中任何一个词", "where the column contains one of these"),
    "Derive.without": Text("但不含这些词", "and none of these"),
    "EntropyUse.source": Text(
        "熵源：os、text、dice10、lottery、drand 等", "the source: os, text, dice10, lottery, drand"
    ),
    "EntropyUse.params": Text("约定的将来事件：哪个彩种哪一期、哪一轮", "its future event: a lottery's issue, a round"),
    "Batch.policy": Text("规则集中的哪个批次", "which batch of the ruleset"),
    "Batch.start": Text("开始日期（含）；规则按这一天的规定", "first day; rules are those of this day"),
    "Batch.end": Text("结束日期（含）", "last day"),
    "Batch.entropy": Text("本批次另用的熵源", "entropy sources of this batch in place of the plan's"),
    "Signer.name": Text("签名人", "who signs"),
    "Signer.key": Text("公钥，ssj-core sign keygen 所印", "public key as sign keygen prints it"),
    # ruleset
    "Ruleset.team": Text("检查组", "teams"),
    "Ruleset.yearly_share": Text("年度抽查占比的下限", "the least share drawn in the year"),
    "Ruleset.results": Text("结果录入和公示的期限", "deadlines of results"),
    "Ruleset.choice": Text("文件没有写明、由本规则集决定的事项", "what the document leaves open and was decided"),
    "Choice.question": Text("文件没有写明什么", "what the document leaves open"),
    "Choice.decision": Text("怎样决定", "what was decided"),
    "Choice.reason": Text("为什么", "why"),
    "Choice.decides": Text(
        "决定了哪些参数，写“规则编号.参数名”；这些参数的依据就是这一条",
        "parameters it decides, as rule id, dot, parameter: this is their basis",
    ),
    "RuleUse.basis": Text("参数的依据（规则本身的依据由插件写明）", "where the parameters come from"),
    "Team.size": Text("每组人数，不少于 2", "officers of a team, two or more"),
    "Team.most": Text("每人每批次至多几次；0 不限", "visits of a draw at the most for anybody; 0: no limit"),
    "Team.most_per_week": Text(
        "每人每周至多几次：乘以批次所含的周数，减去以前的检查在这些周里的次数；0 不限",
        "visits of a week at the most: times the weeks of the batch, less earlier visits in them; 0: no limit",
    ),
    "Team.most_per_month": Text("每人每月至多几次，同样算法；0 不限", "the same of a month; 0: no limit"),
    "Team.most_per_year": Text("每人每年至多几次，同样算法；0 不限", "the same of a year; 0: no limit"),
    "YearlyShare.minimum": Text('不低于，例如 "5%"', 'at least, such as "5%"'),
    "Results.entry_working_days": Text("检查后几个工作日内录入", "working days until results are entered"),
    "Results.published": Text('公示的比例，例如 "100%"', 'share that is published, such as "100%"'),
    "CalendarTable.year": Text("哪一年", "which year"),
    "CalendarTable.source": Text("出处：通知的名称", "where it comes from: the name of the notice"),
    "CalendarTable.days": Text(
        "日期 = 是否上班；只写与周一至周五上班不同的日子",
        "day = whether people work on it, where it is not as from Monday to Friday",
    ),
    "Results.table": Text("检查结果代码表的编号", "id of the table of result codes"),
    "BatchPolicy.sectors": Text("监管类别（清单编号）；空着就是整个名录", "sectors; empty means the whole roster"),
    "BatchPolicy.months": Text("[起始月, 结束月]", "[first month, last month]"),
    "BatchPolicy.mode": Text("定向 targeted，不定向 untargeted", "targeted or untargeted"),
    "BatchPolicy.ratio": Text("抽查比例的编号", "id of the ratio rule"),
    "BatchPolicy.joint": Text("是否联合抽查", "whether it is a joint inspection"),
    "BatchPolicy.coverage_first": Text("今年没抽到过的先抽", "first whoever was not drawn this year"),
    "BatchPolicy.officers": Text(
        "检查组从哪里出：any 全局，own-section 本股室，joint 主办出自 lead_section、协办出自其他股室",
        "where a team is from: any section, the own-section, or joint: the lead from lead_section",
    ),
    "BatchPolicy.lead_section": Text("联合抽查的牵头股室", "the section that leads a joint inspection"),
    "BatchPolicy.reserve": Text("每层列出几个递补", "reserves listed in each stratum"),
    # manifest
    "Manifest.id": Text("插件编号；它登记的一切都以这个编号开头", "id of the plugin, prefix of all it registers"),
    "Manifest.department": Text("主管部门", "department"),
    "Manifest.maintainer": Text("谁维护", "who maintains it"),
    "Manifest.requires_core": Text('最低版本，例如 ">=0.1"', 'the oldest core it works with, such as ">=0.1"'),
    "Manifest.checklists": Text("清单文件，可用 *", "files of checklists; * matches"),
    "Manifest.ratios": Text("比例文件，可用 *", "files of ratio rules; * matches"),
    "Manifest.rulesets": Text("规则集文件，可用 *", "files of rulesets; * matches"),
    "Manifest.results": Text("检查结果代码表文件，可用 *", "files of result codes; * matches"),
    "Manifest.cases": Text("案例文件，可用 *", "files of cases; * matches"),
    # legal basis
    "LegalBasis.title": Text("法律或文件的名称", "title of the instrument"),
    "LegalBasis.articles": Text('条款号，例如 ["13", "45第三款"]', 'articles, such as ["13", "26"]'),
    "LegalBasis.version": Text("所对照文本的日期", "date of the text that was read"),
    "LegalBasis.mark": Text(
        "引文怎样核对的：V-law 已对照法律文本；V-src 见于公开材料；V-code 见于其他系统；weak 来源不可靠；GK 未经核对；"
        "seed 见于本单位文件；choice 本规则的约定",
        "how the citation was found: V-law read in the law; V-src in a public list; V-code in another system; weak; "
        "GK from memory; seed in the bureau's document; choice decided in the rule",
    ),
    # checklist
    "ChecklistTable.id": Text("清单编号，就是监管类别的编号", "id of the checklist and of its sector"),
    "ChecklistTable.aliases": Text("名录里这个监管类别的其他写法", "other words for this sector in rosters"),
    "ChecklistTable.basis": Text(
        "整张清单的依据：谁有权检查、检查有什么规矩", "bases of the whole list: who may inspect, and how"
    ),
    "ChecklistTable.item": Text("抽查事项", "items"),
    "Item.content": Text("检查什么，一两句话", "what is inspected, in a sentence or two"),
    "Item.kinds": Text("适用的对象类型", "kinds of subject it applies to"),
    "Item.methods": Text("书面检查、实地核查、网络监测", "written, on site, or by network"),
    "Item.materials": Text("检查对象要准备的材料", "materials the subject prepares"),
    "Item.since": Text("从哪一天起；不写就从依据公布之日起", "its first day; that of its first basis if left out"),
    # ratio
    "RatioTable.stratify": Text("分层方式的编号", "id of the stratifier"),
    "RatioTable.in_force": Text("施行期：比例变了就加一段", "intervals: a change adds one"),
    "Interval.total": Text(
        "each 各类分别取整，shared 合计取整后再分", "round in each class, or the sum and share it out"
    ),
    "Interval.classes": Text('各类的比例；"*" 是没有点名的各类', 'ratios by class; "*" is every class not named'),
    "Class.ratio": Text('比例，带引号："3%"、"2.5%"、"1/40"', 'the ratio in quotes: "3%", "2.5%", "1/40"'),
    "Class.bound": Text(
        "min 不低于（向上取整），max 不超过（向下取整），exact 就是这个比例（四舍五入）",
        "min: at least, rounds up; max: at most, rounds down; exact: rounds half up",
    ),
    "Class.rounding": Text("另定的取整方式", "rounding, where it is another one"),
    "Class.at_least": Text("至少抽几个", "the smallest number drawn"),
    "Class.small": Text("对象很少的类怎样抽", "how a very small class is drawn"),
    "Small.below": Text("少于这么多个，就是很少", "a class of fewer than this is small"),
    "Small.take": Text('抽几个，或 "all" 全部、"none" 不抽', 'how many, or "all" or "none"'),
    # classes by columns, filters
    "StrataTable.in_force": Text("施行期：分法变了就加一段", "intervals: a change adds one"),
    "StrataInterval.column": Text("按哪些栏目分层；几栏就合成一类", "the columns that make the class"),
    "column": Text("哪一栏（名录的表头或标准名称）", "which column of the roster"),
    "StrataColumn.classes": Text("栏目里的值各归入哪一类", "which values make which class"),
    "StrataColumn.other": Text(
        "没有写到的值归入哪一类；空着就是值本身", "class of every other value; empty: the value"
    ),
    "StrataColumn.missing": Text("空格归入哪一类", "class of an empty cell"),
    "FilterTable.applies_to": Text("subject 检查对象，officer 执法检查人员", "subjects or officers"),
    "FilterTable.in_force": Text("施行期：条件变了就加一段", "intervals: a change adds one"),
    "FilterInterval.reason": Text("排除名单上写的理由", "the reason in the list of the excluded"),
    "FilterInterval.keep": Text("只留下各条都符合的", "leaves in only who meets every condition"),
    "FilterInterval.leave_out": Text("排除各条都符合的", "leaves out who meets every condition"),
    "Condition.equals": Text("等于", "equals"),
    "Condition.differs": Text("不等于", "differs"),
    "Condition.one_of": Text("是其中之一", "is one of"),
    "Condition.none_of": Text("不是其中任何一个", "is none of"),
    "Condition.contains": Text("含有其中任何一个词", "contains one of these words"),
    "Condition.lacks": Text("不含这些词", "contains none of these words"),
    "Condition.at_least": Text("不小于", "at least"),
    "Condition.at_most": Text("不大于", "at most"),
    "Condition.more_than": Text("大于", "more than"),
    "Condition.less_than": Text("小于", "less than"),
    "Condition.before": Text("早于这一天", "before this day"),
    "Condition.after": Text("晚于这一天", "after this day"),
    "Condition.within_days": Text(
        "批次第一天以前这么多天以内，或更晚", "so many days before the batch begins, or later"
    ),
    "Condition.missing": Text("是不是空着", "whether the cell is empty"),
    "WeightTable.stratify": Text("按哪个分层规则的类给签", "the stratifier whose classes have tickets"),
    "WeightInterval.classes": Text(
        '各类几张签，1 到 64；"*" 是没有点名的各类', 'tickets by class, 1 to 64; "*" is every class not named'
    ),
    "BatchPolicy.weights": Text("签数规则的编号；空着就是每个一张签", "id of a weight rule; empty: one ticket each"),
    "BatchPolicy.second_stage": Text("先抽企业，再抽它的项目", "after the subjects, a draw among their sites"),
    "SecondStage.kinds": Text("名录里哪些类型的行是项目", "which kinds of rows of the roster are sites"),
    "SecondStage.count": Text("每个企业抽几个项目", "how many sites of each"),
    "Manifest.weights": Text("签数文件，可用 *", "files of weights; * matches"),
    "Manifest.strata": Text("分层文件，可用 *", "files of stratifiers; * matches"),
    "Manifest.filters": Text("筛选文件，可用 *", "files of filters; * matches"),
    # results
    "ResultCode.code": Text("代码", "code"),
    "ResultCode.needs_follow_up": Text("是否要后续处理", "whether somebody must do something afterwards"),
    "ResultCode.alone": Text("不能与其他结果同时选", "excludes every other result"),
    "ResultCode.items": Text("各事项是否另有结果", "whether the items have results of their own"),
    "platform_code": Text("平台上的代码；不知道就空着", "the platform's code; empty where it is not known"),
    # cases
    "CaseTable.case": Text("案例", "cases"),
    "Case.says": Text("一句规定", "a sentence of law"),
    "Case.on": Text("哪一天；批次的第一天", "the day; the first day of the batch"),
    "Case.until": Text("批次的最后一天", "the last day of the batch"),
    "Case.checklist": Text("问清单里的事项：清单编号", "asks for items: id of the checklist"),
    "Case.items": Text("事项编号", "ids of the items"),
    "Case.ratio": Text("问抽查比例：编号", "asks for a ratio rule: its id"),
    "Case.weights": Text("问签数：编号", "asks for a weight rule: its id"),
    "Case.results": Text("问检查结果代码表：编号", "asks for a table of result codes: its id"),
    "Case.codes": Text("检查结果的代码", "codes of results"),
    "Case.follow_ups": Text("后续处置的代码", "codes of follow-ups"),
    "Case.stratifier": Text("问分层：编号", "asks for a stratifier: its id"),
    "Case.eligibility": Text("问资格规则：编号", "asks for an eligibility rule: its id"),
    "Case.recusal": Text("问回避规则：编号", "asks for a recusal rule: its id"),
    "Case.batch": Text("问整个批次：规则集/批次", "asks for a whole batch: ruleset/batch"),
    "Case.subject": Text("检查对象，只写有关的栏目", "the subject, with what matters only"),
    "Case.officer": Text("执法检查人员，只写有关的栏目", "the officer, with what matters only"),
    "Case.size": Text("同一类的对象数", "how many subjects are of the same class"),
    "Case.expect": Text("应当的结果", "what must come out"),
    "Expected.in_force": Text("当天是否施行", "in force on the day"),
    "Expected.applies": Text("是否适用于这类对象", "applies to the kind of the subject"),
    "Expected.bases": Text("当天的依据，按次序写名称", "titles of the bases on the day, in order"),
    "Expected.in_class": Text("属于哪一类", "the class it falls into"),
    "Expected.ratio": Text("比例", "the ratio"),
    "Expected.drawn": Text("应抽数", "the quota"),
    "Expected.tickets": Text("签数", "how many tickets"),
    "Expected.titles": Text("各代码的名称，按次序", "titles of the codes, in order"),
    "Expected.platform_codes": Text("各代码在平台上的代码，按次序", "the platform's codes, in order"),
    "Expected.needs_follow_up": Text("是否都要后续处置", "whether all need a follow-up"),
    "Expected.alone": Text("是否都与其他结果互斥", "whether all exclude every other result"),
    "Expected.items": Text("各事项是否另有结果", "whether the items have results of their own"),
    "Expected.takes_part": Text("是否参加", "takes part"),
    "Expected.may_inspect": Text("可否检查", "may inspect"),
    "Expected.because": Text("排除或回避的理由", "the reason"),
    "Expected.rule": Text("由哪条规则排除", "the rule that leaves out"),
    # subjects and officers, as rosters name their columns
    "name": Text("名称或姓名", "name"),
    "kind": Text("类型：施工企业、工程项目等", "kind of subject"),
    "sectors": Text("监管类别", "sectors"),
    "section": Text("股室", "section"),
    "area": Text("所属乡镇（片区）", "township or area"),
    "risk_class": Text("信用风险等级", "credit-risk class"),
    "key": Text("是否重点企业", "whether it is a key enterprise"),
    "status": Text("登记状态", "register status"),
    "last_checked": Text("上次检查日期", "last checked on"),
    "checks_this_year": Text("本年度检查次数", "checks this year"),
    "drawn_this_year": Text("本年度已抽到几次", "how often drawn this year"),
    "recused": Text("回避：另一方的编号", "recused: ids of the other side"),
    "recused_for": Text(
        "回避的理由：另一方的编号 = kin 近亲属、interest 利害关系、party 当事人申请、applied 本人申请、other 其他关系",
        "grounds of recusals: id of the other side = kin, interest, party, applied or other",
    ),
    "certificate": Text("执法证号", "number of the certificate"),
    "valid_until": Text("执法证有效期止", "the certificate's last day"),
    "fields": Text("执法领域", "sectors an officer is qualified for"),
    "available": Text("是否可参加", "whether the officer takes part"),
    "leave": Text("请假期间", "stretches of leave"),
    "Leave.first": Text("请假第一天", "first day of leave"),
    "Leave.last": Text("请假最后一天", "last day of leave"),
    # evidence
    "EvidenceFile.evidence": Text("见证的随机数，一个来源一段", "evidence, one for each source"),
    "Given.batch": Text("哪个批次，或替换编号", "which batch, or the id of a replacement"),
    "Given.source": Text("熵源", "the source"),
    "Given.raw": Text("报数原文", "what was said, verbatim"),
    "Given.who": Text("见证人", "witnesses"),
    "Given.where": Text("地点", "where"),
    "Given.when": Text("时间，带时区", "when, with its zone"),
    "Given.details": Text("来源另外要记的", "what else the source keeps"),
}
"""By `Class.key` (without a leading underscore) or by key alone."""


def describe(cls: type, key: str, lang: Lang) -> str:
    """What is said of a key; empty where nothing is."""
    word = WORDS.get(f"{cls.__name__.lstrip('_')}.{key}") or WORDS.get(key)
    return word(lang) if word else ""
