"""Write `match.json` from the plain matching: `python -m tests.vectors.matchings`.

The quick matching must give the same, the bottlenecks must prove themselves by counting, and the golden case must be
the one that was worked out by enumerating every roster; else nothing is written.
"""

import json
from typing import Any, Final

import attrs

from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, input_digest, match, plain, proves
from ssj_core.matching.digest import input_lines
from tests.vectors.sections.shared import FOLDER, visible

Case = dict[str, Any]
FILE: Final = "match.json"
NOUGHT: Final = "0" * 64
ABOUT: Final = [
    (
        "officers: [id, cap, history]; visits: id -> places [role, class]; avoid: pairs, absent if there are none; "
        "input: the lines that are hashed, each with LF"
    ),
    (
        "digest: stands for the input digest where given; number: the first 16 hex digits of a draw; "
        "set_back: absent if nobody is; level: null in no group; bottlenecks: smallest first"
    ),
]

LEADS: Final = [["lead", "lead"], ["member", "any"]]
GOLDEN: Final[Case] = {
    "officers": [["A", 9, 0], ["B", 9, 0], ["C", 9, 0], ["D", 9, 0], ["E", 9, 1], ["F", 9, 0]],
    "classes": {"lead": ["A", "B", "E"], "any": ["A", "B", "C", "D", "E", "F"]},
    "visits": dict.fromkeys(("E1", "E2", "E3", "E4", "E5"), LEADS),
    "exclusions": {"E1": {"A": "kin"}, "E3": {"B": "kin", "C": "last"}, "E5": {"E": "leave"}},
    "evenness": "range",
    "widen": 0,
}
TEAMS: Final = {"E1": ["B", "C"], "E2": ["A", "F"], "E3": ["E", "D"], "E4": ["B", "C"], "E5": ["A", "D"]}
"""Of the golden case, from the enumeration of all 86,400 rosters."""

JOINT: Final[Case] = {
    "officers": [
        ["officer:甲", 3, 0], ["officer:乙", 3, 2], ["officer:丙", 3, 0], ["officer:丁", 2, 0], ["officer:戊", 9, 1],
    ],
    "classes": {
        "市场主办": ["officer:甲", "officer:乙"],
        "安全": ["officer:丙", "officer:丁", "officer:甲"],
        "不限": ["officer:甲", "officer:乙", "officer:丙", "officer:丁", "officer:戊"],
    },
    "visits": {
        "uscc:911": [["主办", "市场主办"], ["协办", "安全"], ["协办", "不限"]],
        "uscc:91": [["主办", "市场主办"], ["协办", "不限"]],
        "uscc:913": [["主办", "市场主办"], ["协办", "安全"]],
    },
    "exclusions": {"uscc:913": {"officer:甲": "回避"}, "uscc:91": {"officer:戊": "上次"}},
    "evenness": "strict",
    "widen": 0,
}  # fmt: skip
LEVELS: Final[Case] = {
    "officers": [[o, 9, 0] for o in "abcdefgh"],
    "classes": {"rare": ["a"], "some": ["a", "b", "c"], "any": list("abcdefg")},
    "visits": {
        **{f"r{n}": [["lead", "rare"], ["member", "any"]] for n in range(4)},
        **{f"s{n}": [["lead", "some"], ["member", "some"]] for n in range(3)},
        **{f"v{n}": [["only", "any"]] for n in range(2)},
    },
    "exclusions": {"s0": {"a": "kin"}},
    "evenness": "range",
    "widen": 0,
}
PAST: Final[Case] = {
    "officers": [["A", 5, 4], ["B", 5, 1], ["C", 0, 0], ["D", 1, 3], ["E", 5, 0], ["F", 2, 9]],
    "classes": {"any": list("ABCDEF")},
    "visits": {key: [["x", "any"], ["y", "any"]] for key in ("v1", "v2", "v3")},
    "exclusions": {},
    "evenness": "range",
    "widen": 0,
}
MOVES: Final[Case] = {
    "officers": [[o, 9, 0] for o in "ABCD"],
    "classes": {"one": ["A", "B"], "two": ["B", "C"], "three": ["A", "C", "D"]},
    "visits": {key: [["x", "one"], ["y", "two"], ["z", "three"]] for key in ("v1", "v2", "v3")},
    "exclusions": {"v2": {"D": "leave"}},
    "evenness": "range",
    "widen": 0,
}
BYTES: Final[Case] = {
    "officers": [[o, 9, 0] for o in ("甲", "a", "B", "𠮷", "é", "aa", "Ω", "1", "10", "2")],
    "classes": {"any": ["甲", "a", "B", "𠮷", "é", "aa", "Ω", "1", "10", "2"]},
    "visits": {key: [["x", "any"], ["y", "any"]] for key in ("甲", "a", "B", "𠮷")},
    "exclusions": {"a": {"𠮷": "亲属", "10": "上次"}},
    "evenness": "range",
    "widen": 0,
}
SHORT: Final[Case] = {
    "officers": [["甲", 1, 0], ["乙", 1, 0], ["丙", 9, 0]],
    "classes": {"lead": ["甲", "乙"], "any": ["甲", "乙", "丙"], "x": ["丙"]},
    "visits": {
        "E1": [["lead", "lead"]],
        "E2": [["lead", "lead"], ["member", "any"]],
        "E3": [["lead", "lead"]],
        "E4": [["expert", "x"]],
    },
    "exclusions": {"E3": {"乙": "kin"}, "E4": {"丙": "leave"}},
    "evenness": "range",
    "widen": 0,
}
TOO_MANY: Final[Case] = {
    "officers": [["A", 9, 0], ["B", 9, 0]],
    "classes": {"any": ["A", "B"], "nobody": []},
    "visits": {"v1": [["x", "any"], ["y", "any"], ["z", "any"]], "v2": [["x", "nobody"]]},
    "exclusions": {},
    "evenness": "range",
    "widen": 0,
}
NOTHING: Final[Case] = {"officers": [], "classes": {}, "visits": {}, "exclusions": {}, "evenness": "range", "widen": 0}
AVOID: Final = [["A", "C"], ["B", "C"], ["C", "D"], ["E", "F"]]

