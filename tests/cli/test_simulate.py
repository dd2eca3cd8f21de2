"""`ssj-core simulate`: the same for everybody, no trace in the folder, chances that the draws bear out."""

import csv
import io
import json
from collections import deque
from pathlib import Path

import pytest

from ssj_core.pipeline import draw
from ssj_core.simulation import rows, simulate
from tests.cli.bureau import Bureau
from tests.strategies import small_case

ASK = ("--batch", "batch-1", "--seeds", "30")


def test_a_simulation_leaves_no_trace_and_is_the_same_every_time(bureau: Bureau, tmp_path: Path) -> None:
    before, table = bureau.snapshot(), tmp_path / "pairs.csv"
    said = ["试抽 30 次", "每人次数", "不是抽取：没有写入台账，也不作数", "误差约", r"太少|说不出比例|比例最高"]
    first = bureau.play("simulate", bureau.plan, *ASK, "--csv", str(table), out=said)
    written = table.read_bytes()
    again = bureau.play("simulate", bureau.plan, *ASK, "--csv", str(table))
    assert (first.stdout, written) == (again.stdout, table.read_bytes())
    assert bureau.snapshot() == before
    found = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert found
    assert all(int(r["派去次数"]) <= int(r["抽中次数"]) <= 30 for r in found)
    bureau.play("--lang", "en", "simulate", bureau.plan, *ASK, out=["dummy seeds, no draw", "visits per officer"])


def test_what_is_sealed_is_simulated_as_it_was_sealed(bureau: Bureau) -> None:
    bureau.play("commit", bureau.plan, "--batch", "batch-1")
    before = bureau.snapshot()
    one = bureau.play("simulate", bureau.plan, *ASK).stdout
    bureau.write(officers=b"nonsense")
    assert bureau.play("simulate", bureau.plan, *ASK).stdout == one
    assert {k: v for k, v in bureau.snapshot().items() if k != "officers.csv"} == {
        k: v for k, v in before.items() if k != "officers.csv"
    }
    bureau.furnish().run("--batch", "batch-1")


def test_for_programs(bureau: Bureau) -> None:
    answer = json.loads(bureau.play("simulate", bureau.plan, *ASK, "--json").stdout)
    assert answer["result"]["seeds"] == 30
    assert {"subject", "officer", "drawn", "sent", "led"} <= set(answer["result"]["pairs"][0])


def test_what_cannot_be(bureau: Bureau) -> None:
    bureau.play("simulate", bureau.plan, "--batch", "batch-9", code=3, err=["SSJ-P026"])
    bureau.play("simulate", bureau.plan, "--batch", "batch-1", "--seeds", "0", code=2)
    bureau.play("simulate", bureau.plan, *ASK, "--csv", "/no/such/folder/x.csv", code=3, err=["SSJ-O004"])


def test_counts_are_those_of_the_draws() -> None:
    """Places add up, everybody who may come up does, and a real seed is none of the dummy ones."""
    case = small_case()
    sealed = case.seal()
    (found,) = deque(simulate(sealed, 400), maxlen=1)
    visits = sum(q.quota for q in sealed.quotas)
    assert sum(found.drawn.values()) == 400 * visits
    assert sum(found.pairs.values()) == 400 * visits * 2 == 2 * sum(found.leads.values())
    assert sum(found.mean_load(o.id) for o in sealed.officers) == visits * 2
    assert {s for s, _ in found.pairs} == {s.id for s in sealed.subjects}
    recused = {(r.subject, r.officer) for r in sealed.recusals}
    able = {(s.id, o.id) for s in sealed.subjects for o in sealed.officers} - recused
    assert set(found.pairs) == able
    for subject in found.drawn:
        assert sum(found.chance(subject, o.id) for o in sealed.officers) == 2
    assert rows(sealed, found)[0]["sent"]
    assert draw(sealed, case.evidence).seed


@pytest.mark.parametrize("seeds", [1, 7])
def test_more_seeds_go_on_where_fewer_ended(seeds: int) -> None:
    sealed = small_case().seal()
    several = [dict(found.pairs) for found in simulate(sealed, 9)]
    assert dict(list(simulate(sealed, seeds))[-1].pairs) == several[seeds - 1]
