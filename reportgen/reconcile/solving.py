"""The single number whose other value would settle several disagreements: solved for, then tried.

The claims are evaluated anew with numbers altered, and how far each claim's gap moves gives its slope in the number.
The cells of a column are altered together, twice: a claim that rests on one of them shows that one's slope, and a claim
that rests on many shows the slope that they share, if both times tell the same. Only where they don't are cells
altered one by one. So the number of evaluations is two a column, and at most `MOST_ALONE` and `MOST_TRIED` besides,
however many rows there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reportgen.cells.numbers import round_half_away
from reportgen.model import Number, Unit
from reportgen.reconcile.claims import agrees
from reportgen.reconcile.spots import Spot, Tables, altered, figure_at, rests_on, step
from reportgen.trace import Claim

MOST_ALONE = 40
MOST_TRIED = 40
WEIGHTS = (1, 3, 2, 5, 4, 7)  # that tell cells apart whose slopes differ

Evaluate = Callable[[Tables], Sequence[Claim]]
Room = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Candidate:
    """A number, the other value of it, and the disagreements that this value was found to settle."""

    spot: Spot
    value: Number
    settles: tuple[Claim, ...]


@dataclass(frozen=True)
class Trial:
    """Another value of a number, and how many disagreements it should settle by the slopes."""

    spot: Spot
    value: Number
    should_settle: int


@dataclass
class Search:
    """The claims of some tables as they stand, and what altering numbers was found to do to them."""

    tables: Tables
    evaluate: Evaluate
    claims: Sequence[Claim] = ()
    rests: list[frozenset[Spot]] = field(default_factory=list)
    slopes: dict[Spot, dict[int, Fraction]] = field(default_factory=dict)
    evaluations: int = 0

    def __post_init__(self) -> None:
        self.claims = self.evaluate(self.tables)
        self.rests = [rests_on(c, self.tables) if c.gap is not None else frozenset() for c in self.claims]
        self.contradicted = {n for n, claim in enumerate(self.claims) if claim.gap is not None and not agrees(claim)}

    def suspects(self) -> list[Spot]:
        """The numbers on which two or more of the disagreements rest, in order."""
        counted: dict[Spot, int] = {}
        for number in self.contradicted:
            for spot in self.rests[number]:
                counted[spot] = counted.get(spot, 0) + 1
        return sorted(spot for spot, times in counted.items() if times > 1)

    def anew(self, values: Mapping[Spot, Number]) -> Sequence[Claim] | None:
        """The claims with numbers altered, in the same order; None where they are then other claims."""
        self.evaluations += 1
        claims = self.evaluate(altered(self.tables, values))
        same = len(claims) == len(self.claims) and all(
            (one.code, one.place) == (other.code, other.place) for one, other in zip(claims, self.claims, strict=True)
        )
        return claims if same else None

    def try_out(self, trial: Trial) -> Candidate | None:
        """The trial as a candidate, where it settles several disagreements and contradicts nothing that now agrees."""
        claims = self.anew({trial.spot: trial.value})
        if claims is None:
            return None
        settled = []
        for now, before in zip(claims, self.claims, strict=True):
            if agrees(before) and not agrees(now):
                return None
            settled += [before] if agrees(now) and not agrees(before) and before.gap is not None else []
        return Candidate(trial.spot, trial.value, tuple(settled)) if len(settled) > 1 else None


def candidates(tables: Tables, evaluate: Evaluate, rank: Callable[[Spot, Number], int]) -> list[Candidate]:
    """The numbers of which one other value would settle two or more disagreements, with the value.

    Where there are more to try than may be, those come first that should settle most, then those that `rank` puts
    higher.
    """
    search = Search(tables, evaluate)
    suspects = search.suspects()
    if not suspects:
        return []
    find_slopes(search, suspects)
    trials = [trial for spot in suspects for trial in solve(search, spot)]
    trials.sort(key=lambda trial: (-trial.should_settle, -rank(trial.spot, trial.value), trial.spot))
    found: dict[Spot, Candidate] = {}
    for trial in trials[:MOST_TRIED]:
        candidate = search.try_out(trial)
        if candidate and len(candidate.settles) > len(found[trial.spot].settles if trial.spot in found else ()):
            found[trial.spot] = candidate
    return list(found.values())


def find_slopes(search: Search, suspects: Iterable[Spot]) -> None:
    """Nothing: the search knows the slopes of the gaps in the suspects, as far as they can be told."""
    columns: dict[tuple[str, str, bool], list[Spot]] = {}
    for spot in suspects:
        columns.setdefault((spot.dataset, spot.column, spot.stated), []).append(spot)
    unclear: list[Spot] = []
    for spots in columns.values():
        unclear += _slopes_of_column(search, spots)
    for spot in unclear[:MOST_ALONE]:
        _slopes_of_column(search, [spot])


def _slopes_of_column(search: Search, spots: Sequence[Spot]) -> list[Spot]:
    """The numbers for which the slope of a disagreement couldn't be told from altering all of them together."""
    steps = {spot: step(search.tables, spot) for spot in spots}
    weighted = {spot: size * WEIGHTS[at % len(WEIGHTS)] for at, (spot, size) in enumerate(steps.items())}
    moved = [_moved(search, by) for by in ((steps, weighted) if len(spots) > 1 else (steps,))]
    if any(gaps is None for gaps in moved):
        return list(spots) if len(spots) > 1 else []
    unclear: set[Spot] = set()
    for number, rests in enumerate(search.rests):
        touched = [spot for spot in spots if spot in rests]
        slopes = {_slope(gaps, number, touched, by) for gaps, by in zip(moved, (steps, weighted), strict=False)}
        slope = slopes.pop() if len(slopes) == 1 else None
        if touched and slope is not None:
            for spot in touched:
                search.slopes.setdefault(spot, {})[number] = slope
        elif number in search.contradicted:
            unclear.update(touched)
    return sorted(unclear) if len(spots) > 1 else []


