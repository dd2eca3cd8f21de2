"""One vector of `tests/vectors/bad/`: a small folder, what is wrong with it, what every verifier must answer."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from attrs import field, frozen

from ssj_core import ledger as ledgers
from ssj_core.record import FILE as RECORD
from ssj_core.verify import Report, Status, Step, verify_draw, verify_folder
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import worst
from tests.vectors.sections.shared import visible

NAME: Final = "p-b-1"
"""The draw of every vector, unless it says otherwise."""
SEVERITY: Final[Mapping[Status, str]] = {"fails": "error", "unknown": "warning", "holds": "note"}

Files = dict[str, bytes]
Place = int | Literal["ledger", "replacement"]


@frozen(kw_only=True)
class Answer:
    """The verdict; where it does not hold, the first step that does not, of what, and the code of ssj-core for it."""

    verdict: Status
    step: Place | None = None
    of: str = ""
    code: str = ""
    level: str = ""


@frozen(kw_only=True)
class Vector:
    """`files` of the draw in the folder `folder`; `draws` are other folders; with a `ledger`, a working folder.

    `musts` are the requirements that are broken (of a good one: that a careless verifier would break), `needs` the
    entropy sources that a verifier must know to give this answer: one that does not cannot tell.
    """

    about: str
    musts: tuple[str, ...]
    answer: Answer
    files: Mapping[str, bytes]
    folder: str = NAME
    draws: Mapping[str, Mapping[str, bytes]] = field(factory=dict)
    ledger: bytes | None = None
    needs: tuple[str, ...] = ()

    def encode(self, name: str) -> str:
        """The JSON file."""
        plain: dict[str, Any] = {
            "format": "ssj-vectors/1",
            "spec": "SSJ-DRAW/1",
            "name": name,
            "about": self.about,
            "musts": list(self.musts),
            "needs": list(self.needs),
            "expect": _without_empty(self.answer),
            "folder": self.folder,
            "files": _texts(self.files),
        }
        if self.draws:
            plain["draws"] = {folder: _texts(files) for folder, files in self.draws.items()}
        if self.ledger is not None:
            *lines, torn = self.ledger.decode().split("\n")
            plain |= {"ledger": lines, "torn": torn}
        return visible(json.dumps(plain, ensure_ascii=False, indent=1)) + "\n"


def bad(
    about: str, musts: str, step: Place, code: str, files: Mapping[str, bytes], *, of: str = "", **more: Any
) -> Vector:
    """A vector that fails, or cannot be told if `verdict` says so; `musts` as `9.2 11.3`."""
    verdict: Status = more.pop("verdict", "fails")
    answer = Answer(verdict=verdict, step=step, of=of or more.get("folder", NAME), code=code)
    return Vector(about=about, musts=_named(musts), answer=answer, files=files, **more)


def good(about: str, musts: str, files: Mapping[str, bytes], level: str, **more: Any) -> Vector:
    """A vector that holds, with the level of verdict B."""
    answer = Answer(verdict="holds", level=level)
    return Vector(about=about, musts=_named(musts), answer=answer, files=files, **more)


def reports(vector: Vector) -> tuple[Report, ...]:
    """What ssj-core says of it."""
    if vector.ledger is not None:
        return verify_folder({vector.folder: vector.files, **vector.draws}, vector.ledger)
    drawn = verify_draw(vector.files, vector.folder)
    return (drawn, *replacement_reports(vector.files, vector.folder))


def answered(vector: Vector, found: Sequence[Report]) -> Answer:
    """The answer in reports: of the first step that does not hold, the code that was expected or else the first."""
    verdict = worst(report.arithmetic for report in found)
    if verdict == "holds":
        level = next(r.level for r in found if r.draw_id == vector.folder)
        return Answer(verdict=verdict, level=level or "")
    report, step = next((r, s) for r in found for s in r.steps if s.status != "holds")
    codes = [p.code for p in step.details if p.severity == SEVERITY[step.status]]
    code = vector.answer.code if vector.answer.code in codes else ",".join(dict.fromkeys(codes))
    return Answer(verdict=verdict, step=_place(report, step), of=_of(report, vector), code=code)


def check(name: str, vector: Vector) -> None:
    """Raises `AssertionError` where ssj-core answers otherwise than was typed in."""
    found = answered(vector, reports(vector))
    assert found == vector.answer, f"{name}: {vector.answer} expected, {found} found"


def decode(text: str) -> Vector:
    """A vector back from its file."""
    plain = json.loads(text)
    ledger = None
    if "ledger" in plain:
        ledger = "".join(line + "\n" for line in plain["ledger"]).encode() + plain["torn"].encode()
    return Vector(
        about=plain["about"],
        musts=tuple(plain["musts"]),
        answer=Answer(**plain["expect"]),
        files=_bytes(plain["files"]),
        folder=plain["folder"],
        draws={folder: _bytes(files) for folder, files in plain.get("draws", {}).items()},
        ledger=ledger,
        needs=tuple(plain["needs"]),
    )


def _place(report: Report, step: Step) -> Place:
    if "+" in report.draw_id:
        return "replacement"
    first = step.title.en.split()[0]
    return int(first) if first.isdigit() else "ledger"


def _of(report: Report, vector: Vector) -> str:
    """The report's own id is what its record says; a folder is called by its name."""
    if report.draw_id == ledgers.FILE or "+" in report.draw_id:
        return report.draw_id
    folders: dict[str, Mapping[str, bytes]] = {vector.folder: vector.files, **vector.draws}
    if len(folders) == 1:
        return vector.folder
    return report.draw_id if report.draw_id in folders else vector.folder


def _without_empty(answer: Answer) -> dict[str, object]:
    plain = {"verdict": answer.verdict, "step": answer.step, "of": answer.of, "code": answer.code}
    return {k: v for k, v in {**plain, "level": answer.level}.items() if v not in (None, "")}


def _named(musts: str) -> tuple[str, ...]:
    return tuple(f"MUST-{number}" for number in musts.split())


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    order = sorted(files, key=lambda f: (f != RECORD, "/" in f, not f.endswith(".toml"), f))
    return {name: files[name].decode() for name in order}


def _bytes(files: Mapping[str, str]) -> Files:
    return {name: text.encode() for name, text in files.items()}
