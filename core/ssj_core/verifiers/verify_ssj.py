"""独立核验一次抽取 / verify a draw by SSJ-DRAW/1: `python verify_ssj.py FOLDER` (without FOLDER: where this file lies).

FOLDER is a draw, or a working folder with `ledger.jsonl` and `draws/`; or a file `….staffing.json`, the proof that
teams cannot be completed, which is counted (§8.9). Written from SPEC.md, whose numbers are cited,
sharing no code with the program that drew. Needs Python 3.11 or later, nothing else; no network. It judges the
arithmetic (verdict A); entropy and witnesses are printed for you to judge (verdict B).
Exit code: 0 holds, 1 does not hold, 3 could not tell, because something is missing or unknown.

To read it: what is written down where (HEADERS, TABLES); values (§2); quotas (§4); commitment, seed, tickets (§5 to
§7); matching (§8); files (§9); what may be sealed (§9.5); entropy (§6); ledger (§10); replacement (§13). `verify_draw`
and `verify_replacements` then go through the steps of §11.1 and §13.7; what a record says is computed anew, compared.
"""

import hashlib
import json
import math
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

Table = Mapping[str, Any]  # of a TOML file, or a row of a CSV file: column → cell
Tables = Mapping[str, list[dict[str, str]]]  # the CSV files
Files = Mapping[str, bytes]
Event = Mapping[str, Any]  # a line of the ledger
Report = list[tuple[str, str, str]]  # holds, fails or unknown; title; why
Worth = tuple[str, datetime | None, bool, bool, int]  # level, time, whether picked, whether attested, size in bits
NONE: Mapping[str, Any] = MappingProxyType({})

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
MORE = {"tickets.csv": "weights", "sites.csv": "second_stage", "site_draws.csv": "second_stage"}  # §9.1: if in rules
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
    "ruleset ruleset_since?:date ruleset_until?:date batch policy title year:integer start:date end:date "
    "mode:targeted|untargeted joint:truth scope "
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
    "places?:[[place]] qualified?:{texts} avoid?:{texts} companions?:[[companion]] limits?:[[limit]] "
    "counts_year?:truth avoids_last_team?:truth departments?:{texts}",
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
    "platform? item_results?:texts codes?:[[code]] follow_ups?:[[follow-up]] not_in_force?:texts "
    "calendar?:[[holidays]]",
    "holidays": "year:integer source days:{truth}",
    "code": "code title needs_follow_up:truth alone?:truth items?:truth platform_code? since?:date until?:date note? "
    "basis:[[basis]]",
    "follow-up": "code title platform_code? since?:date until?:date basis?:[[basis]]",
    "roster": "role:subjects|officers|inspections file sha256 encoding sheet rows:integer",
    "plugin": "id distribution version digest",
    "plan.toml": "format:ssj-plan/1 id title bureau document_no? year:integer ruleset rosters:[rosters] "
    "entropy:[[use]] batch:[[batch]] assurance?:E0|E1|E2|E3|E4|E5 replacement?:[replacement] signers?:[[signer]] "
    "stamp?:[stamp] rule_folders?:texts accept_unreviewed?:texts",
    "rosters": "subjects:[file] officers:[file] inspections?:[file]",
    "file": "file reader? sheet? encoding? columns?:{text} derive?:[[derive]] regions?:texts sectors?:texts",
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
COUNTED = {  # §8.9, likewise
    "certificate": "format:ssj-bottleneck/1 spec:ssj-match/1 draw bottlenecks:[[bottleneck]]",
    "bottleneck": "places:[[blocked]] classes:{texts} exclusions:[[kept-out]] officers:[[able]] needed:integer "
    "capacity:integer",
    "blocked": "visit number:integer role class",
    "kept-out": "visit officer reason",
    "able": "id cap:integer visits:integer",
}
TYPES = {"text": str, "integer": int, "truth": bool, "date": date}
WAY = {"mode": "R1", "anchor": "", "rounds": 0}
ABSENT = {  # §9.6: what a key that may be absent then is; of other types a list or a table of any keys is empty
    "text": "", "integer": 0, "truth": False, "replacement mode": "R1", "stage count": 1, "code items": True,
    "rules.toml replacement": WAY, "plan.toml replacement": WAY,
}  # fmt: skip
EVENTS = {"drand": "network round", "nist": "chain pulse time", "reveal": "label parties deadline"}  # MUST-9.12
EVENTS |= dict.fromkeys(("kl8", "ssq", "dlt", "fc3d"), "issue date")
OBJECTIVE = ["deregistered", "revoked", "moved"]  # §13.1
REASONS = {
    "subject": [*OBJECTIVE, "closed", "force-majeure", "other"],
    "officer": ["recusal", "leave", "transferred", "certificate", "other"],
}
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


def ascending(what: str, rows: Sequence[Any]) -> None:
    need(all(a < b for a, b in pairwise(rows)), f"{what}: 次序不对或重复 out of order or twice")


def written(value: object) -> str:
    """§10.1: JSON in canonical form; so 1, 1.0 and true are three."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def agree(what: str, said: Any, right: Any) -> None:
    """What is said is what must be; if not, where: in which line, or under which keys."""
    if isinstance(right, bytes):
        pairs = enumerate(zip(said.split(b"\n"), right.split(b"\n"), strict=False), 1)
        line = next((n for n, (a, b) in pairs if a != b), "…")
        need(said == right, f"{what}: 第 {line} 行起与应有的不同 not what it must be from line {line}")
    elif written(said) != written(right):
        if isinstance(right, dict) and isinstance(said, dict):
            right = {k: v for k, v in right.items() if k not in said or written(said[k]) != written(v)} or [*right]
        raise ValueError(f"{what}: 应为 must be {right}")


def load(file: str, data: bytes) -> Table:
    """A TOML file, not of a newer version (MUST-11.9). Keys of thousands of parts would keep `tomllib` for minutes."""
    text = data.decode("utf-8-sig")
    need(all(line.partition("=")[0].count(".") <= 200 for line in text.split("\n")), "TOML: key")
    found = tomllib.loads(text)
    for key, name in re.findall("(format|spec|match_spec):([^ ]+)", TABLES[file]):
        if found.get(key) != name and re.fullmatch(name[:-1] + "[1-9][0-9]{0,5}", str(found.get(key))):
            raise Unsure(f"由更新的版本写成，请用较新的核验程序 written by a newer version: {key} = {found[key]}")
    return found


def check(value: Any, kind: str, where: str) -> Any:
    """MUST-9.3: a value of this type, as §9.6 writes it, and so is everything in it; with what may be absent."""
    inner = kind.strip("[]{}")
    if kind == "texts" or kind.startswith("[["):
        need(type(value) is list, f"{where}: 应为列表 must be a list")
        return [check(item, "text" if kind == "texts" else f"[{inner}]", where) for item in value]
    if kind[0] in "[{":
        due, filled = dict.fromkeys(value, inner), {}
        if kind[0] == "[":
            parts = [word.partition(":") for word in (TABLES | COUNTED)[inner].split()]
            due = {name.strip("?"): of or "text" for name, _, of in parts}
            for key, of in ((name[:-1], of or "text") for name, _, of in parts if name[-1] == "?"):
                empty: Any = [] if of == "texts" or of.startswith("[[") else {} if of[0] == "{" else None
                filled[key] = ABSENT.get(f"{inner} {key}", ABSENT.get(of, empty))
        need(set(value) <= set(due) <= set(value) | set(filled), f"{where}: 项目与规格不符 keys unknown or missing")
        return filled | {key: check(item, due[key], f"{where} {key}") for key, item in value.items()}
    good = any(type(value) is TYPES.get(word) or value == word for word in kind.split("|"))
    need(ratio(value) >= 0 if kind == "ratio" else good, f"{where}: 应为 must be {kind}: {value!a:.80}")
    return value


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


def all_clean(value: Any) -> None:
    """MUST-9.6: so is every text and every key."""
    if isinstance(value, str):
        clean(value)
    for item in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        all_clean(item)


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


def quotas(total: str, classes: Sequence[Table], sizes: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Stratum, size, quota, in the order of the rules."""
    count = {c["id"]: sum(sizes.get(s, 0) for s in c["strata"]) for c in classes}
    exact = {c["id"]: ratio(c["ratio"]) * count[c["id"]] for c in classes}
    quota = {i: math.floor(x) for i, x in exact.items()}
    if total == "shared" and classes:  # MUST-4.6, 4.7
        left = whole(sum(exact.values(), Fraction()), classes[0]["rounding"]) - sum(quota.values())
        for i in sorted(exact, key=lambda i: (quota[i] - exact[i], i))[:left]:
            quota[i] += 1
    for c in classes if total == "each" else ():  # MUST-4.4, 4.5
        n, take = count[c["id"]], {"all": count[c["id"]], "none": 0}.get(c["small_take"])
        wanted = max(c["at_least"], whole(exact[c["id"]], c["rounding"]))
        quota[c["id"]] = min(n, wanted if n >= c["small_below"] else c["small_take"] if take is None else take)
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


