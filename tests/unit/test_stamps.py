"""Time stamps of the commitment: what holds, what is wrong with each that does not, and what cannot be told."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from hypothesis import given
from hypothesis import strategies as st
from rfc3161_client import decode_timestamp_response

from ssj_core.stamping import token as tokens
from ssj_core.stamping.certificates import (
    certificates_of,
    fingerprint,
    is_root,
    pem_of,
    sealed_only,
)
from ssj_core.stamping.der import DerError, issuer_and_subject, signer_of, sorted_certificates, values
from ssj_core.stamping.token import Stamp, check_token, make_request, request_nonce
from ssj_core.verify import Report, verify_draw
from ssj_core.verify.stamps import CERTIFICATE_FILE, STAMP_FILE
from tests.authority import DAY, ED25519, TIME, Authority, authority, digest_of, integer, sequence, value
from tests.sealed_folder import EVIDENCE, PLAN, SEALED, bound, made_folder
from tests.verifiers.independent import SSJ

NAME = "p-b-1"
MESSAGE = b"nine lines"
COMMITMENT = digest_of(MESSAGE)
TSA = authority()
LATEST = TIME + timedelta(seconds=1)


def code(stamp: Stamp) -> tuple[str, str]:
    """Severity and code of what is wrong."""
    assert stamp.time is None
    assert stamp.problem is not None
    return stamp.problem.severity, stamp.problem.code


def checked(answer: bytes, sealed: tuple[bytes, ...] = TSA.trusted, **more: Any) -> Stamp:
    return check_token(answer, COMMITMENT, sealed, **more)


def test_a_stamp_of_this_commitment_that_leads_to_a_sealed_root_holds() -> None:
    found = checked(TSA.answer(COMMITMENT))
    assert (found.time, found.authority, found.problem) == (LATEST, "CN=Test Time", None)


def test_certificates_in_any_order_and_certificates_that_were_sealed_instead() -> None:
    """The order of openssl's own answers is not that of DER, and some authorities send none."""
    signer, between, root = TSA.signer.der, TSA.between.der, TSA.root.der
    for brought in ([signer, between, root], [root, between, signer], [between, signer]):
        assert checked(TSA.answer(COMMITMENT, certificates=brought)).time == LATEST
    assert checked(TSA.answer(COMMITMENT, certificates=[signer]), (root, between)).time == LATEST
    assert checked(TSA.answer(COMMITMENT, certificates=[]), (root, between, signer)).time == LATEST
    assert code(checked(TSA.answer(COMMITMENT, certificates=[signer]))) == ("warning", "SSJ-T006")
    assert code(checked(TSA.answer(COMMITMENT, certificates=[]))) == ("warning", "SSJ-T006")


@pytest.mark.parametrize(
    ("time", "accuracy", "latest"),
    [
        ("20230823154000Z", b"", LATEST),
        ("20230823154000.25Z", b"", LATEST),
        ("20230823154000Z", sequence(integer(2)), LATEST + timedelta(seconds=2)),
        (
            "20230823154000Z",
            sequence(integer(1), value(0x80, b"\x05"), value(0x81, b"\x07")),
            LATEST + timedelta(seconds=1, milliseconds=5, microseconds=7),
        ),
    ],
)
def test_the_latest_moment_it_can_mean(time: str, accuracy: bytes, latest: datetime) -> None:
    assert checked(TSA.answer(COMMITMENT, time=time, accuracy=accuracy)).time == latest


def test_the_library_alone_refuses_another_order() -> None:
    """The trap that is gone round; if a later version of it is less strict, so may we be."""
    certificates = sorted([TSA.signer.der, TSA.between.der, TSA.root.der], reverse=True)
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(TSA.answer(COMMITMENT, certificates=certificates))


def test_another_commitment() -> None:
    assert code(checked(TSA.answer(digest_of(b"another")))) == ("error", "SSJ-T005")


@pytest.mark.parametrize("algorithm", ["sha512", "sm3", "sha1"])
def test_another_hash_algorithm(algorithm: str) -> None:
    digest = {"sm3": COMMITMENT}.get(algorithm) or digest_of(MESSAGE, algorithm)
    assert code(checked(TSA.answer(digest, algorithm=algorithm))) == ("error", "SSJ-T004")


