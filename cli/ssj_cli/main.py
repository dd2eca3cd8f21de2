"""The command `ssj-core` and its commands."""

import sys

import click

import ssj_core
from ssj_cli import guarded
from ssj_cli.calendar import calendar
from ssj_cli.chain import chain
from ssj_cli.commit import commit
from ssj_cli.completion import completion
from ssj_cli.console import survive_old_consoles
from ssj_cli.doctor import doctor
from ssj_cli.explain import explain
from ssj_cli.forms import forms
from ssj_cli.group import SpokenGroup, language_of
from ssj_cli.ledger import ledger
from ssj_cli.lists import lists
from ssj_cli.menu import at_a_terminal, menu
from ssj_cli.new import new
from ssj_cli.plugins import plugins
from ssj_cli.proof import proof
from ssj_cli.replace import replace
from ssj_cli.replay import replay_draw
from ssj_cli.rosters import rosters
from ssj_cli.rules import rules
from ssj_cli.run import run
from ssj_cli.say import Voice
from ssj_cli.sign import sign
from ssj_cli.simulate import simulate_command
from ssj_cli.stamp import stamp
from ssj_cli.verify import verify
from ssj_cli.void import void


@click.group(cls=SpokenGroup)
@click.version_option(ssj_core.__version__, prog_name="ssj-core", help="版本号\nShow the version")
def group() -> None:
    """双随机、一公开：谁都可以复核的随机抽取。

    先封存名录和规则，再产生种子，任何人都能由公开的文件重新算出同一结果。

    The draw nobody has to trust: rosters and rules are sealed first, the seed comes afterwards, anybody recomputes it.
    """


BATCH = (new, rosters, simulate_command, commit, run, verify, explain, proof)
AFTERWARDS = (lists, forms, replace, void, ledger)
OUTSIDERS = (sign, stamp, chain)
DESK = (rules, calendar, replay_draw, plugins, doctor, completion)

for command in (*BATCH, *AFTERWARDS, *OUTSIDERS, *DESK):
    group.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    survive_old_consoles()
    words = sys.argv[1:]
    with guarded.here():
        if words or not at_a_terminal():
            group()
        voice = Voice(language_of(words))
        if guarded.needed():  # the whole menu: a question that is half asked cannot be asked by another process
            sys.exit(guarded.again([], voice)[0])
        sys.exit(menu(voice, lambda line: group.answer(list(line), "ssj-core")))
