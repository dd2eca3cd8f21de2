"""A proof that one subject stands in the sealed roster, without the roster (format `ssj-proof/1`; SPEC §5.1 to §5.3).

Canonical JSON, in the form of a line of the ledger (SPEC §10.1), ended by LF. Digests are in base64, the path as one
text of all its hashes: in hex twenty of them alone are 1280 bytes. A proof is below `LIMIT` bytes with a million
subjects: `commitment`, which is the same for everybody and stands in the announcement, is left out where it would not
fit; then the root is compared with the one announced.
"""

import binascii
import json
import re
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Final

from attrs import asdict, evolve, fields, frozen

from ssj_core import merkle
from ssj_core.canonical import check_id, check_line_value
from ssj_core.commitment import Commitment
from ssj_core.problems import InputError, problem
from ssj_core.sealed import Sealed
from ssj_core.text import Text, quoted
from ssj_core.verify.report import Report, Step, made, worst

FORMAT: Final = "ssj-proof/1"
_TICKETS: Final = re.compile("[1-9][0-9]{0,2}")
LIMIT: Final = 1024
"""Bytes a proof may have: one that would have more goes without the fields of the commitment."""


class ProofError(ValueError):
    """Bytes that are no proof; the message says why."""


@frozen(kw_only=True)
class Fields:
    """The commitment and what it is made of, but what the rest of the proof says or leads to; digests in hex."""

    officers_count: int
    officers_root: str
    plan_digest: str
    previous_head: str
    rules_digest: str
    value: str


@frozen(kw_only=True)
class Proof:
    """`leaf`, the line of a subject, is number `index` (from 0) of the `count` lines of the draw; `path` leads up."""

    draw: str
    leaf: str
    index: int
    count: int
    path: tuple[bytes, ...]
    commitment: Fields | None = None

    @property
    def root(self) -> str | None:
        """The root the path leads to; None when there can be no such path."""
        return merkle.included(self.leaf.encode(), self.index, self.count, self.path)

    @property
    def subject(self) -> tuple[str, str, str]:
        """Id, stratum and, in a draw with weights, the number of tickets; empty in another."""
        subject, _, stratum = self.leaf.partition("\t")
        stratum, _, tickets = stratum.partition("\t")
        return subject, stratum, tickets

    @property
    def recomputed(self) -> str | None:
        """The commitment that root and fields come to (SPEC §5.3); None without a root or without the fields."""
        if self.commitment is None or self.root is None:
            return None
        kept = asdict(self.commitment, filter=lambda a, _: a.name != "value")
        return Commitment(draw_id=self.draw, subjects_root=self.root, subjects_count=self.count, **kept).value

    def encode(self) -> bytes:
        """The bytes of the file."""
        plain: dict[str, Any] = {
            "format": FORMAT,
            "draw": self.draw,
            "leaf": self.leaf,
            "index": self.index,
            "count": self.count,
            "path": b64encode(b"".join(self.path)).decode(),
        }
        if self.commitment is not None:
            plain["commitment"] = {n: _packed(v) for n, v in asdict(self.commitment).items()}
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def make_proof(sealed: Sealed, subject: str, *, full: bool = False) -> Proof:
    """The proof of one subject of the pool; with `full` the commitment's fields are in it whatever its size.

    Raises:
        KeyError: the subject is not in the pool.
    """
    line = next((line for line in sealed.subject_lines if line.id == subject), None)
    if line is None:
        raise KeyError(subject)
    leaves, leaf = sorted(line.encode() for line in sealed.subject_lines), line.encode()
    index = bisect_left(leaves, leaf)
    commitment = sealed.commitment
    kept = asdict(commitment, filter=lambda a, _: a.name in _FIELDS)
    proof = Proof(
        draw=commitment.draw_id,
        leaf=leaf.decode(),
        index=index,
        count=len(leaves),
        path=merkle.inclusion_path(leaves, index),
        commitment=Fields(**kept, value=commitment.value),
    )
    return proof if full or len(proof.encode()) <= LIMIT else evolve(proof, commitment=None)


def decode_proof(data: bytes) -> Proof:
    """Read a proof; whether it holds is for `verify_proof` to say.

    Raises:
        ProofError: it is not one in canonical form.
    """
    try:
        raw = json.loads(data)
        proof = _proof(raw)
        same = proof.encode() == data
    except ProofError:
        raise
    except (ValueError, TypeError, RecursionError):
        raise ProofError("not JSON, or a value that may not stand there") from None
    if not same:
        raise ProofError("not in canonical form")
    return proof


