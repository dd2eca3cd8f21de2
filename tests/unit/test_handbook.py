"""The handbook (cli/README.md): its links lead somewhere, and what it says of papers is what there is."""

import re
from pathlib import Path

import click

from ssj_cli.main import group
from ssj_documents.sample import sample_facts

PAGE = Path(__file__).parents[2] / "cli" / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """How a page of Markdown names a heading: no punctuation, blanks as hyphens."""
    return "#" + re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_links_lead_somewhere() -> None:
    anchors = {anchor(h) for h in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert target in anchors or (PAGE.parent / target).exists(), target


def test_options_on_the_page_of_papers_are_those_of_print() -> None:
    page = re.split(r"^## ", TEXT, flags=re.MULTILINE)
    (papers,) = (p for p in page if "打印文书\n" in p[:20])
    forms = group.commands["forms"]
    assert isinstance(forms, click.Group)
    lines = (line for line in papers.splitlines() if "ssj-core calendar" not in line)  # which has options of its own
    told = set(re.findall(r"`(--[a-z-]+)", "\n".join(lines)))
    assert told
    assert told <= {option for parameter in forms.commands["print"].params for option in parameter.opts}


def test_the_fields_it_lists_are_those_of_a_template() -> None:
    assert "、".join(sample_facts()["各表"][0]["对象"]) in TEXT
