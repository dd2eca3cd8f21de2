"""`ssj-core rules …`: which rules a plan follows, on which legal bases, and which of these must still be checked."""

import click

from ssj_cli.rules.citations import citations
from ssj_cli.rules.show import show


@click.group()
def rules() -> None:
    """规则：计划用的是哪些，依据是什么，哪些依据待核。

    Rules: which a plan follows, on which legal bases, and which of these must still be checked.
    """


rules.add_command(show)
rules.add_command(citations)

__all__ = ["rules"]
