"""Codes SSJ-L030 to SSJ-L059: a line that breaks the ledger, or that only a newer version can tell."""

from typing import Final

from ssj_core.problems.model import Entry


def _line(zh: str, en: str) -> Entry:
    """The ledger is only ever written by the programme: whatever breaks it was done to it afterwards."""
    return Entry(
        "error",
        zh,
        "台账只能由程序追加：办公室从备份恢复，并查明是谁改动的；其他人从公布的地方重新取一份",
        en,
        "only the programme appends to it: the office restores it from a copy and finds out who changed it, others fetch it again",
    )


ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-L030": _line("这一行不是 JSON", "this line is not JSON"),
    "SSJ-L031": _line(
        "这一行的各项与规定的不同：{value}",
        "this line does not have the fields of an event: {value}",
    ),
    "SSJ-L032": Entry(
        "warning",
        "本版本不认识事项“{value}”，多半是更新的版本写的：从这一行起无法判断",
        "下载较新的 ssj-core 再来；这不说明台账有问题",
        "this version knows no event “{value}”; a newer one wrote it, most likely: from this line on it cannot be told",
        "get the newer program and try again; nothing is said against the ledger",
    ),
    "SSJ-L033": _line("这一行有一项的类型不对：{value}", "a value of this line is of the wrong type: {value}"),
    "SSJ-L034": _line(
        "这一行不是规定的写法（空格、次序或转义不同）",
        "this line is not in canonical form (blanks, order or escapes differ)",
    ),
    "SSJ-L035": _line(
        "换行成了 CRLF：台账被记事本一类的程序另存过",
        "its lines end with CRLF: it was saved by an editor",
    ),
    "SSJ-L036": _line(
        "开头多了 BOM 标记：台账被记事本一类的程序另存过",
        "there is a byte order mark at its beginning: it was saved by an editor",
    ),
    "SSJ-L037": _line(
        "编号是 {value}，应为 {due}：编号被改动",
        "its number is {value} where {due} is due: the number was changed",
    ),
    "SSJ-L038": _line(
        "编号是 {value}，应为 {due}：前面少了 {gone} 行",
        "its number is {value} where {due} is due: lines before it were removed ({gone})",
    ),
    "SSJ-L039": _line(
        "编号是 {value}，应为 {due}，而第 {due} 号排在后面：行的次序被改动",
        "its number is {value} where {due} is due, which comes later: the lines were re-ordered",
    ),
    "SSJ-L040": _line(
        "编号是 {value}，前面已经有了：重复或插入了一行",
        "its number is {value}, which came before: a line was repeated or inserted",
    ),
    "SSJ-L041": _line(
        "接不上前一行：第 {before} 行写成以后有改动，或两行之间有增删",
        "it does not follow the line before: line {before} was changed after it was written, or lines were put in or taken out",
    ),
    "SSJ-L042": _line("{value} 的{name}登记了两次", "a second {name_en} of {value}"),
    "SSJ-L043": _line(
        "{value} 抽取了两次：封存一次只能抽取一次",
        "a second draw of {value}: there is one draw for one sealing",
    ),
    "SSJ-L044": _line("{value} 已经作废，作废以后又登记了{name}", "{name_en} of {value}, which is void"),
    "SSJ-L045": _line("{value} 还没有{before}就登记了{name}", "{name_en} of {value} without its {before_en}"),
    "SSJ-L046": _line(
        "{value} 封存时，上一次 {other} 没有作废：不能换着抽",
        "{value} was sealed although {other} is not void",
    ),
    "SSJ-L047": _line(
        "{value} 与 {other} 是同一年度的同一抽查批次，{other} 没有作废就又封存了",
        "{value} was sealed although {other}, of the same batch and year, is not void",
    ),
    "SSJ-L048": _line(
        "这一行编号是 1，却接在别的行后面：台账的开头被截去或改写",
        "this line has the number 1 and yet follows another: the beginning of the ledger was cut off or rewritten",
    ),
    "SSJ-L049": _line(
        "{value} 不会有{name}这样的事项：抽取和替换各有各的事项",
        "{value} can have no event {name_en}: draws and replacements have events of their own",
    ),
    "SSJ-L050": _line(
        "{value} 作废时，{other} 已经在它上面登记了",
        "{value} was made void although {other} was built on it",
    ),
    "SSJ-L051": _line(
        "替换 {value} 时，抽取 {other} 还没有抽完，或已经作废",
        "{value}, but {other} was not drawn yet or is void",
    ),
    "SSJ-L052": _line(
        "登记 {value} 时，上一个替换 {other} 既没有完成，也没有作废",
        "{value} although the one before it, {other}, was neither finished nor void",
    ),
    "SSJ-L053": _line(
        "{value} 完成时，缺了它要用的熵源，或多了它不用的熵源",
        "{value} was finished without the entropy it needs, or with entropy it does not",
    ),
    "SSJ-L054": _line(
        "“{value}”不是抽取编号：末尾应是“-”和从 1 数起、开头没有 0 的次数",
        "“{value}” is no draw id: it does not end in a hyphen and a number from 1 without leading zeros",
    ),
    "SSJ-L055": _line(
        "{value} 的封存没有写明是哪个抽查批次（policy）、哪个年度（year）",
        "the commit of {value} does not say of which policy and year it is",
    ),
    "SSJ-L056": Entry(
        "error",
        "台账里有本版本不认识的事项“{value}”，多半是更新的版本写的：本版本不能接着写",
        "用写这一行的那个版本，或更新的版本",
        "the ledger has an event “{value}” that this version does not know; a newer one wrote it, most likely: this one cannot go on",
        "use the version that wrote this line, or a newer one",
    ),
}
