"""Codes SSJ-V…: what `verify` finds. An error is a "no", a warning a "could not tell", a note no mistake at all."""

from typing import Final

from ssj_core.problems.model import Entry, Severity


def _again(zh: str, en: str) -> Entry:
    """An error that a fresh copy of the file may cure."""
    return Entry(
        "error",
        zh,
        "从公布的地方重新取这个文件，不打开、不另存，直接核验；仍然如此就问抽取单位",
        en,
        "fetch the file again from where it was published and verify it unopened; if it stays so ask the office",
    )


def _ask(zh: str, en: str, severity: Severity = "error") -> Entry:
    """What only the office can answer."""
    return Entry(
        severity,
        zh,
        "先重新取一份完整的抽取文件夹再核验；仍然如此，请抽取单位书面说明",
        en,
        "fetch the whole folder of the draw again; if it stays so ask the office for an answer in writing",
    )


def _note(zh: str, en: str) -> Entry:
    """No mistake, but to be seen."""
    return Entry("note", zh, "不必处理", en, "nothing to do")


_READING: Final = {
    "SSJ-V001": Entry(
        "warning",
        "内容超出核验程序的能力（{value}），核验中断",
        "换一台内存较大的电脑，或用较新的版本核验",
        "this is more than the verifier can read ({value}), so it stopped",
        "verify on a computer with more memory, or with a later version",
    ),
    "SSJ-V002": _again(
        "与它末尾的摘要不一致：写成以后，内容有改动",
        "it does not agree with the digest at its end: the content was changed after it was written",
    ),
    "SSJ-V003": _again(
        "内容未变，只是写法变了，所以与它末尾的摘要不一致",
        "the content is unchanged, only its form: so it does not agree with the digest at its end",
    ),
    "SSJ-V004": _again(
        "末尾没有规定的 [closing] 摘要：文件不完整，或被改写",
        "there is no [closing] digest at its end: it was cut off or rewritten",
    ),
    "SSJ-V005": Entry(
        "warning",
        "由更新的版本写成（{field} 是 {value}，本版本只认识到 {known}），无法判断",
        "下载较新的 ssj-core 再核验；这不说明文件有问题",
        "written by a newer version ({field} is {value}, this one knows {known}): it cannot be told",
        "get the newer program and verify again; nothing is said against the file",
    ),
    "SSJ-V006": _again(
        "不认识的项 {value}：规格里没有这一项", "unknown field {value}: the specification has none such"
    ),
    "SSJ-V007": _again("缺少 {value} 这一项", "the field {value} is missing"),
    "SSJ-V008": _again(
        "值“{value}”的类型或写法不对，应当是{expected}",
        "the value “{value}” is of the wrong type or form: it should be {expected_en}",
    ),
    "SSJ-V009": _again("这一行读不懂，不是 TOML：{value}", "this line cannot be read as TOML: {value}"),
    "SSJ-V010": _again("不是 UTF-8 编码", "it is not UTF-8"),
    "SSJ-V011": _again(
        "文字 {value} 含有控制字符，或不是规范的 Unicode 写法",
        "the text {value} holds control characters or is not in Unicode form NFC",
    ),
    "SSJ-V012": _note("还有 {value} 处，没有一一列出", "there are {value} more, which are not listed"),
    "SSJ-V013": _again("文件是空的，一个字也没有", "the file is empty"),
}

