"""The handbook (cli/README.md) tells the truth: its commands are played in their order and say what it prints.

In a block marked `console` a line `$ …` is typed; what follows is what must be said. `……` stands for what is left out,
digits and digests may differ, for every draw is another. `# 退出码 N` is the exit code where it is not 0.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define, field
from click.testing import CliRunner

from ssj_cli.main import group
from ssj_core.verify import verify_folder
from ssj_core.verify.report import worst
from ssj_core.workspace import read_folder

HANDBOOK = Path(__file__).parents[2] / "cli" / "README.md"
LEFT_OUT = "……"


@define
class Turn:
    """What is typed, the exit code, and the lines that must be said."""

    typed: str
    code: int = 0
    said: list[str] = field(factory=list)


def turns() -> Iterator[Turn]:
    for block in re.findall(r"```console\n(.*?)```", HANDBOOK.read_text("utf-8"), re.DOTALL):
        turn: Turn | None = None
        for line in block.splitlines():
            if line.startswith("$ "):
                if turn:
                    yield turn
                turn = Turn(line[2:])
            elif found := re.fullmatch(r"# 退出码 (\d+)", line):
                assert turn
                turn.code = int(found[1])
            else:
                assert turn, line
                turn.said.append(line)
        assert turn
        yield turn


def masked(line: str) -> str:
    """A line without what is another in every draw: digests, numbers, the width they take, and who drew the cut."""
    line = line.replace("它的签号就是界线", "自己的签号小于界线")
    line = re.sub(r"[0-9a-f]{8,}(…)?|[0-9]+", "#", line)
    return " ".join(line.split())


def play(turn: Turn) -> str:
    words = shlex.split(turn.typed)
    if words[0] == "ssj-core":
        result = CliRunner().invoke(group, words[1:], env={"SSJ_LANG": None})
        assert result.exit_code == turn.code, f"{turn.typed}\n{result.output}"
        return result.output
    assert words[:2] == ["cp", "-r"] or words[0] == "cp", turn.typed
    Path(words[-1]).write_bytes(Path(words[-2]).read_bytes())
    return ""


def test_every_command_of_the_handbook_says_what_is_printed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    played = list(turns())
    assert len(played) > 15
    for turn in played:
        said = [masked(line) for line in play(turn).splitlines() if line.strip()]
        at = 0
        for line in turn.said:
            if line.strip() in ("", LEFT_OUT):
                continue
            wanted = re.compile(".*".join(re.escape(part) for part in masked(line).split(LEFT_OUT)))
            found = next((n for n in range(at, len(said)) if wanted.fullmatch(said[n])), None)
            assert found is not None, f"$ {turn.typed}\n{line!r} is not said:\n" + "\n".join(said[at:])
            at = found + 1
    for ledger in tmp_path.glob("*/ledger.jsonl"):  # whatever a reader leaves behind verifies
        draws = {p.name: read_folder(p) for p in (ledger.parent / "draws").iterdir() if p.is_dir()}
        assert worst(r.arithmetic for r in verify_folder(draws, ledger.read_bytes(), {}, ())) == "holds"


def test_every_command_for_an_office_stands_in_the_handbook() -> None:
    text = HANDBOOK.read_text("utf-8")
    for name in group.commands:
        assert f"ssj-core {name}" in text, name
