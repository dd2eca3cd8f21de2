"""SPEC §11: verify a draw from what was published, running no plugin code."""

from ssj_core.verify.folder import verify_folder
from ssj_core.verify.report import Report, Status, Step
from ssj_core.verify.single import verify_draw

__all__ = ["Report", "Status", "Step", "verify_draw", "verify_folder"]
