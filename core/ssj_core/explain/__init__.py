"""Why me? One subject or officer of a finished draw, in words for people who are no programmers (SPEC §3 to §8)."""

from ssj_core.explain.find import Found, find
from ssj_core.explain.officer import explain_officer
from ssj_core.explain.replaced import replaced_officer, replaced_subject
from ssj_core.explain.sites import explain_site
from ssj_core.explain.story import Part, Story, read_story
from ssj_core.explain.subject import explain_subject
from ssj_core.explain.visit import explain_visit

__all__ = ["Found", "Part", "Story", "explain", "find", "read_story"]


def explain(story: Story, who: Found) -> tuple[Part, ...]:
    """Everything that is to be said about one subject or officer, in parts with headings."""
    if who.officer:
        return (*explain_officer(story, who.id), *replaced_officer(story, who.id))
    if any(site.id == who.id for site in story.sealed.sites):
        return explain_site(story, who.id)
    return (*explain_subject(story, who.id), *explain_visit(story, who.id), *replaced_subject(story, who.id))
