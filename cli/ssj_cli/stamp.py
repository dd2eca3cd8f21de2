"""`ssj-core stamp request | add`: ask a third party to attest the time of a commitment, and keep its answer."""

from pathlib import Path

import click

from ssj_cli.say import Voice, typed
from ssj_core.drawing import sealed_batch, state
from ssj_core.infiles import read_file
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem
from ssj_core.sealed import Sealed
from ssj_core.stamps import add_token, write_request
from ssj_core.workspace import Workspace

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def stamp() -> None:
    """时间戳：请第三方证明承诺何时已经存在（RFC 3161，可选）。

    计划里写 [stamp] certificates = ["机构根证书.pem"]，封存时一并固定；本程序不联网，请求由单位自己发给机构。

    Time stamps: a third party attests when a commitment existed (RFC 3161, optional).

    The plan names its certificates, which are sealed; this program does not go online, the office sends the request.
    """


@stamp.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.argument("draw")
@click.pass_obj
def request(voice: Voice, folder: Path, draw: str) -> None:
    """为已封存的抽取 DRAW 写出时间戳请求 stamps/DRAW.tsq，不联网。

    Write the request stamps/DRAW.tsq for a sealed draw; nothing is sent.
    """
    workspace = Workspace(folder)
    sealed = _sealed(workspace, draw)
    path = write_request(workspace, sealed)
    answer = path.with_suffix(".tsr").name
    voice.result(draw=draw, file=path, commitment=sealed.commitment.value)
    voice.say(f"请求已写入 {path}", f"the request is in {path}")
    voice.say(f"承诺 {sealed.commitment.value}", f"commitment {sealed.commitment.value}")
    voice.say("发给时间戳机构，例如（换成机构的网址）：", "send it to the authority, for example (with its address):")
    voice.say(
        f'  curl -H "Content-Type: application/timestamp-query" --data-binary @{typed(path)} 机构网址 -o {answer}',
        f'  curl -H "Content-Type: application/timestamp-query" --data-binary @{typed(path)} ADDRESS -o {answer}',
    )
    voice.say("收到应答后：", "then, with its answer:")
    where = typed(folder)
    voice.say(f"  ssj-core stamp add {where} {draw} {answer}", f"  ssj-core stamp add {where} {draw} {answer}")
    voice.say(
        "要在约定的公开事件之前办完；在那以后的时间戳证明不了名录先固定。",
        "do so before the public event: a later stamp does not show that the list was fixed first.",
    )


@stamp.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.argument("draw")
@click.argument("file", metavar="FILE.tsr", type=click.Path(path_type=Path))
@click.pass_obj
def add(voice: Voice, folder: Path, draw: str, file: Path) -> None:
    """核对时间戳机构的应答，存入 stamps；已抽取的，一并放进抽取文件夹。

    核对：盖的是不是这次抽取的承诺，签名是否成立，证书链是否通到封存的证书。

    Check the authority's answer and keep it in stamps; of a draw already made, in its folder, too.

    Checked: that it stamps this commitment, that its signature holds, that its certificates lead to a sealed one.
    """
    workspace = Workspace(folder)
    sealed = _sealed(workspace, draw)
    found = add_token(workspace, sealed, read_file(file, str(file)), str(file))
    assert found.time is not None  # noqa: S101 - said by `add_token`
    time = found.time.isoformat()
    voice.result(draw=draw, authority=found.authority, time=time)
    voice.say(f"√ {found.authority} 证明：承诺在 {time} 已经存在", f"√ {found.authority}: it existed at {time}")
    if state(workspace, draw) == "drawn":
        voice.say("已放进抽取文件夹。", "it is laid into the folder of the draw.")
    else:
        voice.say("抽取时会放进抽取文件夹，现在可以等公开事件，再运行 run。", "it goes into the folder of the draw.")


def _sealed(workspace: Workspace, draw: str) -> Sealed:
    ledger = workspace.ledger()
    if ledger.find("commit", draw) is None:
        known = [e.draw for e in ledger.events if e.event == "commit"]
        raise InputError([problem("SSJ-L020", value=draw, known=listed(known), **nearest(draw, known))])
    return sealed_batch(workspace, draw)
