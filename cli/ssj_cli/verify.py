"""`ssj-core verify PATH`: check a draw, a working folder with all its draws, or a proof; say what is not proved."""

import sys
from pathlib import Path

import click
from attrs import asdict, evolve

from ssj_cli.beside import ledger_beside, say_head, void_replacements
from ssj_cli.exit_codes import ExitCode
from ssj_cli.kinds import Digest, PublicKey
from ssj_cli.proof import proof_report
from ssj_cli.say import Voice
from ssj_core import ledger as ledgers
from ssj_core.problems import InputError, problem
from ssj_core.record import FILE
from ssj_core.signing import FOLDER as SIGNATURES
from ssj_core.standing import split_replacement
from ssj_core.text import Text, quoted
from ssj_core.verify import Report, Status, verify_draw, verify_folder
from ssj_core.verify.assurance import LEVELS
from ssj_core.verify.bottleneck import verify_bottlenecks
from ssj_core.verify.dropped import drop_rate
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import worst
from ssj_core.workspace import DRAWS, read_folder

_MARK = {"holds": "√", "fails": "×", "unknown": "〇"}
_VERDICT = {
    "holds": Text("成立：由公开的文件重新算出，结果一致", "holds: recomputed from the files, with the same result"),
    "fails": Text("不成立：见标 × 的步骤", "does not hold: see the steps marked ×"),
    "unknown": Text(
        "无法判断：缺少材料或条件，见标 〇 的步骤（这不等于作弊）",
        "could not tell: something is missing or cannot be judged here, see 〇; it is no sign of fraud",
    ),
}
_CODE = {"holds": ExitCode.OK, "fails": ExitCode.NO, "unknown": ExitCode.INPUT}


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--proof",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="核验名录证明（ssj-core proof 所写）\ncheck a proof written by ssj-core proof",
)
@click.option(
    "--commitment",
    metavar="HEX",
    type=Digest(),
    help="公布的承诺，与证明或一次抽取对照\nthe published commitment, to compare with",
)
@click.option(
    "--signer-key",
    "keys",
    metavar="BASE64",
    type=PublicKey(),
    multiple=True,
    help="认得的签名公钥（可多次）：这些钥匙签的台账，注明是认得的\n"
    "a public key you know (repeatable): its signatures are marked so",
)
@click.option(
    "--root",
    metavar="HEX",
    type=Digest(),
    help="公布的检查对象名录根，与证明对照\nthe published root of the subjects, to compare with a proof",
)
@click.pass_obj
def verify(
    voice: Voice, path: Path | None, proof: Path | None, commitment: str | None, root: str | None, keys: tuple[str, ...]
) -> None:
    """核验抽取：由记录和名录重新算出每一步。

    PATH 是一次抽取的文件夹（内有 record.toml），或整个工作文件夹；工作文件夹里的签名一并核验。
    PATH 也可以是 notices 里的 .staffing.json：检查组配不齐的证明，数一遍。
    退出码：0 成立，1 不成立，3 无法判断。

    Check a draw: every step is recomputed from the record and the rosters.

    PATH is the folder of a draw (with record.toml) or a whole working folder, whose signatures are checked, too; or
    a .staffing.json of notices, the proof that teams cannot be completed, which is counted.
    Exit code: 0 holds, 1 does not hold, 3 could not tell.
    """
    if (path is None) == (proof is None) or (proof is None and root):
        raise click.UsageError("PATH 或 --proof FILE 二者取一 / either PATH or --proof FILE [--commitment HEX]")
    if keys and (path is None or not _is_working(path)):
        raise click.UsageError("--signer-key 只用于工作文件夹 / --signer-key goes with a working folder")
    voice.busy("正在核验……", "verifying ...")
    reports = _reports(path, commitment or "", keys) if path is not None else ()
    if proof is not None:
        reports = (proof_report(proof, commitment, root),)
    for report in reports:
        _show(voice, report)
    verdict = worst(r.arithmetic for r in reports)
    voice.result(verdict=verdict)
    if len(reports) > 1:
        voice.say()
        replaced = sum(split_replacement(r.draw_id) is not None for r in reports)
        draws = sum(r.draw_id != ledgers.FILE for r in reports) - replaced
        also = (f"、{replaced} 次替换", f", {replaced} replacements") if replaced else ("", "")
        voice.say(
            f"共核验 {draws} 次抽取{also[0]}：{_VERDICT[verdict].zh}",
            f"{draws} draws{also[1]}: {_VERDICT[verdict].en}",
        )
    if path is not None and reports[0].draw_id != ledgers.FILE:
        say_head(voice, ledger_beside(path))
    sys.exit(_CODE[verdict])


