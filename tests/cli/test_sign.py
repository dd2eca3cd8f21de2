"""Keys, signatures of the ledger, and what `verify` says of them."""

import os
import re
import stat
import sys
from pathlib import Path

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import Bureau, plan_text
from tests.verifiers.independent import run

WORDS = "春眠不觉晓"
TWICE = f"{WORDS}\n{WORDS}\n"
NAME = "纪检组 王某"


def keygen(bureau: Bureau, file: str = "key.pem") -> str:
    """Make a key; the public key that was printed."""
    told = bureau.play(
        "sign", "keygen", str(bureau.folder / file), typed=TWICE, there=[file], out=["指纹 [0-9a-f]{64}"]
    )
    found = re.search("公钥 ([A-Za-z0-9+/]{43}=)", told.stdout)
    assert found is not None
    assert WORDS not in told.output, "a passphrase is not shown"
    return found[1]


def sign(bureau: Bureau, file: str = "key.pem", signer: str = NAME, **expected: object) -> None:
    key = str(bureau.folder / file)
    bureau.play("sign", "ledger", str(bureau.folder), "--key", key, "--signer", signer, typed=f"{WORDS}\n", **expected)  # type: ignore[arg-type]


def test_the_head_is_signed_and_the_signature_verified(bureau: Bureau) -> None:
    public = keygen(bureau)
    bureau.run("--batch", "key-1")
    head = ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).head
    sign(bureau, out=["已签台账第 3 行", head, re.escape(public)])
    (name,) = bureau.signatures()
    assert name.startswith("3-")
    folder = str(bureau.folder)
    bureau.play("verify", folder, out=["√ 签名：纪检组 王某 签了台账第 3 行", "SSJ-K007", "无人为这把钥匙作保"])
    bureau.play("verify", folder, "--signer-key", public, out=["核验人认得的钥匙"], silent=["SSJ-K007"])
    bureau.play("--lang", "en", "verify", folder, out=["which nobody vouches for here"])
    assert "signatures：本程序不核对签名" in run(bureau.folder).stdout
    bureau.run("--batch", "batch-1")
    sign(bureau, out=["已签台账第 6 行"])
    bureau.play("verify", folder, out=["第 3 行", "第 6 行"])


def test_a_signer_whom_the_plan_names(bureau: Bureau) -> None:
    public, other = keygen(bureau), keygen(bureau, "other.pem")
    bureau.write(plan=plan_text() + f'\n[[signers]]\nname = "{NAME}"\nkey = "{public}"\n')
    bureau.run("--batch", "key-1")
    assert public in (bureau.folder / "draws" / "t-2021-key-1-1" / "rules.toml").read_text("utf-8")
    sign(bureau)
    bureau.play("verify", str(bureau.folder), out=["计划事先指定的钥匙"])
    sign(bureau, "other.pem")
    bureau.play("verify", str(bureau.folder), "--signer-key", other, code=1, out=["× 签名", "SSJ-K006"])
    bureau.verdict = "fails"


def test_a_line_rewritten_after_it_was_signed_shows(bureau: Bureau) -> None:
    """The last line is what no chain proves."""
    keygen(bureau)
    bureau.run("--batch", "key-1")
    sign(bureau)
    path = bureau.folder / ledgers.FILE
    lines = path.read_bytes().split(b"\n")
    time = re.search(rb'"time":"([^"]*)"', lines[2])
    assert time is not None
    path.write_bytes(b"\n".join([*lines[:2], lines[2].replace(time[1], b"2021-01-18T09:00:00+08:00"), b""]))
    bureau.play("ledger", "verify", str(bureau.folder), out=["√ 台账 3 行首尾相接"])
    bureau.play("verify", str(bureau.folder), code=1, out=["√ 台账", "× 签名", "SSJ-K004"])
    path.write_bytes(b"\n".join([*lines[:2], b""]))
    bureau.play("verify", str(bureau.folder), code=1, out=["× 签名", "SSJ-K003", "截短或换过"])
    bureau.verdict = "fails"


