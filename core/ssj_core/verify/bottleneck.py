"""Check a file that says why teams cannot be completed, by counting alone (SPEC §8.9)."""

from typing import Final

from ssj_core.matching.counted import Certificate, Unknown, decode, flaw
from ssj_core.problems import Problem, problem
from ssj_core.text import Text
from ssj_core.verify.report import Report, Step, made

_COMPARE: Final = Text(
    "所写的人员类、上限、回避是否属实：与名录和规则对照，数数证明不了",
    "that classes, caps and exclusions are as written: compare with rosters and rules, counting cannot prove it",
)
_FORM: Final = Text("文件的格式", "the form of the file")
_REASONS: Final = {
    "places": Text("席位重复或次序不对", "a place twice, or out of order"),
    "classes": Text("人员类不是这些席位的，或次序不对", "classes other than those of the places, or out of order"),
    "exclusions": Text("排除重复、次序不对，或与这些席位无关", "an exclusion twice, out of order or of no place here"),
    "officers": Text("能去的人员或户数是另外的", "others may go, or to another number of visits"),
    "needed": Text("席位数不对，或人员够用", "another number of places, or the officers suffice"),
    "capacity": Text("合计至多能占的席位数是另外的", "together they can take another number of places"),
}


def verify_bottlenecks(data: bytes, name: str) -> Report:
    """Count every bottleneck of a file: holds, does not hold, or could not tell where it is no such file."""
    try:
        draw, found = decode(data)
    except Unknown:
        return Report(draw_id=name, title="", steps=(made(_FORM, [problem("SSJ-V118", file=name)]),))
    except ValueError as error:
        wrong = problem("SSJ-V119", file=name, field="format", reason=error)
        return Report(draw_id=name, title="", steps=(made(_FORM, [wrong]),))
    steps = [_step(number, one, name) for number, one in enumerate(found, 1)]
    title = "检查组配不齐 / teams cannot be completed"
    return Report(draw_id=draw, title=title, steps=(made(_FORM), *steps), unproved=(_COMPARE,))


def _step(number: int, one: Certificate, name: str) -> Step:
    officers, needed, capacity = len(one["officers"]), one["needed"], one["capacity"]
    title = Text(
        f"第 {number} 处：{needed} 席只能由 {officers} 人承担，合计至多 {capacity} 席",
        f"number {number}: {needed} places, which {officers} officers alone may fill, together at most {capacity}",
    )
    wrong = flaw(one)
    return made(title, [_wrong(name, number, wrong)] if wrong else [])


def _wrong(name: str, number: int, key: str) -> Problem:
    reason, field = _REASONS[key], f"bottlenecks[{number}].{key}"
    return problem("SSJ-V119", file=name, field=field, reason=reason)
