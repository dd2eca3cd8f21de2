"""§4: whole quotas from exact ratios, worked out by hand."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ssj_core.rules.model import ClassRatio, Rounding, Total
from ssj_core.strata import DrawClass, quotas
from tests.vectors.sections.shared import Case, agree


def class_case(
    name: str,
    ratio: str,
    rounding: Rounding = "up",
    *,
    at_least: int = 0,
    small: tuple[int, Any] = (0, "all"),
    strata: Sequence[str] = (),
) -> Case:
    return {
        "id": name,
        "ratio": ratio,
        "rounding": rounding,
        "at_least": at_least,
        "small_below": small[0],
        "small_take": small[1],
        "strata": list(strata) or [name],
    }


def draw_class(raw: Mapping[str, Any]) -> DrawClass:
    """A class of `quota.json` as the core knows it."""
    ratio = ClassRatio(
        ratio=Fraction(raw["ratio"]),
        bound="exact",
        rounding=raw["rounding"],
        at_least=raw["at_least"],
        small_below=raw["small_below"],
        small_take=raw["small_take"],
    )
    return DrawClass(id=raw["id"], ratio=ratio, strata=tuple(raw["strata"]))


def quota() -> list[Case]:
    """Quotas; the last column was worked out by hand."""
    both = ["甲/未抽过", "甲/已抽过"]
    each: list[tuple[str, list[Case], dict[str, int], list[int]]] = [
        ("seven-percent-of-100-up", [class_case("A", "7/100")], {"A": 100}, [7]),
        ("seven-percent-of-101-up", [class_case("A", "7/100")], {"A": 101}, [8]),
        ("29-percent-of-100-down", [class_case("A", "29/100", "down")], {"A": 100}, [29]),
        ("29-percent-of-103-down", [class_case("A", "29/100", "down")], {"A": 103}, [29]),
        ("half-up-2.5", [class_case("A", "1/40", "half-up")], {"A": 100}, [3]),
        ("half-up-0.5", [class_case("A", "1/40", "half-up")], {"A": 20}, [1]),
        ("half-up-1.5", [class_case("A", "1/40", "half-up")], {"A": 60}, [2]),
        ("half-up-just-below", [class_case("A", "1/40", "half-up")], {"A": 99}, [2]),
        (
            "up-smallest-excess",
            [class_case("A", "1/3")],
            {"A": 999_999_999_999_999_999_999_998},
            [333333333333333333333333],
        ),
        (
            "down-smallest-lack",
            [class_case("A", "1/3", "down")],
            {"A": 299_999_999_999_999_999},
            [99_999_999_999_999_999],
        ),
        ("one-of-one-up", [class_case("A", "3/100")], {"A": 1}, [1]),
        ("one-of-one-down", [class_case("A", "3/100", "down")], {"A": 1}, [0]),
        ("all", [class_case("A", "1/1", "down")], {"A": 17}, [17]),
        ("none", [class_case("A", "0/1")], {"A": 17}, [0]),
        ("empty-class", [class_case("A", "3/100", at_least=1)], {}, [0]),
        ("at-least-binds", [class_case("A", "3/100", at_least=2)], {"A": 20}, [2]),
        ("at-least-does-not-bind", [class_case("A", "3/100", at_least=1)], {"A": 120}, [4]),
        ("at-least-more-than-there-are", [class_case("A", "3/100", at_least=5)], {"A": 3}, [3]),
        ("small-class-all", [class_case("A", "3/100", small=(10, "all"))], {"A": 9}, [9]),
        ("small-class-not-small", [class_case("A", "3/100", small=(10, "all"))], {"A": 10}, [1]),
        ("small-class-none", [class_case("A", "3/100", at_least=1, small=(10, "none"))], {"A": 9}, [0]),
        ("small-class-number", [class_case("A", "3/100", small=(10, 2))], {"A": 9}, [2]),
        ("small-class-number-too-large", [class_case("A", "3/100", small=(10, 4))], {"A": 3}, [3]),
        ("small-class-number-zero", [class_case("A", "1/2", small=(10, 0))], {"A": 8}, [0]),
        (
            "each-class-by-itself",
            [class_case("A", "1/100"), class_case("B", "3/100"), class_case("C", "10/100"), class_case("D", "30/100")],
            {"A": 120, "B": 250, "C": 41, "D": 9},
            [2, 8, 5, 3],
        ),
        ("coverage-first-new-enough", [class_case("甲", "1/10", strata=both)], {both[0]: 30, both[1]: 20}, [5, 0]),
        ("coverage-first-new-run-out", [class_case("甲", "1/10", strata=both)], {both[0]: 3, both[1]: 47}, [3, 2]),
        ("coverage-first-nobody-new", [class_case("甲", "1/10", strata=both)], {both[1]: 50}, [0, 5]),
        ("coverage-first-all", [class_case("甲", "1/1", strata=both)], {both[0]: 2, both[1]: 1}, [2, 1]),
    ]
    thirds = [class_case(name, "1/3", "half-up") for name in ("A", "B", "C")]
    shared: list[tuple[str, list[Case], dict[str, int], list[int]]] = [
        ("shared-largest-remainder", [class_case(n, "1/10") for n in "ABC"], {"A": 14, "B": 17, "C": 11}, [2, 2, 1]),
        ("shared-ties-by-class-id", thirds, {"A": 1, "B": 1, "C": 1}, [1, 0, 0]),
        ("shared-ties-whatever-the-order", thirds[::-1], {"A": 1, "B": 1, "C": 1}, [0, 0, 1]),
        ("shared-ties-by-bytes", [class_case("乙", "1/2"), class_case("z", "1/2")], {"乙": 1, "z": 1}, [0, 1]),
        ("shared-half-of-the-sum", [class_case(n, "1/4", "half-up") for n in "AB"], {"A": 1, "B": 1}, [1, 0]),
        ("shared-down", [class_case(n, "1/2", "down") for n in "ABC"], {"A": 3, "B": 3, "C": 3}, [2, 1, 1]),
        ("shared-whole", [class_case(n, "1/2") for n in "AB"], {"A": 4, "B": 6}, [2, 3]),
        ("shared-other-ratios", [class_case("A", "1/100"), class_case("B", "1/3")], {"A": 30, "B": 10}, [0, 4]),
        ("shared-no-class", [], {}, []),
        (
            "shared-then-coverage-first",
            [class_case("甲", "1/10", strata=both), class_case("z", "1/10")],
            {both[0]: 1, both[1]: 14, "z": 16},
            [1, 1, 2],
        ),
    ]
    totals: list[tuple[Total, list[tuple[str, list[Case], dict[str, int], list[int]]]]] = [
        ("each", each),
        ("shared", shared),
    ]
    made: list[Case] = []
    for total, cases in totals:
        for name, classes, sizes, known in cases:
            found = quotas([draw_class(c) for c in classes], sizes, total)
            agree(name, [q.quota for q in found], known)
            made.append(
                {
                    "name": name,
                    "total": total,
                    "classes": classes,
                    "sizes": sizes,
                    "quotas": [[q.stratum, q.size, q.quota] for q in found],
                }
            )
    return made
