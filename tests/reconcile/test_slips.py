"""Slips by the digits on the page."""

from __future__ import annotations

import pytest

from reportgen.reconcile.slips import slip


@pytest.mark.parametrize(
    ("written", "meant", "expected"),
    [
        (4_449_178, 4_490_178, "neighbouring digits moved"),
        (250, 520, "two digits swapped"),
        (4281, 1284, "two digits swapped"),
        (1284, 1234, "one digit mistyped"),
        (124, 1234, "a digit lost"),
        (1234, 12344, "a digit lost"),
        (12344, 1234, "a digit added"),
        (50, 500, "too small by a factor of ten"),
        (500, 50, "too large by a factor of ten"),
        (3, 300, "too small by a factor of a hundred"),
        (3, 3000, "too small by a factor of a thousand"),
        (3_000_000, 3, "too large by a factor of a million"),
        (-50, 50, "the sign the wrong way round"),
        (50, -50, "the sign the wrong way round"),
        (-250, -520, "two digits swapped"),
        (1234, 2341, ""),  # the first digit moved to the end
        (120, 390, ""),
        (12, 3456, ""),
        (-50, 500, ""),
        (0, 7, ""),
        (7, 0, ""),
    ],
)
def test_known_slips_have_a_name(written: int, meant: int, expected: str) -> None:
    assert slip(written, meant) == expected
