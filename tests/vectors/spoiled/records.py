"""Bad records: steps 1 and 2, the record by itself and the digests of the files."""

from collections.abc import Callable, Iterator
from typing import Any

from ssj_core.canonical import digest
from ssj_core.record import FILE, VERIFIER
from tests.vectors.spoiled.base import data, forged, honest, last_digit, put, recorded, with_file
from tests.vectors.spoiled.vector import Files, Vector, bad


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _closing()
    yield from _content()
    yield from _missing()
    yield from _digests()


def _closing() -> Iterator[tuple[str, Vector]]:
    later = with_file(FILE, data("T09:05:00", "T09:06:00"))
    yield (
        "record-closing-wrong",
        bad("a remark changed, the record not closed anew", "9.4", 1, "SSJ-V002", later),
    )
    cut = with_file(FILE, lambda whole: whole.partition(b"\n[closing]")[0])
    yield "record-closing-missing", bad("the record ends before its closing digest", "9.4", 1, "SSJ-V004", cut)
    more = with_file(FILE, lambda whole: whole + b"# seen\n")
    yield "record-closing-not-last", bad("a comment follows the closing digest", "9.4", 1, "SSJ-V002", more)
    saved = with_file(FILE, lambda whole: whole.replace(b"\n", b"\r\n"))
    yield "record-crlf", bad("an editor saved the record with CRLF", "9.4", 1, "SSJ-V003", saved)


def _content() -> Iterator[tuple[str, Vector]]:
    newer = _changed(put("format", value="ssj-record/2"))
    yield (
        "record-newer-format",
        bad("a newer version wrote the record", "11.9", 1, "SSJ-V005", newer, verdict="unknown"),
    )
    newer = _changed(put("spec", value="SSJ-DRAW/10"))
    yield "record-newer-spec", bad("of a later specification", "11.9", 1, "SSJ-V005", newer, verdict="unknown")
    other = _changed(put("format", value="ssj-record/02"))
    yield "record-other-format", bad("a format that no version has", "9.3", 1, "SSJ-V008", other)
    yield (
        "record-unknown-field",
        bad("a field that the format does not have", "9.3", 1, "SSJ-V006", _changed(lambda r: r.update(colour="x"))),
    )
    yield "record-missing-field", bad("no `drawn_at`", "9.3", 1, "SSJ-V007", _changed(lambda r: r.pop("drawn_at")))
    yield (
        "record-wrong-type",
        bad("a size that is text", "9.3", 1, "SSJ-V008", _changed(lambda r: r["stratum"][0].update(size="3"))),
    )
    for place, change in {
        "of-the-entropy": lambda r: r["entropy"][0].update(colour="x"),
        "of-the-commitment": lambda r: r["commitment"].update(salt="x"),
        "of-the-matching": lambda r: r["matching"].update(colour="x"),
    }.items():
        files = _changed(change)
        yield f"record-unknown-field-{place}", bad("a field that this table does not have", "9.3", 1, "SSJ-V006", files)
    files = _changed(lambda r: r["matching"]["share"][0].pop("low"))
    yield (
        "record-missing-field-of-a-share",
        bad("an officer's range without its lower end", "9.3", 1, "SSJ-V007", files),
    )
    yield (
        "record-remark-of-another-type",
        bad("a remark that is a number", "9.3", 1, "SSJ-V008", _changed(lambda r: r["software"].update(python=3))),
    )
    yield (
        "record-fraction",
        bad("a size that is a float", "9.3", 1, "SSJ-V008", _changed(lambda r: r["stratum"][0].update(size=3.0))),
    )
    rubbish = {**honest(), FILE: b"[closing\n"}
    yield "record-not-toml", bad("the record is no TOML", "9.4 11.2", 1, "SSJ-V004", rubbish)
    yield "record-empty", bad("the record is empty", "9.4 11.2", 1, "SSJ-V013", {**honest(), FILE: b""})
    title = _changed(put("title", value="一\x1b[2J次抽查"))
    yield (
        "record-control-character",
        bad("the title clears the screen of whoever prints it", "9.6", 1, "SSJ-V011", title),
    )
    where = _changed(put("entropy", 0, "where", value="会议室\n结论 A：成立"))
    yield "record-line-feed", bad("the place of the testimony has two lines", "9.6", 1, "SSJ-V011", where)
    named = _changed(put("bureau", value="e\u0301局"))
    yield "record-not-nfc", bad("the bureau is not in form NFC", "9.6", 1, "SSJ-V011", named)


def _missing() -> Iterator[tuple[str, Vector]]:
    for name in sorted(honest()):
        files = {file: content for file, content in honest().items() if file != name}
        step = 1 if name == FILE else 2
        yield (
            f"missing-{name.partition('.')[0]}",
            bad(f"no {name}: it cannot be told", "9.1 11.1", step, "SSJ-V020", files, verdict="unknown"),
        )


def _digests() -> Iterator[tuple[str, Vector]]:
    wrong = _changed(lambda r: r["tables"].update({"drawn.csv": last_digit(r["tables"]["drawn.csv"])}))
    yield "record-digest-of-a-table", bad("another digest of drawn.csv", "11.3", 2, "SSJ-V021", wrong)
    more = _changed(lambda r: r["tables"].update({"minutes.txt": digest(b"")}))
    yield "record-lists-another-file", bad("a file more in the list", "9.1", 2, "SSJ-V024", more)
    forged_one = {**forged(record=_laid_in), VERIFIER: b"print('holds')\n"}
    yield "another-verifier", bad("verify_ssj.py is not the one that was laid in", "9.5", 2, "SSJ-V023", forged_one)
    yield (
        "another-folder",
        bad("a folder named like another draw", "11.3", 2, "SSJ-V025", honest(), folder="p-b-2"),
    )
    plan = with_file("plan.toml", lambda whole: whole.replace(b"\n", b"\r\n"))
    yield "plan-saved-by-an-editor", bad("the plan with CRLF: other bytes", "1.1 11.3", 2, "SSJ-V022", plan)
    plan = with_file("plan.toml", data("# 计划", "# 計劃"))
    yield "plan-comment-changed", bad("a comment of the plan was changed", "1.1 11.3", 2, "SSJ-V021", plan)


def _laid_in(body: dict[str, Any]) -> None:
    body["software"][VERIFIER] = digest(b"# the verifier\n")


def _changed(change: Callable[[dict[str, Any]], object]) -> Files:
    return recorded(honest(), change)
