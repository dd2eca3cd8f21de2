"""Records that were changed, are missing or are of a newer version; entropy and seeds that do not fit."""

import json
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from ssj_core.record import FILE
from ssj_core.verify import Status, verify_draw
from tests.unit.finished import (
    NAME,
    Change,
    check_sentences,
    drawn,
    file,
    findings,
    finished,
    record,
    rehashed,
    said,
    sealed,
    text,
)
from tests.unit.spoiling import (
    OFFICER,
    Place,
    put,
    renamed,
)

RECORDS: Final[dict[str, tuple[Change, list[str], Place, Status]]] = {
    "a record of a newer format": (
        text(FILE, "ssj-record/1", "ssj-record/2"), ["SSJ-V005"], (FILE, None, "format"), "unknown",
    ),
    "a record by a newer specification": (
        put("spec", value="SSJ-DRAW/2"), ["SSJ-V005"], (FILE, None, "spec"), "unknown",
    ),
    "a changed word": (text(FILE, "测试局", "别的局"), ["SSJ-V002", "SSJ-V052"], (FILE, None, ""), "fails"),
    "cut off": (
        file(FILE, lambda d: d[: d.index(b"\n[closing]")]), ["SSJ-V004", "SSJ-V007"], (FILE, 1, "closing"), "fails",
    ),
    "an empty record": (file(FILE, lambda _: b"\n"), ["SSJ-V013", "SSJ-V013"], (FILE, None, ""), "fails"),
    "an unknown field": (record(lambda r: r.update(colour="x")), ["SSJ-V006"], (FILE, 9, "colour"), "fails"),
    "an unknown field within": (
        record(lambda r: r["commitment"].update(colour="x")), ["SSJ-V006"], (FILE, 20, "commitment.colour"), "fails",
    ),
    "a misspelt field": (
        renamed(FILE, "sealed_at", "sealed_at_"), ["SSJ-V002", "SSJ-V006", "SSJ-V007"],
        (FILE, 7, "sealed_at_"), "fails",
    ),
    "a missing field": (record(lambda r: r.pop("drawn_at")), ["SSJ-V007"], (FILE, 1, "drawn_at"), "fails"),
    "a number as text": (
        put("commitment", "subjects_count", value="11"), ["SSJ-V008"], (FILE, 12, "commitment.subjects_count"), "fails",
    ),
    "a value as a number": (put("entropy", 0, "raw", value=123), ["SSJ-V008"], (FILE, 23, "entropy[1].raw"), "fails"),
    "no TOML": (text(FILE, "seed = ", "seed "), ["SSJ-V002", "SSJ-V009"], (FILE, 6, ""), "fails"),
    "no UTF-8": (
        file(FILE, lambda d: d.replace("测".encode(), b"\xff")), ["SSJ-V002", "SSJ-V010"], (FILE, 4, ""), "fails",
    ),
    "a control character": (put("title", value="一\x1b[2J"), ["SSJ-V011"], (FILE, None, "title"), "fails"),
    "rules of a newer format": (
        text("rules.toml", "ssj-rules/1", "ssj-rules/2"), ["SSJ-V021", "SSJ-V005"],
        ("rules.toml", None, "format"), "fails",
    ),
    "an unknown field of the rules": (
        text("rules.toml", "\nscope = ", '\ncolour = "x"\nscope = '), ["SSJ-V021", "SSJ-V006"],
        ("rules.toml", 19, "colour"), "fails",
    ),
    "a missing field of the rules": (
        text("rules.toml", 'scope = "all"\n', ""), ["SSJ-V021", "SSJ-V007"], ("rules.toml", 1, "scope"), "fails",
    ),
    "a ratio that is none": (
        text("rules.toml", 'ratio = "25%"', "ratio = 0.25"), ["SSJ-V021", "SSJ-V008"],
        ("rules.toml", 62, "ratio.classes[1].ratio"), "fails",
    ),
    "rules that are empty": (
        file("rules.toml", lambda _: b""), ["SSJ-V021", "SSJ-V013"], ("rules.toml", None, ""), "fails",
    ),
    "another plan": (
        text("plan.toml", 'title = "计划"', 'title = "别的"'), ["SSJ-V021", "SSJ-V050"],
        ("plan.toml", None, ""), "fails",
    ),
    "a plan that cannot be read": (
        text("plan.toml", "title = ", "titel = "), ["SSJ-V021", "SSJ-V006", "SSJ-V007"],
        ("plan.toml", 4, "titel"), "fails",
    ),
    "another verifier": (
        lambda files: {**files, "verify_ssj.py": b"print()"}, ["SSJ-V023"], ("verify_ssj.py", None, ""), "fails",
    ),
    "a file that is not listed": (
        record(lambda r: r["tables"].update({"x.csv": "0"})), ["SSJ-V024"], (FILE, None, "tables"), "fails",
    ),
    "another draw id": (put("draw_id", value="p-b-2"), ["SSJ-V025", "SSJ-V052"], (FILE, None, "draw_id"), "fails"),
    "a file more": (
        lambda files: {**files, "纪要.txt": b""}, ["SSJ-V026"], ("纪要.txt", None, ""), "holds",
    ),
    "the count of the commitment": (
        put("commitment", "subjects_count", value=1), ["SSJ-V070"], (FILE, None, "commitment.subjects_count"), "fails",
    ),
    "another size": (put("stratum", 0, "size", value=1), ["SSJ-V078"], (FILE, None, "stratum[1].size"), "fails"),
    "a stratum more": (
        record(lambda r: r["stratum"].append(dict(r["stratum"][0]))), ["SSJ-V078"], (FILE, None, "stratum[2]"), "fails",
    ),
    "a share": (
        put("matching", "share", 0, "low", value=9), ["SSJ-V083"], (FILE, None, "matching.share[1].low"), "fails",
    ),
    "the seed": (put("seed", value="f" * 64), ["SSJ-V075"], (FILE, None, "seed"), "fails"),
    "the seed in part": (
        record(lambda r: r.update(seed=r["seed"][:-1])), ["SSJ-V075"], (FILE, None, "seed"), "fails",
    ),
    "another title": (put("title", value="别的抽查"), ["SSJ-V052"], (FILE, None, "title"), "fails"),
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_a_changed_record_names_what_and_where(name: str) -> None:
    change, codes, place, arithmetic = RECORDS[name]
    report = verify_draw(change(dict(finished())), NAME)
    found = findings(report)
    assert report.arithmetic == arithmetic
    assert set(codes) <= {p.code for p in found}
    if "SSJ-V021" not in codes:  # else steps 4 to 10 differ, too
        assert {p.code for p in found} <= set(codes)
    assert place in [(p.file, p.row, p.field) for p in found]
    check_sentences(found)


@pytest.mark.parametrize("name", sorted(finished()))
def test_a_missing_file_cannot_be_told_and_is_named(name: str) -> None:
    report = verify_draw({n: d for n, d in finished().items() if n != name}, NAME)
    found = findings(report)
    assert report.arithmetic == "unknown"
    assert {(p.code, p.severity, p.file) for p in found} == {("SSJ-V020", "warning", name)}
    check_sentences(found)


def test_a_newer_version_is_never_a_no() -> None:
    for name, old in ((FILE, "ssj-record/1"), ("rules.toml", "ssj-rules/1")):
        newer = rehashed(text(name, old, old[:-1] + "2"))(dict(finished()))
        report = verify_draw(newer, NAME)
        assert report.arithmetic == "unknown"
        (found,) = findings(report)
        assert (found.code, found.severity, found.file, found.value) == ("SSJ-V005", "warning", name, old[:-1] + "2")
        assert "更新的版本" in found.message("zh")
        assert "newer" in found.remedy("en")
    plan = sealed().plan.replace(b"ssj-plan/1", b"ssj-plan/2")
    report = verify_draw(drawn(plan=plan), NAME)
    assert report.arithmetic == "unknown"
    assert [(p.code, p.file) for p in findings(report)] == [("SSJ-V005", "plan.toml")]


# Entropy and seed


def test_a_leading_zero_lost_in_the_entropy_is_found_by_putting_it_back() -> None:
    short = said().raw.removeprefix("0")
    inner = said().raw.replace("0456", "456")
    for change, fields, right in (
        (put("entropy", 0, "canonical", value=short), ["entropy[1].canonical"], said().raw),
        (put("entropy", 0, "canonical", value=inner), ["entropy[1].canonical"], said().raw),
        (put("entropy", 0, "raw", value=short), ["entropy[1].raw"], said().raw),
        (put("entropy", 0, "raw", value=inner), ["entropy[1].raw"], said().raw),
        (record(lambda r: r["entropy"][0].update(raw=short, canonical=short)), ["entropy[1].canonical"], said().raw),
    ):
        found = findings(verify_draw(change(dict(finished())), NAME))
        lost = [p for p in found if p.code == "SSJ-V073"]
        assert [(p.file, p.field) for p in lost] == [(FILE, f) for f in fields]
        assert lost[0].params["right"] == right
        assert "SSJ-E001" not in [p.code for p in found]
        check_sentences(found)


def test_a_seed_without_its_leading_zero() -> None:
    """As many draws as it takes until a seed begins with one."""
    for n in range(200):
        words = f"{said().raw} {n}"
        other = evolve(said(), raw=words, canonical=words)
        files = drawn(other)
        seed = next(line for line in files[FILE].decode().splitlines() if line.startswith("seed"))[8:-1]
        if seed.startswith("0"):
            break
    found = findings(verify_draw(put("seed", value=seed.lstrip("0"))(files), NAME))
    assert [(p.code, p.field, p.value, p.params["found"]) for p in found] == [
        ("SSJ-V074", "seed", seed.lstrip("0"), seed)
    ]
    check_sentences(found)


def test_other_entropy_gives_another_seed_and_what_follows_is_kept_short() -> None:
    other = "9123 0456 0789 0123"
    change = record(lambda r: r["entropy"][0].update(raw=other, canonical=other))
    found = findings(verify_draw(change(dict(finished())), NAME))
    assert [p.code for p in found if p.field == "seed"] == ["SSJ-V076"]
    assert len(found) < 14
    check_sentences(found)


def test_what_a_source_found_keeps_its_code() -> None:
    for change, code, field in (
        (put("entropy", 0, "raw", value="x"), "SSJ-E001", "entropy[1]"),
        (record(lambda r: r["entropy"][0].update(raw="12", canonical="12")), "SSJ-E004", "entropy[1]"),
        (put("entropy", 0, "source", value="os"), "SSJ-V071", "entropy"),
        (put("entropy", 0, "source", value="moon"), "SSJ-V072", "entropy[1].source"),
    ):
        found = findings(verify_draw(change(dict(finished())), NAME))
        assert (code, FILE, field) in [(p.code, p.file, p.field) for p in found]
        check_sentences(found)


def test_a_signature_of_another_round() -> None:
    vectors = Path(__file__).parents[1] / "vectors" / "beacons.json"
    cases = {c["name"]: c for c in json.loads(vectors.read_text("utf-8"))["cases"]}
    case = cases["quicknet-1001-with-the-signature-of-1000"]
    raw = json.dumps({name: case[name] for name in ("round", "randomness", "signature")})
    evidence = evolve(
        said(),
        source="drand",
        raw=raw,
        canonical=f"{case['chain']}:{case['round']}:{case['randomness']}",
        details={"signature": case["signature"], "round_time": case["time"]},
    )
    appointed = {"network": "quicknet", "chain": case["chain"], "round": str(case["round"]), "time": case["time"]}
    for named, code in ((appointed, "SSJ-E073"), ({**appointed, "round": "1000"}, "SSJ-E071")):
        use = evolve(sealed().rules.entropy[0], source="drand", appointed=named)
        files = drawn(
            evidence,
            rules=evolve(sealed().rules, entropy=(use,)),
            plan=sealed().plan.replace(b'source = "text"', b'source = "drand"'),
        )
        found = findings(verify_draw(files, NAME))
        assert [(p.code, p.file, p.field) for p in found] == [(code, FILE, "entropy[1]")]


def test_a_draw_that_cannot_be_repeated_and_one_without_enough_officers() -> None:
    found = findings(verify_draw(record(lambda r: r.update(entropy=[]))(dict(finished())), NAME))
    assert "SSJ-V077" in [p.code for p in found]
    check_sentences(found)
    nowhere = rehashed(file(OFFICER, lambda data: data.replace(b",3,0", b",0,0")))(dict(finished()))
    assert "SSJ-M001" in [p.code for p in findings(verify_draw(nowhere, NAME))]
