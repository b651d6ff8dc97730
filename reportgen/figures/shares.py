"""Rounded shares of small numbers: whether any whole number comes to them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from reportgen.figures.declared import Calculation
from reportgen.model import Place, Problem, Severity, Unit
from reportgen.trace import Figure, wholes
from reportgen.wording import in_words


def unfit_shares(
    calculations: Mapping[str, Calculation], known: Mapping[str, Figure], settings: Place
) -> list[Problem]:
    """A warning for each share that no whole number comes to, at its cell, with what the nearest would come to.

    The shares are those of which a paper asks the whole number that they stand for.
    """
    pairs = [
        tuple(known[part] for part in calculation.of)
        for name, calculation in calculations.items()
        if calculation.operation == "whole" and name in known
    ]
    return [_unfit(share, number, settings) for share, number in pairs if _fits_none(share, number)]


def _fits_none(share: Figure, number: Figure) -> bool:
    return share.value is not None and number.value is not None and not wholes(share, number)


def _unfit(share: Figure, number: Figure, settings: Place) -> Problem:
    below = math.floor(share.number * number.number)
    near = " and ".join(
        f"{in_words(n, number.unit)} would be {in_words(Fraction(n) / number.number, Unit.PERCENT)}"
        for n in (below, below + 1)
    )
    return Problem(
        "share-of-no-whole",
        _place(share) or settings,
        f"a share that a whole number of {in_words(number.value, number.unit)} comes to",
        in_words(share.value, share.unit),
        f"{near}: ask for the number itself. The paper prints the share as it is stated.",
        Severity.WARNING,
        also=tuple(filter(None, [_place(number)])),
    )


def _place(figure: Figure) -> Place | None:
    """The first cell of a figure; None where it has none."""
    cells = next(iter(figure.counted()), None)
    return Place(cells.file, cells.sheet, cells.first_row, cells.column) if cells else None
