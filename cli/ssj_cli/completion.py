"""`ssj-core completion SHELL`: what a shell needs to complete commands and options."""

import click
from click.shell_completion import get_completion_class

from ssj_cli.say import Voice

VARIABLE = "_SSJ_CORE_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_obj
def completion(voice: Voice, shell: str) -> None:
    """打印命令补全的脚本，写进 shell 的配置文件：按 Tab 键补全命令和选项。

    例如 ssj-core completion bash >> ~/.bashrc

    Print the script that lets a shell complete commands and options; put it into the shell's configuration.

    For example: ssj-core completion bash >> ~/.bashrc
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the choices are those click knows
    source = kind(click.Group(), {}, "ssj-core", VARIABLE).source()
    voice.result(shell=shell, script=source)
    for line in source.strip("\n").split("\n"):
        voice.say(line, line)
