"""§9.2, §9.4: canonical tables, and what closes a record."""

from ssj_core.canonical import digest
from ssj_core.record import closing_holds
from ssj_core.tables import RecusalRow, SubjectRow, TableError, decode_table, encode_table
from tests.vectors.sections.shared import Case, agree


def tables() -> list[Case]:
    """Canonical CSV, and what is almost so."""
    row = RecusalRow(subject="test:A01", officer="officer:T-1", rule="r.one", reason='姻亲，"近"')
    good = encode_table(RecusalRow, [row]).decode()
    subject = SubjectRow(
        id="test:A01", name="甲,乙公司", kind="", stratum="B", sectors=("a.one", "b.two"), section="一股", area="",
        address="", risk_class="B", key=True, parent="",
    )  # fmt: skip
    head = encode_table(RecusalRow, []).decode()
    cases: list[tuple[str, str, str, str]] = [
        ("recusals", "recusals.csv", good, "ok"),
        ("no-rows", "recusals.csv", head, "ok"),
        ("subjects", "subjects.csv", encode_table(SubjectRow, [subject]).decode(), "ok"),
        ("no-byte-order-mark", "recusals.csv", good[1:], "refused"),
        ("carriage-return", "recusals.csv", good.replace("\n", "\r\n"), "refused"),
        ("no-final-line-feed", "recusals.csv", good[:-1], "refused"),
        ("blank-line", "recusals.csv", good + "\n", "refused"),
        ("needless-quotes", "recusals.csv", good.replace("r.one", '"r.one"'), "refused"),
        ("another-header", "recusals.csv", good.replace("规则", "规 则"), "refused"),
        ("a-cell-too-many", "recusals.csv", head + "a,b,c,d,e\n", "refused"),
        ("a-cell-too-few", "recusals.csv", head + "a,b,c\n", "refused"),
        ("decomposed", "recusals.csv", good.replace("r.one", "e\u0301"), "refused"),
        ("tab-in-a-cell", "recusals.csv", good.replace("r.one", "r\tone"), "refused"),
        ("line-feed-in-a-cell", "recusals.csv", good.replace("r.one", '"r\none"'), "refused"),
    ]
    kinds = {"recusals.csv": RecusalRow, "subjects.csv": SubjectRow}
    made: list[Case] = []
    for name, file, text, expect in cases:
        agree(name, _accepted(kinds[file], text), expect == "ok")
        made.append({"name": name, "file": file, "text": text, "expect": expect})
    return made


def _accepted(kind: type, text: str) -> bool:
    try:
        decode_table(kind, text.encode())
    except TableError:
        return False
    return True


def closings() -> list[Case]:
    """Whether a record ends with the digest of what stands before."""
    body = 'format = "ssj-record/1"\n\n[tables]\n"drawn.csv" = "…"\n'
    good = f'{body}\n[closing]\nsha256 = "{digest(body.encode())}"\n'
    cases: list[tuple[str, str, str]] = [
        ("holds", good, "holds"),
        ("body-changed", good.replace("record/1", "record/2"), "fails"),
        ("digest-changed", good.replace(digest(body.encode())[:8], "00000000"), "fails"),
        ("carriage-returns", good.replace("\n", "\r\n"), "fails"),
        ("no-final-line-feed", good[:-1], "fails"),
        ("something-after", good + "\n", "fails"),
        ("no-closing", body, "fails"),
    ]
    for name, text, expect in cases:
        agree(name, closing_holds(text.encode()), expect == "holds")
    return [{"name": name, "text": text, "expect": expect} for name, text, expect in cases]
