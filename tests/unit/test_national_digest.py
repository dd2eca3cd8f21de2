"""SM3: with OpenSSL, without it, and as it stands beside the commitment."""

import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.canonical import digest
from ssj_core.ledger import Ledger
from ssj_core.sm3 import plain_sm3, sm3
from ssj_core.verify import verify_draw, verify_folder
from ssj_core.workspace import evidence_data
from tests.replay.test_sm3 import PUBLISHED, needs_openssl
from tests.replay.test_sm3 import sm3 as written_for_the_tests
from tests.sealed_folder import EVIDENCE, FOLDER, RECORD, SEALED, closed, failing
from tests.verifiers.independent import SSJ

NAME = "p-b-1"
RIGHT = SEALED.commitment.sm3
WRONG = ("0" if RIGHT[0] != "0" else "1") + RIGHT[1:]


@pytest.mark.parametrize(("data", "published"), PUBLISHED)
def test_the_published_digests(data: bytes, published: str) -> None:
    assert sm3(data) == plain_sm3(data) == published


@needs_openssl
@given(st.binary(max_size=300))
def test_our_own_is_that_of_openssl(data: bytes) -> None:
    assert plain_sm3(data) == hashlib.new("sm3", data).hexdigest() == sm3(data)


@given(st.binary(max_size=200))
def test_our_own_is_that_written_for_the_tests(data: bytes) -> None:
    assert plain_sm3(data) == written_for_the_tests(data)


def refused(name: str, *_: Any) -> Any:
    raise ValueError(f"unsupported hash type {name}")


@pytest.mark.parametrize("listed", [False, True], ids=["not-listed", "listed-and-switched-off"])
@pytest.mark.parametrize(("data", "published"), PUBLISHED)
def test_where_openssl_has_none(data: bytes, published: str, listed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", {"sm3"} if listed else set())
    monkeypatch.setattr(hashlib, "new", refused)
    assert sm3(data) == published


def with_sm3(value: str) -> dict[str, bytes]:
    """The folder of a draw whose record has another SM3 digest, closed anew."""
    changed = RECORD.replace(f'sm3 = "{RIGHT}"', f'sm3 = "{value}"')
    assert changed != RECORD
    return {**FOLDER, "record.toml": closed(changed)}


def ledger_of(files: dict[str, bytes], sm3_said: str) -> bytes:
    """A ledger that has the draw, with this SM3 digest in its commit event."""
    commitment = SEALED.commitment.value
    ledger, lines = Ledger(), b""
    for kind, data in (
        ("commit", {"commitment": commitment, "sm3": sm3_said, "policy": "r/b", "year": 2026}),
        ("entropy", {"commitment": commitment, "evidence": evidence_data([EVIDENCE])}),
        ("draw", {"record": digest(files["record.toml"]), "seed": seed_of(files), "year": 2026}),
    ):
        event = ledger.next(kind, NAME, "", data)  # type: ignore[arg-type]
        ledger = Ledger(events=(*ledger.events, event), head=digest(event.encode()))
        lines += event.encode() + b"\n"
    return lines


def seed_of(files: dict[str, bytes]) -> str:
    found = re.search('seed = "([0-9a-f]{64})"', files["record.toml"].decode())
    assert found is not None
    return found[1]


def steps(files: dict[str, bytes], ledger: bytes) -> dict[str, str]:
    return {s.title.en: s.status for r in verify_folder({NAME: files}, ledger) for s in r.steps}


def test_the_record_holds_the_sm3_of_the_very_bytes() -> None:
    assert written_for_the_tests(SEALED.commitment.message) == RIGHT
    assert digest(SEALED.commitment.message) == SEALED.commitment.value
    assert f'sm3 = "{RIGHT}"' in RECORD


@pytest.mark.parametrize("value", [WRONG, "", RIGHT.upper()])
def test_another_digest_in_the_record_fails(value: str) -> None:
    assert failing(verify_draw(with_sm3(value), NAME)) == [4]
    assert [t for verdict, t, _ in SSJ.verify_draw(with_sm3(value), NAME) if verdict == "fails"] == [
        "4 承诺 commitment"
    ]


def test_a_record_without_it_fails() -> None:
    without = closed(RECORD.replace(f'sm3 = "{RIGHT}"\n', ""))
    assert verify_draw({**FOLDER, "record.toml": without}, NAME).arithmetic == "fails"
    assert SSJ.worst(SSJ.verify_draw({**FOLDER, "record.toml": without}, NAME)) == "fails"


def test_another_digest_in_the_ledger_fails() -> None:
    title = "the ledger has this draw and agrees with the record"
    for said, status in ((RIGHT, "holds"), (WRONG, "fails")):
        lines = ledger_of(FOLDER, said)
        assert steps(FOLDER, lines)[title] == status
        report = SSJ.verify_draw(FOLDER, NAME, SSJ.read_ledger(lines)[0], {NAME: FOLDER})
        assert {t: v for v, t, _ in report}["11 台账 the ledger has this draw and agrees"] == status


def test_the_independent_verifier_without_sm3_comes_to_the_same_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    monkeypatch.setattr(SSJ.hashlib, "new", refused)
    assert SSJ.worst(SSJ.verify_draw(FOLDER, NAME)) == "holds"
    assert SSJ.worst(SSJ.verify_draw(with_sm3(WRONG), NAME)) == "holds", "it cannot look"
    assert SSJ.worst(SSJ.verify_draw(with_sm3("x"), NAME)) == "fails", "which is no digest at all"
    folder = tmp_path / NAME
    folder.mkdir()
    for file, data in FOLDER.items():
        (folder / file).write_bytes(data)
    monkeypatch.setattr(SSJ.sys, "argv", ["verify_ssj.py", str(folder)])
    monkeypatch.setattr(SSJ.sys.stdout, "reconfigure", lambda **_: None, raising=False)
    assert SSJ.main() == 0
    assert "no SM3 here" in capsys.readouterr().out
