"""What a plan says of those outside the office who attest a draw: levels, signers, and who stamps the time."""

from collections.abc import Iterator, Mapping

from ssj_core.entropy import BEST
from ssj_core.entropy.model import Level
from ssj_core.plan import EntropyUse, Plan
from ssj_core.problems import InputError, Problem, problem
from ssj_core.signing import SignatureError, public_bytes
from ssj_core.stamping.certificates import certificates_of, is_root
from ssj_core.stamping.der import DerError
from ssj_core.tomlpos import Path, line_of


def check_assurance(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """A required level that the sources of the plan, or of a batch, can never reach; foreign sources are not judged."""
    best = _reach(plan, stamped=plan.stamp is not None)
    if plan.assurance is None or best >= plan.assurance:
        return
    row = line_of(lines, ("assurance",))
    if _reach(plan, stamped=True) >= plan.assurance:
        yield problem("SSJ-T015", file=file, row=row, field="assurance", value=plan.assurance)
    else:
        yield problem("SSJ-E015", file=file, row=row, field="assurance", value=plan.assurance, best=best)


def _reach(plan: Plan, *, stamped: bool) -> Level:
    """The level that every batch can reach."""
    lists = (plan.entropy, *(batch.entropy for batch in plan.batch if batch.entropy))
    reach: list[Level] = [_reach_of(uses, stamped=stamped) for uses in lists]
    return min(reach)


def _reach_of(uses: tuple[EntropyUse, ...], *, stamped: bool) -> Level:
    found: set[Level] = {"E0", *(BEST.get(use.source, "E5") for use in uses)}
    best = max(found)
    if not stamped:
        return best
    if best == "E0":
        return "E1"
    return "E5" if best == "E4" and found & {"E2", "E3"} else best


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


def read_certificates(files: Mapping[str, bytes], lines: dict[Path, int], file: str) -> tuple[bytes, ...]:
    """The certificates of `[stamp]`, in DER and in their order, each once; `files` are the PEM files it names.

    Raises:
        InputError: a file holds none, or there is no root among them: no chain could ever end.
    """
    made: dict[bytes, None] = {}
    wrong = []
    for name, data in files.items():
        try:
            made.update(dict.fromkeys(certificates_of(data)))
        except DerError as error:
            wrong.append(problem("SSJ-T013", file=name, value=name, reason=error))
    if not wrong and not any(is_root(der) for der in made):
        row = line_of(lines, ("stamp", "certificates"))
        wrong.append(problem("SSJ-T014", file=file, row=row, field="stamp.certificates"))
    if wrong:
        raise InputError(wrong)
    return tuple(made)
