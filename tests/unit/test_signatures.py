"""Signatures of the ledger's head: their form, what they are compared with, and what openssl says of them."""

import json
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.canonical import digest
from ssj_core.ledger import Ledger, read
from ssj_core.signing import (
    Signature,
    SignatureError,
    Signer,
    decode_signature,
    fingerprint,
    holds,
    is_protected,
    make_key,
    message,
    public_bytes,
    sign,
)
from ssj_core.verify import verify_folder
from ssj_core.verify.signatures import signature_steps
from tests.sealed_folder import SEALED, bound

VECTORS = Path(__file__).parents[1] / "vectors"
(CASE,) = (c for c in json.loads((VECTORS / "ledger.json").read_text("utf-8"))["cases"] if c["name"] == "two-draws")
LINES = [line.encode() for line in CASE["lines"]]
CHAIN = b"".join(line + b"\n" for line in LINES)
LEDGER = read(CHAIN)
WORDS = "春眠不觉晓"
NAME = "纪检组 王某"


@cache
def _key(n: int) -> tuple[bytes, str]:
    private = Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(WORDS.encode()))
    return pem, b64encode(private.public_key().public_bytes_raw()).decode()


def key(n: int = 0) -> tuple[bytes, str]:
    """The same pair for the same number."""
    return _key(n)


def made(number: int = 0, signer: str = NAME, n: int = 0) -> Signature:
    """The signature of line `number` of the ledger, counted from 1; 0 for the last."""
    number = number or len(LINES)
    return sign(key(n)[0], WORDS, number=number, head=digest(LINES[number - 1]), signer=signer)


def plan_naming(*signers: Signer) -> Mapping[str, Mapping[str, bytes]]:
    """A draw whose sealed rules name signers."""
    return {"p-b-1": bound(evolve(SEALED.rules, signers=signers)).files}


def told(
    *signatures: Signature,
    ledger: Ledger | None = LEDGER,
    draws: Mapping[str, Mapping[str, bytes]] | None = None,
    trusted: tuple[str, ...] = (),
) -> list[tuple[str, str]]:
    """Status, and code and sentence, of each signature."""
    files = {s.file: s.encode() for s in signatures}
    steps = signature_steps(files, ledger, draws or {}, trusted)
    return [(s.status, " ".join((p.code, p.message("en"), p.remedy("en")))) for s in steps for p in s.details]


def code(**given: Any) -> tuple[str, str]:
    """Status and code of one signature."""
    ((status, detail),) = told(**given) if "signatures" not in given else told(*given.pop("signatures"), **given)
    return status, detail.partition(" ")[0]


def test_a_key_is_pkcs_8_under_its_passphrase() -> None:
    pem, public = make_key(WORDS)
    assert make_key(WORDS)[1] != public
    assert sign(pem, WORDS, number=1, head="0" * 64, signer="x").public_key == public
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert is_protected(pem)
    assert len(public_bytes(public)) == 32
    assert fingerprint(public) == digest(b64decode(public))
    with pytest.raises(SignatureError, match="passphrase"):
        sign(pem, "处处闻啼鸟", number=1, head="0" * 64, signer="x")


def test_the_file_is_what_the_specification_says() -> None:
    signature = made()
    raw = json.loads(signature.encode())
    assert raw == {
        "format": "ssj-signature/1", "number": len(LINES), "head": LEDGER.head, "signer": NAME,
        "public_key": key()[1], "signature": signature.signature,
    }  # fmt: skip
    assert signature.encode().endswith(b"}\n")
    assert list(raw) == sorted(raw)
    assert signature.file == f"{len(LINES)}-{b64decode(key()[1]).hex()[:16]}.json"
    assert message(3, "ab" * 32, NAME) == f"ssj.head.1\n3\n{'ab' * 32}\n{NAME}\n".encode()
    assert decode_signature(signature.encode()) == signature


def test_a_good_signature_holds_and_names_what_is_known_of_its_key() -> None:
    named = plan_naming(Signer(name=NAME, key=key()[1]))
    for number in range(1, len(LINES) + 1):
        assert told(made(number), draws=named)[0][0] == "holds"
    assert code(signatures=[made()], draws=named) == ("holds", "SSJ-K018")
    assert "named by the plan" in told(made(), draws=named)[0][1]
    assert code(signatures=[made()], trusted=(key()[1],)) == ("holds", "SSJ-K019")
    assert "known to whoever verifies" in told(made(), trusted=(key()[1],))[0][1]
    assert code(signatures=[made()]) == ("holds", "SSJ-K007")
    assert "which nobody vouches for here" in told(made())[0][1]
    assert code(signatures=[made()], trusted=(key(1)[1],)) == ("holds", "SSJ-K007")


