"""Tables made by hand, as `check` would have made them: headings in row 3, data from row 4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from reportgen.cells.kinds import Category, Count, Kind, Money, Text
from reportgen.table import CellRange, Column, Table

FIRST = 4
PLACES = Category(
    "a placement type", {"foster care": (), "residential": (), "semi-independent": ()}, "unknown-placement-type"
)
NEEDS = Category("a need", {"high": (), "low": ()}, "unknown-need")


def table(
    data: Mapping[str, Sequence[Any]],
    kinds: Mapping[str, Kind] | None = None,
    symbols: Mapping[str, Mapping[int, str]] | None = None,
    key: tuple[str, ...] = (),
    **more: Any,
) -> Table:
    """A table of the dataset "placements"; columns of numbers are integers that may be missing."""
    series, columns = {}, {}
    for letter, (name, values) in enumerate(data.items(), 1):
        kind = (kinds or {}).get(name, Text())
        series[name] = pd.Series(list(values), dtype="Int64" if isinstance(kind, (Count, Money)) else object)
        rows = np.arange(FIRST, FIRST + len(values), dtype=np.int64)
        found = (symbols or {}).get(name, {})
        columns[name] = Column(kind.unit, letter, rows, ((letter, FIRST - 1),), symbols=found, kind=kind)
    return Table("placements", "Placements", "in/p.xlsx", "Placements", pd.DataFrame(series), columns, (), key, **more)


def placements() -> Table:
    """Six placements by type and need, with children and cost in pence; the fourth's cost isn't available."""
    return table(
        {
            "type": ["foster care", "foster care", "residential", "foster care", None, "residential"],
            "need": ["high", "low", "high", "low", "low", "high"],
            "children": [3, 1, 2, 5, 4, None],
            "cost": [300, 100, 9000, None, 400, 50],
        },
        {"type": PLACES, "need": NEEDS, "children": Count(), "cost": Money()},
        {"cost": {3: "x"}},
    )


def addresses(found: Sequence[CellRange]) -> list[str]:
    """The ranges' addresses on their sheet."""
    return [cells.address for cells in found]
