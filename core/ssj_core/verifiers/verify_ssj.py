"""独立核验一次抽取 / verify a draw by SSJ-DRAW/1: `python verify_ssj.py FOLDER` (without FOLDER: where this file lies).

FOLDER is a draw, or a working folder with `ledger.jsonl` and `draws/`. Written from SPEC.md, whose numbers are cited,
sharing no code with the program that drew. Needs Python 3.11 or later, nothing else; no network. It judges the
arithmetic (verdict A); entropy and witnesses are printed for you to judge (verdict B).
Exit code: 0 holds, 1 does not hold, 3 could not tell, because something is missing or unknown.
"""

import json
import math
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

HEADERS = {  # §9.2
    "subjects.csv": "编号,名称,类型,分层,监管类别,分管股室,辖区,地址,信用风险等级,重点企业,所属企业",
    "officers.csv": "编号,姓名,股室,执法证号,执法领域,本次上限,已有次数",
    "excluded.csv": "类别,编号,名称,规则,原因",
    "recusals.csv": "检查对象,执法检查人员,规则,原因",
    "drawn.csv": "分层,序号,结果,编号,名称,签号",
    "teams.csv": "检查对象,名称,席位,分工,执法检查人员,姓名,股室",
}
SEALED = ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv")
FILES = ("plan.toml", "rules.toml", *HEADERS)
KEYS = {
    "record": "format spec draw_id bureau title seed sealed_at drawn_at commitment entropy stratum matching tables "
    "software closing",
    "entropy": "source raw canonical who where when details",
    "class": "id ratio bound rounding at_least small_below small_take strata",
    "team": "size officers lead_section evenness",
}
HEX = re.compile("[0-9a-f]{64}")


class Unsure(Exception):  # noqa: N818
    """Cannot be told; every other exception means that something does not hold."""


class Held(dict[str, Any]):
    """MUST-9.1, 11.1: what is not there cannot be told."""

    def __missing__(self, name: str) -> Any:
        raise Unsure(f"缺少 {name} is missing")


def need(condition: object, why: str) -> None:
    if not condition:
        raise ValueError(why)


def same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)  # tells 1 from 1.0 and true


def known(part: Mapping[str, Any], kind: str) -> None:
    need(set(part) == set(KEYS[kind].split()), f"{kind}: 项目不合规格 other keys than specified")  # MUST-9.3


# §2 values


def h(data: bytes) -> str:
    return sha256(data).hexdigest()


def clean(value: object) -> str:
    """MUST-2.3, 2.4: refused, never repaired. The ranges are categories Cc and Cs."""
    text = str(value)
    bad = re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text) or not unicodedata.is_normalized("NFC", text)
    need(not bad, f"不是规范文字 not clean text: {text!a:.80}")
    return text


def lines(*values: object) -> bytes:
    """MUST-2.2: L."""
    return "".join(clean(value) + "\n" for value in values).encode()


def check_id(text: str) -> None:
    """MUST-2.5 to 2.7."""
    scheme, _, code = clean(text).partition(":")
    good = scheme in ("uscc", "regno", "permit", "officer", "test") and code and "#" not in code and "|" not in code
    need(good and all(unicodedata.category(c)[0] not in "CZ" for c in code), f"编号不合规格 not an id: {text!a:.80}")


# §4 ratios and quotas


def ratio(text: str) -> Fraction:
    """MUST-4.1, 4.2."""
    percent = re.fullmatch(r"((0|[1-9][0-9]{0,3})(\.[0-9]{1,6})?)%", text)
    need(percent or re.fullmatch(r"(0|[1-9][0-9]{0,8})/[1-9][0-9]{0,8}", text), f"不是比例 not a ratio: {text!a:.80}")
    value = Fraction(percent[1]) / 100 if percent else Fraction(text)
    need(value <= 1, f"超过 100% more than 100 %: {text}")
    return value


def whole(value: Fraction, rounding: str) -> int:
    """MUST-4.3."""
    return {"up": math.ceil(value), "down": math.floor(value), "half-up": math.floor(value + Fraction(1, 2))}[rounding]


