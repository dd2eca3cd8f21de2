"""The ledger beside a draw: a draw lies in `draws/` of a working folder, whose ledger's head is printed with it."""

from pathlib import Path

from ssj_cli.say import Voice
from ssj_core import ledger as ledgers
from ssj_core.ledger import Ledger, LedgerError
from ssj_core.standing import numbers, replacement_id
from ssj_core.workspace import DRAWS


def ledger_beside(folder: Path) -> Ledger | None:
    """The ledger of the working folder a draw lies in; None where there is none or it does not hold."""
    path = folder.resolve()
    if path.parent.name != DRAWS:
        return None
    try:
        return ledgers.read((path.parents[1] / ledgers.FILE).read_bytes())
    except (OSError, IndexError, LedgerError):
        return None


def void_replacements(found: Ledger | None, draw: str, files: dict[str, bytes]) -> frozenset[int]:
    """Numbers of the replacements of a draw that the ledger says are void."""
    if found is None:
        return frozenset()
    return frozenset(n for n in numbers(files) if found.find("void", replacement_id(draw, n)))


def say_head(voice: Voice, found: Ledger | None) -> None:
    """The head, to be compared with one that was published or kept; nothing where there is no ledger."""
    if found is not None:
        voice.result(ledger_head=found.head)
        voice.say(f"台账头 {found.head}", f"ledger head {found.head}")
