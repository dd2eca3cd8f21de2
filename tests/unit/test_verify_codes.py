"""Every finding about one draw has its own code, says where it is, and what can be done."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.canonical import digest
from ssj_core.record import FILE
from ssj_core.rules.effective import EffectiveRules
from ssj_core.verify import Status, forms, single, verify_draw
from tests.unit.finished import (
    BOM,
    LANGS,
    NAME,
    Change,
    Files,
    check_sentences,
    drawn,
    file,
    findings,
    finished,
    record,
    rehashed,
    rows,
    said,
    sealed,
    text,
)

Row = bytes
Place = tuple[str, int | None, str]


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def quoted(data: bytes) -> bytes:
    head, second, *rest = data.split(b"\n")
    return b"\n".join([head, b",".join(b'"' + cell + b'"' for cell in second.split(b",")), *rest])


def excel(data: bytes) -> bytes:
    """As a spreadsheet with another list separator saves CSV."""
    return crlf(data.removeprefix(BOM).replace(b",", b";"))


def added_column(data: bytes) -> bytes:
    return BOM + b"".join(
        line + (",备注".encode() if not n else b",") + b"\n"
        for n, line in enumerate(data.removeprefix(BOM).splitlines())
    )


def moved_columns(data: bytes) -> bytes:
    cells = (line.split(b",") for line in data.removeprefix(BOM).splitlines())
    return BOM + b"".join(b",".join([second, first, *others]) + b"\n" for first, second, *others in cells)


def reversed_rows(lines: list[Row]) -> list[Row]:
    return lines[::-1]


def without_zeros(data: bytes) -> bytes:
    """As a spreadsheet writes a column of numbers."""
    return data.replace(b",0002,", b",2,").replace(b",0003,", b",3,").replace(b",0005,", b",5,")


def put(*path: str | int, value: object) -> Change:
    def change(body: dict[str, Any]) -> None:
        place: Any = body
        for part in path[:-1]:
            place = place[part]
        assert place[path[-1]] != value
        place[path[-1]] = value

    return record(change)


def renamed(name: str, old: str, new: str) -> Change:
    """Another key of the record or of the rules, in plain text."""
    return text(name, f"\n{old} = ", f"\n{new} = ")


OFFICER, SUBJECT = "officers.csv", "subjects.csv"
ID = "编号"

FORMS: Final[dict[str, tuple[Change, list[str]]]] = {
    "BOM lost": (file("drawn.csv", lambda d: d[3:]), ["SSJ-V022", "SSJ-V031", "SSJ-V082"]),
    "CRLF": (file("drawn.csv", crlf), ["SSJ-V022", "SSJ-V032", "SSJ-V082"]),
    "CR": (file("teams.csv", lambda d: d.replace(b"\n", b"\r")), ["SSJ-V022", "SSJ-V032", "SSJ-V082"]),
    "needless quotes": (file("drawn.csv", quoted), ["SSJ-V022", "SSJ-V035", "SSJ-V082"]),
    "quotes lost around quotes": (
        text(SUBJECT, '"甲, ""乙"" 公司"', '甲, "乙" 公司'),
        ["SSJ-V022", "SSJ-V035", "SSJ-V041", "SSJ-V048"],
    ),
    "sorted otherwise": (rows("drawn.csv", reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V082"]),
    "teams sorted otherwise": (rows("teams.csv", reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V082"]),
    "a roster sorted otherwise": (rows(SUBJECT, reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V048"]),
    "a blank line": (file("drawn.csv", lambda d: d + b"\n"), ["SSJ-V022", "SSJ-V033", "SSJ-V082"]),
    "a line of commas": (file("drawn.csv", lambda d: d + b",,,,,\n"), ["SSJ-V022", "SSJ-V033", "SSJ-V082"]),
    "no last line end": (file("drawn.csv", lambda d: d[:-1]), ["SSJ-V022", "SSJ-V045", "SSJ-V082"]),
    "GB18030": (file(OFFICER, lambda d: d[3:].decode().encode("gb18030")), ["SSJ-V022", "SSJ-V030", "SSJ-V048"]),
    "UTF-16": (file(OFFICER, lambda d: d[3:].decode().encode("utf-16")), ["SSJ-V022", "SSJ-V030", "SSJ-V048"]),
    "semicolons": (
        file("drawn.csv", excel),
        ["SSJ-V022", "SSJ-V031", "SSJ-V032", "SSJ-V034", "SSJ-V082"],
    ),
    "tabs": (file("drawn.csv", lambda d: d.replace(b",", b"\t")), ["SSJ-V022", "SSJ-V034", "SSJ-V082"]),
    "a column added": (file("drawn.csv", added_column), ["SSJ-V022", "SSJ-V037", "SSJ-V082"]),
    "columns moved": (file("drawn.csv", moved_columns), ["SSJ-V022", "SSJ-V038", "SSJ-V082"]),
    "a plan with CRLF": (file("plan.toml", crlf), ["SSJ-V022", "SSJ-V032"]),
    "a plan with BOM": (file("plan.toml", lambda d: BOM + d), ["SSJ-V022", "SSJ-V046"]),
    "a plan in GB18030": (
        file("plan.toml", lambda d: d.decode().encode("gb18030")),
        ["SSJ-V022", "SSJ-V030", "SSJ-V010"],
    ),
    "a plan with blank lines": (file("plan.toml", lambda d: d + b"\n\n"), ["SSJ-V022", "SSJ-V033"]),
    "a plan without last line end": (file("plan.toml", lambda d: d[:-1]), ["SSJ-V022", "SSJ-V045"]),
    "a record with CRLF": (file(FILE, crlf), ["SSJ-V003", "SSJ-V032"]),
    "a record with BOM": (file(FILE, lambda d: BOM + d), ["SSJ-V003", "SSJ-V046"]),
    "a record in UTF-16": (file(FILE, lambda d: d.decode().encode("utf-16")), ["SSJ-V003", "SSJ-V030", "SSJ-V010"]),
}
"""Only the form was changed: it fails, and it is said that the content is what it was."""


@pytest.mark.parametrize("name", FORMS)
def test_a_file_that_was_only_saved_again_keeps_its_content_and_fails(name: str) -> None:
    change, codes = FORMS[name]
    changed = change(dict(finished()))
    (touched,) = [n for n in changed if changed[n] != finished()[n]]
    report = verify_draw(changed, NAME)
    assert report.arithmetic == "fails"
    assert [p.code for p in findings(report) if p.file == touched] == codes
    check_sentences(findings(report))
    assert "内容未变" in findings(report)[0].message("zh")
    assert "unchanged" in findings(report)[0].message("en")


def test_only_the_rows_moved_and_how_to_move_them_back() -> None:
    for name, zh, en in (
        (SUBJECT, "按编号", "the id"),
        ("drawn.csv", "按分层、序号", "stratum and rank"),
        ("teams.csv", "按抽中名单的次序、席位", "the order of the drawn list, then the place"),
    ):
        found = findings(verify_draw(rows(name, reversed_rows)(dict(finished())), NAME))
        moved = next(p for p in found if p.code == "SSJ-V036")
        assert (moved.file, f"{zh}排回去即可" in moved.message("zh")) == (name, True)
        assert f"sorting them by {en} brings them back" in moved.message("en")


TABLES: Final[dict[str, tuple[Change, list[str], Place]]] = {
    "a number rewritten": (
        text(SUBJECT, "test:0008", "9.135E+17"), ["SSJ-V021", "SSJ-V039", "SSJ-V063"],
        (SUBJECT, 2, ID),
    ),
    "a certificate rewritten": (
        text(OFFICER, ",0002,", ",1.30624E+17,"), ["SSJ-V021", "SSJ-V039", "SSJ-V051"], (OFFICER, 2, "执法证号"),
    ),
    "an id without its zeros": (
        text("drawn.csv", "test:00", "test:"), ["SSJ-V021", "SSJ-V040", "SSJ-V079"], ("drawn.csv", 2, ID),
    ),
    "certificates without their zeros": (
        file(OFFICER, without_zeros), ["SSJ-V021", "SSJ-V040", "SSJ-V051"],
        (OFFICER, 2, "执法证号"),
    ),
    "a column renamed": (
        text("drawn.csv", "结果", "结论"), ["SSJ-V021", "SSJ-V038", "SSJ-V048"], ("drawn.csv", 1, ""),
    ),
    "a cell too many": (
        text("drawn.csv", "抽中,", "抽中,,"), ["SSJ-V021", "SSJ-V041", "SSJ-V081", "SSJ-V079", "SSJ-V012"],
        ("drawn.csv", 2, ""),
    ),
    "an open quote": (
        text("drawn.csv", "抽中,", '"抽中,'), ["SSJ-V021", "SSJ-V042", "SSJ-V048"], ("drawn.csv", 6, ""),
    ),
    "a word for a number": (
        text(OFFICER, ",3,0", ",三,0"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (OFFICER, 2, "本次上限"),
    ),
    "TRUE for a truth": (
        text(SUBJECT, ",否,", ",FALSE,"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (SUBJECT, 2, "重点企业"),
    ),
    "values parted twice": (
        text(OFFICER, "；", "；；"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (OFFICER, 2, "执法领域"),
    ),
    "a control character": (
        text(SUBJECT, "对象0", "对象\x1b0"), ["SSJ-V021", "SSJ-V044", "SSJ-V048"], (SUBJECT, 2, "名称"),
    ),
    "empty": (file(SUBJECT, lambda _: b""), ["SSJ-V021", "SSJ-V013", "SSJ-V048"], (SUBJECT, None, "")),
    "no text": (file(SUBJECT, lambda _: b"\xff\x00\x81"), ["SSJ-V021", "SSJ-V030", "SSJ-V048"], (SUBJECT, None, "")),
    "a drawn one made reserve": (
        text("drawn.csv", "抽中", "递补"), ["SSJ-V021", "SSJ-V079"], ("drawn.csv", 2, "结果"),
    ),
    "an officer in a team": (
        text("teams.csv", "officer:000", "officer:900"), ["SSJ-V021", "SSJ-V080"], ("teams.csv", 2, "执法检查人员"),
    ),
}  # fmt: skip
"""The content was changed; the first finding after the verdict on the file names the place."""


@pytest.mark.parametrize("name", TABLES)
def test_a_changed_table_fails_and_the_place_is_named(name: str) -> None:
    change, codes, place = TABLES[name]
    report = verify_draw(change(dict(finished())), NAME)
    found = [p for p in findings(report) if p.file == place[0]]
    assert report.arithmetic == "fails"
    assert list(dict.fromkeys(p.code for p in found)) == codes
    assert place in [(p.file, p.row, p.field) for p in found[1:]]
    assert "内容有改动" in found[0].message("zh")
    assert "the content was changed" in found[0].message("en")
    check_sentences(findings(report))


def test_what_a_lost_zero_should_be_is_said() -> None:
    for change, value, right in (
        (text("drawn.csv", "test:00", "test:"), "test:", "test:00"),
        (file(OFFICER, without_zeros), "2", "0002"),
    ):
        found = findings(verify_draw(change(dict(finished())), NAME))
        lost = next(p for p in found if p.code == "SSJ-V040")
        assert lost.value.startswith(value)
        assert lost.params["right"].startswith(right)
        assert lost.params["right"] in lost.message("en")


def test_a_lost_zero_is_known_from_another_place_whatever_else_was_changed() -> None:
    """The digest tells nothing then; the officer's own id does."""
    changed = text(OFFICER, "人员4", "人员九")(file(OFFICER, without_zeros)(dict(finished())))
    lost = [p for p in findings(verify_draw(changed, NAME)) if p.code == "SSJ-V040"]
    assert [(p.row, p.value, p.params["right"]) for p in lost] == [(2, "2", "0002"), (3, "3", "0003"), (5, "5", "0005")]


