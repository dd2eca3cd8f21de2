"""The matching against flow solvers, in one run: `python tests/benchmarks/matching.py [visits x officers …]`.

Prints the table of tests/benchmarks/README.md. OR-tools and networkx are wanted for their columns only (`pip install
ortools networkx`); they only find a most even roster, the matching draws one and its verification confirms it. Each
size runs in a process of its own, whose peak memory is told. All times are CPU seconds of one core.
"""

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from ssj_core.matching import Instance, MatchOfficer, Place, Visit, confirm, input_digest, match
from ssj_core.matching.board import Board, board
from ssj_core.matching.even import even_out, fill

SIZES = {"50x20": (50, 20, 1, 1), "2000x200": (2_000, 200, 1, 5), "20000x1000": (20_000, 1_000, 1, 5),
         "240000x10000": (240_000, 10_000, 4, 5)}  # fmt: skip
"""Visits, officers, sections (regions), recusals of each visit."""
FIELDS = 6
ASKED = (5, 4, 3, 2, 2, 1)
"""How often each field is inspected: some specialists have more to do than others."""
SEED = "0" * 64


def office(visits: int, officers: int, sections: int, recused: int) -> Instance:
    """Make an inspectorate of a given size.

    Officers sit in sections, have one to three fields, some may lead. A visit has a section and a field: a lead and a
    member of both, every tenth a third place for anybody of the section; each has recusals. Eligibility is classes and
    recusals; nothing as long as all pairs of place and officer is ever made.
    """
    r = random.Random(2026)  # noqa: S311 - instances to measure with
    classes: dict[str, list[str]] = {}
    in_section: list[list[str]] = [[] for _ in range(sections)]
    for n in range(officers):
        officer, section, turn = f"officer:{n:06d}", n % sections, n // sections
        in_section[section].append(officer)
        fields = {turn % FIELDS, *r.sample(range(FIELDS), r.choice((0, 1, 1, 2, 2)))}
        leads = turn < 2 * FIELDS or r.random() < 0.4
        for field in fields:
            classes.setdefault(f"{section}/{field}", []).append(officer)
            if leads:
                classes.setdefault(f"{section}/{field}/lead", []).append(officer)
    classes |= {str(section): inside for section, inside in enumerate(in_section)}
    lead, member = ({name: Place(role, name) for name in classes} for role in ("主办", "协办"))
    made: list[Visit] = []
    exclusions: dict[str, dict[str, str]] = {}
    for n in range(visits):
        section, (field,) = r.randrange(sections), r.choices(range(FIELDS), ASKED)
        places = lead[f"{section}/{field}/lead"], member[f"{section}/{field}"]
        visit = f"uscc:91610528{n:010d}"
        made.append(Visit(visit, places if n % 10 else (*places, member[str(section)])))
        exclusions[visit] = dict.fromkeys(r.sample(in_section[section], recused), "kin")
    return Instance([MatchOfficer(o, visits) for inside in in_section for o in inside], classes, made, exclusions)


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds and result of one call."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def peak() -> int:
    """Most memory this process ever had, in MiB; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return 0
    return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) // 1024


def ours(size: str) -> dict[str, Any]:
    """Measure the matching at one size."""
    instance = office(*SIZES[size])
    digest = input_digest(instance)
    again = 20 if len(instance.visits) <= 100 else 3 if len(instance.visits) <= 20_000 else 1
    places = board(instance)
    pairs = sum(len(places.members[klass]) for klass in places.klass)
    even, _ = min(cpu(lambda: even_out(fill(board(instance))[0])) for _ in range(again))
    del places
    drawn, result = min((cpu(lambda: match(instance, SEED, digest=digest)) for _ in range(again)), key=lambda m: m[0])
    checked, right = min(
        (cpu(lambda: confirm(instance, SEED, result.teams, digest=digest)) for _ in range(again)), key=lambda m: m[0]
    )
    if right != result:
        raise SystemExit("the verification does not give what was drawn")
    given = [place for visit in result.visits for place in visit.places]
    return {
        "places": len(given), "pairs": pairs, "passed_over": sum(len(place.tries) - 1 for place in given),
        "even": even, "draw": drawn, "confirm": checked, "peak": peak(),
    }  # fmt: skip


def arcs(places: Board) -> tuple[list[tuple[int, int, int, int]], int, int]:
    """The flow of SPEC §8.3 as (from, to, capacity, cost), the number of nodes, the units: all pairs are arcs.

    Source 0, sink 1, then officers, places, and a node for each officer and visit with several places for him.
    """
    officers, count = 2, len(places.ids)
    node = first = 2 + count
    node += len(places.klass)
    found: list[tuple[int, int, int, int]] = []
    for visit, (start, stop) in enumerate(pairwise(places.first)):
        out, once = set(places.excluded[visit]), dict[int, int]()
        able = [[o for o in places.members[places.klass[p]] if o not in out] for p in range(start, stop)]
        several = {o for n, some in enumerate(able) for o in some if any(o in other for other in map(set, able[:n]))}
        for place, some in zip(range(start, stop), able, strict=True):
            found.append((0, first + place, 1, 0))
            for o in some:
                to = officers + o
                if o in several:
                    if o not in once:
                        once[o] = node
                        found.append((node, to, 1, 0))
                        node += 1
                    to = once[o]
                found.append((first + place, to, 1, 0))
    most = 3 * (len(places.klass) // max(1, count) + 1)
    found += [(officers + o, 1, 1, 2 * n + 1) for o in range(count) for n in range(min(places.cap[o], most))]
    return found, node, len(places.klass)


def or_tools(size: str) -> dict[str, Any]:
    """A most even roster by OR-tools' min-cost flow: building is not counted, solving is."""
    numpy = import_module("numpy")
    min_cost_flow = import_module("ortools.graph.python.min_cost_flow")
    flow, _, units = arcs(board(office(*SIZES[size])))
    columns = numpy.array(flow, dtype=numpy.int64).T
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(*columns)
    solver.set_node_supply(0, units)
    solver.set_node_supply(1, -units)
    seconds, status = cpu(solver.solve)
    if status != solver.OPTIMAL:
        raise SystemExit(f"OR-tools: {status}")
    return {"even": seconds, "squares": solver.optimal_cost(), "arcs": len(flow), "peak": peak()}


