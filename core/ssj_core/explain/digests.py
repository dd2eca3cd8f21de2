"""What was sealed before the draw, to be compared with what was published then (SPEC §5)."""

from ssj_core.explain.story import Part, Story
from ssj_core.tables import SUBJECT
from ssj_core.text import Text

_EXCLUDED = "excluded.csv"


def sealed_digests(story: Story, unit: str, *, excluded: bool = False) -> Part:
    """The digests that bind what is told of a subject or an officer, of one in the pool or of an excluded one."""
    sealed, rules = story.sealed.commitment, story.sealed.rules
    if excluded:
        digest = rules.tables[_EXCLUDED]
        where = Text(f"排除名单（{_EXCLUDED}）{digest}", f"the excluded ({_EXCLUDED}) {digest}")
    elif unit == SUBJECT:
        where = Text(f"检查对象名录根 {sealed.subjects_root}", f"root of the subjects {sealed.subjects_root}")
    else:
        where = Text(f"执法检查人员名录根 {sealed.officers_root}", f"root of the officers {sealed.officers_root}")
    return Part(
        Text("抽取前封存的摘要（与当时公布的对照）", "digests sealed before the draw (compare those published then)"),
        (
            Text(f"承诺 {sealed.value}", f"commitment {sealed.value}"),
            where,
            Text(f"规则（rules.toml）{sealed.rules_digest}", f"rules (rules.toml) {sealed.rules_digest}"),
            Text(f"计划（plan.toml）{sealed.plan_digest}", f"plan (plan.toml) {sealed.plan_digest}"),
            Text(f"封存后产生的种子 {story.outcome.seed}", f"seed, made afterwards {story.outcome.seed}"),
        ),
    )
