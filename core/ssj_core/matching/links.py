"""Which class leads to which: a small picture of all exchanges, kept up to date, that never misses one.

Its nodes are the classes, from 0, and after them the balances: a balance joins officers who may take one place more
with officers who may take one less for it. A class leads to another if one of its members holds an open place of the
other, and to a balance if one of its members may take one more; a balance leads to the classes of which officers who
may take one less hold open places. Exclusions and team mates are left out: where this picture shows no way there is
none, where it shows one there mostly is.
"""

from collections.abc import Iterator


class Links:
    """How many officers make each link, and of each node the nodes it leads to, as bits."""

    def __init__(self) -> None:
        self._count: dict[int, dict[int, int]] = {}
        self.leads_to: dict[int, int] = {}

    def add(self, node: int, to: int) -> None:
        """One officer more makes this link."""
        counts = self._count.setdefault(node, {})
        counts[to] = number = counts.get(to, 0) + 1
        if number == 1:
            self.leads_to[node] = self.leads_to.get(node, 0) | 1 << to

    def drop(self, node: int, to: int) -> None:
        """One officer less makes it."""
        counts = self._count[node]
        counts[to] -= 1
        if not counts[to]:
            del counts[to]
            self.leads_to[node] ^= 1 << to

    def way(self, start: int, goal: int) -> tuple[list[int], int]:
        """Return a shortest way from one of the nodes `start` to one of `goal`, both as bits, and the nodes seen.

        The way is empty if there is none; then the nodes seen are all that can be reached.
        """
        seen, came = start, dict[int, int]()
        layer = list(bits(start))
        if start & goal:
            return [(start & goal).bit_length() - 1], seen
        while layer:
            further: list[int] = []
            for node in layer:
                new = self.leads_to.get(node, 0) & ~seen
                if not new:
                    continue
                seen |= new
                if new & goal:
                    found = (new & goal).bit_length() - 1
                    came[found] = node
                    return _back(found, came), seen
                for found in bits(new):
                    came[found] = node
                    further.append(found)
            layer = further
        return [], seen


def bits(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, ascending."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _back(node: int, came: dict[int, int]) -> list[int]:
    way = [node]
    while node in came:
        node = came[node]
        way.append(node)
    return way[::-1]
