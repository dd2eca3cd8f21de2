"""`ssj-core run --dry-run`: what a draw would seal and how many it would take; nothing is drawn or written."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from attrs import define, field

from ssj_cli.exit_codes import ExitCode, code_of
from ssj_cli.left_out import show_left_out
from ssj_cli.say import Voice
from ssj_core.forecast import forecast, words
from ssj_core.misspelt import without_anybody
from ssj_core.office import Office
from ssj_core.opening import OpenRosters
from ssj_core.problems import PluginError, RefusedError, SsjError
from ssj_core.ratios import format_ratio
from ssj_core.remarks import remarks
from ssj_core.rules.effective import SealedClass
from ssj_core.sealed import Sealed
from ssj_core.staffing import check_staffing
from ssj_core.tables import SUBJECT
from ssj_core.text import Text, quoted

_ROUNDING: Final = {
    "up": Text("进一", "up"),
    "down": Text("舍去", "down"),
    "half-up": Text("四舍五入", "half up"),
}


@define
class Trials:
    """The batches tried one after another: one that could not be drawn is told, and the next one is tried all the same.

    `failed` are those, by id, each with its error.
    """

    voice: Voice
    office: Office
    failed: dict[str, SsjError] = field(factory=dict)

    def show(self, name: str, title: str, sealed: Callable[[], Sealed], rosters: OpenRosters | None = None) -> None:
        """One batch, as it would be sealed or, without `rosters`, as it was.

        Raises:
            PluginError: every batch would fail as this one did.
        """
        try:
            self._show(sealed(), rosters)
        except PluginError:
            raise
        except SsjError as error:
            told = [one.problems for one in self.failed.values()]
            self.failed[name] = error
            self.voice.say()
            if error.problems in told:
                self.voice.say(
                    f"【{name}】{title}（试算）：和上面一样，不能抽取",
                    f"[{name}] {quoted(title)} (trial): cannot be drawn, as above",
                )
                return
            self.voice.say(f"【{name}】{title}（试算）：不能抽取", f"[{name}] {quoted(title)} (trial): cannot be drawn")
            self.voice.problems(error.problems)

    def end(self) -> ExitCode:
        """The last lines, so that nobody takes a trial for a draw; the gravest code of those that failed."""
        self.voice.say()
        if self.failed:
            names = list(self.failed)
            self.voice.say(f"照现在这样不能抽取的：{'、'.join(names)}", f"cannot be drawn as it is: {', '.join(names)}")
        self.voice.say(
            "以上是试算：没有抽取，什么也没有写。", "This was a trial: nothing was drawn, nothing was written."
        )
        proofs = [p for error in self.failed.values() if isinstance(error, RefusedError) for p in error.certificates]
        if proofs:
            self.voice.result(bottlenecks=proofs)
        return max(map(code_of, self.failed.values()), default=ExitCode.OK)

    def _show(self, sealed: Sealed, rosters: OpenRosters | None) -> None:
        officers, subjects = (rosters.officers, rosters.subjects) if rosters else ((), ())
        found = remarks(sealed, officers, subjects, self.office)
        self.voice.problems(found)
        _show_quotas(self.voice, sealed, without_anybody(self.office, sealed))
        show_left_out(self.voice, sealed.excluded)
        if refused := _refusal(sealed) if rosters else None:
            self.failed[sealed.rules.draw_id] = refused
        _show_teams(self.voice, sealed, refused)


def _refusal(sealed: Sealed) -> RefusedError | None:
    """What sealing it would be refused with."""
    try:
        check_staffing(sealed)
    except RefusedError as error:
        return error
    return None


def _show_quotas(voice: Voice, sealed: Sealed, empty: tuple[str, ...]) -> None:
    """How many take part, how many per class and how that was rounded; `empty` are the rule's other classes."""
    rules = sealed.rules
    voice.say()
    voice.say(f"【{rules.draw_id}】{rules.title}（试算）", f"[{rules.draw_id}] {quoted(rules.title)} (trial)")
    held = Counter(s.stratum for s in sealed.subjects)
    taken = Counter({q.stratum: q.quota for q in sealed.quotas})
    out = sum(e.unit == SUBJECT for e in sealed.excluded)
    sites = len(sealed.sites)
    every = len(sealed.subjects) + out + sites
    voice.say(
        f"  抽取范围 {len(sealed.subjects)} 个对象（名录 {every} 个，不纳入 {out} 个"
        + (f"，第二步再抽的 {sites} 个）" if sites else "）"),
        f"  pool: {len(sealed.subjects)} subjects ({every} in the roster, {out} left out"
        + (f", {sites} for the second stage)" if sites else ")"),
    )
    voice.table(
        (
            Text("类别", "class"), Text("对象数", "subjects"), Text("比例", "ratio"), Text("应为", "exactly"),
            Text("取整", "rounded"), Text("应抽数", "quota"), Text("怎么来的", "by"),
        ),
        [_class(voice, c, *(sum(n[s] for s in c.strata) for n in (held, taken))) for c in rules.ratio.classes],
        indent=4,
    )  # fmt: skip
    if empty:
        voice.say(
            f"    比例规则写明、这一批没有对象的类别：{'、'.join(empty)}",
            f"    classes of the ratio rule that nobody here is of: {', '.join(empty)}",
        )
    if rules.ratio.total == "shared":
        voice.say(
            "    各类合计后取整，余数给小数部分最大的类",
            "    rounded in total; the largest remainders take what is left",
        )
    if rules.ratio.coverage_first:
        fresh = sum(held[c.strata[0]] for c in rules.ratio.classes)
        voice.say(f"    今年还没抽过的 {fresh} 个先抽", f"    the {fresh} not drawn yet this year go first")


def _show_teams(voice: Voice, sealed: Sealed, refused: RefusedError | None) -> None:
    """Whether the officers suffice; if they do, who may be sent, else which places are short and what helps."""
    rules = sealed.rules
    visits = sum(q.quota for q in sealed.quotas)
    places, able = visits * rules.team.size, len(sealed.officers)
    zh, en = ("不够", "not enough") if refused else ("够用", "enough")
    voice.say(
        f"  要查 {visits} 户，每组 {rules.team.size} 人，共 {places} 人次；可派 {able} 名，{zh}",
        f"  {visits} visits by teams of {rules.team.size}, {places} places; {able} officers, {en}",
    )
    if refused:
        voice.problems(refused.problems)
    else:
        voice.page(words(sealed, forecast(sealed), beside=False))
    sources = "、".join(e.source for e in rules.entropy)
    voice.say(f"  种子取自 {sources}", f"  the seed would come from {sources}")
    voice.add(
        "trials", draw=rules.draw_id, quotas=sealed.quotas, excluded=sealed.excluded, visits=visits, places=places,
        staffed=refused is None,
    )  # fmt: skip


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
    elif c.ratio * size < c.at_least:
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
