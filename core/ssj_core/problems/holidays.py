"""Codes SSJ-H…: holidays, their notices and the tables an office keeps of them."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-H001": Entry(
        "error",
        "通知里的这一句读不懂（{reason}）：{value}",
        "对照原文改成“X月X日（星期X）至X日（星期X）放假调休”“X月X日（星期X）上班”这样的写法，星期要与日期相符；不是安排的句子（原则、说明）删去",
        "a sentence of the notice cannot be read ({reason}): {value}",
        "compare it with the original; write month and day of each, and a day of the week only where it is the true one; "
        "delete a sentence that orders nothing",
    ),
    "SSJ-H002": Entry(
        "error",
        "{value} 不是 {year} 年的安排会涉及的日期",
        "核对年份：用 --year 写明这份安排是哪一年的；一年的表从上一年 12 月 26 日到当年 12 月 31 日",
        "{value} is no day that holidays of {year} are about",
        "say with --year which year it is for; a table goes from 26 December of the year before to 31 December",
    ),
    "SSJ-H003": Entry(
        "error",
        "{value} 里没有找到放假或者上班的日期",
        "给出放假安排通知的文字（复制到 .txt 文件），要有“X月X日至X日放假”“X月X日上班”这样的句子",
        "no day off and no working weekend was found in {value}",
        "give the Chinese text of the notice, copied to a .txt file, with its sentences on days off and working weekends",
    ),
    "SSJ-H004": Entry(
        "error",
        "看不出 {value} 是哪一年的放假安排",
        "用 --year 写明，例如 --year {year}",
        "{value} does not say for which year it is",
        "say so, for example --year {year}",
    ),
    "SSJ-H005": Entry(
        "error",
        "{year} 年还没有放假安排，没有可以修改的表",
        "先加入全年的通知，再用 --amend 加入局部调整",
        "there is no table for {year} that could be amended",
        "add the notice of the whole year first, then --amend it",
    ),
    "SSJ-H007": Entry(
        "error",
        "{value} 年的放假安排尚未公布，或尚未收录",
        "公布以后，把通知的文字存成 .txt 文件，运行 ssj-core calendar add 文件",
        "the holidays of {value} are not published, or not known here",
        "when they are, copy the notice to a .txt file and run ssj-core calendar add FILE",
    ),
    "SSJ-H006": Entry(
        "error",
        "没有经过确认，{value} 没有写入",
        "对照通知原文核对上面的日期；没有人在终端前回答的，加 --yes",
        "not confirmed, so {value} was not written",
        "compare the days above with the notice; where nobody sits at the terminal, add --yes",
    ),
}
