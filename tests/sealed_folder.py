"""A whole folder of a draw by SPEC §9, small and with every digest right, and the same spoiled on purpose."""

from datetime import date
from fractions import Fraction

from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy.model import Evidence
from ssj_core.pipeline import draw
from ssj_core.record import make_record
from ssj_core.rules.effective import (
    EffectiveRules,
    RosterPin,
    SealedClass,
    SealedEntropy,
    SealedRatio,
    SealedTeam,
    SealedUse,
    encode_rules,
    table_digests,
)
from ssj_core.sealed import Sealed
from ssj_core.tables import (
    OFFICER,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SubjectRow,
)
from ssj_core.verify import Report

EVIDENCE = Evidence(
    source="text",
    raw="31415 92653 58979",
    canonical="31415 92653 58979",
    who=("甲", "乙"),
    where="会议室",
    when="2026-03-01T09:00:00+08:00",
)


PLAN = """\
format = "ssj-plan/1"
id = "p"
title = "计划"
bureau = "某局"
year = 2026
ruleset = "r"
rosters = { subjects = { file = "s.csv" }, officers = { file = "o.csv" } }
entropy = [{ source = "text" }]
batch = [{ id = "b", policy = "b", start = 2026-03-01, end = 2026-03-31 }]
"""


def made_sealed() -> Sealed:
    ratio = SealedClass(
        id="B", ratio=Fraction(1, 3), bound="min", rounding="up", at_least=0, small_below=0, small_take="all",
        strata=("B",),
    )  # fmt: skip
    rules = EffectiveRules(
        format="ssj-rules/1", spec="SSJ-DRAW/1", match_spec="ssj-match/1", draw_id="p-b-1", bureau="某局",
        plan="计划", document_no="", ruleset="r", batch="b", policy="b", title="一", year=2026, start=date(2026, 3, 1),
        end=date(2026, 3, 31), mode="targeted", joint=False, scope="all", sectors=(),
        entropy=(SealedEntropy(source="text"),),
        eligibility=(SealedUse(rule="r.leave"), SealedUse(rule="r.x")), recusal=(SealedUse(rule="r.kin"),),
        rosters=(
            RosterPin(role="subjects", file="s.csv", sha256="a" * 64, encoding="utf-8", sheet="", rows=7),
            RosterPin(role="officers", file="o.csv", sha256="b" * 64, encoding="utf-8", sheet="", rows=5),
        ),
        ratio=SealedRatio(
            rule="x.flat", title="", stratifier="x.class", total="each", coverage_first=False, reserve=2, basis=(),
            classes=(ratio,),
        ),
        team=SealedTeam(size=2, officers="any", lead_section="", evenness="range"),
    )  # fmt: skip
    return bound(rules)


def bound(rules: EffectiveRules, plan: str = PLAN) -> Sealed:
    """The sealed draw of these rules, its tables bound by them."""
    draft = Sealed(
        plan=plan.encode(),
        rules=rules,
        rules_data=b"",
        subjects=tuple(
            SubjectRow(
                id=f"test:{n}", name=f"第{n}厂", kind="", stratum="B", sectors=("x.build",), section="", area="",
                address="", risk_class="", key=False, parent="",
            )
            for n in range(1, 8)
        ),
        officers=tuple(
            OfficerRow(
                id=f"officer:{n}", name=f"O{n}", section="", certificate="", fields=("x.build",), cap=3, history=0
            )
            for n in range(1, 5)
        ),
        excluded=(ExcludedRow(unit=OFFICER, id="officer:9", name="O9", rule="r.leave", reason="休假"),),
        recusals=(RecusalRow(subject="test:1", officer="officer:1", rule="r.kin", reason="亲属"),),
        previous_head=NO_LEDGER,
    )  # fmt: skip
    return rebound(draft)


def rebound(sealed: Sealed) -> Sealed:
    """The same with the digests of its tables in its rules."""
    rules = evolve(sealed.rules, tables=table_digests(sealed.tables))
    return evolve(sealed, rules=rules, rules_data=encode_rules(rules))


LONG_AGO = "2020-01-01T09:00:00+08:00"


def made_folder(sealed: Sealed, *evidence: Evidence, sealed_at: str = LONG_AGO, **software: str) -> dict[str, bytes]:
    outcome = draw(sealed, evidence)
    record = make_record(sealed, evidence, outcome, sealed_at=sealed_at, drawn_at="", software=software)
    return {"record.toml": record, **sealed.files, **outcome.tables()}


SEALED = made_sealed()
FOLDER = made_folder(SEALED, EVIDENCE)
RECORD = FOLDER["record.toml"].decode()


def closed(body: str) -> bytes:
    """Close a record anew, as somebody would who wants to hide a change."""
    body = body.rpartition("\n[closing]\n")[0] or body
    return f'{body}\n[closing]\nsha256 = "{digest(body.encode())}"\n'.encode()


def with_file(name: str, data: bytes) -> dict[str, bytes]:
    """The folder with another file, and a record that knows it."""
    return {
        **FOLDER,
        name: data,
        "record.toml": closed(RECORD.replace(f'"{name}" = "{digest(FOLDER[name])}"', f'"{name}" = "{digest(data)}"')),
    }


def failing(report: Report) -> list[int]:
    return [int(step.title.en.split()[0]) for step in report.steps if step.status == "fails"]
