"""Write every vector but `match.json` and `beacons.json` from the core: `python tests/vectors/generate.py`.

Figures typed in here (published hash values, quotas worked out by hand, what is refused and why) are not taken from
the core: the core must agree with them, else nothing is written.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal

from ssj_core import ledger, merkle
from ssj_core.canonical import check_id, digest, lines
from ssj_core.commitment import NO_LEDGER, OfficerLine, SubjectLine, commit
from ssj_core.draw import Selection, select, ticket, weighted
from ssj_core.entropy import chain, dice, grammar, lottery, operating_system, reveal
from ssj_core.entropy import text as text_source
from ssj_core.entropy.model import Evidence, Level
from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, counted, match
from ssj_core.problems import EntropyError
from ssj_core.ratios import format_ratio, parse_ratio
from ssj_core.record import closing_holds
from ssj_core.replacement import event as replacement
from ssj_core.replacement.successor import first_left, successor
from ssj_core.rules.model import ClassRatio, Rounding, Total
from ssj_core.seed import key, seed
from ssj_core.sites import SITE_PURPOSE, site_draws
from ssj_core.strata import DrawClass, quotas
from ssj_core.tables import DrawnRow, RecusalRow, SiteRow, SubjectRow, TableError, decode_table, encode_table
from ssj_core.verify.assurance import judge, mistakes, shortfall
from ssj_core.verify.bottleneck import verify_bottlenecks

FOLDER: Final = Path(__file__).parent
Case = dict[str, Any]
NO: Final[Case] = {"expect": "refused"}

SHA256: Final = (
    ("sha256-empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("sha256-abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
)
"""FIPS 180-4."""

LEAVES: Final = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
ROOTS: Final = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""Test data of the Certificate Transparency projects (RFC 6962, RFC 9162): the roots of the first 0 to 8 leaves."""

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

KEY_0: Final = "0" * 32
KEY_F: Final = "0123456789abcdef" * 2
TICKET_IDS: Final = (
    ("one-byte-code", "test:a"),
    ("message-54", "test:" + "a" * 17),
    ("message-55", "test:" + "a" * 18),
    ("message-56", "test:" + "a" * 19),
    ("message-63", "test:" + "a" * 26),
    ("message-64", "test:" + "a" * 27),
    ("message-65", "test:" + "a" * 28),
    ("message-119", "test:" + "a" * 82),
    ("message-120", "test:" + "a" * 83),
    ("message-128", "test:" + "a" * 91),
    ("uscc-one-block", "uscc:91610528MA6Y0XXX1A"),
    ("chinese", "test:甲"),
    ("chinese-message-55", "test:施工企业甲乙"),
    ("chinese-message-64", "test:施工企业甲乙丙丁戊"),
    ("supplementary-plane", "test:\U00020bb7野家"),
)

DIGITS: Final = "31415926535897932384"
KL8: Final = "03 07 09 15 18 22 27 30 34 38 41 45 49 52 56 60 63 68 74 79"
LABEL: Final = "p-b-1"
SECRETS: Final = {"甲": "a1" * 32, "乙": "0b" * 32}
COMMITTED: Final = {
    "甲": "4bf030e8c83730a1f2abef39e1fa0c61f7d1222f2eef1dcb1a4d00f9d4dee636",
    "乙": "a0b38bb0a900886cc2ae89dbf36f3870b778cbdd7e54b9d5886e464b0f79ae9b",
}
"""H(L("ssj.reveal.1", "p-b-1", party, secret)), taken with sha256sum."""

CANONICAL: Final[tuple[tuple[str, str, str, str | None, int], ...]] = (
    ("os-as-given", "os", "5" * 64, "5" * 64, 256),
    ("os-capitals", "os", "AB" * 32, None, 0),
    ("os-too-short", "os", "5" * 63, None, 0),
    ("text-outer-blanks", "text", " 31415 92653\u3000", "31415 92653", 59),
    ("text-only-the-first-200", "text", "1" * 200 + "23456789", "1" * 200 + "23456789", 0),
    ("text-more-than-200", "text", "12" * 150, "12" * 150, 664),
    ("dice10-full-width", "dice10", "０３１、４，１ 5\u30009", "0314159", 23),
    ("dice10-a-letter", "dice10", "31415926x", None, 0),
    ("dice10-a-dash", "dice10", "3141-5926", None, 0),
    ("dice10-digits-of-another-script", "dice10", "٣١٤١٥٩٢٦", None, 0),
    ("dice6-separators", "dice6", "3 1,4 1, 5\t6 2 6", "31415626", 20),
    ("dice6-a-seven", "dice6", "31415726", None, 0),
    ("dice6-a-nought", "dice6", "31415026", None, 0),
    ("kl8-sorted", "kl8", "2026318: " + " ".join(reversed(KL8.split())), f"2026318:{KL8}", 61),
    ("kl8-nineteen", "kl8", f"2026318:{KL8[:-3]}", None, 0),
    ("kl8-eighty-one", "kl8", f"2026318:{KL8[:-2]}81", None, 0),
    ("kl8-a-ball-nought", "kl8", f"2026318:00{KL8[2:]}", None, 0),
    ("kl8-a-word-more", "kl8", f"2026318:{KL8} x", None, 0),
    ("ssq-sorted", "ssq", "2026131: 33 2 14 9 26 21 + 8", "2026131:02 09 14 21 26 33+08", 24),
    ("ssq-in-words", "ssq", "第２０２６１３１期 02、09、14、21、26、33＋08", "2026131:02 09 14 21 26 33+08", 24),
    ("ssq-same-number-in-both-drums", "ssq", "2026131:02 09 14 21 26 33+09", "2026131:02 09 14 21 26 33+09", 24),
    ("ssq-a-ball-twice", "ssq", "2026131:02 02 14 21 26 33+08", None, 0),
    ("ssq-no-plus", "ssq", "2026131:02 09 14 21 26 33 08", None, 0),
    ("ssq-short-issue", "ssq", "26131:02 09 14 21 26 33+08", None, 0),
    ("ssq-issue-of-a-day-too-many", "ssq", "2026367:02 09 14 21 26 33+08", None, 0),
    ("ssq-issue-nought", "ssq", "2026000:02 09 14 21 26 33+08", None, 0),
    ("ssq-no-issue", "ssq", "02 09 14 21 26 33+08", None, 0),
    ("dlt-short-issue", "dlt", "26131: 35 04 11 19 28 + 10 03", "2026131:04 11 19 28 35+03 10", 24),
    ("dlt-thirteen", "dlt", "2026131:04 11 19 28 35+03 13", None, 0),
    ("fc3d-keeps-its-order", "fc3d", "2026318: 7 0 7", "2026318:7 0 7", 9),
    ("fc3d-unparted", "fc3d", "2026318:073", "2026318:0 7 3", 9),
    ("fc3d-four", "fc3d", "2026318:0731", None, 0),
    (
        "reveal-order-of-the-parties",
        "reveal",
        f"乙＝{'0B' * 32}；甲＝{'a1' * 32}",
        f"甲={'a1' * 32};乙={'0b' * 32}",
        512,
    ),
    ("reveal-one-left-out", "reveal", f"乙={'0b' * 32}", f"甲=-;乙={'0b' * 32}", 256),
    ("reveal-one-with-a-dash", "reveal", f"甲=-;乙={'0b' * 32}", f"甲=-;乙={'0b' * 32}", 256),
    ("reveal-an-unknown-party", "reveal", f"甲={'a1' * 32};丙={'0b' * 32}", None, 0),
    ("reveal-a-party-twice", "reveal", f"甲={'a1' * 32};甲={'a1' * 32}", None, 0),
    ("reveal-a-short-secret", "reveal", f"甲={'a1' * 31};乙={'0b' * 32}", None, 0),
)
"""Name, source, what was typed, its canonical text (None: refused) and size in bits."""

