"""Commit and reveal: what is appointed, what may be revealed, and what a party gains by staying away."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from itertools import product

import pytest
from attrs import evolve

from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.model import Evidence, Request
from ssj_core.entropy.reveal import check_one, make_commitment, parties_of
from ssj_core.pipeline import draw
from ssj_core.problems import EntropyError, InputError, Problem
from ssj_core.rules.effective import SealedEntropy, encode_rules
from ssj_core.verify import verify_draw
from tests.strategies import draw_files, make_office, small_case

LABEL = "xm-2026-b1-1"
NOW = datetime.fromisoformat("2026-03-01T09:00:00+08:00")
DEADLINE = "2026-03-02T12:00:00+08:00"
AFTER = datetime.fromisoformat("2026-03-02T12:00:01+08:00")
SECRETS = {"甲": "a1" * 32, "乙": "0b" * 32, "商会": "7c" * 32}
PARTIES = {party: make_commitment(LABEL, party, secret) for party, secret in SECRETS.items()}
SOURCE = BUILT_IN["reveal"]


def joined(pairs: Mapping[str, str]) -> str:
    return ";".join(f"{party}={value}" for party, value in pairs.items())


def appointed(**params: str) -> Mapping[str, str]:
    return SOURCE.appoint({"label": LABEL, "parties": joined(PARTIES), "deadline": DEADLINE, **params}, NOW)


def revealed(
    raw: str, event: Mapping[str, str] | None = None, now: datetime = AFTER, draw: str = LABEL, **given: str
) -> Evidence:
    event = appointed() if event is None else event
    return SOURCE.collect(Request(draw_id=draw, commitment="c", appointed=event, given={"raw": raw, **given}, now=now))


def refused(raw: str, event: Mapping[str, str] | None = None, now: datetime = AFTER) -> list[tuple[str, str]]:
    with pytest.raises(EntropyError) as caught:
        revealed(raw, event, now)
    return told(caught.value.problems)


def not_appointed(**params: str) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        appointed(**params)
    return told(caught.value.problems)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    for found in problems:
        assert found.message("zh")
        assert found.remedy("en")
    return [(p.code, p.value) for p in problems]


# --- sealing


def test_a_commitment_is_one_line_of_shell() -> None:
    text = f"ssj.reveal.1\n{LABEL}\n甲\n{SECRETS['甲']}\n"
    assert make_commitment(LABEL, "甲", SECRETS["甲"]) == sha256(text.encode()).hexdigest()
    assert make_commitment(LABEL, "甲", SECRETS["甲"].upper()) == PARTIES["甲"]
    for secret in ("", "a" * 63, "a" * 65, "g" * 64, "ａ" * 64):
        with pytest.raises(ValueError, match="64 hex"):
            make_commitment(LABEL, "甲", secret)
    with pytest.raises(ValueError, match="control"):
        make_commitment("a\nb", "甲", SECRETS["甲"])


def test_label_parties_and_deadline_are_appointed() -> None:
    spaced = " ； ".join(f"{p} ＝ {c.upper()}" for p, c in PARTIES.items())
    event = SOURCE.appoint({"label": LABEL, "parties": spaced, "deadline": "2026-03-02T12:00"}, NOW)
    assert event == {"label": LABEL, "parties": joined(PARTIES), "deadline": DEADLINE}


def test_every_parameter_is_needed() -> None:
    with pytest.raises(InputError) as caught:
        SOURCE.appoint({"rounds": "2"}, NOW)
    assert told(caught.value.problems) == [
        ("SSJ-E008", "rounds"), ("SSJ-E039", "deadline"), ("SSJ-E039", "label"), ("SSJ-E039", "parties"),
    ]  # fmt: skip
    assert not_appointed(label=" ") == [("SSJ-E039", "label")]


def test_parties_must_be_two_or_more_each_once_with_a_commitment_of_its_own() -> None:
    first, second = PARTIES["甲"], PARTIES["乙"]
    assert not_appointed(parties=f"甲={first}") == [("SSJ-E042", "1")]
    assert not_appointed(parties=f"甲={first};甲={second}") == [("SSJ-E041", "甲"), ("SSJ-E042", "1")]
    assert not_appointed(parties=f"甲={first};乙={first}") == [("SSJ-E041", first)]
    assert not_appointed(parties=f"甲={first};乙={second[:-1]}") == [("SSJ-E040", f"乙={second[:-1]}")]
    assert not_appointed(parties=f"甲={first};乙=-") == [("SSJ-E040", "乙=")]
    for odd in ("乙", f"={second}", f"a\tb={second}"):
        assert ("SSJ-E040", odd) in not_appointed(parties=f"甲={first};{odd}")


def test_the_deadline_must_be_a_time_to_come() -> None:
    assert not_appointed(deadline="明天") == [("SSJ-E038", "明天")]
    assert not_appointed(deadline="2026-03-01T09:00") == [("SSJ-E047", "2026-03-01T09:00")]


def test_a_label_is_one_clean_line() -> None:
    assert not_appointed(label="a\nb") == [("SSJ-E040", r"'a\nb'")]


# --- revealing


def test_all_reveal_and_the_level_is_e3() -> None:
    raw = joined(dict(reversed(SECRETS.items()))).upper() + "；"
    evidence = revealed(raw, now=NOW)  # no need to wait for the deadline
    assert evidence.raw == raw
    assert evidence.value == f"reveal:{joined(SECRETS)}"
    assessed = SOURCE.assess(evidence, appointed())
    assert (assessed.level, assessed.status, assessed.bits) == ("E3", "machine-checked", 768)
    assert assessed.problems == ()


@pytest.mark.parametrize("present", list(product([True, False], repeat=3)))
def test_whoever_withholds_is_flagged_and_never_raises_the_level(present: tuple[bool, ...]) -> None:
    """Every pattern of absence: the last to reveal cannot stay away unnoticed, nor be left out in silence."""
    there = dict(zip(SECRETS, present, strict=True))
    raw = joined({p: s for p, s in SECRETS.items() if there[p]}) or "甲=-"
    if not any(present):
        assert refused(raw) == [("SSJ-E046", "")]
        return
    evidence = revealed(raw)
    assert evidence.canonical == joined({p: s if there[p] else "-" for p, s in SECRETS.items()})
    assessed = SOURCE.assess(evidence, appointed())
    assert assessed.level == ("E3" if all(present) else "E0")
    assert (assessed.status, assessed.bits) == ("machine-checked", 256 * sum(present))
    assert told(assessed.problems) == [("SSJ-E045", p) for p in SECRETS if not there[p]]


def test_nobody_is_left_out_before_the_deadline() -> None:
    """Else the office could close the list once it likes the seed."""
    only = joined({p: SECRETS[p] for p in ("甲", "乙")})
    assert refused(only, now=NOW) == [("SSJ-E048", DEADLINE)]
    late = revealed(only)
    assert [p.code for p in SOURCE.assess(late, appointed()).problems] == ["SSJ-E045"]
    for when in ("2026-03-02T11:59:59+08:00", "", "x"):
        assert "SSJ-E048" in [p.code for p in SOURCE.assess(evolve(late, when=when), appointed()).problems]


def test_a_wrong_reveal_names_the_party() -> None:
    assert refused(joined({**SECRETS, "乙": "0c" * 32})) == [("SSJ-E044", "乙")]
    assert refused(joined({**SECRETS, "乙": SECRETS["甲"], "甲": SECRETS["乙"]})) == [
        ("SSJ-E044", "乙"),
        ("SSJ-E044", "甲"),
    ]


def test_a_copied_commitment_cannot_be_revealed() -> None:
    """The party's name is inside: what opens for one does not open for another."""
    copied = {"甲": PARTIES["甲"], "乙": PARTIES["甲"].upper()}
    assert not_appointed(parties=joined(copied)) == [("SSJ-E041", PARTIES["甲"])]
    both = joined({"甲": SECRETS["甲"], "乙": SECRETS["甲"]})
    copy = {"label": LABEL, "parties": joined({**copied, "乙": PARTIES["甲"]}), "deadline": DEADLINE}
    assert ("SSJ-E041", PARTIES["甲"]) in refused(both, copy)
    others = {**copy, "parties": joined({"甲": PARTIES["甲"], "乙": PARTIES["乙"]})}
    assert refused(both, others) == [("SSJ-E044", "乙")]


