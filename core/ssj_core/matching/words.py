"""A bottleneck in words an office understands, and the smallest remedies (SPEC §8.5)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.text import Lang, Text

SHOWN: Final = 12
"""Longer lists are cut after so many; the record holds them whole."""

IDS: Final[Mapping[str, str]] = MappingProxyType({})
"""No display names: ids are shown as they are."""


def words(bottleneck: Bottleneck, names: Mapping[str, str] = IDS) -> Text:
    """Say what is blocked, by whom, and how many are missing; `names` gives display names for ids."""
    places, exclusions = _places(bottleneck, names), _exclusions(bottleneck, names)
    capacity, missing = bottleneck.capacity, bottleneck.missing
    if not bottleneck.officers:
        return Text(
            f"{places.zh}无人可派，缺 {missing} 席。{exclusions.zh}",
            f"nobody may fill {places.en}; missing: {missing}.{exclusions.en}",
        )
    shares = [(_name(o.id, names), o.share) for o in bottleneck.officers]
    zh = listed([f"{name}（至多 {share} 席）" for name, share in shares], "zh")
    en = listed([f"{name} (at most {share})" for name, share in shares], "en")
    return Text(
        f"{places.zh}只能由 {zh} 承担，合计至多 {capacity} 席，缺 {missing} 席。{exclusions.zh}",
        f"{places.en} can only be filled by {en}, together at most {capacity}; missing: {missing}.{exclusions.en}",
    )


def remedies(bottleneck: Bottleneck, names: Mapping[str, str] = IDS) -> tuple[Text, ...]:
    """Return the smallest remedies: each, taken once, makes the number of missing places smaller by one at least.

    To lift a recusal is not among them: that is for the law to say.
    """
    found: list[Text] = []
    busy = [_name(o.id, names) for o in bottleneck.officers if o.cap < o.visits]
    if busy:
        zh, en = _either(busy)
        found.append(Text(f"把 {zh} 的上限提高 1", f"raise the limit of {en} by 1"))
    zh, en = _either(sorted({place.klass for place in bottleneck.places}))
    found.append(Text(f"增加 1 名无需回避的 {zh} 人员", f"add one officer of class {en} who is not excluded"))
    zh, en = _either(_visits(bottleneck, names))
    found.append(Text(f"登记理由后撤下 {zh}", f"drop {en}, with a recorded reason"))
    return tuple(found)


def all_remedies(bottleneck: Bottleneck, names: Mapping[str, str] = IDS) -> Text:
    """Return the remedies as one sentence that says how many are needed."""
    found, missing = remedies(bottleneck, names), bottleneck.missing
    zh, en = "任选其一即可：", "any one of these suffices: "
    if missing > 1:
        zh, en = f"每一项可补 1 席，共缺 {missing} 席：", f"each of these gives one of the {missing} missing places: "
    return Text(zh + "；".join(text.zh for text in found), en + "; ".join(text.en for text in found))


def _places(bottleneck: Bottleneck, names: Mapping[str, str]) -> Text:
    """Name the places by their role and visits; if the roles differ, each with its own."""
    roles, size = {place.role for place in bottleneck.places}, len(bottleneck.places)
    if len(roles) == 1:
        visits, role = _visits(bottleneck, names), f"“{roles.pop()}”"
    else:
        visits, role = [f"{_name(p.visit, names)} {p.number} {p.role}" for p in bottleneck.places], ""
    kind = " ".join(filter(None, [str(size), role, "place" if size == 1 else "places"]))
    return Text(f"{size} 个{role}席位（{listed(visits, 'zh')}）", f"{kind} ({listed(visits, 'en')})")


def _exclusions(bottleneck: Bottleneck, names: Mapping[str, str]) -> Text:
    if not bottleneck.exclusions:
        return Text("", "")
    rows = [(_name(e.visit, names), _name(e.officer, names), e.reason) for e in bottleneck.exclusions]
    zh = listed([f"{visit} 不派 {officer}（{reason}）" for visit, officer, reason in rows], "zh")
    en = listed([f"{officer} not to {visit} ({reason})" for visit, officer, reason in rows], "en")
    return Text(f"有关的回避和排除：{zh}。", f" Exclusions that bear on it: {en}.")


def _visits(bottleneck: Bottleneck, names: Mapping[str, str]) -> list[str]:
    return [_name(visit, names) for visit in dict.fromkeys(place.visit for place in bottleneck.places)]


def _name(ident: str, names: Mapping[str, str]) -> str:
    return names.get(ident, ident)


def _either(items: Iterable[str]) -> tuple[str, str]:
    """Return `items`, one of which is to be chosen, in Chinese and English."""
    every = list(items)
    if len(every) == 1:
        return every[0], every[0]
    return f"{listed(every, 'zh')} 之一", f"one of {listed(every, 'en')}"


def listed(items: list[str], lang: Lang) -> str:
    """Return the items as a list in a sentence, cut after `SHOWN`."""
    shown = ("、" if lang == "zh" else ", ").join(items[:SHOWN])
    if len(items) <= SHOWN:
        return shown
    return f"{shown}等 {len(items)} 个" if lang == "zh" else f"{shown} and {len(items) - SHOWN} more"
