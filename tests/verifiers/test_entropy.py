"""The independent verifier and the core agree on what evidence is worth, whatever somebody wrote into it."""

import json
from pathlib import Path
from typing import Any, Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssj_core.entropy.model import Evidence
from ssj_core.verify.assurance import judge, missing_beside, mistakes, of_draw, shortfall
from tests.verifiers.independent import SSJ

NAME: Final = "p-b-1"
FILE: Final = Path(__file__).parents[1] / "vectors" / "entropy.json"
PIECES: Final[list[dict[str, Any]]] = [
    piece
    for case in json.loads(FILE.read_text("utf-8"))["cases"]
    if case["kind"] == "worth"
    for piece in case["evidence"]
]
SIGNS: Final = " 　,，、;；:：=＝-+0123456789１٣²abfé.期第甲乙\u0085\u200b"
TIMES: Final = ["", "上午", "2026-11-12T09:00:00+08:00", "2026-11-13T09:00", "2026-11-14", "2026-11-14T12:00:00Z",
                "2026-11-14T21:15:00+08:00", "２０２６-11-15 09:00", "2026-11-15T09:00:00.5+05:30"]  # fmt: skip
NAMES: Final = ["rolls", "corrections", "date", "time", "sealed_at", "source1", "source2", "game", "issue", "label"]
LEVELS: Final = ["E0", "E1", "E2", "E3", "E4", "E5"]


@st.composite
def texts(draw: st.DrawFn, text: str) -> str:
    """Nearly the same text, or one of a time."""
    place, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 2))
    return text[:place] + draw(st.text(SIGNS, max_size=2)) + text[place + cut :]


@st.composite
def spoiled(draw: st.DrawFn, piece: dict[str, Any]) -> dict[str, Any]:
    """A piece with one thing otherwise, or as it was."""
    made = {**piece, "details": dict(piece["details"]), "appointed": dict(piece["appointed"])}
    kind = draw(st.sampled_from(["", "raw", "canonical", "both", "when", "who", "where", "details", "appointed"]))
    if kind in ("raw", "canonical"):
        made[kind] = draw(texts(made[kind]))
    elif kind == "both":
        made["raw"] = made["canonical"] = draw(texts(made["canonical"]))
    elif kind == "when":
        made["when"] = draw(st.sampled_from(TIMES))
    elif kind == "who":
        made["who"] = draw(st.lists(st.text("甲乙、. 王", max_size=3), max_size=3))
    elif kind == "where":
        made["where"] = draw(st.text(" 　室", max_size=2))
    elif kind:
        names = [*made[kind], *NAMES]
        name = draw(st.sampled_from(names))
        rolls = [
            "1:5>3",
            "2:5>4\n2:>1",
            "3:x>",
            "1>3",
            "甲:314;乙:159",
            "甲 314",
            "https://www.a.example/x",
            "a.example",
        ]
        old = texts(made[kind].get(name, made["raw"]))
        made[kind][name] = draw(st.one_of(old, st.sampled_from([*TIMES, *rolls, NAME, "p-b-2", "双色球", "福彩3D"])))
    return made


def core(pieces: list[dict[str, Any]], required: Any, sealed_at: str) -> str:
    """Level, `fails` or `unknown`, as the core has it of a draw without a stamp."""
    told = [{n: v for n, v in piece.items() if n != "appointed"} for piece in pieces]
    evidence = [of_draw(Evidence(**{**one, "who": tuple(one["who"])}), NAME) for one in told]
    pairs = [(one, piece["appointed"]) for one, piece in zip(evidence, pieces, strict=True)]
    verdict, asked = judge(pairs, sealed_at), None if required == "E0" else required
    unclean = any(not SSJ.unicodedata.is_normalized("NFC", one.canonical) for one in evidence)  # it fails by §2.2
    control = any(
        not c.isprintable() and SSJ.unicodedata.category(c) == "Cc" for one in evidence for c in one.canonical
    )
    missing = missing_beside(verdict, asked)
    if any(mistakes(pairs)) or unclean or control or shortfall(verdict, None if missing else asked):
        return "fails"
    return "unknown" if missing else verdict.level


def independent(pieces: list[dict[str, Any]], required: str, sealed_at: str) -> str:
    sealed = [{k: piece[k] for k in ("source", "appointed")} for piece in pieces]
    told = [{k: v for k, v in piece.items() if k != "appointed"} for piece in pieces]
    try:
        return str(SSJ.check_entropy(told, sealed, required, sealed_at, NAME))
    except SSJ.Unsure:
        return "unknown"
    except Exception:
        return "fails"


EARLY: Final = next(p for p in PIECES if p["source"] == "dice10") | {"when": TIMES[2], "appointed": {"time": TIMES[5]}}


@given(
    st.lists(st.sampled_from(PIECES).flatmap(spoiled), min_size=1, max_size=3),
    st.sampled_from(LEVELS),
    st.sampled_from(["2026-11-13T09:00:00+08:00", *TIMES]),
)
@example([EARLY], "E2", "2026-11-13T09:00:00+08:00")
@settings(max_examples=400, deadline=None)
def test_they_agree_on_what_evidence_is_worth(pieces: list[dict[str, Any]], required: str, sealed_at: str) -> None:
    assert independent(pieces, required, sealed_at) == core(pieces, required, sealed_at)


def test_a_time_sealed_beside_the_dice_makes_them_no_later() -> None:
    assert core([EARLY], "E0", "2026-11-13T09:00:00+08:00") == "E0"
