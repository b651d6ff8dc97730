"""Cost and children by age and need group, as a cost calculator gives them."""

from __future__ import annotations

from reportgen.cells.kinds import Age, Category, Count, Money
from reportgen.datasets.base import Dataset, Field, Spread
from reportgen.model import Children

# The groups of the unit cost calculator: each need alone, then those with two, three and all four of them.
_NEEDS = ("Disabilities", "EBD", "UASC", "Offender")
_SEVERAL = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3), (0, 1, 2, 3))
_GROUPS = ("None", *(f"{need} only" for need in _NEEDS), *("+".join(_NEEDS[i] for i in each) for each in _SEVERAL))
NEED_GROUPS = {f"{number:02}: {group}": (f"{number:02}", group) for number, group in enumerate(_GROUPS)}

DATASET = Dataset(
    name="age_need_costs",
    title="Cost by age and need",
    about="Children and their cost by need group, with two columns for each age. EBD: emotional or behavioural "
    "difficulties. A blank is nobody.",
    fields=(
        Field("need_group", Category("a need group", NEED_GROUPS, "unknown-need-group"), ("need", "needs", "group"),
              about="The need group by its number, its words or both.", example="02: EBD only"),
    ),
    spread=Spread(
        Field("age", Age(), about="The ages, each over its columns.", example="14"),
        (
            Field("children", Count("a number of children"), ("no", "number", "number of children"), blank=True,
                  about="Children of the group and age.", example="4"),
            Field("cost", Money(), ("total cost", "cost of placements"), blank=True,
                  about="What their placements cost.", example="91,218"),
        ),
        totals=("total", "grand total", "all ages"),
        follows=lambda before, after: before < after,
        order="an age above",
    ),
    children=Children(counts=("children",), rests={"cost": "children"}),
    key=("need_group", "age"),
    label=("need_group",),
)  # fmt: skip