def test_a_commitment_for_another_draw_cannot_be_revealed() -> None:
    assert refused(joined(SECRETS), {**appointed(), "label": "xm-2026-b2-1"}) == [
        ("SSJ-E044", p) for p in sorted(SECRETS)
    ]


def test_a_label_that_is_not_the_draw_is_warned_about() -> None:
    assessed = SOURCE.assess(revealed(joined(SECRETS), draw="xm-2026-b2-1"), appointed())
    assert told(assessed.problems) == [("SSJ-E049", LABEL)]


def test_the_draw_is_what_the_record_is_of() -> None:
    """Secrets of another draw may be public: that the details name that draw does not help."""
    case = evolve(small_case(), office=make_office(entropy=("reveal",)))
    for label, level in (("p-b-1", "E3"), (LABEL, "E0")):
        parties = joined({party: make_commitment(label, party, secret) for party, secret in SECRETS.items()})
        event = {"label": label, "parties": parties, "deadline": DEADLINE}
        evidence = revealed(joined(SECRETS), event, draw=label)
        sealed = case.seal()
        rules = evolve(sealed.rules, entropy=(SealedEntropy(source="reveal", appointed=event),))
        sealed = evolve(sealed, rules=rules, rules_data=encode_rules(rules))
        report = verify_draw(draw_files(sealed, [evidence], draw(sealed, [evidence])), "p-b-1")
        assert (report.arithmetic, report.level) == ("holds", level)


