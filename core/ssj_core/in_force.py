"""The rules of a batch as they are in force on a day, in the form in which a draw seals them, with nothing drawn."""

from datetime import date

from attrs import evolve

from ssj_core.batch_rules import checked_rules
from ssj_core.composing import sealed_team
from ssj_core.office import Office
from ssj_core.plan import Batch
from ssj_core.pool import Pool
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealing import Strata, effective_rules, sealed_weights


def rules_on(office: Office, batch: Batch, day: date) -> EffectiveRules:
    """The rules of `batch` if it began on `day`, with every class of its ratio rule: the roster says which occur.

    Raises:
        InputError: a rule has nothing in force on that day or was not reviewed up to it; the days are named.
    """
    rules = checked_rules(office, evolve(batch, start=day, end=max(day, batch.end)))
    strata = Strata(classes=tuple(rules.ratios.value.classes.items()))
    nobody = Pool(subjects=(), officers=(), excluded=(), recusals=())
    return effective_rules(
        office,
        rules,
        strata,
        sealed_weights(rules, rules.tickets.value if rules.tickets else ()),
        draw_id=f"{office.plan.id}-{batch.id}",
        rosters=(),
        entropy=(),
        team=sealed_team(office, rules, nobody, ()),
    )
