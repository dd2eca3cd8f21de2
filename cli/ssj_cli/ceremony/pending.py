"""What waits for its entropy: a sealed batch, or a replacement in a draw."""

from attrs import frozen

from ssj_core.entropy.model import Level
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
