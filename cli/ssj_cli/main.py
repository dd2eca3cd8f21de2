"""The command `ssj-core`: its options, its commands, and what becomes of errors."""

import os
import sys
from typing import Any

import click

import ssj_core
from ssj_cli.chain import chain
from ssj_cli.commit import commit
from ssj_cli.exit_codes import ExitCode
from ssj_cli.explain import explain
from ssj_cli.ledger import ledger
from ssj_cli.new import new
from ssj_cli.plugins import plugins
from ssj_cli.proof import proof
from ssj_cli.replace import replace
from ssj_cli.run import run
from ssj_cli.say import Voice, survive_old_consoles
from ssj_cli.sign import sign
from ssj_cli.stamp import stamp
from ssj_cli.verify import verify
from ssj_cli.void import void
from ssj_core.problems import EntropyError, PluginError, RefusedError, SsjError
from ssj_core.text import Lang


class _Group(click.Group):
    """Turns every error of the core into its problems and exit code; no traceback reaches an office."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SsjError as error:
            Voice(ctx.params["lang"]).problems(error.problems)
            sys.exit(_code(error))
        except (click.Abort, KeyboardInterrupt):
            voice = Voice(ctx.params["lang"])
            voice.error("已中断；没有完成的抽取下次接着完成。", "interrupted; the next run goes on.")
            sys.exit(ExitCode.INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:  # the last door before the user
            voice = Voice(ctx.params["lang"])
            if os.environ.get("SSJ_DEBUG"):
                import traceback  # only ever needed here

                traceback.print_exc()
            what = f"{type(error).__name__}: {error}"
            voice.error(
                f"程序内部出错（{what}）。没有完成的抽取不算数；请把这句话和 SSJ_DEBUG=1 时的输出报告给开发者。",
                f"internal error ({what}); an unfinished draw does not count. Please report this with SSJ_DEBUG=1.",
            )
            sys.exit(ExitCode.BUG)


def _code(error: SsjError) -> ExitCode:
    if isinstance(error, PluginError):
        return ExitCode.PLUGIN
    if isinstance(error, EntropyError):
        return ExitCode.ENTROPY
    return ExitCode.NO if isinstance(error, RefusedError) else ExitCode.INPUT


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="SSJ_LANG", help="语言 / language（zh, en）"
)
@click.version_option(ssj_core.__version__, prog_name="ssj-core")
@click.pass_context
def group(ctx: click.Context, lang: Lang) -> None:
    """双随机、一公开：谁都可以复核的随机抽取。

    先封存名录和规则，再产生种子，任何人都能由公开的文件重新算出同一结果。
    """
    ctx.obj = Voice(lang)


for command in (new, commit, run, verify, explain, proof, replace, void, ledger, sign, stamp, chain, plugins):
    group.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    survive_old_consoles()
    group()
