"""`ssj-core plugins test`: run the cases of plugins; what came out otherwise is told with the sentence of law."""

import sys
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import click

from ssj_cli.exit_codes import ExitCode
from ssj_cli.plugins.find import chosen, folders_of, plan_option
from ssj_cli.say import Voice
from ssj_core.apart.trial import unusable
from ssj_core.case_files import WithCases, load_with_cases
from ssj_core.cases import Case, Difference, Verdict, run_cases, uncovered
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.source import Source
from ssj_core.problems import SsjError, problem
from ssj_core.ratios import format_ratio
from ssj_core.rules.cite import cite, status
from ssj_core.text import Lang, Text, quoted

_WORDS = {
    "in_force": Text("是否施行", "in force"),
    "applies": Text("是否适用于该对象", "applies to the subject"),
    "bases": Text("当天的依据", "bases on the day"),
    "in_class": Text("类别", "class"),
    "ratio": Text("比例", "ratio"),
    "drawn": Text("应抽数", "quota"),
    "tickets": Text("签数", "tickets"),
    "titles": Text("名称", "titles"),
    "platform_codes": Text("平台代码", "the platform's codes"),
    "needs_follow_up": Text("是否要后续处置", "needs a follow-up"),
    "alone": Text("是否与其他结果互斥", "excludes every other"),
    "items": Text("事项是否另有结果", "items have results"),
    "takes_part": Text("是否参加", "takes part"),
    "may_inspect": Text("可否检查", "may inspect"),
    "because": Text("理由", "reason"),
    "rule": Text("由哪条规则", "by which rule"),
}


@click.command("test")
@click.argument("targets", metavar="[ID-or-FOLDER]…", nargs=-1)
@plan_option
@click.option(
    "--coverage",
    is_flag=True,
    help="列出没有案例的规则；有，退出码就是 1\nlist rules without a case; where there are any, exit code 1",
)
@click.pass_obj
def test_plugins(voice: Voice, targets: tuple[str, ...], plan: Path | None, coverage: bool) -> None:
    """运行插件的案例：一句规定、一个日子、一个对象，看结果是不是应当的那样。

    不写编号就运行全部插件的。有一个不符，退出码就是 1；插件不能用是 4。

    Run the cases of plugins: a sentence of law, a day, a subject, and whether it comes out as it must.

    Without an id those of all plugins. Exit code 1 where one fails, 4 where a plugin cannot be used.
    """
    good = True
    found, available = _wanted(targets, plan)
    bad = unusable(available, found, cases=True)
    for name in found:
        try:
            if name in bad:
                raise bad[name]
            loaded = load_with_cases([name], available)
            verdicts = run_cases(loaded.cases[name], loaded.registry)
        except SsjError as error:
            if targets:
                raise
            voice.say(f"× {name}：不能用", f"× {name}: cannot be used")  # one of many does not stop the others
            voice.findings(error.problems, indent=4, said=set())
            good = False
            continue
        good &= _show(voice, name, verdicts, loaded, coverage)
    sys.exit(ExitCode.OK if good else ExitCode.NO)


def _wanted(targets: Iterable[str], plan: Path | None) -> tuple[tuple[str, ...], Mapping[str, Source]]:
    available: Mapping[str, Source] = {}
    names = []
    for target in targets:
        source, others = chosen(target, plan)
        names.append(source.id)
        available = {**others, **available}
    available = available or discover(folders_of(plan))
    return tuple(dict.fromkeys(names)) or tuple(available), available


def _show(voice: Voice, name: str, verdicts: tuple[Verdict, ...], loaded: WithCases, coverage: bool) -> bool:
    wrong = [v for v in verdicts if v.differences]
    missing = uncovered(loaded.registry, name, loaded.cases[name])
    if not verdicts and not missing:
        return True  # nothing in it that a case could speak of
    failures = [
        {
            "file": v.file,
            "line": v.line,
            "says": v.case.says,
            "differences": [_plain(d, voice.lang) for d in v.differences],
        }
        for v in wrong
    ]
    voice.add("plugins", id=name, cases=len(verdicts), failures=failures, uncovered=[u.id for u in missing])
    bare = (f"，{len(missing)} 处没有案例", f", {len(missing)} not covered") if missing else ("", "")
    mark = "×" if wrong else "√" if verdicts else "〇"
    counted = f"{len(verdicts)} 个案例" + (f"，{len(wrong)} 个不符" if wrong else "")
    counted_en = f"{len(verdicts)} cases" + (f", {len(wrong)} failed" if wrong else "")
    voice.say(f"{mark} {name}：{counted}{bare[0]}", f"{mark} {name}: {counted_en}{bare[1]}")
    for verdict in wrong:
        _show_wrong(voice, verdict)
    if coverage:
        voice.findings(
            [
                problem("SSJ-A007", value=u.id, what=u.what.zh, what_en=u.what.en, when=u.when.zh, when_en=u.when.en)
                for u in missing
            ],
            indent=4,
            said=set(),
        )
    return not wrong and not (coverage and missing)


def _show_wrong(voice: Voice, verdict: Verdict) -> None:
    case, place = verdict.case, f"{verdict.file}:{verdict.line}"
    voice.say(f"    {place}", f"    {place}")
    voice.say(f"      规定：{case.says}", f"      law: {quoted(case.says)}")
    for basis in case.basis:
        voice.say(
            f"      出处：{cite(basis).zh}　{status(basis).zh}", f"      from: {cite(basis).en}, {status(basis).en}"
        )
    voice.say(f"      所问：{_asked(case)}，{case.on}", f"      asked: {_asked(case)}, {case.on}")
    for difference in verdict.differences:
        word, lang = _WORDS[difference.name], voice.lang
        wanted, got = _value(difference.expected, lang), _got(difference, lang)
        voice.say(f"      {word.zh}：应当是 {wanted}，得到 {got}", f"      {word.en}: expected {wanted}, got {got}")


def _plain(difference: Difference, lang: Lang) -> dict[str, str]:
    wanted, got = _value(difference.expected, lang), _got(difference, lang)
    return {"name": difference.name, "expected": wanted, "actual": got}


def _got(difference: Difference, lang: Lang) -> str:
    if difference.actual is None and difference.outside:
        return Text("没有结果（这一天没有施行的规定）", "nothing (no rule is in force on the day)")(lang)
    return _value(difference.actual, lang)


def _asked(case: Case) -> str:
    value: str = getattr(case, case.kind)
    return f"{value} {'、'.join((*case.items, *case.codes, *case.follow_ups))}".strip()


def _value(value: object, lang: Lang) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return (Text("是", "yes") if value else Text("否", "no"))(lang)
    if isinstance(value, Fraction):
        return format_ratio(value)
    return "、".join(value) if isinstance(value, tuple) else str(value)
