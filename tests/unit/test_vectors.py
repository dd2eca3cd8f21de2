"""The vectors: rebuilt byte for byte, true to their schemas, and recomputed without the core."""

import json
import math
import re
import shutil
import subprocess
import unicodedata
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest

from ssj_core.entropy import BUILT_IN
from tests.replay.test_sm3 import sm3
from tests.vectors.generate import build
from tests.vectors.sections.shared import FOLDER

FILES = sorted(build())
SHELL, XXD = shutil.which("sh"), shutil.which("xxd")


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return content


def cases(name: str, **having: str) -> list[Any]:
    found = [c for c in load(name)["cases"] if all(c.get(k) == v for k, v in having.items())]
    assert found
    return [pytest.param(c, id=c["name"]) for c in found]


@pytest.mark.parametrize("name", FILES)
def test_files_are_what_the_core_writes_today(name: str) -> None:
    assert (FOLDER / name).read_bytes() == build()[name].encode()


def test_every_file_is_known() -> None:
    assert {p.name for p in FOLDER.glob("*.json")} == {*FILES, "match.json", "beacons.json"}
    assert {p.name for p in (FOLDER / "schema").glob("*.json")} == {*FILES, "bad.json"}
    readme = (FOLDER / "README.md").read_text("utf-8")
    named = (*FILES, "match.json", "beacons.json", "worked_example.sh")
    assert [name for name in named if f"`{name}`" not in readme] == []


# A small part of JSON Schema, enough for schema/*.json; another word in a schema is an error.

TYPES = {"string": str, "integer": int, "array": list, "object": dict}


def flaws(schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    known = {"$schema", "title", "const", "enum", "type", "pattern", "items", "required", "properties"}
    found = [f"{where}: schema word {word}" for word in schema.keys() - known - {"additionalProperties"}]
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(type(value) is TYPES[kind] for kind in kinds):
        return [*found, f"{where}: {value!r} is not {kinds}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r} does not look like {schema['pattern']}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += flaws(schema.get("items", {}), item, f"{where}[{number}]")
    if isinstance(value, dict):
        found += [f"{where}: no {name}" for name in schema.get("required", ()) if name not in value]
        for name, item in value.items():
            rest = schema.get("additionalProperties", {})
            inner = schema.get("properties", {}).get(name, rest)
            found += [f"{where}: unknown {name}"] if inner is False else flaws(inner, item, f"{where}.{name}")
    return found


@pytest.mark.parametrize("name", FILES)
def test_files_keep_their_schema(name: str) -> None:
    assert flaws(load(f"schema/{name}"), load(name)) == []


def test_the_schema_check_can_fail() -> None:
    schema, good = load("schema/ticket.json"), load("ticket.json")
    for spoil in (
        lambda c: c.update(more=1),
        lambda c: c.pop("ticket"),
        lambda c: c.update(ticket="A" * 64),
        lambda c: c.update(message_bytes=True),
        lambda c: c.update(key=1),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad["cases"][0])  # type: ignore[no-untyped-call]
        assert len(flaws(schema, bad)) == 1


# The draw again, from the specification, with the standard library alone.


def h(data: bytes) -> str:
    return sha256(data).hexdigest()


def ln(*values: str) -> bytes:
    return b"".join(v.encode() + b"\n" for v in values)


def tree(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0] if leaves else b"").digest()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()


def whole(value: Fraction, rounding: str) -> int:
    return {"up": math.ceil(value), "down": math.floor(value), "half-up": math.floor(value + Fraction(1, 2))}[rounding]


def quota_of(cls: dict[str, Any], size: int) -> int:
    if size < cls["small_below"]:
        take = {"all": size, "none": 0}.get(cls["small_take"], cls["small_take"])
        return int(min(size, take))
    return int(min(size, max(cls["at_least"], whole(Fraction(cls["ratio"]) * size, cls["rounding"]))))


@pytest.mark.parametrize("case", cases("primitives.json", expect="ok"))
def test_primitives(case: dict[str, Any]) -> None:
    data = case["text"].encode() if case["kind"] == "H" else ln(*case["values"])
    assert h(data) == case["digest"]
    assert case["kind"] == "H" or data.hex() == case["bytes"]


@pytest.mark.parametrize("case", cases("merkle.json"))
def test_merkle(case: dict[str, Any]) -> None:
    assert tree([bytes.fromhex(leaf) for leaf in case["leaves"]]).hex() == case["root"]


@pytest.mark.parametrize("case", cases("ratio.json", expect="ok"))
def test_ratio(case: dict[str, Any]) -> None:
    text = case["text"]
    assert Fraction(case["value"]) == (Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text))


