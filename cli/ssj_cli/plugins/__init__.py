"""`ssj-core plugins …`: what is installed, what is in it, and whether it can be used."""

import click

from ssj_cli.plugins.cases import test_plugins
from ssj_cli.plugins.changes import changes_between
from ssj_cli.plugins.check import check
from ssj_cli.plugins.doctor import doctor
from ssj_cli.plugins.list import list_plugins
from ssj_cli.plugins.new import new_plugin
from ssj_cli.plugins.schema import schema
from ssj_cli.plugins.show import show

COMMANDS = (list_plugins, show, doctor, check, new_plugin, test_plugins, changes_between, schema)


@click.group()
def plugins() -> None:
    """插件：列出、查看、检查。

    Plugins: listed, shown, checked.
    """


for command in COMMANDS:
    plugins.add_command(command)

__all__ = ["plugins"]
