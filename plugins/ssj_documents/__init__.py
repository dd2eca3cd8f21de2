"""Papers an office prints from a finished draw; they read the record and run no rule of the draw."""

from ssj_core.documents.model import Renderer
from ssj_core.plugin.markers import hookimpl
from ssj_documents.papers import RENDERERS


@hookimpl
def ssj_renderers() -> tuple[Renderer, ...]:
    """一企一表 and what goes with it."""
    return RENDERERS
