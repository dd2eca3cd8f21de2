"""Writes the synthetic sample of fuping_zjj_2021: two rosters and a plan, the same bytes on every computer.

Every firm, project and person is invented. Credit codes have valid check digits but an organisation part that
begins with EX; telephone numbers have the area code 0000, which no place has. Choices come from SHA-256 counters and
never from `random`, whose results may change with Python.

    python rulesets/make_sample.py
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")

TARGET: Final = Path(__file__).parent / "ssj_rulesets" / "fuping_zjj_2021" / "sample"
SNAPSHOT: Final = date(2021, 1, 15)
REGION: Final = "130624"  # 阜平县

MARKET, SAFETY, STANDARDS = "建筑市场监督", "建设工程安全", "工程建设标准"
REAL_ESTATE, PERMITS = "房地产市场监督", "建设领域许可监督"

SUBJECT_HEADERS: Final = (
    "统一社会信用代码", "注册号", "施工许可证编号", "企业名称", "企业类型", "监管类别", "分管股室", "所属乡镇", "住所",
    "信用风险等级", "重点企业", "登记状态", "上次检查日期", "本年度检查次数", "所属企业", "回避人员",
    "法定代表人", "联系人", "联系电话",
)  # fmt: skip
OFFICER_HEADERS: Final = (
    "姓名", "股室", "执法证号", "有效期止", "执法领域", "是否可参加", "请假期间", "回避对象",
)  # fmt: skip


class Kind(NamedTuple):
    """A kind of subject: how many, of which section, always in the first sectors, often in the others."""

    name: str
    size: int
    section: str
    always: tuple[str, ...]
    often: tuple[str, ...] = ()
    keys: int = 0
    endings: tuple[str, ...] = ()
    code: str = "91"


KINDS: Final = (
    Kind("施工企业", 190, "建筑业管理股", (MARKET, SAFETY), (STANDARDS, PERMITS), 12,
         ("建筑工程有限公司", "建设集团有限公司", "市政工程有限公司", "装饰工程有限公司", "建筑劳务有限公司")),
    Kind("监理企业", 24, "建筑业管理股", (MARKET,), (SAFETY, STANDARDS, PERMITS), 2,
         ("工程监理有限公司", "项目管理有限公司")),
    Kind("勘察设计企业", 36, "勘察设计股", (MARKET, STANDARDS), (PERMITS,), 0,
         ("建筑设计有限公司", "岩土勘察有限公司", "工程设计有限公司")),
    Kind("建设单位", 90, "勘察设计股", (MARKET, STANDARDS), (SAFETY, PERMITS), 4,
         ("建设投资有限公司", "实业有限公司", "食品有限公司", "旅游开发有限公司")),
    Kind("房地产开发企业", 60, "房地产市场股", (REAL_ESTATE,), (PERMITS, STANDARDS), 8,
         ("房地产开发有限公司", "置业有限公司")),
    Kind("经纪机构", 70, "房地产市场股", (REAL_ESTATE,), (), 0, ("房地产经纪有限公司", "房产信息咨询有限公司")),
    Kind("估价机构", 12, "房地产市场股", (REAL_ESTATE,), (), 0, ("房地产评估有限公司",)),
    Kind("租赁企业", 20, "房地产市场股", (REAL_ESTATE,), (), 0, ("住房租赁有限公司",)),
    Kind("物业服务企业", 80, "物业管理股", (REAL_ESTATE,), (), 6, ("物业服务有限公司", "物业管理有限公司")),
    Kind("检测机构", 14, "工程质量安全监督站", (STANDARDS,), (PERMITS,), 2, ("工程检测有限公司",)),
    Kind("造价咨询企业", 14, "建筑业管理股", (MARKET,), (), 0, ("工程造价咨询有限公司",)),
    Kind("燃气企业", 10, "城建股", (PERMITS,), (), 6, ("燃气有限公司",)),
    Kind("排水户", 120, "城建股", (PERMITS,), (), 0, ("餐饮店", "洗车行", "宾馆", "洗衣店", "超市"), "92"),
    Kind("工程项目", 240, "工程质量安全监督站", (SAFETY, STANDARDS), (PERMITS,), 0,
         ("住宅小区工程", "教学楼工程", "综合楼工程", "道路改造工程", "厂房工程", "安置房工程")),
    Kind("人员", 220, "建筑业管理股", (MARKET,), (PERMITS,)),
)  # fmt: skip

TOWNS: Final = ("阜平镇", "龙泉关镇", "平阳镇", "城南庄镇", "天生桥镇", "大台乡", "台峪乡", "吴王口乡")
FIRST: Final = "安宝昌诚达丰福冠广海恒宏华汇吉佳建金锦京"
SECOND: Final = "邦晨川德峰光和辉基江康利隆茂鹏启荣盛泰伟"


def number(below: int, *labels: object) -> int:
    """A number from 0 to `below` - 1, decided by the labels alone."""
    text = "ssj-sample/1|" + "|".join(map(str, labels))
    return int(sha256(text.encode()).hexdigest()[:16], 16) % below


def pick(values: Sequence[T], *labels: object) -> T:
    """One of the values, decided by the labels alone."""
    return values[number(len(values), *labels)]


def joined(values: Sequence[str], *labels: object) -> str:
    """Several values in one cell, separated as offices do: 、 or ；"""
    return pick(("、", "；"), "separator", *labels).join(values)


def written(day: date, *labels: object) -> str:
    """A date in one of the forms met in rosters."""
    forms: tuple[Callable[[date], str], ...] = (
        date.isoformat,
        lambda d: f"{d.year}.{d.month}.{d.day}",
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{d.year}/{d.month}/{d.day}",
    )
    return pick(forms, "date form", *labels)(day)


def credit_code(serial: int, kind: str = "91") -> str:
    """统一社会信用代码 by GB 32100: register and kind, region, organisation code by GB 11714, check digit."""
    body = f"EX{serial:06d}"
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(letters.index(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    code = kind + REGION + body + "0123456789X0"[11 - total % 11]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, place, 31) for place, c in enumerate(code))
    return code + alphabet[-total % 31]


def certificate_number(serial: int) -> str:
    """A made-up 15-digit registration number of a person, with the check digit of ISO 7064 MOD 11,10."""
    body = f"{REGION}99{serial:06d}"
    rest = 10
    for digit in body:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return f"{body}{(11 - rest) % 10}"


def subjects() -> list[dict[str, str]]:
    """The subject roster, in a mixed order as it grew."""
    rows: list[dict[str, str]] = []
    names: set[str] = set()
    firms: list[str] = []
    for kind in KINDS:
        for n in range(kind.size):
            row = _subject(kind, n, len(rows) + 1, names)
            if kind.name in ("工程项目", "人员"):
                row["所属企业"] = pick(firms, "parent", kind.name, n)
            elif kind.name in ("施工企业", "监理企业", "勘察设计企业"):
                firms.append(row["企业名称"])
            rows.append(row)
    rows.sort(key=lambda row: sha256(_code(row).encode()).digest())
    _recusals(rows)
    return rows


def _subject(kind: Kind, n: int, serial: int, names: set[str]) -> dict[str, str]:
    key = n < kind.keys
    town = pick(TOWNS, "town", kind.name, n)
    checked, this_year = _checks(kind.name, n)
    row = dict.fromkeys(SUBJECT_HEADERS, "")
    row |= {
        "企业名称": _name(kind, n, names),
        "企业类型": kind.name,
        "监管类别": _sectors(kind, n),
        "分管股室": kind.section,
        "所属乡镇": town,
        "住所": f"河北省保定市阜平县{town}示例路{1 + number(200, 'house', kind.name, n)}号",
        "信用风险等级": pick(("A",) * 4 + ("B",) * 8 + ("C",) * 4 + ("D",) + ("",) * 3, "risk", kind.name, n),
        "重点企业": "是" if key else pick(("否", "否", ""), "key", kind.name, n),
        "登记状态": "存续" if key else _status(kind.name, n),
        "上次检查日期": checked,
        "本年度检查次数": "0" if key else this_year,
        "联系人": f"示例联系{serial:04d}",
        "联系电话": f"0000-{serial:07d}",
    }
    if kind.name == "工程项目":
        issued = date(2019, 3, 1) + timedelta(days=number(670, "issued", n))
        row["施工许可证编号"] = f"{REGION}{issued:%Y%m%d}SL{n:03d}"
        row["登记状态"] = ""  # 项目没有登记状态
    elif kind.name == "人员":
        row["注册号"] = certificate_number(n + 1)
        row["登记状态"] = row["信用风险等级"] = ""
        row["联系人"] = "本人"
    else:
        row["统一社会信用代码"] = credit_code(serial, kind.code)
        row["法定代表人"] = f"示例法人{serial:04d}"
    return row


def _code(row: Mapping[str, str]) -> str:
    return row["统一社会信用代码"] or row["注册号"] or row["施工许可证编号"]


def _name(kind: Kind, n: int, names: set[str]) -> str:
    if kind.name == "人员":
        return f"示*{n + 1:03d}"  # 已脱敏
    for attempt in range(1000):
        word = pick(FIRST, "first", kind.name, n, attempt) + pick(SECOND, "second", kind.name, n, attempt)
        name = f"阜平县示例{word}{pick(kind.endings, 'ending', kind.name, n)}"
        if name not in names:
            names.add(name)
            return name
    raise AssertionError("more subjects than names")


def _sectors(kind: Kind, n: int) -> str:
    often = tuple(s for s in kind.often if number(10, "sector", kind.name, n, s) < 6)
    return joined(kind.always + often, "sectors", kind.name, n)


def _status(kind: str, n: int) -> str:
    closed = {0: "注销", 1: "注销", 2: "吊销，未注销", 3: "迁出"}
    return closed.get(number(100, "status", kind, n), pick(("存续", "存续（在营、开业、在册）", ""), "open", kind, n))


def _checks(kind: str, n: int) -> tuple[str, str]:
    if number(10, "checked", kind, n) < 5:
        return "", pick(("", "0"), "never", kind, n)
    if number(25, "this year", kind, n) == 0:
        return written(SNAPSHOT - timedelta(days=1 + number(11, "january", kind, n)), kind, n), "1"
    return written(date(2020, 12, 31) - timedelta(days=number(1000, "day", kind, n)), kind, n), "0"


def _recusals(rows: list[dict[str, str]]) -> None:
    """Eight subjects name an officer of their own section; the rows of `officers` name six more subjects."""
    certificates = {row["股室"]: row["执法证号"] for row in reversed(_officer_rows())}
    for row in [r for r in rows if r["企业类型"] != "人员"][20:180:20]:
        row["回避人员"] = certificates[row["分管股室"]]


FIELDS: Final = {
    "建筑业管理股": (MARKET, SAFETY, STANDARDS, PERMITS),
    "工程质量安全监督站": (SAFETY, STANDARDS, PERMITS, MARKET),
    "勘察设计股": (STANDARDS, MARKET, SAFETY, PERMITS),
    "房地产市场股": (REAL_ESTATE, PERMITS, STANDARDS),
    "物业管理股": (REAL_ESTATE, PERMITS),
    "城建股": (PERMITS, SAFETY),
    "行政审批股": (PERMITS, MARKET, REAL_ESTATE),
    "办公室": (MARKET, REAL_ESTATE),
}
"""Sections and what their officers are qualified for: all that the section's subjects need."""