@pytest.mark.parametrize("cut", [0, 1, 5, 100, -1, -100])
def test_broken_bytes(cut: int) -> None:
    assert code(checked(TSA.answer(COMMITMENT)[:cut])) == ("error", "SSJ-T002")


def test_what_the_authority_refused() -> None:
    assert code(checked(TSA.answer(COMMITMENT, status=2))) == ("error", "SSJ-T003")
    assert code(checked(sequence(sequence(integer(2))))) == ("error", "SSJ-T003")


def test_a_root_that_was_not_sealed() -> None:
    other = authority(keys=50)
    assert code(checked(TSA.answer(COMMITMENT), ())) == ("warning", "SSJ-T006")
    assert code(checked(TSA.answer(COMMITMENT), (TSA.between.der,))) == ("warning", "SSJ-T006"), "no chain ends there"
    mixed = other.answer(COMMITMENT, certificates=[other.signer.der, other.between.der, other.root.der])
    assert code(checked(mixed)) == ("error", "SSJ-T009"), "the names lead to the sealed root, the signatures do not"


def test_a_certificate_of_the_same_name_does_not_answer_for_another() -> None:
    """Two certificates under one name and number: the forged one could have the usage, the other the signature."""
    plain = authority(usages=(Usage.CLIENT_AUTH,))
    answer = plain.answer(COMMITMENT, certificates=[plain.signer.der, plain.between.der, TSA.signer.der])
    assert code(checked(answer)) == ("error", "SSJ-T002")
    assert code(checked(plain.answer(COMMITMENT, certificates=[TSA.signer.der, TSA.between.der]))) in (
        ("error", "SSJ-T009"), ("error", "SSJ-T007"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("usages", "critical"),
    [
        ((), True),
        ((Usage.CLIENT_AUTH,), True),
        ((Usage.TIME_STAMPING,), False),
        ((Usage.TIME_STAMPING, Usage.CLIENT_AUTH), True),
    ],
)
def test_a_certificate_for_something_else(usages: tuple[Any, ...], critical: bool) -> None:
    other = authority(usages=usages, critical=critical)
    assert code(checked(other.answer(COMMITMENT))) == ("error", "SSJ-T007")


def test_a_certificate_that_was_not_valid_then() -> None:
    for valid in ((TIME - 30 * DAY, TIME - DAY), (TIME + DAY, TIME + 30 * DAY)):
        assert code(checked(authority(valid=valid).answer(COMMITMENT))) == ("error", "SSJ-T008")


def test_a_certificate_that_has_expired_since_was_valid_then() -> None:
    other = authority(valid=(TIME - DAY, TIME + DAY))
    assert datetime.now(UTC) > TIME + DAY
    assert checked(other.answer(COMMITMENT)).time == LATEST


def test_a_time_changed_after_it_was_signed() -> None:
    answer = TSA.answer(COMMITMENT, time="20230822154000Z", signed_time="20230823154000Z")
    assert code(checked(answer)) == ("error", "SSJ-T009")


def test_an_algorithm_nobody_here_can_check() -> None:
    other = authority(signer=Ed25519PrivateKey.from_private_bytes(b"k" * 32), algorithm=ED25519)
    assert code(checked(other.answer(COMMITMENT))) == ("warning", "SSJ-T020")


def test_a_stamp_signed_with_sm2_cannot_be_told() -> None:
    """A certificate with a key on the curve of SM2, which no library here knows."""
    p256, sm2 = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a811ccf5501822d")
    foreign = TSA.signer.der.replace(p256, sm2)
    assert foreign != TSA.signer.der
    answer = TSA.answer(COMMITMENT, certificates=[foreign, TSA.between.der])
    assert code(checked(answer)) == ("warning", "SSJ-T020")


def test_the_request_is_for_the_commitment_with_a_nonce_and_its_answer_is_told_from_others() -> None:
    request = make_request(MESSAGE)
    nonce = request_nonce(request)
    assert nonce is not None
    assert nonce.bit_length() > 32
    assert make_request(MESSAGE) != request
    assert bytes.fromhex(COMMITMENT) in request
    assert request.endswith(b"\x01\x01\xff"), "it asks for the certificates"
    assert checked(TSA.answer(COMMITMENT, nonce=nonce), nonce=nonce).time == LATEST
    assert code(checked(TSA.answer(COMMITMENT, nonce=nonce + 1), nonce=nonce)) == ("error", "SSJ-T010")
    assert code(checked(TSA.answer(COMMITMENT), nonce=nonce)) == ("error", "SSJ-T010")
    assert checked(TSA.answer(COMMITMENT, nonce=5)).time == LATEST
    assert request_nonce(b"") is request_nonce(b"\xff") is None


def test_without_the_library_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert code(checked(TSA.answer(COMMITMENT))) == ("warning", "SSJ-T001")
    problem = checked(b"").problem
    assert problem is not None
    assert 'pip install "ssj-core[stamp]"' in problem.remedy("en")


def test_the_library_may_panic_and_a_user_may_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr(tokens, "_check", panics)
    assert code(checked(b"")) == ("error", "SSJ-T002")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tokens, "_check", interrupted)
    with pytest.raises(KeyboardInterrupt):
        checked(b"")


