"""A file to be written ends as what is in it: else nothing opens it, and it is said before the work."""

from pathlib import Path

import click

from ssj_core.text import Text

_NO_HINT = Text("", "")


def check_ending(output: Path | None, *suffixes: str, hint: Text = _NO_HINT) -> None:
    """Refuse a file given with `-o` whose name has none of these suffixes, such as `.docx`.

    `hint` says how the other kind is had, each language with its own stop before it.

    Raises:
        UsageError: it has another suffix, or none.
    """
    if output is not None and output.suffix.lower() not in suffixes:
        raise click.UsageError(
            f"-o 只能是 {' 或 '.join(suffixes)}{hint.zh} / -o must end in {' or '.join(suffixes)}{hint.en}"
        )