def networkx(size: str) -> dict[str, Any]:
    """The same by networkx' network simplex."""
    nx = import_module("networkx")
    flow, _, units = arcs(board(office(*SIZES[size])))
    graph = nx.MultiDiGraph()
    graph.add_node(0, demand=-units)
    graph.add_node(1, demand=units)
    graph.add_edges_from((a, b, {"capacity": c, "weight": w}) for a, b, c, w in flow)
    seconds, (cost, _) = cpu(lambda: nx.network_simplex(graph))
    return {"even": seconds, "squares": cost, "arcs": len(flow), "peak": peak()}


PARTS = {"ours": ours, "or_tools": or_tools, "networkx": networkx}
LARGEST = {"or_tools": 20_000, "networkx": 50}
"""Visits beyond which a solver is not tried: networkx takes minutes at 2,000, and the pairs of the largest are arcs."""


def measured(part: str, size: str) -> dict[str, Any] | None:
    """One measurement in a process of its own; None if the library is not there, or the size is beyond it."""
    if SIZES[size][0] > LARGEST.get(part, SIZES[size][0]):
        return None
    done = subprocess.run([sys.executable, __file__, f"--{part}", size], capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _against(here: dict[str, Any], one: dict[str, Any] | None) -> str:
    """A solver's figures beside ours."""
    if one is None:
        return "–"
    both = f"**{one['even'] / here['even']:.0f} x** our roster, {one['even'] / here['draw']:.1f} x our whole draw"
    return f"{one['even']:.3f} s ({one['arcs']:,} arcs, {one['peak']:,} MiB): {both}"


def main() -> None:
    """Print the table, a row a size."""
    sizes = sys.argv[1:] or list(SIZES)
    print("| visits x officers | places, pairs, passed over | most even roster | draw | verify | peak ", end="")
    print("| OR-tools, most even only | networkx, most even only |")
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        here = measured("ours", size)
        assert here is not None
        others = [measured(part, size) for part in ("or_tools", "networkx")]
        told = [_against(here, one) for one in others]
        print(
            f"| {size} | {here['places']:,}, {here['pairs']:,}, {here['passed_over']:,} | {here['even']:.3f} s "
            f"| {here['draw']:.3f} s | {here['confirm']:.3f} s ({here['confirm'] / here['draw']:.2f} of the draw) "
            f"| {here['peak']:,} MiB | {told[0]} | {told[1]} |",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].startswith("--"):
        print(json.dumps(PARTS[sys.argv[1][2:]](sys.argv[2])))
    else:
        main()
