"""§5: Merkle roots and commitments, and the office of the worked example."""

from typing import Any, Final

from ssj_core import merkle
from ssj_core.commitment import NO_LEDGER, OfficerLine, SubjectLine, commit
from tests.rfc9162 import LEAVES, ROOTS
from tests.vectors.sections.shared import Case, agree

EXAMPLE: Final[Case] = {
    "draw_id": "example-1",
    "scope": "all",
    "plan": 'title = "双随机 worked example"\n',
    "rules": 'B = "2/5"\nD = "1/3"\nrounding = "up"\nreserve = 2\n',
    "previous_head": NO_LEDGER,
    "subjects": [
        ["test:A01", "B"],
        ["test:A02", "B"],
        ["test:A03", "D"],
        ["test:A04", "B"],
        ["test:A05", "D"],
        ["test:A06", "B"],
        ["test:A07", "D"],
        ["test:甲厂", "B"],
    ],
    "officers": [
        ["officer:T-1", "一股", 3, 0],
        ["officer:T-2", "一股", 3, 0],
        ["officer:T-3", "二股", 3, 1],
    ],
    "classes": [["B", "2/5"], ["D", "1/3"]],
    "rounding": "up",
    "reserve": 2,
    "entropy_raw": "31415 92653 58979 32384",
}
"""The worked example of the specification, without what follows from it."""

EXAMPLE_SM3: Final = "9656b580b350586a891e686378220231fcac06deab870e5749ec335028b34301"
"""SM3 of the nine lines of its commitment, taken with `openssl dgst -sm3`."""


def merkle_cases() -> list[Case]:
    """Roots of the first 0 to 8 leaves."""
    made: list[Case] = []
    for size, known in enumerate(ROOTS):
        agree(f"root of {size}", merkle.root(bytes.fromhex(leaf) for leaf in LEAVES[:size]), known)
        made.append({"name": f"size-{size}", "leaves": list(LEAVES[:size]), "root": known})
    return made


def commitment_case(name: str, comment: str, **changes: Any) -> Case:
    given: Case = {**{k: EXAMPLE[k] for k in ("draw_id", "plan", "rules", "previous_head", "subjects", "officers")}}
    given |= changes
    subjects = [SubjectLine(id=i, stratum=s) for i, s in given["subjects"]]
    officers = [OfficerLine(id=i, section=s, cap=c, history=h) for i, s, c, h in given["officers"]]
    made = commit(
        given["draw_id"],
        subjects,
        officers,
        plan=given["plan"].encode(),
        rules=given["rules"].encode(),
        previous_head=given["previous_head"],
    )
    return {
        "name": name,
        "comment": comment,
        **given,
        "subject_lines": [line.decode() for line in sorted(s.encode() for s in subjects)],
        "officer_lines": [line.decode() for line in sorted(o.encode() for o in officers)],
        "subjects_root": made.subjects_root,
        "officers_root": made.officers_root,
        "plan_digest": made.plan_digest,
        "rules_digest": made.rules_digest,
        "commitment": made.value,
        "sm3": made.sm3,
    }


def commitments() -> list[Case]:
    """The example's commitment, and what it becomes when one thing is another."""
    subjects, officers = EXAMPLE["subjects"], EXAMPLE["officers"]
    made = [
        commitment_case("example", "the worked example"),
        commitment_case("order-is-irrelevant", "same commitment: lines are sorted", subjects=subjects[::-1]),
        commitment_case("bytewise-order", "B, then a, then 甲", subjects=[[f"test:{c}", "b"] for c in "甲aB"]),
        commitment_case("empty-rosters", "roots of no lines", subjects=[], officers=[]),
        commitment_case("draw-id", "", draw_id="example-2"),
        commitment_case("plan-bytes", "one LF more", plan=EXAMPLE["plan"] + "\n"),
        commitment_case("plan-bom", "a byte order mark is a byte like any other", plan="\ufeff" + EXAMPLE["plan"]),
        commitment_case("rules-bytes", "one ratio", rules=EXAMPLE["rules"].replace("1/3", "2/3")),
        commitment_case("previous-head", "", previous_head="f" * 64),
        commitment_case("one-subject-less", "", subjects=subjects[1:]),
        commitment_case("another-stratum", "", subjects=[["test:A01", "D"], *subjects[1:]]),
        commitment_case("another-cap", "", officers=[["officer:T-1", "一股", 2, 0], *officers[1:]]),
        commitment_case("another-history", "", officers=[["officer:T-1", "一股", 3, 1], *officers[1:]]),
        commitment_case("another-section", "", officers=[["officer:T-1", "二股", 3, 0], *officers[1:]]),
    ]  # fmt: skip
    agree("order is irrelevant", made[1]["commitment"], made[0]["commitment"])
    agree("SM3 of the worked example", made[0]["sm3"], EXAMPLE_SM3)
    return made
