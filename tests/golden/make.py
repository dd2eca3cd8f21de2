"""Make the golden folder of a release: `python -m tests.golden.make 0.1.0`. Never again for a released version."""

import shutil
import sys
from pathlib import Path

from tests.cli.bureau import Bureau, evidence_text, plan_text

HERE = Path(__file__).parent
DRAWN = ("key-1", "batch-1", "batch-3")


def main(version: str) -> None:
    """A small bureau, two sources of entropy, three draws (all key enterprises, 3 %, joint), one of them made void."""
    folder = HERE / version
    if folder.exists():
        raise SystemExit(f"{folder} exists: golden records are never made anew")
    bureau = Bureau(folder).furnish()
    bureau.write(plan=plan_text(("text", "dice6")))
    for batch in DRAWN:
        bureau.play("commit", bureau.plan, "--batch", batch)
        dice = evidence_text(batch, raw="3 1 4 1 5 2 6 5 3 5 2 6 4 1 3 6").partition("\n\n")[2]
        bureau.write(evidence=evidence_text(batch) + "\n" + dice.replace('source = "text"', 'source = "dice6"'))
        bureau.run("--batch", batch, "--evidence", str(folder / "evidence.toml"))
    bureau.play("void", str(folder), "t-2021-batch-1-1", "--reason", "样例：作废一次")
    (folder / "evidence.toml").unlink()
    (folder / ".ssj-lock").unlink()
    shutil.rmtree(folder / "notices")


if __name__ == "__main__":
    main(sys.argv[1])
