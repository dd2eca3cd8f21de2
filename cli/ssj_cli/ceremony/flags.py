"""Flags of `run` that give evidence on the command line: for scripts whose evidence is one line and some names."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from attrs import frozen

from ssj_cli.ceremony.file import EvidenceFile, Given, check_evidence, read_evidence
from ssj_cli.ceremony.pending import Pending
from ssj_cli.ceremony.testimony import names_in
from ssj_cli.kinds import Moment
from ssj_core.office import Office

_NAME: Final = "--entropy"


@frozen(kw_only=True)
class Flags:
    """What the command line gave; witnesses, place and time go with every `--entropy` of it."""

    entropy: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    place: str = ""
    time: datetime | None = None


def evidence_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options for a command that takes them as `entropy`, `witness`, `place`, `time`."""
    for option in (
        click.option("--time", type=Moment(), help="产生的时间，例如 2021-01-18T09:30；不写时区就是北京时间\n"
            "when it came to be, as 2021-01-18T09:30; of Beijing where no zone is written"),
        click.option("--place", default="", metavar="TEXT", help="产生的地点\nwhere it came to be"),
        click.option("--witness", multiple=True, metavar="NAME", help="见证人（可多次）\na witness (repeatable)"),
        click.option(
            "--entropy", multiple=True, metavar="SOURCE=TEXT",
            help="一个熵源的值，例如 text=3141…（可多次；要用 --batch 点名一个批次）\n"
            "the value of a source, as text=3141… (repeatable; goes with one --batch)",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def given_evidence(
    office: Office, batches: Sequence[str], file: Path | None, flags: Flags, pending: Pending | None = None
) -> EvidenceFile | None:
    """What the file and the flags give together; `pending` as in `check_evidence`.

    Raises:
        click.UsageError: flags that do not go together. InputError: as `read_evidence`.
    """
    given = read_evidence(file, office, pending) if file is not None else None
    if not flags.entropy:
        if flags.witness or flags.place or flags.time:
            raise click.UsageError("--witness、--place、--time 要与 --entropy 同用 / they go with --entropy")
        return given
    if len(batches) != 1:
        raise click.UsageError("--entropy 要用 --batch 点名一个批次 / --entropy takes one --batch")
    made = EvidenceFile(
        format="ssj-evidence/1", evidence=tuple(_one(text, batches[0], flags) for text in flags.entropy)
    )
    check_evidence(made, office, _NAME, pending)
    if given is None or file is None:
        return made
    both = given.and_also(made.evidence)
    check_evidence(both, office, file.name, pending)
    return both


def _one(text: str, batch: str, flags: Flags) -> Given:
    source, equals, raw = text.partition("=")
    if not (source.strip() and equals):
        raise click.UsageError(f"--entropy {text}：写成 来源=内容，例如 text=31415926 / write SOURCE=TEXT")
    who = tuple(name for told in flags.witness for name in names_in(told))
    return Given(batch=batch, source=source.strip(), raw=raw, who=who, where=flags.place, when=flags.time)
