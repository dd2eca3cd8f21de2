"""Why somebody is replaced: the codes an office may give (SPEC §13.1).

A subject that cannot be reached or shows no activity is not replaced: that is a result of its inspection.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ssj_core.text import Text


@frozen
class Reason:
    """A reason code in words. `objective`: a public register shows it, so the office has no choice in it."""

    text: Text
    objective: bool = False


SUBJECT_REASONS: Final[Mapping[str, Reason]] = {
    "deregistered": Reason(Text("已注销", "deregistered"), objective=True),
    "revoked": Reason(Text("已被吊销或撤销", "licence revoked"), objective=True),
    "moved": Reason(Text("已迁出辖区", "moved away"), objective=True),
    "closed": Reason(Text("已关闭停业或正在清算", "closed down or being wound up")),
    "force-majeure": Reason(Text("不可抗力", "force majeure")),
    "other": Reason(Text("其他", "other")),
}
OFFICER_REASONS: Final[Mapping[str, Reason]] = {
    "recusal": Reason(Text("需要回避", "recusal")),
    "leave": Reason(Text("请假", "on leave")),
    "transferred": Reason(Text("调离", "transferred")),
    "certificate": Reason(Text("执法证失效", "certificate no longer valid")),
    "other": Reason(Text("其他", "other")),
}
