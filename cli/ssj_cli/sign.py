"""`ssj-core sign keygen | ledger`: make a key, and sign the head of the ledger with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ssj_cli.say import Voice, typed
from ssj_core import ledger as ledgers
from ssj_core.canonical import check_line_value
from ssj_core.infiles import read_file
from ssj_core.outputs import write_file
from ssj_core.problems import InputError, problem
from ssj_core.signing import FOLDER, SignatureError, fingerprint, is_protected, make_key
from ssj_core.signing import sign as sign_head
from ssj_core.workspace import Workspace

_FILE = click.Path(path_type=Path)


@click.group()
def sign() -> None:
    """签名：生成钥匙，给台账头签名（Ed25519，可选）。

    Signatures: make a key, sign the head of the ledger (Ed25519, optional).
    """


@sign.command()
@click.argument("file", metavar="FILE", type=_FILE)
@click.pass_obj
def keygen(voice: Voice, file: Path) -> None:
    """生成一把签名用的钥匙，私钥写入 FILE，用口令保护。

    公钥打印出来，写进计划的 signers，或者另行公布。私钥和口令由签名人自己保管，不要给抽取单位。

    Make a key to sign with; its private part goes into FILE under a passphrase.

    The public key is printed: it goes into the plan or is published. Private key and passphrase stay with the signer.
    """
    if file.exists():
        raise InputError([problem("SSJ-K011", file=str(file), value=str(file))])
    with _component():
        pem, public = make_key(_passphrase(voice, confirm=True))
    write_file(file, pem, folders=False, private=True)
    voice.result(file=file, public_key=public, fingerprint=fingerprint(public))
    voice.say(f"私钥已写入 {file}，请妥善保管", f"the private key is in {file}: keep it safe")
    voice.say(f"公钥 {public}", f"public key  {public}")
    voice.say(f"指纹 {fingerprint(public)}", f"fingerprint {fingerprint(public)}")
    voice.say("写进计划，事先公布：", "in a plan, so that it is known beforehand:")
    voice.say("  [[signers]]", "  [[signers]]")
    voice.say('  name = "姓名"', '  name = "who signs"')
    voice.say(f'  key = "{public}"', f'  key = "{public}"')


@sign.command()
@click.argument("folder", metavar="DIR", type=_FILE)
@click.option(
    "--key",
    metavar="FILE",
    required=True,
    type=_FILE,
    help="私钥文件（sign keygen 生成）\nfile of the private key, made by sign keygen",
)
@click.option(
    "--signer",
    metavar="NAME",
    required=True,
    help="签名人姓名，一行文字，写进签名\nthe name of who signs, written into the signature",
)
@click.pass_obj
def ledger(voice: Voice, folder: Path, key: Path, signer: str) -> None:
    """给台账现在的头签名，写入 signatures 文件夹。

    签名人据此证明：台账到这一行为止，当时就是这个样子。以后任何一行被改写，签名就不再成立。

    Sign the present head of the ledger; the signature goes into the folder signatures.

    It attests the ledger up to this line: whatever is rewritten later, the signature no longer holds.
    """
    read_file(folder / ledgers.FILE, ledgers.FILE)  # a folder without one is not an empty ledger
    name = _clean(signer)
    pem = read_file(key, str(key))
    passphrase = _passphrase(voice) if is_protected(pem) else ""
    workspace = Workspace(folder)
    with workspace.locked():
        chain = workspace.ledger()
        if not chain.events:
            raise InputError([problem("SSJ-K012", file=ledgers.FILE)])
        with _component():
            try:
                made = sign_head(pem, passphrase, number=len(chain.events), head=chain.head, signer=name)
            except SignatureError as error:
                raise InputError([problem("SSJ-K010", file=str(key), value=str(key), reason=error)]) from None
        path = folder / FOLDER / made.file
        if path.exists() and path.read_bytes() != made.encode():
            raise InputError([problem("SSJ-K014", file=f"{FOLDER}/{made.file}", value=made.file)])
        workspace.write_beside(FOLDER, made.file, made.encode())
    voice.result(file=path, number=made.number, ledger_head=made.head, signer=name, public_key=made.public_key)
    voice.say(f"{name} 已签台账第 {made.number} 行，头 {made.head}", f"{name} signed line {made.number}, {made.head}")
    voice.say(f"公钥 {made.public_key}", f"public key {made.public_key}")
    where = typed(folder)
    voice.say(f"已写入 {path}，核验：ssj-core verify {where}", f"written to {path}; check: ssj-core verify {where}")


def _clean(signer: str) -> str:
    name = signer.strip()
    try:
        check_line_value(name)
    except ValueError:
        name = ""
    if not name:
        raise InputError([problem("SSJ-K013", value=repr(signer))])
    return name


def _passphrase(voice: Voice, *, confirm: bool = False) -> str:
    zh = voice.lang == "zh"
    again = "再输入一次" if zh else "once more"
    voice.listen()
    said: str = click.prompt(
        "口令（输入时不显示）" if zh else "passphrase (not shown)",
        hide_input=True,
        confirmation_prompt=again if confirm else False,
        err=True,
    )
    return said


@contextmanager
def _component() -> Iterator[None]:
    """Without `cryptography` one sentence, with what to type."""
    try:
        yield
    except ImportError:
        raise InputError([problem("SSJ-K017")]) from None