def test_malformed_reveals_are_refused() -> None:
    rest = joined({p: SECRETS[p] for p in ("甲", "乙")})
    assert refused(f"{rest};丙={SECRETS['商会']}") == [("SSJ-E043", "丙")]
    assert refused(f"{rest};甲={SECRETS['甲']}") == [("SSJ-E041", "甲")]
    assert refused(f"{rest};商会=123") == [("SSJ-E040", "商会=123")]
    assert refused(f"{rest};商会") == [("SSJ-E040", "商会")]
    assert refused(" ") == [("SSJ-E002", "多方先承诺后揭示")]


def test_a_changed_record_is_noticed() -> None:
    good, event = revealed(joined(SECRETS)), appointed()
    for evidence, changed, code in (
        (evolve(good, canonical=joined({**SECRETS, "乙": "-"})), event, "SSJ-E001"),
        (evolve(good, canonical=joined(dict(reversed(SECRETS.items())))), event, "SSJ-E001"),
        (evolve(good, raw="x"), event, "SSJ-E040"),
        (good, {}, "SSJ-E042"),
        (good, {**event, "label": "\n"}, "SSJ-E044"),
        (good, {**event, "deadline": ""}, "SSJ-E038"),
        (good, {**event, "parties": joined({**PARTIES, "乙": "0" * 64})}, "SSJ-E044"),
    ):
        assessed = SOURCE.assess(evidence, changed)
        assert code in [p.code for p in assessed.problems]
        assert (assessed.level, assessed.status, assessed.bits) == ("E0", "claimed", 0)
    with pytest.raises(EntropyError):
        revealed(joined(SECRETS), {})


def test_one_party_is_checked_by_itself_and_its_secret_is_never_repeated() -> None:
    event = appointed()
    assert list(parties_of(event)) == ["甲", "乙", "商会"]
    for party, secret in SECRETS.items():
        assert check_one(party, f" {secret.upper()} ", event, NOW) == []
        assert told(tuple(check_one(party, "c" * 64, event, NOW))) == [("SSJ-E044", party)]
        assert told(tuple(check_one(party, secret[1:], event, NOW))) == [("SSJ-E040", f"{party}=… (63)")]
    assert told(tuple(check_one("甲", SECRETS["乙"], event, NOW))) == [("SSJ-E044", "甲")]
    assert told(tuple(check_one("丁", SECRETS["乙"], event, NOW))) == [("SSJ-E044", "丁")]
    assert told(tuple(check_one("甲", "－", event, NOW))) == [("SSJ-E048", DEADLINE)]
    assert check_one("甲", "-", event, AFTER) == []