@pytest.mark.parametrize("case", cases("quota.json"))
def test_quota(case: dict[str, Any]) -> None:
    held = {c["id"]: sum(case["sizes"].get(s, 0) for s in c["strata"]) for c in case["classes"]}
    if case["total"] == "each":
        taken = {c["id"]: quota_of(c, held[c["id"]]) for c in case["classes"]}
    else:
        exact = {c["id"]: Fraction(c["ratio"]) * held[c["id"]] for c in case["classes"]}
        taken = {name: math.floor(value) for name, value in exact.items()}
        target = whole(sum(exact.values(), Fraction(0)), case["classes"][0]["rounding"]) if exact else 0
        while sum(taken.values()) < target:
            best = min(exact, key=lambda name: (taken[name] - exact[name], name.encode()))
            taken[best] += 1
    expected = []
    for c in case["classes"]:
        for stratum in c["strata"]:
            size = case["sizes"].get(stratum, 0)
            quota = min(taken[c["id"]], size)
            taken[c["id"]] -= quota
            expected.append([stratum, size, quota])
    assert case["quotas"] == expected


def sealed(case: dict[str, Any]) -> str:
    subjects = sorted("\t".join(s).encode() for s in case["subjects"])
    officers = sorted("\t".join(map(str, o)).encode() for o in case["officers"])
    assert [line.decode() for line in subjects] == case["subject_lines"]
    assert [line.decode() for line in officers] == case["officer_lines"]
    assert (tree(subjects).hex(), tree(officers).hex()) == (case["subjects_root"], case["officers_root"])
    assert (h(case["plan"].encode()), h(case["rules"].encode())) == (case["plan_digest"], case["rules_digest"])
    return h(nine_lines(case))


def nine_lines(case: dict[str, Any]) -> bytes:
    return ln(
        "ssj.commit.1", case["draw_id"], case["subjects_root"], str(len(case["subjects"])), case["officers_root"],
        str(len(case["officers"])), case["plan_digest"], case["rules_digest"], case["previous_head"],
    )  # fmt: skip


@pytest.mark.parametrize("case", cases("commitment.json"))
def test_commitment(case: dict[str, Any]) -> None:
    assert case["commitment"] == sealed(case)
    assert case["sm3"] == sm3(nine_lines(case))


def test_commitments_differ_but_for_the_order() -> None:
    values = {c["name"]: c["commitment"] for c in load("commitment.json")["cases"]}
    assert values.pop("order-is-irrelevant") == values["example"]
    assert len(set(values.values())) == len(values)


@pytest.mark.parametrize("case", cases("seed.json", expect="ok"))
def test_seed(case: dict[str, Any]) -> None:
    assert case["seed"] == h(ln("ssj.seed.1", case["commitment"], *case["entropy"]))


@pytest.mark.parametrize("case", cases("seed.json", kind="key"))
def test_key(case: dict[str, Any]) -> None:
    fields = (case[name] for name in ("seed", "draw_id", "purpose", "scope"))
    assert case["key"] == h(ln("ssj.key.1", *fields))[:32]


DRUMS = {
    "kl8": [(20, 1, 80)],
    "ssq": [(6, 1, 33), (1, 1, 16)],
    "dlt": [(5, 1, 35), (2, 1, 12)],
    "fc3d": [(1, 0, 9), (1, 0, 9), (1, 0, 9)],
}


def plain(text: str) -> str:
    return (
        "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
        .replace("\u3000", " ")
        .replace("、", ",")
    )


