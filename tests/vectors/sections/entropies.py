"""§6: entropy sources, their canonical forms, and what is refused."""

from collections.abc import Mapping
from datetime import UTC
from typing import Final

from ssj_core.entropy import dice, grammar, lottery, operating_system, reveal
from ssj_core.entropy import text as text_source
from ssj_core.entropy.model import Evidence
from ssj_core.problems import EntropyError
from ssj_core.verify.assurance import judge, mistakes, shortfall
from tests.vectors.sections.shared import Case, agree
from tests.vectors.sections.worths import COMMITTED, LABEL, SECRETS, evidence_of, worths

NO: Final[Case] = {"expect": "refused"}

KL8: Final = "03 07 09 15 18 22 27 30 34 38 41 45 49 52 56 60 63 68 74 79"

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


def entropy() -> list[Case]:
    """Canonical forms, the commitments of parties, and what evidence is worth."""
    made: list[Case] = []
    for name, source, raw, known, size in CANONICAL:
        agree(name, _canonical(source, raw), None if known is None else (known, size))
        case: Case = {"name": name, "kind": "canonical", "source": source, "raw": raw}
        case |= {"parties": list(SECRETS)} if source == "reveal" else {}
        outcome = {"expect": "refused"} if known is None else {"expect": "ok", "canonical": known, "bits": size}
        made.append({**case, **outcome})
    for name, party in (("reveal-commitment", "甲"), ("reveal-commitment-of-another", "乙")):
        agree(name, reveal.make_commitment(LABEL, party, SECRETS[party]), COMMITTED[party])
        told = {"label": LABEL, "party": party, "secret": SECRETS[party], "commitment": COMMITTED[party]}
        made.append({"name": name, "kind": "commitment", **told})
    for name, written, utc in MOMENTS:
        instant = grammar.moment(written)
        agree(name, instant and instant.astimezone(UTC).isoformat().replace("+00:00", "Z"), utc)
        made.append({"name": name, "kind": "moment", "text": written, **({"expect": "ok", "utc": utc} if utc else NO)})
    for name, names, known_names in PEOPLE:
        agree(name, list(grammar.people(names)), known_names)
        made.append({"name": name, "kind": "people", "names": names, "told": known_names})
    for name, required, level, size, expect, pieces in worths():
        sealed_at = SEALED_OTHERWISE.get(name, SEALED_AT)
        pairs = [(evidence_of(p), p["appointed"]) for p in pieces]
        verdict = judge(pairs, sealed_at)
        lacking = [p.code for p in shortfall(verdict, required or None)]
        wrong = any(True for _ in mistakes(pairs))
        found = "evidence" if wrong else {"SSJ-E010": "bits", "SSJ-E012": "assurance"}[lacking[0]] if lacking else "ok"
        agree(name, (verdict.level, verdict.bits, found), (level, size, expect))
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
