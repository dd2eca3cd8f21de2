"""Help and usage errors in the language asked for: what click would say in English, a clerk reads in Chinese.

A help text holds both languages, a line or paragraph each; the one with Chinese characters is the Chinese one.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache, partial
from typing import Any, Final

import click

from ssj_core.text import Lang, Text

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_HEADINGS: Final = {"Options": "选项", "Commands": "命令", "Arguments": "参数", "Usage: ": "用法："}
_EXTRAS: Final = (("[required]", "[必填]"), ("[default: ", "[默认："), ("; required]", "；必填]"))


def part(text: str, lang: Lang, between: str = "\n") -> str:
    """The parts of a text of both that are in `lang`; the whole text where there is none."""
    parts = text.split(between)
    chosen = [p for p in parts if bool(_CHINESE.search(p)) == (lang == "zh") and p.strip()]
    return between.join(chosen) if chosen else text


class _ChineseHelp(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _HEADINGS["Usage: "] if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Any, *args: Any, **kwargs: Any) -> None:
        def chinese(text: str) -> str:
            for old, new in _EXTRAS:
                text = text.replace(old, new)
            return text

        super().write_dl([(first, chinese(second)) for first, second in rows], *args, **kwargs)


class _ChineseContext(click.Context):
    formatter_class = _ChineseHelp


class _WhenAsked(Mapping[str, click.Command]):
    """The commands of a group, each copied when it is asked for: a command line plays one of many."""

    def __init__(self, commands: Mapping[str, click.Command], spoken: Callable[[click.Command], click.Command]) -> None:
        self._commands = commands
        self._spoken = cache(spoken)

    def __getitem__(self, name: str) -> click.Command:
        return self._spoken(self._commands[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def in_language(
    command: click.Command,
    lang: Lang,
    *,
    commands: Sequence[Callable[[], click.Parameter]] = (),
    everywhere: Sequence[Callable[[], click.Parameter]] = (),
) -> click.Command:
    """A copy of a command, with all below it, that speaks `lang` and has the options `everywhere`.

    Those of `commands` go to commands only, not to groups.
    """
    spoken = copy(command)
    spoken.params = [_spoken(p, lang) for p in command.params]
    if command.help:
        spoken.help = part(command.help, lang, "\n\n")
    spoken.short_help = part(command.short_help, lang) if command.short_help else _first_sentence(spoken.help or "")
    if lang == "zh":
        spoken.context_class = _ChineseContext
        spoken.options_metavar = "[选项]"
    if isinstance(command, click.Group) and isinstance(spoken, click.Group):
        below = partial(in_language, lang=lang, commands=commands, everywhere=everywhere)
        spoken.commands = _WhenAsked(command.commands, below)  # type: ignore[assignment] # nothing is ever added
        if lang == "zh":
            spoken.subcommand_metavar = "命令 [参数]..."
    else:
        spoken.params += [_spoken(make(), lang) for make in commands]
    spoken.params += [_spoken(make(), lang) for make in everywhere]
    spoken.add_help_option = False
    spoken.params.append(help_option(lang))
    return spoken


def _first_sentence(text: str) -> str:
    """What a command does, as a list of commands tells it: whole, on as many lines as it takes."""
    paragraph = " ".join(inspect.cleandoc(text).split("\n\n")[0].split())
    return re.split(r"(?<=。)|(?<=\.)\s", paragraph)[0]


def help_option(lang: Lang) -> click.Option:
    """`-h`, `--help`, told in `lang`."""

    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    told = Text("显示这一页说明", "Show this page")
    return click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=told(lang)
    )


def _spoken(parameter: click.Parameter, lang: Lang) -> click.Parameter:
    spoken = copy(parameter)
    if isinstance(spoken, click.Option) and spoken.help:
        spoken.help = part(spoken.help, lang)
    return spoken


_BEHIND: Final = Text(
    "--json 写在命令后面：ssj-core verify --json", "--json goes behind the command: ssj-core verify --json"
)


def usage_text(error: click.UsageError, lang: Lang) -> str:
    """What is wrong with a command line, in one sentence."""
    if isinstance(error, click.NoSuchOption) and error.option_name == "--json":  # each command takes it, no group does
        return _BEHIND(lang)
    if lang == "en":
        return part(error.format_message(), lang, " / ")
    if isinstance(error, click.NoSuchOption):
        near = f"。是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_named(error.param, error.param_hint, error.ctx)}"
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param, error.param_hint, error.ctx).strip()} 的值不对：{_why(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写一个值"
    message = error.format_message()
    if found := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"多了参数：{found[1]}"
    if found := re.match(r"No such command '(.*?)'", message):
        meant = re.findall("'(.*?)'", message)[1:]
        return f"没有命令 {found[1]}" + (f"。是不是 {'、'.join(meant)}？" if meant else "")
    if message.startswith("Missing command"):
        return "缺少命令"
    return part(message, lang, " / ")


def _named(parameter: click.Parameter | None, hint: Any, ctx: click.Context | None) -> str:
    if parameter is not None and ctx is not None:
        return (" " if parameter.param_type_name == "argument" else "选项 ") + parameter.get_error_hint(ctx).strip("'")
    return f" {hint}" if hint else "参数"


def _why(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"可以写 {'、'.join(str(c) for c in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"要一个 {'' if kind.min is None else kind.min} 到 {'' if kind.max is None else kind.max} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "要一个整数"
    if isinstance(kind, click.Path) and not _CHINESE.search(error.message.partition("'")[0]):
        return f"打不开或没有：{error.message.split(chr(39))[1] if chr(39) in error.message else error.message}"
    return part(error.message, "zh", " / ")