UNUSUAL: Final = {
    (0, 4): {"有效期止": "2021-05-31"},
    (1, 4): {"有效期止": "2021年8月31日"},
    (2, 4): {"是否可参加": "否"},
    (3, 4): {"请假期间": "2021-04-01至2021-07-31"},
    (4, 4): {"有效期止": "2021.11.30"},
    (5, 4): {"有效期止": "2021/3/15"},
    (7, 1): {"是否可参加": "否"},
    (0, 0): {"有效期止": "长期"},
    (1, 0): {"有效期止": "9999-09-09"},
    (2, 1): {"请假期间": "2021-05-06至2021-05-12"},
    (4, 2): {"请假期间": "2021-02-22至2021-02-26；2021-09-13至2021-09-17"},
}
"""Officer (section, place) and what differs. The first four of each section are free and qualified all year."""


def _officer_rows() -> list[dict[str, str]]:
    rows = []
    for s, (section, fields) in enumerate(FIELDS.items()):
        for n in range({"行政审批股": 4, "办公室": 2}.get(section, 5)):
            until = date(2022, 3, 31) + timedelta(days=number(1200, "until", s, n))
            row = dict.fromkeys(OFFICER_HEADERS, "")
            row |= {
                "姓名": f"示例{'甲乙丙丁戊己庚辛'[s]}{'一二三四五'[n]}",
                "股室": section,
                "执法证号": f"{REGION}SL{s + 1}{n + 1:02d}",
                "有效期止": written(until, "until", s, n),
                "执法领域": joined(fields, "fields", s, n),
                "是否可参加": "是",
            }
            rows.append(row | UNUSUAL.get((s, n), {}))
    return rows


