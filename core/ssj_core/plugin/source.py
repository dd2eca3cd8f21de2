"""Where a plugin lies, and what can be known of it without importing any of its code."""

from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, EntryPoint
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen


@frozen(kw_only=True)
class Source:
    """An entry point of a distribution, or a folder of TOML that a plan names.

    `rivals` are other sources that claim the same id: none of them can be used, and nobody else is disturbed. An id
    that ships with ssj-core keeps its owner; then the rivals alone cannot be used.
    """

    id: str
    entry: EntryPoint | None = None
    folder: Path | None = None
    rivals: tuple["Source", ...] = ()

    @property
    def distribution(self) -> str:
        """The distribution's name, or the folder's."""
        if self.entry is None:
            return str(self.folder)
        return _metadata(self.entry, "name") or "?"

    @property
    def shipped(self) -> bool:
        """Whether it comes with ssj-core itself."""
        return self.distribution == "ssj-core"

    @property
    def foreign(self) -> bool:
        """Whether it is code of others: a package that does not come with ssj-core; a folder has no code."""
        return self.entry is not None and not self.shipped

    @property
    def contested(self) -> bool:
        """Whether others claim the id, and nobody knows whose it is."""
        return bool(self.rivals) and not self.shipped

    @property
    def pinned(self) -> str:
        """What a published record says of where it comes from: of a folder its name, not its place on a disk."""
        return self.folder.name if self.folder is not None else self.distribution

    @property
    def shown(self) -> str:
        """What messages write before the name of a file: the folder as it was named, of a package its id."""
        return self.folder.as_posix() if self.folder is not None else self.id

    @property
    def version(self) -> str:
        """The distribution's version; a folder has none."""
        return _metadata(self.entry, "version") if self.entry else ""

    @property
    def label(self) -> str:
        """Distribution and version, as messages name an owner."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def module(self) -> str:
        """The module of the entry point; empty for a folder, and for an entry point that names none."""
        try:
            return self.entry.module if self.entry else ""
        except (AttributeError, ValueError):  # what importlib.metadata does with `x = ` depends on its version
            return ""

    @property
    def attribute(self) -> str:
        """What the entry point names inside its module: nothing, where it is right."""
        try:
            return self.entry.attr if self.entry else ""
        except (AttributeError, ValueError):
            return ""

    def root(self) -> Path | None:
        """The plugin's folder, found without importing it; None where only an import would tell."""
        return self.folder if self.entry is None else _located(self.module)


def _metadata(entry: EntryPoint, name: str) -> str:
    return _read(entry.dist, name)


@lru_cache(maxsize=64)
def _read(dist: Distribution | None, name: str) -> str:
    """One value of a distribution's METADATA: reading it takes milliseconds, and many entries are of one."""
    try:
        return str(getattr(dist, name, None) or "")
    except (KeyError, ValueError, OSError):  # a distribution whose METADATA is damaged or gone
        return ""


def _located(module: str) -> Path | None:
    """`find_spec` of a top module imports nothing; of a submodule it would import the package, so that is walked."""
    parts = module.split(".")
    try:
        spec = find_spec(parts[0]) if parts[0] else None
        for n in range(1, len(parts)):
            inside = list(spec.submodule_search_locations or ()) if spec else []
            spec = PathFinder.find_spec(".".join(parts[: n + 1]), inside)
    except (ImportError, ValueError, AttributeError, OSError):
        return None
    places = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    return next((p for p in places if p.is_dir()), None)
