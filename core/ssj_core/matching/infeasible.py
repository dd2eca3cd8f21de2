"""The answer "no complete roster exists", with its proof (SPEC §8.5)."""

from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.words import all_remedies, words
from ssj_core.problems import Problem, RefusedError, problem


class Infeasible(RefusedError):  # noqa: N818 - an answer, not a mistake
    """No complete roster exists; `bottlenecks` say why, the smallest first (SPEC §8.5). Nothing was relaxed."""

    def __init__(self, bottlenecks: tuple[Bottleneck, ...]) -> None:
        self.bottlenecks = bottlenecks
        super().__init__(map(_problem, bottlenecks))


def _problem(bottleneck: Bottleneck) -> Problem:
    what, todo = words(bottleneck), all_remedies(bottleneck)
    return problem(
        "SSJ-M001" if bottleneck.officers else "SSJ-M002",
        value=bottleneck.missing,
        zh=what.zh,
        en=what.en,
        zh_todo=todo.zh,
        en_todo=todo.en,
    )
