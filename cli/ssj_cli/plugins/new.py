"""`ssj-core plugins new ID`: a working folder with rules of its own; with --code a package with a rule in Python."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

import click

from ssj_cli import clock
from ssj_cli.fresh import make_folder
from ssj_cli.own import with_rosters, without_sectors
from ssj_cli.say import Voice, typed
from ssj_core.plugin.declarative import ID
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load, namespace
from ssj_core.problems import PluginError, problem
from ssj_core.text import Text

TABLES: Final = {
    "plan.toml": "office/plan.toml",
    "rules/ssj-plugin.toml": "rules/ssj-plugin.toml",
    "rules/checklist.toml": "rules/checklist.toml",
    "rules/ratio.toml": "rules/ratio.toml",
    "rules/ruleset.toml": "rules/ruleset.toml",
    "rules/cases/cases.toml": "rules/cases.toml",
}
"""Files of a folder without code, and the templates they are made from."""

PACKAGE: Final = {
    "pyproject.toml": "package/pyproject.toml",
    "README.md": "package/README.md",
    "ssj_$id/__init__.py": "package/__init__.py",
    "ssj_$id/rules.py": "package/rules.py",
    "ssj_$id/ssj-plugin.toml": "rules/ssj-plugin.toml",
    "ssj_$id/checklist.toml": "rules/checklist.toml",
    "ssj_$id/ratio.toml": "rules/ratio.toml",
    "ssj_$id/ruleset.toml": "rules/ruleset.toml",
    "ssj_$id/cases/cases.toml": "rules/cases.toml",
    "tests/conftest.py": "package/conftest.py",
    "tests/test_contract.py": "package/test_contract.py",
    "sample/plan.toml": "office/plan.toml",
}
"""The same for a package."""

USED: Final = ("ratio_rules.open", "officer_rules.certificate", "officer_rules.available", "officer_rules.declared")
"""The rules of ours that `rules/ruleset.toml` selects."""
RESULTS: Final = "result_codes.common"
"""The table of results that it selects, to be ticked on the forms."""

_EMPTY: Final = ("ssj_$id/py.typed", "tests/__init__.py")
_HEADERS: Final = ("编号", "名称", "类型", "监管类别", "信用风险等级", "登记状态", "上次检查日期")
_OFFICER_HEADERS: Final = ("姓名", "股室", "执法证号", "有效期止", "执法领域")
_FIRMS, _PEOPLE = 60, 8
_USE: Final = '\n[[batch.eligibility]]\nrule = "$id.checked_lately"\n'
_CASES: Final = """
[[case]]
says = "上一年度检查过的，今年不查。"
basis = [{ title = "$bureau随机抽查工作细则", mark = "choice" }]
on = $year-06-01
eligibility = "$id.checked_lately"
subject = { last_checked = $before-03-01 }
expect = { takes_part = false, because = "$before年检查过" }

[[case]]
says = "从未检查过的，参加抽取。"
basis = [{ title = "$bureau随机抽查工作细则", mark = "choice" }]
on = $year-06-01
eligibility = "$id.checked_lately"
subject = { risk_class = "A" }
expect = { takes_part = true }
"""


PLAIN: Final = Text(
    '只能是普通文字，不能空着，不能有半角双引号 "、\\、$ 和换行',
    'plain words only, without ", \\, $ or line breaks, and not nothing',
)
"""What `is_plain` asks for."""


def is_plain(value: str) -> bool:
    """Whether these words may stand between quotes in a TOML file."""
    return bool(value.strip()) and all(c.isprintable() and c not in '"\\$' for c in value)


def plain(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The value of an option for such words; nothing where it was not given."""
    if value is None:
        return ""
    if not is_plain(value):
        raise click.BadParameter(f"{value!r} {PLAIN.zh} / {PLAIN.en}")
    return value.strip()


@click.command("new")
@click.argument("plugin", metavar="ID")
@click.option("--code", is_flag=True, help="做成带一条 Python 规则的安装包\na package with one rule in Python")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="放在这个文件夹（默认：编号）\nthe folder (default: the id)",
)
@click.option("--title", default="样例事项", callback=plain, help="监管类别的名称\nthe name of the sector")
@click.option("--bureau", default="某县某局", callback=plain, help="单位名称\nthe name of the bureau")
@click.pass_obj
def new_plugin(voice: Voice, plugin: str, code: bool, folder: Path | None, title: str, bureau: str) -> None:
    """新建一套自己的规则：事项清单、比例、规则集、案例，连同计划和编造的名录，可以直接运行。

    不写 --code 时一行程序也没有，用记事本就能改。

    Make rules of your own: checklist, ratios, ruleset, cases, with a plan and invented rosters, ready to run.

    Without --code there is no line of Python in it.
    """
    lay_out(voice, plugin, folder, title, bureau, code=code)


