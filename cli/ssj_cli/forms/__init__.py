"""`ssj-core forms`: the papers of a draw, and the templates an office may change."""

import click

from ssj_cli.forms.printing import print_
from ssj_cli.forms.templates import check, template


@click.group()
def forms() -> None:
    """文书：打印一企一表等；取出、检查 Word 模板。

    Papers: print the forms of a draw; get and check their Word templates.
    """


for command in (print_, template, check):
    forms.add_command(command)
