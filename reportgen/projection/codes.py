"""SSDA903 codes as kinds of care and routes out of it.

The codes are those of the department's guide to the return; children's homes outside the regulations (H5) and
independent living (P2) were retired in favour of K3, and are supported accommodation here as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.projection.stays import EXITS, KINDS, NONE, OTHER_EXIT, Ints

OWN = "PR1"  # the authority's own provision
_RELATIVES, _IN_HOUSE, _AGENCY, _RESIDENTIAL, _SUPPORTED, _OTHER = range(len(KINDS))
_CARERS = ("U4", "U5", "U6")  # foster carers who are no relatives or friends, with any provider
_PLACES = {
    **dict.fromkeys(("U1", "U2", "U3"), _RELATIVES),
    **dict.fromkeys(("K1", "K2", "R1", "S1"), _RESIDENTIAL),
    **dict.fromkeys(("K3", "H5", "P2"), _SUPPORTED),
}
_ROUTES = {
    "age": ("E5", "E6", "E7", "E15", "E17"),
    "reunification": ("E4", "E4A", "E4B"),
    "adoption": ("E11", "E12"),
    "special guardianship": ("E43", "E44", "E45", "E46", "E47", "E48"),
    "child arrangements": ("E41",),
}
_BY_CODE = {code: EXITS.index(route) for route, codes in _ROUTES.items() for code in codes}
GOES_ON = "X1"


def kinds(place: Sequence[str], provider: Sequence[str]) -> Ints:
    """The kind of care of each placement, by PLACE and PLACE_PROVIDER; codes that are none of the first five are other.

    Temporary moves (T codes) count with the placement that they interrupt, which is the caller's to put in their stead.
    """
    return np.array([_kind(*codes) for codes in zip(place, provider, strict=True)], dtype=np.int64)


def _kind(place: str, provider: str) -> int:
    if place in _CARERS:
        return _IN_HOUSE if provider == OWN else _AGENCY
    return _PLACES.get(place, _OTHER)


def routes(reason: Sequence[str]) -> Ints:
    """The route by which each episode ended, by REC: none for X1 and for blanks, other for what has no route here."""
    return np.array([_route(code) for code in reason], dtype=np.int64)


def _route(code: str) -> int:
    return NONE if code in ("", GOES_ON) else _BY_CODE.get(code, OTHER_EXIT)


_ROUTE_OF_WORDS = {
    "independence or adult life": "age",
    "returned home": "reunification",
    "adopted": "adoption",
    "special guardianship": "special guardianship",
    "child arrangements order": "child arrangements",
}


def routes_in_words(reason: Sequence[str | None]) -> Ints:
    """The route of each ending in the words of the table of returns: none for blanks, other for what has none here."""
    known = {words: EXITS.index(route) for words, route in _ROUTE_OF_WORDS.items()}
    return np.array([known.get(words, OTHER_EXIT) if words else NONE for words in reason], dtype=np.int64)
