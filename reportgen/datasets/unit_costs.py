"""Unit costs: what a week of each kind of care costs, by provider, from a day on."""

from __future__ import annotations

from typing import Any

from reportgen.cells.kinds import Category, Date, Money
from reportgen.datasets.base import Dataset, Field, Rule
from reportgen.datasets.placements import PROVIDERS
from reportgen.datasets.returns import PLACES
from reportgen.model import Unit

KINDS = {
    "fostering with relatives": ("kinship care", "connected carers"),
    "fostering in-house": ("in-house foster care",),
    "fostering agency": ("agency foster care", "ifa"),
    "residential": ("residential care",),
    "supported": ("supported accommodation", "semi-independence"),
    "other": ("other care",),
}
_OWN = next(words for words, aliases in PROVIDERS.items() if "PR1" in aliases)
_RELATIVES, _IN_HOUSE, _AGENCY, _RESIDENTIAL, _SUPPORTED, _OTHER = KINDS
_KIND_OF = {
    **dict.fromkeys(("U1", "U2", "U3"), _RELATIVES),
    **dict.fromkeys(("K1", "K2", "R1", "S1"), _RESIDENTIAL),
    **dict.fromkeys(("K3", "H5", "P2"), _SUPPORTED),
}
_CARERS = ("U4", "U5", "U6")


def kind_of(place: str, provider: str | None) -> str:
    """The kind of care of a placement of the return and its provider, both in the return's words.

    Foster carers who are no relatives are in-house where the authority itself provides them.
    """
    code = PLACES[place][0]
    if code in _CARERS:
        return _IN_HOUSE if provider == _OWN else _AGENCY
    return _KIND_OF.get(code, _OTHER)


def once(frame: Any) -> Any:
    """A boolean series: whether no row above is of the same kind of care and provider from the same day."""
    return ~frame.duplicated([column for column in ("care", "provider", "from_day") if column in frame])


DATASET = Dataset(
    name="unit_costs",
    title="Unit costs",
    about="What a week of each kind of care costs, from a day on: a later row of the same kind and provider replaces "
    "the earlier one from its day.",
    fields=(
        Field("care", Category("a kind of care", KINDS, "unknown-kind-of-care"), ("care type",),
              about="The kind of care.", example="Residential"),
        Field("provider", Category("a provider", PROVIDERS, "unknown-provider"), ("cost provider",), required=False,
              blank=True, about="Who provides it; blank for all that have no row of their own.", example="Private"),
        Field("from_day", Date(), ("from", "cost from", "valid from"), about="The first day on which it costs this.",
              example="01/04/2021"),
        Field("unit_cost", Money("a cost a week", Unit.MONEY_PER_WEEK), ("unit cost per week", "unit cost a week"),
              about="What a week costs.", example="£4,210.00"),
    ),
    rules=(
        Rule("from_day", once, "duplicate", "one cost of a kind of care and provider from a day",
             "Take one of the rows out, or correct its day."),
    ),
)  # fmt: skip
