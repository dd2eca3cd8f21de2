"""The clock of whoever runs the programme; what it says is a remark in ledger and record."""

from datetime import datetime


def today() -> datetime:
    """Now, with the zone of this computer."""
    return datetime.now().astimezone()


def now() -> str:
    """Now as the ledger writes it."""
    return today().isoformat(timespec="seconds")
