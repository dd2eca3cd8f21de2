"""§2, §4.1: H and L, ids, spellings of a ratio."""

from typing import Final

from ssj_core.canonical import check_id, digest, lines
from ssj_core.ratios import format_ratio, parse_ratio
from tests.vectors.sections.shared import Case, agree, refused

SHA256: Final = (
    ("sha256-empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("sha256-abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
)
"""FIPS 180-4."""

IDS: Final = (
    ("uscc", "uscc:91610528MA6Y0XXX1A", "ok", ""),
    ("regno", "regno:6105280001", "ok", ""),
    ("permit", "permit:(陕)JZ安许证字[2020]001", "ok", "brackets and letters of any script are permitted"),
    ("officer", "officer:61052800123", "ok", ""),
    ("one-character", "test:a", "ok", ""),
    ("second-colon", "test:a:b", "ok", "only the first colon divides"),
    ("lower-case-is-another", "test:ab", "ok", "not the id of the next case: nothing is folded"),
    ("upper-case-is-another", "test:AB", "ok", ""),
    ("supplementary-plane", "test:\U00020bb7", "ok", ""),
    ("no-scheme", "91610528MA6Y0XXX1A", "scheme", ""),
    ("unknown-scheme", "uuid:1", "scheme", ""),
    ("scheme-in-capitals", "USCC:91610528MA6Y0XXX1A", "scheme", ""),
    ("full-width-colon", "uscc：91610528MA6Y0XXX1A", "scheme", ""),
    ("empty", "", "scheme", ""),
    ("no-code", "uscc:", "no-code", ""),
    ("space", "test:a b", "character", ""),
    ("trailing-space", "test:a ", "character", ""),
    ("ideographic-space", "test:甲\u3000乙", "character", ""),
    ("no-break-space", "test:a\u00a0b", "character", ""),
    ("hash", "test:a#1", "character", ""),
    ("bar", "test:a|b", "character", ""),
    ("zero-width-space", "test:a\u200bb", "character", "general category Cf"),
    ("line-separator", "test:a\u2028b", "character", "general category Zl"),
    ("private-use", "test:\ue000", "character", "general category Co"),
    ("tab", "test:a\tb", "control", ""),
    ("line-feed", "test:a\n", "control", ""),
    ("nul", "test:\x00", "control", ""),
    ("delete", "test:\x7f", "control", ""),
    ("next-line", "test:a\x85", "control", "U+0085"),
    ("decomposed", "test:e\u0301", "nfc", "é as two code points"),
    ("compatibility-ideograph", "test:\uf900", "nfc", "NFC makes it U+8C48"),
)
"""Name, id, what is to happen, remark."""

REFUSED_VALUES: Final = (
    ("refused-tab", "a\tb", "control"),
    ("refused-line-feed", "a\n", "control"),
    ("refused-carriage-return", "a\r", "control"),
    ("refused-nul", "\x00", "control"),
    ("refused-delete", "\x7f", "control"),
    ("refused-c1-control", "\u0085", "control"),
    ("refused-c1-between-han", "甲\u0080乙", "control"),
    ("refused-decomposed", "e\u0301", "nfc"),
    ("refused-angstrom-sign", "\u212b", "nfc"),
)

RATIOS: Final[tuple[tuple[str, str | None, str], ...]] = (
    ("3%", "3/100", "3%"),
    ("0%", "0/1", "0%"),
    ("100%", "1/1", "100%"),
    ("7%", "7/100", "7%"),
    ("29%", "29/100", "29%"),
    ("2.5%", "1/40", "2.5%"),
    ("2.50%", "1/40", "2.5%"),
    ("0.000001%", "1/100000000", "0.000001%"),
    ("33.333333%", "33333333/100000000", "33.333333%"),
    ("1/40", "1/40", "2.5%"),
    ("2/80", "1/40", "2.5%"),
    ("1/3", "1/3", "1/3"),
    ("0/1", "0/1", "0%"),
    ("999999999/999999999", "1/1", "100%"),
    ("3％", None, ""),
    ("３%", None, ""),
    ("3．5%", None, ""),
    ("1／3", None, ""),
    ("3 %", None, ""),
    (" 3%", None, ""),
    ("3%\n", None, ""),
    ("03%", None, ""),
    ("3.%", None, ""),
    (".5%", None, ""),
    ("3,5%", None, ""),
    ("+3%", None, ""),
    ("-3%", None, ""),
    ("1e1%", None, ""),
    ("0.0000001%", None, ""),
    ("3", None, ""),
    ("0.03", None, ""),
    ("3‰", None, ""),
    ("百分之三", None, ""),
    ("", None, ""),
    ("1/0", None, ""),
    ("01/40", None, ""),
    ("1/040", None, ""),
    ("1/1000000000", None, ""),
    ("3/2", None, ""),
    ("101%", None, ""),
    ("100.000001%", None, ""),
    ("10000%", None, ""),
)
"""Spelling, value (None: refused), how it is printed."""


def primitives() -> list[Case]:
    """H of texts, L of values, values that no line may hold."""
    made: list[Case] = []
    for name, text, known in SHA256:
        agree(name, digest(text.encode()), known)
        made.append({"name": name, "kind": "H", "text": text, "expect": "ok", "digest": known})
    for name, values in (
        ("lines-none", []),
        ("lines-empty-value", [""]),
        ("lines-one", ["abc"]),
        ("lines-two", ["a", "b"]),
        ("lines-joined-is-another", ["ab"]),
        ("lines-chinese", ["双随机", "一公开"]),
    ):
        data = lines(*values)
        made.append(
            {"name": name, "kind": "L", "values": values, "expect": "ok", "bytes": data.hex(), "digest": digest(data)}
        )
    for name, value, kind in REFUSED_VALUES:
        agree(name, refused(lambda value=value: lines(value)), True)  # type: ignore[misc]
        made.append({"name": name, "kind": "L", "values": [value], "expect": kind})
    return made


def ids() -> list[Case]:
    """Ids that are accepted, and ids refused, with the rule they break."""
    for name, value, kind, _ in IDS:
        agree(name, refused(lambda value=value: check_id(value)), kind != "ok")  # type: ignore[misc]
    return [{"name": name, "id": value, "expect": kind, "comment": remark} for name, value, kind, remark in IDS]


def ratios() -> list[Case]:
    """Spellings of ratios."""
    made: list[Case] = []
    for number, (text, known, printed) in enumerate(RATIOS, start=1):
        name = f"spelling-{number:02d}"
        if known is None:
            agree(text, refused(lambda text=text: parse_ratio(text)), True)  # type: ignore[misc]
            made.append({"name": name, "text": text, "expect": "refused"})
            continue
        value = parse_ratio(text)
        agree(text, (f"{value.numerator}/{value.denominator}", format_ratio(value)), (known, printed))
        made.append({"name": name, "text": text, "expect": "ok", "value": known, "printed": printed})
    return made
