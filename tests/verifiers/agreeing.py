"""Both verifiers asked the same, a finished draw to spoil, and ways to spoil it."""

import re
from collections.abc import Mapping
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from ssj_core.canonical import digest
from ssj_core.problems import InputError, RefusedError
from ssj_core.record import FILE
from ssj_core.verify import verify_draw
from tests.strategies import Case, small_case
from tests.verifiers.independent import SSJ

NAME = "p-b-1"
Files = Mapping[str, bytes]


def mine(files: Files, name: str = NAME) -> str:
    """The verdict of the independent one."""
    verdict: str = SSJ.worst(SSJ.verify_draw(files, name))
    return verdict


def agree(files: Files, name: str = NAME) -> str:
    """The verdict of both."""
    theirs, report = verify_draw(files, name), SSJ.verify_draw(files, name)
    told = [
        (s.title.en, s.status, [(d.code, d.file, d.row, d.message("en")) for d in s.details])
        for s in theirs.steps
        if s.status != "holds"
    ]
    assert SSJ.worst(report) == theirs.arithmetic, (told, [r for r in report if r[0] != "holds"])
    return theirs.arithmetic


def files_of(case: Case) -> Files:
    """Draw, or give up this example."""
    try:
        return case.files()
    except (InputError, RefusedError):
        assume(False)
        raise


@cache
def finished() -> Files:
    return small_case().files()


def closed_anew(files: Files) -> Files:
    """The digests of the record, of the rules and the closing, made to fit as somebody would who hides a change."""
    made = dict(files)
    record, rules = made.get(FILE, b"").decode("utf-8", "surrogateescape"), made.get("rules.toml", b"")
    for file in ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv"):
        if file in made:
            rules = re.sub(
                rf'"{file}" = "[0-9a-f]{{64}}"'.encode(), f'"{file}" = "{digest(made[file])}"'.encode(), rules
            )
    if "rules.toml" in made:
        made["rules.toml"] = rules
    for file in made:
        record = re.sub(rf'"{file}" = "[0-9a-f]{{64}}"', f'"{file}" = "{digest(made[file])}"', record)
    for name, file in (("plan_digest", "plan.toml"), ("rules_digest", "rules.toml")):
        if file in made:
            record = re.sub(rf'{name} = "[0-9a-f]{{64}}"', f'{name} = "{digest(made[file])}"', record)
    body = record.rpartition("\n[closing]\n")[0].encode("utf-8", "surrogateescape")
    made[FILE] = body + f'\n[closing]\nsha256 = "{digest(body)}"\n'.encode()
    return made


@st.composite
def tampered(draw: st.DrawFn, files: Files) -> Files:
    file = draw(st.sampled_from(sorted(files)))
    data = files[file]
    kind = draw(st.sampled_from(["byte", "insert", "drop", "swap", "twice", "cut", "missing", "rubbish", "saved"]))
    rows = data.split(b"\n")
    place, row, other = (draw(st.integers(0, n - 1)) for n in (len(data), len(rows), len(rows)))
    if kind == "byte":
        data = data[:place] + bytes([data[place] ^ draw(st.integers(1, 255))]) + data[place + 1 :]
    elif kind == "insert":
        data = data[:place] + draw(st.sampled_from([b" ", b"\n", b"1", b"x", b"\xff", b'"', b",", b"#"])) + data[place:]
    elif kind == "drop":
        data = b"\n".join(rows[:row] + rows[row + 1 :])
    elif kind == "twice":
        data = b"\n".join(rows[:row] + rows[row : row + 1] + rows[row:])
    elif kind == "swap":
        rows[row], rows[other] = rows[other], rows[row]
        data = b"\n".join(rows)
    elif kind == "cut":
        data = data[:place]
    elif kind == "saved":
        data = draw(st.sampled_from([b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n")]))
    elif kind == "rubbish":
        data = draw(st.sampled_from([b"", b"\x00", b"\xff\xfe", b"[" * 5000, b"a = 1\n", b"{" * 9000, b"x = nan\n"]))
    changed = {**files, file: data}
    if kind == "missing":
        del changed[file]
    return changed
