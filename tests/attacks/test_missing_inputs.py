"""A missing input is "could not tell" (3) and never "no" (1); nobody is called a cheat for a lost file."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from ssj_core.verifiers import verifier_bytes
from tests.cli.bureau import Bureau, evidence_text
from tests.verifiers.independent import run

DRAW: Final = "t-2021-key-1-1"
FILES: Final = (
    "record.toml", "plan.toml", "rules.toml", "subjects.csv", "officers.csv", "excluded.csv", "recusals.csv",
    "drawn.csv", "teams.csv",
)  # fmt: skip
FRAUD: Final = re.compile("作弊|舞弊|造假|篡改|manipulat|fraud|cheat|forge|tamper", re.IGNORECASE)
DENIED: Final = re.compile(
    "不等于作弊|不是作弊|(?:no sign of|not mean|not a sign of) (?:fraud|manipulation)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """Two draws, one with witnesses, and a proof."""
    bureau = Bureau(tmp_path_factory.mktemp("missing") / "bureau").furnish(entropy=("text",))
    for batch in ("key-1", "batch-1"):
        bureau.play("commit", bureau.plan, "--batch", batch)
        bureau.write(evidence=evidence_text(batch))
        evidence = str(bureau.folder / "evidence.toml")
        bureau.run("--batch", batch, "--evidence", evidence, commit_first=False)
    return bureau


@pytest.fixture
def mine(year: Bureau, tmp_path: Path) -> Bureau:
    return Bureau(shutil.copytree(year.folder, tmp_path / "copy"), verdict="unknown")


def unaccused(text: str) -> bool:
    """Whether nobody is accused: words of fraud stand in their denial only."""
    return not FRAUD.search(DENIED.sub("", text))


def test_the_words_are_looked_for_rightly() -> None:
    assert unaccused("无法判断：缺少材料（这不等于作弊）")
    assert not unaccused("记录被篡改")
    assert not unaccused("这不等于作弊；但是作弊")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_draw_is_gone(mine: Bureau, name: str) -> None:
    folder = mine.folder / "draws" / DRAW
    (folder / name).unlink()
    for path in (str(folder), str(mine.folder)):
        for lang in ("zh", "en"):
            result = mine.play("--lang", lang, "verify", path, code=3, silent=["×"])
            assert unaccused(result.output), result.output
            assert name in result.output
    done = run(folder)
    assert done.returncode == 3
    assert "×" not in done.stdout
    assert unaccused(done.stdout), done.stdout


def unlinked(*paths: Path) -> None:
    for path in paths:
        path.unlink()


GONE: Final[dict[str, Callable[[Path], object]]] = {
    "the-ledger": lambda f: (f / "ledger.jsonl").unlink(),
    "a-draw": lambda f: shutil.rmtree(f / "draws" / DRAW),
    "all-draws": lambda f: shutil.rmtree(f / "draws"),
    "all-files-of-a-draw": lambda f: unlinked(*(f / "draws" / DRAW).iterdir()),
    "ledger-and-a-table": lambda f: unlinked(f / "ledger.jsonl", f / "draws" / DRAW / "teams.csv"),
}


@pytest.mark.parametrize("what", GONE)
def test_more_than_a_file_is_gone(mine: Bureau, what: str) -> None:
    GONE[what](mine.folder)
    result = mine.play("verify", str(mine.folder), code=3, silent=["×"])
    assert unaccused(result.output)
    done = run(mine.folder)
    assert done.returncode == 3
    assert unaccused(done.stdout)


@pytest.mark.parametrize("name", ["plan.toml", "subjects.csv", "officers.csv", "evidence.toml", "notices"])
def test_what_verification_does_not_need_is_not_missed(mine: Bureau, name: str) -> None:
    """Outside the folders of draws: what counts was sealed into them."""
    path = mine.folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    mine.play("verify", str(mine.folder), code=0)
    assert run(mine.folder).returncode == 0


def test_a_ledger_that_somebody_should_have_kept_is_gone(mine: Bureau, tmp_path: Path) -> None:
    result = mine.play(
        "ledger", "verify", str(mine.folder), "--against", str(tmp_path / "nowhere"), code=3, silent=["×"]
    )
    assert unaccused(result.output)
    (mine.folder / "ledger.jsonl").unlink()
    assert unaccused(mine.play("ledger", "verify", str(mine.folder), code=3).output)


def test_a_proof_is_gone_or_lacks_what_to_compare_it_with(mine: Bureau, tmp_path: Path) -> None:
    result = mine.play("verify", "--proof", str(tmp_path / "nowhere.json"), code=3, silent=["×"])
    assert unaccused(result.output)


def test_missing_beside_changed_is_still_no(mine: Bureau) -> None:
    """Nor does a lost file excuse a changed one."""
    folder = mine.folder / "draws" / DRAW
    (folder / "teams.csv").unlink()
    (folder / "subjects.csv").write_bytes(
        (folder / "subjects.csv").read_bytes().replace("示例8号".encode(), "示例9号".encode())
    )
    mine.play("verify", str(folder), code=1, out=["×", "subjects.csv"])


def test_a_forged_verifier_in_the_folder_is_told_from_the_true_one(mine: Bureau) -> None:
    """It says that all holds, whatever it is given. The program and the record know the true one."""
    path = mine.folder / "draws" / DRAW / "verify_ssj.py"
    assert path.read_bytes() == verifier_bytes()
    path.write_text("print('成立 holds')\n", encoding="utf-8")
    mine.play("verify", str(path.parent), code=1, out=["× 2", "verify_ssj.py"])
    assert run(path.parent).returncode == 1
    path.unlink()
    mine.play("verify", str(path.parent), code=0)
