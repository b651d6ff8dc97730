"""The single cell that would settle several disagreements: which, with what value, and what speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.datasets.base import Dataset
from reportgen.model import Number, Place, Problem, Severity
from reportgen.reconcile.claims import exactly, stated_claims
from reportgen.reconcile.evidence import Evidence, evidence
from reportgen.reconcile.slips import slip
from reportgen.reconcile.solving import Candidate, candidates
from reportgen.reconcile.spots import Spot, Tables, figure_at, place_of, step
from reportgen.trace import Claim
from reportgen.wording import joined, small_in_words

MOST_TOLD = 8
UNALTERED = "Nothing is altered: look the cell up where it came from; the paper goes by it as it stands."


@dataclass(frozen=True)
class _Case:
    """A candidate with what speaks for and against it; the higher `score`, the better."""

    candidate: Candidate
    slip: str
    evidence: tuple[Evidence, ...]
    place: Place

    @property
    def score(self) -> int:
        """The ratios that speak for it less those that speak against it, and one for a known slip."""
        return bool(self.slip) + sum(each.speaks for each in self.evidence)


def one_cell_settles(
    tables: Tables, datasets: Mapping[str, Dataset], claims_of: Callable[[Tables], Sequence[Claim]]
) -> list[Problem]:
    """A warning for each cell of which one other value would settle two or more numeric disagreements, the best first.

    `claims_of` gives the claims of figures computed from tables anew; those of the sheets themselves are added here.
    """

    def evaluate(altered: Tables) -> list[Claim]:
        return [*stated_claims(altered, datasets), *claims_of(altered)]

    def rank(spot: Spot, value: Number) -> int:
        found = evidence(tables, datasets, spot, value)
        return bool(_slip(tables, spot, value)) + sum(each.speaks for each in found)

    cases = [_case(tables, datasets, candidate) for candidate in candidates(tables, evaluate, rank)]
    cases.sort(key=lambda case: (-case.score, -len(case.candidate.settles), case.place))
    return [_problem(tables, case, cases) for case in cases[:MOST_TOLD]]


def _case(tables: Tables, datasets: Mapping[str, Dataset], candidate: Candidate) -> _Case:
    spot, value = candidate.spot, candidate.value
    found = evidence(tables, datasets, spot, value)
    return _Case(candidate, _slip(tables, spot, value), tuple(found), place_of(tables, spot))


def _slip(tables: Tables, spot: Spot, value: Number) -> str:
    """The known slip that the cell's value would be, in the digits that the cell shows."""
    size, now = step(tables, spot), figure_at(tables, spot).number
    return slip(round(now / size), round(value / size))


def _problem(tables: Tables, case: _Case, cases: Sequence[_Case]) -> Problem:
    candidate = case.candidate
    now = figure_at(tables, candidate.spot)
    number = small_in_words(len(candidate.settles))
    parts = [
        f"It would settle {joined([_stated(claim) for claim in candidate.settles])}.",
        f"It would be a known slip: {case.slip}." if case.slip else "It would be none of the known slips.",
        *(f"{_SPEAKS[each.speaks]}: {each.words}." for each in case.evidence),
        *_rivals(case, cases),
        UNALTERED,
    ]
    return Problem(
        "one-cell-settles",
        case.place,
        f"{exactly(candidate.value, now.unit)}, if {number} disagreements come from this one cell",
        exactly(now.number, now.unit),
        " ".join(parts),
        Severity.WARNING,
        tuple(dict.fromkeys(place for claim in candidate.settles if (place := _place(claim)) != case.place)),
    )


_SPEAKS = {1: "For it", -1: "Against it", 0: "Neither for nor against it"}


def _stated(claim: Claim) -> str:
    return f"{claim.what} ({exactly(claim.stated.number, claim.stated.unit)} stated)"


def _place(claim: Claim) -> Place:
    """The cell that states what a claim is about."""
    if claim.place:
        return claim.place
    cells = claim.stated.counted()[0]
    return Place(cells.file, cells.sheet, cells.first_row, cells.column)


def _rivals(case: _Case, cases: Sequence[_Case]) -> list[str]:
    """Which other cells would do, by how well the evidence for them stands against that for this one."""
    others = [each for each in cases if each is not case]
    sorts = (
        ("More likely", [each for each in others if each.score > case.score]),
        ("As likely", [each for each in others if each.score == case.score]),
        ("Less likely", [each for each in others if each.score < case.score]),
    )
    return [f"{words}: {_cells([each.place for each in sort], case.place)}." for words, sort in sorts if sort]


def _cells(places: Sequence[Place], beside: Place) -> str:
    """The cells by their addresses, those of other sheets in full."""
    shown = [p.cell if (p.file, p.sheet) == (beside.file, beside.sheet) else str(p) for p in places[:MOST_TOLD]]
    return joined(shown if len(places) <= MOST_TOLD else [*shown, f"{len(places) - MOST_TOLD} more"])