def quotas(total: str, classes: Sequence[Mapping[str, Any]], sizes: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Stratum, size, quota, in the order of the rules."""
    count = {c["id"]: sum(sizes.get(s, 0) for s in c["strata"]) for c in classes}
    exact = {c["id"]: ratio(c["ratio"]) * count[c["id"]] for c in classes}
    quota = {i: math.floor(x) for i, x in exact.items()}
    if total == "shared" and classes:  # MUST-4.6, 4.7
        left = whole(sum(exact.values(), Fraction()), classes[0]["rounding"]) - sum(quota.values())
        for i in sorted(exact, key=lambda i: (quota[i] - exact[i], i))[:left]:
            quota[i] += 1
    for c in classes if total == "each" else ():  # MUST-4.4, 4.5
        n, take = count[c["id"]], c["small_take"]
        wanted = max(c["at_least"], whole(exact[c["id"]], c["rounding"]))
        quota[c["id"]] = min(n, {"all": n, "none": 0}.get(take, take) if n < c["small_below"] else wanted)
    found = []
    for c, s in ((c, s) for c in classes for s in c["strata"]):  # MUST-4.8
        found.append((s, sizes.get(s, 0), min(sizes.get(s, 0), quota[c["id"]])))
        quota[c["id"]] -= found[-1][2]
    return found


# §5 commitment, §6 seed, §7 tickets


def root(leaves: Sequence[bytes]) -> bytes:
    """MUST-5.2: the Merkle tree hash of RFC 9162."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def commitment(
    draw_id: str, rosters: Iterable[Iterable[Sequence[object]]], plan: bytes, rules: bytes, head: str
) -> dict[str, Any]:
    """MUST-1.1, 5.1, 5.3, 5.4: as the record holds it. The rosters are those of subjects and of officers."""
    found: dict[str, Any] = {}
    for name, rows in zip(("subjects", "officers"), rosters, strict=True):
        leaves = sorted("\t".join(map(clean, row)).encode() for row in rows)
        found |= {f"{name}_root": root(leaves).hex(), f"{name}_count": len(leaves)}
    found |= {"plan_digest": h(plan), "rules_digest": h(rules), "previous_head": head}
    return found | {"value": h(lines("ssj.commit.1", draw_id, *found.values()))}


def canonical_text(raw: str) -> str:
    """MUST-6.1. `strip` removes exactly the blanks named in §6.1."""
    plain = "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in raw).replace("\u3000", " ")
    return unicodedata.normalize("NFC", plain).strip()


def bits(text: str) -> int:
    """§6.1: a character may be of two kinds, such as é: a lower-case letter and not ASCII."""
    kinds = (str.isdigit, str.islower, str.isupper, lambda c: c.isascii() and not c.isalnum(), lambda c: c > "\x7f")
    signs = sum(n for n, kind in zip((10, 26, 26, 33, 1000), kinds, strict=True) if any(map(kind, text)))
    return int(signs ** len(text)).bit_length() - 1 if len(set(text)) > 1 else 0


def make_seed(committed: str, entropy: Sequence[str]) -> str:
    """MUST-6.3, 6.4."""
    need(entropy, "没有熵源 no entropy")
    return h(lines("ssj.seed.1", committed, *entropy))


def make_key(seed: str, draw_id: str, purpose: str, scope: str) -> str:
    return h(lines("ssj.key.1", seed, draw_id, purpose, scope))[:32]  # MUST-6.5


def tickets(key: str, ids: Iterable[str]) -> list[tuple[str, str]]:
    """MUST-7.1, 7.2: (ticket, id) ascending; text sorts by code point, which is bytewise order."""
    return sorted((h((key + i).encode()), i) for i in ids)


# §8 matching. `given` is its input: officers [id, cap, history], classes, visits id → [role, class], exclusions.


def match_digest(given: Mapping[str, Any]) -> str:
    """MUST-8.1."""
    rows: list[Iterable[object]] = [["ssj.match.input.1"], ["evenness", given["evenness"]], ["widen", given["widen"]]]
    rows += [["officer", *officer] for officer in sorted(given["officers"])]
    rows += [["class", name, *sorted(ids)] for name, ids in sorted(given["classes"].items())]
    for visit, places in sorted(given["visits"].items()):
        rows += [["visit", visit], *(["place", *place] for place in places)]
        rows += [["exclusion", *item] for item in sorted(given["exclusions"].get(visit, {}).items())]
    return h("".join("\t".join(map(clean, row)) + "\n" for row in rows).encode())


