"""What a plan says of those outside the office who attest a draw: the signers of its ledger."""

from collections.abc import Iterator

from ssj_core.plan import Plan
from ssj_core.problems import Problem, problem
from ssj_core.signing import SignatureError, public_bytes
from ssj_core.tomlpos import Path, line_of


def check_signers(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Keys that are none, or that two signers share."""
    seen: set[str] = set()
    for n, signer in enumerate(plan.signers):
        row, where = line_of(lines, ("signers", n, "key")), f"signers[{n + 1}].key"
        try:
            public_bytes(signer.key)
        except SignatureError:
            yield problem("SSJ-K015", file=file, row=row, field=where, value=signer.key)
        if signer.key in seen:
            yield problem("SSJ-K016", file=file, row=row, field=where, value=signer.key)
        seen.add(signer.key)