def test_each_thing_that_can_be_wrong_has_its_own_code() -> None:
    good, pem = made(), key()[0]
    elsewhere = sign(pem, WORDS, number=len(LINES), head="ab" * 32, signer=NAME)
    other_number = sign(pem, WORDS, number=1, head=LEDGER.head, signer=NAME)
    later = sign(pem, WORDS, number=len(LINES) + 1, head="ab" * 32, signer=NAME)
    assert code(signatures=[elsewhere]) == ("fails", "SSJ-K004")
    assert code(signatures=[other_number]) == ("fails", "SSJ-K004")
    assert code(signatures=[later]) == ("fails", "SSJ-K003")
    assert code(signatures=[evolve(good, signer="李某")]) == ("fails", "SSJ-K005")
    assert code(signatures=[evolve(good, public_key=key(1)[1])]) == ("fails", "SSJ-K005")
    assert code(signatures=[evolve(good, signature=made(1).signature)]) == ("fails", "SSJ-K005")
    assert code(signatures=[good], ledger=None) == ("unknown", "SSJ-K009")
    assert code(signatures=[evolve(good, signer="李某")], ledger=None) == ("fails", "SSJ-K005")


@pytest.mark.parametrize("number", [2, 3])
def test_a_signature_is_of_one_line(number: int) -> None:
    """One of the same ledger is no signature of another line, even with that line's head."""
    moved = evolve(made(1), number=number, head=digest(LINES[number - 1]))
    assert code(signatures=[moved]) == ("fails", "SSJ-K005")


def test_a_key_that_is_not_the_one_expected() -> None:
    mine, other = key()[1], key(1)[1]
    assert code(signatures=[made()], draws=plan_naming(Signer(name=NAME, key=other))) == ("fails", "SSJ-K006")
    assert code(signatures=[made()], draws=plan_naming(Signer(name="李某", key=mine))) == ("fails", "SSJ-K006")
    assert code(signatures=[made()], draws=plan_naming(Signer(name="李某", key=other))) == ("holds", "SSJ-K007")
    both = plan_naming(Signer(name=NAME, key=other), Signer(name=NAME, key=mine))
    assert "named by the plan" in told(made(), draws=both)[0][1]
    assert code(signatures=[made()], draws=plan_naming(Signer(name=NAME, key=other)), trusted=(mine,)) == (
        "fails", "SSJ-K006",
    )  # fmt: skip


def test_another_name_of_the_file_is_refused() -> None:
    (step,) = signature_steps({"1.json": made().encode()}, LEDGER, {})
    assert (step.status, [p.code for p in step.details]) == ("fails", ["SSJ-K002"])


def test_without_the_library_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    good = made()
    for name in [n for n in sys.modules if n.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert code(signatures=[good]) == ("unknown", "SSJ-K008")
    assert 'pip install "ssj-core[sign]"' in told(good)[0][1]
    assert code(signatures=[evolve(good, head="ab" * 32)]) == ("fails", "SSJ-K004"), "which needs no library"


def test_a_broken_ledger_and_its_signature() -> None:
    first, *_ = verify_folder({}, CHAIN, {made().file: made().encode()})
    assert [s.status for s in first.steps[-1:]] == ["holds"]
    first, *_ = verify_folder({}, CHAIN.replace(b"2", b"3", 1), {made().file: made().encode()})
    assert [s.status for s in first.steps] == ["fails", "unknown"]
    first, *_ = verify_folder({}, None, {made().file: made().encode()})
    assert [s.status for s in first.steps] == ["unknown", "unknown"]
    first, *_ = verify_folder({}, CHAIN)
    assert len(first.steps) == len(verify_folder({}, CHAIN, {})[0].steps)


def changed(**values: Any) -> bytes:
    raw = {**json.loads(made().encode()), **values}
    plain = {k: v for k, v in raw.items() if v is not None}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff", b"[]", b"{" * 9000, made().encode()[:-1], b" " + made().encode(), made().encode() * 2,
        changed(format="ssj-signature/2"), changed(more=1), changed(signer=None), changed(number=True),
        changed(number=0), changed(number=-1), changed(number="1"), changed(number=1.0), changed(head="AB" * 32),
        changed(head="ab"), changed(signer="a\nb"), changed(public_key=key()[1][:-1]), changed(signature="AA=="),
        changed(public_key=key()[1].replace("=", "==")), changed(public_key="é" * 44),
        json.dumps(json.loads(made().encode())).encode(),
    ],
)  # fmt: skip
def test_what_is_no_signature_file(data: bytes) -> None:
    with pytest.raises(SignatureError):
        decode_signature(data)
    (step,) = signature_steps({made().file: data}, LEDGER, {})
    assert (step.status, [p.code for p in step.details]) == ("fails", ["SSJ-K001"])