MOMENTS: Final[tuple[tuple[str, str, str | None], ...]] = (
    ("moment-day", "2026-11-14", "2026-11-13T16:00:00Z"),
    ("moment-of-utc-8", "2026-11-14T21:30", "2026-11-14T13:30:00Z"),
    ("moment-with-a-space", "2026-11-14 21:30:05", "2026-11-14T13:30:05Z"),
    ("moment-utc", "2026-11-14T21:30:05Z", "2026-11-14T21:30:05Z"),
    ("moment-offset", "2026-11-14T21:30:05-03:30", "2026-11-15T01:00:05Z"),
    ("moment-fraction", "2026-11-14T21:30:05.25+08:00", "2026-11-14T13:30:05.250000Z"),
    ("moment-full-width", "\u3000２０２６－１１－１４ ２１：３０ ", "2026-11-14T13:30:00Z"),
    ("moment-leap-day", "2028-02-29T00:00Z", "2028-02-29T00:00:00Z"),
    ("moment-no-leap-day", "2027-02-29T00:00Z", None),
    ("moment-midnight-at-the-end", "2026-11-14T24:00", None),
    ("moment-leap-second", "2026-12-31T23:59:60Z", None),
    ("moment-basic-form", "20261114T213000", None),
    ("moment-basic-time", "2026-11-14T213000", None),
    ("moment-week", "2026-W46-6", None),
    ("moment-day-of-the-year", "2026-318", None),
    ("moment-hour-alone", "2026-11-14T21", None),
    ("moment-one-digit", "2026-11-14T9:30", None),
    ("moment-another-sign-between", "2026-11-14_21:30", None),
    ("moment-lower-case", "2026-11-14t21:30z", None),
    ("moment-two-spaces", "2026-11-14  21:30", None),
    ("moment-comma", "2026-11-14T21:30:05,25", None),
    ("moment-seven-digits", "2026-11-14T21:30:05.1234567", None),
    ("moment-offset-without-colon", "2026-11-14T21:30+0800", None),
    ("moment-offset-of-a-day", "2026-11-14T21:30+24:00", None),
    ("moment-offset-of-sixty-minutes", "2026-11-14T21:30+07:60", None),
    ("moment-year-before-1000", "0999-11-14", None),
    ("moment-digits-of-another-script", "٢٠٢٦-١١-١٤", None),
    ("moment-in-words", "上午九点", None),
    ("moment-nothing", "", None),
)
"""Name, what was written, the moment in UTC (None: no time)."""

PEOPLE: Final[tuple[tuple[str, list[str], list[str]], ...]] = (
    ("people-two", ["甲", "乙"], ["甲", "乙"]),
    ("people-in-one-field", ["甲、乙，丙;丁；戊,己"], ["甲", "乙", "丙", "丁", "戊", "己"]),
    ("people-a-full-stop", ["甲", "甲。"], ["甲"]),
    ("people-a-middle-dot", ["阿卜杜拉·买买提", "阿卜杜拉 买买提"], ["阿卜杜拉买买提"]),
    ("people-full-width", ["ＡＢ１", "AB1"], ["AB1"]),
    ("people-invisible", ["王某", "王 某", "王某\u200b"], ["王某"]),
    ("people-decomposed", ["e\u0301", "é"], ["é"]),
    ("people-case-counts", ["a", "A"], ["a", "A"]),
    ("people-nobody", ["—", " ", "？"], []),
)
"""Name, names as recorded, names as they are told apart."""

SEALED_AT: Final = "2026-11-13T09:00:00+08:00"
SEALED_OTHERWISE: Final[Mapping[str, str]] = {
    "level-text-no-sealing-time": "",
    "level-ssq-no-sealing-time": "",
    "level-reveal-unreadable-sealing-time": "昨天",
}
LATER: Final = "2026-11-14T21:30:00+08:00"
SEEN: Final[Case] = {"who": ["甲", "乙"], "where": "会议室", "when": LATER}
SSQ: Final = "2026131:02 09 14 21 26 33+08"
TWO: Final = {"source1": "https://a.example/1", "source2": "b.example"}
NAMED: Final = {"game": "ssq", "issue": "2026131", "date": "2026-11-14"}

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


def build() -> dict[str, str]:
    """Text of every generated file by name."""
    made = {
        "primitives.json": _file("§2", "H and L", primitives()),
        "ids.json": _file("§2.3", "what is an id; `expect` says what is broken", ids()),
        "ratio.json": _file("§4.1", "spellings of a ratio; `value` in lowest terms", ratios()),
        "quota.json": _file("§4", "whole quotas from exact ratios; figures worked out by hand", quota()),
        "merkle.json": _file("§5.2", "RFC 9162 roots; `leaves` in hexadecimal", merkle_cases()),
        "commitment.json": _file("§5", "roster lines, roots and commitments", commitments()),
        "seed.json": _file("§6", "canonical entropy texts, seeds and keys", seeds()),
        "entropy.json": _file("§6", "entropy sources: canonical forms, what is refused, levels", entropy()),
        "ticket.json": _file("§7.1", "tickets; `message_bytes` is the length of what is hashed", tickets()),
        "weights.json": _file("§7.3", "subjects of several tickets in the order of their best ones", weighted_cases()),
        "sites.json": _file("§7.4", "the sites of listed subjects, drawn and reserve", site_cases()),
        "table.json": _file("§9.2", "canonical tables as text; `expect` says whether they are", tables()),
        "bottleneck.json": _file("§8.9", "why no complete roster exists, by counting", bottleneck_cases()),
        "record.json": _file("§9.4", "the closing digest of a record", closings()),
        "replacement.json": _file("§13", "commitment, chain, seed and successor of a replacement", replacements()),
        "ledger.json": _file("§10", "ledgers as lists of lines; `refused_at` is the first bad line", ledgers()),
        "draw.json": _file("§14", "the worked example of the specification", [example()]),
    }
    return {name: visible(json.dumps(content, ensure_ascii=False, indent=1)) + "\n" for name, content in made.items()}


def visible(text: str) -> str:
    """Escape, as JSON does, what an editor would not show or might change."""
    return "".join(
        ch if ch in "\n " or (unicodedata.category(ch)[0] not in "CZM" and unicodedata.is_normalized("NFC", ch))
        else "\\u" + f"{ord(ch):04x}"
        for ch in text
    )  # fmt: skip


def _file(section: str, about: str, cases: list[Case]) -> Case:
    names = [c["name"] for c in cases]
    _agree("names are distinct", len(set(names)), len(names))
    return {"format": "ssj-vectors/1", "spec": "SSJ-DRAW/1", "section": section, "about": about, "cases": cases}


def _agree(what: str, found: object, typed: object) -> None:
    if found != typed:
        raise SystemExit(f"{what}: the core says {found!r}, but {typed!r} is known")


def _refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except ValueError:
        return True
    return False


def primitives() -> list[Case]:
    """H of texts, L of values, values that no line may hold."""
    made: list[Case] = []
    for name, text, known in SHA256:
        _agree(name, digest(text.encode()), known)
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
        _agree(name, _refused(lambda value=value: lines(value)), True)  # type: ignore[misc]
        made.append({"name": name, "kind": "L", "values": [value], "expect": kind})
    return made


def ids() -> list[Case]:
    """Ids that are accepted, and ids refused, with the rule they break."""
    for name, value, kind, _ in IDS:
        _agree(name, _refused(lambda value=value: check_id(value)), kind != "ok")  # type: ignore[misc]
    return [{"name": name, "id": value, "expect": kind, "comment": remark} for name, value, kind, remark in IDS]


def ratios() -> list[Case]:
    """Spellings of ratios."""
    made: list[Case] = []
    for number, (text, known, printed) in enumerate(RATIOS, start=1):
        name = f"spelling-{number:02d}"
        if known is None:
            _agree(text, _refused(lambda text=text: parse_ratio(text)), True)  # type: ignore[misc]
            made.append({"name": name, "text": text, "expect": "refused"})
            continue
        value = parse_ratio(text)
        _agree(text, (f"{value.numerator}/{value.denominator}", format_ratio(value)), (known, printed))
        made.append({"name": name, "text": text, "expect": "ok", "value": known, "printed": printed})
    return made


def _class(
    name: str,
    ratio: str,
    rounding: Rounding = "up",
    *,
    at_least: int = 0,
    small: tuple[int, Any] = (0, "all"),
    strata: Sequence[str] = (),
) -> Case:
    return {
        "id": name,
        "ratio": ratio,
        "rounding": rounding,
        "at_least": at_least,
        "small_below": small[0],
        "small_take": small[1],
        "strata": list(strata) or [name],
    }


def draw_class(raw: Mapping[str, Any]) -> DrawClass:
    """A class of `quota.json` as the core knows it."""
    ratio = ClassRatio(
        ratio=Fraction(raw["ratio"]),
        bound="exact",
        rounding=raw["rounding"],
        at_least=raw["at_least"],
        small_below=raw["small_below"],
        small_take=raw["small_take"],
    )
    return DrawClass(id=raw["id"], ratio=ratio, strata=tuple(raw["strata"]))


