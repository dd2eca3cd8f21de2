"""Where in the files of a plugin a value stands: what messages name, so that the office opens the right file."""

from functools import cached_property

from attrs import field, frozen

from ssj_core.tomlpos import Path, line_of, positions


@frozen(slots=False)
class Place:
    """A file as messages name it, and its text; without a text it is code, of which no lines are known."""

    file: str
    text: str = field(default="", repr=False)

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return positions(self.text)

    def row(self, *path: str | int) -> int | None:
        """The line of a key, or of the nearest table around it; the text is gone through when first asked."""
        return line_of(self._lines, path) if self.text else None


NOWHERE = Place("")
"""The place of a value that nobody wrote into a file."""
