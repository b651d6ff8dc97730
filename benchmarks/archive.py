"""Prints how long a large archive takes to answer and to be verified, as medians of whole processes.

    python benchmarks/archive.py --entries 10000

Answers are set against a command that only starts up; verifying against reading and hashing the same files, no more.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAIN = """
import hashlib, sys
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
"""


def main() -> None:
    """Makes the archive, measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as folder:
        print(report(measured(Path(folder), options.entries, options.runs), options.entries))


def measured(folder: Path, entries: int, runs: int) -> dict[str, list[float]]:
    """The seconds of each run of each command, which take turns; one more run before them warms the disk's cache."""
    make = [sys.executable, str(ROOT / "benchmarks" / "big_archive.py"), str(folder / "archive")]
    subprocess.run([*make, "--entries", str(entries)], cwd=ROOT, check=True)
    (folder / "reportgen.toml").write_text('[archive]\nfolder = "archive"\n', encoding="utf-8")
    shutil.copytree(folder / "archive", folder / "copy" / "archive", ignore=shutil.ignore_patterns("register.sqlite*"))
    times: dict[str, list[float]] = {}
    for run in range(runs + 1):
        for name, command in commands(folder).items():
            start = time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            if run:
                times.setdefault(name, []).append(time.perf_counter() - start)
    return times


def commands(folder: Path) -> dict[str, list[str]]:
    """What is measured, by name."""
    archive = [str(Path(sys.executable).with_name("reportgen")), "archive"]
    return {
        "start-up": [*archive, "--help"],
        "list": [*archive, "list"],
        "search": [*archive, "search", "children"],
        "search a phrase": [*archive, "search", "children looked"],
        "show": [*archive, "show", "COUNTY-2010-00120"],
        "show --figure": [*archive, "show", "COUNTY-2010-00120", "--figure", "total"],
        "verify": [*archive, "verify"],
        "plain sha256": [sys.executable, "-c", PLAIN, str(folder / "copy" / "archive")],
    }


def report(times: dict[str, list[float]], entries: int) -> str:
    """The medians with their spread, and what is aimed at: answers under a second beyond start-up."""
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    lines = [f"An archive of {entries} entries, whole processes, medians of {len(times['verify'])} runs"]
    for name, spent in times.items():
        beyond = f"{medians[name] - medians['start-up']:7.2f} s beyond start-up"
        lines.append(f"{name:<20}{medians[name]:7.2f} s   ({min(spent):.2f} to {max(spent):.2f}){beyond}")
    lines.append(f"{'verify / plain':<20}{medians['verify'] / medians['plain sha256']:7.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
