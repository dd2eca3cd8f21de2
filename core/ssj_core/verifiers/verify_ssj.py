"""独立核验一次抽取 / verify a draw by SSJ-DRAW/1: `python verify_ssj.py FOLDER` (without FOLDER: where this file lies).

FOLDER is a draw, or a working folder with `ledger.jsonl` and `draws/`; or a file `….staffing.json`, the proof that
teams cannot be completed, which is counted (§8.9). Written from SPEC.md, whose numbers are cited,
sharing no code with the program that drew. Needs Python 3.11 or later, nothing else; no network. It judges the
arithmetic (verdict A); entropy and witnesses are printed for you to judge (verdict B).
Exit code: 0 holds, 1 does not hold, 3 could not tell, because something is missing or unknown.
"""

import hashlib
import json
import math
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

HEADERS = {  # §9.2
    "subjects.csv": "编号,名称,类型,分层,监管类别,分管股室,辖区,地址,信用风险等级,重点企业,所属企业",
    "officers.csv": "编号,姓名,股室,执法证号,执法领域,本次上限,已有次数",
    "excluded.csv": "类别,编号,名称,规则,原因",
    "recusals.csv": "检查对象,执法检查人员,规则,原因",
    "drawn.csv": "分层,序号,结果,编号,名称,签号",
    "teams.csv": "检查对象,名称,席位,分工,执法检查人员,姓名,股室",
    "tickets.csv": "编号,签数",
    "sites.csv": "编号,名称,类型,辖区,地址,所属对象",
    "site_draws.csv": "检查对象,序号,结果,编号,名称,签号",
}
SEALED = ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv")
FILES = ("plan.toml", "rules.toml", *SEALED, "drawn.csv", "teams.csv")
MORE = {
    "tickets.csv": "weights",
    "sites.csv": "second_stage",
    "site_draws.csv": "second_stage",
}  # §9.1: if in the rules
STAMP = ("commitment.tsr", "stamp-certificates.pem")  # §10.5, optional
TABLES = {  # §9.6: the keys of every TOML table; `?` may be absent; text, unless another type follows
    "record.toml": "format:ssj-record/1 spec:SSJ-DRAW/1 draw_id bureau title seed sealed_at drawn_at "
    "commitment:[commitment] entropy:[[entropy]] stratum:[[stratum]] matching:[matching] tables:{text} "
    "software:{text} closing:[closing]",
    "commitment": "subjects_root subjects_count:integer officers_root officers_count:integer plan_digest "
    "rules_digest previous_head value sm3",
    "entropy": "source raw canonical who?:texts where? when? details?:{text}",
    "stratum": "stratum size:integer quota:integer cut",
    "matching": "spec:ssj-match/1 input_digest key share:[[share]]",
    "share": "officer low:integer high:integer places:integer",
    "closing": "sha256",
    "rules.toml": "format:ssj-rules/1 spec:SSJ-DRAW/1 match_spec:ssj-match/1 draw_id bureau plan document_no "
    "ruleset batch policy title year:integer start:date end:date mode:targeted|untargeted joint:truth scope "
    "sectors:texts entropy:[[source]] assurance?:E0|E1|E2|E3|E4|E5 signers?:[[signer]] stamp?:texts "
    "yearly_share?:ratio ratio:[ratio] team:[team] replacement?:[replacement] eligibility?:[[rule]] "
    "recusal?:[[rule]] stated?:[[stated]] weights?:[weights] second_stage?:[stage] checklists?:[[checklist]] "
    "results?:[results] rosters?:[[roster]] plugins?:[[plugin]] tables?:{text}",
    "source": "source appointed?:{text}",
    "signer": "name key",
    "ratio": "rule title since?:date until?:date reviewed_until?:date stratifier total:each|shared "
    "coverage_first:truth reserve:integer basis:[[basis]] classes:[[class]]",
    "class": "id ratio:ratio bound:min|max|exact rounding:up|down|half-up at_least:integer small_below:integer "
    "small_take:integer|all|none strata:texts",
    "basis": "title articles?:texts document_no? version?:date mark:V-law|V-src|V-code|weak|GK|seed|choice note?",
    "team": "size:integer officers:any|own-section|joint lead_section evenness:range|strict widen?:integer "
    "places?:[[place]] qualified?:{texts} avoid?:{texts} companions?:[[companion]] limits?:[[limit]]",
    "place": "role:主办|协办 sections?:texts own_section?:truth other_than?:texts needs?:texts",
    "companion": "id kind:专家|辅助人员 sectors?:texts",
    "limit": "per:draw|person|week|month|year most?:integer periods:integer bound?:texts over?:texts",
    "replacement": "mode?:R1|R2|R3 anchor? rounds?:integer",
    "rule": "rule params?:{text|integer|truth}",
    "stated": "id title says? since?:date until?:date reviewed_until?:date basis?:[[basis]]",
    "weights": "rule title since?:date until?:date reviewed_until?:date stratifier classes:{integer} basis:[[basis]]",
    "stage": "kinds:texts count?:integer basis?:[[basis]]",
    "checklist": "sector title reviewed_until?:date items:[[item]] not_in_force:texts",
    "item": "id title since?:date until?:date content kinds:texts methods:texts note materials?:texts basis:[[basis]]",
    "results": "entry_working_days:integer published:ratio basis?:[[basis]] table? title? reviewed_until?:date "
    "platform? "
    "item_results?:texts codes?:[[code]] follow_ups?:[[follow-up]] not_in_force?:texts",
    "code": "code title needs_follow_up:truth alone?:truth items?:truth platform_code? since?:date until?:date note? "
    "basis:[[basis]]",
    "follow-up": "code title platform_code? since?:date until?:date basis?:[[basis]]",
    "roster": "role:subjects|officers file sha256 encoding sheet rows:integer",
    "plugin": "id distribution version digest",
    "plan.toml": "format:ssj-plan/1 id title bureau document_no? year:integer ruleset rosters:[rosters] "
    "entropy:[[use]] batch:[[batch]] assurance?:E0|E1|E2|E3|E4|E5 replacement?:[replacement] signers?:[[signer]] "
    "stamp?:[stamp] rule_folders?:texts accept_unreviewed?:texts",
    "rosters": "subjects:[file] officers:[file]",
    "file": "file reader? sheet? encoding? columns?:{text} derive?:[[derive]] regions?:texts",
    "derive": "field:sectors|kind|section value column contains:texts without?:texts",
    "use": "source params?:{text}",
    "batch": "id policy start:date end:date entropy?:[[use]] replacement?:[replacement]",
    "stamp": "certificates:texts",
    "event.toml": "format:ssj-replace/1 id follows:integer kind:subject|officer unit name reason document by "
    "withdraws?:truth visits?:texts released?:texts mode?:R1|R2|R3 round?:integer entropy?:[[source]]",
    "replacement.toml": "format:ssj-replacement/1 spec:SSJ-DRAW/1 id seed sealed_at drawn_at "
    "commitment:[registered] entropy?:[[entropy]] successor?:[successor] matching?:[matching] tables:{text} "
    "software:{text} closing:[closing]",
    "registered": "parent event_digest previous_head value",
    "successor": "id stratum ticket",
}
EVENTS = {"drand": "network round", "nist": "chain pulse time", "reveal": "label parties deadline"}  # MUST-9.12
EVENTS |= dict.fromkeys(("kl8", "ssq", "dlt", "fc3d"), "issue date")
OBJECTIVE = ["deregistered", "revoked", "moved"]  # §13.1
REASONS = {
    "subject": [*OBJECTIVE, "closed", "force-majeure", "other"],
    "officer": ["recusal", "leave", "transferred", "certificate", "other"],
}
TYPES = {"text": str, "integer": int, "truth": bool, "date": date}
NEXT = {"mode": "R1", "anchor": "", "rounds": 0}  # §13.4, where plan or rules say nothing
ABSENT: dict[str, Any] = {"withdraws": False, "visits": [], "released": [], "round": 0, "entropy": []}
HEX, SEPARATORS, QUOTE = re.compile("[0-9a-f]{64}"), re.compile(r"[\s,]+"), '"'
DICE = {"dice6": "123456", "dice10": "0123456789"}  # §6.5
GAMES = {  # §6.6: names; drums: how many balls, lowest, highest; bits
    "kl8": ("kl8 快乐8 福彩快乐8", [(20, 1, 80)], 61),
    "ssq": ("ssq 双色球 福彩双色球", [(6, 1, 33), (1, 1, 16)], 24),
    "dlt": ("dlt 大乐透 超级大乐透 体彩大乐透", [(5, 1, 35), (2, 1, 12)], 24),
    "fc3d": ("fc3d 3d 福彩3d", [(3, 0, 9)], 9),
}
KNOWN = {"os", "text", "reveal", *DICE, *GAMES}  # the others need a signature checked: MUST-11.6


class Unsure(Exception):  # noqa: N818
    """Cannot be told; every other exception means that something does not hold."""


class Held(dict[str, Any]):
    """MUST-9.1, 11.1: what is not there cannot be told."""

    def __missing__(self, name: str) -> Any:
        raise Unsure(f"缺少 {name} is missing")


def need(condition: object, why: str) -> None:
    if not condition:
        raise ValueError(why)


def toml(data: bytes) -> dict[str, Any]:
    """§9.6. Keys of thousands of parts would keep `tomllib` busy for minutes."""
    text = data.decode("utf-8-sig")
    need(all(line.partition("=")[0].count(".") <= 200 for line in text.split("\n")), "TOML: key")
    return tomllib.loads(text)


def same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True, default=str) == json.dumps(
        other, sort_keys=True, default=str
    )  # 1, 1.0, true


def equal(what: str, pairs: Mapping[str, tuple[object, object]]) -> None:
    wrong = [name for name, (one, other) in pairs.items() if not same(one, other)]
    need(not wrong, f"{what}: {', '.join(wrong)}")


def check_version(found: Mapping[str, Any], *known: str) -> None:
    """MUST-11.9."""
    for key, name in zip(("format", "spec", "match_spec"), known, strict=False):
        value = found.get(key)
        if value != name and isinstance(value, str) and re.fullmatch(name[:-1] + "[1-9][0-9]{0,5}", value):
            raise Unsure(f"由更新的版本写成，请用较新的核验程序 written by a newer version: {key} = {value}")


def printed(made: Mapping[str, Any]) -> dict[str, Any]:
    """What of a record is ever printed as it is: not what was typed, nor what stands beside it."""
    return {**made, "entropy": [{**e, "raw": "", "details": {}} for e in made["entropy"]]}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from texts(item)