@cache
def answers() -> tuple[bytes, ...]:
    return TSA.answer(COMMITMENT), TSA.answer(COMMITMENT, certificates=[TSA.signer.der], nonce=2**63 - 25)


@given(st.data())
def test_no_changed_byte_holds(data: st.DataObject) -> None:
    """It fails or cannot be told, and nothing is raised."""
    which = data.draw(st.integers(0, 1))
    whole = answers()[which]
    place, other = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    spoilt = whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :]
    sealed = TSA.trusted if which == 0 else (TSA.root.der, TSA.between.der)
    assert code(checked(spoilt, sealed))[0] in ("error", "warning")


@pytest.mark.parametrize("other", [1, 2, 31])
def test_every_byte_counts_those_that_nothing_signs_too(other: int) -> None:
    """Versions, names of algorithms, and how a name is written (31 makes a UTF8String a PrintableString)."""
    whole = answers()[0]
    held = []
    for place in range(len(whole)):
        spoilt = whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :]
        held += [place] if checked(spoilt).time is not None else []
    assert held == []


@given(st.binary(max_size=200))
def test_no_bytes_stop_it(rubbish: bytes) -> None:
    assert code(checked(rubbish)) == ("error", "SSJ-T002")
    assert code(checked(b"\x30\x82" + len(rubbish).to_bytes(2, "big") + rubbish)) == ("error", "SSJ-T002")
    assert sorted_certificates(rubbish + b"\x30") == rubbish + b"\x30"


# DER and certificates


def test_what_is_no_der() -> None:
    for data in (
        b"\x30",
        b"\x30\x05",
        b"\x30\x80\0\0",
        b"\x1f\x81\x01\x00",
        b"\x30\x81\x01\x00",
        b"\x30\x85" + bytes(9),
    ):
        with pytest.raises(DerError):
            values(data)
    assert values(b"") == []
    for no in (b"", b"\x30\0", b"\x30\x03\x02\x01\x00", TSA.answer(COMMITMENT)):
        with pytest.raises(DerError):
            issuer_and_subject(no)
    for no in (b"", b"\x30\0", TSA.root.der):
        with pytest.raises(DerError):
            signer_of(no)


def test_certificates_are_put_in_their_order_and_nothing_else_is_changed() -> None:
    answer = TSA.answer(COMMITMENT, certificates=[TSA.root.der, TSA.signer.der, TSA.between.der])
    made = sorted_certificates(answer)
    assert sorted(made) == sorted(answer)
    assert sorted_certificates(made) == made
    places = [made.index(der) for der in sorted([TSA.root.der, TSA.signer.der, TSA.between.der])]
    assert places == sorted(places)
    assert len(made) == len(answer)