def quota() -> list[Case]:
    """Quotas; the last column was worked out by hand."""
    both = ["甲/未抽过", "甲/已抽过"]
    each: list[tuple[str, list[Case], dict[str, int], list[int]]] = [
        ("seven-percent-of-100-up", [_class("A", "7/100")], {"A": 100}, [7]),
        ("seven-percent-of-101-up", [_class("A", "7/100")], {"A": 101}, [8]),
        ("29-percent-of-100-down", [_class("A", "29/100", "down")], {"A": 100}, [29]),
        ("29-percent-of-103-down", [_class("A", "29/100", "down")], {"A": 103}, [29]),
        ("half-up-2.5", [_class("A", "1/40", "half-up")], {"A": 100}, [3]),
        ("half-up-0.5", [_class("A", "1/40", "half-up")], {"A": 20}, [1]),
        ("half-up-1.5", [_class("A", "1/40", "half-up")], {"A": 60}, [2]),
        ("half-up-just-below", [_class("A", "1/40", "half-up")], {"A": 99}, [2]),
        (
            "up-smallest-excess",
            [_class("A", "1/3")],
            {"A": 999_999_999_999_999_999_999_998},
            [333333333333333333333333],
        ),
        ("down-smallest-lack", [_class("A", "1/3", "down")], {"A": 299_999_999_999_999_999}, [99_999_999_999_999_999]),
        ("one-of-one-up", [_class("A", "3/100")], {"A": 1}, [1]),
        ("one-of-one-down", [_class("A", "3/100", "down")], {"A": 1}, [0]),
        ("all", [_class("A", "1/1", "down")], {"A": 17}, [17]),
        ("none", [_class("A", "0/1")], {"A": 17}, [0]),
        ("empty-class", [_class("A", "3/100", at_least=1)], {}, [0]),
        ("at-least-binds", [_class("A", "3/100", at_least=2)], {"A": 20}, [2]),
        ("at-least-does-not-bind", [_class("A", "3/100", at_least=1)], {"A": 120}, [4]),
        ("at-least-more-than-there-are", [_class("A", "3/100", at_least=5)], {"A": 3}, [3]),
        ("small-class-all", [_class("A", "3/100", small=(10, "all"))], {"A": 9}, [9]),
        ("small-class-not-small", [_class("A", "3/100", small=(10, "all"))], {"A": 10}, [1]),
        ("small-class-none", [_class("A", "3/100", at_least=1, small=(10, "none"))], {"A": 9}, [0]),
        ("small-class-number", [_class("A", "3/100", small=(10, 2))], {"A": 9}, [2]),
        ("small-class-number-too-large", [_class("A", "3/100", small=(10, 4))], {"A": 3}, [3]),
        ("small-class-number-zero", [_class("A", "1/2", small=(10, 0))], {"A": 8}, [0]),
        (
            "each-class-by-itself",
            [_class("A", "1/100"), _class("B", "3/100"), _class("C", "10/100"), _class("D", "30/100")],
            {"A": 120, "B": 250, "C": 41, "D": 9},
            [2, 8, 5, 3],
        ),
        ("coverage-first-new-enough", [_class("甲", "1/10", strata=both)], {both[0]: 30, both[1]: 20}, [5, 0]),
        ("coverage-first-new-run-out", [_class("甲", "1/10", strata=both)], {both[0]: 3, both[1]: 47}, [3, 2]),
        ("coverage-first-nobody-new", [_class("甲", "1/10", strata=both)], {both[1]: 50}, [0, 5]),
        ("coverage-first-all", [_class("甲", "1/1", strata=both)], {both[0]: 2, both[1]: 1}, [2, 1]),
    ]
    thirds = [_class(name, "1/3", "half-up") for name in ("A", "B", "C")]
    shared: list[tuple[str, list[Case], dict[str, int], list[int]]] = [
        ("shared-largest-remainder", [_class(n, "1/10") for n in "ABC"], {"A": 14, "B": 17, "C": 11}, [2, 2, 1]),
        ("shared-ties-by-class-id", thirds, {"A": 1, "B": 1, "C": 1}, [1, 0, 0]),
        ("shared-ties-whatever-the-order", thirds[::-1], {"A": 1, "B": 1, "C": 1}, [0, 0, 1]),
        ("shared-ties-by-bytes", [_class("乙", "1/2"), _class("z", "1/2")], {"乙": 1, "z": 1}, [0, 1]),
        ("shared-half-of-the-sum", [_class(n, "1/4", "half-up") for n in "AB"], {"A": 1, "B": 1}, [1, 0]),
        ("shared-down", [_class(n, "1/2", "down") for n in "ABC"], {"A": 3, "B": 3, "C": 3}, [2, 1, 1]),
        ("shared-whole", [_class(n, "1/2") for n in "AB"], {"A": 4, "B": 6}, [2, 3]),
        ("shared-other-ratios", [_class("A", "1/100"), _class("B", "1/3")], {"A": 30, "B": 10}, [0, 4]),
        ("shared-no-class", [], {}, []),
        (
            "shared-then-coverage-first",
            [_class("甲", "1/10", strata=both), _class("z", "1/10")],
            {both[0]: 1, both[1]: 14, "z": 16},
            [1, 1, 2],
        ),
    ]
    totals: list[tuple[Total, list[tuple[str, list[Case], dict[str, int], list[int]]]]] = [
        ("each", each),
        ("shared", shared),
    ]
    made: list[Case] = []
    for total, cases in totals:
        for name, classes, sizes, known in cases:
            found = quotas([draw_class(c) for c in classes], sizes, total)
            _agree(name, [q.quota for q in found], known)
            made.append(
                {
                    "name": name,
                    "total": total,
                    "classes": classes,
                    "sizes": sizes,
                    "quotas": [[q.stratum, q.size, q.quota] for q in found],
                }
            )
    return made


def merkle_cases() -> list[Case]:
    """Roots of the first 0 to 8 leaves."""
    made: list[Case] = []
    for size, known in enumerate(ROOTS):
        _agree(f"root of {size}", merkle.root(bytes.fromhex(leaf) for leaf in LEAVES[:size]), known)
        made.append({"name": f"size-{size}", "leaves": list(LEAVES[:size]), "root": known})
    return made


def _commitment(name: str, comment: str, **changes: Any) -> Case:
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
        _commitment("example", "the worked example"),
        _commitment("order-is-irrelevant", "same commitment: lines are sorted", subjects=subjects[::-1]),
        _commitment("bytewise-order", "B, then a, then 甲", subjects=[[f"test:{c}", "b"] for c in ("甲", "a", "B")]),
        _commitment("empty-rosters", "roots of no lines", subjects=[], officers=[]),
        _commitment("draw-id", "", draw_id="example-2"),
        _commitment("plan-bytes", "one LF more", plan=EXAMPLE["plan"] + "\n"),
        _commitment("plan-bom", "a byte order mark is a byte like any other", plan="\ufeff" + EXAMPLE["plan"]),
        _commitment("rules-bytes", "one ratio", rules=EXAMPLE["rules"].replace("1/3", "2/3")),
        _commitment("previous-head", "", previous_head="f" * 64),
        _commitment("one-subject-less", "", subjects=subjects[1:]),
        _commitment("another-stratum", "", subjects=[["test:A01", "D"], *subjects[1:]]),
        _commitment("another-cap", "", officers=[["officer:T-1", "一股", 2, 0], *officers[1:]]),
        _commitment("another-history", "", officers=[["officer:T-1", "一股", 3, 1], *officers[1:]]),
        _commitment("another-section", "", officers=[["officer:T-1", "二股", 3, 0], *officers[1:]]),
    ]  # fmt: skip
    _agree("order is irrelevant", made[1]["commitment"], made[0]["commitment"])
    _agree("SM3 of the worked example", made[0]["sm3"], EXAMPLE_SM3)
    return made


