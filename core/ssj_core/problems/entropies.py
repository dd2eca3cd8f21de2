"""Codes SSJ-E…: entropy."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-E001": Entry(
        "error",
        "熵源 {source} 的值 {value} 不合规格",
        "核对记录是否被改动",
        "{value} is not a value of the entropy source {source}",
        "check whether the record was changed",
    ),
    "SSJ-E002": Entry(
        "error",
        "抽取 {field} 需要熵源 {value}，没有给出",
        "在终端里运行并按提示输入，或用 --entropy 给出，或用 --evidence 给出证据文件",
        "the draw {field} needs the entropy source {value}, which was not given",
        "run it in a terminal and answer, or give it with --entropy or in a file with --evidence",
    ),
    "SSJ-E003": Entry(
        "error",
        "输入的文字含有控制字符：{value}",
        "只输入一行文字",
        "the text holds control characters: {value}",
        "type one line of text",
    ),
    "SSJ-E004": Entry(
        "error",
        "“{value}”太容易猜到（最多 {bits} 位，至少要 20 位）",
        "请每位见证人各报一串数字，合起来不少于 20 个",
        "“{value}” is too easy to guess ({bits} bits at most; 20 are the least)",
        "let each witness say some digits, 20 or more in all",
    ),
    "SSJ-E005": Entry(
        "warning",
        "“{value}”最多只有 {bits} 位随机性，建议 64 位以上",
        "请每位见证人各报一串数字，合起来不少于 20 个",
        "“{value}” holds {bits} bits at most; 64 or more are advised",
        "let each witness say some digits, 20 or more in all",
    ),
    "SSJ-E006": Entry(
        "warning",
        "没有写明两名以上见证人、地点和时间，只能算 E0 级",
        "补上见证人、地点、时间，可达 E2 级",
        "without two witnesses, a place and a time this is level E0",
        "name them to reach E2",
    ),
    "SSJ-E009": Entry(
        "error",
        "批次 {value} 的熵源 {source} 给了两次证据",
        "只留一份；不能从几次里挑一次",
        "the batch {value} has two pieces of evidence for {source}",
        "leave one: nobody may choose between them",
    ),
    "SSJ-E010": Entry(
        "error",
        "全部熵源合起来最多只有 {value} 位随机性，至少要 {least} 位",
        "再加一个熵源，或请见证人多报几个数字",
        "all entropy together holds {value} bits at most; {least} are the least",
        "add a source, or let the witnesses say more digits",
    ),
    "SSJ-E012": Entry(
        "error",
        "随机性只达到 {value} 级，计划要求 {required} 级",
        "写明见证人、地点、时间，或等待约定的公开事件；熵源本身达不到的，只能用 ssj-core void 作废封存，改好计划再来",
        "the randomness reaches level {value}; the plan requires {required}",
        "give witnesses, place and time, or wait for the event; if the source cannot reach it, void the draw and change the plan",
    ),
    "SSJ-E013": Entry(
        "error",
        "{field} 刚刚封存，承诺是 {value}；封存以前写好的{source}证据不能用",
        "先公布承诺，再当场产生随机数、写成证据文件，然后再次运行",
        "{field} was sealed just now, with the commitment {value}: evidence ({source}) written before does not count",
        "publish the commitment, let the randomness arise, write the evidence, then run again",
    ),
    "SSJ-E014": Entry(
        "error",
        "批次 {batch} 的计划没有约定熵源 {value}",
        "计划约定的熵源：{known}",
        "the plan names no entropy source {value} for the batch {batch}",
        "it names: {known}",
    ),
    "SSJ-E015": Entry(
        "error",
        "计划要求 {value} 级，所列的熵源最多只能达到 {best} 级",
        "换用或加上能达到的熵源（E5 要公开事件，还要见证人或多方揭示；os 与别的熵源合用，全体只算 E0 级），或降低 assurance；封存以前还来得及",
        "the plan requires {value}, but its sources reach {best} at most",
        "add a source that reaches it (E5: a public event, and witnesses or a reveal besides), leave out `os` (which holds all of them at E0), or require less",
    ),
    "SSJ-E016": Entry(
        "error",
        "证据里的时间早于 {field} 的封存时间 {value}，不能用",
        "封存并公布之后再产生随机数，如实写明时间",
        "the evidence for {field} is of a time before its sealing at {value}",
        "let the randomness arise after the sealing, and write the time as it was",
    ),
    "SSJ-E017": Entry(
        "error",
        "{field} 的证据写的时间是 {value}，还没有到（现在是 {now}）",
        "如实写明掷骰、报数、开奖或揭示的时间；时间没有写错的，看看本机的时钟准不准，或到那时以后再来",
        "the evidence for {field} is of {value}, which is still to come (it is {now} now)",
        "write the time as it was; if it is right, look whether this computer's clock is, or come back after that time",
    ),
    "SSJ-E008": Entry(
        "error",
        "这个熵源没有参数 {value}",
        "从计划里删去",
        "this entropy source takes no parameter {value}",
        "remove it from the plan",
    ),
    "SSJ-E007": Entry(
        "error",
        "证据文件里的批次 {value} 不在计划里",
        "计划里的批次：{known}",
        "the evidence names the batch {value}, which the plan does not have",
        "its batches: {known}",
    ),
}
