"""The rulesets there are, read from the tables of all plugins, none of whose code is run: for messages."""

from collections.abc import Iterable
from contextlib import suppress

from ssj_core.plugin.declarative import read_manifest, read_tables
from ssj_core.plugin.source import Source
from ssj_core.problems import SsjError


def rulesets_of(sources: Iterable[Source]) -> frozenset[str]:
    """Ids of the rulesets; a plugin whose tables cannot be read offers none, which is told where it is used."""
    found: set[str] = set()
    for source in sources:
        root = source.root()
        if root is None or source.contested:
            continue
        with suppress(SsjError):
            manifest = read_manifest(root, source.id, source.shown)
            if manifest.rulesets:
                found |= {ruleset.id for ruleset in read_tables(root, manifest, source.shown).rulesets}
    return frozenset(found)