def lay_out(
    voice: Voice,
    plugin: str,
    folder: Path | None,
    title: str,
    bureau: str,
    *,
    code: bool = False,
    rosters: Mapping[str, Path | None] | None = None,
) -> None:
    """Write rules of one's own and say what is next; `rosters` stand for the invented ones."""
    if not ID.fullmatch(plugin):
        raise PluginError([problem("SSJ-G015", field="ID", value=plugin)])
    if taken := discover().get(plugin):
        raise PluginError([problem("SSJ-G023", value=plugin, owner=taken.label)])
    place = folder or Path(plugin)
    written = {name: text.encode() for name, text in _texts(plugin, title, bureau, code=code).items()}
    sample = "sample/" if code else ""
    written[f"{sample}subjects.csv"] = _table(_HEADERS, (_firm(n, title) for n in range(1, _FIRMS + 1)))
    written[f"{sample}officers.csv"] = _table(_OFFICER_HEADERS, (_officer(n, title) for n in range(1, _PEOPLE + 1)))
    written = with_rosters(written, rosters or {})
    make_folder(place, written)
    voice.result(folder=str(place), files=sorted(written))
    voice.say(f"已建好 {place}：", f"made {place}:")
    for name in sorted(written):
        voice.say(f"  {name}", f"  {name}")
    given = any((rosters or {}).values())
    voice.problems(without_sectors(place) if given else ())
    for command in (*([rosters_checked(place)] if given else []), *_next(place, plugin, code=code)):
        voice.say(f"下一步：{command}", f"next: {command}")


def rosters_checked(place: Path) -> str:
    """The command that checks the rosters of a working folder."""
    return f"ssj-core rosters check --plan {typed(place / 'plan.toml')}"


def _next(place: Path, plugin: str, *, code: bool) -> tuple[str, ...]:
    if code:
        return (f'pip install -e "{place}[test]"', f"ssj-core plugins check {plugin}")
    rules, plan = typed(place / "rules"), typed(place / "plan.toml")
    return (f"ssj-core plugins check {rules}", f"ssj-core run {plan}", f"ssj-core verify {typed(place)}")


def _texts(plugin: str, title: str, bureau: str, *, code: bool) -> dict[str, str]:
    today = clock.today().date()
    last = today.replace(month=12, day=31)
    words = {
        "id": plugin, "hyphened": plugin.replace("_", "-"), "title": title, "bureau": bureau,
        "year": str(today.year), "before": str(today.year - 1), "today": today.isoformat(),
        "end": min(last, today + timedelta(60)).isoformat(),
        "folders": "" if code else 'rule_folders = ["rules"]         # 规则表放在这个文件夹\n',
    }  # fmt: skip
    words["accept"] = _unreviewed(today)
    words["eligibility"] = Template(_USE).substitute(words) if code else ""
    words["cases"] = Template(_CASES).substitute(words) if code else ""
    templates = files("ssj_cli.plugins") / "scaffold"
    made = {name: _filled(templates, source, words) for name, source in (PACKAGE if code else TABLES).items()}
    made |= dict.fromkeys(_EMPTY, "") if code else {}
    return {Template(name).substitute(words): text for name, text in made.items()}


def _unreviewed(today: date) -> str:
    """The line of a plan that accepts rules of ours which nobody has reviewed up to today; most often empty."""
    registry = load({"officer_rules", "ratio_rules", namespace(RESULTS)}, discover())
    days = {name: (registry.eligibility_rules.get(name) or registry.recusal_rules[name]).days for name in USED}
    late = [name for name, d in days.items() if d is not None and d.reviewed_until and d.reviewed_until < today]
    reviewed = registry.result_tables[RESULTS].reviewed_until
    late += [RESULTS] if reviewed and reviewed < today else []
    named = ", ".join(f'"{name}"' for name in late)
    return f"accept_unreviewed = [{named}]   # 这些规则的依据没有核对到今天，正式使用前核对\n" if late else ""


def _filled(templates: Traversable, source: str, words: dict[str, str]) -> str:
    text = (templates / f"{source}.in").read_text(encoding="utf-8")
    return Template(text).substitute(words).rstrip() + "\n"


def _firm(n: int, title: str) -> tuple[str, ...]:
    kind, grade = ("个体工商户" if n % 4 == 0 else "企业"), "AABBBBCCD"[n % 9]
    checked = f"{clock.today().year - 1}-0{n % 9 + 1}-15" if n % 5 == 0 else ""
    return (f"YL-{n:04}", f"样例{n}号", kind, title, grade, "注销" if n % 23 == 0 else "存续", checked)


def _officer(n: int, title: str) -> tuple[str, ...]:
    return (f"样例{'甲乙丙丁戊己庚辛'[n - 1]}", ("一股", "二股")[n % 2], f"YL{n:03}", "长期", title)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """CSV as a spreadsheet saves it: BOM and CRLF."""
    return "".join(",".join(row) + "\r\n" for row in (header, *rows)).encode("utf-8-sig")
