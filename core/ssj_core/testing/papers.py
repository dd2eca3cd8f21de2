"""Check of renderers: each prints an invented draw, the same bytes twice, and changes nothing it is given."""

from collections.abc import Iterator

from ssj_core.documents.sample import sample_dossier
from ssj_core.problems import Problem, SsjError, problem
from ssj_core.testing.examined import Examined


def renderers(plugin: Examined) -> Iterator[Problem]:
    """A renderer gives the same bytes for the same dossier. One that needs a component not installed is passed over."""
    for renderer in plugin.registry.renderers.values():
        try:
            made = [renderer.render(sample_dossier(), None) for _ in range(2)]
        except SsjError:  # a sentence for the user: a library or a font is missing here
            continue
        except Exception as error:  # what it does wrong is what is asked here
            yield problem("SSJ-G101", value=renderer.id, what=f"{type(error).__name__}: {error}", more=0)
            continue
        if not all(isinstance(data, bytes) for data in made):
            yield problem("SSJ-G102", value=renderer.id, what=f"{made[0]!r:.60}", more=0)
        elif made[0] != made[1]:
            yield problem("SSJ-G105", value=renderer.id, what=f"{len(made[0])} / {len(made[1])} bytes", more=0)