def seeds() -> list[Case]:
    """Canonical text, seeds, keys."""
    made: list[Case] = []
    for name, raw, known in (
        ("text-plain", "314159 26535", "314159 26535"),
        ("text-outer-blanks", " \t314159\u3000\n", "314159"),
        ("text-full-width", "３１４１５９，ＡＢ～", "314159,AB~"),
        ("text-ideographic-space-inside", "福\u3000平", "福 平"),
        ("text-decomposed", "e\u0301", "é"),
        ("text-leading-zeros", "08772473296991897540", "08772473296991897540"),
        ("text-case-is-kept", "aA", "aA"),
    ):
        _agree(name, text_source.canonical(raw), known)
        made.append({"name": name, "kind": "text", "raw": raw, "canonical": known, "bits": text_source.bits(known)})
    example = commitments()[0]["commitment"]
    for name, commitment, entropy in (
        ("seed-one-source", example, ["text:31415 92653 58979 32384"]),
        ("seed-two-sources", example, ["text:31415 92653 58979 32384", "os:" + "5" * 64]),
        ("seed-order-counts", example, ["os:" + "5" * 64, "text:31415 92653 58979 32384"]),
        ("seed-other-commitment", "f" * 64, ["text:31415 92653 58979 32384"]),
        ("seed-chinese", example, ["text:福平县住建局"]),
    ):
        made.append(
            {
                "name": name,
                "kind": "seed",
                "commitment": commitment,
                "entropy": entropy,
                "expect": "ok",
                "seed": seed(commitment, entropy),
            }
        )
    for name, entropy in (
        ("seed-refused-no-entropy", []),
        ("seed-refused-line-feed", ["text:a\nb"]),
        ("seed-refused-decomposed", ["text:e\u0301"]),
    ):
        _agree(name, _refused(lambda entropy=entropy: seed(example, entropy)), True)  # type: ignore[misc]
        made.append({"name": name, "kind": "seed", "commitment": example, "entropy": entropy, "expect": "refused"})
    for name, value, draw_id, purpose, scope in (
        ("key-subject", "0" * 64, "example-1", "subject", "all"),
        ("key-other-seed", "f" * 64, "example-1", "subject", "all"),
        ("key-other-draw", "0" * 64, "example-2", "subject", "all"),
        ("key-other-purpose", "0" * 64, "example-1", "other", "all"),
        ("key-other-scope", "0" * 64, "example-1", "subject", "市场监管"),
    ):
        made.append(
            {
                "name": name,
                "kind": "key",
                "seed": value,
                "draw_id": draw_id,
                "purpose": purpose,
                "scope": scope,
                "key": key(value, draw_id, purpose, scope),
            }
        )
    return made


def entropy() -> list[Case]:
    """Canonical forms, the commitments of parties, and what evidence is worth."""
    made: list[Case] = []
    for name, source, raw, known, size in CANONICAL:
        _agree(name, _canonical(source, raw), None if known is None else (known, size))
        case: Case = {"name": name, "kind": "canonical", "source": source, "raw": raw}
        case |= {"parties": list(SECRETS)} if source == "reveal" else {}
        outcome = {"expect": "refused"} if known is None else {"expect": "ok", "canonical": known, "bits": size}
        made.append({**case, **outcome})
    for name, party in (("reveal-commitment", "甲"), ("reveal-commitment-of-another", "乙")):
        _agree(name, reveal.make_commitment(LABEL, party, SECRETS[party]), COMMITTED[party])
        told = {"label": LABEL, "party": party, "secret": SECRETS[party], "commitment": COMMITTED[party]}
        made.append({"name": name, "kind": "commitment", **told})
    for name, written, utc in MOMENTS:
        instant = grammar.moment(written)
        _agree(name, instant and instant.astimezone(UTC).isoformat().replace("+00:00", "Z"), utc)
        made.append({"name": name, "kind": "moment", "text": written, **({"expect": "ok", "utc": utc} if utc else NO)})
    for name, names, known_names in PEOPLE:
        _agree(name, list(grammar.people(names)), known_names)
        made.append({"name": name, "kind": "people", "names": names, "told": known_names})
    for name, required, level, size, expect, pieces in worths():
        sealed_at = SEALED_OTHERWISE.get(name, SEALED_AT)
        pairs = [(_evidence(p), p["appointed"]) for p in pieces]
        verdict = judge(pairs, sealed_at)
        lacking = [p.code for p in shortfall(verdict, required or None)]
        wrong = any(True for _ in mistakes(pairs))
        found = "evidence" if wrong else {"SSJ-E010": "bits", "SSJ-E012": "assurance"}[lacking[0]] if lacking else "ok"
        _agree(name, (verdict.level, verdict.bits, found), (level, size, expect))
        case = {"name": name, "kind": "worth", "sealed_at": sealed_at, "assurance": required, "evidence": pieces}
        made.append({**case, "level": level, "bits": size, "expect": expect})
    return made


def _canonical(source: str, raw: str) -> tuple[str, int] | None:
    """Canonical text and size by the core; None if it refuses the form."""
    try:
        if source == "os":
            seen = operating_system.assess(Evidence(source="os", raw=raw, canonical=raw))
            return None if seen.problems else (raw, seen.bits)
        if source == "text":
            return text_source.canonical(raw), text_source.bits(text_source.canonical(raw))
        if source == "reveal":
            written = reveal.canonical(raw, COMMITTED)
            return written, 256 * (len(SECRETS) - written.count("=-"))
        if source in lottery.SOURCES:
            game = next(g for g in lottery.GAMES if g.id == source)
            return game.canonical(raw), game.bits
        die = {d.id: d for d in (dice.DICE6, dice.DICE10)}[source]
        return die.canonical(raw), die.bits(len(die.canonical(raw)))
    except EntropyError:
        return None


def _piece(source: str, raw: str, canonical: str = "", appointed: Any = None, **more: Any) -> Case:
    told: Case = {"source": source, "raw": raw, "canonical": canonical or raw, "who": [], "where": "", "when": ""}
    return {**told, "details": {}, "appointed": dict(appointed or {}), **more}


def _evidence(piece: Case) -> Evidence:
    told = {n: v for n, v in piece.items() if n != "appointed"}
    return Evidence(**{**told, "who": tuple(told["who"])})