def test_zeros_that_stand_nowhere_else_are_found_by_the_digest() -> None:
    """A column of permits of one length, where the draw's own ids do not help."""
    subjects = tuple(evolve(s, parent=f"permit:{n:05}") for n, s in enumerate(sealed().subjects, start=7))
    honest = drawn(subjects=subjects)
    assert verify_draw(honest, NAME).arithmetic == "holds"
    changed = file(SUBJECT, lambda d: d.replace(b"permit:0000", b"permit:").replace(b"permit:000", b"permit:"))(honest)
    lost = [p for p in findings(verify_draw(changed, NAME)) if p.code == "SSJ-V040"]
    assert [(p.row, p.field, p.value, p.params["right"]) for p in lost[:2]] == [
        (2, "所属企业", "permit:7", "permit:00007"),
        (3, "所属企业", "permit:8", "permit:00008"),
    ]


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
        ("rules.toml", 17, "colour"), "fails",
    ),
    "a missing field of the rules": (
        text("rules.toml", 'scope = "all"\n', ""), ["SSJ-V021", "SSJ-V007"], ("rules.toml", 1, "scope"), "fails",
    ),
    "a ratio that is none": (
        text("rules.toml", 'ratio = "25%"', "ratio = 0.25"), ["SSJ-V021", "SSJ-V008"],
        ("rules.toml", 60, "ratio.classes[1].ratio"), "fails",
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


# What no sealing can hold


def other_digest(files: Files) -> Files:
    """Another table, which the record knows and the sealed rules do not."""
    made = text(SUBJECT, "对象0", "对象九")(files)
    return record(lambda r: r["tables"].update({SUBJECT: digest(made[SUBJECT])}))(made)


SEALED: Final[dict[str, tuple[Change, str, Place]]] = {
    "a rule nobody sealed": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], rule="t.friend"),)), "SSJ-V060",
        ("excluded.csv", 2, "规则"),
    ),
    "an exclusion for no reason": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], reason=""),)), "SSJ-V238", ("excluded.csv", 2, "原因"),
    ),
    "a recusal nobody sealed": (
        lambda _: drawn(recusals=(evolve(sealed().recusals[0], rule="t.friend"),)), "SSJ-V061",
        ("recusals.csv", 2, "规则"),
    ),
    "a recusal of a stranger": (
        lambda _: drawn(recusals=(evolve(sealed().recusals[0], subject="test:9999"),)), "SSJ-V062",
        ("recusals.csv", 2, "检查对象"),
    ),
    "an id that is none": (
        lambda _: drawn(excluded=(evolve(sealed().excluded[0], id="0011"),)), "SSJ-V063", ("excluded.csv", 2, ID),
    ),
    "a stratum twice": (
        rehashed(text("rules.toml", '    "全部",\n', '    "全部",\n    "全部",\n')), "SSJ-V053",
        ("rules.toml", None, "ratio.classes"),
    ),
    "a stratum nobody knows": (rehashed(text(SUBJECT, "全部", "别的")), "SSJ-V054", (SUBJECT, 2, "分层")),
    "a team of one": (
        rehashed(text("rules.toml", "size = 2", "size = 1")), "SSJ-V055", ("rules.toml", None, "team.size"),
    ),
    "less than nothing": (
        rehashed(text("rules.toml", "at_least = 0", "at_least = -1")), "SSJ-V055",
        ("rules.toml", None, "ratio.classes[1].at_least"),
    ),
    "a shared total of several roundings": (
        lambda _: drawn(rules=two_roundings()), "SSJ-V056", ("rules.toml", None, "ratio.classes"),
    ),
    "classes out of order": (
        lambda _: drawn(rules=two_classes("—")), "SSJ-V064", ("rules.toml", None, "ratio.classes"),
    ),
    "a class twice": (lambda _: drawn(rules=two_classes("全部")), "SSJ-V064", ("rules.toml", None, "ratio.classes")),
    "strata of another class": (
        rehashed(text("rules.toml", '    "全部",\n', '    "部",\n')), "SSJ-V066",
        ("rules.toml", None, "ratio.classes[1].strata"),
    ),
    "a shared total and a least number": (
        lambda _: drawn(rules=shared_with_limits()), "SSJ-V065", ("rules.toml", None, "ratio.classes[1]"),
    ),
    "somebody twice": (
        rehashed(text("excluded.csv", "test:0011", "test:0008")), "SSJ-V057", ("excluded.csv", 2, ID),
    ),
    "somebody gone": (rehashed(rows(SUBJECT, lambda lines: lines[1:])), "SSJ-V058", (SUBJECT, None, "")),
    "no such unit": (
        rehashed(text("excluded.csv", "\n检查对象", "\n路人")), "SSJ-V059", ("excluded.csv", 2, "类别"),
    ),
    "another table than sealed": (other_digest, "SSJ-V051", (SUBJECT, None, "")),
    "rows out of order": (rehashed(rows(OFFICER, reversed_rows)), "SSJ-V036", (OFFICER, None, "")),
    "a form that is not prescribed": (rehashed(file(OFFICER, crlf)), "SSJ-V032", (OFFICER, None, "")),
    "a list in another form": (rehashed(file("drawn.csv", crlf)), "SSJ-V032", ("drawn.csv", None, "")),
}  # fmt: skip
"""By somebody who makes all digests right."""


