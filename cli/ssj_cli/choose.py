"""Which batches of a plan a command is about."""

from ssj_core.office import Office
from ssj_core.plan import Batch
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem


def chosen_batches(office: Office, wanted: tuple[str, ...]) -> list[Batch]:
    """The batches named, or all, in the order of their days; raises `InputError` for one the plan does not have."""
    known = {b.id: b for b in office.plan.batch}
    unknown = [w for w in wanted if w not in known]
    if unknown:
        raise InputError(
            [
                problem("SSJ-P026", file=office.plan_file, value=w, known=listed(known), **nearest(w, known))
                for w in unknown
            ]
        )
    batches = [known[w] for w in dict.fromkeys(wanted)] if wanted else list(office.plan.batch)
    return sorted(batches, key=lambda b: b.start)  # stable: the plan's order where days are equal
