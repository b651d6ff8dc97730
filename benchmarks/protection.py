"""How long a paper of many tables of small numbers takes to be protected and attacked. Prints one line.

Each table has twelve rows and eight columns of children with their margins, about half of its numbers small, and the
costs of the same children, which are protected with them in every third table.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace

sys.path.insert(0, ".")

from reportgen.model import Children
from reportgen.protect import Given, protect
from reportgen.trace import Found, axis, catalogue, grid
from tests.protect.made import table

TABLES, ROWS, COLUMNS = 40, 12, 8
COUNTS = (0, 1, 2, 3, 4, 6, 8, 12, 20, 30)
TOLD = {"placements": Children(counts=("children",), rests={"cost": "children"})}


def made(number: int) -> Found:
    """One table's grids: children, and in every third the cost as well."""
    chance = random.Random(number)
    cells = [(f"r{i}", f"c{j}") for i in range(ROWS) for j in range(COLUMNS)]
    counts = [chance.choice(COUNTS) for _ in cells]
    data = {
        "row": [row for row, _ in cells],
        "column": [column for _, column in cells],
        "children": counts,
        "cost": [count * chance.randint(50_000, 400_000) for count in counts],
    }
    own = replace(table(data), sheet=f"Sheet {number}")
    measures = ("children", "cost") if number % 3 == 0 else ("children",)
    grids = [grid(f"{m}{number}", own, m, axis(own, "row"), axis(own, "column")) for m in measures]
    return Found(grids={each.name: each for each in grids})


def main() -> None:
    """Protect and attack them all."""
    shown = {name: figure for number in range(TABLES) for name, figure in catalogue(made(number)).items()}
    wall, processor = time.perf_counter(), time.process_time()
    found = protect(Given(shown, TOLD))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    few = sum(why != "others could be worked out from it" for why in found.hidden.values())
    print(
        f"protection: {TABLES} tables of {ROWS} × {COLUMNS}, {len(shown):,} figures, {few:,} small, "
        f"{len(found.hidden) - few:,} more withheld, {len(found.failing)} open to attack, least loss: {found.least}; "
        f"{wall:.1f} s, {processor:.1f} s of processor time"
    )


if __name__ == "__main__":
    main()
