"""Moments as a room in China reads them; what is recorded keeps its own form (SPEC §6.1)."""

from ssj_core.entropy.grammar import moment
from ssj_core.text import Text


def beijing_time(text: str) -> Text:
    """A moment by the clocks of Beijing, to the second; as it stands where it is none."""
    told = moment(text)
    if told is None:
        return Text(text, text)
    return Text(f"北京时间 {told:%Y-%m-%d %H:%M:%S}", f"{told:%Y-%m-%d %H:%M:%S} UTC+8")
