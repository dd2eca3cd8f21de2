"""Entropy in canonical form, the seed and its keys."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ssj_core.entropy import BUILT_IN, text
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError
from ssj_core.seed import KEY_LENGTH, key, seed

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "seed.json").read_text("utf-8"))["cases"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_vectors(case: dict[str, Any]) -> None:
    if case["kind"] == "text":
        assert text.canonical(case["raw"]) == case["canonical"]
        assert text.canonical(case["canonical"]) == case["canonical"]
        assert text.bits(case["canonical"]) == case["bits"]
    elif case["kind"] == "key":
        assert key(case["seed"], case["draw_id"], case["purpose"], case["scope"]) == case["key"]
    elif case["expect"] == "ok":
        assert seed(case["commitment"], case["entropy"]) == case["seed"]
    else:
        with pytest.raises(ValueError, match=r"at least one|control|NFC"):
            seed(case["commitment"], case["entropy"])


def test_a_key_is_half_a_digest() -> None:
    assert KEY_LENGTH == 32
    assert len(key("0" * 64, "d", "subject", "all")) == 32


def asked(raw: str) -> Evidence:
    return text.collect(Request(draw_id="d", commitment="c", given={"raw": raw}, now=NOW))


def codes(raw: str) -> list[str]:
    evidence = Evidence(
        source="text", raw=raw, canonical=text.canonical(raw), who=("a", "b"), where="x", when="2026-03-01T09:00"
    )
    return [p.code for p in text.assess(evidence).problems]


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        ("", 0), ("1", 0), ("1111111111", 0), ("12", 6), ("1234567", 23), ("aB", 11), ("ab1", 15), ("甲乙", 19),
        ("a-b", 17),
    ],
)  # fmt: skip
def test_bits(raw: str, size: int) -> None:
    assert text.bits(raw) == size


def test_short_texts_are_refused() -> None:
    assert codes("甲乙") == ["SSJ-E004"]  # 19 bits
    assert codes("123456") == ["SSJ-E004"]  # 19 bits
    assert codes("1234567") == ["SSJ-E005"]  # 23 bits
    assert codes("1234567890123456789") == ["SSJ-E005"]  # 63 bits
    assert codes("12345678901234567890") == []  # 66 bits
    for raw in ("123456", "", "   ", "1" * 99, "a\tb" * 9):
        with pytest.raises(EntropyError):
            asked(raw)


def test_what_was_typed_is_kept() -> None:
    raw = "\u3000０８７７２ ４７３２９６９９１８９７５４０\n"
    evidence = asked(raw)
    assert (evidence.raw, evidence.value) == (raw, "text:08772 473296991897540")


def test_the_system_gives_256_bits_and_another_each_time() -> None:
    source = BUILT_IN["os"]
    request = Request(draw_id="d", commitment="c", now=NOW)
    first, second = source.collect(request), source.collect(request)
    assert first.value != second.value
    assert len(first.canonical) == 64
    assert source.assess(first, {}).problems == ()
    assert source.assess(first, {}).level == "E0"
    for bad in ("5" * 63, "5" * 65, "G" * 64, "A" * 64, ""):
        assert source.assess(Evidence(source="os", raw=bad, canonical=bad), {}).problems
    assert source.assess(Evidence(source="os", raw="5" * 64, canonical="6" * 64), {}).problems