def check(value: Any, kind: str, where: str) -> None:
    """MUST-9.3: a value of this type, as §9.6 writes it, and so is everything in it."""
    inner = kind.strip("[]{}")
    if kind == "ratio":
        ratio(value)
    elif kind == "texts" or kind.startswith("[["):
        need(type(value) is list, f"{where}: 应为列表 must be a list")
        for item in value:
            check(item, "text" if kind == "texts" else f"[{inner}]", where)
    elif kind[0] in "[{":
        need(type(value) is dict, f"{where}: 应为一张表 must be a table")
        keys = {name.partition(":")[0]: name.partition(":")[2] or "text" for name in TABLES.get(inner, "").split()}
        due = {key.strip("?"): of for key, of in keys.items()} if kind[0] == "[" else dict.fromkeys(value, inner)
        odd = (set(value) - set(due)) | (set(due) - set(value) - {key[:-1] for key in keys if key[-1] == "?"})
        need(not odd, f"{where}: 项目与规格不符 keys unknown or missing: {odd}")
        for key, item in value.items():
            check(item, due[key], f"{where} {key}")
    else:
        good = any(type(value) is TYPES.get(word) or value == word for word in kind.split("|"))
        need(good, f"{where}: 应为 must be {kind}: {value!a:.80}")


# §2 values


def h(data: bytes) -> str:
    return sha256(data).hexdigest()


def sm3(data: bytes) -> str | None:
    """MUST-5.8, where the OpenSSL of this Python has SM3; None where it has not."""
    with suppress(ValueError):
        return hashlib.new("sm3", data).hexdigest()
    return None


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
    need(isinstance(text, str), f"不是比例 not a ratio: {text!a:.80}")
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
    for c in classes:  # MUST-4.8
        for s in c["strata"]:
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
    message = lines("ssj.commit.1", draw_id, *found.values())
    return found | {"value": h(message), "sm3": sm3(message)}


def plain(text: str, comma: str = ",") -> str:
    """§6.4: made plain. `strip` and `split` know exactly the blanks named in §6.1."""
    wide = {"\u3000": " ", "、": comma}
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else wide.get(c, c) for c in text)


def canonical_text(raw: str) -> str:
    """MUST-6.1."""
    return unicodedata.normalize("NFC", plain(raw, "、")).strip()


def bits(text: str) -> int:
    """§6.1: a character may be of two kinds, such as é: a lower-case letter and not ASCII."""
    text = text[:200]
    kinds = (str.isdigit, str.islower, str.isupper, lambda c: c.isascii() and not c.isalnum(), lambda c: c > "\x7f")
    signs = sum(n for n, kind in zip((10, 26, 26, 33, 1000), kinds, strict=True) if any(map(kind, text)))
    return int(signs ** len(text)).bit_length() - 1 if len(set(text)) > 1 else 0


def make_seed(committed: str, entropy: Sequence[str]) -> str:
    """MUST-6.3, 6.4."""
    need(entropy, "没有熵源 no entropy")
    return h(lines("ssj.seed.1", committed, *entropy))


def make_key(seed: str, draw_id: str, purpose: str, scope: str) -> str:
    return h(lines("ssj.key.1", seed, draw_id, purpose, scope))[:32]  # MUST-6.5


def tickets(key: str, ids: Iterable[str], counts: Mapping[str, int] = MappingProxyType({})) -> list[tuple[str, str]]:
    """MUST-7.1, 7.2, 7.6: (best ticket, id) ascending; text sorts by code point, which is bytewise order."""
    own = {i: [i, *(f"{i}#{n}" for n in range(2, counts.get(i, 1) + 1))] for i in ids}
    return sorted((min(h((key + name).encode()) for name in names), i) for i, names in own.items())


# §8 matching. `given` is its input: officers [id, cap, history], classes, visits id → [role, class], exclusions.


def match_digest(given: Mapping[str, Any]) -> str:
    """MUST-8.1."""
    rows: list[Iterable[object]] = [["ssj.match.input.1"], ["evenness", given["evenness"]], ["widen", given["widen"]]]
    rows += [["officer", *officer] for officer in sorted(given["officers"])]
    rows += [["class", name, *sorted(ids)] for name, ids in sorted(given["classes"].items())]
    for visit, places in sorted(given["visits"].items()):
        rows += [["visit", visit], *(["place", *place] for place in places)]
        rows += [["exclusion", *item] for item in sorted(given["exclusions"].get(visit, {}).items())]
    rows += [["avoid", *pair] for pair in sorted(map(sorted, given.get("avoid", ())))]
    return h("".join("\t".join(map(clean, row)) + "\n" for row in rows).encode())


def may_hold(given: Mapping[str, Any]) -> dict[Any, list[str]]:
    """§8.3: of each place, (visit, number), who may hold it."""
    able, out = {name: set(ids) for name, ids in given["classes"].items()}, given["exclusions"]
    visits = given["visits"].items()
    return {(v, n): sorted(able[c] - set(out.get(v, ()))) for v, places in visits for n, (_, c) in enumerate(places, 1)}


def reach(
    may: Mapping[Any, Sequence[str]], held: Any, starts: Iterable[Any], came: dict[Any, Any], fixed: Any = (), **by: Any
) -> dict[Any, Any]:
    """Add to `came` all that exchange chains (§8.3) from `starts` lead to, each with what it was reached from.

    `held`: officer → visit → place. A chain may also go from one officer to another who holds one place more than he
    must, if the first may hold one more: `up` and `down` name the exchange by which each of them may.
    """
    queue = list(starts)
    came.update(dict.fromkeys(queue))
    for node in queue:
        if isinstance(node, tuple):  # who may hold the place, or else the place that he holds of the same visit
            found: list[Any] = [held[o].get(node[0], o) for o in may[node]]
        elif isinstance(node, str):
            found = [*held[node].values(), by["up"](node) if by else None]
        else:
            found = [o for o in held if by["down"](o) == node]
        new = [n for n in dict.fromkeys(found) if n is not None and n not in came and n not in fixed]
        came.update(dict.fromkeys(new, node))
        queue += new
    return came


def shift(came: Mapping[Any, Any], node: Any, holder: dict[Any, str], held: dict[str, dict[str, Any]]) -> None:
    """From the end of a chain: whoever stands there takes the place before, whose holder takes the one before."""
    officer = ""
    while node is not None:
        if isinstance(node, str):
            officer = node
        else:
            old = holder.get(node, "")
            if old and held[old].get(node[0]) == node:
                del held[old][node[0]]
            holder[node], held[officer][node[0]] = officer, node
            officer = old
        node = came[node]


def fillable(given: Mapping[str, Any]) -> bool:
    """MUST-8.5: whether a complete roster exists."""
    may, cap, holder = may_hold(given), {o: n for o, n, _ in given["officers"]}, dict[Any, str]()
    held: dict[str, dict[str, Any]] = {o: {} for o in cap}
    for place in may:
        came = reach(may, held, [place], {})
        free = next((o for o in came if isinstance(o, str) and len(held[o]) < cap[o]), None)
        if free is None:
            return False
        shift(came, free, holder, held)
    return True


COUNTED: dict[str, dict[str, type]] = {  # §8.9: the keys of each row
    "places": {"visit": str, "number": int, "role": str, "class": str},
    "officers": {"id": str, "cap": int, "visits": int},
    "exclusions": {"visit": str, "officer": str, "reason": str},
}


def check_bottlenecks(data: bytes) -> None:
    """MUST-8.12: by counting, nobody but these officers may fill these places, and they are too few."""
    try:
        whole = json.loads(data)
        known = (whole["format"], whole["spec"]) == ("ssj-bottleneck/1", "ssj-match/1")
    except Exception:
        known = False
    if not known:
        raise Unsure("不是 not ssj-bottleneck/1")
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    need(text.encode() == data, "格式不对 not canonical")
    need(set(whole) == {"format", "spec", "draw", "bottlenecks"} and clean(whole["draw"]), "其他项 other keys")
    need(
        type(whole["draw"]) is str and type(whole["bottlenecks"]) is list and whole["bottlenecks"],
        "没有内容 nothing in it",
    )
    for one in whole["bottlenecks"]:
        check_bottleneck(one)


def check_bottleneck(one: Any) -> None:
    """One of them."""
    need(set(one) == {*COUNTED, "classes", "needed", "capacity"}, "其他项 other keys")
    for name, keys in COUNTED.items():
        for row in one[name]:
            need({key: type(value) for key, value in row.items()} == keys, f"{name}: {row}")
            for key, value in row.items():
                need(clean(value) if keys[key] is str else value >= (key == "number"), f"{name}: {row}")
    classes, places = one["classes"], one["places"]
    for name, rows in (
        ("places", [(p["visit"], p["number"]) for p in places]),
        ("officers", [o["id"] for o in one["officers"]]),
        ("exclusions", [(e["visit"], e["officer"]) for e in one["exclusions"]]),
        *(("classes", [clean(o) for o in ids]) for ids in classes.values()),
    ):
        need(type(classes) is dict and rows == sorted(set(rows)), f"{name}: 次序 order")
    need(classes.keys() == {p["class"] for p in places} and all(map(all, classes.values())), "classes")
    need({type(ids) for ids in (*classes.values(), *map(one.get, COUNTED))} == {list}, "类型 types")
    may = {(o, p["visit"]) for p in places for o in classes[p["class"]]}
    out = {(e["officer"], e["visit"]) for e in one["exclusions"]}
    need(out <= may, "exclusions: 与席位无关 of no place here")
    going = [o for o, _ in may - out]
    need(
        [(o["id"], o["visits"]) for o in one["officers"]] == [(o, going.count(o)) for o in sorted(set(going))],
        "officers",
    )
    share = sum(min(o["cap"], o["visits"]) for o in one["officers"])
    need([type(one[key]) for key in ("needed", "capacity")] == [int, int], "needed")
    need((one["needed"], one["capacity"]) == (len(places), share) and share < len(places), f"{share} / {len(places)}")


def levels(given: Mapping[str, Any], may: Mapping[Any, Sequence[str]], roster: Mapping[Any, str]) -> Any:
    """§8.3: the levels of the groups and the least sum of squares; a few exchanges make `roster` the most even."""
    holder, held, level, came = dict(roster), {o: {} for o, _, _ in given["officers"]}, {}, {}  # type: ignore[var-annotated]
    for place, o in roster.items():
        held[o][place[0]] = place
    cap, past = ({row[0]: row[n] for row in given["officers"]} for n in (1, 2))
    while rest := [o for o in held if held[o] and o not in level]:
        top = max(past[o] + len(held[o]) for o in rest)
        found = reach(may, held, [o for o in rest if past[o] + len(held[o]) == top], dict(came), came)
        new = [o for o in found if isinstance(o, str) and o not in level]
        less = next((o for o in new if len(held[o]) < cap[o] and past[o] + len(held[o]) <= top - 2), None)
        if less is None:
            level.update(dict.fromkeys(new, top))
            came = found
        else:
            shift(found, less, holder, held)
    return level, sum((past[o] + len(held[o])) ** 2 for o in held)


