"""`ssj-core chain FILE --rounds N`: make the hash chain of replacement mode R2, for its keeper."""

import secrets
from pathlib import Path

import click

from ssj_cli.say import Voice
from ssj_core.entropy.chain import MOST_ROUNDS, links
from ssj_core.outputs import write_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--rounds",
    type=click.IntRange(1, MOST_ROUNDS),
    default=25,
    show_default=True,
    help="最多递补几次\nreplacements at the most",
)
@click.pass_obj
def chain(voice: Voice, file: Path, rounds: int) -> None:
    """做一条递补链（替换方式 R2），由抽取单位以外的人保管。

    FILE 里是每一轮要揭示的环，保密；屏幕上给出的 anchor 写进计划。

    Make a chain for replacements of mode R2, for a keeper outside the office.

    FILE holds the link that each round reveals: keep it secret. The anchor on the screen goes into the plan.
    """
    made = links(secrets.token_hex(32), rounds)
    text = "".join(f"{number} {made[rounds - number]}\n" for number in range(1, rounds + 1))
    write_file(file, text.encode("ascii"), folders=False, private=True)
    voice.result(file=file, rounds=rounds, anchor=made[-1])
    voice.say("写进计划的批次里：", "put this into the batch of the plan:")
    voice.say()
    for line in ("[batch.replacement]", 'mode = "R2"', f'anchor = "{made[-1]}"', f"rounds = {rounds}"):
        voice.say(f"  {line}", f"  {line}")
    voice.say()
    voice.say(
        f"{file} 里是 {rounds} 个环，请交给抽取单位以外的人保密保管；第几次递补，就揭示第几行。",
        f"{file} holds {rounds} links: give it to somebody outside the office; replacement n reveals line n.",
    )
