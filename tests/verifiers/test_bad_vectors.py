"""`verify_ssj.py` on the vectors of bad records: the verdict they state, for the step they state."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.verifiers.independent import SSJ

FOLDER: Final = Path(__file__).parents[1] / "vectors" / "bad"
KNOWN: Final = SSJ.KNOWN | {"chain"}


def cases() -> list[Any]:
    return [pytest.param(json.loads(path.read_text("utf-8")), id=path.stem) for path in sorted(FOLDER.glob("*.json"))]


def laid_down(case: dict[str, Any], folder: Path) -> Path:
    """The vector as a folder: of the draw alone, or with a ledger a working folder."""
    draws = {case["folder"]: case["files"], **case.get("draws", {})}
    for name, files in draws.items():
        for file, text in files.items():
            path = folder / "draws" / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    if "ledger" not in case:
        return folder / "draws" / str(case["folder"])
    lines = "".join(line + "\n" for line in case["ledger"]) + case["torn"]
    (folder / "ledger.jsonl").write_bytes(lines.encode())
    return folder


def expected(case: dict[str, Any]) -> str:
    """Whoever does not know a source cannot tell."""
    return "unknown" if set(case["needs"]) - KNOWN else str(case["expect"]["verdict"])


@pytest.mark.parametrize("case", cases())
def test_the_verdict_is_the_one_stated(case: dict[str, Any], tmp_path: Path) -> None:
    assert SSJ.verify(laid_down(case, tmp_path)) == expected(case)


@pytest.mark.parametrize("case", [c for c in cases() if c.values[0]["expect"]["verdict"] != "holds"])
def test_the_step_is_the_one_stated(case: dict[str, Any]) -> None:
    """The first step that does not hold, as the specification counts them (§11.1)."""
    expect, folders = case["expect"], {case["folder"]: case["files"], **case.get("draws", {})}
    data = {name: {file: text.encode() for file, text in files.items()} for name, files in folders.items()}
    events, broken = None, "holds"
    if "ledger" in case:
        try:
            events, _ = SSJ.read_ledger("".join(line + "\n" for line in case["ledger"]).encode())
        except ValueError:
            broken = "fails"
        except SSJ.Unsure:
            broken = "unknown"
        if any(e["event"] == "draw" and e["draw"] not in folders for e in events or ()):
            broken = "unknown"
    if expect["of"] == "ledger.jsonl":
        assert (expect["step"], expected(case)) == ("ledger", broken)
        return
    assert broken == "holds"
    name, _, replacement = expect["of"].partition("+")
    for other in folders:
        drawn, replaced = (
            SSJ.verify_draw(data[other], other, events, data),
            SSJ.verify_replacements(data[other], other, events),
        )
        if other != name:
            assert SSJ.worst(drawn) == "holds"
        elif replacement:
            assert SSJ.worst(drawn) == "holds"
            bad = next(title for verdict, title, _ in replaced if verdict != "holds")
            assert (expect["step"], bad.rpartition("+")[2]) == ("replacement", replacement)
        else:
            first = next((verdict, title) for verdict, title, _ in drawn if verdict != "holds")
            number = int(first[1].split()[0])
            assert first[0] == expected(case)
            assert expect["step"] == ("ledger" if number > 10 else number)
