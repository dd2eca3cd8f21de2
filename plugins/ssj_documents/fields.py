"""Follows the fields of a template through its loops: which of them stand nowhere in the facts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from jinja2 import nodes

_LOOP: Final = {
    "index": 1, "index0": 0, "revindex": 1, "revindex0": 0, "first": True, "last": True, "length": 1, "depth": 1,
}  # fmt: skip


class Unknown(NamedTuple):
    """A field that does not exist: as it is written, its last part, and what could stand there."""

    name: str
    last: str
    known: tuple[str, ...]


class _Anything:
    """A value of which nothing is known: whatever is asked of it is not wrong."""


_ANYTHING: Final = _Anything()


class Fields:
    """Facts by name; every list of a sample holds at least one entry, which stands for all."""

    def __init__(self, sample: Mapping[str, Any]) -> None:
        self._sample = sample

    def unknown(self, tree: "nodes.Template", scope: Mapping[str, Any] | None = None) -> Iterator[Unknown]:
        """The fields of a parsed template that do not exist, each once; `scope` holds what loops around it named."""
        yield from dict.fromkeys(self._walk(tree, dict(self._sample if scope is None else scope)))

    def bound(self, tree: "nodes.Template", scope: Mapping[str, Any]) -> dict[str, Any]:
        """What the loops of a parsed template name, for whatever stands in them."""
        from jinja2 import nodes

        found: dict[str, Any] = {}
        for loop in tree.find_all(nodes.For):
            found |= {"loop": _LOOP, **self._named(loop, {**scope, **found})}
        return found

    def _walk(self, node: "nodes.Node", scope: dict[str, Any]) -> Iterator[Unknown]:
        from jinja2 import nodes

        if isinstance(node, nodes.For):
            yield from self._value(node.iter, scope)[1]
            inner = {**scope, "loop": _LOOP, **self._named(node, scope)}
            for child in (*([node.test] if node.test else []), *node.body):
                yield from self._walk(child, inner)
            for child in node.else_:
                yield from self._walk(child, scope)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            yield from self._value(node, scope)[1]
        else:
            for child in node.iter_child_nodes():
                yield from self._walk(child, scope)

    def _named(self, loop: "nodes.For", scope: Mapping[str, Any]) -> dict[str, Any]:
        """The name a loop gives to each entry, and what stands for all of them."""
        from jinja2 import nodes

        values = self._value(loop.iter, dict(scope))[0]
        entry = values[0] if isinstance(values, list) and values else _ANYTHING
        return {loop.target.name: entry} if isinstance(loop.target, nodes.Name) else {}

    def _value(self, node: "nodes.Node", scope: dict[str, Any]) -> tuple[Any, list[Unknown]]:
        """What an expression stands for, and the fields in it that do not exist."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._part(scope, node.name, node.name)
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            whole, found = self._value(node.node, scope)
            key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
            if found or not isinstance(whole, Mapping):
                return self._inside(whole, key, found)
            return self._part(whole, str(key), f"{_written(node.node)}.{key}")
        return _ANYTHING, list(self._walk(node, scope)) if not isinstance(node, nodes.Const) else []

    def _inside(self, whole: Any, key: object, found: list[Unknown]) -> tuple[Any, list[Unknown]]:
        if isinstance(whole, list) and isinstance(key, int):
            return (whole[0] if whole else _ANYTHING), found
        if found or isinstance(whole, _Anything):
            return _ANYTHING, found
        return _ANYTHING, [Unknown(f"….{key}", str(key), ())]

    def _part(self, whole: Mapping[str, Any], key: str, written: str) -> tuple[Any, list[Unknown]]:
        if key in whole:
            return whole[key], []
        known = tuple(k for k in whole if k != "loop")
        return _ANYTHING, [Unknown(written, key, known)]


def _written(node: "nodes.Node") -> str:
    """A field as it stands in the template."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return "…"
