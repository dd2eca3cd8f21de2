"""Compare the sealed rules with the plan that was published: the plan is read, not only hashed."""

from collections.abc import Iterable, Iterator

from ssj_core.entropy.named import other_events
from ssj_core.ledger import split_draw
from ssj_core.plan import Plan
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import PLAN_FILE, RULES_FILE, Sealed
from ssj_core.signing import Signer
from ssj_core.structuring import load_toml, shown
from ssj_core.verify.reading import newer, refused


def differences(sealed: Sealed) -> tuple[Problem, ...]:
    """What `rules.toml` says otherwise than `plan.toml`; a plan that cannot be read is one."""
    if later := newer(sealed.plan, PLAN_FILE):
        return later
    try:
        plan = load_toml(sealed.plan, Plan, PLAN_FILE)
    except InputError as error:
        return refused(error, sealed.plan)
    return tuple(
        problem("SSJ-V050", file=RULES_FILE, field=name, value=_told(rules_say), plan=_told(plan_says))
        for name, plan_says, rules_say in _compared(plan, sealed.rules)
        if plan_says != rules_say
    )


def _told(value: object) -> str:
    return shown(", ".join(map(str, value)) if isinstance(value, list) else "—" if value in (None, "") else value)


def _compared(plan: Plan, rules: EffectiveRules) -> Iterator[tuple[str, object, object]]:
    yield "title", plan.title, rules.plan
    yield "bureau", plan.bureau, rules.bureau
    yield "document_no", plan.document_no, rules.document_no
    yield "year", plan.year, rules.year
    yield "ruleset", plan.ruleset, rules.ruleset
    yield "assurance", plan.assurance, rules.assurance
    yield "signers", _named(plan.signers), _named(rules.signers)
    lists = sum(pin.role == "inspections" for pin in rules.rosters)
    yield "rosters.inspections", int(plan.rosters.inspections is not None), lists
    yield "stamp", plan.stamp is not None, bool(rules.stamp)
    yield "draw_id", f"{plan.id}-{rules.batch}", split_draw(rules.draw_id)[0]
    batch = next((b for b in plan.batch if b.id == rules.batch), None)
    yield "batch", rules.batch if batch else None, rules.batch
    if batch is not None:
        yield "policy", batch.policy, rules.policy
        yield "start", batch.start, rules.start
        yield "end", batch.end, rules.end
        yield "replacement", batch.replacement or plan.replacement, rules.replacement
        uses = batch.entropy or plan.entropy
        for n, (use, sealed) in enumerate(zip(uses, rules.entropy, strict=False), start=1):
            for name, planned, appointed in other_events(use.source, use.params, sealed.appointed):
                yield f"entropy[{n}].appointed.{name}", planned, appointed
        yield "entropy", [u.source for u in uses], [e.source for e in rules.entropy]


def _named(signers: Iterable[Signer]) -> str:
    return ", ".join(f"{s.name} {s.key}" for s in signers)
