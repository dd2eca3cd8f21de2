"""Check of renderers: each prints an invented draw, the same bytes twice, and nothing but the draw decides them."""

from collections.abc import Iterator
from typing import Final

from ssj_core.documents.model import Renderer
from ssj_core.documents.sample import sample_dossier
from ssj_core.problems import Problem, SsjError, problem
from ssj_core.testing.clocks import clocks
from ssj_core.testing.examined import Examined
from ssj_core.testing.told import others, touched
from ssj_core.testing.watch import watched
from ssj_core.text import Text
from ssj_core.watching import run

_ALLOWED: Final = ("files: ", "system: ", "time zone: ")
"""A renderer may read templates and fonts; not the clock, chance, the environment, the network."""


def renderers(plugin: Examined) -> Iterator[Problem]:
    """A renderer gives the same bytes for the same dossier. One that needs a component not installed is passed over."""
    for renderer in plugin.registry.renderers.values():
        try:
            found = _examine(plugin, renderer)
        except SsjError:  # a sentence for the user: a library or a font is missing here
            continue
        except Exception as error:  # what it does wrong is what is asked here
            found = problem("SSJ-G101", value=renderer.id, what=f"{type(error).__name__}: {error}", more=others(0))
        if found is not None:
            yield found


def _examine(plugin: Examined, renderer: Renderer) -> Problem | None:
    """Render twice, watched once (it is slow): what its own code touches counts, what libraries do is theirs."""
    root, seen, dossier = plugin.source.root(), set[str](), sample_dossier()
    before = repr(dossier)
    made = [run(renderer.id, renderer.render, dossier, None, whole=True)]
    if repr(dossier) != before:
        return problem("SSJ-G103", value=renderer.id, what="Dossier", more=others(0))
    with clocks(), watched(seen, inside=str(root) if root else ""):
        made.append(run(renderer.id, renderer.render, sample_dossier(), None, whole=True))
    if not all(isinstance(data, bytes) for data in made):
        return problem("SSJ-G102", value=renderer.id, what=f"{made[0]!r:.60}", more=others(0))
    if made[0] != made[1]:
        size = f"{len(made[0])} / {len(made[1])}"
        return problem("SSJ-G105", value=renderer.id, what=Text(f"{size} 字节", f"{size} bytes"), more=others(0))
    if outside := sorted(what for what in seen if not what.startswith(_ALLOWED)):
        return problem("SSJ-G104", value=renderer.id, what=touched(", ".join(outside)))
    return None