def two_roundings() -> EffectiveRules:
    """A class nobody is in, rounded otherwise."""
    rules = sealed().rules
    one = rules.ratio.classes[0]
    other = evolve(one, id="另一类", strata=("另一类",), rounding="down")
    return evolve(rules, ratio=evolve(rules.ratio, total="shared", classes=(one, other)))


def shared_with_limits() -> EffectiveRules:
    """A shared total, and a least number for one class."""
    rules = sealed().rules
    one = evolve(rules.ratio.classes[0], at_least=1)
    return evolve(rules, ratio=evolve(rules.ratio, total="shared", classes=(one,)))


def two_classes(name: str) -> EffectiveRules:
    """Another class that nobody is in, after the first."""
    rules = sealed().rules
    one = rules.ratio.classes[0]
    other = evolve(one, id=name, strata=(f"{name}2",))
    return evolve(rules, ratio=evolve(rules.ratio, classes=(one, other)))


@pytest.mark.parametrize("name", SEALED)
def test_what_no_sealing_can_hold_is_named(name: str) -> None:
    change, code, place = SEALED[name]
    report = verify_draw(change(dict(finished())), NAME)
    found = findings(report)
    assert report.arithmetic == "fails"
    assert (code, *place) in [(p.code, p.file, p.row, p.field) for p in found]
    assert not {"SSJ-V021", "SSJ-V022", "SSJ-V002"} & {p.code for p in found}
    check_sentences(found)


