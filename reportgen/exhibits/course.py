"""How a series ran over time, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.wording import direction, joined

UPWARDS = (("rose", "fell"), ("highest", "lowest"))


@dataclass(frozen=True)
class Point:
    """The value of a month or other period: its number, and both in words."""

    number: float
    words: str
    month: str


def course(label: str, points: Sequence[Point], missing: Sequence[str], downwards: bool = False) -> str:
    """A sentence of a series' first, last, highest and lowest value; one that runs downwards grows away from zero."""
    if not points:
        return f"{label}: no values."
    first, last = points[0], points[-1]
    gaps = f"; no value for {joined(missing)}" if missing else ""
    if len(points) == 1:
        return f"{label}: {first.words} in {first.month}{gaps}."
    verbs, edges = (("shrank", "grew"), ("smallest", "largest")) if downwards else UPWARDS
    high, low = max(points, key=lambda p: p.number), min(points, key=lambda p: p.number)
    if high.number == low.number:
        return f"{label} was {first.words} throughout, from {first.month} to {last.month}{gaps}."
    extremes = [f"{edges[0]} {high.words} in {high.month}", f"{edges[1]} {low.words} in {low.month}"]
    verb = direction(last.number - first.number, *verbs, "") if last.number != first.number else ""
    ran = (
        f"{label} {verb} from {first.words} in {first.month} to {last.words} in {last.month}"
        if verb
        else f"{label} was {first.words} in {first.month} and again in {last.month}"
    )
    return f"{ran}; {', '.join(extremes[::-1] if downwards else extremes)}{gaps}."