def _is_working(path: Path) -> bool:
    return (path / DRAWS).is_dir() or (path / ledgers.FILE).is_file()


def _reports(path: Path, commitment: str, keys: tuple[str, ...]) -> tuple[Report, ...]:
    try:
        if path.suffix == ".json" and path.is_file():
            if commitment:
                raise click.UsageError("--commitment 对照一次抽取：PATH 写文件夹 / name the folder of a draw")
            return (verify_bottlenecks(path.read_bytes(), path.name),)
        if not path.is_dir():
            raise InputError([problem("SSJ-L013", value=str(path))])
        if _is_working(path):
            if commitment:
                raise click.UsageError("--commitment 对照一次抽取：PATH 写 draws 下的文件夹 / name one draw's folder")
            folders = sorted(p for p in (path / DRAWS).glob("*") if p.is_dir() and not p.name.startswith("."))
            ledger = path / ledgers.FILE
            return verify_folder(
                {p.name: read_folder(p) for p in folders},
                ledger.read_bytes() if ledger.is_file() else None,
                _signatures(path / SIGNATURES),
                keys,
            )
        files = read_folder(path)
    except OSError as error:
        raise InputError([problem("SSJ-F002", file=str(path), value=str(path), reason=error)]) from None
    if not files.keys() & {FILE, "rules.toml", "drawn.csv"}:
        raise InputError([problem("SSJ-L013", value=str(path))])
    name = path.resolve().name
    report = verify_draw(files, name, commitment)
    rate = drop_rate(files, sorted(void_replacements(ledger_beside(path), name, files)))
    report = evolve(report, summary=(*report.summary, rate)) if rate else report
    return (report, *replacement_reports(files, name))


def _signatures(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        return {}
    return {n: data for n, data in read_folder(folder).items() if n.endswith(".json") and not n.startswith(".")}


def _show(voice: Voice, report: Report) -> None:
    voice.add("reports", **asdict(report, recurse=False), arithmetic=report.arithmetic)
    voice.say()
    voice.say(f"【{report.draw_id}】{report.title}", f"[{report.draw_id}] {quoted(report.title)}")
    said: set[str] = set()
    for step in report.steps:
        voice.say(f"  {_MARK[step.status]} {step.title.zh}", f"  {_MARK[step.status]} {step.title.en}")
        voice.findings(step.details, 6, said)
    for line in report.summary:
        voice.text(line, indent=4)
    status: Status = report.arithmetic
    if (
        report.level is not None or not report.summary or report.unproved
    ):  # a record that cannot be read has a verdict, too
        voice.say(f"  结论 A（计算）：{_VERDICT[status].zh}", f"  verdict A (arithmetic): {_VERDICT[status].en}")
    if report.level is not None:
        level = LEVELS[report.level]
        voice.say(
            f"  结论 B（随机性）：{report.level} 级，{level.zh}",
            f"  verdict B (randomness): {report.level}, {level.en}",
        )
        header = (Text("熵源", "source"), Text("依据", "evidence"), Text("见证", "witnesses"), Text("值", "value"))
        voice.table(
            header,
            [(s.source, s.status(voice.lang), s.testimony(voice.lang), s.value) for s in report.sources],
            indent=4,
        )
    for text in report.unproved:
        voice.say(f"    尚未证明：{text.zh}", f"    not proved: {text.en}")