def worths() -> list[tuple[str, Level | Literal[""], Level, int, str, list[Case]]]:
    """Name, level required, level reached, bits of what is sound, outcome, evidence."""
    system = _piece("os", "5" * 64)
    seen = _piece("text", DIGITS, **SEEN)
    dice10 = _piece("dice10", DIGITS, **SEEN)
    ssq = _piece("ssq", SSQ, appointed=NAMED, when=LATER, details={**TWO, "date": "2026-11-14"})
    one = {**ssq["details"], "source2": "https://www.a.example/2"}
    undated = {"game": "ssq", "issue": "2026131"}
    three = _piece("fc3d", "2026318:0 7 3", appointed={"game": "fc3d", "issue": "2026318"}, when=LATER, details=TWO)
    both = ";".join(f"{p}={secret}" for p, secret in SECRETS.items())
    parties = ";".join(f"{p}={c}" for p, c in COMMITTED.items())
    meant = {"label": LABEL, "parties": parties, "deadline": "2026-11-14T12:00:00+08:00"}
    shown = _piece("reveal", both, appointed=meant, when=LATER, details={"draw": LABEL})
    lone = f"甲={SECRETS['甲']};乙=-"
    withheld = {**shown, "raw": lone, "canonical": lone}
    other = both.replace("0b0b", "0c0c", 1)
    first, alone = f"甲={COMMITTED['甲']}", {**shown, "raw": lone[:-4], "canonical": lone[:-4]}
    nameless = f"{parties};={'0c' * 32}"
    word, of_word = f"甲=x;乙={SECRETS['乙']}", digest(f"ssj.reveal.1\n{LABEL}\n甲\nx\n".encode())
    of_word = f"甲={of_word};乙={COMMITTED['乙']}"
    early = "2026-11-12T09:00:00+08:00"
    noon = "2026-11-14T12:00:00+08:00"
    before, dice_before = {**seen, "when": noon}, {**dice10, "when": noon}
    return [
        ("level-os", "", "E0", 256, "ok", [system]),
        ("level-os-changed", "", "E0", 0, "evidence", [{**system, "canonical": "6" * 64}]),
        ("level-text", "", "E2", 66, "ok", [seen]),
        ("level-text-one-witness", "", "E0", 66, "ok", [{**seen, "who": ["甲", "甲", " "]}]),
        ("level-text-one-witness-spelt-twice", "", "E0", 66, "ok", [{**seen, "who": ["王某", "王 某", "王某\u200b"]}]),
        ("level-text-witnesses-in-one-field", "", "E2", 66, "ok", [{**seen, "who": ["王某、李某"]}]),
        ("level-text-no-place", "", "E0", 66, "ok", [{**seen, "where": " "}]),
        ("level-text-no-time", "", "E0", 66, "ok", [{**seen, "when": "上午"}]),
        ("level-text-before-the-sealing", "", "E0", 66, "ok", [{**seen, "when": early}]),
        ("level-text-time-without-offset", "", "E0", 66, "ok", [{**seen, "when": "2026-11-13T08:59:59"}]),
        ("level-text-changed", "", "E0", 0, "evidence", [{**seen, "canonical": "3" + DIGITS}]),
        ("level-text-too-short", "", "E0", 0, "evidence", [{**seen, "raw": "314159", "canonical": "314159"}]),
        ("level-dice10", "", "E2", 66, "ok", [dice10]),
        ("level-dice10-before-the-sealing", "", "E0", 66, "ok", [{**dice10, "when": early}]),
        ("level-dice10-six-throws", "", "E0", 0, "evidence", [_piece("dice10", "314159", **SEEN)]),
        ("level-dice10-seven-throws", "", "E2", 23, "ok", [_piece("dice10", "3141592", **SEEN)]),
        ("level-dice6-seven-throws", "", "E0", 0, "evidence", [_piece("dice6", "3141562", **SEEN)]),
        ("level-dice6-eight-throws", "", "E2", 20, "ok", [_piece("dice6", "31415626", **SEEN)]),
        (
            "level-dice10-rolls", "", "E2", 66, "ok",
            [{**dice10, "details": {"rolls": f"甲:{DIGITS[:9]};乙:{DIGITS[9:]}"}}],
        ),
        (
            "level-dice10-rolls-say-otherwise", "", "E0", 0, "evidence",
            [{**dice10, "details": {"rolls": f"甲:{DIGITS[9:]};乙:{DIGITS[:9]}"}}],
        ),
        (
            "level-dice10-rolls-of-nobody", "", "E0", 0, "evidence",
            [{**dice10, "details": {"rolls": f"甲:{DIGITS[:9]}; :{DIGITS[9:]}"}}],
        ),
        (
            "level-dice10-correction-in-another-form", "", "E0", 0, "evidence",
            [{**dice10, "details": {"corrections": "第 1 次:5>3"}}],
        ),
        (
            "level-text-too-short-beside-another", "", "E0", 256, "evidence",
            [system, {**seen, "raw": "314159", "canonical": "314159"}],
        ),
        ("level-ssq", "", "E4", 24, "ok", [ssq]),
        ("level-ssq-when-is-no-time", "", "E0", 0, "evidence", [{**ssq, "when": "晚上"}]),
        ("level-ssq-one-place", "", "E0", 24, "ok", [{**ssq, "details": one}]),
        ("level-ssq-no-time", "", "E0", 24, "ok", [_piece("ssq", SSQ, appointed=undated, details=TWO)]),
        ("level-ssq-written-down-later", "", "E4", 24, "ok", [{**ssq, "when": "2026-11-20T09:00:00+08:00"}]),
        (
            "level-ssq-before-the-sealing", "", "E0", 24, "ok",
            [{**ssq, "appointed": {**NAMED, "date": "2026-11-12"}, "details": {**TWO, "date": "2026-11-12"}}],
        ),
        ("level-ssq-another-issue", "", "E0", 0, "evidence", [{**ssq, "appointed": {**NAMED, "issue": "2026130"}}]),
        ("level-ssq-another-game", "", "E0", 0, "evidence", [{**ssq, "appointed": {**NAMED, "game": "dlt"}}]),
        ("level-ssq-another-date", "", "E0", 0, "evidence", [{**ssq, "appointed": {**NAMED, "date": "2026-11-15"}}]),
        ("level-reveal", "", "E3", 512, "ok", [shown]),
        ("level-reveal-one-absent", "", "E0", 256, "ok", [withheld]),
        (
            "level-reveal-absent-too-early", "", "E0", 0, "evidence",
            [{**withheld, "when": "2026-11-14T11:59:59+08:00"}],
        ),
        ("level-reveal-absent-at-no-time", "", "E0", 0, "evidence", [{**withheld, "when": ""}]),
        (
            "level-reveal-deadline-is-no-time", "", "E0", 0, "evidence",
            [{**shown, "appointed": {**meant, "deadline": "晚上"}}],
        ),
        (
            "level-reveal-a-party-without-a-name", "", "E0", 0, "evidence",
            [{**withheld, "raw": f"=;{lone}", "canonical": f"{lone};=-", "appointed": {**meant, "parties": nameless}}],
        ),
        ("level-reveal-another-secret", "", "E0", 0, "evidence", [{**shown, "raw": other, "canonical": other}]),
        ("level-reveal-by-one-party", "", "E0", 0, "evidence", [{**alone, "appointed": {**meant, "parties": first}}]),
        (
            "level-reveal-one-commitment-of-two", "", "E0", 0, "evidence",
            [{**withheld, "appointed": {**meant, "parties": f"{first};乙={COMMITTED['甲']}"}}],
        ),
        (
            "level-reveal-a-commitment-that-is-none", "", "E0", 0, "evidence",
            [{**withheld, "appointed": {**meant, "parties": f"{first};乙=x"}}],
        ),
        (
            "level-reveal-a-secret-that-is-none", "", "E0", 0, "evidence",
            [{**shown, "raw": word, "canonical": word, "appointed": {**meant, "parties": of_word}}],
        ),
        ("level-reveal-a-party-without-a-sign", "", "E0", 0, "evidence", [{**withheld, "raw": lone[:-2]}]),
        (
            "level-reveal-a-party-twice", "", "E0", 0, "evidence",
            [{**shown, "raw": f"{both};甲={SECRETS['甲']}"}],
        ),
        (
            "level-reveal-a-party-not-appointed", "", "E0", 0, "evidence",
            [{**shown, "raw": f"{both};丙={'0c' * 32}"}],
        ),
        ("level-reveal-a-party-absent-and-not-appointed", "", "E0", 0, "evidence", [{**shown, "raw": f"{both};丙=-"}]),
        (
            "level-reveal-nobody", "", "E0", 0, "evidence",
            [{**shown, "raw": "甲=-;乙=-", "canonical": "甲=-;乙=-"}],
        ),
        ("level-reveal-before-the-sealing", "", "E0", 512, "ok", [{**shown, "when": early}]),
        ("level-reveal-no-time", "", "E0", 512, "ok", [{**shown, "when": ""}]),
        ("level-text-no-sealing-time", "", "E0", 66, "ok", [seen]),
        ("level-ssq-no-sealing-time", "", "E0", 24, "ok", [ssq]),
        ("level-reveal-unreadable-sealing-time", "E3", "E0", 512, "assurance", [shown]),
        ("level-text-one-witness-and-a-full-stop", "", "E0", 66, "ok", [{**seen, "who": ["甲", "甲。"]}]),
        ("level-fc3d", "", "E0", 265, "ok", [three, system]),
        ("level-best-of-several", "", "E4", 156, "ok", [before, dice_before, ssq]),
        ("level-own-number-after-the-event", "", "E0", 280, "ok", [ssq, system]),
        ("level-own-number-listed-first", "", "E0", 280, "ok", [system, ssq]),
        ("level-own-number-after-witnesses", "", "E0", 322, "ok", [seen, system]),
        ("level-witnesses-after-the-event", "", "E2", 90, "ok", [ssq, seen]),
        ("level-witnesses-before-the-event", "", "E4", 90, "ok", [ssq, before]),
        ("level-one-witness-before-the-event", "", "E0", 90, "ok", [ssq, {**before, "who": ["甲"]}]),
        ("level-witnesses-before-the-sealing-with-an-event", "", "E4", 90, "ok", [{**seen, "when": early}, ssq]),
        ("level-witnesses-and-dice", "", "E2", 132, "ok", [seen, dice10]),
        ("level-parties-then-an-event", "", "E4", 536, "ok", [{**shown, "when": noon}, ssq]),
        ("level-event-then-one-absent", "", "E0", 280, "ok", [ssq, withheld]),
        ("level-one-absent-attested-before-the-event", "", "E4", 280, "ok", [{**withheld, **SEEN, "when": noon}, ssq]),
        ("level-parties-then-witnesses", "", "E2", 578, "ok", [{**shown, "when": noon}, seen]),
        ("level-unsound-is-not-counted", "", "E2", 66, "evidence", [seen, {**ssq, "canonical": SSQ[:-1] + "9"}]),
        ("total-three-digits-alone", "", "E0", 9, "bits", [three]),
        ("total-three-digits-with-others", "E2", "E2", 75, "ok", [three, seen]),
        ("total-below-the-plans-level", "E3", "E2", 66, "assurance", [seen]),
        ("total-at-the-plans-level", "E2", "E2", 66, "ok", [seen]),
    ]  # fmt: skip