def officers(subject_rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The officer roster; the second officer of six sections must not inspect one or two named subjects."""
    rows = _officer_rows()
    for section in list(FIELDS)[:6]:
        own = [r for r in subject_rows if r["分管股室"] == section and r["统一社会信用代码"] and not r["回避人员"]]
        second = [row for row in rows if row["股室"] == section][1]
        second["回避对象"] = joined([_code(r) for r in own[: 1 + number(2, "recused", section)]], "recused", section)
    return rows


def table(headers: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """CSV as spreadsheets open it: UTF-8 with BOM, lines end with LF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headers, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


PLAN_HEAD: Final = """\
# 抽查计划：阜平县住房和城乡建设局 2021 年度（样例）
#
# 井号后面是说明，程序不读。引号、等号、方括号、数字用半角（英文输入法）；汉字只写在引号里和说明里。
# 名录中的企业、项目、人员全部是虚构的，只供试用；正式使用时换成本单位的两个名录。

format = "ssj-plan/1"        # 文件格式，不要改
id = "fuping-zjj-2021"       # 计划编号，出现在每次抽取的编号里；抽取以后不要改
title = "2021年度“双随机、一公开”监管工作实施方案"
bureau = "阜平县住房和城乡建设局"
document_no = "阜住建双随机〔2021〕1号"
year = 2021
ruleset = "fuping_zjj_2021"  # 规则集：比例、检查组人数、期限、回避等，每一项都注明出处

# ── 两库 ────────────────────────────────────────────────────────────────
# 文件与本计划放在同一个文件夹；可以用 WPS 或 Excel 打开修改，存成 xlsx 时把下面的文件名一并改掉。
# 个人（注册执业人员）用注册证书编号作编号，填在“注册号”一栏；名录里不要有身份证号。
# 法定代表人、联系人、联系电话只在打印一企一表和检查通知书时取用，不进入抽取，也不写进任何记录和名单。
[rosters.subjects]           # 检查对象名录库
file = "subjects.csv"

[rosters.officers]           # 执法检查人员名录库
file = "officers.csv"

# ── 随机数从哪里来 ──────────────────────────────────────────────────────
# "os"：由本机操作系统产生。最省事，但保证等级只有最低的 E0：外人无法确认办公室没有反复重试、挑一个满意的结果。
#       只适合试用和演练。
# "text"：封存名录和规则以后，由见证人（纪检、审计、企业代表等）当场掷骰子或摇号，把数字录入。正式抽取建议用它：
#       把下面的 "os" 改成 "text" 即可；也可以写多段 [[entropy]]，几个来源合在一起用，次序就是合并的次序。
[[entropy]]
source = "os"

# ── 批次 ────────────────────────────────────────────────────────────────
# id：批次编号；policy：规则集中的批次；start、end：起止日期，首尾两天都算，不加引号。
# 按开始日期排列。先抽重点企业、再抽业务批次，业务批次就会先抽今年还没抽到过的对象。
# 五个业务批次首尾相接、互不重叠，“本次抽查结束之日”因此只有一个；检查结果须在这一天之前录入。
"""

PLAN_BATCHES: Final = (
    ("key-1", "01-18", "04-09", "方案二（6）1—4月：重点企业 100%，各分管股室自己检查"),
    ("batch-1", "01-18", "04-09", "方案二（1）1—4月：建筑市场监督 3%"),
    ("batch-2", "04-12", "06-11", "方案二（2）4—6月：建设工程安全 3%"),
    ("section-1", "04-12", "06-11", "方案二（6）4—6月：各分管股室 2%，重点企业除外"),
    ("key-2", "06-15", "08-13", "方案二（6）6—8月：重点企业 100%"),
    ("batch-3", "06-15", "08-13", "方案二（3）6—8月：工程建设标准 3%，内部联合"),
    ("section-2", "07-01", "09-30", "方案二（6）7—9月：各分管股室 2%，重点企业除外"),
    ("key-3", "08-16", "10-15", "方案二（6）8—10月：重点企业 100%"),
    ("batch-4", "08-16", "10-15", "方案二（4）8—10月：房地产市场监督 3%，内部联合"),
    ("key-4", "10-18", "12-24", "方案二（6）10—12月：重点企业 100%"),
    ("batch-5", "10-18", "12-24", "方案二（5）10—12月：建设领域许可监督 3%，内部联合"),
)


def plan() -> bytes:
    """The plan of the year, commented for the office."""
    parts = [PLAN_HEAD]
    for name, start, end, note in PLAN_BATCHES:
        quoted = json.dumps(name)
        parts.append(
            f"\n# {note}\n[[batch]]\nid = {quoted}\npolicy = {quoted}\nstart = 2021-{start}\nend = 2021-{end}\n"
        )
    return "".join(parts).encode()


def files() -> dict[str, bytes]:
    """All files of the sample, by name."""
    rows = subjects()
    return {
        "plan.toml": plan(),
        "subjects.csv": table(SUBJECT_HEADERS, rows),
        "officers.csv": table(OFFICER_HEADERS, officers(rows)),
    }


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (TARGET / name).write_bytes(data)
        print(f"{TARGET / name}: {len(data)} bytes")