def _moved(search: Search, by: Mapping[Spot, Number]) -> list[Number | None] | None:
    """How far each claim's gap moves when numbers are raised; None where the claims are then others."""
    raised = {spot: figure_at(search.tables, spot).number + size for spot, size in by.items()}
    claims = search.anew(raised)
    if claims is None:
        return None
    pairs = ((now.gap, before.gap) for now, before in zip(claims, search.claims, strict=True))
    return [None if now is None or before is None else now - before for now, before in pairs]


def _slope(
    gaps: Sequence[Number | None] | None, number: int, touched: Sequence[Spot], by: Mapping[Spot, Number]
) -> Fraction | None:
    """How far the gap of a claim moves when one of the numbers that it rests on is raised by 1."""
    if gaps is None or gaps[number] is None or not touched:
        return None
    return Fraction(gaps[number] or 0) / sum(by[spot] for spot in touched)


def solve(search: Search, spot: Spot) -> list[Trial]:
    """The values of a number that should settle disagreements and contradict nothing, by the slopes: one for each set
    of disagreements that could be settled together."""
    wanted: list[Room] = []
    held: list[Room] = [(-Fraction(10**18), Fraction(10**18))]
    now = Fraction(figure_at(search.tables, spot).number)
    for number, slope in search.slopes.get(spot, {}).items():
        if slope:
            values = _values(search.claims[number], now, slope)
            (wanted if number in search.contradicted else held).append(values)
    low, high = max(room[0] for room in held), min(room[1] for room in held)
    open_to = [(max(low, a), min(high, b)) for a, b in wanted if max(low, a) <= min(high, b)]
    trials = []
    for together in _meeting(open_to):
        value = _shown(search.tables, spot, max(a for a, _ in together), min(b for _, b in together))
        if value is not None and value != now:
            trials.append(Trial(spot, value, len(together)))
    return trials


def _meeting(rooms: Sequence[Room]) -> list[list[Room]]:
    """The sets of stretches that have a value in common, without those that are part of a larger one."""
    met = [frozenset(n for n, (a, b) in enumerate(rooms) if a <= start <= b) for start in sorted({a for a, _ in rooms})]
    largest = [one for one in dict.fromkeys(met) if not any(one < other for other in met)]
    return [[rooms[n] for n in sorted(one)] for one in largest]


def _values(claim: Claim, now: Fraction, slope: Fraction) -> Room:
    """The values of a number by which a claim agrees, given how its gap moves with the number."""
    (low, high), (least, most) = claim.stated.interval, claim.computed.interval
    gap, stated, computed = Fraction(claim.gap or 0), claim.stated.number, claim.computed.number
    ends = [
        now + (end - gap) / slope for end in ((least - computed) - (high - stated), (most - computed) - (low - stated))
    ]
    return min(ends), max(ends)


def _shown(tables: Tables, spot: Spot, low: Fraction, high: Fraction) -> Number | None:
    """The value nearest to the middle of a stretch that the number's cell could show; None where it could show none."""
    size = step(tables, spot)
    value = round_half_away((low + high) / 2 / size) * size
    if not low <= value <= high or (figure_at(tables, spot).unit is Unit.COUNT and value < 0):
        return None
    return value
