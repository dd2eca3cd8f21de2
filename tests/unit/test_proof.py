"""Proofs of single subjects: made from the sealed rosters, checked without them, refused when changed or malformed."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from ssj_core.problems import InputError
from ssj_core.proof import LIMIT, Fields, Proof, ProofError, decode_proof, make_proof, verify_proof
from ssj_core.sealed import Sealed
from ssj_core.text import Lang
from ssj_core.verify import Report
from tests.strategies import small_case


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return small_case().seal()


@pytest.fixture(scope="module")
def proof(sealed: Sealed) -> Proof:
    return make_proof(sealed, "test:S005")


def verdict(data: bytes, **published: str) -> str:
    """The answer; `refused` where the bytes are no proof at all."""
    try:
        return verify_proof(data, "p.json", **published).arithmetic
    except InputError as error:
        return "refused" if [p.code for p in error.problems] == ["SSJ-X006"] else str(error)


def written(plain: Any) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def test_every_subject_of_the_pool_is_proved(sealed: Sealed) -> None:
    for subject in sealed.subjects:
        proof = make_proof(sealed, subject.id)
        assert decode_proof(proof.encode()) == proof
        assert proof.subject[:2] == (subject.id, subject.stratum)
        assert proof.root == sealed.commitment.subjects_root
        assert proof.recomputed == sealed.commitment.value
        assert verdict(proof.encode(), commitment=sealed.commitment.value) == "holds"
        assert verdict(proof.encode(), root=sealed.commitment.subjects_root) == "holds"
        assert verdict(proof.encode()) == "holds"


@pytest.mark.parametrize("who", ["test:S003", "officer:O00", "test:S999", ""])
def test_nobody_else_is(sealed: Sealed, who: str) -> None:
    with pytest.raises(KeyError):
        make_proof(sealed, who)


def test_another_published_commitment_or_root_is_a_no(proof: Proof) -> None:
    assert verdict(proof.encode(), commitment="0" * 64) == "fails"
    assert verdict(proof.encode(), root="0" * 64) == "fails"


def test_a_proof_of_another_draw_fails_against_the_published_commitment(sealed: Sealed) -> None:
    other = make_proof(evolve(sealed, previous_head="ab" * 32), "test:S005")
    assert verdict(other.encode()) == "holds", "by itself it is sound: it cannot vouch for its own commitment"
    assert verdict(other.encode(), commitment=sealed.commitment.value) == "fails"


def fields_changed(proof: Proof, **values: Any) -> Proof:
    assert proof.commitment is not None
    return evolve(proof, commitment=evolve(proof.commitment, **values))


CHANGES: dict[str, Callable[[Proof], Proof]] = {
    "leaf": lambda p: evolve(p, leaf=p.leaf + "x"),
    "another subject": lambda p: evolve(p, leaf=p.leaf.replace("S005", "S006")),
    "index": lambda p: evolve(p, index=p.index + 1),
    "index below": lambda p: evolve(p, index=-1),
    "index above": lambda p: evolve(p, index=p.count),
    "count": lambda p: evolve(p, count=p.count + 1),
    "count less": lambda p: evolve(p, count=p.count - 1),
    "no count": lambda p: evolve(p, count=0),
    "path": lambda p: evolve(p, path=(bytes(32), *p.path[1:])),
    "path shorter": lambda p: evolve(p, path=p.path[:-1]),
    "path longer": lambda p: evolve(p, path=(*p.path, bytes(32))),
    "draw": lambda p: evolve(p, draw="p-b-2"),
    "officers root": lambda p: fields_changed(p, officers_root="cd" * 32),
    "plan": lambda p: fields_changed(p, plan_digest="cd" * 32),
    "head": lambda p: fields_changed(p, previous_head="cd" * 32),
    "rules": lambda p: fields_changed(p, rules_digest="cd" * 32),
    "commitment": lambda p: fields_changed(p, value="cd" * 32),
    "officers": lambda p: fields_changed(p, officers_count=6),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_fails(proof: Proof, what: str) -> None:
    assert verdict(CHANGES[what](proof).encode()) == "fails"


def test_every_changed_byte_fails_or_is_refused(proof: Proof) -> None:
    data = proof.encode()
    for place in range(len(data)):
        for bit in (0, 4, 7):
            changed = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            assert verdict(changed) in ("fails", "refused"), (place, bit)
    for place in range(len(data)):
        assert verdict(data[:place]) == "refused"


def without(plain: dict[str, Any], *path: str) -> dict[str, Any]:
    made = json.loads(json.dumps(plain))
    inner = made
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return made  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: [p], lambda _: "x", lambda _: None, lambda _: {}, lambda p: {**p, "format": "ssj-proof/2"},
        lambda p: {**p, "more": 1}, lambda p: {**p, "index": True}, lambda p: {**p, "index": 1.0},
        lambda p: {**p, "count": "12"}, lambda p: {**p, "path": "not base64"}, lambda p: {**p, "path": p["path"][:-4]},
        lambda p: {**p, "path": [p["path"]]}, lambda p: {**p, "leaf": "no id"}, lambda p: {**p, "leaf": "uscc:1\ta\tb"},
        lambda p: {**p, "leaf": "\ud800"}, lambda p: {**p, "draw": "a\nb"}, lambda p: {**p, "commitment": 1},
        lambda p: {**p, "commitment": None}, lambda p: {**p, "commitment": {**p["commitment"], "officers_count": None}},
        lambda p: {**p, "commitment": {**p["commitment"], "value": b64encode(bytes(31)).decode()}},
        lambda p: {**p, "commitment": {**p["commitment"], "x": 1}}, lambda p: without(p, "commitment", "value"),
        lambda p: without(p, "leaf"), lambda p: without(p, "format"),
    ],
)  # fmt: skip
def test_what_is_no_proof_is_refused(proof: Proof, change: Callable[[dict[str, Any]], Any]) -> None:
    plain = change(json.loads(proof.encode()))
    data = (
        json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii="ud800" in repr(plain)).encode() + b"\n"
    )
    assert verdict(data) == "refused"


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"\x00", b"{", b"[" * 100_000, b"9" * 5_000, b"\xff\xfe", b"NaN", "﻿{}".encode(), b'{"format":1}\n'],
    ids=lambda d: d[:8].hex(),
)
def test_rubbish_is_refused(data: bytes) -> None:
    assert verdict(data) == "refused"


def test_another_way_to_write_the_same_is_refused(proof: Proof) -> None:
    plain, data = json.loads(proof.encode()), proof.encode()
    assert written(plain) == data
    for other in (
        data[:-1], data + b"\n", data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data, data.replace(b",", b", ", 1),
        json.dumps(plain, separators=(",", ":")).encode() + b"\n", b'{"draw":"x",' + data[1:],
    ):  # fmt: skip
        with pytest.raises(ProofError):
            decode_proof(other)


def large(draw: str = "fuping-zjj-2021-batch-1-1", depth: int = 20) -> Proof:
    """What a proof among a million subjects looks like."""
    fields = Fields(
        officers_count=1_000, officers_root="ab" * 32, plan_digest="ab" * 32, previous_head="ab" * 32,
        rules_digest="ab" * 32, value="ab" * 32,
    )  # fmt: skip
    return Proof(
        draw=draw, leaf="uscc:91130624EX0001160C\t全部/未抽过", index=(1 << depth) - 1, count=1 << depth,
        path=(bytes(range(32)),) * depth, commitment=fields,
    )  # fmt: skip


def test_a_proof_is_below_one_kilobyte_with_a_million_subjects() -> None:
    """Twenty hashes are 856 characters in base64 (1280 in hex); with the commitment's fields it is not to be done."""
    assert len(evolve(large(), commitment=None, index=999_999, count=1_000_000).encode()) < LIMIT
    assert len(large().encode()) < 1_400
    assert len(large(depth=12).encode()) < LIMIT, "a county's has room for them"