def tickets() -> list[Case]:
    """Tickets of ids of many lengths."""
    made: list[Case] = []
    for name, subject in TICKET_IDS:
        for suffix, k in (("", KEY_0), ("-other-key", KEY_F)):
            message = k + subject
            value = ticket(k, subject)
            _agree(name, digest(message.encode()), value)
            size = len(message.encode())
            case = {"name": name + suffix, "key": k, "id": subject, "id_bytes": subject.encode().hex()}
            made.append({**case, "message_bytes": size, "ticket": value})
    return made


def weighted_cases() -> list[Case]:
    """Subjects with several tickets: whose best is which, recomputed here from the messages alone."""
    made: list[Case] = []
    for name, counts in (
        ("one-each", {"test:A01": 1, "test:A02": 1, "test:A03": 1}),
        ("several-each", {"test:A01": 1, "test:A02": 2, "test:A03": 3, "test:A04": 8, "test:甲厂": 5}),
        ("sixty-four", {"test:A01": 64, "test:A02": 1}),
    ):
        order = []
        for subject, count in counts.items():
            names = [subject, *(f"{subject}#{n}" for n in range(2, count + 1))]
            value, number = min((digest((KEY_0 + one).encode()), n) for n, one in enumerate(names, start=1))
            order.append([value, subject, number])
        order.sort()
        chosen = weighted(KEY_0, list(counts), len(counts), counts)
        _agree(name, [[t.value, t.id] for t in chosen], [row[:2] for row in order])
        lines_ = [SubjectLine(id=i, stratum="B", tickets=n).encode().decode() for i, n in counts.items()]
        made.append({"name": name, "key": KEY_0, "tickets": counts, "lines": lines_, "order": order})
    return made


def site_cases() -> list[Case]:
    """One or two of the sites of each subject listed, by the key of the sites."""
    seed_value = digest(b"sites")
    sites = [["test:P1", "test:A01"], ["test:P2", "test:A01"], ["test:P3", "test:A01"], ["test:P4", "test:A02"]]
    listed = ["test:A02", "test:A01", "test:A03"]
    made: list[Case] = []
    for name, count, reserve in (("one-of-three", 1, 1), ("two-and-no-reserve", 2, 0), ("more-than-there-are", 9, 3)):
        key_value = key(seed_value, "p-b-1", SITE_PURPOSE, "all")
        found = []
        for subject in listed:
            own = sorted((digest((key_value + i).encode()), i) for i, whose in sites if whose == subject)
            for rank, (value, one) in enumerate(own[: count + reserve], start=1):
                found.append([subject, rank, "抽中" if rank <= count else "递补", one, value])
        rows = site_draws(
            key_value,
            [DrawnRow(stratum="B", rank=n, outcome="抽中", id=i, name="", ticket="") for n, i in enumerate(listed)],
            [SiteRow(id=i, name="", kind="", area="", address="", subject=whose) for i, whose in sites],
            count,
            reserve,
        )
        _agree(name, [[r.subject, r.rank, r.outcome, r.id, r.ticket] for r in rows], found)
        made.append(
            {
                "name": name, "seed": seed_value, "draw_id": "p-b-1", "scope": "all", "key": key_value, "count": count,
                "reserve": reserve, "sites": sites, "listed": listed, "rows": found,
            }
        )  # fmt: skip
    return made


def tables() -> list[Case]:
    """Canonical CSV, and what is almost so."""
    row = RecusalRow(subject="test:A01", officer="officer:T-1", rule="r.one", reason='姻亲，"近"')
    good = encode_table(RecusalRow, [row]).decode()
    subject = SubjectRow(
        id="test:A01", name="甲,乙公司", kind="", stratum="B", sectors=("a.one", "b.two"), section="一股", area="",
        address="", risk_class="B", key=True, parent="",
    )  # fmt: skip
    head = encode_table(RecusalRow, []).decode()
    cases: list[tuple[str, str, str, str]] = [
        ("recusals", "recusals.csv", good, "ok"),
        ("no-rows", "recusals.csv", head, "ok"),
        ("subjects", "subjects.csv", encode_table(SubjectRow, [subject]).decode(), "ok"),
        ("no-byte-order-mark", "recusals.csv", good[1:], "refused"),
        ("carriage-return", "recusals.csv", good.replace("\n", "\r\n"), "refused"),
        ("no-final-line-feed", "recusals.csv", good[:-1], "refused"),
        ("blank-line", "recusals.csv", good + "\n", "refused"),
        ("needless-quotes", "recusals.csv", good.replace("r.one", '"r.one"'), "refused"),
        ("another-header", "recusals.csv", good.replace("规则", "规 则"), "refused"),
        ("a-cell-too-many", "recusals.csv", head + "a,b,c,d,e\n", "refused"),
        ("a-cell-too-few", "recusals.csv", head + "a,b,c\n", "refused"),
        ("decomposed", "recusals.csv", good.replace("r.one", "e\u0301"), "refused"),
        ("tab-in-a-cell", "recusals.csv", good.replace("r.one", "r\tone"), "refused"),
        ("line-feed-in-a-cell", "recusals.csv", good.replace("r.one", '"r\none"'), "refused"),
    ]
    kinds = {"recusals.csv": RecusalRow, "subjects.csv": SubjectRow}
    made: list[Case] = []
    for name, file, text, expect in cases:
        _agree(name, _accepted(kinds[file], text), expect == "ok")
        made.append({"name": name, "file": file, "text": text, "expect": expect})
    return made


def _accepted(kind: type, text: str) -> bool:
    try:
        decode_table(kind, text.encode())
    except TableError:
        return False
    return True


def bottleneck_cases() -> list[Case]:
    """Three places of a lead, two who may lead, once each; and the same with a single thing changed."""
    officers = [MatchOfficer("officer:甲", 1), MatchOfficer("officer:乙", 1), MatchOfficer("officer:丙", 9)]
    classes = {"主办": ["officer:甲", "officer:乙"], "各股室": [o.id for o in officers]}
    visits = [Visit(f"test:{n}", [Place("主办", "主办"), Place("协办", "各股室")]) for n in (1, 2, 3)]
    kin = {"test:3": {"officer:乙": "kin"}}
    try:
        match(Instance(officers, classes, visits, kin), "0" * 64)
    except Infeasible as no:
        good = counted.encode("t-1", no.certificates)
    (one,) = json.loads(good)["bottlenecks"]
    assert (one["needed"], one["capacity"]) == (3, 2)
    first, *places = one["places"]
    ming, yi = (
        {"id": "officer:丁", "cap": 9, "visits": 3},
        {"visit": "test:1", "officer": "officer:乙", "reason": "kin"},
    )
    without, extra = {**one, "places": places}, {"visit": "test:1", "officer": "officer:丙", "reason": "kin"}
    rows = one["officers"]
    changed: dict[str, Any] = {
        "place-removed": without,
        "place-removed-and-counted": {**without, "needed": 2},
        "place-twice": {**one, "places": [first, *one["places"]], "needed": 4},
        "place-out-of-order": {**one, "places": [*places, first]},
        "place-zero": {**one, "places": [{**first, "number": 0}, *places]},
        "place-of-another-class": {**one, "places": [{**first, "class": "各股室"}, *places]},
        "cap-changed": {**one, "officers": [rows[0], {**rows[1], "cap": 2}]},
        "cap-changed-and-counted": {**one, "officers": [rows[0], {**rows[1], "cap": 2}], "capacity": 3},
        "cap-negative": {**one, "officers": [rows[0], {**rows[1], "cap": -1}]},
        "officer-left-out": {**one, "officers": rows[1:]},
        "officer-of-no-class": {**one, "officers": sorted([*rows, ming], key=lambda o: str(o["id"]))},
        "member-left-out": {**one, "classes": {"主办": classes["主办"][:1]}},
        "exclusion-added": {**one, "exclusions": [yi, *one["exclusions"]]},
        "exclusion-of-no-member": {**one, "exclusions": [extra, *one["exclusions"]]},
        "exclusion-removed": {**one, "exclusions": one["exclusions"][1:]},
        "needed-changed": {**one, "needed": 4},
        "capacity-changed": {**one, "capacity": 1},
        "number-a-truth": {**one, "capacity": True},
        "another-key": {**one, "note": "x"},
        "exclusions-out-of-order": {
            **one,
            "exclusions": [*one["exclusions"], yi],
            "officers": [{**rows[0], "visits": 1}, *rows[1:]],
        },
        "class-out-of-order": {**one, "classes": {"主办": classes["主办"]}},
        "class-of-no-place": {**one, "classes": {**one["classes"], "各股室": []}},
        "officers-out-of-order": {**one, "officers": rows[::-1]},
        "role-that-rings": {**one, "places": [{**first, "role": "主办\u0007"}, *places]},
        "role-empty": {**one, "places": [{**first, "role": ""}, *places]},
    }
    cases = {name: counted.encode("t-1", [value]).decode() for name, value in changed.items()}
    cases |= {
        "second-one-wrong": counted.encode("t-1", [one, without]).decode(),
        "none": counted.encode("t-1", []).decode(),
        "of-no-draw": counted.encode("", [one]).decode(),
    }
    cases |= {"blank-added": good.decode().replace(":", ": ", 1), "no-line-end": good.decode()[:-1]}
    unknown = {"newer": good.decode().replace("bottleneck/1", "bottleneck/2"), "no-json": "x\n", "a-list": "[]\n"}
    verdicts = [("counted", good.decode(), "holds")]
    verdicts += [(name, text, "fails") for name, text in cases.items()]
    verdicts += [(name, text, "unknown") for name, text in unknown.items()]
    for name, text, typed in verdicts:
        _agree(f"bottleneck {name}", verify_bottlenecks(text.encode(), "x.json").arithmetic, typed)
    return [{"name": name, "text": text, "expect": expect} for name, text, expect in verdicts]