def _proof(raw: object) -> Proof:
    if not isinstance(raw, Mapping) or raw.get("format") != FORMAT:
        raise ProofError(f"not a file of format {FORMAT}")
    values = {k: v for k, v in raw.items() if k != "format"}
    _types(values, {"draw": str, "leaf": str, "index": int, "count": int, "path": str}, optional="commitment")
    proof = Proof(**{**values, "path": _path(values["path"]), "commitment": _fields(values.get("commitment"))})
    check_line_value(proof.draw)
    subject, stratum, tickets = proof.subject
    check_id(subject)
    check_line_value(stratum)
    if proof.leaf.count("\t") > 1 and not _TICKETS.fullmatch(tickets):
        raise ProofError("a number of tickets that is none")
    return proof


def _fields(raw: object) -> Fields | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        raise ProofError("the commitment is no object")
    _types(raw, {name: int if name.endswith("_count") else str for name in _FIELDS})
    values: dict[str, Any] = {n: _unpacked(v).hex() if isinstance(v, str) else v for n, v in raw.items()}
    return Fields(**values)


def _types(raw: Mapping[str, object], wanted: Mapping[str, type], optional: str = "") -> None:
    for name in sorted({*raw, *wanted} - {optional}):
        if name not in wanted:
            raise ProofError(f"unknown key {name}")
        if type(raw.get(name)) is not wanted[name]:  # a bool is no number
            raise ProofError(f"no {name}, or of another type")


def _path(text: str) -> tuple[bytes, ...]:
    data = _unbase(text)
    if len(data) % merkle.HASH:
        raise ProofError("the path is no row of hashes")
    return tuple(data[n : n + merkle.HASH] for n in range(0, len(data), merkle.HASH))


def _packed(value: int | str) -> int | str:
    return value if isinstance(value, int) else b64encode(bytes.fromhex(value)).decode()


def _unpacked(text: str) -> bytes:
    data = _unbase(text)
    if len(data) != merkle.HASH:
        raise ProofError("a digest of another length")
    return data


def _unbase(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error:
        raise ProofError("a text that is not base64") from None


_FIELDS: Final = frozenset(a.name for a in fields(Fields))


def verify_proof(data: bytes, name: str, *, commitment: str = "", root: str = "") -> Report:
    """Check a proof by itself and against the commitment and the root of the subjects that were published.

    Raises:
        InputError: the file is no proof at all.
    """
    try:
        proof = decode_proof(data)
    except ProofError as error:
        raise InputError([problem("SSJ-X006", file=name, value=name, reason=error)]) from None
    found = proof.root
    steps = [_led(found), _announced_root(found, root)] if root or proof.commitment is None else [_led(found)]
    steps += _committed(proof, commitment) if found else []
    subject, stratum, tickets = proof.subject
    many = (f"，{tickets} 张签", f", {tickets} tickets") if tickets else ("", "")
    return Report(
        draw_id=proof.draw,
        title=subject,
        steps=tuple(steps),
        summary=(
            Text(
                f"{subject} 在名录里，分层 {stratum}{many[0]}",
                f"{subject} is in the roster, stratum {quoted(stratum)}{many[1]}",
            )
            if worst(s.status for s in steps) == "holds"
            else Text(f"未能证明 {subject} 在名录里", f"not proved: that {subject} is in the roster"),
            Text(f"第 {proof.index + 1} 行，共 {proof.count} 行", f"line {proof.index + 1} of {proof.count}"),
            Text(f"名录根 {found or '—'}", f"root of the subjects {found or '—'}"),
            Text(f"承诺 {proof.recomputed or '—'}", f"commitment {proof.recomputed or '—'}"),
            *(() if commitment or root else (_COMPARE,)),
        ),
    )


_COMPARE: Final = Text(
    "请把承诺与抽取前公布的对照（--commitment）：证明自己带来的承诺不能证明自己",
    "compare the commitment with the one published before the draw (--commitment): a proof cannot vouch for its own",
)


def _led(found: str | None) -> Step:
    title = Text("1 名录中的一行经路径得到名录根", "1 the line of the roster leads to a root")
    return made(title, [] if found else [problem("SSJ-V110", field="path")])


def _announced_root(found: str | None, root: str) -> Step:
    title = Text("名录根与公布的一致", "the root is the one published")
    if not root:
        return made(title, [problem("SSJ-V112", field="commitment")])
    return made(title, [] if found == root else [problem("SSJ-V111", value=found or "—", published=root)])


def _committed(proof: Proof, published: str) -> list[Step]:
    steps = []
    if proof.commitment is not None:
        title = Text("2 名录根在承诺里：承诺由它和其余各项重新算出", "2 the root is in the commitment, recomputed")
        value, found = proof.commitment.value, proof.recomputed or "—"
        changed = problem("SSJ-V113", field="commitment", value=value, found=found)
        steps.append(made(title, [] if value == found else [changed]))
    if published:
        title = Text("3 承诺与公布的一致", "3 the commitment is the one published")
        if proof.commitment is None:
            steps.append(made(title, [problem("SSJ-V114", field="commitment")]))
        else:
            other = problem("SSJ-V115", value=proof.recomputed or "—", published=published)
            steps.append(made(title, [] if proof.recomputed == published else [other]))
    return steps