def test_many_findings_are_counted() -> None:
    found = findings(verify_draw(rows("drawn.csv", lambda lines: lines[1:])(dict(finished())), NAME))
    many = [p for p in found if p.code == "SSJ-V012"]
    assert [(p.severity, p.file) for p in many] == [("note", "drawn.csv")]
    assert int(many[0].value) > 1
    assert [p.value for p in found if p.code == "SSJ-V081"] == [str(len(finished()["drawn.csv"].splitlines()) - 2)]
    check_sentences(found)


def test_what_the_reader_of_forms_does_not_see_is_refused_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "read", lambda *_: forms.Reading(problems=()))
    found = findings(verify_draw(rehashed(file(OFFICER, crlf))(dict(finished())), NAME))
    assert ("SSJ-V047", OFFICER) in [(p.code, p.file) for p in found]
    check_sentences(found)


def test_what_is_too_much_for_the_verifier_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise MemoryError

    monkeypatch.setattr(single, "closing_holds", full)
    report = verify_draw(finished(), NAME)
    assert (report.arithmetic, [p.code for p in findings(report)]) == ("unknown", ["SSJ-V001"])
    check_sentences(findings(report))


def test_errors_fail_warnings_cannot_tell_and_notes_hold() -> None:
    """The severity of a code of the verifier is the answer it gives."""
    changes = [c for c, _ in FORMS.values()] + [c for c, _, _ in TABLES.values()] + [c for c, *_ in RECORDS.values()]
    for change in changes:
        for step in verify_draw(change(dict(finished())), NAME).steps:
            severities = {p.severity for p in step.details}
            answer = "fails" if "error" in severities else "unknown" if "warning" in severities else "holds"
            assert step.status == answer


@given(st.sampled_from(sorted(finished())), st.data())
@settings(max_examples=150)
def test_whatever_is_done_to_a_file_every_step_that_does_not_hold_says_why(name: str, data: st.DataObject) -> None:
    """And nothing is too much for those who look for what was done."""
    old = finished()[name]
    place, length = data.draw(st.integers(0, len(old))), data.draw(st.integers(0, 40))
    put_in = data.draw(
        st.one_of(st.binary(max_size=12), st.sampled_from([b"\r\n", b'"', b",", b";", b"\n\n", b"0", BOM]))
    )
    changed = old[:place] + put_in + old[place + length :]
    how = data.draw(st.sampled_from([lambda f: f, rehashed(lambda f: f)] if name.endswith(".csv") else [lambda f: f]))
    report = verify_draw(how({**finished(), name: changed}), NAME)
    assert all(step.details for step in report.steps if step.status != "holds")
    assert "SSJ-V001" not in [p.code for p in findings(report)]
    for p in findings(report):
        for lang in LANGS:
            assert p.message(lang)