_FILES: Final = {
    "SSJ-V020": Entry(
        "warning",
        "缺少这个文件，无法判断",
        "从公布的地方取全这次抽取的文件，放进同一个文件夹再核验；缺文件不等于作弊",
        "it is missing, so this cannot be told",
        "fetch all files of the draw into one folder and verify again; a missing file is no sign of fraud",
    ),
    "SSJ-V021": _again(
        "与记录中的摘要不一致：内容有改动",
        "it does not agree with its digest in the record: the content was changed",
    ),
    "SSJ-V022": _again(
        "与记录中的摘要不一致：内容未变，只是写法或次序变了（多半用 Excel、WPS 或记事本另存过）",
        "it does not agree with its digest in the record: the content is unchanged, only its form or order (saved by a spreadsheet or editor, most likely)",
    ),
    "SSJ-V023": Entry(
        "error",
        "不是抽取时放入的那一份核验程序",
        "不要运行它；从 ssj-core 的发布处另取核验程序",
        "it is not the verifier that was laid in at the draw",
        "do not run it; get the verifier from where ssj-core is published",
    ),
    "SSJ-V024": _again(
        "记录所列的文件与规格不符：{value}",
        "the record lists other files than the specification: {value}",
    ),
    "SSJ-V025": Entry(
        "error",
        "文件夹名 {folder} 与抽取编号 {value} 不同",
        "把文件夹改回 {value}；若不是自己改的名，请问抽取单位",
        "the folder {folder} holds the draw {value}",
        "name the folder {value} again; if it was not you who renamed it ask the office",
    ),
    "SSJ-V026": _note(
        "与抽取无关的文件，不作凭据",
        "it is no part of the draw and proves nothing",
    ),
}

_FORMS: Final = {
    "SSJ-V030": _again("编码是 {value}，不是 UTF-8", "it is encoded as {value}, not as UTF-8"),
    "SSJ-V031": _again("开头的 BOM 标记丢了", "the byte order mark at its beginning is lost"),
    "SSJ-V032": _again("换行成了 {value}", "its lines end with {value} now"),
    "SSJ-V033": _again("第 {row} 行是空行", "line {row} is blank"),
    "SSJ-V034": _again("各格之间成了{name}，不是逗号", "its cells are parted by {name_en}, not by commas"),
    "SSJ-V035": _again(
        "从第 {row} 行起有 {value} 行的引号多了或少了",
        "from line {row} on, {value} lines have quotes too many or too few",
    ),
    "SSJ-V036": Entry(
        "error",
        "行的次序变了：按{order}排回去即可",
        "重新取这个文件；或按所说的次序排回去，另存为带 BOM 的 UTF-8、LF 换行",
        "its rows stand in another order: sorting them by {order_en} brings them back",
        "fetch the file again, or sort it so and save it as UTF-8 with BOM and LF",
    ),
    "SSJ-V037": _again("多了一列“{value}”", "there is a column too many: “{value}”"),
    "SSJ-V038": _again(
        "表头与规定的不同：应为 {expected}，现为 {value}",
        "another header: {expected} is due, {value} is there",
    ),
    "SSJ-V039": _again(
        "“{value}”是电子表格改写的科学计数，原来的编号已经看不出",
        "“{value}” is a number as a spreadsheet rewrites it; the digits it had are lost",
    ),
    "SSJ-V040": _again(
        "“{value}”开头的 0 丢了，应为“{right}”",
        "“{value}” has lost its leading zero: it should be “{right}”",
    ),
    "SSJ-V041": _again(
        "这一行有 {value} 格，应为 {due} 格（多半是含逗号的格丢了引号）",
        "this line has {value} cells where {due} are due (a cell with a comma has lost its quotes, perhaps)",
    ),
    "SSJ-V042": _again("从这一行起引号不成对，分不清各格", "from this line on the quotes do not pair"),
    "SSJ-V043": _again("“{value}”不是{expected}", "“{value}” is not {expected_en}"),
    "SSJ-V044": _again(
        "{value} 含有控制字符，或不是规范的 Unicode 写法",
        "{value} holds control characters or is not in Unicode form NFC",
    ),
    "SSJ-V045": _again("最后一行没有换行，可能不完整", "the last line has no line end: it was cut off, perhaps"),
    "SSJ-V046": _again("开头多了 BOM 标记", "there is a byte order mark too many at its beginning"),
    "SSJ-V047": _again("不是规定的写法（{value}）", "it is not in the prescribed form ({value})"),
    "SSJ-V048": _again("写法或次序不是规定的，见第 2 步", "it is not in the prescribed form or order: see step 2"),
}