@given(st.data())
def test_every_changed_byte_fails(data: st.DataObject) -> None:
    """Also that of the signer's name: nobody puts another name to a signature."""
    good = made()
    whole = good.encode()
    place, other = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    spoilt = whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :]
    (step,) = signature_steps({good.file: spoilt}, LEDGER, {})
    assert step.status == "fails"


def test_there_is_one_way_to_write_a_key_and_a_signature() -> None:
    """The last letter of base64 has bits to spare: set, they change nothing but the file."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for name, text in (("public_key", made().public_key), ("signature", made().signature)):
        end = len(text.rstrip("="))
        other = text[: end - 1] + letters[letters.index(text[end - 1]) + 1] + text[end:]
        assert b64decode(other) == b64decode(text)
        with pytest.raises(SignatureError, match="base64"):
            decode_signature(changed(**{name: other}))


@given(st.integers(0, len(CHAIN) - 1), st.integers(1, 255))
def test_every_changed_byte_of_the_ledger_fails(place: int, other: int) -> None:
    """The last line too, which the chain alone does not prove."""
    good = made()
    spoilt = CHAIN[:place] + bytes([CHAIN[place] ^ other]) + CHAIN[place + 1 :]
    first, *_ = verify_folder({}, spoilt, {good.file: good.encode()})
    assert first.arithmetic == "fails"


@given(st.binary(max_size=120))
def test_no_bytes_stop_the_verifier(rubbish: bytes) -> None:
    (step,) = signature_steps({"1.json": rubbish}, LEDGER, {})
    assert step.status == "fails"


def test_keys_that_are_none() -> None:
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for pem in (b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", other, key()[0][:80]):
        with pytest.raises(SignatureError):
            sign(pem, WORDS, number=1, head="0" * 64, signer="x")
    with pytest.raises(SignatureError):
        public_bytes(b64encode(bytes(31)).decode())
    assert not holds(evolve(made(), public_key=b64encode(bytes(32)).decode()))


# With openssl alone, as SPEC §10.4 says

OPENSSL = shutil.which("openssl")
SCRIPT = (Path(__file__).parents[2] / "core" / "SPEC.md").read_text("utf-8")


@pytest.mark.skipif(not (OPENSSL and shutil.which("sh")), reason="needs sh and openssl")
def test_openssl_alone_checks_a_signature(tmp_path: Path) -> None:
    """The commands of the specification, with the values of a signature put in their places."""
    section = SCRIPT[SCRIPT.index("### 10.4 ") :]
    commands = section[section.index("```shell\n") + 9 : section.index("```", section.index("```shell\n") + 9)]
    signature = made()
    for good, one in (
        (True, signature),
        (False, evolve(signature, signer="李某")),
        (False, evolve(signature, number=1)),
    ):
        script = (
            commands.replace("NUMBER", str(one.number)).replace("HEAD", one.head).replace("SIGNER", one.signer)
            .replace("PUBLIC_KEY", one.public_key).replace("SIGNATURE", one.signature)
        )  # fmt: skip
        done = subprocess.run(["sh"], input=script.encode(), cwd=tmp_path, capture_output=True, check=False)
        if b"nrecognized" in done.stderr or b"nknown option" in done.stderr:
            pytest.skip("this openssl has no -rawin")
        assert (done.returncode == 0) is good, done
        assert (b"Signature Verified Successfully" in done.stdout) is good, done


@pytest.mark.skipif(not OPENSSL, reason="needs openssl")
def test_a_key_that_openssl_made_signs(tmp_path: Path) -> None:
    pem = tmp_path / "k.pem"
    done = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(pem)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this openssl has no Ed25519")
    assert not is_protected(pem.read_bytes())
    assert holds(sign(pem.read_bytes(), "", number=1, head=digest(LINES[0]), signer=NAME))
