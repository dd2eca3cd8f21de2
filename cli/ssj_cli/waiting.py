"""What is told somebody who waits at a terminal: what is being done and how far it is; there alone."""

from ssj_cli.console import visible
from ssj_cli.pulse import PULSE
from ssj_core.text import Text

_LARGE = 1 << 20


class Waiting:
    """The part of a voice that is heard while nothing else is said; an `Onlooker` of the core."""

    def step(self, zh: str, en: str) -> None:
        """What is being done, for somebody who waits at a terminal: there alone, as all that tells how far it is."""
        PULSE.step(_text(zh, en), at_once=True)

    def doing(self, text: Text) -> None:
        """As `step`, a sentence of the core."""
        self.step(text.zh, text.en)

    def busy(self, zh: str, en: str) -> None:
        """As `step`, but shown only if it lasts."""
        PULSE.step(_text(zh, en), at_once=False)

    def lasting(self, what: Text) -> None:
        """As `busy`, a sentence of the core."""
        self.busy(what.zh, what.en)

    def reading(self, file: str, size: int) -> None:
        """A file of so many bytes is read: said at once of a large one, as it may be read in one breath."""
        told = f"{size / (1 << 20):.1f} MB" if size >= _LARGE else f"{-(-size // 1024)} KB"
        PULSE.step(_text(f"正在读 {file}（{told}）……", f"reading {file} ({told}) ..."), at_once=size >= _LARGE)

    def tick(self, done: int, total: int) -> None:
        """How many rows are read."""
        PULSE.count(Text(f"已读 {done} / {total} 行", f"{done} of {total} rows read"), last=done == total)

    def tried(self, done: int, total: int) -> None:
        """How many draws with dummy seeds are made."""
        PULSE.count(Text(f"已试 {done} / {total} 次", f"{done} of {total}"), last=done == total)

    def listen(self) -> None:
        """Be still: somebody else asks, and it is not seen here when the answer is given."""
        PULSE.ask()


def _text(zh: str, en: str) -> Text:
    return Text(visible(zh), visible(en))
