"""Which figures rest on too few children to be shown, before anything is worked out of others."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from reportgen.model import Unit
from reportgen.protect.basis import NOBODY, Basis
from reportgen.protect.forms import Form, Forms, Share
from reportgen.trace import Figure


class Why(StrEnum):
    """Why a figure isn't shown."""

    NOT = ""  # it is shown
    FEW = "it rests on few children"
    UNKNOWN = "it rests on a number of children that isn't known"
    ALL = "it is a share of 100%"
    OTHERS = "others could be worked out from it"


class Small:
    """Tells which figures are too small; `safe` are forms that somebody decided may be shown."""

    def __init__(self, forms: Forms, threshold: int, safe: Collection[Form | Share] = ()) -> None:
        self.forms, self.threshold, self.safe = forms, threshold, safe
        self._found: dict[int, tuple[Figure, Why]] = {}

    def why(self, figure: Figure) -> Why:
        """Why a figure isn't shown by itself."""
        if id(figure) not in self._found:
            self._found[id(figure)] = (figure, self._why(figure))
        return self._found[id(figure)][1]

    def counts_few(self, form: Form) -> bool:
        """Whether a form is a number of children that isn't shown."""
        return self._counts_children(form) and 0 < self.forms.unknowns.value(form) <= self.threshold

    def basis(self, figure: Figure) -> Basis | None:
        """On how many children a figure rests that adds up rows; None where it tells of none or isn't so made."""
        if not figure.parts:
            found = [self.forms.told.basis(selection, figure.unit) for selection in figure.selections]
            known = [each for each in found if each is not None]
            return min(known, key=lambda basis: basis.least, default=None)
        if figure.operation != "sum":
            return None
        parts = [self.basis(part) for part in figure.parts if part.value not in (None, 0)]
        return sum((each for each in parts if each), NOBODY) if all(parts) else None

    def _counts_children(self, form: Form) -> bool:
        return form.is_sum and all(self.forms.unknowns.counts[atom] for atom, _ in form.terms)

    def _why(self, figure: Figure) -> Why:
        if figure.value is None or figure.value == 0:
            return Why.NOT
        form = self.forms.of(figure)
        if form is not None and form in self.safe:
            return Why.NOT
        if figure.unit is Unit.COUNT and isinstance(form, Form) and self._counts_children(form):
            return self._of_basis(Basis(int(self.forms.unknowns.value(form)), exact=True))
        basis = self.basis(figure)
        if basis is not None:
            return self._of_basis(basis)
        if isinstance(form, Share) and self._is_all(form, figure):
            return Why.ALL
        return next((why for why in map(self.why, figure.parts) if why), Why.NOT)

    def _of_basis(self, basis: Basis) -> Why:
        if not basis.is_small(self.threshold):
            return Why.NOT
        return Why.FEW if basis.exact else Why.UNKNOWN

    def _is_all(self, form: Share, figure: Figure) -> bool:
        """Whether a share is all of something else than itself: a total's share of itself tells nothing."""
        part, whole = figure.parts[0], figure.parts[-1]
        itself = part is whole or (form.part == form.whole and _chosen(part) == _chosen(whole))
        return figure.unit is Unit.PERCENT and figure.value == 1 and not itself


def _chosen(figure: Figure) -> tuple[object, ...]:
    """By what a figure's rows were chosen: those of a part by what the whole's weren't, though they be the same."""
    return (tuple(s.by for s in figure.every_selection()), tuple(label.value for label in figure.chosen_by))
