"""A small bureau in a temporary folder, and the scenarios that are played in it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from attrs import define, field
from click.testing import CliRunner, Result

from ssj_cli.main import group
from ssj_core import ledger as ledgers
from ssj_core.entropy.grammar import BEIJING
from ssj_core.signing import FOLDER as SIGNATURES
from ssj_core.verify import Report, Status, verify_folder
from ssj_core.verify.report import worst
from ssj_core.workspace import read_folder

LOCK: Final = ".ssj-lock"
SECTIONS: Final = ("建筑业管理股", "勘察设计股", "房地产市场股", "行政审批股")
SECTORS: Final = ("建筑市场监督", "建设工程安全", "工程建设标准", "房地产市场监督", "建设领域许可监督")
SUBJECT_HEADERS: Final = (
    "编号", "名称", "类型", "监管类别", "监管股室", "辖区", "信用风险等级", "重点企业", "登记状态", "回避人员",
)  # fmt: skip
OFFICER_HEADERS: Final = ("姓名", "股室", "执法证号", "有效期止", "执法领域", "是否可参加", "请假期间", "回避对象")
BATCHES: Final = (
    ("key-1", "2021-01-18", "2021-04-09"),
    ("batch-1", "2021-01-18", "2021-04-09"),
    ("batch-2", "2021-04-12", "2021-06-11"),
    ("batch-3", "2021-06-15", "2021-08-13"),
)
DIGITS: Final = "31415926535897932384"


def subject_row(number: int) -> list[str]:
    """A subject of two sectors; every eighth is a key enterprise, every eleventh is closed."""
    return [
        f"SG2021-{number:04}",
        f"示例{number}号工程",
        "工程项目",
        "；".join((SECTORS[number % 5], SECTORS[(number + 1) % 5])),
        SECTIONS[number % 4],
        "阜平镇",
        "ABCD"[number % 4],
        "是" if number % 8 == 0 else "否",
        "注销" if number % 11 == 5 else "存续",
        "SL101" if number == 0 else "",
    ]


def officer_row(number: int) -> list[str]:
    """An officer for every sector; three to a section."""
    return [
        f"示例甲{'一二三四五六七八九十'[number % 10]}{number}", SECTIONS[number % 4], f"SL{101 + number}", "长期",
        "、".join(SECTORS), "是", "", "",
    ]  # fmt: skip


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A roster as an office saves it: CSV, UTF-8 with BOM, CRLF."""
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue().encode("utf-8-sig")


def plan_text(entropy: Sequence[str] = ("os",), batches: Sequence[tuple[str, str, str]] = BATCHES) -> str:
    """A plan with its batches named as in the ruleset."""
    head = """\
format = "ssj-plan/1"
id = "t-2021"
title = "试用计划"
bureau = "阜平县住房和城乡建设局"
year = 2021
ruleset = "fuping_zjj_2021"

[rosters.subjects]
file = "subjects.csv"

[rosters.officers]
file = "officers.csv"
"""
    sources = "".join(f'\n[[entropy]]\nsource = "{e}"\n' for e in entropy)
    days = "".join(
        f'\n[[batch]]\nid = "{name}"\npolicy = "{name}"\nstart = {start}\nend = {end}\n' for name, start, end in batches
    )
    return head + sources + days


def soon() -> str:
    """In five minutes: after the sealing, wherever in a test that comes, and near enough for a clock that is slow."""
    return (datetime.now(BEIJING) + timedelta(minutes=5)).replace(second=0, microsecond=0).isoformat()


def evidence_text(
    batch: str = "key-1", raw: str = DIGITS, who: Sequence[str] = ("王某", "李某"), when: str = ""
) -> str:
    """A file of evidence with place and time."""
    people = ", ".join(f'"{w}"' for w in who)
    return f"""\
format = "ssj-evidence/1"

[[evidence]]
batch = "{batch}"
source = "text"
raw = "{raw}"
who = [{people}]
where = "局会议室"
when = {when or soon()}
"""


