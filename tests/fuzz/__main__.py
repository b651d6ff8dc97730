"""Mutates the inputs of this checkout for some minutes: python -m tests.fuzz --minutes 10. Ends with 1 at a finding.

A finding is an answer other than problems with their places: an exception, an error that stops a paper without saying
so, a file refused too slowly or at the cost of too much memory. The input that led to it is kept in outputs/fuzz/.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.fuzz.trial import work


def main() -> int:
    """The exit status, after the counts are printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    print(f"{asked.minutes:g} minutes, {asked.workers} processes, seed {asked.seed}", flush=True)
    seeds = [asked.seed + number for number in range(asked.workers)]
    with ProcessPoolExecutor(asked.workers, get_context("spawn")) as pool:
        told = list(pool.map(work, [asked.minutes * 60] * asked.workers, seeds))
    counts = sum((each for each, _ in told), Counter())
    print(", ".join(f"{name}: {count:,}" for name, count in sorted(counts.items())))
    print(f"largest child: {max(memory for _, memory in told)} MB")
    return 1 if counts["findings"] else 0


if __name__ == "__main__":
    sys.exit(main())
