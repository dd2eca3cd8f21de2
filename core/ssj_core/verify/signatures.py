"""SPEC §10.4: the signatures beside a ledger, each compared with the ledger and with the keys that are known."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from ssj_core.canonical import digest
from ssj_core.ledger import Ledger
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.signing import Signature, SignatureError, Signer, decode_signature, holds
from ssj_core.text import Text
from ssj_core.verify.report import Step, made

Draws = Mapping[str, Mapping[str, bytes]]


def signature_steps(
    files: Mapping[str, bytes], ledger: Ledger | None, draws: Draws, trusted: Collection[str] = ()
) -> list[Step]:
    """One step for each file of `signatures/`; none without signatures.

    `ledger` is None where it is missing or does not hold; `draws` are the draws, whose plans may name signers;
    `trusted` are the public keys that whoever verifies knows himself.
    """
    named = named_signers(draws) if files else ()
    return [_step(name, data, ledger, named, trusted) for name, data in sorted(files.items())]


def named_signers(draws: Draws) -> tuple[Signer, ...]:
    """The signers whom the sealed plans name beforehand."""
    found: dict[Signer, None] = {}
    for files in draws.values():
        with suppress(KeyError, InputError):  # which failed, or could not be told, by itself
            found.update(dict.fromkeys(decode_rules(files[RULES_FILE], RULES_FILE).signers))
    return tuple(found)


def _step(name: str, data: bytes, ledger: Ledger | None, named: Iterable[Signer], trusted: Collection[str]) -> Step:
    title = Text(f"签名 {name}", f"the signature {name}")
    try:
        signature = decode_signature(data)
    except SignatureError as error:
        return made(title, [problem("SSJ-K001", file=name, reason=error)])
    title = Text(
        f"签名：{signature.signer} 签了台账第 {signature.number} 行",
        f"the signature of line {signature.number} by {signature.signer}",
    )
    if found := _wrong(name, signature, ledger, tuple(named)):
        return made(title, [found])
    if Signer(name=signature.signer, key=signature.public_key) in named:
        code = "SSJ-K018"
    else:
        code = "SSJ-K019" if signature.public_key in trusted else "SSJ-K007"
    return made(title, [problem(code, file=name, value=signature.public_key, signer=signature.signer)])


def _wrong(name: str, signature: Signature, ledger: Ledger | None, named: Collection[Signer]) -> Problem | None:
    """What is wrong with a signature, or cannot be told; what is certain comes first."""
    number, key = signature.number, signature.public_key
    if name != signature.file:
        return problem("SSJ-K002", file=name, value=signature.file)
    if ledger is not None and number > len(ledger.events):
        return problem("SSJ-K003", file=name, value=number, lines=len(ledger.events))
    if ledger is not None and (head := digest(ledger.events[number - 1].encode())) != signature.head:
        return problem("SSJ-K004", file=name, value=signature.head, number=number, found=head)
    try:
        good = holds(signature)
    except ImportError:
        return problem("SSJ-K008", file=name)
    if not good:
        return problem("SSJ-K005", file=name, value=key)
    if ledger is None:
        return problem("SSJ-K009", file=name)
    if Signer(name=signature.signer, key=key) not in named:
        rivals = [s for s in named if s.name == signature.signer or s.key == key]
        if rivals:
            said = ", ".join(f"{s.name} {s.key}" for s in rivals)
            return problem("SSJ-K006", file=name, value=key, signer=signature.signer, named=said)
    return None
