"""Cases: what a sentence of law means on a day for one subject or officer, as a plugin ships it and anybody runs it."""

from ssj_core.cases.coverage import Uncovered, uncovered
from ssj_core.cases.model import Case, CaseFile, load_cases
from ssj_core.cases.run import Difference, Verdict, check_case, run_case, run_cases

__all__ = [
    "Case",
    "CaseFile",
    "Difference",
    "Uncovered",
    "Verdict",
    "check_case",
    "load_cases",
    "run_case",
    "run_cases",
    "uncovered",
]
