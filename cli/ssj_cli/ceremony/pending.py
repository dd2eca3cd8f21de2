"""What waits for its entropy: a sealed batch, or a replacement in a draw."""

from attrs import frozen

from ssj_core.entropy.model import Level
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacing import Registered
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed
from ssj_core.tables import SUBJECT
from ssj_core.text import Text


@frozen(kw_only=True)
class Pending:
    """A draw, or a replacement in one, that waits for its entropy: what was committed to and which sources count.

    `contents` says what lies under the commitment, to be shown in the room; `sealed_at` is its time in the ledger, and
    what lies before it is refused at once; `assurance` the level the plan requires.
    """

    draw_id: str
    batch: str
    commitment: str
    entropy: tuple[SealedEntropy, ...]
    contents: tuple[Text, ...] = ()
    sealed_at: str = ""
    assurance: Level | None = None


def pending_replacement(made: Registered) -> Pending:
    """What a registered replacement waits for."""
    event = made.event
    reason = {**SUBJECT_REASONS, **OFFICER_REASONS}[event.reason].text
    return Pending(
        draw_id=event.id,
        batch=event.id,
        commitment=made.commitment,
        entropy=event.entropy,
        contents=(
            Text(f"{event.unit} {event.name} 退出：{reason.zh}", f"{event.unit} drops out: {reason.en}"),
            Text(
                f"证明材料：{event.document}；决定人：{event.by}", f"evidence: {event.document}, decided by {event.by}"
            ),
            Text("其余检查对象和席位一概不动", "no other subject or place is touched"),
        ),
        sealed_at=made.sealed_at,
        assurance=made.pending.assurance,
    )


def pending_of(sealed: Sealed, sealed_at: str = "") -> Pending:
    """What a sealed batch waits for."""
    rules = sealed.rules
    out = sum(e.unit == SUBJECT for e in sealed.excluded)
    subjects, officers, drawn = len(sealed.subjects), len(sealed.officers), sum(q.quota for q in sealed.quotas)
    return Pending(
        draw_id=rules.draw_id,
        batch=rules.batch,
        commitment=sealed.commitment.value,
        entropy=rules.entropy,
        contents=(
            Text(f"{rules.bureau}，{rules.title}", f"batch {rules.batch}"),
            Text(
                f"检查对象 {subjects} 个，将抽 {drawn} 个；未纳入 {out} 个",
                f"{subjects} subjects, {drawn} to be drawn; {out} excluded",
            ),
            Text(f"执法检查人员 {officers} 名", f"{officers} officers"),
            Text("抽查计划、比例和排除规则，一字不改", "the plan, the ratios and the rules of exclusion, as they are"),
        ),
        sealed_at=sealed_at,
        assurance=rules.assurance,
    )
