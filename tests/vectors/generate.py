"""Write every vector but `match.json` and `beacons.json` from the core: `python -m tests.vectors.generate`.

Figures typed in here (published hash values, quotas worked out by hand, what is refused and why) are not taken from
the core: the core must agree with them, else nothing is written.
"""

import json

from tests.vectors.sections.bottlenecks import bottleneck_cases
from tests.vectors.sections.commitments import commitments, merkle_cases
from tests.vectors.sections.draws import site_cases, tickets, weighted_cases
from tests.vectors.sections.entropies import entropy
from tests.vectors.sections.example import example
from tests.vectors.sections.ledgers import ledgers
from tests.vectors.sections.primitives import ids, primitives, ratios
from tests.vectors.sections.quotas import quota
from tests.vectors.sections.replacements import replacements
from tests.vectors.sections.seeds import seeds
from tests.vectors.sections.shared import FOLDER, page, visible
from tests.vectors.sections.tables import closings, tables


def build() -> dict[str, str]:
    """Text of every generated file by name."""
    made = {
        "primitives.json": page("§2", "H and L", primitives()),
        "ids.json": page("§2.3", "what is an id; `expect` says what is broken", ids()),
        "ratio.json": page("§4.1", "spellings of a ratio; `value` in lowest terms", ratios()),
        "quota.json": page("§4", "whole quotas from exact ratios; figures worked out by hand", quota()),
        "merkle.json": page("§5.2", "RFC 9162 roots; `leaves` in hexadecimal", merkle_cases()),
        "commitment.json": page("§5", "roster lines, roots and commitments", commitments()),
        "seed.json": page("§6", "canonical entropy texts, seeds and keys", seeds()),
        "entropy.json": page("§6", "entropy sources: canonical forms, what is refused, levels", entropy()),
        "ticket.json": page("§7.1", "tickets; `message_bytes` is the length of what is hashed", tickets()),
        "weights.json": page("§7.3", "subjects of several tickets in the order of their best ones", weighted_cases()),
        "sites.json": page("§7.4", "the sites of listed subjects, drawn and reserve", site_cases()),
        "table.json": page("§9.2", "canonical tables as text; `expect` says whether they are", tables()),
        "bottleneck.json": page("§8.9", "why no complete roster exists, by counting", bottleneck_cases()),
        "record.json": page("§9.4", "the closing digest of a record", closings()),
        "replacement.json": page("§13", "commitment, chain, seed and successor of a replacement", replacements()),
        "ledger.json": page("§10", "ledgers as lists of lines; `refused_at` is the first bad line", ledgers()),
        "draw.json": page("§14", "the worked example of the specification", [example()]),
    }
    return {name: visible(json.dumps(content, ensure_ascii=False, indent=1)) + "\n" for name, content in made.items()}


def main() -> None:
    """Write the files."""
    for name, text in build().items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