QUESTIONS: Final[list[tuple[str, str, Case, str, str | None]]] = [
    ("golden", "the input digest is given, not computed; worked out by enumerating all 86,400 rosters", GOLDEN, NOUGHT,
     "1" * 64),
    ("own-digest", "the same rosters under the digest of their own", GOLDEN, NOUGHT, None),
    ("wide", "ranges one wider at both ends", {**GOLDEN, "widen": 1}, NOUGHT, None),
    ("strict", "the sum of the squares stays the least", {**GOLDEN, "evenness": "strict"}, NOUGHT, None),
    ("avoid", "colleagues to avoid are set back", {**GOLDEN, "avoid": AVOID}, NOUGHT, None),
    ("avoid-kept", "so are those who avoid somebody who keeps a place of the team",
     {**GOLDEN, "avoid": AVOID, "exclusions": {**GOLDEN["exclusions"], "E2": {"D": "core.team_mate"}}}, NOUGHT, None),
    ("joint-strict", "three overlapping classes, caps, history, strict evenness, ids outside ASCII", JOINT,
     "0123456789abcdef" * 4, None),
    ("levels", "several levels; h is in no group", LEVELS, NOUGHT, None),
    ("levels-strict", "the same, the most even", {**LEVELS, "evenness": "strict"}, NOUGHT, None),
    ("levels-wide", "the same, one wider: h could have one, but is of no class", {**LEVELS, "widen": 1}, NOUGHT, None),
    ("history", "loads of before: one beyond every level, caps of 0 and below the history", PAST, NOUGHT, None),
    ("moves", "whoever holds a place of the visit may have to move over to another", MOVES, NOUGHT, None),
    ("bytes", "ids and classes are sorted by their UTF-8 bytes", BYTES, "f" * 64, None),
    ("nothing", "no visit", NOTHING, NOUGHT, None),
    ("infeasible", "two separate bottlenecks", SHORT, NOUGHT, None),
    ("too-many-places", "more places than the class has officers, and a class of nobody", TOO_MANY, NOUGHT, None),
]  # fmt: skip


def instance_of(given: Case) -> Instance:
    """The question of a case."""
    return Instance(
        [MatchOfficer(*officer) for officer in given["officers"]],
        given["classes"],
        [Visit(visit, [Place(*place) for place in places]) for visit, places in given["visits"].items()],
        given["exclusions"],
        given["evenness"],
        given["widen"],
        given.get("avoid", ()),
    )


def case(name: str, note: str, given: Case, seed: str, digest: str | None) -> Case:
    """A case with its answer."""
    instance = instance_of(given)
    made: Case = {"name": name, "note": note, "instance": given}
    made |= {"input": list(input_lines(instance)), "input_digest": input_digest(instance), "seed": seed}
    made |= {"digest": digest} if digest else {}
    right = plain.match(instance, seed, digest)
    try:
        quick = match(instance, seed, digest=digest)
    except Infeasible as no:
        if right is not None or not all(proves(instance, b) for b in no.bottlenecks):
            raise SystemExit(f"{name}: there is a roster, or no proof that there is none") from no
        found = [plain_values(b) | {"capacity": b.capacity, "missing": b.missing} for b in no.bottlenecks]
        return made | {"bottlenecks": found}
    if right != quick:
        raise SystemExit(f"{name}: the plain matching and the quick one differ")
    if name == "golden" and {v: list(team) for v, team in quick.teams.items()} != TEAMS:
        raise SystemExit(f"{name}: not the teams of the enumeration")
    return made | {"result": plain_values(right)}


def plain_values(value: Any) -> Any:
    """As the file has it: nobody set back is not said."""
    return json.loads(json.dumps(attrs.asdict(value, filter=lambda a, v: a.name != "set_back" or v)))


def build() -> str:
    """Text of `match.json`."""
    cases = ",\n".join("  {\n" + _members(case(*question), 3) + "\n  }" for question in QUESTIONS)
    head = _members({"spec": "ssj-match/1", "about": ABOUT}, 1)
    return visible("{\n" + head + ',\n "cases": [\n' + cases + "\n ]\n}\n")


def _members(values: Case, indent: int) -> str:
    """The members of an object, each on a line of its own."""
    return ",\n".join(f'{" " * indent}"{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in values.items())


if __name__ == "__main__":
    (FOLDER / FILE).write_text(build(), "utf-8", newline="\n")
