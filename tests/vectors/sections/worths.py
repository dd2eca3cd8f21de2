"""§6.3, §11.2: evidence and the level it is worth."""

from typing import Any, Final, Literal

from ssj_core.canonical import digest
from ssj_core.entropy.model import Evidence, Level
from tests.vectors.sections.shared import Case

DIGITS: Final = "31415926535897932384"

LABEL: Final = "p-b-1"

SECRETS: Final = {"甲": "a1" * 32, "乙": "0b" * 32}

COMMITTED: Final = {
    "甲": "4bf030e8c83730a1f2abef39e1fa0c61f7d1222f2eef1dcb1a4d00f9d4dee636",
    "乙": "a0b38bb0a900886cc2ae89dbf36f3870b778cbdd7e54b9d5886e464b0f79ae9b",
}
"""H(L("ssj.reveal.1", "p-b-1", party, secret)), taken with sha256sum."""

LATER: Final = "2026-11-14T21:30:00+08:00"

SEEN: Final[Case] = {"who": ["甲", "乙"], "where": "会议室", "when": LATER}

SSQ: Final = "2026131:02 09 14 21 26 33+08"

TWO: Final = {"source1": "https://a.example/1", "source2": "b.example"}

NAMED: Final = {"game": "ssq", "issue": "2026131", "date": "2026-11-14"}


def _piece(source: str, raw: str, canonical: str = "", appointed: Any = None, **more: Any) -> Case:
    told: Case = {"source": source, "raw": raw, "canonical": canonical or raw, "who": [], "where": "", "when": ""}
    return {**told, "details": {}, "appointed": dict(appointed or {}), **more}


def evidence_of(piece: Case) -> Evidence:
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
