"""The codes of the return, each by the reference's own words."""

from __future__ import annotations

import pytest

from reportgen.projection.codes import kinds, routes
from reportgen.projection.stays import EXITS, KINDS, NONE


@pytest.mark.parametrize(
    ("places", "provider", "kind"),
    [
        ("U1 U2 U3", "PR1", "fostering with relatives"),
        ("U1 U2 U3", "PR4", "fostering with relatives"),
        ("U4 U5 U6", "PR1", "fostering in-house"),
        ("U4 U5 U6", "PR4", "fostering agency"),
        ("U4", "PR2", "fostering agency"),
        ("K1 K2 R1 S1", "PR1", "residential"),
        ("K3 H5 P2", "PR4", "supported"),
        ("A3 A6 P1 P3 R2 R3 R5 Z1 T0", "PR0", "other"),
        ("", "", "other"),
    ],
)
def test_kinds_of_care(places: str, provider: str, kind: str) -> None:
    codes = places.split(" ")
    found = kinds(codes, [provider] * len(codes))
    assert [KINDS[number] for number in found] == [kind] * len(codes)


@pytest.mark.parametrize(
    ("reasons", "route"),
    [
        ("E5 E6 E7 E15 E17", "age"),
        ("E4A E4B", "reunification"),
        ("E11 E12", "adoption"),
        ("E45 E46 E47 E48", "special guardianship"),
        ("E41", "child arrangements"),
        ("E2 E3 E8 E9 E13 E14 E16", "other"),
    ],
)
def test_routes_out(reasons: str, route: str) -> None:
    assert {EXITS[number] for number in routes(reasons.split())} == {route}


def test_an_episode_that_goes_on_ends_by_no_route() -> None:
    assert routes(["X1", ""]).tolist() == [NONE, NONE]
