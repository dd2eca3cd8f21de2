"""Schemas of the TOML formats: shipped files keep theirs, and they refuse what the core refuses, no less, no more."""

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from attrs import fields, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_cli.plugins.schema import ALL
from ssj_core.problems import InputError
from ssj_core.ratios import PATTERN, parse_ratio
from ssj_core.schema import Format, schema_of
from ssj_core.schema.words import WORDS
from ssj_core.structuring import structure
from tests.cli.bureau import Bureau, evidence_text

ROOT: Final = Path(__file__).parents[2]
BAD: Final = ROOT / "tests" / "bad"
BY_NAME: Final = {f.name: f for f in ALL}


class Day(str):
    """A day of TOML, as a JSON document would hold it; text that looks like one is no day."""

    __slots__ = ()


CHECKER: Final = jsonschema.FormatChecker(formats=())


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or (isinstance(value, Day) and len(value) == 10)


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (isinstance(value, Day) and len(value) > 10)


CHECKER.checks("date")(_is_day)
CHECKER.checks("date-time")(_is_moment)


def as_json(value: object) -> Any:
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [as_json(v) for v in value]
    return Day(value.isoformat()) if isinstance(value, date) else value


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    schema = schema_of(BY_NAME[name].cls, name, "en")
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema, format_checker=CHECKER)


def flaws(name: str, document: dict[str, Any]) -> list[str]:
    """What the schema of a format says against a document."""
    return [error.message for error in validator(name).iter_errors(as_json(document))]


def refused(name: str, document: dict[str, Any]) -> bool:
    """Whether the core refuses the shape of a document."""
    try:
        structure(document, BY_NAME[name].cls, "f", "")
    except InputError:
        return True
    return False


def tables(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        if str(document.get("format", "")).startswith("ssj-"):
            yield path, document


PARTS: Final = ("core", "plugins", "rulesets", "tests/golden", "tests/plugins", "tests/bad/plans/county")
SHIPPED: Final = [pair for part in PARTS for pair in tables(ROOT / part)]


# --- formats


def test_every_class_with_a_format_is_listed() -> None:
    """Whoever adds a format adds it to `schema.formats`."""
    said = re.compile(r'^    format: Literal\["(ssj-[a-z]+/[0-9]+)"\]', re.MULTILINE)
    found = {
        n for part in ("core", "cli") for p in (ROOT / part).rglob("*.py") for n in said.findall(p.read_text("utf-8"))
    }
    assert found == set(BY_NAME)
    assert len({f.short for f in ALL}) == len(ALL)


@pytest.mark.parametrize("one", ALL, ids=lambda f: f.short)
def test_a_schema_is_one_and_is_written_the_same_each_time(one: Format) -> None:
    for lang in ("zh", "en"):
        schema = schema_of(one.cls, "t", lang)
        jsonschema.Draft7Validator.check_schema(schema)
        assert json.dumps(schema) == json.dumps(schema_of(one.cls, "t", lang))
        assert schema["additionalProperties"] is False
        assert schema["properties"]["format"]["enum"] == [one.name]


def test_words_belong_to_keys() -> None:
    """A key that was renamed takes its word along."""
    classes: dict[str, set[str]] = {}
    for one in ALL:
        schema = schema_of(one.cls, "t", "en")
        classes[one.cls.__name__.lstrip("_")] = set(schema["properties"])
        classes |= {name: set(table["properties"]) for name, table in schema.get("definitions", {}).items()}
    every = {key for keys in classes.values() for key in keys}
    stale = [
        word
        for word in WORDS
        if not (word.partition(".")[2] in classes.get(word.partition(".")[0], ()) if "." in word else word in every)
    ]
    assert stale == []


def test_what_people_write_is_described() -> None:
    """Not every key needs a word, most do."""
    for one in ALL:
        if one.by_hand:
            schema = schema_of(one.cls, "t", "zh")
            keys = [p for t in (schema, *schema.get("definitions", {}).values()) for p in t["properties"].values()]
            assert sum("description" in key for key in keys) >= 0.5 * len(keys), one.name


@frozen(kw_only=True)
class Odd:
    """A class no table of TOML is read into."""

    what: bytes


def test_a_type_without_a_schema_is_a_bug() -> None:
    with pytest.raises(TypeError, match="bytes"):
        schema_of(Odd, "t", "en")


# --- files


@pytest.mark.parametrize(("path", "document"), SHIPPED, ids=[str(p.relative_to(ROOT)) for p, _ in SHIPPED])
def test_a_shipped_file_keeps_its_schema(path: Path, document: dict[str, Any]) -> None:
    assert flaws(document["format"], document) == [], path


def test_every_format_is_seen() -> None:
    seen = {document["format"] for _, document in SHIPPED}
    seen |= {"ssj-calendar/1", "ssj-evidence/1", "ssj-replace/1", "ssj-replacement/1"}  # no such file is shipped
    assert seen == set(BY_NAME)


SHAPE: Final = {"SSJ-P005", "SSJ-P006", "SSJ-P007", "SSJ-P010", "SSJ-P011", "SSJ-P012", "SSJ-P013", "SSJ-P014"}
"""Codes of what a schema can see; all others need a look at several keys, at other files or at the rosters."""
KINDS: Final = {"manifest": "plugin"}


def wrong_files() -> Iterator[tuple[str, str, dict[str, Any]]]:
    shorts = {f.short: f.name for f in ALL}
    for path in sorted((*BAD.glob("plans/*.toml"), *BAD.glob("cases/*.toml"))):
        kind = path.name.split(".")[-2]
        name = shorts.get(KINDS.get(kind, kind))
        try:
            document = tomllib.loads(path.read_text("utf-8-sig"))
        except (ValueError, UnicodeDecodeError):
            continue  # no TOML at all
        if name is not None:
            yield path.name, name, document


WRONG: Final = list(wrong_files())


@pytest.mark.parametrize(("file", "name", "document"), WRONG, ids=[w[0] for w in WRONG])
def test_a_wrong_file_is_refused_by_its_schema_where_its_shape_is_wrong(
    file: str, name: str, document: dict[str, Any]
) -> None:
    assert bool(flaws(name, document)) is (file.split(".")[0] in SHAPE)


def test_there_are_wrong_files_of_many_kinds() -> None:
    assert {file.split(".")[0] for file, _, _ in WRONG} >= SHAPE - {"SSJ-P006"}
    assert len({name for _, name, _ in WRONG}) >= 6


# --- documents that somebody spoils

SMALL: Final[dict[str, dict[str, Any]]] = {}
for _path, _document in SHIPPED:
    if len(str(_document)) < len(str(SMALL.get(_document["format"], "x" * 10**7))):
        SMALL[_document["format"]] = _document
SMALL["ssj-evidence/1"] = tomllib.loads(evidence_text())

VALUES: Final[tuple[Any, ...]] = (
    0,
    7,
    -1,
    True,
    False,
    "",
    "x",
    "3%",
    "2021-01-31",
    1.5,
    [],
    ["x"],
    [1, 2],
    [{}],
    {},
    {"zzz": 1},
)
"""What is put in place of a value. No day and no 1.0: a schema takes a day for text, and 1.0 for a whole number."""


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


@given(st.data())
@settings(max_examples=300)
def test_schema_and_core_refuse_the_same(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SMALL)))
    document = deepcopy(SMALL[name])
    path = data.draw(st.sampled_from(list(places(document))))
    inside: Any = document
    for key in path[:-1]:
        inside = inside[key]
    how = data.draw(st.sampled_from(["drop", "add", "put"]))
    if how == "drop":
        del inside[path[-1]]
    elif how == "put":
        inside[path[-1]] = data.draw(st.sampled_from(VALUES))
    elif isinstance(inside, dict):
        inside["zzz"] = 1
    assert bool(flaws(name, document)) is refused(name, document)


