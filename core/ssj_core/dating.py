"""Since when a sealed rule is another: by the days of the rule or of its ruleset, or in words why there is no day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import frozen

from ssj_core.comparing import Unlike, told
from ssj_core.text import Text

_DAY: Final = timedelta(days=1)
_ABSENT: Final = told(None)
_OF_PLAN: Final = frozenset(
    {"bureau", "plan", "document_no", "batch", "year", "start", "end", "assurance", "signers", "stamp", "replacement"}
)
"""Keys of `rules.toml` that come from the plan; all without days of their own but these come from the ruleset."""
_DATED: Final = frozenset({"ratio", "weights", "stated", "checklists", "results"})
"""Keys that hold rules with days of their own, but for what the ruleset says there itself."""
OWN_OF_RULESET: Final = {
    "ratio": frozenset({"rule", "coverage_first", "reserve", "strata"}),
    "weights": frozenset({"rule"}),
    "results": frozenset({"table", "entry_working_days", "published", "basis"}),
}
"""What the ruleset says in the table of a rule."""
_SELECTED: Final = {"ratio": "rule", "weights": "rule", "results": "table"}
"""By this key the ruleset says which rule it is."""
_WITHIN: Final = "ratio classes"
"""Tables within an interval: one that is gone does not end it."""


@frozen(kw_only=True)
class Differing:
    """A value that is another now. `since` is the first day of the new one; `why` says what gives it, or why none does.

    `old` and `new` are texts, — for nothing, as in `comparing.Unlike`.
    """

    rule: str
    key: str
    old: str
    new: str
    since: date | None
    why: Text


@frozen(kw_only=True)
class Came:
    """A plugin of then and of now, each as name, version and digest in one text; equal where nothing was changed."""

    then: Text
    now: Text


@frozen(kw_only=True)
class Sides:
    """The rules of then and of now as `rules.toml` has them, and what became of the plugins, by id."""

    then: Mapping[str, Any]
    now: Mapping[str, Any]
    plugins: Mapping[str, Came]


def since_when(one: Unlike, sides: Sides) -> Differing:
    """One difference, with the day from which the new value holds."""
    day, why = _when(one, sides)
    return Differing(rule=one.rule, key=one.key, old=one.old, new=one.new, since=day, why=why)


def _when(one: Unlike, sides: Sides) -> tuple[date | None, Text]:
    place = [part for part in (one.rule + " " + one.key).split() if part]
    top, last = place[0], place[-1]
    if top in _OF_PLAN:
        return None, Text("计划里写的，没有生效日", "it stands in the plan, which gives it no day")
    if top in ("eligibility", "recusal") and one.new == _ABSENT:
        return _removed(place[1], sides)
    if top not in _DATED or last in OWN_OF_RULESET.get(top, ()) or _exchanged(top, sides) or _sector(top, place):
        return _of_ruleset(sides)
    return _of_rule(one, _owner(top, place, sides), sides)


def _exchanged(top: str, sides: Sides) -> bool:
    """Whether the ruleset names another rule than it did, so that all that rule says is the ruleset's doing."""
    if top not in _SELECTED:
        return False
    named = [(side.get(top) or {}).get(_SELECTED[top]) for side in (sides.then, sides.now)]
    return named[0] != named[1]


def _sector(top: str, place: list[str]) -> bool:
    """Whether it is a whole checklist: which ones there are, the ruleset says."""
    return top == "checklists" and len(place) == len(("checklists", "sector"))


def _owner(top: str, place: list[str], sides: Sides) -> str:
    """The plugin of a rule: what stands before the first dot of its id."""
    name = place[1] if top in ("stated", "checklists") else str(sides.now[top][_SELECTED[top]])
    return name.partition(".")[0].rstrip("*")


def _removed(rule: str, sides: Sides) -> tuple[date | None, Text]:
    """A rule that is no longer asked: the day after its last, if it had one, else that of the ruleset without it."""
    stated: Mapping[str, Any] = next((s for s in sides.then.get("stated", ()) if s["id"] == rule.rstrip("*")), {})
    if last := stated.get("until"):
        return last + _DAY, Text(f"封存时的 {rule} 到 {last} 为止", f"{rule}, as it was sealed, ended on {last}")
    return _of_ruleset(sides)


def _of_ruleset(sides: Sides) -> tuple[date | None, Text]:
    """Of what the ruleset says: the day from which it holds, if that is another than it was."""
    then, now = sides.then, sides.now
    name, begins, began = now["ruleset"], now["ruleset_since"], then.get("ruleset_since")
    if then["ruleset"] != name:
        return begins, Text(f"改用规则集 {name}，自这一天起施行", f"another ruleset, {name}, in force since that day")
    if then["policy"] != now["policy"]:
        en = "the plan selects another batch of the ruleset, which gives it no day"
        return None, Text("计划选了规则集的另一个批次，没有生效日", en)
    whence = came_with(name.partition(".")[0], sides)
    if began is None:
        zh = f"封存的记录没有写规则集 {name} 当时的生效日（现在：{begins} 起），改动没有日期"
        en = f"the record does not say since when {name} held then (now: {begins}): the change has no day"
        return None, joined(Text(zh, en), whence)
    if began != begins:
        zh = f"规则集 {name} 现在自这一天起施行，封存时自 {began} 起"
        return begins, Text(zh, f"the ruleset {name} holds since that day, when sealed it held since {began}")
    zh = f"规则集 {name} 没有改生效日（{begins} 起），改动没有日期"
    return None, joined(Text(zh, f"the ruleset {name} still holds since {begins}: the change has no day"), whence)


def _of_rule(one: Unlike, owner: str, sides: Sides) -> tuple[date | None, Text]:
    """Of a rule with days of its own: whether it is gone, has another interval, or was edited within its own."""
    gone = one.new == _ABSENT and not one.key and not one.rule.startswith(_WITHIN)
    whence = came_with(owner, sides)
    if gone and one.old_until is not None:
        last = one.old_until
        return last + _DAY, Text(f"封存时的规则到 {last} 为止", f"the rule, as it was sealed, ended on {last}")
    if gone:
        nowhere = Text("现在没有这一条，也没有写到哪一天为止", "it is gone, and nothing says since when")
        return None, joined(nowhere, whence)
    if one.since is None:
        return None, joined(Text("这一条没有写生效日", "nothing says since when it holds"), whence)
    if one.old_since is None:
        return one.since, Text("现行的规定自这一天起施行", "what holds now is in force since that day")
    if one.since != one.old_since:
        zh = f"规则从这一天起另有一段，封存时的一段自 {one.old_since} 起"
        return one.since, Text(zh, f"the rule has an interval from that day; the sealed one began on {one.old_since}")
    zh = f"施行期没有改（{one.since} 起），规则在原处改写，改动没有日期"
    return None, joined(Text(zh, f"edited within its interval (since {one.since}): the change has no day"), whence)


def came_with(plugin: str, sides: Sides) -> Text:
    """With which change of a plugin it came in."""
    came = sides.plugins.get(plugin)
    if came is None or came.then == came.now:
        en = f"the plugin {plugin} is that of the sealing: it did not come with it"
        return Text(f"插件 {plugin} 与封存时相同，不是随它而来", en)
    zh = f"随插件 {plugin} 而来：{came.then.zh} → {came.now.zh}"
    return Text(zh, f"it came with plugin {plugin}: {came.then.en} → {came.now.en}")


def joined(why: Text, whence: Text) -> Text:
    """Both in one sentence."""
    return Text(f"{why.zh}；{whence.zh}", f"{why.en}; {whence.en}")
