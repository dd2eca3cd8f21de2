"""Words for sectors: what a roster may call the sector of a checklist."""

import unicodedata
from collections.abc import Iterable, Mapping

from attrs import frozen

from ssj_core.rules.model import Checklist


@frozen
class SectorNames:
    """Every word (id, title, alias) and the sector id it stands for; `titles` of the sectors, as they were given."""

    ids: Mapping[str, str]
    titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, checklists: Iterable[Checklist]) -> "SectorNames":
        """Collect the words of all checklists."""
        known = list(checklists)
        words = {_plain(word): c.id for c in known for word in (c.id, c.title, *c.aliases)}
        return cls(words, tuple(c.title for c in known))

    def resolve(self, words: Iterable[str]) -> tuple[str, ...]:
        """Sector ids of the words that are known, each once, in order; the others are left out."""
        return tuple(dict.fromkeys(i for w in words if (i := self.ids.get(_plain(w))) is not None))

    def unknown(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words that no checklist knows."""
        return tuple(w for w in words if _plain(w) not in self.ids)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold()