def commitment(draw_id: str, rosters: Iterable[Any], plan: bytes, rules: bytes, head: str) -> dict[str, Any]:
    """MUST-1.1, 5.1, 5.3, 5.4: as the record holds it. The rosters are those of subjects and of officers."""
    found: dict[str, Any] = {}
    for name, rows in zip(("subjects", "officers"), rosters, strict=True):
        leaves = sorted("\t".join(map(clean, row)).encode() for row in rows)
        found |= {f"{name}_root": root(leaves).hex(), f"{name}_count": len(leaves)}
    found |= {"plan_digest": h(plan), "rules_digest": h(rules), "previous_head": head}
    message = lines("ssj.commit.1", draw_id, *found.values())
    return found | {"value": h(message), "sm3": sm3(message)}


def make_seed(committed: str, entropy: Sequence[str]) -> str:
    """MUST-6.3, 6.4."""
    need(entropy, "没有熵源 no entropy")
    return h(lines("ssj.seed.1", committed, *entropy))


def make_key(seed: str, draw_id: str, purpose: str, scope: str) -> str:
    return h(lines("ssj.key.1", seed, draw_id, purpose, scope))[:32]  # MUST-6.5


def tickets(key: str, ids: Iterable[str], counts: Mapping[str, int] = NONE) -> list[tuple[str, str]]:
    """MUST-7.1, 7.2, 7.6: (best ticket, id) ascending; text sorts by code point, which is bytewise order."""
    own = {i: [i, *(f"{i}#{n}" for n in range(2, counts.get(i, 1) + 1))] for i in ids}
    return sorted((min(h((key + name).encode()) for name in names), i) for i, names in own.items())


def listed(order: Sequence[tuple[str, str]], quota: int, reserve: int) -> Iterator[tuple[int, str, str, str]]:
    """MUST-7.2, 7.3: number, outcome, id and ticket of the drawn and then of the reserve."""
    for n, (ticket, i) in enumerate(order[: quota + reserve] if quota else (), 1):
        yield n, "抽中" if n <= quota else "递补", i, ticket


# §8 matching. `given` is its input: officers [id, cap, history], classes, visits id → [role, class], exclusions.


def match_digest(given: Table) -> str:
    """MUST-8.1."""
    rows: list[Iterable[object]] = [["ssj.match.input.1"], ["evenness", given["evenness"]], ["widen", given["widen"]]]
    rows += [["officer", *officer] for officer in sorted(given["officers"])]
    rows += [["class", name, *sorted(ids)] for name, ids in sorted(given["classes"].items())]
    for visit, places in sorted(given["visits"].items()):
        rows += [["visit", visit], *(["place", *place] for place in places)]
        rows += [["exclusion", *item] for item in sorted(given["exclusions"].get(visit, {}).items())]
    rows += [["avoid", *pair] for pair in sorted(map(sorted, given.get("avoid", ())))]
    return h("".join("\t".join(map(clean, row)) + "\n" for row in rows).encode())


def may_hold(given: Table) -> dict[Any, list[str]]:
    """§8.3: of each place, (visit, number), who may hold it."""
    able, out = {name: set(ids) for name, ids in given["classes"].items()}, given["exclusions"]
    visits = given["visits"].items()
    return {(v, n): sorted(able[c] - set(out.get(v, ()))) for v, places in visits for n, (_, c) in enumerate(places, 1)}