def match(seed: str, digest: str, given: Mapping[str, Any], teams: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """MUST-8.3, 8.4: are these the teams? Returns key, share and level of each officer, course of each visit.

    The teams show by themselves that every place could be filled. What is left to see is that whoever was passed over
    could not have his place: that no chain leads from him to its holder. No roster is looked for.
    """
    cap, past = ({row[0]: row[n] for row in given["officers"]} for n in (1, 2))
    visits, widen, may = given["visits"], given["widen"], may_hold(given)
    need({v: len(team) for v, team in teams.items()} == {v: len(p) for v, p in visits.items()}, "席位 places")
    holder = {(v, n): o for v, team in teams.items() for n, o in enumerate(team, 1)}
    held: dict[str, dict[str, Any]] = {o: {} for o in cap}
    for place, o in holder.items():
        need(o in may[place] and place[0] not in held[o], f"{o} 不能占 may not hold {place}")
        held[o][place[0]] = place
    count = {o: len(held[o]) for o in cap}
    level, least = levels(given, may, holder)
    low, high = dict.fromkeys(cap, 0), {o: min(cap[o], widen) for o in cap}
    for o in level:
        low[o] = max(0, min(max(level[o] - 1 - past[o], 0), cap[o]) - widen)
        high[o] = min(cap[o], min(max(level[o] - past[o], 0), cap[o]) + widen)
    up: Callable[[str], int | None] = lambda o: 0 if count[o] < high[o] else None  # noqa: E731
    down: Callable[[str], int | None] = lambda o: 0 if count[o] > low[o] else None  # noqa: E731
    fair = all(low[o] <= count[o] <= high[o] for o in cap)
    if given["evenness"] == "strict":  # one more at load n and one less at n + 1 leave the sum of squares as it is
        up = lambda o: count[o] + past[o] + 1 if count[o] < cap[o] else None  # noqa: E731
        down = lambda o: count[o] + past[o] if count[o] else None  # noqa: E731
        fair = sum((past[o] + count[o]) ** 2 for o in cap) == least
    need(fair and all(count[o] <= cap[o] for o in cap), "席位分得不匀 the loads are not fair")

    def t(*values: object) -> str:
        return h(lines("ssj-match/1", *values))

    fixed, closed = set[Any](), list[dict[Any, Any]]()

    def refused(place: Any, officer: str) -> bool:
        """Whether no chain leads from the officer to the place or its holder. What one no has shown holds for good."""
        start = held[officer].get(place[0], officer)  # a later place of the visit, which he would give up
        if any(start in seen and place not in seen and holder[place] not in seen for seen in closed):
            return True
        came = reach(may, held, [start], {}, fixed, up=up, down=down)
        if place in came or holder[place] in came:
            return False
        closed.extend([came] if given["evenness"] == "range" else [])
        return True

    key, apart = t("key", seed, digest), [set(pair) for pair in given.get("avoid", ())]
    course: list[tuple[str, str, list[Any]]] = []
    for lot, v in sorted((t("order", key, v), v) for v in visits):
        course.append((v, lot, []))
        for n, chosen in enumerate(teams[v], 1):
            team = teams[v][: n - 1]
            pool = [o for o in may[v, n] if o not in team]
            later = [o for o in pool if any({o, mate} in apart for mate in team)]
            tries: list[tuple[str, str, bool]] = []
            course[-1][2].append((len(pool), tries))
            pool = [o for o in pool if o not in later]
            while not tries or not tries[-1][2]:
                pool, later = (pool, later) if pool else (later, [])
                number = t("draw", key, v, n, len(tries) + 1)
                officer = pool.pop(int(number, 16) % len(pool))
                tries.append((number, officer, officer == chosen))
                need(officer == chosen or refused((v, n), officer), f"{v} {n}: 应为 must be {officer}, {chosen}")
            fixed.add((v, n))
    share = [{"officer": o, "low": low[o], "high": high[o], "places": count[o]} for o in sorted(cap)]
    return {"key": key, "share": share, "level": level, "course": course}


def recorded_match(seed: str, question: Mapping[str, Any], published: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """§9.4: a matching as a record holds it."""
    digest = match_digest(question)
    made = match(seed, digest, question, published)
    return {"spec": "ssj-match/1", "input_digest": digest, "key": made["key"], "share": made["share"]}


# §9 files


def write_table(file: str, rows: Iterable[Iterable[object]]) -> bytes:
    cells = ([clean(cell) for cell in row] for row in (HEADERS[file].split(","), *rows))
    quoted = ([f'"{c.replace(QUOTE, QUOTE * 2)}"' if "," in c or QUOTE in c else c for c in row] for row in cells)
    return ("\ufeff" + "".join(",".join(row) + "\n" for row in quoted)).encode()


def read_table(file: str, data: bytes) -> list[dict[str, str]]:
    """MUST-9.2: what was read must give the same bytes when written."""
    rows, header = [], HEADERS[file].split(",")
    for line in data.decode().split("\n")[1:-1]:
        cells = re.findall(r'(?:^|,)("(?:[^"]|"")*"|[^",]*)', line)
        rows.append([c[1:-1].replace(QUOTE * 2, QUOTE) if c.startswith(QUOTE) else c for c in cells])
    agree(file, data, write_table(file, rows))
    return [dict(zip(header, row, strict=True)) for row in rows]


def agree(file: str, data: bytes, right: bytes) -> None:
    pairs = enumerate(zip(data.split(b"\n"), right.split(b"\n"), strict=False), 1)
    line = next((n for n, (a, b) in pairs if a != b), "…")
    need(data == right, f"{file}: 第 {line} 行起与应有的不同 not what it must be from line {line}")


def closing_holds(data: bytes) -> bool:
    """MUST-9.4."""
    body = data.rpartition(b"\n[closing]\n")[0]
    return data == body + f'\n[closing]\nsha256 = "{h(body)}"\n'.encode()


def number(text: str) -> int:
    need(re.fullmatch("0|[1-9][0-9]*", text), f"不是整数 not a whole number: {text!a:.80}")
    return int(text)


def values(text: str) -> list[str]:
    need(not text or all(text.split("；")), f"空值 an empty value: {text!a:.80}")
    return text.split("；") if text else []


def check_rules(rules: Mapping[str, Any]) -> None:
    """MUST-9.3, 9.8."""
    check(rules, "[rules.toml]", "rules.toml")
    total, classes, team = rules["ratio"]["total"], rules["ratio"]["classes"], rules["team"]
    check_team(team)
    numbers = [rules["ratio"]["reserve"], team.get("widen", 0)]
    for c in classes:
        numbers += [c["at_least"], c["small_below"], 0 if c["small_take"] in ("all", "none") else c["small_take"]]
        plain = not c["at_least"] and not c["small_below"] and c["rounding"] == classes[0]["rounding"]
        need(total == "each" or plain, "total")
        parts = [c["id"] + "/未抽过", c["id"] + "/已抽过"] if rules["ratio"]["coverage_first"] else [c["id"]]
        need(c["strata"] == parts, f"strata: {parts}")  # §4.2
    need(min(numbers) >= 0 and 2 <= team["size"] <= 50, "整数 whole numbers")
    ids, strata = [c["id"] for c in classes], [s for c in classes for s in c["strata"]]
    need(ids == sorted(set(ids)) and len(strata) == len(set(strata)), "分层重复或次序不对 classes and strata")
    lines(rules["scope"], rules["draw_id"], team["lead_section"], *ids, *strata)


def check_team(team: Mapping[str, Any]) -> None:
    """MUST-9.8, 9.13, without the tables."""
    places = team.get("places", [])
    need(not places or [p["role"] for p in places] == ["主办", *["协办"] * (team["size"] - 1)], "team.places")
    need(team["evenness"] == "range" or not team.get("widen"), "team.widen")
    for p in places:
        need(sum(map(bool, (p.get("sections"), p.get("own_section"), p.get("other_than")))) < 2, "team.places")
        for w in [*p.get("sections", []), *p.get("other_than", []), *p.get("needs", [])]:
            need(
                w and not set("、［］") & set(w) and (w in p.get("needs", []) or not w.endswith("以外")), "team.places"
            )
        need(all(w in team["qualified"] for w in p.get("needs", [])), "team.qualified")
    lists = [[one, *others] for one, others in team.get("avoid", {}).items()]
    lists += [[c["id"] for c in team.get("companions", [])], *team.get("qualified", {}).values()]
    for one in lists:
        need(all(a < b for a, b in pairwise(one)), "次序不对或重复 out of order or twice: team")


def check_limits(rules: Mapping[str, Any], caps: dict[str, int]) -> None:
    """MUST-9.14."""
    limits, bound = rules["team"].get("limits", []), set[str]()
    days = rules["start"], rules["end"]
    weeks, months = [(d.toordinal() - 1) // 7 for d in days], [d.year * 12 + d.month for d in days]
    touched = {"week": weeks[1] - weeks[0] + 1, "month": months[1] - months[0] + 1}
    touched["year"] = days[1].year - days[0].year + 1
    per = [one["per"] for one in limits]
    need(per == [p for p in ("draw", "person", "week", "month", "year") if p in per], "team.limits")
    for one in limits:
        most, ids, over = one.get("most", 0), one.get("bound", []), one.get("over", [])
        need(one["periods"] == touched.get(one["per"], 1) and (most > 0) == (one["per"] != "person"), "team.limits")
        need(all(a < b for a, b in pairwise(ids)) and set(ids) <= set(caps) - bound, "team.limits: bound")
        need(all(a < b for a, b in pairwise(over)) and set(over) <= set(ids), "team.limits: over")
        need(not any(caps[o] for o in over), "本次上限 cap")
        need(not most or max(caps.values(), default=0) <= most * one["periods"], "本次上限 cap")
        need(one["per"] != "draw" or all(caps[o] == most for o in ids), "本次上限 cap")
        bound |= set(ids)
    free = {n for o, n in caps.items() if o not in bound} if limits else set()
    need(not free or (len(free) == 1 and all(caps[o] < max(free) for o in bound)), "本次上限 cap")


def check_plan(plan: Mapping[str, Any], rules: Mapping[str, Any]) -> None:
    """MUST-9.9: the plan is read, not only hashed."""
    check(plan, "[plan.toml]", "plan.toml")
    (batch,) = (b for b in plan["batch"] if b["id"] == rules["batch"])
    pairs = {k: (plan[k], rules["plan" if k == "title" else k]) for k in ("title", "bureau", "year", "ruleset")}
    pairs |= {k: (batch[k], rules[k]) for k in ("policy", "start", "end")}
    pairs |= {k: (plan.get(k, "" if k == "document_no" else None), rules.get(k)) for k in ("document_no", "assurance")}
    pairs["signers"] = plan.get("signers", []), rules.get("signers", [])
    pairs["stamp"] = "stamp" in plan, bool(rules.get("stamp"))
    ways = batch.get("replacement") or plan.get("replacement", {})
    pairs["replacement"] = NEXT | ways, NEXT | rules.get("replacement", {})
    pairs["draw_id"] = f"{plan['id']}-{batch['id']}", split_draw(rules["draw_id"])[0]
    uses = batch.get("entropy") or plan["entropy"]
    pairs["entropy"] = [e["source"] for e in uses], [e["source"] for e in rules["entropy"]]
    for use, sealed in zip(uses, rules["entropy"], strict=False):  # MUST-9.12
        source, named, appointed = use["source"], use.get("params", {}), sealed.get("appointed", {})
        for name in set(EVENTS.get(source, "").split()) & set(named):
            right = appointed.get(name) and event(source, name, appointed[name])
            pairs[f"{source} {name}"] = event(source, name, named[name]), right
    equal("规则与计划不一致 the rules differ from the plan", pairs)


def event(source: str, name: str, text: str) -> object:
    """How §6 reads what a plan names of an event."""
    if name == "issue":
        issue = canonical_text(text)
        return "20" + issue if source == "dlt" and len(issue) == 5 else issue
    if name == "parties":
        return list(parties_of(text).items())
    if name == "label":
        return unicodedata.normalize("NFC", text.strip())
    told = moment(text) if name in ("time", "date", "deadline") else None
    return told.timestamp() if told else text


def check_sealed(tables: Mapping[str, list[dict[str, str]]], rules: Mapping[str, Any]) -> None:
    """§3, §9.2, and MUST-9.7, 9.8."""
    subjects, officers, excluded, recusals = (tables[file] for file in SEALED)
    strata = [s for c in rules["ratio"]["classes"] for s in c["strata"]]
    for s in subjects:
        values(s["监管类别"])
        need(s["分层"] in strata and s["重点企业"] in ("是", "否"), f"subjects.csv: {s['编号']}")
    for o in officers:
        values(o["执法领域"]), number(o["本次上限"]), number(o["已有次数"])
    for rows in (subjects, officers, excluded):
        keys = [(row.get("类别", ""), row["编号"]) for row in rows]
        need(keys == sorted(set(keys)), "名录次序不对或编号重复 order, or an id given twice")  # MUST-3.2
        for _, unit_id in keys:
            check_id(unit_id)
    if "weights" in rules:  # MUST-7.7
        classes, of = rules["weights"]["classes"], {s: c["id"] for c in rules["ratio"]["classes"] for s in c["strata"]}
        given = [(t["编号"], number(t["签数"])) for t in tables["tickets.csv"]]
        need([i for i, _ in given] == [s["编号"] for s in subjects], "tickets.csv: 编号 ids")
        need(all(1 <= n <= 64 for n in classes.values()), "签数 tickets: 1–64")
        told = rules["weights"]["stratifier"] == rules["ratio"]["stratifier"]
        for s, (_, n) in zip(subjects, given, strict=True):
            need(classes[of[s["分层"]]] == n if told else n in classes.values(), f"tickets.csv: {s['编号']}")
    if "second_stage" in rules:  # MUST-7.8
        taken = {s["编号"] for s in subjects} | {x["编号"] for x in excluded if x["类别"] == "检查对象"}
        ids = [site["编号"] for site in tables["sites.csv"]]
        need(ids == sorted(set(ids)) and not taken & set(ids), "sites.csv: 编号 ids")
        for site in tables["sites.csv"]:
            check_id(site["编号"])
            need(site["所属对象"] in {s["编号"] for s in subjects}, f"sites.csv: {site['编号']}")
        need(rules["second_stage"].get("count", 1) >= 1, "second_stage: count")
    order = [list(r.values())[:3] for r in recusals]
    need(order == sorted(order), "recusals.csv: 次序 order")
    pool = {"检查对象": {s["编号"] for s in subjects}, "执法检查人员": {o["编号"] for o in officers}}
    for x in excluded:  # MUST-3.1
        need(x["编号"] not in pool[x["类别"]] and x["规则"] and x["原因"], f"excluded.csv: {x['编号']}")
    team, named = rules["team"], {i for ids in rules["team"].get("qualified", {}).values() for i in ids}
    named |= {i for one, others in team.get("avoid", {}).items() for i in (one, *others)}
    out = {x["编号"] for x in excluded if (x["类别"], x["规则"]) == ("执法检查人员", "core.accompanies")}
    need(named <= pool["执法检查人员"] and {c["id"] for c in team.get("companions", [])} <= out, "team: 编号 ids")
    check_limits(rules, {o["编号"]: number(o["本次上限"]) for o in officers})
    need(sorted(pin["role"] for pin in rules.get("rosters", ())) == ["officers", "subjects"], "rules.toml: rosters")
    for pin in rules["rosters"]:
        unit = {"subjects": "检查对象", "officers": "执法检查人员"}[pin["role"]]
        have = len(pool[unit]) + sum(x["类别"] == unit for x in excluded)
        have += len(tables.get("sites.csv", ())) if unit == "检查对象" else 0
        need(pin["rows"] == have, f"{pin['file']}: {pin['rows']} ≠ {have}")
    need(all(r[unit] in pool[unit] for r in recusals for unit in pool), "recusals.csv: 不在名录 not in the pool")
    core = {"core.other_sector", "core.accompanies"} | ({"core.no_subject"} if "second_stage" in rules else set())
    for kind, rows, sealed in (("eligibility", excluded, core), ("recusal", recusals, set[str]())):
        odd = {row["规则"] for row in rows} - sealed - {use["rule"] for use in rules.get(kind, ())}
        need(not odd, f"规则没有封存 applied and not sealed: {odd}")  # MUST-9.10


def match_input(team: Any, drawn: Any, officers: Any, recusals: Any) -> dict[str, Any]:
    """§8.1, from tables."""
    need(not drawn or team["size"] <= len(officers), "无法配齐检查组 no complete roster")
    fields = {o["编号"]: set(values(o["执法领域"])) for o in officers}
    visits: dict[str, list[tuple[str, str]]] = {}
    out, of_class = {}, {}
    for s in drawn:
        visits[s["编号"]] = []
        for n, (name, place) in enumerate(class_of(p, s, not team.get("places")) for p in places_of(team)):
            visits[s["编号"]].append(("协办" if n else "主办", name))
            of_class[name] = place
        rows = [r for r in reversed(recusals) if r["检查对象"] == s["编号"]]  # reversed: the first row of a pair counts
        out[s["编号"]] = {r["执法检查人员"]: r["规则"] for r in rows}
        out[s["编号"]] |= {o: "core.not_qualified" for o in fields if fields[o].isdisjoint(values(s["监管类别"]))}
    classes: dict[str, list[str]] = {}
    for name, place in of_class.items():
        having = [set(team["qualified"][q]) for q in place.get("needs", [])]
        classes[name] = [
            o["编号"]
            for o in officers
            if (not place.get("sections") or o["股室"] in place["sections"])
            and o["股室"] not in place.get("other_than", [])
            and all(o["编号"] in ids for ids in having)
        ]
    people = [(o["编号"], number(o["本次上限"]), number(o["已有次数"])) for o in officers]
    found = {"officers": people, "classes": classes, "visits": visits, "exclusions": out, "evenness": team["evenness"]}
    return found | {
        "widen": team.get("widen", 0),
        "avoid": [(a, b) for a, all_b in team.get("avoid", {}).items() for b in all_b],
    }


def places_of(team: Mapping[str, Any]) -> list[dict[str, Any]]:
    """§8.1: the places as `team.places` has them, or as `team.officers` says in short."""
    lead = [team["lead_section"]]
    first, other = {
        "any": ({}, {}),
        "own-section": ({"own_section": True}, {"own_section": True}),
        "joint": ({"sections": lead}, {"other_than": lead}),
    }[team["officers"]]
    return list(team.get("places") or [first, *[other] * (team["size"] - 1)])


def class_of(place: Mapping[str, Any], subject: Mapping[str, str], brief: bool) -> tuple[str, dict[str, Any]]:
    """§8.1: name of the class of a place, and the place with its section; `brief`: from `team.officers`."""
    name = "各股室"
    if place.get("own_section"):
        own = subject["分管股室"] or "（名录未填）"
        name, place = ("股室" if brief else "本股室") + own, {**place, "sections": [own]}
    elif place.get("sections") or place.get("other_than"):
        name = "股室" + "、".join(place.get("sections") or place["other_than"])
        name += "以外" if place.get("other_than") else ""
    return "".join(f"［{q}］" for q in place.get("needs", [])) + name, dict(place)


# §10 ledger


def read_ledger(data: bytes) -> tuple[list[dict[str, Any]], str]:
    """MUST-10.1 to 10.7: events and head. Bytes after the last LF do not count."""
    events: list[dict[str, Any]] = []
    head = "0" * 64
    seen: set[tuple[str, str]] = set()
    for n, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            e = json.loads(line.decode(), parse_float=int, parse_constant=int)  # int("1.5") is refused
            need(line == json.dumps(e, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), "")
            types = {"data": dict, "draw": str, "event": str, "number": int, "previous": str, "time": str}
            need({k: type(v) for k, v in e.items()} == types and (e["number"], e["previous"]) == (n, head), "")
            base, plus, k = e["draw"].rpartition("+")
            order = ["replace", "entropy", "replaced"] if plus else ["commit", "entropy", "draw"]
            past = [kind for kind in (*order, "void") if (kind, e["draw"]) in seen]
            after = 1 if e["event"] == "void" else order.index(e["event"])
            if plus:  # §13.6
                mine = [f for f in (*events, e) if f["draw"] == e["draw"] and f["event"] == "replace"]
                after -= e["event"] == "replaced" and mine[0]["data"].get("sources", []) == []
                need(("entropy" in past) <= (e["event"] != "replaced" or after == 2), "")
                stands = e["event"] == "void" or (("draw", base) in seen and ("void", base) not in seen)
                before = {("replaced", f"{base}+{int(k) - 1}"), ("void", f"{base}+{int(k) - 1}")}
                need(stands and k == str(int(k)) and (k == "1" or before & seen), "")
                need(e["event"] != "void" or ("replace", f"{base}+{int(k) + 1}") not in seen, "")
            need(e["event"] not in past and "void" not in past and len(past) >= after, "")
            if e["event"] == "commit":
                batch, count = split_draw(e["draw"])
                need(count == 1 or ("void", f"{batch}-{count - 1}") in seen, "")
                sealed, said = [f for f in events if f["event"] == "commit"], e["data"]
                policy, year = said["policy"], said["year"]
                need(isinstance(policy, str) and policy and type(year) is int, "policy, year")
                like = [f for f in sealed if (f["data"]["policy"], f["data"]["year"]) == (policy, year)]  # MUST-10.6
                again = all(("void", f["draw"]) in seen for f in like)
                need(again, "同一抽查批次当年已封存 this policy was sealed before in that year")
                once = all(f["data"].get("commitment") != said.get("commitment") for f in sealed)  # MUST-10.7
                need(once or "commitment" not in said, "同一个承诺封存了两次 one commitment was sealed twice")
        except Exception as error:
            raise ValueError(f"ledger.jsonl: 第 {n} 行 line {n} {error!s:.80}") from None
        events.append(e)
        seen.add((e["event"], e["draw"]))
        head = h(line)
    return events, head


def split_draw(name: str) -> tuple[str, int]:
    """§10.3: plan and batch, and the number of the draw."""
    found = re.fullmatch("(.+)-([1-9][0-9]{0,5})", name)
    if not found:
        raise ValueError(f"不是抽取编号 not a draw id: {name!a:.80}")
    return found[1], int(found[2])


def in_ledger(events: Iterable[Mapping[str, Any]], name: str, record: Mapping[str, Any], digest: str) -> list[Any]:
    """MUST-11.4; returns policy and years, to be compared with the rules."""
    mine = {e["event"]: e for e in events if e["draw"] == name}
    need("draw" in mine, "台账里没有这次抽取 the ledger does not have this draw")
    commit, entropy, drawn, sealed = mine["commit"], mine["entropy"], mine["draw"]["data"], record["commitment"]
    pairs = {k: (commit["data"].get(k, v), v) for k, v in sealed.items()}
    pairs["record"], pairs["seed"] = (drawn["record"], digest), (drawn["seed"], record["seed"])
    pairs["commitment"] = commit["data"]["commitment"], sealed["value"]
    pairs["previous"] = commit["previous"], sealed["previous_head"]
    pairs["sealed_at"] = commit["time"] or record["sealed_at"], record["sealed_at"]
    pairs["drawn_at"] = entropy["time"] or record["drawn_at"], record["drawn_at"]
    pairs["entropy"] = entropy["data"]["evidence"], record["entropy"]
    pairs["entropy of"] = entropy["data"]["commitment"], sealed["value"]
    equal("记录与台账不同 record and ledger differ", pairs)
    return [commit["data"]["policy"], commit["data"]["year"], drawn["year"]]


def drawn_before(
    events: Sequence[Mapping[str, Any]], name: str, year: int, folders: Mapping[str, Mapping[str, bytes]]
) -> set[str]:
    """§4.2: who was drawn in the year, by draws that stood when `name` was sealed."""
    sealed = next(n for n, e in enumerate(events) if (e["event"], e["draw"]) == ("commit", name))
    void, found = {e["draw"] for e in events[:sealed] if e["event"] == "void"}, set()
    past = [e for e in events[:sealed] if e["draw"] not in void]
    for draw in [e["draw"] for e in past if e["event"] == "draw"]:
        try:
            files = Held(folders.get(draw, {}))
            done = [e["draw"].rpartition("+") for e in past if e["event"] == "replaced"]
            now = stands_after(files, max((int(k) for base, _, k in done if base == draw), default=0))
            found |= now if toml(files["rules.toml"])["year"] == year else set()
        except Exception:
            raise Unsure(f"更早的抽取不在或读不懂 missing or unreadable: {draw}") from None
    return found


# §6.1 and §11.1, verdict A


def moment(text: str) -> datetime | None:
    """§6.1: without an offset it is of UTC+8."""
    text, zone = canonical_text(text), "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
    form = rf"[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}([T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?{zone}?)?"
    with suppress(ValueError):
        told = datetime.fromisoformat(text) if re.fullmatch(form, text) else None
        return told.replace(tzinfo=timezone(timedelta(hours=8))) if told and not told.tzinfo else told
    return None


def people(names: Iterable[str]) -> set[str]:
    """§6.1: names as they are told apart."""
    parts = (unicodedata.normalize("NFKC", part) for name in names for part in re.split("[、，,；;]", name))
    return {"".join(c for c in part if unicodedata.category(c)[0] in "LMN") for part in parts} - {""}


def dice(e: Mapping[str, Any], source: str) -> int:
    """§6.5 and 6.10: the size in bits; MUST-6.11 to 6.13, 6.25."""
    faces, told = DICE[source], e.get("details", {})

    def thrown(text: str) -> str:
        found = "".join(SEPARATORS.split(plain(text)))
        need(set(found) <= set(faces), f"{source}: 不是骰子的点数 not a face of the die")
        return found

    throws, rolls, fixed = thrown(e["raw"]), told.get("rolls", ""), told.get("corrections", "")
    need(e["canonical"] == throws, f"{source}: 与原文不符 not the throws that were typed")
    if rolls.strip():
        parts = [re.split("[:：]", part, maxsplit=1) for part in re.split("[;；]", rolls) if part.strip()]
        need(all(len(part) == 2 and part[0].strip() for part in parts), f"{source}: rolls")
        need("".join(thrown(part[1]) for part in parts) == throws, f"{source}: 谁掷的与点数不符 rolls")
    now: dict[int, str] = {}
    for line in fixed.split("\n") if fixed.strip() else ():
        found = re.fullmatch("([1-9][0-9]{0,5}):(.*)>([0-9]?)", line)
        need(found, f"{source}: corrections")
        now |= {int(found[1]): found[3]} if found and found[3] else {}
    need(all(throws[n - 1 : n] == face for n, face in now.items()), f"{source}: 更正与点数不符 corrections")
    size = int(len(faces) ** len(throws)).bit_length() - 1
    need(size >= 20, f"{source}: 不足 20 比特 less than 20 bits")
    return size


def numbers_drawn(raw: str, source: str) -> str:
    """§6.6: the canonical text; MUST-6.14."""
    typed = re.fullmatch(r"第?\s*([0-9]+)\s*(?:期[\s:]*|:)(.*)", plain(raw).strip(), re.DOTALL)
    issue, drums = event(source, "issue", typed[1] if typed else ""), GAMES[source][1]
    need(re.fullmatch("20[0-9]{2}[0-9]{3}", str(issue)) and 0 < int(str(issue)[4:]) < 367, f"{source}: 期号 issue")
    made, groups = [], typed[2].split("+") if typed else []
    for group, (count, low, high) in zip(groups, drums, strict=True):
        words = [word for word in SEPARATORS.split(group) if word]
        words = list(words[0]) if source == "fc3d" and len(words) == 1 else words
        balls = [int(word) for word in words if re.fullmatch("[0-9]{1,2}", word)]
        twice = source != "fc3d" and len(set(balls)) < count
        need(len(words) == len(balls) == count and not twice, f"{source}: 号码个数不对或重复 count, or a ball twice")
        need(all(low <= ball <= high for ball in balls), f"{source}: 没有这个号码 no such ball")
        made.append(" ".join(map(str, balls) if source == "fc3d" else (f"{ball:02}" for ball in sorted(balls))))
    return f"{issue}:{'+'.join(made)}"


def lottery(e: Mapping[str, Any], source: str, named: Mapping[str, str]) -> tuple[bool, bool, datetime | None, int]:
    """§6.6: whether it is of E4, whether it was looked up in two places, when it was drawn, its size; MUST-6.15."""
    told, when, day = e.get("details", {}), moment(e.get("when", "")), named.get("date", "")
    need(e["canonical"] == numbers_drawn(e["raw"], source), f"{source}: 与原文不符 not the numbers that were typed")
    need(plain(named.get("game", source)).strip().lower() in GAMES[source][0].split(), f"{source}: 游戏 game")
    issue = e["canonical"].partition(":")[0]
    need(issue == named.get("issue", ""), f"{source}: 不是约定的那一期 not the issue appointed")
    need(told.get("date", "") == day, f"{source}: date")
    need(when or not e.get("when", "").strip(), f"{source}: when")
    begins = moment(day) if len(canonical_text(day)) == len("2026-11-14") else None
    drawn = begins if begins and not (when and when.astimezone(begins.tzinfo).date() == begins.date()) else when
    places = {plain(told.get(name, "")).strip().lower() for name in ("source1", "source2")}
    places = {re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", x).split("/")[0].strip() if "." in x else x for x in places}
    two, sealed = len(places - {""}) == 2, told.get("sealed_at", "")
    later = drawn and (not sealed or ((at := moment(sealed)) and drawn > at))
    size = GAMES[source][2]
    return bool(two and later and day and size >= 20), two, drawn, size


def parties_of(text: str) -> dict[str, str]:
    """§6.7: names, each with its commitment or its secret, "" for `-`."""
    found: dict[str, str] = {}
    for part in filter(str.strip, re.split("[;；]", text)):
        party, equals, value = part.replace("＝", "=").partition("=")
        party, value = unicodedata.normalize("NFC", party.strip()), plain(value).strip().lower()
        need(equals and clean(party) and party not in found, "reveal: 各方 parties")
        found[party] = "" if value == "-" else value
    return found


def reveal(e: Mapping[str, Any], named: Mapping[str, str]) -> tuple[int, int]:
    """§6.7: how many parties there are, and how many revealed; MUST-6.17, 6.19."""
    parties, given = parties_of(named.get("parties", "")), parties_of(e["raw"])
    sealed, label = parties.values(), named.get("label", "")
    need(len(set(sealed)) == len(sealed) > 1 and all(map(HEX.fullmatch, sealed)), "reveal: parties")
    need(set(given) <= set(parties), "reveal: 没有约定的一方 a party that was not appointed")
    told = {party: secret for party, secret in given.items() if secret}
    need(told and all(map(HEX.fullmatch, told.values())), "reveal: 无人揭示或写法不对 nobody reveals, or no secret")
    canonical = ";".join(f"{party}={told.get(party, '-')}" for party in parties)
    need(e["canonical"] == canonical, "reveal: 与原文不符 not what was typed")
    wrong = [party for party in told if h(lines("ssj.reveal.1", label, party, told[party])) != parties[party]]
    need(not wrong, f"reveal: 与承诺不符 not the secret committed to: {', '.join(wrong)}")
    closes, when = moment(named.get("deadline", "")), moment(e.get("when", ""))
    need(closes and (len(told) == len(parties) or (when and when >= closes)), "reveal: 期限 deadline")
    return len(parties), len(told)


Worth = tuple[str, datetime | None, bool, bool, int]  # level, time, whether picked, whether attested, size in bits


def worth(e: Mapping[str, Any], named: Mapping[str, str], name: str) -> Worth:
    """§6, of one source: it fails unless it is sound."""
    source, raw, canonical, when = clean(e["source"]), e["raw"], clean(e["canonical"]), moment(e.get("when", ""))
    seen = bool(len(people(e.get("who", ()))) > 1 and e.get("where", "").strip() and when)
    if source == "os":
        need(HEX.fullmatch(canonical) and raw == canonical, "os: 写法不合规格 not canonical")
        return "E0", when, True, seen, 256
    if source == "text":  # MUST-6.1, 6.2
        need(canonical == canonical_text(raw), "text: 与原文不符 not the canonical form of what was said")
        need(bits(canonical) >= 20, "text: 不足 20 比特 less than 20 bits")
        return "E2" if seen else "E0", when, True, seen, bits(canonical)
    if source in DICE:
        return "E2" if seen else "E0", when, True, seen, dice(e, source)
    if source in GAMES:
        good, two, drawn, size = lottery(e, source, named)
        return "E4" if good else "E0", drawn, not two, seen, size
    of, told = reveal(e, named)
    own = told == of and when and named.get("label", "") == name  # MUST-6.18
    return "E3" if own else "E0", when, told < of, seen, 256 * told


def check_entropy(
    entropy: Sequence[Mapping[str, Any]], sealed: Sequence[Mapping[str, Any]], required: str, at: str, name: str
) -> str:
    """MUST-11.5 to 11.7: the level; `sealed` are the sources of the rules, `at` is the time of the sealing."""
    sources, begins, found = [e["source"] for e in sealed], moment(at), list[Worth]()
    for e, one in zip(entropy, sealed, strict=False):
        if e["source"] == one["source"] and e["source"] in KNOWN:
            level, time, picked, seen, size = worth(e, one.get("appointed", {}), name)
            early = begins is None or (time is not None and time < begins)  # MUST-6.9
            found.append(("E0" if early else level, time, picked, seen, size))
    need([e["source"] for e in entropy] == sources, "来源或次序与规则不同 other sources or order than the rules")
    if unknown := sorted(set(sources) - KNOWN):
        raise Unsure(f"本程序不核对的熵源，签名请另行核对 signatures not checked by this program: {', '.join(unknown)}")
    need(sum(one[4] for one in found) >= 20, "不足 20 比特 less than 20 bits")  # MUST-6.6
    counts = []
    for level, time, *_ in found:  # no more than any that could be picked with this one known
        after = [o for o in found if o[2] and not (o[3] and o[1] and time and o[1] < time)]
        counts.append(min([level, *(o[0] for o in after)]))
    best = max(counts)
    if (required == "E1" and best == "E0") or (required == "E5" and best == "E4" and {"E2", "E3"} & set(counts)):
        raise Unsure(f"{required} 要看时间戳，本程序不核对 {required} needs a time stamp, not checked by this program")
    need(best >= required, f"证据只到 {best}，计划要求 the evidence reaches {best}, the plan asks for {required}")
    return best


Report = list[tuple[str, str, str]]  # holds, fails or unknown; title; why


@contextmanager
def step(report: Report, title: str) -> Iterator[None]:
    """MUST-11.2: whatever a file holds, a step only fails, and the next one follows."""
    verdict, why = "holds", ""
    try:
        yield
    except Unsure as error:
        verdict, why = "unknown", str(error)
    except NameError:  # a value that an earlier step should have found
        verdict, why = "unknown", "前面的步骤没有结果 an earlier step has no result"
    except Exception as error:
        verdict, why = "fails", f"{type(error).__name__} {error!s:.400}".removeprefix("ValueError ")
    report.append((verdict, title, why))


def verify_draw(
    given: Mapping[str, bytes],
    name: str,
    events: Sequence[Mapping[str, Any]] | None = None,
    folders: Mapping[str, Mapping[str, bytes]] = MappingProxyType({}),
) -> Report:
    """The files of a draw, the name of its folder, and the ledger with the files of every draw if there is one."""
    files, report = Held(given), Report()
    with step(report, "1 记录末尾的摘要 closing digest of the record"):
        found = toml(files["record.toml"])
        check_version(found, "ssj-record/1", "SSJ-DRAW/1")
        record = found
        for text in texts(printed(record)):  # MUST-9.6
            clean(text)
        need(closing_holds(files["record.toml"]), "record.toml 被改动 was changed")
        check(record, "[record.toml]", "record.toml")
    if report[0][0] == "unknown":
        return report
    with step(report, "2 各文件的摘要 digests of the files"):  # MUST-11.3
        due = [*FILES, *(f for f in MORE if f in record["tables"])]
        wrong = [f for f in due if f in files and record["tables"].get(f) != h(files[f])]
        need(not wrong, f"与记录中的摘要不符 not as in the record: {', '.join(wrong)}")
        need(set(record["tables"]) == set(due), "记录所列文件不齐 the record lists other files")
        if "verify_ssj.py" in files:  # MUST-9.5
            laid_in = record["software"].get("verify_ssj.py")
            need(
                laid_in == h(files["verify_ssj.py"]),
                "verify_ssj.py 不是抽取时放入的 is not the one laid in at the draw",
            )
        need(record["draw_id"] == name, f"文件夹应名为 the folder should be named {record['draw_id']!a:.80}")
        for file in due:
            files[file]
    with step(report, "3 封存的名录和规则 sealed rosters and rules"):
        if "rules.toml" in files:
            found = toml(files["rules.toml"])
            check_version(found, "ssj-rules/1", "SSJ-DRAW/1", "ssj-match/1")
            rules = found
            check_rules(rules)
            for text in texts(rules):
                clean(text)
        more = {f for f, key in MORE.items() if "rules.toml" in files and key in rules}
        sealed = [*SEALED, *sorted(more - {"site_draws.csv"})]
        tables = Held({file: read_table(file, files[file]) for file in sealed if file in files})
        wrong = [f for f in tables if rules["tables"].get(f) != h(files[f])]  # MUST-5.6
        need(not wrong, f"与规则中的摘要不符 not as sealed: {', '.join(wrong)}")
        check_sealed(tables, rules)
        need(set(rules["tables"]) == set(sealed), "规则所列表格不齐 the rules list other tables")
        need(more == set(record["tables"]) & set(MORE), "记录所列文件与规则不一致 the record lists other files")
        counts = {t["编号"]: number(t["签数"]) for t in tables.get("tickets.csv", ())}
        agreed = all(same(rules[k], record[k]) for k in ("draw_id", "bureau", "title"))
        need(agreed, "记录与规则不一致 rules and record differ")
        subjects, officers = tables["subjects.csv"], tables["officers.csv"]
        if "plan.toml" in files:
            plan = toml(files["plan.toml"])
            check_version(plan, "ssj-plan/1")
            check_plan(plan, rules)
    with step(report, "4 承诺 commitment"):
        who = [[o[c] for c in ("编号", "股室", "本次上限", "已有次数")] for o in officers]
        lists = [[s["编号"], s["分层"], *([counts[s["编号"]]] if counts else [])] for s in subjects], who
        head = record["commitment"]["previous_head"]
        right = commitment(rules["draw_id"], lists, files["plan.toml"], files["rules.toml"], head)
        if right["sm3"] is None:
            right["sm3"] = said = record["commitment"]["sm3"]
            need(HEX.fullmatch(said), "SM3")
        need(HEX.fullmatch(head) and same(record["commitment"], right), f"应为 must be {right}")  # MUST-2.1, 5.5
    with step(report, "5 熵源 entropy"):
        required, at = rules.get("assurance", "E0"), record["sealed_at"]
        check_entropy(record["entropy"], rules["entropy"], required, at, rules["draw_id"])
    with step(report, "6 种子 seed"):
        seed = make_seed(record["commitment"]["value"], [f"{e['source']}:{e['canonical']}" for e in record["entropy"]])
        need(record["seed"] == seed, f"应为 must be {seed}")
    with step(report, "7 应抽数和签号界线 quotas and cuts"):
        key = make_key(seed, rules["draw_id"], "subject", rules["scope"])
        strata: dict[str, list[str]] = {}
        for s in subjects:
            strata.setdefault(s["分层"], []).append(s["编号"])
        order = {stratum: tickets(key, ids, counts) for stratum, ids in strata.items()}
        quota = quotas(rules["ratio"]["total"], rules["ratio"]["classes"], {s: len(ids) for s, ids in strata.items()})
        cuts = [{"stratum": s, "size": n, "quota": q, "cut": order[s][q - 1][0] if q else ""} for s, n, q in quota]
        need(same(record["stratum"], cuts), f"应为 must be {cuts}")
    with step(report, "8 抽中名单 drawn.csv"):
        by_id = {s["编号"]: s for s in subjects}
        drawn, rows = [], []
        for stratum, _, q in quota:  # MUST-7.3
            for n, (ticket, i) in enumerate(order[stratum][: q + rules["ratio"]["reserve"]] if q else (), 1):
                rows.append((stratum, n, "抽中" if n <= q else "递补", i, by_id[i]["名称"], ticket))
                drawn += [by_id[i]] if n <= q else []
        agree("drawn.csv", files["drawn.csv"], write_table("drawn.csv", rows))
        if "second_stage" in rules:  # MUST-7.9
            key = make_key(seed, rules["draw_id"], "site", rules["scope"])
            sites, count = {x["编号"]: x for x in tables["sites.csv"]}, rules["second_stage"].get("count", 1)
            places: list[list[object]] = []
            of: dict[str, list[str]] = {}
            for i, site in sites.items():
                of.setdefault(site["所属对象"], []).append(i)
            for _, _, _, subject, *_ in rows:
                own = tickets(key, of.get(subject, ()))[: count + rules["ratio"]["reserve"]]
                for n, (ticket, i) in enumerate(own, 1):
                    places.append([subject, n, "抽中" if n <= count else "递补", i, sites[i]["名称"], ticket])
            agree("site_draws.csv", files["site_draws.csv"], write_table("site_draws.csv", places))
    with step(report, "9 检查组 teams.csv"):
        question = match_input(rules["team"], drawn, officers, tables["recusals.csv"])
        published: dict[str, list[str]] = {}
        for row in read_table("teams.csv", files["teams.csv"]):
            published.setdefault(row["检查对象"], []).append(row["执法检查人员"])
        matching, people = recorded_match(seed, question, published), {o["编号"]: o for o in officers}
        teams: list[list[object]] = []
        for s in drawn:
            for n, o in enumerate(published[s["编号"]], 1):
                role = question["visits"][s["编号"]][n - 1][0]
                teams.append([s["编号"], s["名称"], n, role, o, people[o]["姓名"], people[o]["股室"]])
        agree("teams.csv", files["teams.csv"], write_table("teams.csv", teams))
    with step(report, "10 匹配依据 input, key and ranges of the matching"):  # MUST-8.7
        need(same(record["matching"], matching), f"应为 must be {matching}")
    if events is not None and "record.toml" in files:
        with step(report, "11 台账 the ledger has this draw and agrees"):
            told = in_ledger(events, name, record, h(files["record.toml"]))
            due = [f"{rules['ruleset']}/{rules['policy']}", rules["year"], rules["year"]]
            need(same(told, due), f"批次或年度应为 policy and year must be {due}")
        with step(report, "12 未抽过的先抽 who was drawn before, by the ledger"):
            before = drawn_before(events, name, rules["year"], folders) if rules["ratio"]["coverage_first"] else set()
            for s in subjects if rules["ratio"]["coverage_first"] else ():
                stratum = "已抽过" if s["编号"] in before else "未抽过"
                need(s["分层"].rpartition("/")[2] == stratum, f"{s['编号']} 应属 belongs to {stratum}")
    return report


# §13 replacement


def stands_after(files: Mapping[str, bytes], last: int) -> set[str]:
    """Who is to be inspected after replacement `last`; 0 is the draw itself."""
    if last:
        return {row["检查对象"] for row in read_table("teams.csv", Held(files)[f"replacements/{last}/teams.csv"])}
    return {row["编号"] for row in read_table("drawn.csv", Held(files)["drawn.csv"]) if row["结果"] == "抽中"}


def check_event(
    event: Mapping[str, Any], rules: Mapping[str, Any], stood: Mapping[str, Any], rounds: int, exact: bool
) -> bool:
    """MUST-13.1, 13.4, 13.7; whether the mode could be told. Without a ledger there may have been more `rounds`."""
    need(event["reason"] in REASONS[event["kind"]], "理由 reason")
    need(event["document"] and event["by"], "证明材料和决定人 evidence, and who decided")
    officers: dict[str, list[str]] = {r["检查对象"]: [] for r in stood["rows"]}
    for r in stood["rows"]:
        officers[r["检查对象"]].append(r["执法检查人员"])
    if event["kind"] == "officer":
        in_team = [v for v, team in officers.items() if event["unit"] in team]
        need(event["visits"] == [v for v in in_team if v in event["visits"]] != [], "不在检查组 not in these teams")
        need("mode" not in event and not event["round"], "mode")
        need(not event["withdraws"] or event["visits"] == in_team, "withdraws")
        return True
    ways = NEXT | rules.get("replacement", {})
    spare = ways["mode"] == "R2" and event.get("mode") == "R3"
    used_up = spare and (rounds >= ways["rounds"] or not exact)
    judged = ways["mode"] == "R1" and event["reason"] not in OBJECTIVE
    need(event["mode"] == ("R3" if used_up or judged else ways["mode"]), "替换方式与计划不符 not the mode of the plan")
    need(event["unit"] in officers and not event["visits"] and not event["withdraws"], "不在名单 does not stand")
    need(event["mode"] == "R2" or not event["round"], "round")
    if event["mode"] == "R2" and event["entropy"]:
        right = {"source": "chain", "appointed": {"anchor": ways["anchor"], "round": str(event["round"])}}
        due = event["round"] == rounds + 1 if exact else event["round"] > rounds
        need(event["entropy"] == [right] and due and event["round"] <= ways["rounds"], "轮次 round")
    return exact or not spare or rounds >= ways["rounds"]


def steps_in(event: Mapping[str, Any], rules: Any, tables: Any, stood: Any, of_the_draw: str, seed: str) -> Any:
    """MUST-13.5: stratum, id and ticket; None if the class is used up, and for an officer."""
    if event["kind"] == "officer":
        return None
    subjects, counts = tables["subjects.csv"], {t["编号"]: number(t["签数"]) for t in tables.get("tickets.csv", ())}
    own = next(s["分层"] for s in subjects if s["编号"] == event["unit"])
    strata = next(c["strata"] for c in rules["ratio"]["classes"] if own in c["strata"])
    left = {s: [x["编号"] for x in subjects if x["分层"] == s and x["编号"] not in stood["taken"]] for s in strata}
    stratum = next((s for s in strata if left[s]), None)
    if stratum is None:
        return None
    key = make_key(of_the_draw, rules["draw_id"], "subject", rules["scope"])
    if event["mode"] != "R1":
        key = make_key(seed, event["id"], "reserve", rules["scope"])
    ticket, chosen = tickets(key, left[stratum], counts)[0]
    return {"id": chosen, "stratum": stratum, "ticket": ticket}


def barred(whole: Mapping[str, Any], stood: Mapping[str, Any], visit: str) -> dict[str, str]:
    """§13.5: who may not go there, and why: by what was sealed, else because he withdrew, else because he left."""
    left = {officer: code for (where, officer), code in stood["left"].items() if where == visit}
    return {**left, **stood["out"], **whole["exclusions"].get(visit, {})}


def free_places(event: Mapping[str, Any], chosen: Any, rules: Any, tables: Any, stood: Any) -> tuple[Any, Any]:
    """MUST-13.8: the instance of the free places, and the rows of the teams with the free ones marked by ""."""
    subjects = {s["编号"]: s for s in tables["subjects.csv"]}
    rows = [dict(r) for r in stood["rows"]]
    if event["kind"] == "subject":
        new = {"检查对象": chosen["id"], "名称": subjects[chosen["id"]]["名称"]} if chosen else {}
        rows = [r | new if r["检查对象"] == event["unit"] else r for r in rows]
        rows = [r for r in rows if chosen or r["检查对象"] != event["unit"]]
    concerned = [chosen["id"]] if chosen else event["visits"]
    people, recusals = tables["officers.csv"], tables["recusals.csv"]
    released = [f"{r['检查对象']}#{r['席位']}" in event["released"] for r in rows]
    concerned = [*concerned, *(r["检查对象"] for r, again in zip(rows, released, strict=True) if again)]
    whole = match_input(rules["team"], [subjects[v] for v in dict.fromkeys(concerned)], people, recusals)
    for r, again in zip(rows, released, strict=True):
        v, o = r["检查对象"], r["执法检查人员"]
        if again or (event["kind"] == "officer" and v in event["visits"] and o == event["unit"]):
            r["执法检查人员"] = ""
        elif chosen and v == chosen["id"]:
            of_class = whole["classes"][whole["visits"][v][number(r["席位"]) - 1][1]]
            r["执法检查人员"] = o if o in of_class and o not in barred(whole, stood, v) else ""
    free = [r for r in rows if not r["执法检查人员"]]
    load = {o["编号"]: sum(r["执法检查人员"] == o["编号"] for r in rows) for o in people}
    visits = {
        v: [whole["visits"][v][number(r["席位"]) - 1] for r in free if r["检查对象"] == v]
        for v in concerned
        if any(r["检查对象"] == v for r in free)
    }
    out = {}
    for v in visits:
        mates = {r["执法检查人员"]: "core.team_mate" for r in rows if r["检查对象"] == v and r["执法检查人员"]}
        out[v] = mates | barred(whole, stood, v)
    used = {c for places in visits.values() for _, c in places}
    officers = [(o, max(0, cap - load[o]), past + load[o]) for o, cap, past in whole["officers"]]
    classes = {c: ids for c, ids in whole["classes"].items() if c in used}
    return {**whole, "officers": officers, "classes": classes, "visits": visits, "exclusions": out}, rows


def fewest(event: Mapping[str, Any], chosen: Any, rules: Any, tables: Any, stood: Any) -> list[str]:
    """§13.8: of the places that an exchange leads to, the smallest set that will do, and the first of these."""

    def attempt(names: Iterable[str]) -> tuple[Any, Any]:
        return free_places({**event, "released": list(names)}, chosen, rules, tables, stood)

    question, rows = attempt([])
    need(not fillable(question), "不动别的席位也能配齐 nothing had to be released")
    queue = [(r["检查对象"], r["席位"]) for r in rows if not r["执法检查人员"]]
    subjects, people = {s["编号"]: s for s in tables["subjects.csv"]}, tables["officers.csv"]
    reached = []
    for v, n in queue:
        whole = match_input(rules["team"], [subjects[v]], people, tables["recusals.csv"])
        may = set(whole["classes"][whole["visits"][v][number(n) - 1][1]]).difference(barred(whole, stood, v))
        held = [(r["检查对象"], r["席位"]) for r in rows if r["执法检查人员"] in may]
        new = [place for place in held if place not in queue]
        queue += new
        reached += new
    order = [f"{v}#{n}" for v, n in sorted(reached, key=lambda place: (place[0], number(place[1])))]
    sets = (names for size in (1, 2, 3) for names in combinations(order, size))
    return next((list(names) for names in sets if fillable(attempt(names)[0])), [])


def replacement_seed(event: Any, made: Any, record: Any, rules: Any) -> str:
    """MUST-13.6, 13.9, §13.4: nothing where nothing is left to chance."""
    if event.get("mode") == "R2" and event["entropy"]:
        (link,) = made["entropy"]
        followed = link["canonical"]
        need(link["source"] == "chain" and HEX.fullmatch(followed), "链 chain")
        for _ in range(event["round"]):
            followed = h(lines("ssj.chain.1", followed))
        need(followed == event["entropy"][0]["appointed"]["anchor"], "链 chain")
        return h(lines("ssj.reserve.1", record["seed"], event["round"], link["canonical"]))
    asked = [e["source"] for e in event["entropy"]]
    need(not asked or asked == [e["source"] for e in rules["entropy"]], "熵源 sources")
    value = made["commitment"]["value"]
    return make_seed(value, [f"{e['source']}:{e['canonical']}" for e in made["entropy"]]) if asked else ""


def verify_replacements(
    given: Mapping[str, bytes], name: str, events: Sequence[Mapping[str, Any]] | None = None
) -> Report:
    """Every replacement of a draw, in a step of its own."""
    files, report = Held(given), Report()
    found = {re.fullmatch("replacements/([1-9][0-9]{0,5})/.+", f) for f in given}
    numbers = {int(m[1]) for m in found if m}
    ended = [e["draw"] for e in events or () if e["event"] == "replaced" and e["draw"].startswith(f"{name}+")]
    numbers |= {int(replaced.rpartition("+")[2]) for replaced in ended}
    if not numbers:
        return report
    with step(report, "替换的依据 what the replacements build on"):
        rules, record = toml(files["rules.toml"]), toml(files["record.toml"])
        more = ["tickets.csv"] if "weights" in rules else []
        tables = {file: read_table(file, files[file]) for file in (*SEALED, *more)}
        rows = read_table("teams.csv", files["teams.csv"])
        base: dict[str, Any] = {"rows": rows, "taken": {r["检查对象"] for r in rows}, "out": {}, "left": {}}
        stood, parents, rounds = {0: base}, {0: h(files["record.toml"])}, 0
    untold = set(numbers)
    for k in sorted(numbers):
        with step(report, f"替换 replacement {name}+{k}"):
            part = {f: files[f"replacements/{k}/{f}"] for f in ("event.toml", "replacement.toml", "teams.csv")}
            event, made = toml(part["event.toml"]), toml(part["replacement.toml"])
            check_version(event, "ssj-replace/1")
            check_version(made, "ssj-replacement/1", "SSJ-DRAW/1")
            check(event, "[event.toml]", "event.toml")
            check(made, "[replacement.toml]", "replacement.toml")
            event, made = ABSENT | event, {"entropy": []} | made
            if event["follows"] in untold and event["follows"] < k:
                raise Unsure(f"所依据的替换无法核验 it builds on what cannot be told: {event['follows']}")
            for text in texts([printed(made), event]):
                clean(text)
            need(closing_holds(part["replacement.toml"]), "replacement.toml 被改动 was changed")
            need(made["tables"] == {f: h(part[f]) for f in ("event.toml", "teams.csv")}, "摘要不符 digests")
            need({made["id"], event["id"]} == {f"{name}+{k}"}, "编号 id")
            before, said = stood[event["follows"]], made["commitment"]
            if events is not None:
                revealed = [e["draw"] for e in events if e["event"] == "replace" and "anchor" in e["data"]]
                seen = [e["draw"].rpartition("+") for e in events if e["event"] == "entropy" and e["draw"] in revealed]
                rounds = sum(draw == name and int(n) < k for draw, _, n in seen)
            told = check_event(event, rules, before, rounds, events is not None)
            rounds = max(rounds, event["round"] if event["entropy"] else 0)  # without, no link was revealed
            inputs = [event["id"], parents[event["follows"]], h(part["event.toml"]), said["previous_head"]]
            right = dict(zip(("parent", "event_digest", "previous_head"), inputs[1:], strict=True))
            right["value"] = h(lines("ssj.replace.1", *inputs))
            need(same(said, right), f"承诺应为 the commitment must be {right}")  # MUST-13.2
            seed = replacement_seed(event, made, record, rules)
            need(made["seed"] == seed, f"种子应为 the seed must be {seed}")
            need(event["entropy"] != [] or not made["entropy"], "不需要熵源 needless entropy")
            left = {(v, event["unit"]): f"replace.{event['reason']}" for v in event["visits"]}
            out = {event["unit"]: f"replace.{event['reason']}"} if event["withdraws"] else {}
            now = {**before, "left": before["left"] | left, "out": before["out"] | out}
            can = steps_in(event, rules, tables, now, record["seed"], seed or "0")
            need(same(made.get("successor"), can), f"应递补 must step in: {can}")
            question, rows = free_places(event, can, rules, tables, now)
            if event["released"]:  # MUST-13.14: nothing less would do
                need(event["released"] == fewest(event, can, rules, tables, now), "同时重派的席位 places released")
            lot = bool(question["visits"]) or (can is not None and event["mode"] != "R1")
            need((event["entropy"] != []) == lot, "是否需要熵源 whether entropy is needed")
            matching = None
            if question["visits"]:
                teams: dict[str, list[str]] = {}
                for r, as_published in zip(rows, read_table("teams.csv", part["teams.csv"]), strict=True):
                    if not r["执法检查人员"]:
                        teams.setdefault(r["检查对象"], []).append(as_published["执法检查人员"])
                matching = recorded_match(seed, question, teams)
                people = {o["编号"]: o for o in tables["officers.csv"]}
                for r in rows:
                    if not r["执法检查人员"]:
                        o = people[teams[r["检查对象"]].pop(0)]
                        r |= {"执法检查人员": o["编号"], "姓名": o["姓名"], "股室": o["股室"]}
            need(same(made.get("matching"), matching), "匹配依据 matching")
            agree("teams.csv", part["teams.csv"], write_table("teams.csv", (r.values() for r in rows)))
            stood[k] = {**now, "rows": rows, "taken": now["taken"] | {r["检查对象"] for r in rows}}
            parents[k] = h(part["replacement.toml"])
            untold.discard(k)
            if events is not None:
                replaced_in_ledger(events, made, event, parents[k])
            if not told:  # last: what cannot be told hides nothing
                raise Unsure("链是否用完要看台账 only the ledger tells whether the chain was used up")
            if event["entropy"] and event.get("mode") != "R2":
                required = {"E1": "E0", "E5": "E4"}.get(rules.get("assurance", "E0"), rules.get("assurance", "E0"))
                at = made["sealed_at"]
                check_entropy(made["entropy"], event["entropy"], required, at, made["id"])  # §13.5: without a stamp
    return report


def replaced_in_ledger(events: Sequence[Mapping[str, Any]], made: Any, event: Any, digest: str) -> None:
    mine = {e["event"]: e for e in events if e["draw"] == made["id"]}
    need({"replace", "replaced"} <= set(mine), "台账里没有这次替换 the ledger does not have this replacement")
    first, last, said = mine["replace"], mine["replaced"]["data"], made["commitment"]
    due = {k: event[k] for k in ("unit", "reason", "document", "by", "released")} | {"parent": said["parent"]}
    due |= {"commitment": said["value"], "event": said["event_digest"]}
    due["sources"] = [e["source"] for e in event["entropy"]]
    pairs = {k: (first["data"].get(k), v) for k, v in due.items()}
    pairs["record"], pairs["seed"] = (last["record"], digest), (last["seed"], made["seed"])
    pairs["previous"] = first["previous"], said["previous_head"]
    pairs["sealed_at"] = first["time"], made["sealed_at"]
    if event["entropy"]:
        pairs["entropy"] = mine["entropy"]["data"]["evidence"], made["entropy"]
        pairs["entropy of"] = mine["entropy"]["data"]["commitment"], said["value"]
        pairs["drawn_at"] = mine["entropy"]["time"], made["drawn_at"]
    equal("记录与台账不同 record and ledger differ", pairs)
    draw, _, k = made["id"].rpartition("+")
    seen = {(e["event"], e["draw"]) for e in events}
    names = {n: f"{draw}+{n}" for n in range(1, int(k))}
    past = [n for n, one in names.items() if ("replaced", one) in seen and ("void", one) not in seen]
    need("void" in mine or event["follows"] == (past[-1] if past else 0), "follows")


def worst(report: Report) -> str:
    found = {verdict for verdict, _, _ in report}
    return "fails" if "fails" in found else "unknown" if "unknown" in found or not found else "holds"


def read_folder(folder: Path) -> dict[str, bytes]:
    """What can be read; the rest is missing."""
    found = {}
    with suppress(OSError):
        for path in sorted([*folder.iterdir(), *folder.glob("replacements/*/*")]):
            with suppress(OSError):
                if path.is_file():
                    found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def verify(folder: Path) -> str:
    """Print what was found, and return the verdict."""
    whole, draws = Report(), [folder]
    events: list[dict[str, Any]] | None = None
    if folder.is_file():
        with step(whole, "检查组配不齐，数出来如此 teams cannot be completed, by counting"):
            check_bottlenecks(folder.read_bytes())
        show(folder.name, whole)
        return worst(whole)
    if (folder / "ledger.jsonl").exists() or (folder / "draws").exists():
        draws = sorted(path for path in folder.glob("draws/*") if path.is_dir() and path.name[0] != ".")
        with step(whole, "台账一行接一行 the ledger is one chain"):
            events, head = read_ledger(Held(read_folder(folder))["ledger.jsonl"])
            say(f"台账头 head of the ledger {head}")
        for e in events or ():
            if e["event"] == "draw" and e["draw"] not in [path.name for path in draws]:
                whole.append(("unknown", f"台账里的抽取没有文件夹 no folder for {e['draw']}", ""))
            if e["event"] == "void":
                say(f"{e['draw']} 已作废 is void: {e['data'].get('reason')}")
        show("ledger.jsonl", whole)
        if (folder / "signatures").is_dir():
            say("  signatures：本程序不核对签名 not checked by this program")
    folders = {draw.name: read_folder(draw) for draw in draws}
    for name, files in folders.items():
        report = verify_draw(files, name, events, folders)
        report += verify_replacements(files, name, events)
        show(name, report)
        if "commitment.tsr" in files:
            say("  commitment.tsr：本程序不核对时间戳 time stamp: not checked by this program")
        if extra := {f for f in files if "/" not in f} - {"record.toml", "verify_ssj.py", *STAMP, *FILES, *MORE}:
            say(f"  另有文件，不作凭据 files that prove nothing: {', '.join(sorted(extra))}")  # MUST-9.1
        with suppress(Exception):
            for e in toml(files["record.toml"])["entropy"]:
                say("  熵源 entropy:", json.dumps({k: v for k, v in e.items() if v}, ensure_ascii=False))
        whole += report
    return worst(whole)


def say(*values: object) -> None:
    """Print without what could play tricks on a screen."""
    print("".join(c if c.isprintable() else "\ufffd" for c in " ".join(map(str, values))))


def show(name: str, report: Report) -> None:
    say(f"【{name}】")
    for verdict, title, why in report:
        say(f"  {({'holds': '√', 'fails': '×', 'unknown': '〇'})[verdict]} {title}" + (f"：{why}" if why else ""))


def main() -> int:
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sm3(b"") is None:
        say("本机的 Python 没有 SM3，国密摘要未核对，不影响结论 no SM3 here: not checked; no verdict changes")
    path = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve()
    verdict = verify(path)
    says = {"holds": "成立 holds", "fails": "不成立 does not hold", "unknown": "无法判断，不等于作弊 could not tell"}
    say(f"结论 A（计算） verdict A, the arithmetic: {says[verdict]}")
    if path.is_file():
        say("人员类、上限、回避是否属实，请与名录对照 that classes, caps and exclusions are true: see the rosters")
    else:
        say("结论 B（随机性） verdict B: 种子由谁产生、承诺是否先公布，请看熵源并对照当时的公告")
        say("  who made the seed, and was the commitment published before? look at the entropy and at the notice")
    return {"holds": 0, "fails": 1, "unknown": 3}[verdict]


if __name__ == "__main__":
    sys.exit(main())
