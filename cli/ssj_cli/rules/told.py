"""What the ratio, the teams and the days of a rule say, in a line each."""

from collections.abc import Iterable

from ssj_core.limits import said
from ssj_core.ratios import format_ratio
from ssj_core.rules.effective import SealedClass, SealedPlace, SealedTeam
from ssj_core.rules.model import ANY_CLASS
from ssj_core.rules.timeline import Dated, ends
from ssj_core.text import Text, quoted

NEVER_SAID = Text("", "")
_BOUND = {"min": Text("不低于", "at least"), "max": Text("不超过", "at most"), "exact": Text("", "")}
_ROUNDING = {
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
    "half-up": Text("四舍五入", "rounded half up"),
}
_OFFICERS = {
    "any": Text("全局抽人", "from any section"),
    "own-section": Text("本股室抽人", "from the subject's own section"),
    "joint": Text(
        "联合：主办出自牵头股室，协办出自其他股室", "joint: the lead from one section, the others from others"
    ),
}


def team_told(team: SealedTeam) -> Text:
    """How many make a team, from where each comes, and what limits their visits."""
    limits = [said(one) for one in team.limits]
    made = _teams(team)
    return Text("\n".join([made.zh, *(t.zh for t in limits)]), "\n".join([made.en, *(t.en for t in limits)]))


def _teams(team: SealedTeam) -> Text:
    if team.places:
        zh = [f"{p.role}：{_whence(p).zh}" + "".join(f"，{need}" for need in p.needs) for p in team.places]
        en = [
            f"{quoted(p.role)}: {_whence(p).en}" + "".join(f", {quoted(need)}" for need in p.needs) for p in team.places
        ]
        return Text("\n".join([f"{team.size} 人", *zh]), "\n".join([f"{team.size} officers", *en]))
    lead, lead_en = (f"（{team.lead_section}）", f" ({team.lead_section})") if team.lead_section else ("", "")
    whence = _OFFICERS[team.officers]
    return Text(f"{team.size} 人，{whence.zh}{lead}", f"{team.size} officers, {whence.en}{lead_en}")


def _whence(place: SealedPlace) -> Text:
    if place.own_section:
        return _OFFICERS["own-section"]
    if place.other_than:
        named = "、".join(place.other_than)
        return Text(f"{named}以外的股室", f"any section but {quoted(named)}")
    named = "、".join(place.sections)
    return Text(named, quoted(named)) if named else _OFFICERS["any"]


def days_told(rule: object, since: object) -> Text:
    """From when to when a sealed rule holds, and up to when it was reviewed; nothing where it does not say."""
    if since is None:
        return NEVER_SAID
    days: Iterable[Dated] = [rule]  # type: ignore[list-item]
    told, reviewed = ends(days), getattr(rule, "reviewed_until", None)
    return told if reviewed is None else Text(f"{told.zh}；核对至 {reviewed}", f"{told.en}; reviewed until {reviewed}")


def class_told(one: SealedClass, *, alone: bool) -> Text:
    """A class with its ratio, its rounding, and what is done where it is small; `*` beside others is every other."""
    zh, en = (
        [_BOUND[one.bound].zh + format_ratio(one.ratio), _ROUNDING[one.rounding].zh],
        [
            f"{_BOUND[one.bound].en} {format_ratio(one.ratio)}".strip(),
            _ROUNDING[one.rounding].en,
        ],
    )
    if one.at_least:
        zh.append(f"至少 {one.at_least} 个")
        en.append(f"{one.at_least} or more")
    if one.small_below:
        take = {"all": Text("全部", "all"), "none": Text("不抽", "none")}.get(str(one.small_take))
        take = take or Text(f"抽 {one.small_take} 个", str(one.small_take))
        zh.append(f"少于 {one.small_below} 个时{take.zh}")
        en.append(f"of fewer than {one.small_below}: {take.en}")
    every = Text("各类", "each class") if alone else Text("其余各类", "every other class")
    name = every if one.id == ANY_CLASS else Text(one.id, quoted(one.id))
    return Text(f"{name.zh}：{'，'.join(zh)}", f"{name.en}: {', '.join(en)}")


def plain(value: object) -> str:
    """A parameter as a TOML file writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