def closings() -> list[Case]:
    """Whether a record ends with the digest of what stands before."""
    body = 'format = "ssj-record/1"\n\n[tables]\n"drawn.csv" = "…"\n'
    good = f'{body}\n[closing]\nsha256 = "{digest(body.encode())}"\n'
    cases: list[tuple[str, str, str]] = [
        ("holds", good, "holds"),
        ("body-changed", good.replace("record/1", "record/2"), "fails"),
        ("digest-changed", good.replace(digest(body.encode())[:8], "00000000"), "fails"),
        ("carriage-returns", good.replace("\n", "\r\n"), "fails"),
        ("no-final-line-feed", good[:-1], "fails"),
        ("something-after", good + "\n", "fails"),
        ("no-closing", body, "fails"),
    ]
    for name, text, expect in cases:
        _agree(name, closing_holds(text.encode()), expect == "holds")
    return [{"name": name, "text": text, "expect": expect} for name, text, expect in cases]


def ledger_lines(*names: str) -> list[str]:
    """Lines of a ledger with these draws, one finished after the other."""
    held = ledger.Ledger()
    made: list[str] = []
    for name in names:
        data: Case
        for kind, data in (
            ("commit", {"commitment": digest(name.encode()), "policy": f"x.r/{name}", "year": 2026}),
            ("entropy", {"commitment": digest(name.encode()), "evidence": [{"source": "text", "canonical": "福 平"}]}),
            ("draw", {"record": digest(b"record"), "seed": digest(b"seed"), "year": 2026}),
        ):
            event = held.next(kind, f"{name}-1", f"2026-03-0{len(made) % 9 + 1}T09:00:00+08:00", data)  # type: ignore[arg-type]
            made.append(event.encode().decode())
            held = ledger.read("".join(line + "\n" for line in made).encode())
    return made


def replacements() -> list[Case]:
    """Commitment, chain and seed of a replacement, and who steps in."""
    head, parent, event = digest(b"head"), digest(b"record"), b'format = "ssj-replace/1"\n'
    made: list[Case] = [
        {
            "name": "commitment", "comment": "", "kind": "commitment", "id": "p-b-1+1", "parent": parent,
            "event": event.decode(), "previous_head": head,
            "commitment": replacement.event_commitment("p-b-1+1", parent, event, head),
        },
    ]  # fmt: skip
    links = chain.links(digest(b"secret"), 3)
    _agree("chain", links[1], digest(b"ssj.chain.1\n" + links[0].encode() + b"\n"))
    made.append({"name": "chain", "comment": "from the secret to the anchor", "kind": "chain", "links": links})
    for number in (1, 2, 3):
        value = digest(lines("ssj.reserve.1", digest(b"seed"), str(number), links[3 - number]))
        made.append(
            {
                "name": f"seed-of-round-{number}", "comment": "", "kind": "seed", "draw_seed": digest(b"seed"),
                "anchor": links[3], "round": number, "link": links[3 - number], "seed": value,
            }
        )  # fmt: skip
    key_value = key(digest(b"seed"), "p-b-1", "subject", "all")
    members = {"A/未抽过": ["test:1", "test:2", "test:3", "test:4"], "A/已抽过": ["test:5", "test:6"]}
    order = sorted(members["A/未抽过"], key=lambda i: ticket(key_value, i))
    for name, comment, taken in (
        ("next-of-the-reserve", "", order[:2]),
        ("in-no-order", "what is taken need not be the head of the order", order[1:3]),
        ("the-next-stratum", "the first stratum is used up", order),
        ("class-used-up", "nobody steps in", [*order, "test:5", "test:6"]),
    ):
        stratum, ids = first_left(list(members), members, taken)
        chosen = successor(key_value, ids)
        _agree(name, chosen.id if chosen else "", min(ids, key=lambda i: ticket(key_value, i), default=""))
        made.append(
            {
                "name": name, "comment": comment, "kind": "successor", "key": key_value, "strata": list(members),
                "members": members, "taken": taken, "stratum": stratum,
                "id": chosen.id if chosen else "", "ticket": chosen.value if chosen else "",
            }
        )  # fmt: skip
    return made


