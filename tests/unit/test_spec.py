"""The specification: it is whole, every MUST is tested, and the code cites sections that exist."""

import ast
import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ssj_core.model import Officer, Subject
from ssj_core.pool import Applied, make_pool
from ssj_core.rules.model import Context
from ssj_core.rules.sectors import SectorNames
from ssj_core.tables import (
    SUBJECT,
    ExcludedRow,
    RecusalRow,
)

CORE = Path(__file__).resolve().parents[2] / "core" / "ssj_core"
TESTS = Path(__file__).parents[1]
SPEC = (CORE.parent / "SPEC.md").read_text("utf-8")
BODY, _, CONFORMANCE = SPEC.partition("## 16. ")
MUST = re.compile(r"MUST-\d+\.\d+")
SECTIONS = re.findall(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", SPEC, re.MULTILINE)
CITED = re.compile(r"SPEC §(\d+(?:\.\d+)?)(?:(?:,| to| and) §(\d+(?:\.\d+)?))?")
TABLE = re.findall(r"^\| (MUST-\d+\.\d+) \| (.+) \|$", CONFORMANCE, re.MULTILINE)


# The document


def test_sections_are_numbered_through() -> None:
    assert [s for s in SECTIONS if "." not in s] == [str(n) for n in range(1, 17)]
    for top in range(1, 17):
        under = [s for s in SECTIONS if s.startswith(f"{top}.")]
        assert under == [f"{top}.{n}" for n in range(1, len(under) + 1)]


def test_every_must_is_in_the_table_once() -> None:
    stated = re.findall(r"\*\*(MUST-\d+\.\d+)\*\*", BODY)
    assert len(stated) > 50
    assert stated == sorted(set(stated), key=lambda m: [int(n) for n in m[5:].split(".")])
    assert [name for name, _ in TABLE] == stated
    assert [m for m in MUST.findall(BODY) if m not in stated] == []


def test_musts_stand_in_their_section() -> None:
    section = ""
    for line in BODY.splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            section = heading[1]
        assert all(m.startswith(f"MUST-{section}.") for m in MUST.findall(line)), line


def names_in(path: str) -> set[str]:
    text = (TESTS / path).read_text("utf-8")
    if path.endswith(".json"):
        content = json.loads(text)
        return {content["name"]} if "cases" not in content else {case["name"] for case in content["cases"]}
    return {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("must", "proofs"), TABLE)
def test_every_must_names_what_fails_without_it(must: str, proofs: str) -> None:
    named = re.findall(r"`([a-z0-9_/-]+\.(?:json|py))(?:#|::)([a-z0-9_.-]+)`", proofs)
    assert named, must
    assert len(named) == proofs.count(",") + 1
    assert [f"{path}: {name}" for path, name in named if name not in names_in(path)] == []
    for path, name in named:  # one file for each kind of bad record, which says itself what it breaks
        if path.startswith("vectors/bad/"):
            assert (path, must in json.loads((TESTS / path).read_text("utf-8"))["musts"]) == (
                f"vectors/bad/{name}.json",
                True,
            )


def test_the_code_cites_sections_that_exist() -> None:
    cited = set()
    for path in CORE.rglob("*.py"):
        for first, last in CITED.findall(path.read_text("utf-8")):
            cited |= {(path.name, section) for section in (first, last) if section}
    assert len(cited) > 20
    assert sorted((name, section) for name, section in cited if section not in SECTIONS) == []


def test_the_worked_example_is_that_of_the_vectors() -> None:
    example = BODY[BODY.index("## 14. ") : BODY.index("## 15. ")]
    case = json.loads((TESTS / "vectors" / "draw.json").read_text("utf-8"))["cases"][0]
    values = [case[n] for n in ("subjects_root", "officers_root", "plan_digest", "rules_digest", "commitment", "seed")]
    for value in [*values, case["key"], *case["tickets"].values(), *case["entropy"]]:
        assert value in example
    for subject, stratum in case["subjects"]:
        assert f"{subject}→{stratum}" in example
    for officer in case["officers"]:
        assert "→".join(map(str, officer)) in example
    for text in (case["plan"], case["rules"]):
        assert text.replace("\n", "\\n") in example
    for chosen in case["selections"]:
        for outcome in ("drawn", "reserve"):
            for subject in chosen[outcome]:
                row = next(line for line in example.splitlines() if case["tickets"][subject] in line and "|" in line)
                assert f"| {subject} | {outcome}" in row
                assert ("the cut" in row) is (case["tickets"][subject] == chosen["cut"])


@pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs sh and sha256sum")
def test_the_commands_of_the_worked_example_give_what_they_say() -> None:
    commands = re.search(r"```sh\n(.*?)```", SPEC, re.DOTALL)
    assert commands is not None
    done = subprocess.run(["sh"], input=commands[1].encode(), capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().split() == re.findall(r"^# → (\S+)$", commands[1], re.MULTILINE)


# §3: who takes part


def test_everybody_is_in_the_pool_or_excluded() -> None:
    context = Context(year=2026, start=date(2026, 3, 1), end=date(2026, 3, 31))

    def closed(subject: Subject, _: Context) -> str | None:
        return "已注销" if subject.status == "注销" else None

    def never(*_: object) -> str | None:
        return "不应问到" if _ and getattr(_[0], "status", "") == "注销" else None

    def kin(officer: Officer, subject: Subject, _: Context) -> str | None:
        return "亲属" if officer.id == "officer:1" and subject.id == "test:c" else None

    subjects = [
        Subject(id="test:c", name="丙", sectors=("建筑",)),
        Subject(id="test:b", name="乙", sectors=("餐饮",)),
        Subject(id="test:a", name="甲", sectors=("建筑",), status="注销"),
    ]
    officers = [Officer(id=f"officer:{n}", name="", fields=("建筑", "餐饮")) for n in (2, 1)]
    pool = make_pool(
        subjects,
        officers,
        SectorNames({"建筑": "x.build", "餐饮": "x.food"}),
        ("x.build",),
        [Applied(id=f"r.{f.__name__}", applies_to="subject", check=f, context=context) for f in (closed, never)],
        [Applied(id="r.kin", applies_to="officer", check=kin, context=context)],
    )
    assert [(s.id, s.sectors) for s in pool.subjects] == [("test:c", ("x.build",))]
    assert [(o.id, o.fields) for o in pool.officers] == [("officer:1", ("x.build",)), ("officer:2", ("x.build",))]
    assert pool.excluded == (
        ExcludedRow(unit=SUBJECT, id="test:a", name="甲", rule="r.closed", reason="已注销"),
        ExcludedRow(unit=SUBJECT, id="test:b", name="乙", rule="core.other_sector", reason="不属于本批次的监管类别"),
    )
    assert pool.recusals == (RecusalRow(subject="test:c", officer="officer:1", rule="r.kin", reason="亲属"),)