def match(seed: str, digest: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """MUST-8.3, 8.4: key; share and level of each officer; course of each visit; teams. Slow and plain."""
    cap, past = ({row[0]: row[n] for row in given["officers"]} for n in (1, 2))
    out, visits, widen = given["exclusions"], given["visits"], given["widen"]
    need(all(len(places) <= len(cap) for places in visits.values()), "无法配齐检查组 no complete roster")
    able = {name: set(cap).intersection(ids) for name, ids in given["classes"].items()}
    may = {(v, n): sorted(able[c] - set(out.get(v, ()))) for v in visits for n, (_, c) in enumerate(visits[v], 1)}
    holder: dict[Any, str] = {}  # place → officer; a place is (visit, number)
    held: dict[str, dict[str, Any]] = {o: {} for o in cap}  # officer → visit → place
    count, fixed = dict.fromkeys(cap, 0), set()
    # A chain (§8.3) may also go from one officer to another who holds one place more than he must, if the first may
    # hold one more: `up` and `down` name the exchange by which each of them may.
    up: Callable[[str], int | None] = lambda _: None  # noqa: E731
    down = up

    def reach(starts: Iterable[Any], came: dict[Any, Any]) -> dict[Any, Any]:
        """Add to `came` all that chains from `starts` lead to, each with what it was reached from."""
        queue = list(starts)
        came.update(dict.fromkeys(queue))
        for node in queue:
            if isinstance(node, tuple):  # who may hold the place, or else the place that he holds of the same visit
                found: list[Any] = [held[o].get(node[0], o) for o in may[node]]
            elif isinstance(node, str):
                found = [*held[node].values(), up(node)]
            else:
                found = [o for o in cap if down(o) == node]
            new = [n for n in dict.fromkeys(found) if n is not None and n not in came and n not in fixed]
            came.update(dict.fromkeys(new, node))
            queue += new
        return came

    def shift(came: Mapping[Any, Any], node: Any) -> None:
        """From the end of a chain: whoever stands there takes the place before, whose holder takes the one before."""
        officer = ""
        while node is not None:
            if isinstance(node, str):
                officer = node
            elif isinstance(node, tuple):
                old = holder.get(node, "")
                if old and held[old].get(node[0]) == node:
                    del held[old][node[0]]
                holder[node], held[officer][node[0]] = officer, node
                officer = old
            node = came[node]
        count.update({o: len(places) for o, places in held.items()})

    for place in may:  # each further place costs the least load it can; so the whole is most even
        came = reach([place], {})
        free = [o for o in came if isinstance(o, str) and count[o] < cap[o]]
        need(free, "无法配齐检查组 no complete roster")  # MUST-8.5
        shift(came, min(free, key=lambda o: count[o] + past[o]))

    level, came = {}, {}
    for load in sorted({count[o] + past[o] for o in cap if count[o]}, reverse=True):
        reach([o for o in cap if count[o] and count[o] + past[o] == load and o not in came], came)
        level.update({o: load for o in came if isinstance(o, str) and o not in level})
    low, high = dict.fromkeys(cap, 0), {o: min(cap[o], widen) for o in cap}
    for o in level:
        low[o] = max(0, min(max(level[o] - 1 - past[o], 0), cap[o]) - widen)
        high[o] = min(cap[o], min(max(level[o] - past[o], 0), cap[o]) + widen)
    if given["evenness"] == "range":
        up = lambda o: 0 if count[o] < high[o] else None  # noqa: E731
        down = lambda o: 0 if count[o] > low[o] else None  # noqa: E731
    else:  # one more at load n and one less at n + 1 leave the sum of squares as it is
        up = lambda o: count[o] + past[o] + 1 if count[o] < cap[o] else None  # noqa: E731
        down = lambda o: count[o] + past[o] if count[o] else None  # noqa: E731

    def give(place: Any, officer: str) -> bool:
        """Give a place for good, if a chain can then bring its present holder back to where he was."""
        visit, old, other = place[0], holder[place], held[officer].get(place[0])
        fixed.add(place)
        if old == officer:
            return True
        del held[old][visit]
        held[officer][visit] = place
        came = reach([other or officer], {})  # `other`: a later place of the visit, which he gives up
        if old in came:
            holder[place] = officer
            shift(came, old)
            return True
        fixed.discard(place)
        del held[officer][visit]
        held[old][visit] = place
        if other:
            held[officer][visit] = other
        return False

    def t(*values: object) -> str:
        return h(lines("ssj-match/1", *values))

    key, course = t("key", seed, digest), []
    for lot, v in sorted((t("order", key, v), v) for v in visits):
        course.append((v, lot, [(len(may[p]) - sum((v, n) in fixed and holder[v, n] in may[p] for n in range(1, p[1])), [])
                                for p in may if p[0] == v]))  # fmt: skip
    return {}
