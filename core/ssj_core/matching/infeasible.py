"""The answer "no complete roster exists", with its proof (SPEC §8.5)."""

from collections.abc import Iterable, Mapping

from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.counted import Certificate
from ssj_core.matching.words import IDS, all_remedies, words
from ssj_core.problems import Problem, RefusedError, problem


class Infeasible(RefusedError):  # noqa: N818 - an answer, not a mistake
    """No complete roster exists; `bottlenecks` say why, the smallest first (SPEC §8.5). Nothing was relaxed."""

    def __init__(
        self,
        bottlenecks: tuple[Bottleneck, ...],
        names: Mapping[str, str] = IDS,
        told: tuple[Bottleneck, ...] | None = None,
        certificates: Iterable[Certificate] = (),
    ) -> None:
        """`told`, where given, are the same bottlenecks with reasons in words, for the sentences only.

        `certificates` are the same, each with all that is needed to count it.
        """
        self.bottlenecks = bottlenecks
        super().__init__((_problem(b, names) for b in (told or bottlenecks)), certificates)


def _problem(bottleneck: Bottleneck, names: Mapping[str, str]) -> Problem:
    what, todo = words(bottleneck, names), all_remedies(bottleneck, names)
    return problem(
        "SSJ-M001" if bottleneck.officers else "SSJ-M002",
        value=bottleneck.missing,
        zh=what.zh,
        en=what.en,
        zh_todo=todo.zh,
        en_todo=todo.en,
    )
