"""The second stage: which sites (项目、小区) of a subject are drawn, and one site by itself (SPEC §7.4)."""

from collections.abc import Sequence
from shlex import quote

from ssj_core.explain.story import Part, Story
from ssj_core.seed import key
from ssj_core.sites import SITE_PURPOSE, rows_of
from ssj_core.tables import DRAWN, SiteDrawRow, SubjectRow
from ssj_core.text import Text


def sites_of(story: Story, subject: SubjectRow) -> tuple[Part, ...]:
    """The sites of a subject in the order of their tickets, drawn or not; none in a draw of one stage."""
    stage = story.sealed.rules.second_stage
    if stage is None:
        return ()
    rows = _rows(story, subject.id)
    if not rows:
        heading = Text("第二阶段", "the second stage")
        return (Part(heading, (Text("名录里没有它的项目", "the roster holds no site of it"),)),)
    listed = any(t.id == subject.id for s in story.outcome.selections for t in s.drawn)
    heading = (
        Text(
            f"第二阶段：它的 {len(rows)} 个项目里抽 {stage.count} 个", f"the second stage: {stage.count} of {len(rows)}"
        )
        if listed
        else Text(
            "第二阶段：它如果抽中或递补，去看的项目是", "the second stage: were it inspected, these sites would be"
        )
    )
    would = Text("", "") if listed else Text("会", "would be ")
    lines = tuple(
        Text(
            f"{would.zh}{row.outcome} {row.rank}：{row.name}（{row.id}），签号 {row.ticket}",
            f"{would.en}{'drawn' if row.outcome == DRAWN else 'reserve'} {row.rank}: {row.name} ({row.id}),"
            f" ticket {row.ticket}",
        )
        for row in rows
    )
    return (Part(heading, lines, commands(story, rows[0].id)),)


def explain_site(story: Story, site_id: str) -> tuple[Part, ...]:
    """One site: whose it is, and where it stands among the sites of that subject."""
    site = next(s for s in story.sealed.sites if s.id == site_id)
    subject = story.subjects[site.subject]
    drawn = any(t.id == subject.id for s in story.outcome.selections for t in s.drawn)
    row = next((r for r in _rows(story, subject.id) if r.id == site_id), None)
    taken = row is not None and row.outcome == DRAWN
    verdict = (
        Text("抽中", "it was drawn")
        if drawn and taken
        else Text("没有抽中：它的企业没有抽中", "it was not drawn, for its firm was not")
        if not drawn
        else Text("没有抽中：抽中的是这个企业的别的项目", "it was not drawn, another site of its firm was")
    )
    lines = (
        Text(
            f"{site.name}（{site.id}）是 {subject.name}（{subject.id}）的项目，先抽企业，再抽项目",
            f"{site.name} ({site.id}) is a site of {subject.name} ({subject.id}): the firm is drawn first, then a site",
        ),
    )
    return (Part(verdict, lines), *sites_of(story, subject))


def commands(story: Story, site_id: str) -> tuple[str, str]:
    """Lines for a shell that give the key of the sites and the ticket of one."""
    rules = story.sealed.rules
    values = " ".join(quote(v) for v in (story.outcome.seed, rules.draw_id, SITE_PURPOSE, rules.scope))
    return (
        f"printf '%s\\n' ssj.key.1 {values} | sha256sum | cut -c 1-32",
        f"printf '%s%s' {_key(story)} {quote(site_id)} | sha256sum",
    )


def _key(story: Story) -> str:
    return key(story.outcome.seed, story.sealed.rules.draw_id, SITE_PURPOSE, story.sealed.rules.scope)


def _rows(story: Story, subject: str) -> Sequence[SiteDrawRow]:
    stage = story.sealed.rules.second_stage
    own = [site for site in story.sealed.sites if site.subject == subject]
    return rows_of(_key(story), subject, own, stage.count, len(own)) if stage else ()
