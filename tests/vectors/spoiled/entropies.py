"""Bad entropy: step 5. The draw follows from what the record holds; what it holds may not count."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from ssj_core.entropy.lottery import GAMES
from ssj_core.entropy.model import Evidence, Level
from ssj_core.entropy.reveal import make_commitment
from ssj_core.plan import EntropyUse
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed
from tests.vectors.spoiled.base import OS, WITNESSED, forged, honest, recorded, sealed
from tests.vectors.spoiled.vector import NAME, Files, Vector, bad

BEACONS: Final = Path(__file__).parents[1] / "beacons.json"
WHEN: Final = "2021-03-02T21:30:00+08:00"


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _order()
    yield from _words()
    yield from _levels()
    yield from _dice_and_balls()
    yield from _parties()
    yield from _beacons()


def _order() -> Iterator[tuple[str, Vector]]:
    two = sealed("text", "os")
    made = {
        "other-order": ("the sources in another order than sealed", two, (OS, WITNESSED)),
        "missing-source": ("one of two sources is not there", two, (WITNESSED,)),
        "needless-source": ("a source that the plan does not name", sealed(), (WITNESSED, OS)),
        "another-source": ("another source than sealed", sealed(), (OS,)),
        "source-twice": ("one source twice, to choose", sealed(), (WITNESSED, WITNESSED)),
    }
    for name, (about, start, evidence) in made.items():
        yield f"entropy-{name}", bad(about, "6.3", 5, "SSJ-V071", forged(start, evidence))
    moon = Evidence(source="moon", raw="full", canonical="full")
    files = forged(_of("moon"), [moon])
    yield (
        "entropy-unknown-source",
        bad("a source that this version does not know", "11.6", 5, "SSJ-V072", files, verdict="unknown"),
    )


def _words() -> Iterator[tuple[str, Vector]]:
    said = WITNESSED.raw
    made: dict[str, tuple[str, str, str, dict[str, Any]]] = {
        "canonical-of-other-words": ("not the canonical form of what was said", "6.1", "SSJ-E001", {"raw": f"{said}4"}),
        "full-width": ("canonical text in full-width digits", "6.1", "SSJ-E001",
                       {"raw": f"{said}４", "canonical": f"{said}４"}),
        "too-short": ("words of six bits", "6.2", "SSJ-E004", {"raw": "12", "canonical": "12"}),
        "one-sign": ("one sign again and again", "6.2", "SSJ-E004", {"raw": "7" * 30, "canonical": "7" * 30}),
    }  # fmt: skip
    for name, (about, must, code, change) in made.items():
        yield f"text-{name}", bad(about, must, 5, code, forged(evidence=[evolve(WITNESSED, **change)]))
    lost = recorded(honest(), lambda r: r["entropy"][0].update(canonical=said[1:]))
    yield "text-lost-zero", bad("the words without their leading zero", "6.1", 5, "SSJ-V073", lost)
    loud = evolve(OS, raw=OS.raw.upper(), canonical=OS.raw.upper())
    yield "os-capitals", bad("a number in capitals", "6.1", 5, "SSJ-E001", forged(sealed("os"), [loud]))


def _levels() -> Iterator[tuple[str, Vector]]:
    strict = sealed("text", assurance="E2")
    made: dict[str, tuple[str, str, dict[str, Any]]] = {
        "one-witness": ("one witness under two spellings", "11.5 11.7", {"who": ("王某", "王 某")}),
        "before-the-sealing": ("witnesses who spoke before the sealing", "6.9 11.7", {"when": "2021-03-01T08:59:59"}),
    }
    for name, (about, musts, change) in made.items():
        files = forged(strict, [evolve(WITNESSED, **change)])
        yield f"level-{name}", bad(f"the plan requires E2: {about}", musts, 5, "SSJ-E012", files)
    both = sealed("text", "os", assurance="E2")
    yield "level-own-number-beside", bad(
        "the plan requires E2: a number of the office's own, chosen last", "11.5 11.7", 5, "SSJ-E012",
        forged(both, [WITNESSED, OS]),
    )  # fmt: skip
    files = forged(sealed("text", assurance="E4"), [WITNESSED])
    yield "level-below", bad("the plan requires E4, words reach E2", "6.7 11.7", 5, "SSJ-E012", files)


def _dice_and_balls() -> Iterator[tuple[str, Vector]]:
    def one(source: str, raw: str, canonical: str = "", **more: Any) -> Evidence:
        return Evidence(
            source=source, raw=raw, canonical=canonical or raw, who=("甲", "乙"), where="会议室", when=WHEN, **more
        )

    ssq = {"game": "ssq", "issue": "2021024", "date": "2021-03-02"}
    places = {"game": "双色球", "date": "2021-03-02", "source1": "archive.example", "source2": "paper.example"}
    made: dict[str, tuple[str, str, str, Evidence, Mapping[str, str]]] = {
        "dice-a-seven": ("a seven on a die of six", "6.11", "SSJ-E020", one("dice6", "3142657126453126"), {}),
        "dice-too-few": ("seven throws of a die of six", "6.12", "SSJ-E023", one("dice6", "3142651"), {}),
        "dice-rolls-say-otherwise": (
            "who threw what does not give the throws", "6.13", "SSJ-E022",
            one("dice6", "314265126453126", details={"rolls": "甲:31426512;乙:6453121"}), {},
        ),
        "dice-correction-of-none": (
            "a correction whose face is not the one thrown", "6.25", "SSJ-E051",
            one("dice6", "314265126453126", details={"corrections": "1:5>2"}), {},
        ),
        "lottery-another-issue": (
            "the numbers of the next issue", "6.15", "SSJ-E030",
            one("ssq", "2021025:02 09 14 21 26 33+08", details=places), ssq,
        ),
        "lottery-a-ball-twice": (
            "a ball twice in one drum", "6.14", "SSJ-E033",
            one("ssq", "2021024:02 09 14 21 26 26+08", details=places), ssq
        ),
        "lottery-three-digits-alone": (
            "three digits are all the chance there is", "6.6 11.7", "SSJ-E010",
            one("fc3d", "2021051:0 7 3"), {"game": "fc3d", "issue": "2021051"},
        ),
    }  # fmt: skip
    for name, (about, must, code, evidence, appointed) in made.items():
        files = forged(_of(evidence.source, appointed), [evidence])
        yield name, bad(about, must, 5, code, files, needs=(evidence.source,))
    one_place = one("ssq", "2021024:02 09 14 21 26 33+08", details={**places, "source2": "https://archive.example/x"})
    files = forged(_of("ssq", ssq, "E4"), [one_place])
    yield (
        "lottery-one-place",
        bad("the plan requires E4: both places are one", "6.16 11.7", 5, "SSJ-E012", files, needs=("ssq",)),
    )
    early = {**ssq, "issue": "2021023", "date": "2021-02-28"}
    seen = evolve(one_place, raw="2021023:02 09 14 21 26 33+08", canonical="2021023:02 09 14 21 26 33+08")
    seen = evolve(seen, when="2021-02-28T21:30:00+08:00", details={**places, "date": "2021-02-28"})
    files = forged(_of("ssq", early, "E4"), [seen])
    yield (
        "lottery-before-the-sealing",
        bad(
            "the plan requires E4: the issue was drawn before the sealing",
            "6.9 11.7",
            5,
            "SSJ-E012",
            files,
            needs=("ssq",),
        ),
    )


def honest_ones() -> Iterator[tuple[str, str, str, str, Files]]:
    """Source, what it is, requirements, level and files of good draws with dice, lotteries and parties."""
    seen: dict[str, Any] = {"who": ("甲", "乙"), "where": "会议室", "when": WHEN}
    rolls = {"rolls": "甲：３ 1、4 2 6 5 1 2；乙:6 4 5 3 1 2 6", "corrections": "2:5>1\n9:7 2>"}
    thrown = Evidence(
        source="dice6", raw="３ 1、4 2 6 5 1 2 6 4 5 3 1 2 6", canonical="314265126453126", details=rolls, **seen
    )
    yield (
        "dice6",
        "dice with corrections, who threw them, full-width signs",
        "6.13 6.25",
        "E2",
        forged(_of("dice6"), [thrown]),
    )
    results = {
        "kl8": ("2021051", "74 01 03 07 09 12 15 18 22 27 30 34 38 41 45 49 52 56 60 68", ""),
        "ssq": ("2021024", "33 26 21 14 09 02", " + 08"),
        "dlt": ("2021024", "04、11、19、28、35", "＋03 10"),
    }
    places = {"date": "2021-03-02", "source1": "https://www.a.example/x", "source2": "b.example/x"}
    for source, (issue, balls, special) in results.items():
        raw = f"第{issue[2:] if source == 'dlt' else issue}期：{balls}{special}"
        game = next(g for g in GAMES if g.id == source)
        told = Evidence(source=source, raw=raw, canonical=game.canonical(raw), details=places, **seen)
        named = {"game": source, "issue": issue, "date": "2021-03-02"}
        files = forged(_of(source, named, "E4"), [told])
        yield source, f"a lottery ({source}) as somebody typed it; the plan requires E4", "6.15 6.16", "E4", files
    secrets = {"甲": "1" * 64, "乙": "aB" * 32}
    parties = ";".join(f"{party}={make_commitment(NAME, party, secret)}" for party, secret in secrets.items())
    raw = "；".join(f"{party}＝{secret}" for party, secret in reversed(secrets.items()))
    canonical = ";".join(f"{party}={secret.lower()}" for party, secret in secrets.items())
    shown = Evidence(source="reveal", raw=raw, canonical=canonical, when=WHEN, details={"draw": NAME})
    files = forged(_of("reveal", {"label": NAME, "parties": parties, "deadline": WHEN}, "E3"), [shown])
    yield "reveal", "both parties reveal, in another order and in capitals; the plan requires E3", "6.18", "E3", files


def _parties() -> Iterator[tuple[str, Vector]]:
    secrets = {"甲": "1" * 64, "乙": "2" * 64}
    parties = ";".join(f"{party}={make_commitment(NAME, party, secret)}" for party, secret in secrets.items())
    appointed = {"label": NAME, "parties": parties, "deadline": WHEN}
    made = {
        "wrong-secret": ("a secret other than the one committed to", "6.17", {**secrets, "乙": "3" * 64}, WHEN),
        "absent-too-early": (
            "left out before the deadline",
            "6.19",
            {**secrets, "乙": "-"},
            "2021-03-02T09:00",
        ),
        "nobody": ("nobody reveals", "6.17", dict.fromkeys(secrets, "-"), WHEN),
    }
    codes = {"wrong-secret": "SSJ-E044", "absent-too-early": "SSJ-E048", "nobody": "SSJ-E046"}
    for name, (about, must, told, when) in made.items():
        typed = ";".join(f"{party}={secret}" for party, secret in told.items())
        evidence = Evidence(source="reveal", raw=typed, canonical=typed, when=when, details={"draw": NAME})
        files = forged(_of("reveal", appointed), [evidence])
        yield f"reveal-{name}", bad(about, must, 5, codes[name], files, needs=("reveal",))
    typed = f"甲={secrets['甲']};乙=-"
    absent = Evidence(source="reveal", raw=typed, canonical=typed, when="2021-03-03T09:00", details={"draw": NAME})
    files = forged(_of("reveal", appointed, "E3"), [absent])
    yield (
        "reveal-one-absent",
        bad("the plan requires E3: a party stayed away", "6.18 11.7", 5, "SSJ-E012", files, needs=("reveal",)),
    )


def _beacons() -> Iterator[tuple[str, Vector]]:
    known = {case["name"]: case for case in json.loads(BEACONS.read_text("utf-8"))["cases"]}
    made = {
        "signature-of-another-round": ("quicknet-1001-with-the-signature-of-1000", {}, "6.21", "SSJ-E073"),
        "another-round": ("quicknet-1000", {"round": "1001", "time": "2023-08-23T15:59:27Z"}, "6.8 6.21", "SSJ-E071"),
        "another-network": (
            "quicknet-1000", {"network": "default", "chain": known["network-default"]["chain"]}, "6.21", "SSJ-E070",
        ),
    }  # fmt: skip
    for name, (case, change, must, code) in made.items():
        one = known[case]
        raw = json.dumps({key: one[key] for key in ("round", "randomness", "signature")})
        evidence = Evidence(
            source="drand",
            raw=raw,
            canonical=f"{one['chain']}:{one['round']}:{one['randomness']}",
            details={"signature": one["signature"], "round_time": one["time"]},
        )
        appointed = {"network": "quicknet", "chain": one["chain"], "round": str(one["round"]), "time": one["time"]}
        files = forged(_of("drand", {**appointed, **change}), [evidence])
        yield f"drand-{name}", bad(f"a beacon: {name.replace('-', ' ')}", must, 5, code, files, needs=("drand",))
    pulse = known["nist-1-54610"]
    raw = json.dumps(pulse["answer"]) if isinstance(pulse["answer"], dict) else pulse["answer"]
    told = json.loads(raw)["pulse"]
    canonical = f"{told['chainIndex']}:{told['pulseIndex']}:{told['outputValue'].lower()}"
    evidence = Evidence(source="nist", raw=raw, canonical=canonical)
    files = forged(_of("nist", {"chain": "1", "time": pulse["time"]}), [evidence])
    yield "nist-without-certificate", bad(
        "a pulse whose signature nobody can check without its certificate", "6.23 11.6", 5, "SSJ-E078", files,
        verdict="unknown", needs=("nist",),
    )  # fmt: skip


def _of(source: str, appointed: Mapping[str, str] | None = None, assurance: Level | None = None) -> Sealed:
    """The draw sealed with one source and its event."""
    start = sealed("text", assurance=assurance) if assurance else sealed()
    use: Sequence[SealedEntropy] = (SealedEntropy(source=source, appointed=appointed or {}),)
    plan = start.plan.replace(b'source = "text"', f'source = "{source}"'.encode())
    assert EntropyUse(source=source).source in plan.decode()
    return evolve(start, plan=plan, rules=evolve(start.rules, entropy=tuple(use)))