@define
class Bureau:
    """A working folder. `verdict` is what verifying everything in it must come to when the scenario is over."""

    folder: Path
    verdict: Status = "holds"
    played: list[Result] = field(factory=list)

    @property
    def plan(self) -> str:
        """Path of the plan, for a command line."""
        return str(self.folder / "plan.toml")

    def write(self, **files: str | bytes) -> None:
        """Write `plan`, `evidence` (TOML) or `subjects`, `officers` (CSV)."""
        for name, data in files.items():
            path = self.folder / (name + (".toml" if isinstance(data, str) else ".csv"))
            path.write_bytes(data.encode() if isinstance(data, str) else data)

    def furnish(self, *, entropy: Sequence[str] = ("os",), subjects: int = 40, officers: int = 12) -> "Bureau":
        """Put plan and rosters into the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write(
            plan=plan_text(entropy),
            subjects=table(SUBJECT_HEADERS, map(subject_row, range(subjects))),
            officers=table(OFFICER_HEADERS, map(officer_row, range(officers))),
        )
        return self

    def play(
        self,
        *args: str,
        code: int = 0,
        out: Sequence[str] = (),
        err: Sequence[str] = (),
        silent: Sequence[str] = (),
        there: Sequence[str] = (),
        absent: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        typed: str | None = None,
    ) -> Result:
        """Run a command in this process: exit code, patterns in its output, files that must and must not be there.

        `typed` is what somebody types when asked.
        """
        result = CliRunner().invoke(group, args, input=typed, env={"SSJ_LANG": None, **(env or {})})
        self.played.append(result)
        said = f"{args}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        assert result.exit_code == code, said
        assert "Traceback" not in said
        for pattern in out:
            assert re.search(pattern, result.stdout), f"no {pattern!r} in stdout of {said}"
        for pattern in err:
            assert re.search(pattern, result.stderr), f"no {pattern!r} in stderr of {said}"
        for pattern in silent:
            assert not re.search(pattern, result.output), f"{pattern!r} in {said}"
        for name in there:
            assert (self.folder / name).exists(), name
        for name in absent:
            assert not (self.folder / name).exists(), name
        return result

    def run(self, *args: str, commit_first: bool = True, **expected: object) -> Result:
        """`ssj-core run PLAN …`; a batch with a file of evidence is sealed first, as it must be."""
        if "--evidence" in args and commit_first:
            named = [args[n + 1] for n, arg in enumerate(args) if arg == "--batch"]
            for batch in named or ["key-1"]:
                CliRunner().invoke(group, ["commit", self.plan, "--batch", batch])
        return self.play("run", self.plan, *args, **expected)  # type: ignore[arg-type]

    def signatures(self) -> dict[str, bytes]:
        """The files of signatures."""
        folder = self.folder / SIGNATURES
        return read_folder(folder) if folder.is_dir() else {}

    def reports(self) -> tuple[Report, ...]:
        """Verify all that was written, without the command line."""
        ledger = self.folder / ledgers.FILE
        folders = sorted((self.folder / "draws").glob("[!.]*"))
        if not folders and not ledger.exists():
            return ()
        return verify_folder(
            {p.name: read_folder(p) for p in folders},
            ledger.read_bytes() if ledger.exists() else None,
            self.signatures(),
        )

    def check(self) -> None:
        """The end of every scenario: all that was written verifies, or fails to as the scenario says."""
        reports = self.reports()
        if not reports:
            assert self.verdict == "holds"
            return
        verdict = worst(r.arithmetic for r in reports)
        assert verdict == self.verdict, [s.title.en for r in reports for s in r.steps if s.status != "holds"]
        assert not list(self.folder.rglob(".ssj-aside-*"))

    def events(self) -> list[tuple[str, str]]:
        """Kind and draw of every event of the ledger."""
        path = self.folder / ledgers.FILE
        if not path.exists():
            return []
        return [(str(e.event), e.draw) for e in ledgers.read(path.read_bytes()).events]

    def commitment(self, draw: str) -> object:
        """The commitment of a draw in the ledger."""
        event = ledgers.read((self.folder / ledgers.FILE).read_bytes()).find("commit", draw)
        return event and event.data["commitment"]

    def snapshot(self) -> dict[str, bytes]:
        """Every file but the lock, by path."""
        return snapshot(self.folder)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the lock, by path; empty folders count too."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b"/"
        for p in sorted(folder.rglob("*"))
        if p.name != LOCK
    }
