"""A bureau whose plan asks for a time stamp, and the authority that answers it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ssj_core.stamping.token import request_nonce
from tests.authority import Authority, authority
from tests.cli.bureau import Bureau, evidence_text, plan_text

DRAW: Final = "t-2021-key-1-1"
STAMP: Final = '\n[stamp]\ncertificates = ["root.pem"]\n'
NOW: Final = datetime(2023, 8, 23, 15, 30, tzinfo=UTC)
TSA: Final = authority()
KL8: Final = "03 07 09 15 18 22 27 30 34 38 41 45 49 52 56 60 63 68 74 79"


def stamped_plan(*entropy: str, assurance: str = "", stamp: str = STAMP) -> str:
    """A plan with these sources, the level it asks for, and what it says of stamps."""
    return (f'assurance = "{assurance}"\n' if assurance else "") + plan_text(entropy) + stamp


def prepared(bureau: Bureau, plan: str, root: bytes = TSA.root.pem) -> str:
    """Plan and root in the folder, the batch sealed; the commitment."""
    (bureau.folder / "root.pem").write_bytes(root)
    bureau.write(plan=plan)
    bureau.play("commit", bureau.plan, "--batch", "key-1")
    return str(bureau.commitment(DRAW))


def answered(bureau: Bureau, tsa: Authority = TSA, time: str = "20230823154000Z") -> Path:
    """The answer of the test authority to the request that was written."""
    request = (bureau.folder / "stamps" / f"{DRAW}.tsq").read_bytes()
    path = bureau.folder.parent / "answer.tsr"
    path.write_bytes(tsa.answer(str(bureau.commitment(DRAW)), time=time, nonce=request_nonce(request)))
    return path


def stamp(bureau: Bureau, *args: str, **expected: object) -> str:
    command = [args[0], str(bureau.folder), DRAW, *args[1:]]
    return bureau.play("stamp", *command, **expected).output  # type: ignore[arg-type]


def lottery(name: str, issue: str, day: str, thrown: str) -> str:
    """Dice and then a lottery, as evidence for a draw or a replacement."""
    dice = evidence_text(name, raw="3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4", when=f"{thrown}T09:30:00+08:00")
    return (
        dice.replace('"text"', '"dice10"')
        + f"""
[[evidence]]
batch = "{name}"
source = "kl8"
raw = "{issue}: {KL8}"
where = "局会议室"
when = {day}T21:30:00+08:00
details = {{ source1 = "a.example", source2 = "b.example" }}
"""
    )
