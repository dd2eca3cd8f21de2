"""The reason why somebody was passed over, in words an officer understands (SPEC §8.7)."""

from collections.abc import Mapping

from ssj_core.matching.reasons import Reason, Seat
from ssj_core.matching.words import IDS, listed
from ssj_core.text import Text


def because(reason: Reason, names: Mapping[str, str] = IDS) -> Text:
    """Say why the officer drawn did not get the place; `names` gives display names for ids."""
    officer = names.get(reason.officer, reason.officer)
    seats, shares = _seats(reason.seats, names), _shares(reason, names)
    if reason.kind == "even":
        return Text(
            f"再给{officer}一席，负担就不是最均匀：能接手的{shares.zh}都已经不能再多",
            f"with {officer} here the loads would no longer be the most even: none of {shares.en} can have one more",
        )
    if reason.kind == "least":
        return Text(
            f"{shares.zh}合计还须得到 {reason.needed} 席才到公平区间的下限，"
            f"除这一席外能轮到的只有 {reason.there} 席{seats.zh}，给了{officer}就不够",
            f"{shares.en} must still get {reason.needed} places to reach their fair minimum; but for this one only"
            f" {reason.there} can come to them{seats.en}",
        )
    if not reason.seats:
        return Text(f"{officer}的席位已到公平区间的上限", f"{officer} has all the places of the fair range already")
    return Text(
        f"还有 {len(reason.seats)} 席{seats.zh}只能由{shares.zh}承担，合计至多再承担 {reason.there} 席；"
        f"这一席再给{officer}，就缺 {reason.needed - reason.there} 席",
        f"{len(reason.seats)} places left{seats.en} can only be filled by {shares.en}, together at most {reason.there};"
        f" with {officer} here {reason.needed - reason.there} would be missing",
    )


def _seats(seats: tuple[Seat, ...], names: Mapping[str, str]) -> Text:
    if not seats:
        return Text("", "")
    every = [(names.get(seat.visit, seat.visit), seat.number) for seat in seats]
    zh, en = (
        listed([f"{visit} 第 {number} 席" for visit, number in every], "zh"),
        listed([f"place {number} of {visit}" for visit, number in every], "en"),
    )
    return Text(f"（{zh}）", f" ({en})")


def _shares(reason: Reason, names: Mapping[str, str]) -> Text:
    every = [(names.get(share.officer, share.officer), share.places) for share in reason.shares]
    return Text(
        listed([f"{name}（{places} 席）" for name, places in every], "zh"),
        listed([f"{name} ({places})" for name, places in every], "en"),
    )
