"""The rules of an edition's protection: what counts as small, and how far it must stay from being worked out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

BY_SUM, BY_CELLS = "sum", "cells"
YEAR_OF_WEEKS = Fraction(366, 7)  # the most that one child can have in a year


@dataclass(frozen=True)
class Rules:
    """How an edition is protected.

    Counts from 1 to `threshold` aren't shown, nor is what rests on so few. What isn't shown must be uncertain: a count
    by at least `width` between the lowest and the highest number that the others allow, an amount by at least
    `amount_width` of itself. `loss` is what is kept least: the sum of the counts withheld, or the number of figures.
    `nodes` bounds each search, `rounds` how many there are; beyond them more is withheld than need be.
    """

    threshold: int = 5
    width: int = 3
    amount_width: Fraction = Fraction(1, 5)
    loss: str = BY_SUM
    nodes: int = 5000
    rounds: int = 60