_SEALED: Final = {
    "SSJ-V050": _ask(
        "与公布的计划不同：计划写的是 {plan}，规则写的是 {value}",
        "it differs from the published plan: {plan} in the plan, {value} sealed",
    ),
    "SSJ-V051": _ask(
        "与 rules.toml 封存的摘要不一致：不是封存时的那一份",
        "it does not have the digest that rules.toml seals: it is not the table that was sealed",
    ),
    "SSJ-V052": _ask(
        "记录写的是 {value}，封存的规则写的是 {sealed}",
        "{value} in the record, {sealed} in the sealed rules",
    ),
    "SSJ-V053": _ask("分层 {value} 写了两次", "the stratum {value} is named twice"),
    "SSJ-V054": _ask(
        "{value} 所在的分层“{stratum}”不在 rules.toml 里",
        "{value} is in the stratum “{stratum}”, which rules.toml does not name",
    ),
    "SSJ-V055": _ask("{value} 超出允许的范围（{allowed}）", "{value} is out of bounds ({allowed})"),
    "SSJ-V056": _ask(
        "各类合算总数，取整方法却不同：{value}",
        "the classes share a total and differ in rounding: {value}",
    ),
    "SSJ-V057": _ask(
        "{value} 出现了两次：一个人只能在名录或未纳入名单里出现一次",
        "{value} stands twice: everybody is once in the roster or among the excluded",
    ),
    "SSJ-V058": _ask(
        "原名录有 {value} 行，{name}加上未纳入的却有 {count} 个：有人不见了或多出来了",
        "the roster had {value} rows, {role} and excluded are {count}: somebody is gone or was added",
    ),
    "SSJ-V059": _ask("没有“{value}”这一类别", "there is no such unit: “{value}”"),
    "SSJ-V060": _ask(
        "排除所依据的规则 {value} 不是 rules.toml 封存的资格规则",
        "excluded by {value}, which is no eligibility rule that rules.toml seals",
    ),
    "SSJ-V061": _ask(
        "回避所依据的规则 {value} 不是 rules.toml 封存的回避规则",
        "recused by {value}, which is no recusal rule that rules.toml seals",
    ),
    "SSJ-V062": _ask("{value} 不在抽取范围，不应有回避", "{value} is not in the pool and cannot be recused"),
    "SSJ-V238": _ask("{value} 被排除，没有写原因", "{value} is excluded, and no reason is given"),
    "SSJ-V063": _ask("“{value}”不是合规格的编号", "“{value}” is not an id"),
    "SSJ-V064": _ask(
        "类别没有按字节排序，或写了两次：{value}",
        "the classes are not in bytewise order, or one is named twice: {value}",
    ),
    "SSJ-V065": _ask(
        "各类合算总数时，不能另有每类最少数和小类规定：{value}",
        "with a shared total no class has at_least or a small-class rule of its own: {value}",
    ),
    "SSJ-V066": _ask("类别 {value} 的分层应为 {right}", "the strata of the class {value} are not {right}"),
    "SSJ-V067": _ask(
        "签数表与抽取范围不是同样的对象、同样的次序",
        "the table of tickets does not list the subjects of the pool in their order",
    ),
    "SSJ-V068": _ask("{id} 的签数 {value} 与规则里它这一类的不同", "{id} has {value} tickets, not those of its class"),
    "SSJ-V069": _ask("项目所属的 {value} 不在抽取范围", "{value}, to whom the site belongs, is not in the pool"),
}