@pytest.mark.parametrize("case", cases("entropy.json", kind="canonical", expect="ok"))
def test_entropy(case: dict[str, Any]) -> None:
    source, raw, canonical = case["source"], case["raw"], case["canonical"]
    if source == "os":
        expected, outcomes = raw, 1 << 256
    elif source == "text":
        expected = raw.replace("\u3000", " ").strip()
        head = expected[:200]
        outcomes = (10 + 33 * (" " in head)) ** len(head) if len(set(head)) > 1 else 1
    elif source == "reveal":
        told = dict(part.split("=") for part in plain(raw).split(";"))
        secrets = {party: told.get(party, "-").lower() for party in case["parties"]}
        expected = ";".join(f"{party}={secret}" for party, secret in secrets.items())
        outcomes = 1 << 256 * (len(secrets) - list(secrets.values()).count("-"))
    elif source in DRUMS:
        issue, numbers = re.findall("[0-9]+", plain(raw))[0], plain(raw).lstrip("第")
        drawn = [re.findall("[0-9]+", group) for group in re.split("[期:]", numbers)[1].split("+")]
        if source == "fc3d":
            shown = " ".join("".join(drawn[0]))
        else:
            shown = "+".join(" ".join(f"{n:02}" for n in sorted(map(int, group))) for group in drawn)
        expected = f"{issue if len(issue) == 7 else '20' + issue}:{shown}"
        outcomes = math.prod(math.comb(high - low + 1, count) for count, low, high in DRUMS[source])
    else:
        expected = re.sub("[\\s,]", "", plain(raw))
        outcomes = int(source[4:]) ** len(expected)
    assert (canonical, case["bits"]) == (expected, outcomes.bit_length() - 1)


@pytest.mark.parametrize("case", cases("entropy.json", kind="commitment"))
def test_commitments_of_parties(case: dict[str, Any]) -> None:
    assert case["commitment"] == h(ln("ssj.reveal.1", case["label"], case["party"], case["secret"]))


@pytest.mark.parametrize("case", cases("entropy.json", kind="moment", expect="ok"))
def test_moments(case: dict[str, Any]) -> None:
    """What Python's own reader says of those in the form: it reads more, but not otherwise."""
    told = datetime.fromisoformat(plain(case["text"]).strip())
    told = told if told.tzinfo else told.replace(tzinfo=timezone(timedelta(hours=8)))
    assert told == datetime.fromisoformat(case["utc"])


@pytest.mark.parametrize("case", cases("entropy.json", kind="people"))
def test_names_are_told_apart(case: dict[str, Any]) -> None:
    names = {
        re.sub("[\\W_]", "", unicodedata.normalize("NFKC", n)) for t in case["names"] for n in re.split("[、，,；;]", t)
    }
    assert names - {""} == set(case["told"])


@pytest.mark.parametrize("case", cases("entropy.json", kind="worth"))
def test_what_evidence_is_worth(case: dict[str, Any]) -> None:
    """What follows from the parts: which levels a source can reach, and why all together are refused."""
    best = {"os": "E0", "fc3d": "E0", "text": "E2", "dice6": "E2", "dice10": "E2", "reveal": "E3"}
    assert case["level"] <= max(best.get(piece["source"], "E4") for piece in case["evidence"])
    if case["expect"] != "evidence":
        assert (case["expect"] == "bits") is (case["bits"] < 20)
        assert (case["expect"] == "assurance") is (case["bits"] >= 20 and case["level"] < case["assurance"])


def test_every_source_has_vectors() -> None:
    content = json.loads((FOLDER / "beacons.json").read_text("utf-8"))["cases"]
    named = {c["source"] for c in load("entropy.json")["cases"] if c["kind"] == "canonical"}
    named |= {c["kind"].partition("-")[0] for c in content}
    named |= {c["kind"] for c in load("replacement.json")["cases"] if c["kind"] == "chain"}
    assert named == set(BUILT_IN)


@pytest.mark.parametrize("case", cases("ticket.json"))
def test_ticket(case: dict[str, Any]) -> None:
    message = case["key"].encode() + bytes.fromhex(case["id_bytes"])
    assert case["id"].encode().hex() == case["id_bytes"]
    assert (len(message), h(message)) == (case["message_bytes"], case["ticket"])


@pytest.mark.parametrize("case", cases("weights.json"))
def test_weights(case: dict[str, Any]) -> None:
    """The best of the tickets of each, from the messages alone."""
    best = []
    for subject, count in case["tickets"].items():
        names = [subject, *(f"{subject}#{n}" for n in range(2, count + 1))]
        best.append([*min((h((case["key"] + name).encode()), subject, n) for n, name in enumerate(names, start=1))])
    assert sorted(best) == case["order"]
    assert case["lines"] == [f"{i}\tB\t{n}" for i, n in case["tickets"].items()]


