"""Officers matched to visits by lot, inside fair ranges, never stuck: `ssj-match/1` (SPEC §8).

Read first `plain`: all of it, slow and short as the specification; only tests run it. What runs does the same quickly:
`model` (what goes in), `digest` (every hash), `board` and `roster` (the same with numbers), `links`, `walk`, `chains`
(exchanges), `even` (is a roster possible, which is the most even), `ranges` (what is fair), `refusals` and `lots` (the
draw), `bottleneck` and `words` (why it is impossible), `check`.
"""

from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.check import Difference, check
from ssj_core.matching.digest import SPEC, input_digest
from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.lots import match
from ssj_core.matching.model import Evenness, Instance, MatchOfficer, Place, Visit
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw
from ssj_core.matching.words import remedies, words

__all__ = [
    "SPEC",
    "Bottleneck",
    "Difference",
    "Evenness",
    "Infeasible",
    "Instance",
    "MatchOfficer",
    "Matching",
    "OfficerShare",
    "Place",
    "PlaceDraw",
    "Try",
    "Visit",
    "VisitDraw",
    "check",
    "input_digest",
    "match",
    "remedies",
    "words",
]
