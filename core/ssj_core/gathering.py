"""Take the entropy of what was sealed, a draw or a replacement, into the ledger; or refuse it before it counts."""

from collections.abc import Callable, Sequence

from attrs import frozen

from ssj_core.entropy.model import Evidence, Level
from ssj_core.ledger import Event
from ssj_core.problems import EntropyError, problem
from ssj_core.rules.effective import SealedEntropy
from ssj_core.stamping.token import Stamp
from ssj_core.structuring import clean_texts
from ssj_core.verify.assurance import judge, shortfall, to_come
from ssj_core.verify.beside import Circumstances
from ssj_core.workspace import Workspace, evidence_data


@frozen(kw_only=True)
class Pending:
    """What waits for its entropy: id, commitment, sources in their order, the level below which nothing is drawn.

    `stamp` finds the time stamp of the commitment, or refuses to go on without; None for a replacement, which has none.
    """

    id: str
    commitment: str
    entropy: tuple[SealedEntropy, ...]
    assurance: Level | None
    sealed_at: str
    stamp: Callable[[], Stamp] | None = None


def take_entropy(
    workspace: Workspace, pending: Pending, collect: Callable[[], Sequence[Evidence]], clock: Callable[[], str]
) -> Event:
    """The entropy event of what is pending: the one in the ledger, or a new one from `collect`.

    Raises:
        EntropyError: it lay before the sealing or is still to come, is too little, or below the required level; or a
        required time stamp is missing. InputError: the time stamp does not hold. Nothing was written then.
    """
    taken = workspace.ledger().find("entropy", pending.id)
    if taken is not None:
        return taken
    stamp = pending.stamp() if pending.stamp is not None else None
    evidence = tuple(collect())
    for one in evidence:
        clean_texts([one.source, one.canonical, one.who, one.where, one.when], pending.id)
    now = clock()
    for one in evidence:
        if later := to_come(one, now):
            raise EntropyError([problem("SSJ-E017", field=pending.id, value=later, now=now)])
    pairs = [(e, s.appointed) for e, s in zip(evidence, pending.entropy, strict=True)]
    stamped = stamp.time if stamp is not None else None
    beside = Circumstances(stamped=stamped, drawn_at=now, in_ledger=True, stampable=stamp is not None)
    verdict = judge(pairs, pending.sealed_at, beside)
    if verdict.early:
        raise EntropyError([problem("SSJ-E016", field=pending.id, value=pending.sealed_at)])
    if lacking := shortfall(verdict, pending.assurance):
        raise EntropyError(lacking)
    data = {"commitment": pending.commitment, "evidence": evidence_data(evidence)}
    return workspace.append("entropy", pending.id, now, data)
