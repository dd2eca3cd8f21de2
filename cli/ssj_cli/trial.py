"""`ssj-core run --dry-run`: what a draw would seal and how many it would take; nothing is drawn or written."""

from collections import Counter
from fractions import Fraction
from typing import Final

from ssj_cli.say import Voice
from ssj_core.forecast import forecast, words
from ssj_core.opening import OpenRosters
from ssj_core.ratios import format_ratio
from ssj_core.remarks import remarks
from ssj_core.rules.effective import SealedClass
from ssj_core.sealed import Sealed
from ssj_core.text import Text

_ROUNDING: Final = {
    "up": Text("进一", "up"),
    "down": Text("舍去", "down"),
    "half-up": Text("四舍五入", "half up"),
}


def show_trial(voice: Voice, sealed: Sealed, rosters: OpenRosters | None = None) -> None:
    """One batch: who takes part, who does not and why, how many per class and how that was rounded."""
    rules = sealed.rules
    voice.problems(remarks(sealed, rosters.officers, rosters.subjects) if rosters else remarks(sealed))
    voice.say()
    voice.say(f"【{rules.draw_id}】{rules.title}（试算）", f"[{rules.draw_id}] {rules.title} (trial)")
    voice.say(f"  抽取范围 {len(sealed.subjects)} 个对象", f"  pool: {len(sealed.subjects)} subjects")
    held = Counter(s.stratum for s in sealed.subjects)
    taken = Counter({q.stratum: q.quota for q in sealed.quotas})
    voice.table(
        (
            Text("类别", "class"), Text("对象数", "subjects"), Text("比例", "ratio"), Text("应为", "exactly"),
            Text("取整", "rounded"), Text("应抽数", "quota"), Text("怎么来的", "by"),
        ),
        [_class(voice, c, *(sum(n[s] for s in c.strata) for n in (held, taken))) for c in rules.ratio.classes],
        indent=4,
    )  # fmt: skip
    if rules.ratio.total == "shared":
        voice.say(
            "    各类合计后取整，余数给小数部分最大的类",
            "    rounded in total; the largest remainders take what is left",
        )
    if rules.ratio.coverage_first:
        fresh = sum(held[c.strata[0]] for c in rules.ratio.classes)
        voice.say(f"    今年还没抽过的 {fresh} 个先抽", f"    the {fresh} not drawn yet this year go first")
    _excluded(voice, sealed)
    visits = sum(taken.values())
    places = visits * rules.team.size
    voice.say(
        f"  要查 {visits} 户，每组 {rules.team.size} 人，共 {places} 人次；可派 {len(sealed.officers)} 名，够用",
        f"  {visits} visits by teams of {rules.team.size}, {places} places; {len(sealed.officers)} officers, enough",
    )
    voice.page(words(sealed, forecast(sealed), beside=False))
    sources = "、".join(e.source for e in rules.entropy)
    voice.say(f"  种子取自 {sources}", f"  the seed would come from {sources}")
    voice.add(
        "trials", draw=rules.draw_id, quotas=sealed.quotas, excluded=sealed.excluded, visits=visits, places=places
    )


def say_trial(voice: Voice) -> None:
    """The last line, so that nobody takes a trial for a draw."""
    voice.say()
    voice.say("以上是试算：没有抽取，什么也没有写。", "This was a trial: nothing was drawn, nothing was written.")


def _class(voice: Voice, c: SealedClass, size: int, quota: int) -> tuple[str, ...]:
    ratio, exact = format_ratio(c.ratio), _exactly(c.ratio * size)
    if size < c.small_below:
        why = Text(f"不足 {c.small_below} 个", f"fewer than {c.small_below}")
        if c.small_take == "all":
            why = Text(f"{why.zh}，全抽", f"{why.en}: all")
        elif c.small_take == "none":
            why = Text(f"{why.zh}，不抽", f"{why.en}: none")
        else:
            why = Text(f"{why.zh}，抽 {c.small_take} 个", f"{why.en}: {c.small_take}")
    elif c.at_least and quota <= c.at_least and c.ratio * size < c.at_least:
        why = Text(f"至少 {c.at_least} 个", f"at least {c.at_least}")
    else:
        why = Text("按比例", "by ratio")
    return c.id, str(size), ratio, exact, _ROUNDING[c.rounding](voice.lang), str(quota), why(voice.lang)


def _exactly(value: Fraction) -> str:
    """An exact number as a short decimal, else as a fraction."""
    scaled = value * 1000
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(int(scaled), 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _excluded(voice: Voice, sealed: Sealed) -> None:
    """Everybody who is left out, counted by reason; the list itself is part of what is sealed."""
    counted = Counter((e.unit, e.reason, e.rule) for e in sealed.excluded)
    if not counted:
        return
    voice.say(f"  不纳入 {len(sealed.excluded)}：", f"  excluded {len(sealed.excluded)}:")
    voice.table(
        (Text("类别", "kind"), Text("原因", "reason"), Text("规则", "rule"), Text("数量", "number")),
        [
            (unit, reason, rule, str(n))
            for (unit, reason, rule), n in sorted(counted.items(), key=lambda i: (-i[1], i[0]))
        ],
        indent=4,
    )
