"""Prints how long SSDA903 returns take to be read, joined and made into tables, beside pandas reading the same files.

    python benchmarks/histories.py --children 1000 100000

Each is measured in a process of its own, whose peak memory counts with that of the child process that parses the files.
The files are made first, and each process has loaded its libraries before its clock starts.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from made_returns import write

ROOT = Path(__file__).parent.parent
MONTH_END = (2022, 3, 31)
LARGEST = 15  # times what pandas takes to read the files


def main() -> None:
    """Measures and prints; exit status 1 where it takes longer than it may, or longer than the data grow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--children", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", choices=("pandas", "reportgen"), help="measure one, of the files in --folder")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(MEASURED[options.one](options.folder)))
        return
    results = []
    for children in options.children:
        with tempfile.TemporaryDirectory(prefix="reportgen-returns-") as folder:
            write(Path(folder), children)
            results.append({"children": children, **measured(Path(folder), options.runs)})
    print(report(results))
    sys.exit(not sound(results))


def measured(folder: Path, runs: int) -> dict[str, dict[str, float]]:
    """The medians of each, in processes of their own that take turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in MEASURED}
    for _ in range(runs):
        for name, rows in found.items():
            command = [sys.executable, str(Path(__file__)), "--one", name, "--folder", str(folder)]
            ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
            if ended.returncode:
                sys.exit(ended.stderr)
            rows.append(json.loads(ended.stdout))
    return {name: {key: statistics.median(r[key] for r in rows) for key in rows[0]} for name, rows in found.items()}


def pandas_reads(folder: Path) -> dict[str, float]:
    """The seconds that pandas takes to read the files with its usual settings, and the peak memory in MB."""
    import pandas as pd

    begin = time.perf_counter()
    frames = [pd.read_csv(path) for path in sorted(folder.glob("*.csv"))]
    return {"seconds": time.perf_counter() - begin, "rows": sum(map(len, frames)), **memory()}


def reportgen_makes(folder: Path) -> dict[str, float]:
    """The seconds of reading, of joining and of all tables and their figures, and the peak memory in MB."""
    import datetime as dt

    from reportgen import readers
    from reportgen.figures import compute_all
    from reportgen.figures.base import Circumstances
    from reportgen.histories import join, tables

    compute_all({}, Circumstances("2022-03", dt.date(2022, 5, 1)))
    day, clock = dt.date(*MONTH_END), [time.perf_counter()]
    with readers.start(readers.input_files(folder), folder) as reading:
        files = reading.result()
    clock.append(time.perf_counter())
    histories, _ = join([table for file in files for table in file.returns], "in")
    assert histories is not None
    clock.append(time.perf_counter())
    found = compute_all(tables(histories, day), Circumstances("2022-03", day, {"returns": day, "placements": day}))
    clock.append(time.perf_counter())
    read, joined, computed = (after - before for before, after in pairwise(clock))
    return {
        "seconds": clock[-1] - clock[0], "read": read, "join": joined, "compute": computed,
        "episodes": len(histories), "figures": len(found.figures), **memory(),
    }  # fmt: skip


def memory() -> dict[str, float]:
    """The peak memory of this process and of its largest child in MB."""
    who = {"peak": resource.RUSAGE_SELF, "child_peak": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(number).ru_maxrss / 1024 for name, number in who.items()}


MEASURED = {"pandas": pandas_reads, "reportgen": reportgen_makes}


def ratio(result: dict) -> float:
    """How many times as long as pandas' reading all of it takes."""
    return result["reportgen"]["seconds"] / result["pandas"]["seconds"]


def sound(results: list[dict]) -> bool:
    """Whether the largest stays within what it may take, and time grows no faster than the data."""
    smallest, largest = results[0], results[-1]
    grown = largest["reportgen"]["seconds"] / smallest["reportgen"]["seconds"]
    return ratio(largest) <= LARGEST and grown <= largest["children"] / smallest["children"]


def report(results: list[dict]) -> str:
    """A line of each number of children, and what it is held to."""
    lines = []
    for result in results:
        own, plain = result["reportgen"], result["pandas"]
        times = f"reads {own['read']:.2f}, joins {own['join']:.2f}, computes {own['compute']:.2f}"
        lines += [
            f"{result['children']:,} children, {plain['rows']:,.0f} rows, {own['episodes']:,.0f} episodes once joined",
            f"  pandas reads      {plain['seconds']:7.2f} s   {plain['peak']:5.0f} MB",
            f"  reportgen, in all {own['seconds']:7.2f} s   {own['peak']:5.0f} MB, child {own['child_peak']:.0f} MB",
            f"  of which it       {times} s",
            f"  times pandas      {ratio(result):7.1f}     ({LARGEST} at most for the largest)",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