@pytest.mark.parametrize("case", cases("sites.json"))
def test_sites(case: dict[str, Any]) -> None:
    words = ["ssj.key.1", case["seed"], case["draw_id"], "site", case["scope"]]
    assert h("".join(f"{word}\n" for word in words).encode())[:32] == case["key"]
    rows = []
    for subject in case["listed"]:
        order = sorted((h((case["key"] + i).encode()), i) for i, whose in case["sites"] if whose == subject)
        for n, (value, site) in enumerate(order[: case["count"] + case["reserve"]], start=1):
            rows.append([subject, n, "抽中" if n <= case["count"] else "递补", site, value])
    assert rows == case["rows"]


def test_tickets_lie_at_the_block_edges() -> None:
    assert {54, 55, 56, 63, 64, 65, 119, 120, 128} <= {c["message_bytes"] for c in load("ticket.json")["cases"]}


@pytest.mark.parametrize("case", cases("ledger.json"))
def test_ledger(case: dict[str, Any]) -> None:
    if "head" in case:
        digests = ["0" * 64, *(h(line.encode()) for line in case["lines"])]
        assert [json.loads(line)["previous"] for line in case["lines"]] == digests[:-1]
        assert case["head"] == digests[-1]
    else:
        assert 1 <= case["refused_at"] <= len(case["lines"])


@pytest.mark.parametrize("case", cases("draw.json"))
def test_draw(case: dict[str, Any]) -> None:
    assert case["commitment"] == sealed(case)
    assert case["sm3"] == sm3(nine_lines(case))
    assert case["entropy"] == ["text:" + case["entropy_raw"]]
    assert case["seed"] == h(ln("ssj.seed.1", case["commitment"], *case["entropy"]))
    assert case["key"] == h(ln("ssj.key.1", case["seed"], case["draw_id"], "subject", case["scope"]))[:32]
    for (name, ratio), selection, quota in zip(case["classes"], case["selections"], case["quotas"], strict=True):
        members = [i for i, stratum in case["subjects"] if stratum == name]
        order = sorted((h((case["key"] + i).encode()), i.encode(), i) for i in members)
        assert [case["tickets"][i] for _, _, i in order] == [t for t, _, _ in order]
        n = whole(Fraction(ratio) * len(members), case["rounding"])
        assert quota == [name, len(members), n]
        assert selection["stratum"] == name
        assert selection["drawn"] == [i for _, _, i in order[:n]]
        assert selection["reserve"] == [i for _, _, i in order[n : n + case["reserve"]]]
        assert selection["cut"] == order[n - 1][0]


def flat(case: dict[str, Any]) -> dict[str, str]:
    """The worked example as `worked_example.sh` prints it."""
    names = ("subjects_root", "officers_root", "plan_digest", "rules_digest", "commitment", "seed", "key")
    made = {name: case[name] for name in names}
    made |= {f"ticket:{i}": t for i, t in case["tickets"].items()}
    for stratum, size, quota in case["quotas"]:
        made |= {f"size:{stratum}": str(size), f"quota:{stratum}": str(quota)}
    for s in case["selections"]:
        made |= {f"drawn:{s['stratum']}:{n}": i for n, i in enumerate(s["drawn"], 1)}
        made |= {f"reserve:{s['stratum']}:{n}": i for n, i in enumerate(s["reserve"], 1)}
        made[f"cut:{s['stratum']}"] = s["cut"]
    return made


@pytest.mark.skipif(not (SHELL and XXD), reason="needs sh and xxd")
def test_a_shell_gets_the_worked_example_without_the_core() -> None:
    done = subprocess.run(["sh", FOLDER / "worked_example.sh"], capture_output=True, timeout=60, check=False)
    if done.returncode == 77:
        pytest.skip(done.stderr.decode().strip())
    printed = [line.split(" ", 1) for line in done.stdout.decode().splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(printed) == len({name for name, _ in printed})
    assert dict(map(tuple, printed)) == flat(load("draw.json")["cases"][0])  # type: ignore[arg-type]
