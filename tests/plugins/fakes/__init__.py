"""Other departments' plugins, made up: small distributions in a folder that stands on `sys.path` for one test."""

import sys
from collections.abc import Mapping
from importlib import invalidate_caches
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ssj_core.plugin.markers import GROUP

PREFIX: Final = "fake_"
"""Import names of the fakes begin so; what begins so is forgotten after the test."""

BASIS: Final = '{ title = "某办法", articles = ["3"], mark = "V-src" }'


def manifest(plugin: str, **more: str) -> str:
    """The text of `ssj-plugin.toml`; `more` gives or replaces keys, each value as TOML writes it."""
    keys = {
        "format": '"ssj-plugin/1"',
        "id": f'"{plugin}"',
        "title": '"样例"',
        "department": '"样例局"',
        "maintainer": '"nobody"',
        "requires_core": '">=0.1"',
        **more,
    }
    return "".join(f"{key} = {value}\n" for key, value in keys.items())


def ratio(value_id: str, ratio: str = "3%") -> str:
    """The text of a ratio table with one open interval."""
    return (
        f'format = "ssj-ratio/1"\nid = "{value_id}"\ntitle = "样例比例"\nstratify = "ratio_rules.all"\n'
        "[[in_force]]\nsince = 2021-01-01\nreviewed_until = 2021-12-31\n"
        f'basis = [{BASIS}]\n[in_force.classes."*"]\nratio = "{ratio}"\nbound = "min"\n'
    )


def checklist(value_id: str) -> str:
    """The text of a checklist with one item."""
    return (
        f'format = "ssj-checklist/1"\nid = "{value_id}"\ntitle = "样例清单"\nsince = 2021-01-01\n'
        "reviewed_until = 2021-12-31\n"
        '[[item]]\nid = "YL-01"\ntitle = "事项"\ncontent = "内容"\nkinds = ["企业"]\nmethods = ["书面检查"]\n'
        f"basis = [{BASIS}]\n"
    )


def ruleset(value_id: str) -> str:
    """The text of a ruleset with one batch."""
    return (
        f'format = "ssj-ruleset/1"\nid = "{value_id}"\ntitle = "样例规则集"\nbureau = "样例局"\n'
        "since = 2021-01-01\nuntil = 2021-12-31\n[team]\nsize = 2\n"
        '[[batch]]\nid = "b1"\ntitle = "第一批"\nmonths = [1, 4]\nmode = "targeted"\nratio = "ratio_rules.flat_3"\n'
    )


class Site:
    """A folder like `site-packages`, on `sys.path` while the context is open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        sys.path.insert(0, str(self.folder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.path.remove(str(self.folder))
        for name in [n for n in sys.modules if n.startswith(PREFIX)]:
            del sys.modules[name]

    def add(
        self,
        plugin: str,
        files: Mapping[str, str] | None = None,
        *,
        code: str = "",
        distribution: str = "",
        version: str = "1.0",
        package: str = "",
    ) -> Path:
        """Install one distribution with one plugin: `code` in `__init__.py`, a sound manifest unless `files` has one.

        A file given as an empty text is left out. Returns the package's folder.
        """
        package = package or PREFIX + plugin.replace(".", "_")
        distribution = distribution or package.replace("_", "-")
        folder = self.folder / package
        for name, text in {"__init__.py": code, "ssj-plugin.toml": manifest(plugin), **(files or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text or name == "__init__.py":
                path.write_text(text, encoding="utf-8")
        info = self.folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{plugin} = {package}\n", encoding="utf-8")
        invalidate_caches()
        return folder