_COMPUTED: Final = {
    "SSJ-V070": _ask("记录为 {value}，重新算出 {found}", "{value} in the record, {found} computed"),
    "SSJ-V071": _ask(
        "熵源或次序与封存的不同：记录为 {value}，封存的是 {sealed}",
        "other sources or another order than sealed: {value} in the record, {sealed} sealed",
    ),
    "SSJ-V072": Entry(
        "warning",
        "核验程序不认识熵源 {value}，无法判断",
        "用认识它的版本核验，或请提供这个熵源的单位核对",
        "this verifier does not know the source {value}, so this cannot be told",
        "verify with a version that knows it, or ask those who made the source",
    ),
    "SSJ-V073": _again(
        "熵源 {source} 的值“{value}”开头的 0 丢了，应为“{right}”",
        "the value “{value}” of the source {source} has lost a leading zero: it should be “{right}”",
    ),
    "SSJ-V074": _again(
        "种子“{value}”开头的 0 丢了，应为 {found}", "the seed “{value}” has lost its leading zero: it is {found}"
    ),
    "SSJ-V075": _again(
        "种子这一行被改动：由承诺和熵源算出的是 {found}，抽取也是用它做的",
        "the line of the seed was altered: commitment and entropy give {found}, and the draw was made with that",
    ),
    "SSJ-V076": _ask(
        "种子不是由这个承诺和这些熵源算出的：记录为 {value}，重新算出 {found}",
        "the seed does not follow from commitment and entropy: {value} in the record, {found} computed",
    ),
    "SSJ-V077": _ask("无法重新抽取（{value}）", "the draw cannot be repeated ({value})"),
    "SSJ-V078": _ask("记录为 {value}，重新算出 {found}", "{value} in the record, {found} computed"),
    "SSJ-V079": _ask(
        "抽中名单写的是“{value}”，由种子算出的是“{found}”",
        "the drawn list says “{value}”, the seed gives “{found}”",
    ),
    "SSJ-V080": _ask(
        "检查组名单写的是“{value}”，由种子算出的是“{found}”",
        "the list of teams says “{value}”, the seed gives “{found}”",
    ),
    "SSJ-V081": _ask("有 {value} 行，由种子算出的是 {found} 行", "it has {value} rows, the seed gives {found}"),
    "SSJ-V082": _again(
        "内容与由种子算出的一致，只是写法或次序不同",
        "the content is what the seed gives, only form or order differ",
    ),
    "SSJ-V083": _ask("记录为 {value}，重新算出 {found}", "{value} in the record, {found} computed"),
}

_LEDGER: Final = {
    "SSJ-V090": Entry(
        "warning",
        "缺少台账，无法判断各次抽取是否都在、是否只抽了一次",
        "从公布的地方取来台账，放进工作文件夹再核验",
        "it is missing: whether all draws are here and each was made once cannot be told",
        "fetch the ledger from where it was published into this folder and verify again",
    ),
    "SSJ-V091": Entry(
        "warning",
        "台账里有这次抽取，却没有它的文件夹，无法判断",
        "取来 {value} 的文件夹，放进 draws 再核验",
        "the ledger has this draw, but there is no folder of it, so this cannot be told",
        "fetch the folder {value} into draws and verify again",
    ),
    "SSJ-V092": _ask(
        "台账里没有这次抽取 {value}：它不算数，或台账不是最新的",
        "the ledger does not have this draw, {value}: it does not count, or the ledger is an old one",
    ),
    "SSJ-V093": _ask(
        "台账登记的记录摘要不同：这不是抽取时写成的那份记录",
        "the ledger has another digest of the record: this is not the record written at the draw",
    ),
    "SSJ-V094": _ask("台账登记的种子不同：{value}", "the ledger has another seed: {value}"),
    "SSJ-V095": _ask(
        "记录写的是 {value}，台账登记的时间是 {ledger}",
        "{value} in the record, {ledger} in the ledger",
    ),
    "SSJ-V096": _ask(
        "台账登记的承诺不同：记录为 {value}，台账为 {ledger}",
        "the ledger has another commitment: {value} in the record, {ledger} in the ledger",
    ),
    "SSJ-V097": _ask(
        "台账里的熵源属于另一个承诺 {value}",
        "the entropy in the ledger is for another commitment, {value}",
    ),
    "SSJ-V098": _ask("台账登记的熵源不同", "the ledger has other entropy"),
    "SSJ-V099": _ask(
        "台账登记的年度或批次不同：规则为 {value}，台账为 {ledger}",
        "the ledger has another year or batch: {value} in the rules, {ledger} in the ledger",
    ),
    "SSJ-V100": _ask(
        "一个承诺有两个抽取文件夹：{value}",
        "one commitment has two draws with folders of their own: {value}",
    ),
    "SSJ-V101": _ask(
        "这一行封存的承诺已由 {other} 封存过：一个承诺只能抽一次",
        "this line seals the commitment that {other} had sealed: there is one draw for one commitment",
    ),
    "SSJ-V102": _note(
        "最后一行没有写完（程序中断），不算数",
        "the last line was never finished and does not count",
    ),
    "SSJ-V103": _note("{value} 已作废，理由：{reason}", "{value} is void: {reason}"),
    "SSJ-V104": _note("{value} 已封存，还没有抽取", "{value} was sealed and is not drawn yet"),
    "SSJ-V105": _ask(
        "{value} 的分层不对：按台账中更早的抽取，应属{right}",
        "{value} is in the wrong stratum: by the earlier draws of the ledger it belongs to {right_en}",
    ),
    "SSJ-V106": Entry(
        "warning",
        "更早的抽取 {value} 不在或读不懂，不知道谁已经抽过",
        "取来 {value} 的文件夹，放进 draws 再核验",
        "the earlier draw {value} is missing or cannot be read: who was drawn before cannot be told",
        "fetch the folder {value} into draws and verify again",
    ),
}

