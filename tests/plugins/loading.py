"""Helpers of the tests of the loader: code that registers something, why loading ends, what a registry holds."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from ssj_core.plugin.loader import discover, load
from ssj_core.plugin.registry import KINDS, Registry
from ssj_core.problems import PluginError, Problem

from .fakes import manifest

HOOK = "from ssj_core.plugin.markers import hookimpl\nfrom ssj_core.rules.model import Stratifier\n"
STRATIFIER = "Stratifier(id={!r}, title='样例', key=lambda s, c: '一')"


def stratifiers(*ids: str, mark: str = "@hookimpl", name: str = "ssj_stratifiers", args: str = "") -> str:
    """The code of a plugin that registers stratifiers."""
    made = ", ".join(STRATIFIER.format(i) for i in ids)
    return f"{HOOK}{mark}\ndef {name}({args}):\n    return [{made}]\n"


def refused(*wanted: str, folders: Iterable[Path] = ()) -> tuple[Problem, ...]:
    """The problems with which loading ends."""
    with pytest.raises(PluginError) as caught:
        load(wanted, discover(folders))
    for found in caught.value.problems:  # no template lacks a value, in either language
        assert found.message("zh")
        assert found.message("en")
        assert found.remedy("zh")
        assert found.remedy("en")
    return caught.value.problems


def only(problems: tuple[Problem, ...], code: str) -> Problem:
    assert [p.code for p in problems] == [code]
    return problems[0]


def contents(registry: Registry) -> dict[str, object]:
    """A registry as plain values, callbacks by id."""
    return {k.attribute: list(getattr(registry, k.attribute)) for k in KINDS} | {
        "owners": dict(sorted(registry.owners.items())),
        "plugins": dict(sorted(registry.plugins.items())),
    }


def drop_in(folder: Path, plugin: str, **tables: str) -> Path:
    """A folder of TOML, as an office without Python would write it."""
    folder.mkdir()
    names = ", ".join(f'"{name}.toml"' for name in tables)
    (folder / "ssj-plugin.toml").write_text(manifest(plugin, ratios=f"[{names}]"), encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
