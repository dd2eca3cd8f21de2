"""Write `tests/vectors/bad/`, one file for each kind of failure: `python -m tests.vectors.generate_bad`.

The answer to each was typed in where it is made (`spoiled/`): the core must agree, else nothing is written.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.vectors.spoiled import (
    chains,
    commitments,
    entropies,
    goods,
    loads,
    outcomes,
    plans,
    records,
    replacement_ledgers,
    replacement_outcomes,
    replacements,
    seals,
    staged,
    tables,
)
from tests.vectors.spoiled.vector import Vector, check

FOLDER: Final = Path(__file__).parent / "bad"
PARTS: Final = (
    goods,
    records,
    tables,
    seals,
    staged,
    plans,
    commitments,
    entropies,
    outcomes,
    chains,
    loads,
    replacement_ledgers,
    replacement_outcomes,
    replacements,
)


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and content of every vector."""
    for part in PARTS:
        yield from part.vectors()


def build() -> dict[str, str]:
    """Text of every file by name.

    Raises:
        AssertionError: two have one name.
    """
    made: dict[str, str] = {}
    for name, vector in vectors():
        assert f"{name}.json" not in made, name
        made[f"{name}.json"] = vector.encode(name)
    return made


def main() -> None:
    """Write the files, and remove those of kinds that are no more."""
    for name, vector in vectors():
        check(name, vector)
    made = build()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