_PROOFS: Final = {
    "SSJ-V110": Entry(
        "error",
        "路径与行号、行数不符，得不出名录根",
        "请抽取单位重新开具证明",
        "no path of this length can belong to this line of so many",
        "ask the office for the proof again",
    ),
    "SSJ-V111": Entry(
        "error",
        "得出的名录根是 {value}，公布的是 {published}",
        "核对公告上的数字；无误则证明不属于这次抽取",
        "the path leads to {value}, and {published} was published",
        "compare the digits with the notice; if they are right the proof is of another draw",
    ),
    "SSJ-V112": Entry(
        "warning",
        "证明里没有承诺的其余各项（名录太大）",
        "用 --root 给出公告上的名录根",
        "this proof is without the fields of the commitment (a large roster)",
        "give the published root with --root",
    ),
    "SSJ-V113": Entry(
        "error",
        "由各项算出的承诺是 {found}，证明写的是 {value}：这一行、路径或承诺的某一项被改动",
        "请抽取单位重新开具证明",
        "the fields give the commitment {found}, not {value}: the line, the path or a field was changed",
        "ask the office for the proof again",
    ),
    "SSJ-V114": Entry(
        "warning",
        "证明里没有承诺的其余各项，算不出承诺",
        "改用 --root 给出公告上的名录根，或请抽取单位用 --full 开具",
        "without the fields of the commitment it cannot be computed",
        "give the published root with --root, or ask for a proof made with --full",
    ),
    "SSJ-V115": Entry(
        "error",
        "算出的承诺是 {value}，公布的是 {published}",
        "核对公告上的数字；无误则证明不属于这次抽取",
        "the commitment computed is {value}, and {published} was published",
        "compare the digits with the notice; if they are right the proof is of another draw",
    ),
    "SSJ-V117": Entry(
        "error",
        "记录的承诺是 {value}，抽取前公布的是 {published}",
        "核对公告上的数字；无误则抽取用的不是当时封存的内容，请抽取单位书面说明",
        "the record has the commitment {value}, and {published} was published before the draw",
        "compare the digits with the notice; if they are right, what was sealed then is not what was drawn from",
    ),
}

ENTRIES: Final[dict[str, Entry]] = {**_READING, **_FILES, **_FORMS, **_SEALED, **_COMPUTED, **_LEDGER, **_PROOFS}
