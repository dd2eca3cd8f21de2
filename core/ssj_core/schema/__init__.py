"""JSON Schemas of every TOML format, made from the classes that read them, so that editors complete and check."""

from ssj_core.schema.formats import FORMATS, Format
from ssj_core.schema.generate import schema_of

__all__ = ["FORMATS", "Format", "schema_of"]
