"""From an attrs class to the JSON Schema (draft 7, as editors of TOML know it) of the tables it is read from.

The schema says what `structuring` says: exact types, no unknown keys, what must stand. What only a look at several
keys can tell (an interval before another, an id that exists) no schema says; `ssj-core` itself does.
"""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from ssj_core.ratios import NUMBER, PATTERN
from ssj_core.rules.model import Number
from ssj_core.schema.words import describe
from ssj_core.text import Lang

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, Any]

_PLAIN: Final[dict[type, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Fraction: {"type": "string", "pattern": PATTERN},
}


def schema_of(cls: type, title: str, lang: Lang) -> Schema:
    """The schema of a whole file; keys are described in `lang`.

    Raises:
        TypeError: a field is of a type no table of TOML can hold, or two classes share a name.
    """
    maker = _Maker(lang)
    root = maker.table(cls)
    named = {name: maker.made[of] for name, of in sorted(maker.names.items())}
    return {"$schema": DRAFT, "title": title, **root, **({"definitions": named} if named else {})}


class _Maker:
    """Collects the definitions that one schema needs."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.names: dict[str, type] = {}
        self.made: dict[type, Schema] = {}

    def table(self, cls: type) -> Schema:
        hints = get_type_hints(cls)
        found: tuple[Attribute[Any], ...] = fields(cls)
        required = [a.name for a in found if a.default is NOTHING]
        properties = {a.name: self.key(cls, a, hints[a.name]) for a in found}
        made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**made, "required": required} if required else made

    def key(self, cls: type, attribute: "Attribute[Any]", kind: Any) -> Schema:
        made = dict(self.value(kind))
        if said := describe(cls, attribute.name, self.lang):
            # beside a reference nothing else counts, so what is said stands around it
            made = {"allOf": [made], "description": said} if "$ref" in made else {**made, "description": said}
        if type(attribute.default) in (str, int, bool):
            made["default"] = attribute.default
        return made

    def value(self, kind: Any) -> Schema:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind in (Number, Number | None):
            return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": NUMBER}]}
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin in (Union, UnionType):
            return self.union([one for one in inner if one is not NoneType])  # TOML has no null: a key is there or not
        if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
            return {"type": "array", "items": self.value(inner[0])}
        if origin is tuple:
            each = [self.value(one) for one in inner]
            return {"type": "array", "items": each, "minItems": len(each), "maxItems": len(each)}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.value(inner[1])}
        if isinstance(kind, type) and has(kind):
            return {"$ref": f"#/definitions/{self.named(kind)}"}
        raise TypeError(f"{kind} is no type of a TOML value")

    def union(self, kinds: list[Any]) -> Schema:
        made = [self.value(kind) for kind in kinds]
        if len(made) == 1:
            return made[0]
        if all(set(one) == {"type"} for one in made):
            return {"type": [one["type"] for one in made]}
        return {"anyOf": made}

    def named(self, cls: type) -> str:
        name = cls.__name__.lstrip("_")
        if self.names.setdefault(name, cls) is not cls:
            raise TypeError(f"{cls} and {self.names[name]} share a name")
        if cls not in self.made:
            self.made[cls] = {}  # a class that holds itself finds its name taken
            self.made[cls] = self.table(cls)
        return name
