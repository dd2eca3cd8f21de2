"""Measure speed and memory as ratios to baselines of the same run, and print the table of tests/benchmarks/README.md.

python tests/benchmarks/run.py            # everything, some three minutes
"""

import hashlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

KEY = "0123456789abcdef" * 2
MILLION = 1_000_000
TAKEN = 30_000
PROGRAMME = Path(sys.executable).with_name("ssj-core")


def ids(count: int) -> Iterator[str]:
    """Ids as long as those of enterprises."""
    for n in range(count):
        yield f"uscc:91130624MA{n:08d}"


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def kernel() -> list[tuple[str, str, str, str]]:
    """The draw kernel against a loop that only hashes the same ids."""
    from ssj_core.draw import smallest

    pool = list(ids(MILLION))
    base = KEY.encode()

    def plain() -> None:
        for one in pool:
            hashlib.sha256(base + one.encode()).digest()

    rows = []
    for share, count in (("3 %", TAKEN), ("0.1 %", 1_000), ("30 %", 300_000)):
        ratios = []
        for _ in range(5):
            baseline = cpu(plain)
            ratios.append(cpu(lambda count=count: smallest(KEY, pool, count)) / baseline)  # type: ignore[misc]
        rows.append(
            (
                f"draw kernel, {share} of 1,000,000 ids",
                "hashlib loop over the same ids",
                f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
                "2.0" if count <= TAKEN else "none: far above what offices draw",
            )
        )
    return rows


def kernel_memory() -> list[tuple[str, str, str, str]]:
    """Peak memory the kernel adds when the ids come from an iterator."""
    code = (
        "import re, sys; sys.path.insert(0, sys.argv[1])\n"
        "import run\n"
        "from ssj_core.draw import smallest\n"
        "def peak(): return int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "smallest(run.KEY, run.ids(1000), 10)\n"
        "before = peak()\n"
        "smallest(run.KEY, run.ids(run.MILLION), run.TAKEN)\n"
        "print(peak() - before)\n"
    )
    result = (
        "before = peak()\n"
        "[Ticket(f'{n:064x}', one) for n, one in zip(range(run.TAKEN), run.ids(run.MILLION))]\n"
        "print(peak() - before)\n"
    )
    alone = code.replace("import smallest", "import Ticket, smallest").rpartition("before =")[0] + result
    return [
        (what, "memory before", f"+{max(_printed(program) for _ in range(3)) / 1024:.1f} MB", target)
        for what, program, target in (
            (f"draw kernel over an iterator of 1,000,000 ids, {TAKEN:,} drawn", code, "+10 MB"),
            (f"of these, the {TAKEN:,} tickets it returns", alone, "–"),
        )
    ]


def _printed(program: str) -> int:
    """The number a program of its own process prints."""
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    return int(subprocess.run(command, check=True, capture_output=True).stdout)


def proof_size() -> list[tuple[str, str, str, str]]:
    """Bytes of the proof that one of a million subjects is in the roster."""
    from ssj_core.proof import Proof

    proof = Proof(
        draw="fuping-zjj-2021-batch-1-1",
        leaf="uscc:91130624EX0001160C\t全部/未抽过",
        index=MILLION - 1,
        count=MILLION,
        path=(bytes(range(32)),) * (MILLION - 1).bit_length(),
    )
    return [("proof of one of 1,000,000 subjects", "–", f"{len(proof.encode())} bytes", "1024 bytes")]


def whole_process() -> list[tuple[str, str, str, str]]:
    """`ssj-core run` of one batch of the sample (1,200 subjects), against starting Python."""
    wall, bare, user = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(11):
            place = Path(folder) / f"d{n}"
            subprocess.run([PROGRAMME, "new", place], check=True, capture_output=True)
            bare.append(_wall([sys.executable, "-c", "pass"]))
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            wall.append(_wall([str(PROGRAMME), "run", str(place / "plan.toml"), "--batch", "batch-1"]))
            user.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
            shutil.rmtree(place)
    middle = statistics.median(wall)
    ratio = middle / statistics.median(bare)
    return [
        (
            "whole process, one batch of 1,200 subjects",
            "python -c pass",
            f"{ratio:.0f} x; {middle:.2f} s ({min(wall):.2f} to {max(wall):.2f}), CPU {statistics.median(user):.2f} s",
            "0.5 s",
        )
    ]


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    print("| what | baseline of the same run | measured | target |")
    print("|---|---|---|---|")
    for measure in (whole_process, kernel, kernel_memory, proof_size):
        for row in measure():
            print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
