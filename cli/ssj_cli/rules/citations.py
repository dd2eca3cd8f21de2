"""`ssj-core rules citations`: every citation with its status and date, for a legal section to work through."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from attrs import evolve

from ssj_cli.exit_codes import ExitCode
from ssj_cli.grid import grid
from ssj_cli.kinds import PlanFile
from ssj_cli.plugins.find import folders_of
from ssj_cli.say import Voice, typed
from ssj_core.apart.trial import unusable
from ssj_core.in_force import rules_on
from ssj_core.office import policy_of
from ssj_core.opening import open_office
from ssj_core.outputs import write_file
from ssj_core.plugin.discovery import survey
from ssj_core.plugin.loader import load
from ssj_core.plugin.registry import KINDS, Registry
from ssj_core.problems import Problem, SsjError
from ssj_core.rules.citations import Citation
from ssj_core.rules.citations import citations as found_in
from ssj_core.rules.cite import MARKS, cite, status
from ssj_core.rules.timeline import published
from ssj_core.text import Text

_HEADERS = (
    "状态", "核对情况", "法律或文件", "文号", "条款", "版本日期", "用于", "名称", "核对至", "说明",
    "核对结果", "核对人", "核对日期",
)  # fmt: skip
"""The last three are empty: the legal section fills them in."""

_PARTS: Final = {
    "team": Text("检查组", "teams"),
    "yearly_share": Text("年度抽查比例", "yearly share"),
    "results": Text("检查结果的录入和公示", "entering and publishing results"),
}
"""Parts of a ruleset that have no id of their own."""


@click.command()
@click.argument("plan", required=False, type=PlanFile())
@click.option("--all", "everything", is_flag=True, help="全部已安装的插件，不只是计划用到的\nof all plugins installed")
@click.option("--needs-check", is_flag=True, help="只列待核的\nonly those that must be checked")
@click.option(
    "--csv", "file", type=click.Path(path_type=Path), help="写成 CSV，用 Excel 打开\nwrite a CSV file for Excel"
)
@click.pass_obj
def citations(voice: Voice, plan: Path | None, everything: bool, needs_check: bool, file: Path | None) -> None:
    """列出全部引文：已核、待核还是自定，哪个版本，用在哪里。

    PLAN 是计划：列出它各批次用到的；不写，或者写 --all，就列出全部插件的。待核的在前。
    CSV 另有三栏空着，供法制股室填写核对结果。有插件不能用，其余的照列，退出码是 1。

    List every citation: verified, to be checked or own choice, which version, used where.

    With PLAN those of its batches, else those of all plugins. What must be checked comes first. The CSV file has three
    empty columns for what the legal section finds. Of plugins that cannot be used the others' are listed: exit code 1.
    """
    wrong: list[Problem] = []
    if plan is not None and not everything:
        made = _of_plan(voice, plan)
    else:
        registry, wrong = _everything(folders_of(plan))
        made = _of_registry(registry)
    every = sorted(dict.fromkeys(made), key=_order)
    chosen = [c for c in every if c.basis.status == "needs-check"] if needs_check else every
    voice.result(citations=[{"status": c.basis.status, "id": c.id, "title": c.title, "basis": c.basis,
                             "reviewed_until": c.reviewed_until} for c in chosen])  # fmt: skip
    if file is not None:
        write_file(file, _csv(chosen))
        voice.say(f"已写入 {typed(file)}：{len(chosen)} 条。", f"written to {typed(file)}: {len(chosen)} citations.")
    else:
        header = (
            Text("状态", "status"),
            Text("依据", "citation"),
            Text("用于", "used for"),
            Text("核对至", "reviewed"),
        )
        grid(voice, header, [_row(voice, c) for c in chosen], (0, 5, 4, 0))
    pending = sum(c.basis.status == "needs-check" for c in every)
    voice.say(f"共 {len(every)} 条引文，待核 {pending} 条。", f"{len(every)} citations, {pending} to be checked.")
    if wrong:
        voice.problems(wrong, total=False)
        voice.say("以上插件不能用，它们的引文不在内。", "These plugins cannot be used; their citations are left out.")
        sys.exit(ExitCode.NO)


def _everything(folders: list[Path]) -> tuple[Registry, list[Problem]]:
    """All plugins that can be used in one registry, and what is wrong with the others."""
    available, refused = survey(folders)
    wrong = {**{f"/{n}": error for n, error in enumerate(refused)}, **unusable(available)}
    registry = load([], available)
    for name in available:
        if name in wrong:
            continue
        try:
            registry = load([name], available, registry)
        except SsjError as error:
            wrong[name] = error
    return registry, [p for error in wrong.values() for p in error.problems]


def _of_plan(voice: Voice, plan: Path) -> Iterator[Citation]:
    office, warnings = open_office(plan)
    voice.problems(warnings)
    ruleset = office.ruleset
    for part, title in _PARTS.items():
        named = (evolve(c, id=ruleset.id, title=title(voice.lang)) for c in found_in(getattr(ruleset, part)))
        yield from named
    yield from (c for part in (ruleset.eligibility, ruleset.recusal) for c in found_in(part))
    for batch in office.plan.batch:
        yield from found_in(policy_of(ruleset, batch))
        rules = rules_on(office, batch, batch.start)
        yield from found_in(rules)
        for sealed in rules.checklists:  # what is sealed of a list are its items
            whole = office.registry.checklists[sealed.sector]
            yield from found_in(evolve(whole, items=(), basis=published(whole.basis, batch.start)))


def _of_registry(registry: Registry) -> Iterator[Citation]:
    for kind in KINDS:
        for value in getattr(registry, kind.attribute).values():
            yield from found_in(value)


def _order(citation: Citation) -> tuple[bool, str, tuple[str, ...], str]:
    basis = citation.basis
    return basis.status != "needs-check", basis.title, tuple(a.zfill(4) for a in basis.articles), citation.id


def _row(voice: Voice, citation: Citation) -> tuple[str, str, str, str]:
    basis = citation.basis
    note = f"\n{basis.note}" if basis.note and basis.status == "needs-check" else ""
    return (
        status(basis)(voice.lang),
        cite(basis)(voice.lang) + note,
        f"{citation.id} {citation.title}".strip(),
        str(citation.reviewed_until or "—"),
    )


def _csv(chosen: list[Citation]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADERS)
    for c in chosen:
        b = c.basis
        writer.writerow([
            status(b).zh, MARKS[b.mark].zh, b.title, b.document_no, "、".join(b.articles), b.version or "",
            c.id, c.title, c.reviewed_until or "", b.note, "", "", "",
        ])  # fmt: skip
    return out.getvalue().encode("utf-8-sig")