def reach(may: Any, held: Table, starts: Iterable[Any], came: dict[Any, Any], fixed: Any = (), **by: Any) -> Any:
    """Add to `came` all that exchange chains (§8.3) from `starts` lead to, each with what it was reached from.

    `may`: place → officers; `held`: officer → visit → place. A chain may also go from one officer to another who
    holds one place more than he must, if the first may hold one more: `up` and `down` name the exchange by which.
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


def check_bottlenecks(data: bytes) -> None:
    """MUST-8.12: by counting, nobody but these officers may fill these places, and they are too few."""
    made: Any = None
    with suppress(Exception):
        made = json.loads(data)
    if not isinstance(made, dict) or (made.get("format"), made.get("spec")) != ("ssj-bottleneck/1", "ssj-match/1"):
        raise Unsure("不是 not ssj-bottleneck/1")
    need((written(made) + "\n").encode() == data, "格式不对 not canonical")
    check(made, "[certificate]", "")
    all_clean(made)
    need(made["draw"] and made["bottlenecks"], "没有内容 nothing in it")
    for one in made["bottlenecks"]:
        places, classes, out = one["places"], one["classes"], one["exclusions"]
        rows = [*places, *out, *one["officers"], *({"": o} for ids in classes.values() for o in ids)]
        least = [value if type(value) is int else len(value) - 1 for row in rows for value in row.values()]
        need(min(least) >= 0 and all(p["number"] for p in places), "空的或负数 empty, or below nothing")
        ascending("places", [(p["visit"], p["number"]) for p in places])
        ascending("exclusions", [(e["visit"], e["officer"]) for e in out])
        for name, ids in (("officers", [o["id"] for o in one["officers"]]), *classes.items()):
            ascending(name, ids)
        agree("classes", sorted(classes), sorted({p["class"] for p in places}))
        may = {(o, p["visit"]) for p in places for o in classes[p["class"]]}
        kept = {(e["officer"], e["visit"]) for e in out}
        need(kept <= may, "exclusions: 与席位无关 of no place here")
        going = Counter(o for o, _ in may - kept)
        agree("officers", {o["id"]: o["visits"] for o in one["officers"]}, dict(going))
        share = sum(min(o["cap"], o["visits"]) for o in one["officers"])
        agree("needed", [one["needed"], one["capacity"]], [len(places), share])
        need(share < len(places), f"够了 enough: {share} / {len(places)}")


def levels(given: Table, may: Mapping[Any, Sequence[str]], roster: Mapping[Any, str]) -> tuple[dict[Any, int], int]:
    """§8.3: the levels of the groups and the least sum of squares; a few exchanges make `roster` the most even."""
    holder, held = dict(roster), {o: dict[str, Any]() for o, _, _ in given["officers"]}
    level, came = dict[Any, int](), dict[Any, Any]()
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


def match(seed: str, digest: str, given: Table, teams: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """MUST-8.3, 8.4: are these the teams? Returns the matching as the record has it (§9.4).

    The teams show by themselves that every place could be filled. What is left to see is that whoever was passed over
    could not have his place: that no chain leads from him to its holder. No roster is looked for.
    """
    cap, past = ({row[0]: row[n] for row in given["officers"]} for n in (1, 2))
    visits, widen, may = given["visits"], given["widen"], may_hold(given)
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
    for _, v in sorted((t("order", key, v), v) for v in visits):
        for n, chosen in enumerate(teams[v], 1):
            team, officer, attempt = teams[v][: n - 1], "", 0
            pool = [o for o in may[v, n] if o not in team]
            kept = [o for o, why in given["exclusions"].get(v, {}).items() if why == "core.team_mate"]  # §13.5
            later = [o for o in pool if any({o, mate} in apart for mate in (*team, *kept))]
            pool = [o for o in pool if o not in later]
            while officer != chosen:
                pool, later, attempt = (pool or later), (later if pool else []), attempt + 1
                officer = pool.pop(int(t("draw", key, v, n, attempt), 16) % len(pool))
                need(officer == chosen or refused((v, n), officer), f"{v} {n}: 应为 must be {officer}, {chosen}")
            fixed.add((v, n))
    share = [{"officer": o, "low": low[o], "high": high[o], "places": count[o]} for o in sorted(cap)]
    return {"spec": "ssj-match/1", "input_digest": digest, "key": key, "share": share}


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


def closing_holds(data: bytes) -> bool:
    """MUST-9.4."""
    body = data.rpartition(b"\n[closing]\n")[0]
    return data == body + f'\n[closing]\nsha256 = "{h(body)}"\n'.encode()


def check_record(file: str, data: bytes, found: Table) -> Table:
    """MUST-9.3, 9.4, 9.6, of `record.toml` and `replacement.toml`: what was typed is printed by nobody as it is."""
    need(closing_holds(data), f"{file} 被改动 was changed")
    made: Table = check(found, f"[{file}]", file)
    all_clean({**made, "entropy": [{**e, "raw": "", "details": {}} for e in made["entropy"]]})
    return made


def number(text: str) -> int:
    need(re.fullmatch("0|[1-9][0-9]*", text), f"不是整数 not a whole number: {text!a:.80}")
    return int(text)


def values(text: str) -> list[str]:
    need(not text or all(text.split("；")), f"空值 an empty value: {text!a:.80}")
    return text.split("；") if text else []


def check_rules(rules: Table) -> None:
    """MUST-9.8, 9.13: what no sealing can hold, without the tables."""
    classes, team, total = rules["ratio"]["classes"], rules["team"], rules["ratio"]["total"]
    amounts = [c[k] for c in classes for k in ("at_least", "small_below", "small_take") if type(c[k]) is int]
    need(min([*amounts, rules["ratio"]["reserve"], team["widen"]]) >= 0, "负数 below nothing")
    plain = all(c["at_least"] == c["small_below"] == 0 and c["rounding"] == classes[0]["rounding"] for c in classes)
    need(total == "each" or plain, "ratio.total")
    parts = ("/未抽过", "/已抽过") if rules["ratio"]["coverage_first"] else ("",)  # §4.2
    agree("strata", [c["strata"] for c in classes], [[c["id"] + part for part in parts] for c in classes])
    need(2 <= team["size"] <= 50, "team.size")
    need(team["evenness"] == "range" or not team["widen"], "team.widen")
    roles = [p["role"] for p in team["places"]]
    need(not roles or roles == ["主办", *["协办"] * (team["size"] - 1)], "team.places: role")
    for p in team["places"]:
        need(sum(map(bool, (p["sections"], p["own_section"], p["other_than"]))) < 2, "team.places")
        sections = [*p["sections"], *p["other_than"]]
        need(all(w and not set("、［］") & set(w) for w in [*sections, *p["needs"]]), "team.places: 用词 words")
        need(not any(w.endswith("以外") for w in sections), "team.places: 以外")
        need(set(p["needs"]) <= set(team["qualified"]), "team.places: needs")
    lists = [[one, *others] for one, others in team["avoid"].items()]
    lists += [[c["id"] for c in classes], [c["id"] for c in team["companions"]], *team["qualified"].values()]
    lists += [*team["departments"].values(), sorted(i for ids in team["departments"].values() for i in ids)]
    for one in lists:
        ascending("rules.toml", one)


def check_limits(rules: Table, caps: Mapping[str, int]) -> None:
    """MUST-9.14."""
    limits, first, last = rules["team"]["limits"], rules["start"], rules["end"]
    touched = {"draw": 1, "person": 1, "week": (last.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7 + 1}
    touched["month"] = 12 * (last.year - first.year) + last.month - first.month + 1
    touched["year"] = last.year - first.year + 1
    ascending("team.limits", [[*touched].index(one["per"]) for one in limits])
    bound = [o for one in limits for o in one["bound"]]
    need(len(bound) == len(set(bound)) and set(bound) <= set(caps), "team.limits: bound")
    for one in limits:
        per, most, ids, over = one["per"], one["most"], one["bound"], one["over"]
        agree("team.limits: periods", one["periods"], touched[per])
        need((most > 0) == (per != "person"), "team.limits: most")
        ascending("team.limits: bound", ids)
        ascending("team.limits: over", over)
        need(set(over) <= set(ids) and not any(caps[o] for o in over), "team.limits: over")
        need(per == "person" or max(caps.values(), default=0) <= most * one["periods"], "本次上限 cap")
        need(per != "draw" or all(caps[o] == most for o in ids), "本次上限 cap")
    free = {n for o, n in caps.items() if o not in bound} if limits else set()
    need(not free or (len(free) == 1 and all(caps[o] < max(free) for o in bound)), "本次上限 cap")


def check_plan(plan: Table, rules: Table) -> None:
    """MUST-9.9: the plan is read, not only hashed."""
    (batch,) = (b for b in plan["batch"] if b["id"] == rules["batch"])
    uses = batch["entropy"] or plan["entropy"]
    right = {k: plan[k] for k in ("bureau", "year", "ruleset", "document_no", "assurance", "signers")}
    right |= {k: batch[k] for k in ("policy", "start", "end")}
    right |= {"plan": plan["title"], "replacement": batch["replacement"] or plan["replacement"]}
    said = {k: rules[k] for k in right} | {"batch": split_draw(rules["draw_id"])[0], "stamp": bool(rules["stamp"])}
    right |= {"batch": f"{plan['id']}-{batch['id']}", "stamp": plan["stamp"] is not None}
    said["rosters"] = sorted(pin["role"] for pin in rules["rosters"])
    right["rosters"] = sorted(name for name, file in plan["rosters"].items() if file is not None)
    said["entropy"], right["entropy"] = ([e["source"] for e in sources] for sources in (rules["entropy"], uses))
    for use, sealed in zip(uses, rules["entropy"], strict=False):  # MUST-9.12
        for name in set(EVENTS.get(use["source"], "").split()) & set(use["params"]):
            text = sealed["appointed"].get(name)
            said[f"{use['source']} {name}"] = text and event(use["source"], name, text)
            right[f"{use['source']} {name}"] = event(use["source"], name, use["params"][name])
    agree("规则与计划不一致 the rules differ from the plan", said, right)


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


def check_sealed(tables: Tables, rules: Table) -> None:
    """§3, §9.2, and MUST-9.7, 9.8, 9.10, 9.11, 9.13, 9.14."""
    subjects, officers, excluded, recusals = (tables[file] for file in SEALED)
    class_of = {s: c["id"] for c in rules["ratio"]["classes"] for s in c["strata"]}
    for s in subjects:
        values(s["监管类别"])
        need(s["分层"] in class_of and s["重点企业"] in ("是", "否"), f"subjects.csv: {s['编号']}")
    for o in officers:
        values(o["执法领域"]), number(o["本次上限"]), number(o["已有次数"])
    sites = tables["sites.csv"] if rules["second_stage"] else []
    for rows in (subjects, officers, excluded, sites):  # MUST-3.2
        ascending("编号 ids", [(row.get("类别", ""), row["编号"]) for row in rows])
        for row in rows:
            check_id(row["编号"])
    pool = {"检查对象": {s["编号"] for s in subjects}, "执法检查人员": {o["编号"] for o in officers}}
    out = {unit: {x["编号"] for x in excluded if x["类别"] == unit} for unit in pool}
    for x in excluded:  # MUST-3.1
        need(x["编号"] not in pool[x["类别"]] and x["原因"], f"excluded.csv: {x['编号']}")
    if rules["weights"]:  # MUST-7.7
        weights, given = rules["weights"], [(t["编号"], number(t["签数"])) for t in tables["tickets.csv"]]
        agree("tickets.csv: 编号 ids", [i for i, _ in given], [s["编号"] for s in subjects])
        need(all(1 <= n <= 64 for n in weights["classes"].values()), "签数 tickets: 1–64")
        own = weights["stratifier"] == rules["ratio"]["stratifier"]
        for s, (_, n) in zip(subjects, given, strict=True):
            may = [weights["classes"][class_of[s["分层"]]]] if own else weights["classes"].values()
            need(n in may, f"tickets.csv: {s['编号']}")
    for site in sites:  # MUST-7.8
        mine = site["所属对象"] in pool["检查对象"] and site["编号"] not in pool["检查对象"] | out["检查对象"]
        need(mine, f"sites.csv: {site['编号']}")
    need(not rules["second_stage"] or rules["second_stage"]["count"] >= 1, "second_stage: count")
    order = [list(r.values())[:3] for r in recusals]
    need(order == sorted(order), "recusals.csv: 次序 order")
    need(all(r[unit] in pool[unit] for r in recusals for unit in pool), "recusals.csv: 不在名录 not in the pool")
    team = rules["team"]
    named = {i for key in ("qualified", "departments") for ids in team[key].values() for i in ids}
    named = named.union(team["avoid"], *team["avoid"].values())
    need(named <= pool["执法检查人员"], "team: 编号 ids")
    aside = {x["编号"] for x in excluded if (x["类别"], x["规则"]) == ("执法检查人员", "core.accompanies")}
    need({c["id"] for c in team["companions"]} <= aside, "team.companions")
    check_limits(rules, {o["编号"]: number(o["本次上限"]) for o in officers})
    count = [["officers", len(officers) + len(out["执法检查人员"])]]
    count += [["subjects", len(subjects) + len(out["检查对象"]) + len(sites)]]
    pins = [[pin["role"], pin["rows"]] for pin in rules["rosters"]]
    agree("rosters", sorted(pin for pin in pins if pin[0] != "inspections"), count)
    core = {"core.other_sector", "core.accompanies", *(["core.no_subject"] if rules["second_stage"] else [])}
    for kind, rows, ours in (("eligibility", excluded, core), ("recusal", recusals, set[str]())):
        odd = {row["规则"] for row in rows} - ours - {use["rule"] for use in rules[kind]}
        need(not odd, f"规则没有封存 applied and not sealed: {odd}")


def match_input(team: Table, drawn: Iterable[Table], tables: Tables) -> dict[str, Any]:
    """§8.1, from tables."""
    officers, lead, own = tables["officers.csv"], [team["lead_section"]], {"own_section": True}
    brief: dict[str, Any] = {"any": ({}, {}), "own-section": (own, own)}
    first, other = (brief | {"joint": ({"sections": lead}, {"other_than": lead})})[team["officers"]]
    blank: Table = {"sections": [], "own_section": False, "other_than": [], "needs": []}
    places = team["places"] or [{**blank, **place} for place in (first, *[other] * (team["size"] - 1))]
    fields = {o["编号"]: set(values(o["执法领域"])) for o in officers}
    recused: dict[str, dict[str, str]] = {}
    for r in reversed(tables["recusals.csv"]):  # the first row of a pair counts
        recused.setdefault(r["检查对象"], {})[r["执法检查人员"]] = r["规则"]
    visits, out, classes = dict[str, Any](), dict[str, Any](), dict[str, list[str]]()
    for s in drawn:
        visits[s["编号"]] = []
        for n, place in enumerate(places):
            sections = [s["分管股室"] or "（名录未填）"] if place["own_section"] else place["sections"]
            kind = "本股室" if place["own_section"] and team["places"] else "股室"
            name = kind + "、".join(sections or place["other_than"]) + "以外" * bool(place["other_than"])
            name = "".join(f"［{q}］" for q in place["needs"]) + (name if sections or place["other_than"] else "各股室")
            visits[s["编号"]].append(("协办" if n else "主办", name))
            if name not in classes:
                fit = set(fields).intersection(*(team["qualified"][q] for q in place["needs"]))
                right = [o for o in officers if not sections or o["股室"] in sections]
                classes[name] = [o["编号"] for o in right if o["编号"] in fit and o["股室"] not in place["other_than"]]
        out[s["编号"]] = recused.get(s["编号"], {}) | {
            o: "core.not_qualified" for o in fields if fields[o].isdisjoint(values(s["监管类别"]))
        }
    found: dict[str, Any] = {"officers": [(o["编号"], number(o["本次上限"]), number(o["已有次数"])) for o in officers]}
    avoid = [(one, mate) for one, mates in team["avoid"].items() for mate in mates]
    found |= {"classes": classes, "visits": visits, "exclusions": out, "avoid": avoid}
    return found | {"evenness": team["evenness"], "widen": team["widen"]}


def complete(seed: str, question: Table, rows: Sequence[dict[str, Any]], tables: Tables, data: bytes) -> dict[str, Any]:
    """MUST-8.7: whom `teams.csv` has at the free places of `rows`, which he is written into; the matching, as §9.4."""
    published, officers = read_table("teams.csv", data), {o["编号"]: o for o in tables["officers.csv"]}
    teams: dict[str, list[str]] = {}
    for row, told in zip(rows, published, strict=True):
        if not row["执法检查人员"]:
            o = officers[told["执法检查人员"]]
            row |= {"执法检查人员": o["编号"], "姓名": o["姓名"], "股室": o["股室"]}
            teams.setdefault(row["检查对象"], []).append(o["编号"])
    return match(seed, match_digest(question), question, teams)


# §6.1 to §6.11: entropy


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


def thrown(text: str, source: str) -> str:
    """§6.5; MUST-6.11."""
    found = "".join(SEPARATORS.split(plain(text)))
    need(set(found) <= set(DICE[source]), f"{source}: 不是骰子的点数 not a face of the die")
    return found


def check_throws(throws: str, source: str, rolls: str, corrections: str) -> None:
    """§6.5 and 6.10: who threw what, and what was typed and taken back; MUST-6.13, 6.25."""
    if rolls.strip():
        parts = [re.split("[:：]", part, maxsplit=1) for part in re.split("[;；]", rolls) if part.strip()]
        need(all(part[0].strip() for part in parts), f"{source}: rolls")
        agree(f"{source}: 谁掷的与点数不符 rolls", "".join(thrown(part[1], source) for part in parts), throws)
    now: dict[int, str] = {}
    for line in corrections.split("\n") if corrections.strip() else ():
        found = re.fullmatch("([1-9][0-9]{0,5}):(.*)>([0-9]?)", line)
        need(found, f"{source}: corrections")
        now |= {int(found[1]): found[3]} if found and found[3] else {}
    need(all(throws[n - 1 : n] == face for n, face in now.items()), f"{source}: 更正与点数不符 corrections")


def numbers_drawn(raw: str, source: str) -> str:
    """§6.6: the canonical text; MUST-6.14."""
    typed = re.fullmatch(r"第?\s*([0-9]+)\s*(?:期[\s:]*|:)(.*)", plain(raw).strip(), re.DOTALL)
    issue, groups = (str(event(source, "issue", typed[1])), typed[2].split("+")) if typed else ("", [])
    need(re.fullmatch("20[0-9]{2}[0-9]{3}", issue) and 0 < int(issue[4:]) < 367, f"{source}: 期号 issue")
    made = []
    for group, (count, low, high) in zip(groups, GAMES[source][1], strict=True):
        words = [word for word in SEPARATORS.split(group) if word]
        words = list(words[0]) if source == "fc3d" and len(words) == 1 else words
        balls = [int(word) for word in words if re.fullmatch("[0-9]{1,2}", word)]
        twice = source != "fc3d" and len(set(balls)) < count
        need(len(words) == len(balls) == count and not twice, f"{source}: 号码个数不对或重复 count, or a ball twice")
        need(all(low <= ball <= high for ball in balls), f"{source}: 没有这个号码 no such ball")
        made.append(" ".join(map(str, balls) if source == "fc3d" else (f"{ball:02}" for ball in sorted(balls))))
    return f"{issue}:{'+'.join(made)}"


def lottery(e: Table, named: Mapping[str, str]) -> tuple[str, datetime | None, bool]:
    """§6.6: level, time, and whether picked: not looked up in two places; MUST-6.15, 6.16."""
    source, told, when, day = e["source"], e["details"], moment(e["when"]), named.get("date", "")
    need(plain(named.get("game", source)).strip().lower() in GAMES[source][0].split(), f"{source}: 游戏 game")
    issue = e["canonical"].partition(":")[0]
    need(issue == named.get("issue", ""), f"{source}: 不是约定的那一期 not the issue appointed")
    need(told.get("date", "") == day, f"{source}: date")
    need(when or not e["when"].strip(), f"{source}: when")
    begins = moment(day) if len(canonical_text(day)) == len("2026-11-14") else None
    drawn = begins if begins and not (when and when.astimezone(begins.tzinfo).date() == begins.date()) else when
    places = {plain(told.get(name, "")).strip().lower() for name in ("source1", "source2")}
    places = {re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", x).split("/")[0].strip() if "." in x else x for x in places}
    two, sealed = len(places - {""}) == 2, told.get("sealed_at", "")
    later = drawn and (not sealed or ((at := moment(sealed)) and drawn > at))
    return "E4" if two and later and day and GAMES[source][2] >= 20 else "E0", drawn, not two


def parties_of(text: str) -> dict[str, str]:
    """§6.7: names, each with its commitment or its secret, "" for `-`."""
    found: dict[str, str] = {}
    for part in filter(str.strip, re.split("[;；]", text)):
        party, equals, value = part.replace("＝", "=").partition("=")
        party, value = unicodedata.normalize("NFC", party.strip()), plain(value).strip().lower()
        need(equals and party and party not in found, "reveal: 各方 parties")
        found[party] = "" if value == "-" else value
    return found


def revealed(e: Table, named: Mapping[str, str]) -> tuple[str, int, int]:
    """§6.7: canonical text, how many parties there are, and how many revealed; MUST-6.17, 6.19."""
    parties, given = parties_of(named.get("parties", "")), parties_of(e["raw"])
    sealed, label = parties.values(), named.get("label", "")
    need(len(set(sealed)) == len(sealed) > 1 and all(map(HEX.fullmatch, sealed)), "reveal: parties")
    need(set(given) <= set(parties), "reveal: 没有约定的一方 a party that was not appointed")
    told = {party: secret for party, secret in given.items() if secret}
    need(all(map(HEX.fullmatch, told.values())), "reveal: 写法不对 no secret")
    wrong = [party for party in told if h(lines("ssj.reveal.1", label, party, told[party])) != parties[party]]
    need(not wrong, f"reveal: 与承诺不符 not the secret committed to: {', '.join(wrong)}")
    closes, when = moment(named.get("deadline", "")), moment(e["when"])
    need(closes and (len(told) == len(parties) or (when and when >= closes)), "reveal: 期限 deadline")
    return ";".join(f"{party}={told.get(party, '-')}" for party in parties), len(parties), len(told)


def worth(e: Table, named: Mapping[str, str], name: str) -> Worth:
    """§6, of one source: it fails unless it is sound."""
    source, raw, when, told = clean(e["source"]), e["raw"], moment(e["when"]), e["details"]
    seen = len(people(e["who"])) > 1 and bool(e["where"].strip()) and when is not None
    level, time, picked = "E2" if seen else "E0", when, True
    if source == "os":
        canonical, level, size = raw, "E0", 256
        need(HEX.fullmatch(raw), "os: 写法不合规格 not canonical")
    elif source == "text":
        canonical = canonical_text(raw)
        size = bits(canonical)
    elif source in DICE:
        canonical = thrown(raw, source)
        size = int(len(DICE[source]) ** len(canonical)).bit_length() - 1
        check_throws(canonical, source, told.get("rolls", ""), told.get("corrections", ""))
    elif source in GAMES:
        canonical, size = numbers_drawn(raw, source), GAMES[source][2]
        level, time, picked = lottery(e, named)
    else:
        canonical, of, those = revealed(e, named)
        level = "E3" if those == of and when and named.get("label", "") == name else "E0"  # MUST-6.18
        picked, size = those < of, 256 * those
    need(clean(e["canonical"]) == canonical, f"{source}: 与原文不符 not the canonical form of what was typed")
    need(size >= 20 or source in GAMES, f"{source}: 不足 20 比特 less than 20 bits")  # MUST-6.2, 6.12
    return level, time, picked, seen, size


def check_entropy(entropy: Sequence[Table], sealed: Sequence[Table], required: str, at: str, name: str) -> str:
    """MUST-11.5 to 11.7: the level; `sealed` are the sources of the rules, `at` is the time of the sealing."""
    sources, begins, found = [e["source"] for e in sealed], moment(at), list[Worth]()
    for e, one in zip(entropy, sealed, strict=False):
        if e["source"] == one["source"] and e["source"] in KNOWN:
            level, time, picked, seen, size = worth(e, one["appointed"], name)
            early = begins is None or (time is not None and time < begins)  # MUST-6.9
            found.append(("E0" if early else level, time, picked, seen, size))
    agree("来源或次序与规则不同 other sources or order than the rules", [e["source"] for e in entropy], sources)
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


# §10 ledger


def read_ledger(data: bytes) -> tuple[list[Event], str]:
    """MUST-10.1 to 10.3, 11.13: events and head. Bytes after the last LF do not count."""
    events, head, seen, newer = list[Event](), "0" * 64, dict[tuple[str, str], Table](), ""
    known = ("commit", "entropy", "draw", "replace", "replaced", "void")
    types = {"data": dict, "draw": str, "event": str, "number": int, "previous": str, "time": str}
    for n, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            e = json.loads(line.decode(), parse_float=int, parse_constant=int)  # int("1.5") is refused
            need(line == written(e).encode() and {k: type(v) for k, v in e.items()} == types, "写法 form")
            need((e["number"], e["previous"]) == (n, head), "序号或前一行的摘要 number or previous")
            newer = newer or (f"第 {n} 行 line {n}" if e["event"] not in known else "")
            if not newer:
                check_order(e, seen)
        except Exception as error:
            raise ValueError(f"ledger.jsonl: 第 {n} 行 line {n} {error!s:.80}") from None
        events.append(e)
        seen[e["event"], e["draw"]] = e["data"]
        head = h(line)
    if newer:
        raise Unsure(f"{newer}：由更新的版本写成，请用较新的核验程序 written by a newer version")
    return events, head


def check_order(e: Event, seen: Mapping[tuple[str, str], Table]) -> None:
    """MUST-10.4 to 10.7, 13.3, 13.11, 13.12: whether an event may follow those `seen`: (event, draw) → data."""
    kind, name, (base, plus, k) = e["event"], e["draw"], e["draw"].rpartition("+")
    order = ["replace", "entropy", "replaced"] if plus else ["commit", "entropy", "draw"]
    past = [one for one in order if (one, name) in seen]
    if kind == "void":
        due, past = order[:1], past[:1]
    else:
        no_lot = kind == "replaced" and not seen["replace", name].get("sources")
        due = ["replace"] if no_lot else order[: order.index(kind)]
    need(past == due and ("void", name) not in seen, "次序 order")
    if plus:
        before, after = (f"{base}+{int(k) + n}" for n in (-1, 1))
        need(k == "1" or (k == str(int(k)) and {("replaced", before), ("void", before)} & set(seen)), "编号 number")
        stands = ("draw", base) in seen and ("void", base) not in seen
        need(("replace", after) not in seen if kind == "void" else stands, "所替换的 what it replaces")
    elif kind == "commit":
        (batch, count), said = split_draw(name), e["data"]
        need(count == 1 or ("void", f"{batch}-{count - 1}") in seen, "上一次未作废 the last one is not void")
        need(type(said["policy"]) is str and said["policy"] and type(said["year"]) is int, "policy, year")
        for draw, other in [(draw, data) for (event, draw), data in seen.items() if event == "commit"]:
            again = (said["policy"], said["year"]) == (other["policy"], other["year"])  # MUST-10.6
            need(not again or ("void", draw) in seen, "同一批次当年已封存 this policy was sealed before in that year")
            once = "commitment" not in said or said["commitment"] != other.get("commitment")  # MUST-10.7
            need(once, "同一个承诺封存了两次 one commitment was sealed twice")


def split_draw(name: str) -> tuple[str, int]:
    """§10.3: plan and batch, and the number of the draw."""
    batch, _, count = name.rpartition("-")
    need(batch and re.fullmatch("[1-9][0-9]{0,5}", count), f"不是抽取编号 not a draw id: {name!a:.80}")
    return batch, int(count)


def in_ledger(events: Iterable[Event], name: str, made: Table, first: Table, last: Table, loose: bool) -> None:
    """MUST-11.4, 13.13: the ledger has `made`: the data of its first event and of its last one, and its entropy.

    `loose`: of a draw, whose times may be empty, and whose inputs need not stand in `commit`.
    """
    mine, sealed = {e["event"]: e for e in events if e["draw"] == name}, made["commitment"]
    opens, closes = ("commit", "draw") if loose else ("replace", "replaced")
    need(opens in mine and closes in mine, f"台账里没有 the ledger does not have {name}")
    said = {"released": []} | mine[opens]["data"]
    right = {k: v for k, v in first.items() if k in said or not loose} | {"commitment": sealed["value"]}
    agree(f"台账 ledger: {opens}", {k: said.get(k) for k in right}, right)
    agree(f"台账 ledger: {closes}", {k: mine[closes]["data"].get(k) for k in last}, last)
    told = {"previous": mine[opens]["previous"], "sealed_at": mine[opens]["time"]}
    due = {"previous": sealed["previous_head"], "sealed_at": made["sealed_at"]}
    if made["entropy"]:
        told |= {k: mine["entropy"]["data"].get(k) for k in ("commitment", "evidence")}
        told["drawn_at"] = mine["entropy"]["time"]
        due |= {"commitment": sealed["value"], "evidence": made["entropy"], "drawn_at": made["drawn_at"]}
    told |= {k: due[k] for k in ("sealed_at", "drawn_at") if loose and told.get(k) == ""}
    agree("记录与台账不同 record and ledger differ", told, due)


def stands_after(files: Files, last: int) -> set[str]:
    """Who is to be inspected after replacement `last`; 0 is the draw itself."""
    if last:
        return {row["检查对象"] for row in read_table("teams.csv", files[f"replacements/{last}/teams.csv"])}
    return {row["编号"] for row in read_table("drawn.csv", files["drawn.csv"]) if row["结果"] == "抽中"}


def earlier(events: Sequence[Event], name: str, folders: Mapping[str, Files]) -> Iterator[tuple[Table, Files, int]]:
    """§11.3, §13.6: rules and files of the draws that stood when `name` was sealed, and their last replacement then."""
    sealed = next(n for n, e in enumerate(events) if (e["event"], e["draw"]) == ("commit", name))
    void = {e["draw"] for e in events[:sealed] if e["event"] == "void"}
    past = [e for e in events[:sealed] if e["draw"] not in void]
    done = [e["draw"].rpartition("+") for e in past if e["event"] == "replaced"]
    for draw in [e["draw"] for e in past if e["event"] == "draw"]:
        try:
            last = max((int(k) for base, _, k in done if base == draw), default=0)
            yield load("rules.toml", folders[draw]["rules.toml"]), folders[draw], last
        except Exception:
            raise Unsure(f"更早的抽取不在或读不懂 missing or unreadable: {draw}") from None


def drawn_before(before: Iterable[tuple[Table, Files, int]], year: int) -> set[str]:
    """§11.3: who was drawn in the year."""
    try:
        return {i for rules, files, last in before if rules["year"] == year for i in stands_after(files, last)}
    except (KeyError, ValueError):
        raise Unsure("更早的抽取不在或读不懂 missing or unreadable") from None


def sent_before(before: Iterable[tuple[Table, Files, int]]) -> list[tuple[date, list[str]]]:
    """§11.7: the teams of these draws, each on the last day of its batch."""
    found = []
    try:
        for rules, files, last in before:
            teams: dict[str, list[str]] = {}
            for r in read_table("teams.csv", files[f"replacements/{last}/teams.csv" if last else "teams.csv"]):
                teams.setdefault(r["检查对象"], []).append(r["执法检查人员"])
            found += [(rules["end"], team) for team in teams.values()]
    except (KeyError, ValueError):
        raise Unsure("更早的抽取不在或读不懂 missing or unreadable") from None
    return found


def check_loads(rules: Table, people: Sequence[Any], visits: int, sent: Sequence[tuple[date, list[str]]]) -> None:
    """MUST-11.14. What a list of the office adds cannot be seen: loads may be more then, caps less."""
    listed = any(pin["role"] == "inspections" for pin in rules["rosters"])
    team, year = rules["team"], Counter(o for day, who in sent for o in who if day.year == rules["year"])
    load, caps = ({o["编号"]: number(o[column]) for o in people} for column in ("已有次数", "本次上限"))
    for o in load if team["counts_year"] or any(load.values()) else ():
        need(load[o] == year[o] or (listed and load[o] > year[o]), f"{o} 已有次数应为 load must be {year[o]}")
    own = {o for one in team["limits"] if one["per"] == "person" for o in one["bound"]}
    for o in caps if {one["per"] for one in team["limits"]} - {"draw", "person"} else ():
        most = visits
        for one in team["limits"]:
            per, whole = one["per"], one["most"] * one["periods"]
            went = [day for day, who in sent if o in who and per in ("week", "month", "year")]
            first, last = period(per, rules["start"]), period(per, rules["end"])
            less = sum(first <= period(per, day) <= last for day in went)
            most = most if per == "person" else min(most, max(0, whole - less))
        need(caps[o] == most or (caps[o] < most and (listed or o in own)), f"{o} 本次上限应为 cap must be {most}")
    if (team["avoid"] or team["avoids_last_team"]) and not listed:
        latest: dict[str, date] = {}
        for day, who in sent:
            latest.update((o, max(day, latest.get(o, day))) for o in who)
        pairs = {(a, b) for day, who in sent for a in who for b in who if day in (latest[a], latest[b]) and a < b}
        right = {a: sorted(b for x, b in pairs if x == a and b in caps) for a in sorted(caps)}
        agree("team.avoid", team["avoid"], {a: others for a, others in right.items() if others})


def period(per: str, day: date) -> int:
    """Weeks from Monday, months and years counted through."""
    return {"week": (day.toordinal() - 1) // 7, "month": day.year * 12 + day.month, "year": day.year}.get(per, 0)


# §11.1, verdict A


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
    given: Files, name: str, events: Sequence[Event] | None = None, folders: Mapping[str, Files] = NONE
) -> Report:
    """The files of a draw, the name of its folder, and the ledger with the files of every draw if there is one."""
    files, report = Held(given), Report()
    with step(report, "1 记录末尾的摘要 closing digest of the record"):
        record = load("record.toml", files["record.toml"])
        record = check_record("record.toml", files["record.toml"], record)
    if report[0][0] == "unknown":
        return report
    with step(report, "2 各文件的摘要 digests of the files"):  # MUST-11.3
        due = [*FILES, *(f for f in MORE if f in record["tables"])]
        right = {f: h(files[f]) if f in files else record["tables"].get(f) for f in due}
        agree("与记录中的摘要不符 not as in the record", record["tables"], right)
        if "verify_ssj.py" in files:  # MUST-9.5
            agree("verify_ssj.py", h(files["verify_ssj.py"]), record["software"].get("verify_ssj.py"))
        agree("文件夹名 name of the folder", name, record["draw_id"])
        for file in due:
            files[file]
    with step(report, "3 封存的名录和规则 sealed rosters and rules"):
        if "rules.toml" in files:
            rules = load("rules.toml", files["rules.toml"])
            rules = check(rules, "[rules.toml]", "rules.toml")
            all_clean(rules)
            check_rules(rules)
        tables = Held({file: read_table(file, files[file]) for file in SEALED if file in files})
        more = [f for f, key in MORE.items() if rules[key]]
        agree("记录所列文件 files of the record", sorted(set(record["tables"]) & set(MORE)), sorted(more))
        sealed = [*SEALED, *(f for f in more if f != "site_draws.csv")]
        tables |= {file: read_table(file, files[file]) for file in sealed if file in files}
        right = {f: h(files[f]) if f in files else rules["tables"].get(f) for f in sealed}
        agree("与规则中的摘要不符 not as sealed", rules["tables"], right)  # MUST-5.6
        check_sealed(tables, rules)
        counts = {t["编号"]: number(t["签数"]) for t in tables.get("tickets.csv", ())}
        told = {k: record[k] for k in ("draw_id", "bureau", "title")}
        agree("记录与规则不一致 rules and record differ", told, {k: rules[k] for k in told})
        if "plan.toml" in files:
            check_plan(check(load("plan.toml", files["plan.toml"]), "[plan.toml]", "plan.toml"), rules)
    with step(report, "4 承诺 commitment"):
        subjects, officers, head = tables["subjects.csv"], tables["officers.csv"], record["commitment"]["previous_head"]
        who = [[o[c] for c in ("编号", "股室", "本次上限", "已有次数")] for o in officers]
        lists = [[s["编号"], s["分层"], *([counts[s["编号"]]] if counts else [])] for s in subjects], who
        made = commitment(rules["draw_id"], lists, files["plan.toml"], files["rules.toml"], head)
        made["sm3"] = made["sm3"] or record["commitment"]["sm3"]
        need(all(map(HEX.fullmatch, (head, made["sm3"]))), "previous_head, sm3")  # MUST-2.1
        agree("commitment", record["commitment"], made)  # MUST-5.5
    with step(report, "5 熵源 entropy"):
        required, at = rules["assurance"] or "E0", record["sealed_at"]
        check_entropy(record["entropy"], rules["entropy"], required, at, rules["draw_id"])
    with step(report, "6 种子 seed"):
        seed = make_seed(record["commitment"]["value"], [f"{e['source']}:{e['canonical']}" for e in record["entropy"]])
        agree("seed", record["seed"], seed)
    with step(report, "7 应抽数和签号界线 quotas and cuts"):
        key, reserve = make_key(seed, rules["draw_id"], "subject", rules["scope"]), rules["ratio"]["reserve"]
        by_id = {s["编号"]: s for s in subjects}
        strata: dict[str, list[str]] = {}
        for s in subjects:
            strata.setdefault(s["分层"], []).append(s["编号"])
        order = {stratum: tickets(key, ids, counts) for stratum, ids in strata.items()}
        quota = quotas(rules["ratio"]["total"], rules["ratio"]["classes"], {s: len(ids) for s, ids in strata.items()})
        cuts = [{"stratum": s, "size": n, "quota": q, "cut": order[s][q - 1][0] if q else ""} for s, n, q in quota]
        agree("stratum", record["stratum"], cuts)
    with step(report, "8 抽中名单 drawn.csv"):
        rows = [
            (s, n, told, i, by_id[i]["名称"], ticket)
            for s, _, q in quota
            for n, told, i, ticket in listed(order.get(s, []), q, reserve)
        ]
        drawn = [by_id[i] for _, _, told, i, *_ in rows if told == "抽中"]
        agree("drawn.csv", files["drawn.csv"], write_table("drawn.csv", rows))
        if rules["second_stage"]:  # MUST-7.9
            key, sites = make_key(seed, rules["draw_id"], "site", rules["scope"]), tables["sites.csv"]
            of: dict[str, list[str]] = {}
            for site in sites:
                of.setdefault(site["所属对象"], []).append(site["编号"])
            names, count = {site["编号"]: site["名称"] for site in sites}, rules["second_stage"]["count"]
            places = [
                (subject, n, told, i, names[i], ticket)
                for _, _, _, subject, *_ in rows
                for n, told, i, ticket in listed(tickets(key, of.get(subject, ())), count, reserve)
            ]
            agree("site_draws.csv", files["site_draws.csv"], write_table("site_draws.csv", places))
    with step(report, "9 检查组 teams.csv"):
        question = match_input(rules["team"], drawn, tables)
        columns = HEADERS["teams.csv"].split(",")
        teams = [
            dict(zip(columns, (s["编号"], s["名称"], n, role, "", "", ""), strict=True))
            for s in drawn
            for n, (role, _) in enumerate(question["visits"][s["编号"]], 1)
        ]
        matching = complete(seed, question, teams, tables, files["teams.csv"])
        agree("teams.csv", files["teams.csv"], write_table("teams.csv", (row.values() for row in teams)))
    with step(report, "10 匹配依据 input, key and ranges of the matching"):  # MUST-8.7
        agree("matching", record["matching"], matching)
    if events is not None and "record.toml" in files:
        with step(report, "11 台账 the ledger has this draw and agrees"):
            policy = {"policy": f"{rules['ruleset']}/{rules['policy']}", "year": rules["year"]}
            last = {"record": h(files["record.toml"]), "seed": record["seed"], "year": rules["year"]}
            in_ledger(events, name, record, record["commitment"] | policy, last, loose=True)
        with step(report, "12 未抽过的先抽 who was drawn before, by the ledger"):
            if rules["ratio"]["coverage_first"]:  # MUST-11.8
                before = drawn_before(earlier(events, name, folders), rules["year"])
                for s in subjects:
                    stratum = "已抽过" if s["编号"] in before else "未抽过"
                    need(s["分层"].rpartition("/")[2] == stratum, f"{s['编号']} 应属 belongs to {stratum}")
        with step(report, "13 已有次数、上限、上次同组 loads, limits, colleagues of last time, by the ledger"):
            team, people = rules["team"], tables["officers.csv"]
            asked = [team[key] for key in ("limits", "avoid", "counts_year", "avoids_last_team")]
            if any(asked) or any(o["已有次数"] != "0" for o in people):
                check_loads(rules, people, len(drawn), sent_before(earlier(events, name, folders)))
    return report


# §13 replacement


def check_event(event: Table, rules: Table, stood: Table, rounds: int, exact: bool) -> bool:
    """MUST-13.1, 13.4, 13.7; whether the mode could be told. Without a ledger there may have been more `rounds`."""
    need(event["reason"] in REASONS[event["kind"]], "理由 reason")
    need(event["document"] and event["by"], "证明材料和决定人 evidence, and who decided")
    if event["kind"] == "officer":
        in_team = [r["检查对象"] for r in stood["rows"] if r["执法检查人员"] == event["unit"]]
        need(event["visits"] == [v for v in in_team if v in event["visits"]] != [], "不在检查组 not in these teams")
        need(event["mode"] is None and not event["round"], "mode")
        need(not event["withdraws"] or event["visits"] == in_team, "withdraws")
        return True
    ways, chained = rules["replacement"], event["mode"] == "R2"
    spare = ways["mode"] == "R2" and event["mode"] == "R3"
    used_up = spare and (rounds >= ways["rounds"] or not exact)
    judged = ways["mode"] == "R1" and event["reason"] not in OBJECTIVE
    agree("替换方式与计划不符 not the mode of the plan", event["mode"], "R3" if used_up or judged else ways["mode"])
    stands = event["unit"] in {r["检查对象"] for r in stood["rows"]}
    need(stands and not event["visits"] and not event["withdraws"], "不在名单 does not stand")
    need(chained or not event["round"], "round")
    if chained and event["entropy"]:
        right = {"source": "chain", "appointed": {"anchor": ways["anchor"], "round": str(event["round"])}}
        due = event["round"] == rounds + 1 if exact else event["round"] > rounds
        need(event["entropy"] == [right] and due and event["round"] <= ways["rounds"], "轮次 round")
    return exact or not spare or rounds >= ways["rounds"]


def may_step_in(event: Table, rules: Any, tables: Any, stood: Any) -> list[Any]:
    """MUST-13.5: rows of all who may, of one stratum; none if the class is used up, and for an officer."""
    if event["kind"] == "officer":
        return []
    subjects = tables["subjects.csv"]
    own = next(s["分层"] for s in subjects if s["编号"] == event["unit"])
    strata = next(c["strata"] for c in rules["ratio"]["classes"] if own in c["strata"])
    left = [[x for x in subjects if x["分层"] == s and x["编号"] not in stood["taken"]] for s in strata]
    return next((rows for rows in left if rows), [])


def steps_in(event: Table, rules: Any, tables: Any, stood: Any, of_the_draw: str, seed: str) -> Any:
    """MUST-13.5: stratum, id and ticket of whoever steps in; None if nobody does."""
    left, counts = may_step_in(event, rules, tables, stood), tables.get("tickets.csv", ())
    if not left:
        return None
    key = make_key(of_the_draw, rules["draw_id"], "subject", rules["scope"])
    if event["mode"] != "R1":
        key = make_key(seed, event["id"], "reserve", rules["scope"])
    counts = {t["编号"]: number(t["签数"]) for t in counts}
    ticket, chosen = tickets(key, [s["编号"] for s in left], counts)[0]
    return {"id": chosen, "stratum": left[0]["分层"], "ticket": ticket}


def taken_over(event: Table, chosen: Any, rules: Table, tables: Tables, stood: Table) -> tuple[Any, Any, Any]:
    """§13.5: the rows of the teams, the input of §8 for all of them, and who is barred from each visit, and why.

    That is, by what was sealed, else because he withdrew, else because he left it. A place that falls free has "".
    """
    subjects = {s["编号"]: s for s in tables["subjects.csv"]}
    new = {"检查对象": chosen["id"], "名称": subjects[chosen["id"]]["名称"]} if chosen else {}
    gone = [event["unit"]] if event["kind"] == "subject" else []
    rows = [r | (new if r["检查对象"] in gone else {}) for r in stood["rows"] if chosen or r["检查对象"] not in gone]
    whole = match_input(rules["team"], [subjects[v] for v in dict.fromkeys(r["检查对象"] for r in rows)], tables)
    left = {v: {o: code for (where, o), code in stood["left"].items() if where == v} for v in whole["visits"]}
    barred = {v: {**left[v], **stood["out"], **whole["exclusions"][v]} for v in whole["visits"]}
    for r in rows:
        v, o = r["检查对象"], r["执法检查人员"]
        leaves = event["kind"] == "officer" and v in event["visits"] and o == event["unit"]
        unfit = chosen and v == chosen["id"] and (o in barred[v] or o not in able(whole, r))
        r["执法检查人员"] = "" if leaves or unfit else o
    return rows, whole, barred


def able(whole: Table, row: Mapping[str, str]) -> list[str]:
    """The class of a place."""
    ids: list[str] = whole["classes"][whole["visits"][row["检查对象"]][number(row["席位"]) - 1][1]]
    return ids


def called(event: Table, chosen: Any) -> dict[str, str]:
    """§13.8: where who steps in is drawn by lot, places of his team go by the name of the subject that goes."""
    return {chosen["id"]: event["unit"]} if chosen and event["mode"] != "R1" else {}


def free_places(rows: Sequence[Any], whole: Table, barred: Table, released: Any, names: Any) -> tuple[Any, Any]:
    """MUST-13.8: the instance of the free places, and the rows of the teams, with the free ones marked by ""."""
    places = [(names.get(r["检查对象"], r["检查对象"]), r["席位"]) for r in rows]
    free = [f"{v}#{n}" in released for v, n in places]
    rows = [r | {"执法检查人员": "" if gone else r["执法检查人员"]} for r, gone in zip(rows, free, strict=True)]
    load, visits = Counter(r["执法检查人员"] for r in rows), dict[str, Any]()
    for r in rows:
        if not r["执法检查人员"]:
            visits.setdefault(r["检查对象"], []).append(whole["visits"][r["检查对象"]][number(r["席位"]) - 1])
    mates = {v: {r["执法检查人员"] for r in rows if r["检查对象"] == v} - {""} for v in visits}
    out = {v: dict.fromkeys(mates[v], "core.team_mate") | barred[v] for v in visits}
    classes = {c: whole["classes"][c] for places in visits.values() for _, c in places}
    officers = [(o, max(0, cap - load[o]), past + load[o]) for o, cap, past in whole["officers"]]
    return {**whole, "officers": officers, "classes": classes, "visits": visits, "exclusions": out}, rows


def to_release(event: Table, chosen: Any, rules: Table, tables: Tables, stood: Table) -> list[str]:
    """MUST-13.14: the fewest places; where who steps in is drawn by lot, those for each who might, together."""
    might, recused = [chosen], dict[str, list[Any]]()
    if event["mode"] in ("R2", "R3"):  # one of each kind: of the rest the same would come
        for r in tables["recusals.csv"]:
            recused.setdefault(r["检查对象"], []).append(r["执法检查人员"])
        left = may_step_in(event, rules, tables, stood)
        kinds = {(s["分管股室"], s["监管类别"], *recused.get(s["编号"], ())): s["编号"] for s in left}
        might = [
            new for new in ({"id": one} for one in kinds.values()) if not staffed(event, new, rules, tables, stood)
        ]
    teams = [(taken_over(event, one, rules, tables, stood), called(event, one)) for one in might]
    return [f"{v}#{n}" for v, n in sorted({place for team, names in teams for place in fewest(*team, names)})]


def staffed(event: Table, chosen: Any, rules: Table, tables: Tables, stood: Table) -> bool:
    """Whether the free places of the team taken over can be filled as it is; quick: no other team is looked at."""
    own, others = ([r for r in stood["rows"] if (r["检查对象"] == event["unit"]) is same] for same in (True, False))
    question, _ = free_places(*taken_over(event, chosen, rules, tables, {**stood, "rows": own}), [], {})
    load = Counter(r["执法检查人员"] for r in others)
    return changes(may_hold(question), {o: n - load[o] for o, n, _ in question["officers"]}, {}, []) is not None


def fewest(rows: Sequence[Any], whole: Table, barred: Table, names: Mapping[str, str]) -> list[Any]:
    """§13.8: the smallest set of held places that will do, and of equally small ones the first."""
    held = {(r["检查对象"], number(r["席位"])): r["执法检查人员"] for r in rows if r["执法检查人员"]}
    every, _ = free_places(rows, whole, barred, [f"{v}#{n}" for v, n in held], {})
    may, cap, found = may_hold(every), {o: n for o, n, _ in every["officers"]}, list[Any]()
    size = changes(may, cap, held, [])
    need(size is not None, "无论如何都配不齐 no set of places would do")
    for place in sorted(held, key=lambda p: (names.get(p[0], p[0]), p[1])):
        if size and len(found) < size and changes(may, cap, held, [*found, place]) == size - len(found) - 1:
            found.append(place)
    return [(names.get(v, v), n) for v, n in found]


def changes(may: Any, cap: Mapping[str, int], first: Mapping[Any, str], released: Sequence[Any]) -> int | None:
    """§13.8: how few held places, but for those released, change hands until all are filled: by cheapest chains.

    None if all cannot be filled (MUST-8.5).
    """
    held: dict[str, dict[str, Any]] = {o: {v: (v, n) for (v, n), who in first.items() if who == o} for o in cap}
    holder, total = dict(first), 0

    def own(place: Any, officer: str) -> int:
        return int(first.get(place) == officer and place not in released)

    for start in (place for place in may if place not in first):
        cost, came, queue = {start: 0}, {start: None}, [start]
        for node in queue:
            if isinstance(node, str):
                steps = [(place, own(place, node)) for place in held[node].values()]
            else:  # whoever takes it may have been its holder; perhaps he moves over from another place of the visit
                there = [(held[o].get(node[0]), o) for o in may[node]]
                steps = [(p or o, (own(p, o) if p else 0) - own(node, o)) for p, o in there if p != node]
            for new, step in steps:
                if new not in cost or cost[node] + step < cost[new]:
                    cost[new], came[new] = cost[node] + step, node
                    queue.append(new)
        ends = [o for o in cost if isinstance(o, str) and len(held[o]) < cap[o]]
        if not ends:
            return None
        total += min(cost[o] for o in ends)
        shift(came, min(ends, key=lambda o: cost[o]), holder, held)
    return total


def replacement_seed(event: Table, made: Table, of_the_draw: str, rules: Table) -> str:
    """MUST-13.6, 13.9, §13.4: nothing where nothing is left to chance."""
    if event["mode"] == "R2" and event["entropy"]:
        (link,) = made["entropy"]
        followed = link["canonical"]
        need(link["source"] == "chain" and HEX.fullmatch(followed), "链 chain")
        for _ in range(event["round"]):
            followed = h(lines("ssj.chain.1", followed))
        agree("链 chain", followed, event["entropy"][0]["appointed"]["anchor"])
        return h(lines("ssj.reserve.1", of_the_draw, event["round"], link["canonical"]))
    asked = [e["source"] for e in event["entropy"]]
    need(not asked or asked == [e["source"] for e in rules["entropy"]], "熵源 sources")
    value = made["commitment"]["value"]
    return make_seed(value, [f"{e['source']}:{e['canonical']}" for e in made["entropy"]]) if asked else ""


def verify_replacements(given: Files, name: str, events: Sequence[Event] | None = None) -> Report:
    """§13.7: every replacement of a draw, in a step of its own."""
    files, report = Held(given), Report()
    found = [re.fullmatch("replacements/([1-9][0-9]{0,5})/.+", f) for f in given]
    ended = [e["draw"].rpartition("+") for e in events or () if e["event"] == "replaced"]
    untold = {int(m[1]) for m in found if m} | {int(k) for draw, _, k in ended if draw == name}
    if not untold:
        return report
    with step(report, "替换的依据 what the replacements build on"):
        rules = check(load("rules.toml", files["rules.toml"]), "[rules.toml]", "rules.toml")
        drawn = load("record.toml", files["record.toml"])
        more = ["tickets.csv"] if rules["weights"] else []
        tables = {file: read_table(file, files[file]) for file in (*SEALED, *more)}
        rows = read_table("teams.csv", files["teams.csv"])
        base: dict[str, Any] = {"rows": rows, "taken": {r["检查对象"] for r in rows}, "out": {}, "left": {}}
        stood, parents, rounds = {0: base}, {0: h(files["record.toml"])}, 0
    for k in sorted(untold):
        with step(report, f"替换 replacement {name}+{k}"):
            part = {f: files[f"replacements/{k}/{f}"] for f in ("event.toml", "replacement.toml", "teams.csv")}
            event, made = (load(f, part[f]) for f in ("event.toml", "replacement.toml"))
            event = check(event, "[event.toml]", "event.toml")
            if event["follows"] in untold and event["follows"] < k:
                raise Unsure(f"所依据的替换无法核验 it builds on what cannot be told: {event['follows']}")
            made = check_record("replacement.toml", part["replacement.toml"], made)
            all_clean(event)
            agree("摘要 digests", made["tables"], {f: h(part[f]) for f in ("event.toml", "teams.csv")})
            agree("编号 id", [made["id"], event["id"]], [f"{name}+{k}"] * 2)
            # The event: against those who stood, the mode, the commitment.
            before, said, reason = stood[event["follows"]], made["commitment"], f"replace.{event['reason']}"
            if events is not None:
                chained = [e["draw"] for e in events if e["event"] == "replace" and "anchor" in e["data"]]
                seen = [e["draw"].rpartition("+") for e in events if e["event"] == "entropy" and e["draw"] in chained]
                rounds = sum(draw == name and int(n) < k for draw, _, n in seen)
            told = check_event(event, rules, before, rounds, events is not None)
            rounds = max(rounds, event["round"] if event["entropy"] else 0)  # without, no link was revealed
            inputs = [parents[event["follows"]], h(part["event.toml"]), said["previous_head"]]
            right = dict(zip(("parent", "event_digest", "previous_head"), inputs, strict=True))
            right["value"] = h(lines("ssj.replace.1", event["id"], *inputs))
            agree("commitment", said, right)  # MUST-13.2
            need(HEX.fullmatch(said["previous_head"]), "previous_head")  # MUST-2.1
            seed = replacement_seed(event, made, drawn["seed"], rules)
            agree("seed", made["seed"], seed)
            need(event["entropy"] or not made["entropy"], "不需要熵源 needless entropy")
            # Who steps in, which places are free, who gets them.
            left = before["left"] | {(v, event["unit"]): reason for v in event["visits"]}
            out = before["out"] | ({event["unit"]: reason} if event["withdraws"] else {})
            now = {**before, "left": left, "out": out}
            can = steps_in(event, rules, tables, now, drawn["seed"], seed or "0")
            agree("应递补 who steps in", made["successor"], can)
            teams = taken_over(event, can, rules, tables, now)
            if event["released"] or event["mode"] in ("R2", "R3"):  # nothing less would do, whoever steps in
                due = to_release(event, can, rules, tables, now)
                agree("同时重派的席位 places released", event["released"], due)
            question, rows = free_places(*teams, event["released"], called(event, can))
            free = bool(question["visits"])
            lot = free or (can is not None and event["mode"] != "R1")
            agree("是否需要熵源 whether entropy is needed", event["entropy"] != [], lot)
            matching = complete(seed, question, rows, tables, part["teams.csv"]) if free else None
            agree("matching", made["matching"], matching)
            agree("teams.csv", part["teams.csv"], write_table("teams.csv", (r.values() for r in rows)))
            stood[k] = {**now, "rows": rows, "taken": now["taken"] | {r["检查对象"] for r in rows}}
            parents[k] = h(part["replacement.toml"])
            untold.discard(k)
            # What the ledger has of it, and what the evidence is worth.
            if events is not None:
                first = {k: event[k] for k in ("unit", "reason", "document", "by", "released")}
                first |= {"parent": said["parent"], "event": said["event_digest"]}
                first["sources"] = [e["source"] for e in event["entropy"]]
                last = {"record": parents[k], "seed": made["seed"]}
                in_ledger(events, made["id"], made, first, last, loose=False)
                kinds = {(e["event"], e["draw"]) for e in events}
                ends = [n for n in range(1, k) if ("replaced", f"{name}+{n}") in kinds]
                past = [n for n in ends if ("void", f"{name}+{n}") not in kinds]
                need(("void", made["id"]) in kinds or event["follows"] == max(past, default=0), "follows")
            if not told:  # last: what cannot be told hides nothing
                raise Unsure("链是否用完要看台账 only the ledger tells whether the chain was used up")
            if event["entropy"] and event["mode"] != "R2":  # §13.5: without a stamp
                required = {"E1": "E0", "E5": "E4", None: "E0"}.get(rules["assurance"], rules["assurance"])
                check_entropy(made["entropy"], event["entropy"], required, made["sealed_at"], made["id"])
    return report


# What is printed


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
    report, draws = Report(), [folder]
    events: list[Event] | None = None
    if folder.is_file():
        with step(report, "检查组配不齐，数出来如此 teams cannot be completed, by counting"):
            check_bottlenecks(folder.read_bytes())
        show(folder.name, report)
        return worst(report)
    if (folder / "ledger.jsonl").exists() or (folder / "draws").exists():
        draws = sorted(path for path in folder.glob("draws/*") if path.is_dir() and path.name[0] != ".")
        with step(report, "台账一行接一行 the ledger is one chain"):
            events, head = read_ledger(Held(read_folder(folder))["ledger.jsonl"])
            say(f"台账头 head of the ledger {head}")
        for e in events or ():
            if e["event"] == "draw" and e["draw"] not in [path.name for path in draws]:
                report.append(("unknown", f"台账里的抽取没有文件夹 no folder for {e['draw']}", ""))
            if e["event"] == "void":
                say(f"{e['draw']} 已作废 is void: {e['data'].get('reason')}")
        show("ledger.jsonl", report)
        if (folder / "signatures").is_dir():
            say("  signatures：本程序不核对签名 not checked by this program")
    folders = {draw.name: read_folder(draw) for draw in draws}
    for name, files in folders.items():
        found = verify_draw(files, name, events, folders) + verify_replacements(files, name, events)
        show(name, found)
        if "commitment.tsr" in files:
            say("  commitment.tsr：本程序不核对时间戳 time stamp: not checked by this program")
        if extra := {f for f in files if "/" not in f} - {"record.toml", "verify_ssj.py", *STAMP, *FILES, *MORE}:
            say(f"  另有文件，不作凭据 files that prove nothing: {', '.join(sorted(extra))}")  # MUST-9.1
        with suppress(Exception):
            for e in load("record.toml", files["record.toml"])["entropy"]:
                say("  熵源 entropy:", json.dumps({k: v for k, v in e.items() if v}, ensure_ascii=False))
        report += found
    return worst(report)


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
