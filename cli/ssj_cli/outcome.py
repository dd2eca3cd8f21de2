"""What a draw came to, as it is shown when it is done."""

from collections import Counter

from ssj_cli.ceremony.opening import GROUP
from ssj_cli.say import Voice, typed
from ssj_core.drawing import Drawn
from ssj_core.rules.departments import by_officer
from ssj_core.tables import DRAWN, SUBJECT
from ssj_core.text import Text, quoted
from ssj_core.workspace import DRAWS, Workspace

_COLUMNS = (("分层", "stratum"), ("序号", "rank"), ("编号", "id"), ("名称", "name"), ("检查组", "team"))


def show_outcome(voice: Voice, workspace: Workspace, drawn: Drawn) -> None:
    """The draw in numbers; in a meeting room also who was drawn, the teams, and a digest to read aloud."""
    sealed, outcome, rules = drawn.sealed, drawn.outcome, drawn.sealed.rules
    voice.add(
        "draws",
        draw=rules.draw_id,
        title=rules.title,
        folder=workspace.folder / DRAWS / rules.draw_id,
        commitment=sealed.commitment.value,
        sm3=sealed.commitment.sm3,
        seed=outcome.seed,
        quotas=outcome.quotas,
        drawn=outcome.drawn,
        teams=outcome.teams,
        shares=outcome.matching.officers,
        ledger_head=drawn.head,
    )
    voice.say()
    voice.say(f"【{rules.draw_id}】{rules.title}", f"[{rules.draw_id}] {quoted(rules.title)}")
    out = sum(e.unit == SUBJECT for e in sealed.excluded)
    voice.say(
        f"  抽取范围 {len(sealed.subjects)} 个，未纳入 {out} 个；可派执法人员 {len(sealed.officers)} 名",
        f"  pool {len(sealed.subjects)}, excluded {out}; officers {len(sealed.officers)}",
    )
    voice.table(
        (Text("分层", "stratum"), Text("对象数", "subjects"), Text("应抽数", "quota")),
        [(q.stratum, str(q.size), str(q.quota)) for q in outcome.quotas],
        indent=4,
    )
    loads = [o.places for o in outcome.matching.officers]
    teams, each = len(outcome.matching.visits), _times(min(loads, default=0), max(loads, default=0))
    voice.say(
        f"  抽中 {teams} 个，检查组 {teams} 个，每名执法人员 {each.zh}",
        f"  {teams} drawn, {teams} teams, {each.en} per officer",
    )
    _ranges(voice, drawn)
    if outcome.site_draws is not None:
        visited = {row.subject for row in outcome.teams}
        sites = sum(row.outcome == DRAWN for row in outcome.site_draws if row.subject in visited)
        voice.say(
            f"  第二阶段：抽中的对象共抽出 {sites} 个项目（site_draws.csv）",
            f"  second stage: {sites} sites of those drawn (site_draws.csv)",
        )
    if voice.asks():
        _names(voice, drawn)
    voice.say(f"  承诺 {sealed.commitment.value}", f"  commitment {sealed.commitment.value}")
    voice.say(f"  国密 SM3 {sealed.commitment.sm3}", f"  SM3        {sealed.commitment.sm3}")
    voice.say(f"  种子 {outcome.seed}", f"  seed       {outcome.seed}")
    voice.say(f"  台账 {drawn.head}", f"  ledger     {drawn.head}")
    where = typed(workspace.folder / DRAWS / rules.draw_id)
    voice.say(
        f"  已写入 {where}，核验：ssj-core verify {where}", f"  written to {where}; check: ssj-core verify {where}"
    )
    if voice.asks():
        aloud = [drawn.head[n : n + GROUP] for n in range(0, len(drawn.head), GROUP)]
        voice.say(
            "  请念出台账头，请见证人记下：",
            "  Read the ledger's head aloud; witnesses write it down:",
        )
        voice.say(f"    {' '.join(aloud)}", f"    {' '.join(aloud)}")


def _ranges(voice: Voice, drawn: Drawn) -> None:
    """How many officers have which fair range: unique, the same for everybody who computes it (SPEC §8.3)."""
    ranges = Counter((o.low, o.high) for o in drawn.outcome.matching.officers)
    zh = "，".join(f"{n} 人 {_times(*span).zh}" for span, n in sorted(ranges.items()))
    en = ", ".join(f"{_times(*span).en} for {n}" for span, n in sorted(ranges.items()))
    voice.say(
        f"  公平区间：{zh}（逐人列在记录里，核验时重算）",
        f"  fair ranges: {en} (each officer's in the record, recomputed by verify)",
    )


def _times(low: int, high: int) -> Text:
    if low == high:
        return Text(f"{low} 次", f"{low} visits" if low != 1 else "1 visit")
    return Text(f"{low} 至 {high} 次", f"{low} to {high} visits")


def _names(voice: Voice, drawn: Drawn) -> None:
    """Everybody who was drawn, in the order of the tickets, with the team."""
    teams: dict[str, list[str]] = {}
    units = by_officer(drawn.sealed.rules.team)
    for row in drawn.outcome.teams:
        unit = f"（{units[row.officer]}）" if row.officer in units else ""
        teams.setdefault(row.subject, []).append(f"{row.role} {row.officer_name}{unit}")
    voice.table(
        (
            Text("分层", "stratum"),
            Text("序号", "rank"),
            Text("编号", "id"),
            Text("名称", "name"),
            Text("检查组", "team"),
        ),
        [
            (row.stratum, str(row.rank), row.id, row.name, "、".join(teams.get(row.id, ())))
            for row in drawn.outcome.drawn
            if row.outcome == DRAWN
        ],
        indent=4,
    )
