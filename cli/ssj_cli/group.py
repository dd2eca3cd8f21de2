"""The group of all commands: its language, `--json`, and what becomes of errors. No traceback reaches an office."""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NoReturn, get_args

import click

from ssj_cli.exit_codes import ExitCode, code_of
from ssj_cli.guarded import again
from ssj_cli.language import in_language, usage_text
from ssj_cli.say import Voice
from ssj_cli.sheet import Sheet
from ssj_core.causes import named_cause
from ssj_core.problems import SsjError
from ssj_core.text import Lang
from ssj_core.watching import UnwatchedError

LANGUAGE = "SSJ_LANG"
_WHO_LEAVES = ("ssj_cli", "click")


class SpokenGroup(click.Group):
    """Runs a command in the language asked for; with `--json` prints one document, whatever happened."""

    # click declares two forms of it; this is the second
    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Play the command line and leave with its exit code."""
        sys.exit(self.answer(list(sys.argv[1:] if args is None else args), prog_name, **extra))

    def answer(self, words: list[str], prog_name: str | None = None, **extra: Any) -> int:
        """Play a command line and return its exit code."""
        lang = language_of(words)
        sheet = Sheet(lang) if "--json" in _options(words) else None
        voice = Voice(lang, sheet)
        spoken = in_language(self, lang, commands=[_json_option], everywhere=[language_option])
        try:
            with voice.watched():
                code = _play(spoken, words, prog_name, voice, extra)
        except UnwatchedError:  # nothing was done yet, and what was noted down the other process says, too
            sheet = Sheet(lang) if sheet is not None else None
            code, told = again(words, Voice(lang, sheet))
            sheet = None if told else sheet
        if sheet is not None:
            click.echo(sheet.document(" ".join(_named(spoken, words)), code))
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order in which an office comes to need them."""
        return list(self.commands)


def language_option() -> click.Option:
    """`--lang`, which counts wherever it stands on the command line; its value was read before."""
    return click.Option(
        ["--lang"],
        type=click.Choice(get_args(Lang)),
        expose_value=False,
        help="语言：zh 中文（默认），en 英文\nlanguage: zh or en",
    )


def _json_option() -> click.Option:
    told = "结果写成 JSON，给程序读\nprint one JSON document, for programs"
    return click.Option(["--json"], is_flag=True, expose_value=False, help=told)


def _play(spoken: click.Command, words: list[str], prog_name: str | None, voice: Voice, extra: dict[str, Any]) -> int:
    try:
        extra["obj"] = voice
        ended = click.Group.main(spoken, words, prog_name, **{**extra, "standalone_mode": False})
        return ended if isinstance(ended, int) else ExitCode.OK
    except SystemExit as leave:
        if not _ours(leave):
            return _left(leave, voice)
        return leave.code if isinstance(leave.code, int) else ExitCode.OK
    except SsjError as error:
        voice.problems(error.problems)
        return code_of(error)
    except (click.Abort, KeyboardInterrupt):
        voice.error("已中断；没有完成的抽取下次接着完成。", "interrupted; the next run goes on.")
        return ExitCode.INTERRUPTED
    except click.UsageError as error:
        _usage(error, voice, " ".join(["ssj-core", *_named(spoken, words)]))
        return error.exit_code
    except click.ClickException as error:
        voice.error(error.format_message(), error.format_message())
        return error.exit_code
    except (BrokenPipeError, UnwatchedError):
        raise
    except Exception as error:  # the last door before the user
        _bug(error, voice)
        return ExitCode.BUG
    except BaseException as error:  # no command of ours raises such a thing
        return _left(error, voice)


def _ours(leave: SystemExit) -> bool:
    """Whether a command said it, or click: code of others has no exit code to give."""
    trace = leave.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = str(trace.tb_frame.f_globals.get("__name__", "")) if trace is not None else ""
    return module.partition(".")[0] in _WHO_LEAVES


def _left(leave: BaseException, voice: Voice) -> ExitCode:
    what = named_cause(leave)
    voice.error(
        f"某个插件中途退出了程序（{what.zh}），这条命令没有做完。找出是哪一个：ssj-core plugins check 编号",
        f"a plugin left the program ({what.en}); this command is not done. To find it: ssj-core plugins check ID",
    )
    return ExitCode.PLUGIN


def _usage(error: click.UsageError, voice: Voice, path: str) -> None:
    """What is wrong with the command line, and where its help is; the help itself where a command is missing."""
    ctx = error.ctx
    if type(error).__name__ == "NoArgsIsHelpError" and ctx is not None:
        click.echo(ctx.get_help(), err=voice.sheet is not None)
        return
    if ctx is not None and voice.sheet is None:
        click.echo(ctx.get_usage(), err=True)
    text = usage_text(error, voice.lang)
    voice.error(f"命令写错：{text}", f"Error: {text}")
    voice.error(f"说明：{path} --help", f"Help: {path} --help")


def _bug(error: Exception, voice: Voice) -> None:
    if os.environ.get("SSJ_DEBUG"):
        import traceback  # only ever needed here

        traceback.print_exc()
    what = named_cause(error)
    voice.error(
        f"程序内部出错（{what.zh}）。没有完成的抽取不算数；请把这句话和 SSJ_DEBUG=1 时的输出报告给开发者。",
        f"internal error ({what.en}); an unfinished draw does not count. Please report this with SSJ_DEBUG=1.",
    )


def _options(words: list[str]) -> list[str]:
    """The words before `--`, after which nothing is an option."""
    return words[: words.index("--")] if "--" in words else words


def language_of(words: list[str]) -> Lang:
    """`--lang` wherever it stands, else the environment's; a value that is none is refused by the option itself."""
    before = _options(words)
    said = [w.partition("=")[2] for w in before if w.startswith("--lang=")]
    said += [value for word, value in pairwise(before) if word == "--lang"]
    said.append(os.environ.get(LANGUAGE, ""))
    return "en" if said[0] == "en" else "zh"


def _named(command: click.Command, words: list[str]) -> Iterator[str]:
    """The names of the command and its groups, as typed."""
    for before, word in pairwise(["", *_options(words)]):
        if not isinstance(command, click.Group):
            return
        if word in command.commands:
            command = command.commands[word]
            yield word
        elif not word.startswith("-") and before != "--lang":  # no such command: what follows belongs to none
            return
