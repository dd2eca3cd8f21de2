"""The main job as an office does it: `new`, `run`, `verify` by the console script, in a process of its own."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.bureau import SECTIONS, Bureau, evidence_text, snapshot
from tests.word import text

SCRIPT = Path(sysconfig.get_path("scripts")) / ("ssj-core.exe" if os.name == "nt" else "ssj-core")
DRAW = "t-2021-key-1-1"


def ssj(
    *args: str, cwd: Path, env: dict[str, str] | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run the console script with its output caught in a pipe."""
    assert SCRIPT.exists(), "the project is not installed in this environment"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("SSJ_", "PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [SCRIPT, *args], cwd=cwd, env={**clean, "PYTHONIOENCODING": encoding, **(env or {})}, capture_output=True,
        stdin=subprocess.DEVNULL, encoding=encoding, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year of the sample, in a folder whose name is Chinese and has spaces, by a relative path."""
    here = tmp_path_factory.mktemp("试 用")
    made = ssj("new", "双随机 2021", cwd=here)
    assert made.returncode == 0, made.stderr
    assert "ssj-core run" in made.stdout
    done = ssj("run", "双随机 2021/plan.toml", cwd=here)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("承诺 ") == 11
    return here / "双随机 2021"


def test_the_whole_year_of_the_sample_is_drawn_and_verifies(year: Path) -> None:
    assert len(list((year / "draws").iterdir())) == 11
    done = ssj("verify", ".", cwd=year)
    assert done.returncode == 0, done.stdout
    assert "共核验 11 次抽取：成立" in done.stdout
    assert "已达到不低于 5% 的要求" in done.stdout
    assert not set("×〇") & set(done.stdout)


def test_run_again_draws_nothing(year: Path) -> None:
    before = snapshot(year)
    done = ssj("run", str(year / "plan.toml"), cwd=year.parent)
    assert done.returncode == 0
    assert done.stdout.count("已经抽过，不再抽取") == 11
    assert snapshot(year) == before


def test_the_forms_of_the_sample_name_whom_to_ask_for_and_nothing_else_does(year: Path, tmp_path: Path) -> None:
    done = ssj("forms", "print", ".", "fuping-zjj-2021-key-1-1", "-o", str(tmp_path / "forms.docx"), cwd=year)
    assert (done.returncode, done.stderr) == (0, "")
    said = text((tmp_path / "forms.docx").read_bytes())
    assert said.count("示例法人") == said.count("示例联系") == said.count("0000-000") == 40
    kept = {path.name: path.read_bytes() for path in year.rglob("*") if path.is_file() and path.name != "subjects.csv"}
    hidden = [word.encode() for word in ("示例法人", "示例联系", "0000-000")]
    assert [name for name, data in kept.items() if any(word in data for word in hidden)] == []


def test_a_draw_of_the_year_verifies_from_inside_its_folder(year: Path) -> None:
    inside = sorted((year / "draws").iterdir())[0]
    done = ssj("verify", ".", cwd=inside)
    assert done.returncode == 0, done.stdout


def test_no_number_of_a_person_is_in_any_file_of_a_draw(year: Path) -> None:
    """Of persons the pool holds masked names and the number of their certificate, and nothing else."""
    text = "".join(p.read_text(encoding="utf-8") for p in (year / "draws").rglob("subjects.csv"))
    persons = [line.split(",") for line in text.splitlines() if ",人员," in line]
    assert persons
    assert all("*" in row[1] for row in persons)


def test_a_gbk_pipe_survives_even_a_sign_that_gbk_does_not_have(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "县局𠮷 目录").furnish()
    done = ssj("run", bureau.plan, "--batch", "key-1", cwd=tmp_path, encoding="gbk")
    assert done.returncode == 0, done.stderr
    assert "已写入" in done.stdout
    assert r"\U00020bb7" in done.stdout
    done = ssj("verify", str(bureau.folder), cwd=tmp_path, encoding="gbk")
    assert done.returncode == 0, done.stderr
    assert "√ 10 匹配依据" in done.stdout
    done = ssj("verify", str(tmp_path), cwd=tmp_path, encoding="gbk")
    assert done.returncode == 3
    assert "SSJ-L013 错误" in done.stderr
    bureau.check()


def test_an_ascii_pipe_survives(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "bureau").furnish()
    done = ssj("run", bureau.plan, "--batch", "nix", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 3
    assert "SSJ-P026" in done.stderr
    bureau.check()


ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "LC_ALL": "POSIX", "PYTHONUTF8": "0"},
)


def test_hash_seed_time_zone_and_locale_change_nothing(tmp_path: Path) -> None:
    """The same rosters, plan and text give the same seed and tables, byte for byte, in any process."""
    results = []
    told = evidence_text()  # once: it names the minute
    for n, env in enumerate(ENVIRONMENTS):
        bureau = Bureau(tmp_path / str(n)).furnish(entropy=("text",))
        bureau.write(evidence=told)
        evidence = str(bureau.folder / "evidence.toml")
        for command in (["commit"], ["run", "--evidence", evidence]):
            done = ssj(*command, bureau.plan, "--batch", "key-1", cwd=tmp_path, env=env)
            assert done.returncode == 0, done.stderr
        bureau.check()
        files = snapshot(bureau.folder / "draws" / DRAW)
        record = files.pop("record.toml").split(b"\n")
        results.append(
            (files, [line for line in record if not line.startswith((b"sealed_at", b"drawn_at", b"sha256"))])
        )
    assert results[0] == results[1] == results[2]
    assert len(results[0][0]) == 9


HEAVY = ("openpyxl", "python_calamine", "pandas", "numpy", "duckdb", "xlsxwriter", "jinja2", "hypothesis")


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        (["run", "{plan}", "--batch", "key-1"], HEAVY),
        (["verify", "{folder}"], (*HEAVY, "ssj_real_estate", "ssj_ratio_rules")),
        (["--help"], (*HEAVY, "ssj_real_estate", "ssj_ratio_rules")),
    ],
    ids=["run", "verify", "help"],
)
def test_nothing_heavy_is_imported(tmp_path: Path, command: Sequence[str], unwanted: Sequence[str]) -> None:
    """A draw from CSV needs no spreadsheet library, and to verify needs no plugin."""
    bureau = Bureau(tmp_path / "bureau").furnish()
    if command[0] == "verify":
        bureau.run("--batch", "key-1")
    args = [part.format(plan=bureau.plan, folder=bureau.folder) for part in command]
    code = (
        "import sys\nfrom ssj_cli.main import group\n"
        f"try:\n    group({args!r}, standalone_mode=False)\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('found:', sorted(set({list(unwanted)!r}) & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "found: []"
    bureau.check()


def test_the_sample_uses_the_sections_of_the_ruleset(year: Path) -> None:
    """Teams of the joint batches are led from the section that leads, the others come from elsewhere."""
    rows = (year / "draws" / "fuping-zjj-2021-batch-3-1" / "teams.csv").read_text(encoding="utf-8").splitlines()[1:]
    leads = [row for row in rows if ",主办," in row]
    assert leads
    assert all(row.endswith("勘察设计股") == (",主办," in row) for row in rows)
    assert "勘察设计股" in SECTIONS
