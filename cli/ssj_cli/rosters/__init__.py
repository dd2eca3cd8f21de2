"""`ssj-core rosters`: check, clean and compare rosters before they are used in a draw."""

import click

from ssj_cli.rosters.check import check
from ssj_cli.rosters.clean import clean
from ssj_cli.rosters.diff import diff


@click.group()
def rosters() -> None:
    """核对、整理、比较名录。

    从平台导出的名录先在这里核对：有错的地方标红，写回一份同样的表。

    Rosters checked, cleaned and compared.

    What the platform exports is checked here first: it comes back as the same list with its faults marked.
    """


for command in (check, clean, diff):
    rosters.add_command(command)