def ledgers() -> list[Case]:
    """Ledgers that hold and ledgers that do not."""
    good = ledger_lines("a", "b")
    other = ledger_lines("a", "c")
    cases: list[tuple[str, str, list[str], int]] = [
        ("empty", "", [], 0),
        ("two-draws", "", good, 0),
        ("sealed-only", "a batch is sealed and waits for its entropy", good[:4], 0),
        ("a-line-changed", "the next line does not follow", [good[0].replace("2026", "2027"), *good[1:]], 2),
        ("a-line-missing", "", [good[0], *good[2:]], 2),
        ("lines-exchanged", "", [good[0], good[2], good[1]], 2),
        ("another-ledgers-line", "", [*good[:4], other[4]], 5),
        ("first-line-with-a-head", "the first line follows 64 zeros", [good[1]], 1),
        ("not-json", "", [good[0][:-1]], 1),
        ("blank-after-colon", "", [good[0].replace('"draw":', '"draw": ')], 1),
        ("keys-not-sorted", "", [_moved(good[0])], 1),
        ("escaped-letter", "\\u0061 is an a", [good[0].replace('"a-1"', '"\\u0061-1"')], 1),
        ("key-twice", "", [good[0].replace('"draw":"a-1"', '"draw":"a-1","draw":"a-1"')], 1),
        ("unknown-key", "", [good[0][:-1] + ',"zz":1}'], 1),
        ("unknown-event", "of a newer version: cannot be told", [good[0].replace('"commit"', '"shuffle"')], 1),
        ("number-as-text", "", [good[0].replace('"number":1', '"number":"1"')], 1),
        ("wrong-number", "", [good[0].replace('"number":1', '"number":2')], 1),
        ("carriage-return", "", [good[0] + "\r"], 1),
        ("byte-order-mark", "", ["\ufeff" + good[0]], 1),
        ("entropy-without-commit", "", [_first("entropy")], 1),
        ("draw-without-entropy", "", _chain("commit", "draw"), 2),
        ("second-commit", "one commitment for one draw", _chain("commit", "commit"), 2),
        ("second-entropy", "", _chain("commit", "entropy", "entropy"), 3),
        ("second-draw", "", _chain("commit", "entropy", "draw", "draw"), 4),
        ("a-fraction", "no floats", [good[0].replace('"data":{', '"data":{"a":1.5,')], 1),
        ("void-and-redraw", "", _chain("p-1 commit", "p-1 entropy", "p-1 draw", "p-1 void", "p-2 commit"), 0),
        ("void-of-a-sealed-draw", "", _chain("p-1 commit", "p-1 void", "p-2 commit", "p-2 void", "p-3 commit"), 0),
        ("void-without-commit", "", _chain("p-1 void"), 1),
        ("second-void", "", _chain("p-1 commit", "p-1 void", "p-1 void"), 3),
        ("draw-after-void", "", _chain("p-1 commit", "p-1 entropy", "p-1 void", "p-1 draw"), 4),
        ("redraw-without-void", "", _chain("p-1 commit", "p-1 entropy", "p-1 draw", "p-2 commit"), 4),
        ("redraw-without-void-of-another-policy", "", _policies("a 2026 p-b-1", "b 2026 p-b-2"), 2),
    ]
    cases += [
        ("policy-twice", "the same batch and year under another id", _policies("a 2026", "a 2026"), 2),
        ("policy-of-another-year", "", _policies("a 2026", "a 2027"), 0),
        ("another-policy", "", _policies("a 2026", "b 2026"), 0),
        ("policy-again-after-void", "", _policies("a 2026", "void", "a 2026"), 0),
        ("no-policy", "", [_commit(year=2026)], 1),
        ("no-year", "", [_commit(policy="x.r/b")], 1),
        ("a-policy-as-a-number", "", [_commit(policy=5, year=2026)], 1),
        ("an-empty-policy", "", [_commit(policy="", year=2026)], 1),
        ("a-year-as-text", "", [_commit(policy="x.r/b", year="2026")], 1),
        ("a-year-that-is-true", "", [_commit(policy="x.r/b", year=True)], 1),
        ("draw-without-a-number", "", _chain("p-b commit"), 1),
        ("draw-of-no-plan", "", _chain("-1 commit"), 1),
        ("draw-number-nought", "", _chain("p-b-0 commit"), 1),
        ("draw-number-with-a-nought", "a second p-b-1 that would escape §10.3", _chain("p-b-01 commit"), 1),
        ("draw-number-of-another-script", "", _chain("p-b-１ commit"), 1),
        ("draw-number-too-long", "", _chain("p-b-1000000 commit"), 1),
    ]
    done = "p-1 commit", "p-1 entropy", "p-1 draw"
    again = [kind.replace("p-1", "p-2") for kind in done]
    first = "p-1+1 replace", "p-1+1 entropy", "p-1+1 replaced"
    cases += [
        ("replacements", "one by lot, one without", _chain(*done, *first, "p-1+2 replace -", "p-1+2 replaced"), 0),
        ("replacement-void-and-again", "", _chain(*done, *first, "p-1+1 void", "p-1+2 replace"), 0),
        ("replacement-of-a-redraw", "", _chain(*done, "p-1 void", *again, "p-2+1 replace"), 0),
        ("replacement-before-the-draw", "", _chain("p-1 commit", "p-1 entropy", "p-1+1 replace"), 3),
        ("replacement-of-a-void-draw", "", _chain(*done, "p-1 void", "p-1+1 replace"), 5),
        ("replacement-out-of-turn", "the first is not finished", _chain(*done, "p-1+1 replace", "p-1+2 replace"), 5),
        ("replacement-skipped", "", _chain(*done, "p-1+2 replace"), 4),
        ("replacement-number-with-a-nought", "", _chain(*done, *first, "p-1+02 replace"), 7),
        ("replacement-twice", "", _chain(*done, "p-1+1 replace", "p-1+1 replace"), 5),
        ("replacement-entropy-first", "", _chain(*done, "p-1+1 entropy"), 4),
        ("replaced-without-entropy", "", _chain(*done, "p-1+1 replace", "p-1+1 replaced"), 5),
        ("replaced-with-needless-entropy", "", _chain(*done, "p-1+1 replace -", "p-1+1 entropy", "p-1+1 replaced"), 6),
        ("replaced-then-entropy", "", _chain(*done, "p-1+1 replace -", "p-1+1 replaced", "p-1+1 entropy"), 6),
        ("replaced-unregistered", "", _chain(*done, "p-1+1 replaced"), 4),
        ("replaced-in-a-void-draw", "", _chain(*done, "p-1+1 replace -", "p-1 void", "p-1+1 replaced"), 6),
        ("void-under-a-later-replacement", "", _chain(*done, *first, "p-1+2 replace", "p-1+1 void"), 8),
        ("draw-events-of-a-replacement", "", _chain("p-1+1 commit"), 1),
        ("replacement-events-of-a-draw", "", _chain(*done, "p-1 replace"), 4),
    ]  # fmt: skip
    made: list[Case] = []
    for name, comment, content, bad in cases:
        data = "".join(line + "\n" for line in content).encode()
        head, found = "", 0
        try:
            head = ledger.read(data).head
        except ledger.LedgerError as error:
            found = error.line
        _agree(name, found, bad)
        outcome: Case = {"refused_at": bad} if bad else {"head": head}
        made.append({"name": name, "comment": comment, "lines": content, **outcome})
    return made


def _moved(line: str) -> str:
    content = json.loads(line)
    return json.dumps(dict(reversed(content.items())), separators=(",", ":"), ensure_ascii=False)


def _commit(**data: Any) -> str:
    """A first line with these data."""
    return ledger.Ledger().next("commit", "a-1", "", data).encode().decode()


def _first(kind: Any) -> str:
    return ledger.Ledger().next(kind, "a-1", "", {}).encode().decode()


def _chain(*kinds: Any) -> list[str]:
    """Draw and event of each line; a `replace` needs entropy unless it ends in ` -`."""
    made: list[str] = []
    head = NO_LEDGER
    for number, kind in enumerate(kinds, start=1):
        draw, _, name = kind.removesuffix(" -").rpartition(" ")
        data: Case = {"sources": [] if kind.endswith(" -") else ["os"]} if name == "replace" else {}
        data |= {"policy": "x.r/b", "year": 2026} if name == "commit" else {}
        event = ledger.Event(number=number, previous=head, event=name, draw=draw or "a-1", time="", data=data)
        made.append(event.encode().decode())
        head = digest(event.encode())
    return made


def _policies(*kinds: str) -> list[str]:
    """Commits of a policy and year, each of a plan of its own or of a draw named; `void` makes the one before void."""
    made: list[str] = []
    head = NO_LEDGER
    for number, kind in enumerate(kinds, start=1):
        policy, year, named, *_ = [*kind.split(), "", ""]
        data = {"policy": f"x.r/{policy}", "year": int(year)} if year else {"reason": "x"}
        draw = named or f"p{number if year else number - 1}-b-1"
        event = ledger.Event(
            number=number, previous=head, event="commit" if year else "void", draw=draw, time="", data=data
        )
        made.append(event.encode().decode())
        head = digest(event.encode())
    return made


def example() -> Case:
    """Everything that follows from `EXAMPLE`."""
    sealed = _commitment("example", "")
    entropy = f"text:{text_source.canonical(EXAMPLE['entropy_raw'])}"
    value = seed(sealed["commitment"], [entropy])
    k = key(value, EXAMPLE["draw_id"], "subject", EXAMPLE["scope"])
    ids_of: dict[str, list[str]] = {name: [] for name, _ in EXAMPLE["classes"]}
    for subject, stratum in EXAMPLE["subjects"]:
        ids_of[stratum].append(subject)
    classes = [draw_class(_class(n, r, EXAMPLE["rounding"])) for n, r in EXAMPLE["classes"]]
    found = quotas(classes, {n: len(members) for n, members in ids_of.items()}, "each")
    chosen = [select(k, q.stratum, ids_of[q.stratum], q.quota, EXAMPLE["reserve"]) for q in found]
    return {
        "name": "worked-example",
        "comment": "worked_example.sh computes the same with printf, sort and sha256sum",
        **EXAMPLE,
        "subject_lines": sealed["subject_lines"],
        "officer_lines": sealed["officer_lines"],
        "subjects_root": sealed["subjects_root"],
        "officers_root": sealed["officers_root"],
        "plan_digest": sealed["plan_digest"],
        "rules_digest": sealed["rules_digest"],
        "commitment": sealed["commitment"],
        "sm3": sealed["sm3"],
        "entropy": [entropy],
        "seed": value,
        "key": k,
        "tickets": {subject: ticket(k, subject) for subject, _ in EXAMPLE["subjects"]},
        "quotas": [[q.stratum, q.size, q.quota] for q in found],
        "selections": [_selection(s) for s in chosen],
    }


def _selection(chosen: Selection) -> Case:
    return {
        "stratum": chosen.stratum,
        "drawn": [t.id for t in chosen.drawn],
        "reserve": [t.id for t in chosen.reserve],
        "cut": chosen.cut,
    }


def main() -> None:
    """Write the files."""
    for name, text in build().items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
