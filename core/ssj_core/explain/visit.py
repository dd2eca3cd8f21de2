"""How one team was drawn, place by place, so that anybody checks it with SHA-256 and one division each (SPEC §8.4)."""

from collections.abc import Iterator, Mapping
from shlex import quote
from typing import Final

from ssj_core.explain.story import Part, Story
from ssj_core.matching import Instance, PlaceDraw, VisitDraw, Wrong, because, reasons
from ssj_core.matching.digest import number
from ssj_core.teams import companions_of, instance
from ssj_core.text import Text

SHOWN: Final = 30
"""Longer pools are cut after so many; the tables have them whole."""
Attempt = tuple[str, int, int]
"""Visit, place and attempt, both from 1."""


def question_of(story: Story) -> Instance:
    """The question of the draw's matching."""
    subjects = [story.subjects[v.id] for v in story.outcome.matching.visits]
    order = {s.id: n for n, s in enumerate(story.sealed.subjects)}
    drawn = sorted(subjects, key=lambda s: order[s.id])
    return instance(story.sealed.rules.team, drawn, story.sealed.officers, story.sealed.recusals)


def passed_over(story: Story, *, visit: str | None = None, officer: str | None = None) -> Mapping[Attempt, Text]:
    """Why each draw that did not count did not, by visit, place and attempt; of one visit or officer if asked."""
    teams = {v.id: v.team for v in story.outcome.matching.visits}
    names = {o.id: o.name for o in story.sealed.officers} | {s.id: s.name or s.id for s in story.sealed.subjects}
    try:
        found = reasons(question_of(story), story.outcome.seed, teams, visit=visit, officer=officer)
        return {(one.seat.visit, one.seat.number, one.attempt): because(one, names) for one in found}
    except Wrong:  # the teams were drawn anew from the seed, so this cannot be
        return {}


def explain_visit(story: Story, subject_id: str) -> tuple[Part, ...]:
    """The team of a drawn subject; nothing for one that was not drawn."""
    visit = next((v for v in story.outcome.matching.visits if v.id == subject_id), None)
    if visit is None:
        return ()
    why = passed_over(story, visit=subject_id)
    question = question_of(story)
    place = visit.places[0]
    return (
        Part(
            Text("检查组是怎样抽出来的", "how the team was drawn"),
            (
                *(line for p in visit.places for line in _place(story, question, visit, p, why)),
                *_companions(story, subject_id),
            ),
        ),
        Part(
            Text(
                "自己算一遍（任何装有 sha256sum 的电脑）：每次抽号是一个 SHA-256 数，除以候选人数，余数就是第几人",
                "compute it yourself: each draw is a SHA-256 number; its remainder by the size of the pool says who",
            ),
            (
                Text(
                    "席位和次数换成上面的数字；余数从 0 数起", "put in place and attempt from above; remainders from 0"
                ),
            ),
            _commands(story, visit, place),
        ),
    )


def _place(
    story: Story, question: Instance, visit: VisitDraw, place: PlaceDraw, why: Mapping[Attempt, Text]
) -> Iterator[Text]:
    pool, later = pools(question, visit, place)
    listed = [f"{n} {story.officers[o].name}" for n, o in enumerate(pool)]
    more = ("……", " …") if len(pool) > SHOWN else ("", "")
    yield Text(
        f"第 {place.number} 席（{place.role}），候选 {len(pool)} 人：{'、'.join(listed[:SHOWN])}{more[0]}",
        f"place {place.number} ({'lead' if place.number == 1 else 'member'}), pool of {len(pool)}:"
        f" {', '.join(listed[:SHOWN])}{more[1]}",
    )
    if later:
        names = [story.officers[o].name for o in later]
        yield Text(
            f"  尽量不与已派的人同组，排在后面：{'、'.join(names)}",
            f"  set back, to avoid a colleague seated already: {', '.join(names)}",
        )
    for attempt, one in enumerate(place.tries, start=1):
        if not pool:
            pool, later = later, []
        value = number(story.outcome.matching.key, visit.id, place.number, attempt)
        index, size = int(value, 16) % len(pool), len(pool)
        del pool[index]
        reason = why.get((visit.id, place.number, attempt), Text("", ""))
        zh = "派定" if one.taken else f"顺延：{reason.zh}"
        en = "takes it" if one.taken else f"passed over: {reason.en}"
        name = story.officers[one.officer].name
        yield Text(
            f"  第 {attempt} 次：{value[:16]}… 除以 {size} 余 {index}，{name}，{zh}",
            f"  attempt {attempt}: {value[:16]}… mod {size} = {index}, {name}, {en}",
        )


def pools(question: Instance, visit: VisitDraw, place: PlaceDraw) -> tuple[list[str], list[str]]:
    """Who was in the pool of a place, by id, and who was set back to avoid a colleague who is in the team already."""
    asked = next(v for v in question.visits if v.id == visit.id)
    out = question.exclusions.get(visit.id, {})
    seated = {p.officer for p in visit.places if p.number < place.number}
    able = sorted(set(question.classes[asked.places[place.number - 1].klass]) - set(out) - seated)
    team = seated | question.seated(visit.id)
    apart = {o for pair in question.avoid for o in pair if not team.isdisjoint(pair)}
    first = [o for o in able if o not in apart]
    return (first, [o for o in able if o in apart]) if first else (able, [])


def _companions(story: Story, subject_id: str) -> Iterator[Text]:
    names = {e.id: e.name for e in story.sealed.excluded}
    told = companions_of(story.sealed.rules.team, story.subjects[subject_id])
    if told:
        listed = "、".join(f"{c.kind} {names[c.id]}" for c in told)
        yield Text(f"随行，不计入检查人员：{listed}", f"they accompany and are not counted: {listed}")


def _commands(story: Story, visit: VisitDraw, place: PlaceDraw) -> tuple[str, ...]:
    key = story.outcome.matching.key
    value = number(key, visit.id, place.number, 1)
    return (
        f"printf 'ssj-match/1\\ndraw\\n%s\\n%s\\n{place.number}\\n1\\n' {key} {quote(visit.id)} | sha256sum",
        f"python3 -c 'print(0x{value} % {place.pool})'",
    )
