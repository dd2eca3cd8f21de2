"""The future event that was sealed for a source, in words."""

from ssj_core.entropy.lottery import GAMES
from ssj_core.entropy.reveal import parties_of
from ssj_core.entropy.told import beijing_time
from ssj_core.rules.effective import SealedEntropy
from ssj_core.text import Text


def event(use: SealedEntropy) -> Text:
    """What was appointed; empty for a source without events."""
    told = use.appointed
    if use.source in {game.id for game in GAMES}:
        day = told.get("date", "")
        return Text(
            f"第 {told.get('issue', '')} 期" + (f"，{day} 开奖" if day else ""),
            f"issue {told.get('issue', '')}" + (f", drawn on {day}" if day else ""),
        )
    if use.source == "reveal":
        parties = parties_of(told)
        return Text(
            f"{'、'.join(parties)}，截止 {beijing_time(told.get('deadline', '')).zh}",
            f"{', '.join(parties)}; until {beijing_time(told.get('deadline', '')).en}",
        )
    time = beijing_time(told.get("time", ""))
    if use.source == "drand":
        return Text(
            f"{told.get('network', '')} 网络第 {told.get('round', '')} 轮，{time.zh}",
            f"network {told.get('network', '')}, round {told.get('round', '')}, {time.en}",
        )
    if use.source == "nist" and "pulse" in told:
        return Text(
            f"第 {told.get('chain', '')} 链第 {told['pulse']} 号脉冲",
            f"chain {told.get('chain', '')}, pulse {told['pulse']}",
        )
    if use.source == "nist":
        return Text(
            f"第 {told.get('chain', '')} 链 {time.zh} 的脉冲", f"chain {told.get('chain', '')}, pulse of {time.en}"
        )
    pairs = [f"{name} {value}" for name, value in told.items()]
    return Text("，".join(pairs), ", ".join(pairs))
