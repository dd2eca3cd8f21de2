"""§7: tickets, several to a subject, and the sites of a subject."""

from typing import Final

from ssj_core.canonical import digest
from ssj_core.commitment import SubjectLine
from ssj_core.draw import ticket, weighted
from ssj_core.seed import key
from ssj_core.sites import SITE_PURPOSE, site_draws
from ssj_core.tables import DrawnRow, SiteRow
from tests.vectors.sections.shared import Case, agree

KEY_0: Final = "0" * 32

KEY_F: Final = "0123456789abcdef" * 2

TICKET_IDS: Final = (
    ("one-byte-code", "test:a"),
    ("message-54", "test:" + "a" * 17),
    ("message-55", "test:" + "a" * 18),
    ("message-56", "test:" + "a" * 19),
    ("message-63", "test:" + "a" * 26),
    ("message-64", "test:" + "a" * 27),
    ("message-65", "test:" + "a" * 28),
    ("message-119", "test:" + "a" * 82),
    ("message-120", "test:" + "a" * 83),
    ("message-128", "test:" + "a" * 91),
    ("uscc-one-block", "uscc:91610528MA6Y0XXX1A"),
    ("chinese", "test:甲"),
    ("chinese-message-55", "test:施工企业甲乙"),
    ("chinese-message-64", "test:施工企业甲乙丙丁戊"),
    ("supplementary-plane", "test:\U00020bb7野家"),
)


def tickets() -> list[Case]:
    """Tickets of ids of many lengths."""
    made: list[Case] = []
    for name, subject in TICKET_IDS:
        for suffix, k in (("", KEY_0), ("-other-key", KEY_F)):
            message = k + subject
            value = ticket(k, subject)
            agree(name, digest(message.encode()), value)
            size = len(message.encode())
            case = {"name": name + suffix, "key": k, "id": subject, "id_bytes": subject.encode().hex()}
            made.append({**case, "message_bytes": size, "ticket": value})
    return made


def weighted_cases() -> list[Case]:
    """Subjects with several tickets: whose best is which, recomputed here from the messages alone."""
    made: list[Case] = []
    for name, counts in (
        ("one-each", {"test:A01": 1, "test:A02": 1, "test:A03": 1}),
        ("several-each", {"test:A01": 1, "test:A02": 2, "test:A03": 3, "test:A04": 8, "test:甲厂": 5}),
        ("sixty-four", {"test:A01": 64, "test:A02": 1}),
    ):
        order = []
        for subject, count in counts.items():
            names = [subject, *(f"{subject}#{n}" for n in range(2, count + 1))]
            value, number = min((digest((KEY_0 + one).encode()), n) for n, one in enumerate(names, start=1))
            order.append([value, subject, number])
        order.sort()
        chosen = weighted(KEY_0, list(counts), len(counts), counts)
        agree(name, [[t.value, t.id] for t in chosen], [row[:2] for row in order])
        lines_ = [SubjectLine(id=i, stratum="B", tickets=n).encode().decode() for i, n in counts.items()]
        made.append({"name": name, "key": KEY_0, "tickets": counts, "lines": lines_, "order": order})
    return made


def site_cases() -> list[Case]:
    """One or two of the sites of each subject listed, by the key of the sites."""
    seed_value = digest(b"sites")
    sites = [["test:P1", "test:A01"], ["test:P2", "test:A01"], ["test:P3", "test:A01"], ["test:P4", "test:A02"]]
    listed = ["test:A02", "test:A01", "test:A03"]
    made: list[Case] = []
    for name, count, reserve in (("one-of-three", 1, 1), ("two-and-no-reserve", 2, 0), ("more-than-there-are", 9, 3)):
        key_value = key(seed_value, "p-b-1", SITE_PURPOSE, "all")
        found = []
        for subject in listed:
            own = sorted((digest((key_value + i).encode()), i) for i, whose in sites if whose == subject)
            for rank, (value, one) in enumerate(own[: count + reserve], start=1):
                found.append([subject, rank, "抽中" if rank <= count else "递补", one, value])
        rows = site_draws(
            key_value,
            [DrawnRow(stratum="B", rank=n, outcome="抽中", id=i, name="", ticket="") for n, i in enumerate(listed)],
            [SiteRow(id=i, name="", kind="", area="", address="", subject=whose) for i, whose in sites],
            count,
            reserve,
        )
        agree(name, [[r.subject, r.rank, r.outcome, r.id, r.ticket] for r in rows], found)
        made.append(
            {
                "name": name, "seed": seed_value, "draw_id": "p-b-1", "scope": "all", "key": key_value, "count": count,
                "reserve": reserve, "sites": sites, "listed": listed, "rows": found,
            }
        )  # fmt: skip
    return made
