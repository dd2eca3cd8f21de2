"""Every hook a plugin may implement. Hooks register values by id; the plan and the ruleset select by id.

No hook has arguments, an order, a first result or a wrapper: what one plugin registers cannot depend on, or
change, what another one does (reasons: core/adr/0004-hooks-register-values.md). What is dated data has no hook: it is
registered by tables alone (core/adr/0014-dated-data-is-tables.md).
"""

from collections.abc import Sequence

from ssj_core.documents.model import Renderer
from ssj_core.entropy.model import EntropySource
from ssj_core.plugin.markers import hookspec
from ssj_core.readers.model import RosterReader
from ssj_core.rules.model import EligibilityRule, RecusalRule, Stratifier


@hookspec
def ssj_stratifiers() -> Sequence[Stratifier]:  # type: ignore[empty-body]
    """Callbacks that give a subject its class."""


@hookspec
def ssj_eligibility_rules() -> Sequence[EligibilityRule]:  # type: ignore[empty-body]
    """Callbacks that leave a subject or an officer out of a batch, with the reason."""


@hookspec
def ssj_recusal_rules() -> Sequence[RecusalRule]:  # type: ignore[empty-body]
    """Callbacks that keep an officer from inspecting a subject, with the reason."""


@hookspec
def ssj_entropy_sources() -> Sequence[EntropySource]:  # type: ignore[empty-body]
    """Where randomness may come from."""


@hookspec
def ssj_roster_readers() -> Sequence[RosterReader]:  # type: ignore[empty-body]
    """File formats in which rosters can be read."""


@hookspec
def ssj_renderers() -> Sequence[Renderer]:  # type: ignore[empty-body]
    """Papers that can be printed from a finished draw."""
