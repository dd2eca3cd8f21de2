"""Entropy source `reveal`: parties commit to secrets before the sealing and reveal them after it; level E3.

Each party takes 64 hexadecimal digits, its secret, and hands in `make_commitment(label, party, secret)`. The plan's
parameters are `label` (the draw's id: a commitment for one draw is worth nothing in another), `parties`
(`甲=<commitment>;乙=<commitment>`) and `deadline`, after which a party that has not revealed is left out.

The canonical text has every party in the appointed order, `甲=<secret>` or `甲=-`. Who reveals last and stays away
chooses between two seeds: every absence is a warning, and the value is then no better than E0.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ssj_core.canonical import check_line_value, digest, lines
from ssj_core.entropy.grammar import beijing, moment, plain
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import EntropyError, InputError, Problem, errors, problem
from ssj_core.text import Text, quoted

ABSENT: Final = "-"
"""Stands for the secret of a party that did not reveal."""

_PARAMS: Final = ("label", "parties", "deadline")
_HEX: Final = frozenset("0123456789abcdef")
_DIGITS: Final = 64
_BITS: Final = 256


def make_commitment(label: str, party: str, secret_hex: str) -> str:
    """What a party hands in: H(L("ssj.reveal.1", label, party, secret)); its own name in it spoils copying.

    Raises:
        ValueError: the secret is not 64 hexadecimal digits, or a name is not one clean line.
    """
    secret = secret_hex.lower()
    if not _is_hex(secret):
        raise ValueError("a secret is 64 hexadecimal digits")
    return digest(lines("ssj.reveal.1", label, party, secret))


def appoint(params: Mapping[str, str], now: datetime) -> Mapping[str, str]:
    """Fix label, parties with their commitments, and deadline.

    Raises:
        InputError: a parameter is missing or malformed, fewer than two parties, or the deadline is not to come.
    """
    found = [problem("SSJ-E008", value=name) for name in params if name not in _PARAMS]
    found += [problem("SSJ-E039", value=name) for name in _PARAMS if not params.get(name, "").strip()]
    label = unicodedata.normalize("NFC", params.get("label", "").strip())
    if not _clean(label):
        found.append(problem("SSJ-E040", value=repr(label)))
    parties, wrong = _commitments(params.get("parties", ""))
    found += wrong if params.get("parties", "").strip() else []
    deadline = moment(params.get("deadline", ""))
    if deadline is None:
        found += [problem("SSJ-E038", value=params["deadline"])] if params.get("deadline", "").strip() else []
    elif deadline <= beijing(now):
        found.append(problem("SSJ-E047", value=params["deadline"], now=beijing(now).isoformat(timespec="seconds")))
    if found or deadline is None:
        raise InputError(found)
    return {"label": label, "parties": _joined(parties), "deadline": deadline.isoformat()}


def canonical(raw: str, parties: Mapping[str, str]) -> str:
    """Every party in the appointed order with its secret, or `-`.

    Raises:
        EntropyError: it is not of this form, or names a party twice or one that was not appointed.
    """
    given, found = _pairs(raw)
    for party, secret in given.items():
        if party not in parties:
            found.append(
                problem("SSJ-E043", value=party, known="、".join(parties), known_en=", ".join(map(quoted, parties)))
            )
        elif secret and not _is_hex(secret):
            found.append(problem("SSJ-E040", value=f"{party}={secret}"))
    if found:
        raise EntropyError(found)
    return _joined({party: given.get(party) or ABSENT for party in parties})


def collect(request: Request) -> Evidence:
    """Take the secrets revealed, once all are there or the deadline is over.

    Raises:
        EntropyError: nothing was given, a secret is not the one committed to, or one is missing before the deadline.
    """
    raw = request.given.get("raw", "")
    if not raw.strip():
        raise EntropyError([problem("SSJ-E002", field=request.draw_id, value=Text(SOURCE.title, SOURCE.id))])
    parties, wrong = _commitments(request.appointed.get("parties", ""))
    if wrong:
        raise EntropyError(wrong)
    now = beijing(request.now)
    evidence = Evidence(
        source="reveal",
        raw=raw,
        canonical=canonical(raw, parties),
        who=request.who,
        where=request.given.get("where", ""),
        when=request.given.get("when", "").strip() or now.isoformat(timespec="seconds"),
        details={"draw": request.draw_id},
    )
    found = errors(assess(evidence, request.appointed).problems)
    early = _early(_missing(evidence.canonical), now, request.appointed)
    if found or early:
        raise EntropyError(found or early)
    return evidence


def parties_of(appointed: Mapping[str, str]) -> Mapping[str, str]:
    """The parties that were sealed, in their order, each with its commitment."""
    return _commitments(appointed.get("parties", ""))[0]


def check_one(party: str, secret: str, appointed: Mapping[str, str], now: datetime) -> list[Problem]:
    """What is wrong with what one party reveals, or with leaving it out (`-`) now; never repeats the secret itself."""
    plainly = plain(secret).strip().lower()
    if plainly == ABSENT:
        return _early(True, beijing(now), appointed)
    if not _is_hex(plainly):
        return [problem("SSJ-E040", value=f"{party}=… ({len(plainly)})")]
    label = appointed.get("label", "")
    good = _clean(label) and make_commitment(label, party, plainly) == parties_of(appointed).get(party)
    return [] if good else [problem("SSJ-E044", value=party, label=label)]


def assess(evidence: Evidence, appointed: Mapping[str, str]) -> Assessment:
    """E3 when two or more parties revealed, at a known time, what they had committed to, and nobody stayed away."""
    parties, wrong = _commitments(appointed.get("parties", ""))
    revealed: list[str] = []
    if not wrong:
        wrong, revealed = _judge(evidence, appointed.get("label", ""), parties)
        wrong += _early(_missing(evidence.canonical), moment(evidence.when), appointed)
    remarks = [problem("SSJ-E045", value=party) for party in parties if party not in revealed and not wrong]
    if evidence.details.get("draw", "") != appointed.get("label", ""):
        remarks.append(
            problem("SSJ-E049", value=appointed.get("label", ""), draw=evidence.details.get("draw", "") or "–")
        )
    own = evidence.details.get("draw", "") == appointed.get("label", "")  # another draw's secrets may be public already
    complete = not wrong and own and len(revealed) == len(parties) and moment(evidence.when) is not None
    return Assessment(
        level="E3" if complete else "E0",
        status="claimed" if wrong else "machine-checked" if revealed else "missing",
        bits=0 if wrong else _BITS * len(revealed),
        problems=(*wrong, *remarks),
        picked=bool(wrong) or len(revealed) < len(parties),
    )


def _judge(evidence: Evidence, label: str, parties: Mapping[str, str]) -> tuple[list[Problem], list[str]]:
    """What is wrong with the secrets, and who revealed the right one."""
    try:
        written = canonical(evidence.raw, parties)
    except EntropyError as error:
        return list(error.problems), []
    found = [] if written == evidence.canonical else [problem("SSJ-E001", value=evidence.canonical, source="reveal")]
    secrets = {party: secret for party, secret in _pairs(written)[0].items() if secret}
    right = [p for p, secret in secrets.items() if _clean(label) and make_commitment(label, p, secret) == parties[p]]
    found += [problem("SSJ-E044", value=party, label=label) for party in secrets if party not in right]
    return found if secrets else [*found, problem("SSJ-E046")], right


def _commitments(text: str) -> tuple[dict[str, str], list[Problem]]:
    """Parties with their commitments, and what is wrong with them."""
    made, found = _pairs(text)
    found += [problem("SSJ-E040", value=f"{party}={value}") for party, value in made.items() if not _is_hex(value)]
    whose: dict[str, str] = {}
    for party, value in made.items():
        if value and whose.setdefault(value, party) != party:
            who = Text(f"{whose[value]}、{party}", f"{quoted(whose[value])}, {quoted(party)}")
            found.append(problem("SSJ-E041", value=value, who=who))
    if len(made) < 2:
        found.append(problem("SSJ-E042", value=len(made)))
    return made, found


def _pairs(text: str) -> tuple[dict[str, str], list[Problem]]:
    """`party=hex;party=hex` in its order; the hex lower-case and plain, nothing for an absent party."""
    made: dict[str, str] = {}
    found = list[Problem]()
    for part in filter(str.strip, text.replace("；", ";").split(";")):
        name, equals, value = (p.strip() for p in part.replace("＝", "=").partition("="))
        party = unicodedata.normalize("NFC", name)
        if not (party and equals and _clean(party)):
            found.append(problem("SSJ-E040", value=part.strip()))
        elif party in made:
            found.append(problem("SSJ-E041", value=party, who=party, who_en=quoted(party)))
        else:
            plainly = plain(value).strip().lower()
            made[party] = "" if plainly == ABSENT else plainly
    return made, found


def _early(missing: bool, closed: datetime | None, appointed: Mapping[str, str]) -> list[Problem]:
    """Leaving a party out before the deadline would let the office choose whom to hear."""
    deadline = moment(appointed.get("deadline", ""))
    if deadline is None:
        return [problem("SSJ-E038", value=appointed.get("deadline", ""))]
    if missing and (closed is None or closed < deadline):
        return [problem("SSJ-E048", value=appointed.get("deadline", ""))]
    return []


def _missing(written: str) -> bool:
    return any(part.endswith(f"={ABSENT}") for part in written.split(";"))


def _joined(pairs: Mapping[str, str]) -> str:
    return ";".join(f"{party}={value}" for party, value in pairs.items())


def _is_hex(text: str) -> bool:
    return len(text) == _DIGITS and set(text) <= _HEX


def _clean(text: str) -> bool:
    try:
        check_line_value(text)
    except ValueError:
        return False
    return True


SOURCE: Final = EntropySource(
    id="entropy.reveal",
    title="多方先承诺后揭示",
    needs=("raw", "where", "when"),
    collect=collect,
    assess=assess,
    appoint=appoint,
)