def test_mistakes_with_keys(bureau: Bureau) -> None:
    keygen(bureau)
    folder, key = str(bureau.folder), str(bureau.folder / "key.pem")
    kept = (bureau.folder / "key.pem").read_bytes()
    bureau.play("sign", "keygen", key, typed=TWICE, code=3, err=["SSJ-K011"])
    bureau.play("sign", "keygen", str(bureau.folder / "no" / "k.pem"), typed=TWICE, code=3, err=["SSJ-O004"])
    assert (bureau.folder / "key.pem").read_bytes() == kept
    bureau.play("sign", "ledger", folder, "--key", key, "--signer", NAME, typed=WORDS, code=3, err=["SSJ-F001"])
    (bureau.folder / ledgers.FILE).write_bytes(b"")
    sign(bureau, code=3, err=["SSJ-K012"])
    (bureau.folder / ledgers.FILE).unlink()
    bureau.run("--batch", "key-1")
    for signer in ("  ", "a\nb"):
        sign(bureau, signer=signer, code=3, err=["SSJ-K013"])
    bureau.play("sign", "ledger", folder, "--key", key, "--signer", NAME, typed="x\n", code=3, err=["SSJ-K010"])
    bureau.play("sign", "ledger", folder, "--key", bureau.plan, "--signer", NAME, code=3, err=["SSJ-K010"])
    assert bureau.signatures() == {}
    sign(bureau)
    before = bureau.signatures()
    sign(bureau)
    assert bureau.signatures() == before, "signing again is the same signature"
    sign(bureau, signer="李某", code=3, err=["SSJ-K014"])
    assert bureau.signatures() == before
    bureau.play("verify", folder, "--signer-key", "AAAA", code=2)
    bureau.play("verify", str(bureau.folder / "draws" / "t-2021-key-1-1"), "--signer-key", "A" * 43 + "=", code=2)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such modes")
def test_nobody_else_may_read_a_private_key(bureau: Bureau) -> None:
    keygen(bureau)
    assert stat.S_IMODE((bureau.folder / "key.pem").stat().st_mode) == 0o600
    assert b"ENCRYPTED" in (bureau.folder / "key.pem").read_bytes()


def test_keys_of_a_plan_are_looked_at_before_anything_is_sealed(bureau: Bureau) -> None:
    good = "A" * 43 + "="
    named = '\n[[signers]]\nname = "甲"\nkey = "{}"\n'
    bureau.write(plan=plan_text() + named.format("AAAA"))
    bureau.run("--batch", "key-1", code=3, err=["SSJ-K015", r"signers\[1\].key"], absent=["ledger.jsonl"])
    bureau.write(plan=plan_text() + named.format(good) + named.format(good))
    bureau.run("--batch", "key-1", code=3, err=["SSJ-K016", r"signers\[2\].key"], absent=["ledger.jsonl"])


def test_what_a_killed_process_left_is_no_signature(bureau: Bureau) -> None:
    keygen(bureau)
    bureau.run("--batch", "key-1")
    sign(bureau)
    left: Path = bureau.folder / "signatures" / ".ssj-aside-9.json"
    left.write_bytes(b"{")
    bureau.play("verify", str(bureau.folder))
    bureau.run("--batch", "batch-1")
    assert not left.exists()


def test_without_the_library_one_sentence(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    keygen(bureau)
    bureau.run("--batch", "key-1")
    for name in ("cryptography.exceptions", "cryptography.hazmat.primitives.asymmetric.ed25519"):
        monkeypatch.setitem(sys.modules, name, None)
    sign(bureau, code=3, err=["SSJ-K017", 'pip install "ssj-core\\[sign\\]"'])
    bureau.play("sign", "keygen", str(bureau.folder / "k.pem"), typed=TWICE, code=3, err=["SSJ-K017"], absent=["k.pem"])


def test_a_plan_that_names_others_than_were_sealed_fails(bureau: Bureau) -> None:
    """The plan is read, not only hashed: signers cannot be slipped into the rules."""
    bureau.write(plan=plan_text() + f'\n[[signers]]\nname = "甲"\nkey = "{"A" * 43}="\n')
    bureau.run("--batch", "key-1")
    draw = bureau.folder / "draws" / "t-2021-key-1-1"
    rules = (draw / "rules.toml").read_text("utf-8")
    (draw / "rules.toml").write_text(rules.replace('name = "甲"', 'name = "乙"'), "utf-8", newline="\n")
    bureau.play("verify", str(draw), code=1, out=["signers"])
    assert re.search("the rules differ from the plan.*signers", run(draw).stdout)
    bureau.verdict = "fails"
