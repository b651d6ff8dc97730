"""What a bar chart shows, in words for those who can't see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.exhibits.bar_layout import Bars, Comparator
from reportgen.exhibits.marks import Mark
from reportgen.wording import joined

MANY = 40  # values that are all said; of more, each series' highest, lowest, first and last

Named = tuple[str, Mark]


def alternative(title: str, bars: Bars) -> str:
    """The text alternative: each series' highest and lowest value, all values, and how they stand to comparators."""
    said = [f"Bar chart. {title.rstrip('.')}."]
    few = len(bars.marks) <= MANY
    for at, series in enumerate(bars.series):
        named = [(_clean(row.name), made) for row in bars.rows if (made := row.marks[at])]
        said += _extremes(series.name, named, bars.signs, ends=not few)
    if few:
        said += _rows(bars)
    said += [_compared(bars, line, few) for line in bars.lines]
    return " ".join(said)


def _clean(name: str) -> str:
    return name.rstrip(".")


def _extremes(series: str, named: Sequence[Named], signs: tuple[str, str], ends: bool) -> Iterator[str]:
    """A series' highest and lowest categories with their values; with `ends`, its first and last value as well."""
    known = [(name, made) for name, made in named if made.number is not None]
    if not known:
        yield f"{series}: no values."
    elif len({made.number for _, made in known}) > 1:
        high, low = max(known, key=_value)[1], min(known, key=_value)[1]
        said = [
            f"{word} {edge.spoken} ({joined([name for name, made in known if made.number == edge.number])})"
            for word, edge in ((_edge(high, signs, True), high), (_edge(low, signs, False), low))
        ]
        edges = (("first", named[0]), ("last", named[-1])) if ends else ()
        said += [f"{word} {made.spoken} ({name})" for word, (name, made) in edges]
        yield f"{series}: {', '.join(said)}."
    elif len(known) > 1:
        yield f"{series}: {known[0][1].spoken} in each of {len(known)} rows."


def _value(named: Named) -> float:
    return named[1].value


def _edge(made: Mark, signs: tuple[str, str], top: bool) -> str:
    """What an extreme value is called: the highest of amounts that are all under something is the least of them."""
    if not made.value or not (signs[0] if made.value > 0 else signs[1]):
        return "highest" if top else "lowest"
    return "most" if top == (made.value > 0) else "least"


def _rows(bars: Bars) -> Iterator[str]:
    """The values of each category, with their series where there are several."""
    single = len(bars.series) == 1
    for row in bars.rows:
        values = [
            made.spoken if single else f"{series.name} {made.spoken}"
            for series, made in zip(bars.series, row.marks, strict=True)
            if made
        ]
        yield f"{_clean(row.name)}: {', '.join(values) or 'blank'}."


def _compared(bars: Bars, line: Comparator, few: bool) -> str:
    """Which bars are above a comparator, which below and which level with it; numbers of them where there are many."""
    if line.mark.number is None:
        return f"{line.name}: {line.mark.spoken}."
    sides: dict[str, list[str]] = {"above it": [], "below it": [], "level with it": []}
    for row in bars.rows:
        for series, made in zip(bars.series, row.marks, strict=True):
            if made and made.number is not None:
                gap = made.number - line.mark.number
                side = "above it" if gap > 0 else "below it" if gap < 0 else "level with it"
                name = _clean(row.name)
                sides[side].append(name if len(bars.series) == 1 else f"{name} ({series.name})")
    said = [f"{side} {joined(names) if few else len(names)}" for side, names in sides.items() if names]
    return f"Line for {line.name} at {line.mark.spoken}{': ' if said else ''}{'; '.join(said)}."
