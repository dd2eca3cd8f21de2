"""Officers matched to visits by lot, inside fair ranges, never stuck: `ssj-match/1` (SPEC §8).

Read first `plain`: all of it, slow and short as the specification; only tests run it. What runs does the same quickly:
`model` (what goes in), `digest` (every hash), `board` and `roster` (the same with numbers), `links`, `walk`, `chains`
(exchanges), `even` (is a roster possible, which is the most even), `ranges` (what is fair), `refusals` and `lots` (the
draw), `bottleneck`, `certificate`, `counted` and `words` (why it is impossible), `witness` and `check` (is a published
one right), `reasons` and `because` (why somebody was passed over), `spared` (what the interpreter leaves meanwhile),
`possible` (what is known before any lot).
"""

from ssj_core.matching.because import because
from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.certificate import proves
from ssj_core.matching.check import check, confirm, redraw, spot_check
from ssj_core.matching.digest import SPEC, input_digest
from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.lots import match
from ssj_core.matching.model import TEAM_MATE, Evenness, Instance, MatchOfficer, Place, Visit
from ssj_core.matching.possible import Group, Outlook, outlook
from ssj_core.matching.reasons import Reason, reasons
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw
from ssj_core.matching.witness import Difference, Teams, Wrong
from ssj_core.matching.words import remedies, words

__all__ = [
    "SPEC",
    "TEAM_MATE",
    "Bottleneck",
    "Difference",
    "Evenness",
    "Group",
    "Infeasible",
    "Instance",
    "MatchOfficer",
    "Matching",
    "OfficerShare",
    "Outlook",
    "Place",
    "PlaceDraw",
    "Reason",
    "Teams",
    "Try",
    "Visit",
    "VisitDraw",
    "Wrong",
    "because",
    "check",
    "confirm",
    "input_digest",
    "match",
    "outlook",
    "proves",
    "reasons",
    "redraw",
    "remedies",
    "spot_check",
    "words",
]