def test_pem_files() -> None:
    key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    file = key + b"words\n" + TSA.root.pem + TSA.between.pem.replace(b"\n", b"\r\n") + TSA.root.pem
    found = certificates_of(file)
    assert found == (TSA.root.der, TSA.between.der)
    assert [is_root(c) for c in found] == [True, False]
    assert pem_of(found) == TSA.root.pem + TSA.between.pem
    assert sealed_only(file, {fingerprint(TSA.between.der)}) == (TSA.between.der,)
    assert sealed_only(b"rubbish", {fingerprint(TSA.root.der)}) == ()
    for no in (
        b"",
        key,
        TSA.root.pem.replace(b"MII", b"MI="),
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ):
        with pytest.raises(DerError):
            certificates_of(no)


# In the folder of a draw


def stamped(tsa: Authority = TSA, *, certificates: bool = True, stamp: bytes | None = None) -> Mapping[str, bytes]:
    """A draw whose rules seal the root of an authority, with a stamp."""
    plan = PLAN + '[stamp]\ncertificates = ["root.pem"]\n'
    sealed = bound(evolve(SEALED.rules, stamp=tuple(map(fingerprint, TSA.trusted))), plan)
    files = made_folder(sealed, EVIDENCE)
    files[STAMP_FILE] = tsa.answer(sealed.commitment.value) if stamp is None else stamp
    return {**files, CERTIFICATE_FILE: pem_of(tsa.trusted)} if certificates else files


def step(report: Report) -> tuple[str, str]:
    """The step of the stamp: its status and the code it tells."""
    (found,) = (s for s in report.steps if "time stamp" in s.title.en)
    (told,) = found.details
    return found.status, told.code


def test_a_stamp_in_the_folder_of_a_draw() -> None:
    files = stamped()
    report = verify_draw(files, NAME)
    assert (report.arithmetic, step(report)) == ("holds", ("holds", "SSJ-T024"))
    (told,) = (d for s in report.steps for d in s.details)
    assert "CN=Test" in told.message("en")
    assert SSJ.worst(SSJ.verify_draw(files, NAME)) == "holds"


def test_without_a_stamp_there_is_no_step() -> None:
    files = {k: v for k, v in stamped().items() if k != STAMP_FILE}
    assert verify_draw(files, NAME).arithmetic == "holds"
    assert not [s for s in verify_draw(files, NAME).steps if "time stamp" in s.title.en]


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({STAMP_FILE: TSA.answer(COMMITMENT)}, "fails", "SSJ-T005"),
        ({STAMP_FILE: b"rubbish"}, "fails", "SSJ-T002"),
        ({CERTIFICATE_FILE: b"rubbish"}, "unknown", "SSJ-T006"),
        ({CERTIFICATE_FILE: authority(keys=50).root.pem}, "unknown", "SSJ-T006"),
        ({CERTIFICATE_FILE: None}, "unknown", "SSJ-T019"),
        ({"rules.toml": None}, "unknown", "SSJ-T019"),
    ],
)
def test_a_stamp_that_does_not_hold_or_cannot_be_told(change: Any, status: str, said: str) -> None:
    files = {k: v for k, v in {**stamped(), **change}.items() if v is not None}
    report = verify_draw(files, NAME)
    assert (step(report), report.arithmetic) == ((status, said), status)


def test_a_certificate_laid_beside_that_nobody_sealed_proves_nothing() -> None:
    """Whoever may write into the folder may bring an authority of his own."""
    own = authority(keys=70)
    report = verify_draw(stamped(own), NAME)
    assert step(report) == ("unknown", "SSJ-T006")


def test_a_plan_that_names_no_stamp_seals_none() -> None:
    for plan, stamp in ((PLAN, tuple(map(fingerprint, TSA.trusted))), (PLAN + '[stamp]\ncertificates = ["r"]\n', ())):
        files = made_folder(bound(evolve(SEALED.rules, stamp=stamp), plan), EVIDENCE)
        assert verify_draw(files, NAME).arithmetic == "fails"
        assert SSJ.worst(SSJ.verify_draw(files, NAME)) == "fails"
