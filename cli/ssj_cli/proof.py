"""`ssj-core proof DRAW ID -o FILE`: the proof that one subject stands in the sealed roster; and how it is checked."""

from pathlib import Path

import click

from ssj_cli.beside import ledger_beside, say_head
from ssj_cli.explain import draw_folder, read_files
from ssj_cli.say import Voice
from ssj_core.explain import find
from ssj_core.infiles import read_file
from ssj_core.outputs import write_file
from ssj_core.problems import InputError, RefusedError, problem
from ssj_core.proof import make_proof, verify_proof
from ssj_core.record import FILE, decode_record
from ssj_core.sealed import unseal
from ssj_core.verify import Report, verify_draw


@click.command()
@click.argument("draw", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.argument("wanted", metavar="ID")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="写入的文件\nthe file to write",
)
@click.option(
    "--full",
    is_flag=True,
    help="名录再大也带上承诺的各项（否则超过 1 KB 时略去）\n"
    "with the parts of the commitment, however large the roster (else left out above 1 KB)",
)
@click.pass_obj
def proof(voice: Voice, draw: tuple[Path, ...], wanted: str, output: Path, full: bool) -> None:
    """给一个检查对象开具名录证明：不看名录，也能证明自己在封存的名录里。

    DRAW 是一次抽取的文件夹，或工作文件夹加抽取编号；ID 是编号、代码或名称。

    Write the proof that a subject stands in the sealed roster; it is checked without the roster.

    DRAW is the folder of a draw, or a working folder and a draw id; ID is an id, a code or a name.
    """
    folder = draw_folder(draw)
    files = read_files(folder)
    verdict = verify_draw(files, folder.resolve().name).arithmetic
    if verdict != "holds":
        error = RefusedError if verdict == "fails" else InputError
        raise error([problem("SSJ-X008", file=str(folder), value=str(folder))])
    sealed = unseal(files, decode_record(files[FILE]).commitment.previous_head)
    who = find(sealed, wanted)
    try:
        made = make_proof(sealed, who.id, full=full)
    except KeyError:
        raise RefusedError([problem("SSJ-X005", value=who.id)]) from None
    data = made.encode()
    if output.exists():
        raise InputError([problem("SSJ-X007", file=str(output), value=str(output))])
    write_file(output, data, folders=False)
    voice.result(file=output, bytes=len(data), id=who.id, name=who.name, index=made.index, count=made.count)
    voice.result(commitment=sealed.commitment.value, root=made.root)
    voice.say(
        f"已写入 {output}（{len(data)} 字节）：{who.id} {who.name}，第 {made.index + 1} 行，共 {made.count} 行",
        f"written to {output} ({len(data)} bytes): {who.id} {who.name}, line {made.index + 1} of {made.count}",
    )
    option, digest = ("--commitment", sealed.commitment.value) if made.commitment else ("--root", made.root)
    voice.say(
        f"核验，用公布的数字：ssj-core verify --proof {output} {option} {digest}",
        f"check, with the published digits: ssj-core verify --proof {output} {option} {digest}",
    )
    say_head(voice, ledger_beside(folder))


def proof_report(path: Path, commitment: str | None, root: str | None) -> Report:
    """Check a proof file; raises `InputError` when it is none."""
    return verify_proof(read_file(path, str(path)), str(path), commitment=commitment or "", root=root or "")
