"""The protect stage: what a public edition may show, over all figures of a paper at once.

Nothing here reads a file or words a number. What comes out is which figures aren't shown, and how far each of them
stays from being worked out.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.protect.attack import Interval, intervals
from reportgen.protect.choose import CannotProtect, choose
from reportgen.protect.items import Given, Items
from reportgen.protect.merge import Merge, merge
from reportgen.protect.rules import BY_CELLS, BY_SUM, Rules
from reportgen.protect.small import Why
from reportgen.protect.system import systems

__all__ = [
    "BY_CELLS",
    "BY_SUM",
    "CannotProtect",
    "Given",
    "Interval",
    "Merge",
    "Protected",
    "Rules",
    "Why",
    "merge",
    "protect",
]


@dataclass(frozen=True)
class Protected:
    """Which figures an edition doesn't show, by name and with the reason; and what can be worked out of each.

    `least` says whether no choice would have lost less. Numbers that aren't published at all, but that others were
    made of, have an interval without names.
    """

    hidden: dict[str, Why]
    intervals: tuple[Interval, ...] = ()
    least: bool = True

    @property
    def failing(self) -> tuple[Interval, ...]:
        """Those that can be worked out too closely: an edition with any isn't written."""
        return tuple(interval for interval in self.intervals if not interval.holds)


def protect(given: Given, rules: Rules = Rules()) -> Protected:  # noqa: B008 - frozen
    """What an edition doesn't show, chosen with the least loss and attacked. Raises CannotProtect."""
    hidden: dict[str, Why] = {}
    found: list[Interval] = []
    least = True
    for system in systems(Items(given, rules)):
        chosen, is_least = choose(system, rules)
        least = least and is_least
        found += intervals(system, chosen)
        for item, is_hidden in zip(system.items, chosen, strict=True):
            if is_hidden:
                hidden |= dict.fromkeys(item.names, item.why or Why.OTHERS)
    return Protected(dict(sorted(hidden.items())), tuple(found), least)
