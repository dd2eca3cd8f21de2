"""The papers there are, by the names that somebody types."""

from collections.abc import Mapping

from ssj_cli.printed import BUILT_IN
from ssj_core.documents.model import Renderer
from ssj_core.foreign import call
from ssj_core.plugin.discovery import discover
from ssj_core.plugin.loader import load, namespace
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem


def renderer_named(name: str) -> Renderer:
    """A renderer by id; one of the built-in plugin by its last part. Raises `InputError` for an unknown one."""
    full = name if "." in name else f"{BUILT_IN}.{name}"
    available = discover()
    plugin = namespace(full)
    known = load([plugin], available).renderers if plugin in available else _renderers()
    if full not in known:
        short = [i.removeprefix(f"{BUILT_IN}.") for i in known if not i.endswith("_pdf")]
        raise InputError([problem("SSJ-D003", value=name, known=listed(short), **nearest(name, short))])
    return known[full]


def _renderers() -> Mapping[str, Renderer]:
    """Every renderer of the plugins that are installed and can print; the built-in ones also by their short name."""
    available = discover()
    return load([BUILT_IN], available).renderers


def with_template() -> list[str]:
    """Names of the papers that an office may have its own template of."""
    return [i.removeprefix(f"{BUILT_IN}.") for i, r in _renderers().items() if r.template]


def refuse_wrong(renderer: Renderer, own: bytes, name: str) -> None:
    """Raise `InputError` with everything that is wrong with a template of the office."""
    if renderer.check is not None and (found := call(renderer.id, renderer.check, own, name)):
        raise InputError(found)
