"""§13: commitment, chain, seed and successor of a replacement."""

from ssj_core.canonical import digest, lines
from ssj_core.draw import ticket
from ssj_core.entropy import chain
from ssj_core.replacement import event as replacement
from ssj_core.replacement.successor import first_left, successor
from ssj_core.seed import key
from tests.vectors.sections.shared import Case, agree


def replacements() -> list[Case]:
    """Commitment, chain and seed of a replacement, and who steps in."""
    head, parent, event = digest(b"head"), digest(b"record"), b'format = "ssj-replace/1"\n'
    made: list[Case] = [
        {
            "name": "commitment", "comment": "", "kind": "commitment", "id": "p-b-1+1", "parent": parent,
            "event": event.decode(), "previous_head": head,
            "commitment": replacement.event_commitment("p-b-1+1", parent, event, head),
        },
    ]  # fmt: skip
    links = chain.links(digest(b"secret"), 3)
    agree("chain", links[1], digest(b"ssj.chain.1\n" + links[0].encode() + b"\n"))
    made.append({"name": "chain", "comment": "from the secret to the anchor", "kind": "chain", "links": links})
    for number in (1, 2, 3):
        value = digest(lines("ssj.reserve.1", digest(b"seed"), str(number), links[3 - number]))
        made.append(
            {
                "name": f"seed-of-round-{number}", "comment": "", "kind": "seed", "draw_seed": digest(b"seed"),
                "anchor": links[3], "round": number, "link": links[3 - number], "seed": value,
            }
        )  # fmt: skip
    key_value = key(digest(b"seed"), "p-b-1", "subject", "all")
    members = {"A/未抽过": ["test:1", "test:2", "test:3", "test:4"], "A/已抽过": ["test:5", "test:6"]}
    order = sorted(members["A/未抽过"], key=lambda i: ticket(key_value, i))
    for name, comment, taken in (
        ("next-of-the-reserve", "", order[:2]),
        ("in-no-order", "what is taken need not be the head of the order", order[1:3]),
        ("the-next-stratum", "the first stratum is used up", order),
        ("class-used-up", "nobody steps in", [*order, "test:5", "test:6"]),
    ):
        stratum, ids = first_left(list(members), members, taken)
        chosen = successor(key_value, ids)
        agree(name, chosen.id if chosen else "", min(ids, key=lambda i: ticket(key_value, i), default=""))
        made.append(
            {
                "name": name, "comment": comment, "kind": "successor", "key": key_value, "strata": list(members),
                "members": members, "taken": taken, "stratum": stratum,
                "id": chosen.id if chosen else "", "ticket": chosen.value if chosen else "",
            }
        )  # fmt: skip
    return made
