"""What a template may hold: fields, conditions and loops, no code that does more."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import nodes

_ALLOWED: Final = frozenset({
    "Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "Const", "For", "If", "CondExpr", "Compare",
    "Operand", "And", "Or", "Not", "Filter", "Test",
})  # fmt: skip
_FILTERS: Final = frozenset({"length", "count", "join", "default", "first", "last", "upper", "lower", "trim"})
_WORDS: Final = {"Call": "(…)", "Assign": "set", "Macro": "macro", "Include": "include", "Import": "import"}


def code_in(tree: "nodes.Node") -> Iterator[str]:
    """Whatever is more than a field, a condition or a loop."""
    from jinja2 import nodes

    for node in _all(tree):
        kind = type(node).__name__
        if kind not in _ALLOWED:
            yield _words(node)
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield node.attr
        elif isinstance(node, nodes.Getitem) and not _plain(node.arg):
            yield _words(node)
        elif isinstance(node, (nodes.Getattr, nodes.Getitem)) and isinstance(node.node, nodes.Const):
            yield _words(node)  # something asked of a text that stands in the template
        elif isinstance(node, (nodes.Filter, nodes.Test)) and kind == "Filter" and node.name not in _FILTERS:
            yield f"|{node.name}"
        elif isinstance(node, nodes.Name) and node.name.startswith("_"):
            yield node.name


def _plain(key: "nodes.Node") -> bool:
    """A number or a name in quotes, as one writes to get at an entry."""
    value = getattr(key, "value", None)
    return isinstance(value, int) or (isinstance(value, str) and not value.startswith("_"))


def _all(node: "nodes.Node") -> Iterator["nodes.Node"]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


def _words(node: "nodes.Node") -> str:
    name = type(node).__name__
    return _WORDS.get(name, name.lower())