def test_a_proof_without_the_commitments_fields_is_compared_with_the_root(sealed: Sealed, proof: Proof) -> None:
    short = evolve(proof, commitment=None)
    commitment, root = sealed.commitment.value, sealed.commitment.subjects_root
    assert decode_proof(short.encode()) == short
    assert verdict(short.encode(), root=root) == "holds"
    assert verdict(short.encode(), root="0" * 64) == "fails"
    assert verdict(short.encode()) == "unknown"
    assert verdict(short.encode(), commitment=commitment) == "unknown", "never an accusation"
    assert verdict(evolve(short, path=()).encode(), root=root) == "fails"


def test_a_large_one_goes_without_the_fields_unless_asked(sealed: Sealed) -> None:
    long = evolve(sealed, rules=evolve(sealed.rules, draw_id="p-" + "b" * 700 + "-1"))
    assert make_proof(long, "test:S005").commitment is None
    full = make_proof(long, "test:S005", full=True)
    assert full.commitment is not None
    assert verdict(full.encode(), commitment=long.commitment.value) == "holds"


def said(report: Report, lang: Lang) -> str:
    return "\n".join([*(s.title(lang) for s in report.steps), *(t(lang) for t in report.summary)])


def test_the_report_names_subject_stratum_root_and_commitment(sealed: Sealed, proof: Proof) -> None:
    report = verify_proof(proof.encode(), "p.json")
    for lang in ("zh", "en"):
        text = said(report, lang)
        for part in ("test:S005", sealed.commitment.value, sealed.commitment.subjects_root, "--commitment"):
            assert part in text
    assert "--commitment" not in said(verify_proof(proof.encode(), "p", commitment="0" * 64), "zh")
    assert "not proved" in said(verify_proof(proof.encode(), "p", commitment="0" * 64), "en")
