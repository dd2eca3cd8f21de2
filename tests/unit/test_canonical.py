"""H, L and ids: what may be hashed, and what is refused."""

import json
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ssj_core.canonical import ID_SCHEMES, check_id, check_line_value, digest, lines

VECTORS = Path(__file__).parents[1] / "vectors"
IDS = json.loads((VECTORS / "ids.json").read_text("utf-8"))["cases"]
PRIMITIVES = json.loads((VECTORS / "primitives.json").read_text("utf-8"))["cases"]
SAYS = {
    "scheme": "does not begin with one of uscc:, regno:, permit:, officer:, test:",
    "no-code": "has no code after the colon",
    "character": "holds a space, '#', '|' or an unprintable character",
    "control": "holds a control character",
    "nfc": "is not in Unicode form NFC",
}


@pytest.mark.parametrize("case", IDS, ids=lambda c: c["name"])
def test_ids(case: dict[str, Any]) -> None:
    if case["expect"] == "ok":
        check_id(case["id"])
    else:
        with pytest.raises(ValueError, match=SAYS[case["expect"]].replace("|", r"\|")):
            check_id(case["id"])


@pytest.mark.parametrize("case", PRIMITIVES, ids=lambda c: c["name"])
def test_primitives(case: dict[str, Any]) -> None:
    if case["kind"] == "H":
        assert digest(case["text"].encode()) == case["digest"]
    elif case["expect"] == "ok":
        assert lines(*case["values"]).hex() == case["bytes"]
    else:
        with pytest.raises(ValueError, match=SAYS[case["expect"]]):
            lines(*case["values"])


@pytest.mark.parametrize("value", [1, 1.0, True, None, b"uscc:1", ("uscc:1",)])
def test_numbers_and_bytes_are_refused(value: Any) -> None:
    for refuse in (check_line_value, check_id, lines):
        with pytest.raises(ValueError, match="is not text"):
            refuse(value)


def test_text_that_only_looks_like_text_is_refused() -> None:
    class Text(str):
        __slots__ = ()

        def encode(self, *_: Any) -> bytes:
            return b"something else"

    with pytest.raises(ValueError, match="is not text"):
        lines(Text("a"))


def test_every_control_character_and_no_other_is_refused() -> None:
    for number in range(0x110000):
        if 0x3400 < number < 0xD7A4 and number % 97:
            continue  # ideographs and syllables: some
        ch = chr(number)
        refused = unicodedata.category(ch) in ("Cc", "Cs") or not unicodedata.is_normalized("NFC", ch)
        try:
            check_line_value(ch)
        except ValueError:
            assert refused, hex(number)
        else:
            assert not refused, hex(number)


def test_ids_hold_no_separator_and_nothing_unseen() -> None:
    for number in (*range(0x3000), *range(0xD800, 0xE010), *range(0xFE00, 0x10000), 0xE0001, 0xF0000, 0x10FFFF):
        ch = chr(number)
        refused = unicodedata.category(ch)[0] in "CZ" or ch in "#|" or not unicodedata.is_normalized("NFC", "a" + ch)
        try:
            check_id(f"test:a{ch}")
        except ValueError:
            assert refused, hex(number)
        else:
            assert not refused, hex(number)


def test_schemes() -> None:
    assert ID_SCHEMES == ("uscc", "regno", "permit", "officer", "test")
    for scheme in ID_SCHEMES:
        check_id(f"{scheme}:1")


def test_digest_is_sha256() -> None:
    assert digest(b"abc") == sha256(b"abc").hexdigest()
