"""The conformance kit: one list of checks, run by `ssj-core plugins check` and by the pytest plugin of an author."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from ssj_core.causes import named_cause
from ssj_core.plugin.declarative import unnamed
from ssj_core.plugin.source import Source
from ssj_core.problems import Problem, errors, problem
from ssj_core.testing import anything, behaviour, built, covered, papers, sources, tables
from ssj_core.testing.elsewhere import found_apart
from ssj_core.testing.examined import Examined
from ssj_core.testing.told import others
from ssj_core.text import Text

_UNTOLD: Final = ("SSJ-G112", "SSJ-G113")

Find = Callable[[Examined], Iterable[Problem]]


def _no_code(_: Examined) -> bool:
    return False


@frozen(kw_only=True)
class Check:
    """One thing that holds of every good plugin.

    `codes` are those with which a plugin that breaks it does not load, `find` what else breaks it. `loaded`: beyond
    its codes it can only be asked of a plugin that loads. `strict`: what is a warning elsewhere is a failure here.
    `runs` says whether it runs code of a plugin; where that may be of others, it does so in a process of its own.
    """

    id: str
    title: Text
    find: Find
    codes: tuple[str, ...] = ()
    loaded: bool = True
    strict: bool = False
    runs: Callable[[Examined], bool] = _no_code


@frozen(kw_only=True)
class Result:
    """What a check found; `asked` is False where the plugin did not load, or its callbacks end their process."""

    check: Check
    problems: tuple[Problem, ...] = ()
    asked: bool = True

    @property
    def told(self) -> bool:
        """It could be asked, and answered: a wheel that cannot be built is neither the same nor another."""
        return self.asked and not any(p.code in _UNTOLD for p in self.problems)

    @property
    def holds(self) -> bool:
        """Nothing but warnings was found."""
        return self.told and not (self.problems if self.check.strict else errors(self.problems))


_MANIFEST: Final = ("SSJ-G010", "SSJ-G011", "SSJ-G014", "SSJ-G015", "SSJ-G022", "SSJ-G028")
_FILES: Final = ("SSJ-G012", "SSJ-G016", "SSJ-G017", "SSJ-G018", "SSJ-G019", "SSJ-G020", "SSJ-G027")
_HOOKS: Final = ("SSJ-G003", "SSJ-G004")
_TYPES: Final = ("SSJ-G005",)
_IDS: Final = ("SSJ-G002", "SSJ-G006", "SSJ-G007", "SSJ-S008")
_RATIOS: Final = ("SSJ-P005", "SSJ-P006", "SSJ-P007", "SSJ-S004", "SSJ-S005", "SSJ-S007")
_TICKETS: Final = ("SSJ-S044",)
_TIMELINES: Final = ("SSJ-G107", "SSJ-S002", "SSJ-S003", "SSJ-S040", "SSJ-S041", "SSJ-S042")
_BASES: Final = ("SSJ-S001",)


_OF_ANSWERS: Final = ("answers", "arguments", "columns", "outside", "memory", "anything")
"""Checks of what callbacks answer: of those that end their process nobody can tell."""


def _nothing(_: Examined) -> Iterable[Problem]:
    return ()


def _other(plugin: Examined) -> Iterator[Problem]:
    named = {code for check in CHECKS for code in check.codes}
    yield from (p for p in plugin.loading[1] if p.code not in named)


def _files(plugin: Examined) -> Iterator[Problem]:
    if plugin.source.folder is not None and plugin.manifest is not None:
        yield from unnamed(plugin.source.folder, plugin.manifest)


def _reviewed(plugin: Examined) -> Iterator[Problem]:
    yield from tables.reviewed(plugin, date.today())  # noqa: DTZ011 - the day where the author sits


def _check(
    name: str, zh: str, en: str, find: Find = _nothing, *, codes: tuple[str, ...] = (), loaded: bool = True,
    strict: bool = False, runs: Callable[[Examined], bool] = _no_code,
) -> Check:  # fmt: skip
    return Check(id=name, title=Text(zh, en), find=find, codes=codes, loaded=loaded, strict=strict, runs=runs)


def _has_cases(plugin: Examined) -> bool:
    return plugin.manifest is None or bool(plugin.manifest.cases)


def _has(attribute: str) -> Callable[[Examined], bool]:
    return lambda plugin: bool(getattr(plugin.registry, attribute))


CHECKS: Final = (
    _check(
        "manifest", "清单文件完整，适用于这个版本", "the manifest is whole and fits this ssj-core",
        codes=_MANIFEST, loaded=False,
    ),
    _check(
        "files", "文件都在，文件夹里只有规则表", "its files are there, a folder holds tables only",
        _files, codes=_FILES, loaded=False,
    ),
    _check("hooks", "钩子都认得，没有参数和先后", "its hooks are known and plain", codes=_HOOKS, loaded=False),
    _check("types", "钩子返回的类型都对", "hooks return what they should", codes=_TYPES, loaded=False),
    _check("ids", "编号都是自己的，没有重复", "ids are its own, and used once", codes=_IDS, loaded=False),
    _check("loads", "没有别的妨碍加载的错误", "nothing else keeps it from loading", _other, loaded=False),
    _check("references", "引用的编号都存在", "every id it names exists", tables.references),
    _check("ratios", "比例精确，在 0 到 100% 之间", "ratios are exact, from 0 to 100 %", codes=_RATIOS),
    _check("tickets", "签数在允许的范围内", "numbers of tickets are in range", codes=_TICKETS),
    _check(
        "timelines", "施行期不重叠、不颠倒、没有说不清的空缺", "timelines are in order, without overlap or silent gap",
        tables.timelines, codes=_TIMELINES,
    ),
    _check("bases", "每一项都有依据", "every value has a legal basis", tables.bases, codes=_BASES),
    _check("reviewed", "现行规定核对到今天", "what is in force was reviewed up to today", _reviewed),
    _check("cases", "案例都相符", "its cases come out as they say", covered.cases, runs=_has_cases),
    _check(
        "covered", "每一段施行期、每一条规则都有案例", "every interval and rule has a case",
        covered.everything, strict=True, runs=_has_cases,
    ),
    _check("answers", "回调不出错，回答合乎要求", "callbacks never fail and answer as they should", behaviour.answers),
    _check("arguments", "回调不改动传给它的东西", "callbacks change none of their arguments", behaviour.arguments),
    _check(
        "columns", "回调读的栏目，规则都写明了", "a rule declares every column it reads", behaviour.columns
    ),
    _check(
        "outside", "不看时钟、随机数、环境、文件和网络，不另起线程",
        "no clock, chance, environment, file, network or thread",
        behaviour.outside,
    ),
    _check(
        "memory", "再问一遍、换个次序，回答不变", "asked again or in another order, the answers stay", behaviour.memory
    ),
    _check(
        "processes", "换进程、散列种子、时区、时钟，结果不变", "other processes, hash seeds, zones and clocks agree",
        behaviour.processes,
    ),
    _check(
        "anything", "随便什么样的对象都能应付", "callbacks cope with anything a roster may hold", anything.cope,
        runs=lambda plugin: bool(plugin.callbacks),
    ),
    _check(
        "readers", "名录格式遇到坏文件只报告，不出错", "readers of rosters report bad files, and never fail",
        behaviour.readers, runs=_has("roster_readers"),
    ),
    _check(
        "sources", "熵源遇到乱写的只报告，判断不看外面，写明等级和位数",
        "sources refuse bad input with a code, judge it offline, state level and bits", sources.sources,
        runs=_has("entropy_sources"),
    ),
    _check(
        "renderers", "文书印得出来，两次一个字节都不差", "renderers print, and print the same bytes twice",
        papers.renderers, runs=_has("renderers"),
    ),
    _check("wheel", "源文件夹和安装包内容一致", "checkout and wheel hold the same", built.same_wheel),
)  # fmt: skip
"""Every check, in the order in which they are run and shown."""


def run_check(check: Check, plugin: Examined) -> Result:
    """Run one check; a plugin that leaves in the middle of it fails it."""
    found = tuple(p for p in plugin.loading[1] if p.code in check.codes)
    if check.loaded and plugin.loading[0] is None:
        return Result(check=check, problems=found, asked=bool(found))
    if check.id in _OF_ANSWERS and plugin.fatal:
        return Result(check=check, problems=found, asked=False)
    apart = plugin.risky and check.runs(plugin)
    return Result(
        check=check, problems=(*found, *(found_apart(check.id, plugin) if apart else found_here(check, plugin)))
    )


def found_here(check: Check, plugin: Examined) -> tuple[Problem, ...]:
    """What a check finds in this process; a plugin that leaves in the middle of it fails it."""
    found: list[Problem] = []
    try:
        found.extend(check.find(plugin))
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:
        found.append(problem("SSJ-G110", value=plugin.id, what=named_cause(error), more=others(0)))
    return tuple(found)


def run_checks(source: Source, available: Mapping[str, Source]) -> tuple[Result, ...]:
    """Run all of them on one plugin."""
    plugin = Examined(source, available)
    return tuple(run_check(check, plugin) for check in CHECKS)
