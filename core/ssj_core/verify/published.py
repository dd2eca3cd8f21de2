"""Compare the sealed rules with the plan that was published: the plan is read, not only hashed."""

from collections.abc import Iterable, Iterator

from ssj_core.ledger import split_draw
from ssj_core.plan import Plan
from ssj_core.problems import InputError
from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import PLAN_FILE, Sealed
from ssj_core.signing import Signer
from ssj_core.structuring import load_toml
from ssj_core.text import Text


def differences(sealed: Sealed) -> tuple[Text, ...]:
    """What `rules.toml` says otherwise than `plan.toml`; a plan that cannot be read is one."""
    try:
        plan = load_toml(sealed.plan, Plan, PLAN_FILE)
    except InputError as error:
        found = error.problems[0]
        where = f"{PLAN_FILE}:{found.row}"
        return (Text(f"{where} {found.message('zh')}", f"{where} {found.message('en')}"),)
    return tuple(
        Text(
            f"计划写的是 {plan_says}，规则写的是 {rules_say}（{name}）",
            f"{name}: {plan_says} in the plan, {rules_say} sealed",
        )
        for name, plan_says, rules_say in _compared(plan, sealed.rules)
        if plan_says != rules_say
    )


def _compared(plan: Plan, rules: EffectiveRules) -> Iterator[tuple[str, object, object]]:
    yield "title", plan.title, rules.plan
    yield "bureau", plan.bureau, rules.bureau
    yield "document_no", plan.document_no, rules.document_no
    yield "year", plan.year, rules.year
    yield "ruleset", plan.ruleset, rules.ruleset
    yield "assurance", plan.assurance, rules.assurance
    yield "signers", _named(plan.signers), _named(rules.signers)
    yield "stamp", plan.stamp is not None, bool(rules.stamp)
    yield "draw_id", f"{plan.id}-{rules.batch}", split_draw(rules.draw_id)[0]
    batch = next((b for b in plan.batch if b.id == rules.batch), None)
    yield "batch", rules.batch if batch else None, rules.batch
    if batch is not None:
        yield "policy", batch.policy, rules.policy
        yield "start", batch.start, rules.start
        yield "end", batch.end, rules.end
        uses = batch.entropy or plan.entropy
        for use, sealed in zip(uses, rules.entropy, strict=False):
            for name in ("issue", "round", "pulse", "label"):
                if name in use.params and not sealed.appointed.get(name, "").endswith(use.params[name].strip()):
                    yield name, use.params[name], sealed.appointed.get(name, "")
        yield "entropy", [u.source for u in uses], [e.source for e in rules.entropy]


def _named(signers: Iterable[Signer]) -> str:
    return ", ".join(f"{s.name} {s.key}" for s in signers)