@given(st.from_regex(PATTERN, fullmatch=True) | st.text(max_size=6) | st.sampled_from(["100.000000%", "100.1%", "1/0"]))
def test_a_ratio_is_written_as_its_pattern_says(text: str) -> None:
    """But for fractions above one, which no pattern can tell."""
    try:
        parse_ratio(text)
        good = True
    except ValueError:
        good = False
    above = re.fullmatch(r"([0-9]+)/([0-9]+)", text)
    if above and int(above[1]) > int(above[2]) > 0:
        assert not good
    else:
        assert bool(re.search(PATTERN, text.rstrip("\n") if good else text)) is good or text.endswith("\n")


# --- the command


def test_the_schemas_are_printed_and_written(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    printed = bureau.play("plugins", "schema", "ratio").stdout
    assert json.loads(printed) == schema_of(BY_NAME["ssj-ratio/1"].cls, "抽查比例", "zh")
    bureau.play("plugins", "schema", out=["ssj-plan/1 +plan", "ssj-evidence/1"])
    bureau.play("plugins", "schema", "-o", str(tmp_path / "schema"), out=["#:schema schema/ssj-plan-1.schema.json"])
    assert sorted(p.name for p in (tmp_path / "schema").iterdir()) == sorted(f.file for f in ALL)
    assert json.loads((tmp_path / "schema" / "ssj-ratio-1.schema.json").read_text("utf-8")) == json.loads(printed)
    bureau.play("plugins", "schema", "-o", str(tmp_path / "schema"), code=3, err=["SSJ-O001"])


def test_a_format_nobody_knows(tmp_path: Path) -> None:
    Bureau(tmp_path).play("plugins", "schema", "rations", code=3, err=["SSJ-A010", "是不是 ratio"])


def test_a_record_that_was_just_made_keeps_its_schemas(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "b").furnish()
    bureau.run("--batch", "key-1")
    (folder,) = (bureau.folder / "draws").iterdir()
    for file in ("record.toml", "rules.toml", "plan.toml"):
        document = tomllib.loads((folder / file).read_text("utf-8"))
        assert flaws(document["format"], document) == [], file
        assert {a.name for a in fields(BY_NAME[document["format"]].cls)} >= set(document)
    bureau.check()
