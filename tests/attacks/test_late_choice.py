"""Draw id, batch, scope and ledger head are chosen before the commitment; chosen later they fail."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from attrs import asdict, evolve

from ssj_core.commitment import NO_LEDGER
from ssj_core.sealed import PLAN_FILE, RULES_FILE
from ssj_core.seed import key, seed
from ssj_core.verify import verify_draw
from tests.attacks.forger import Files, closed, content, digested, failing, honest
from tests.attacks.office import DRAW, outcome_spares, sealing, text
from tests.attacks.paths import WITNESSED
from tests.verifiers.independent import SSJ

SAID: Final = "text:31415926535897932384"


def test_each_of_them_changes_the_commitment_so_the_published_one_no_longer_fits() -> None:
    made = {
        "as published": sealing("text").commitment.value,
        "another number": sealing("text", draw_id="p-b-2").commitment.value,
        "another batch": sealing("text", draw_id="p-c-1").commitment.value,
        "another scope": sealing("text", scope="all2").commitment.value,
        "another head": sealing("text", previous_head="1" * 64).commitment.value,
        "another plan": sealing("text", remark=" ").commitment.value,
    }
    assert len(set(made.values())) == len(made)
    assert made["as published"] == WITNESSED.commitment.value
    assert WITNESSED.commitment.previous_head == NO_LEDGER


def test_each_line_of_the_commitment_counts_by_itself() -> None:
    """Without the draw id in it the rules, which hold it as well, would still give another commitment."""
    whole = WITNESSED.commitment
    given = asdict(whole)
    changes: list[dict[str, Any]] = [{k: 99 if isinstance(v, int) else "f" * 64} for k, v in given.items()]
    values = {evolve(whole, **change).value for change in changes}
    assert len(values | {whole.value}) == len(given) + 1 == 9


def test_each_of_them_changes_every_ticket() -> None:
    """So it would be a choice between draws, if it could be made late."""
    value = seed(WITNESSED.commitment.value, [SAID])
    keys = {
        key(value, *what) for what in ((DRAW, "subject", "all"), ("p-b-2", "subject", "all"), (DRAW, "subject", "x"))
    }
    assert len(keys) == 3
    spared = {outcome_spares(sealing("text", scope=f"s{n}"), text("31415926535897932384")) for n in range(20)}
    assert spared == {True, False}


def in_rules(old: str, new: str) -> Files:
    data = honest()[RULES_FILE].decode()
    assert data.count(old) == 1
    return {**honest(), RULES_FILE: data.replace(old, new).encode()}


def in_record(name: str, value: str) -> Files:
    return {**honest(), "record.toml": closed({**content(honest()), name: value})}


LATE: Final[dict[str, Callable[[], Files]]] = {
    "the-scope-in-the-rules": lambda: in_rules('scope = "all"', 'scope = "late"'),
    "the-draw-id-in-the-rules": lambda: in_rules(f'draw_id = "{DRAW}"', 'draw_id = "p-b-2"'),
    "the-batch-in-the-rules": lambda: in_rules('batch = "b"', 'batch = "c"'),
    "the-draw-id-in-the-record": lambda: in_record("draw_id", "p-b-2"),
    "the-plans-id": lambda: {**honest(), PLAN_FILE: honest()[PLAN_FILE].replace(b'id = "p"', b'id = "q"')},
}


@pytest.mark.parametrize("what", LATE)
@pytest.mark.parametrize("folder", [DRAW, "p-b-2"])
def test_chosen_after_the_seed_it_fails_whatever_was_digested_again(what: str, folder: str) -> None:
    made = LATE[what]()
    for files in (made, digested(made)):
        assert files != honest()
        assert verify_draw(files, folder).arithmetic == "fails"
        assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(files, folder)}


def test_the_head_of_another_ledger_fails() -> None:
    body: dict[str, Any] = content(honest())
    body["commitment"] = {**body["commitment"], "previous_head": "1" * 64}
    files = {**honest(), "record.toml": closed(body)}
    assert 4 in failing(verify_draw(files, DRAW))
    assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(files, DRAW)}
