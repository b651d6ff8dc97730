"""Places and problems in words."""

from __future__ import annotations

import pytest

from reportgen.model import DRAFT, Issue, Place, Problem, RawSheet, column_letter


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_letter(number) == letters


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("a.xlsx"), "a.xlsx"),
        (Place("a.xlsx", "Plan"), 'a.xlsx, sheet "Plan"'),
        (Place("a.xlsx", "Plan", 17, 4), 'a.xlsx, sheet "Plan", cell D17'),
        (Place("a.xlsx", "Plan", 17), 'a.xlsx, sheet "Plan", row 17'),
        (Place("a.xlsx", "Plan", 0, 28), 'a.xlsx, sheet "Plan", column AB'),
        (Place("c.md", line=3), "c.md, line 3"),
    ],
)
def test_a_place_in_words(place: Place, words: str) -> None:
    assert str(place) == words


def test_only_a_row_with_a_column_is_a_cell() -> None:
    assert [Place("a", "s", row, column).cell for row, column in [(17, 4), (17, 0), (0, 4)]] == ["D17", "", ""]


def test_a_problem_in_words() -> None:
    place = Place("a.xlsx", "Plan", 17, 4)
    assert Problem("no-date", place, "a date", '"tbc"').message == (
        'a.xlsx, sheet "Plan", cell D17: expected a date, found "tbc".  [no-date]'
    )
    assert Problem("no-date", place, "a date", '"tbc"', "Leave it blank.").message == (
        'a.xlsx, sheet "Plan", cell D17: expected a date, found "tbc".\n  Leave it blank.  [no-date]'
    )


def test_other_cells_of_the_sheet_stand_together_and_other_places_apart() -> None:
    also = (Place("a.xlsx", "Plan", 17, 5), Place("b.xlsx", "Plan", 1, 1), Place("a.xlsx", "Plan", 18, 5))
    problem = Problem("differs", Place("a.xlsx", "Plan", 17, 4), "1", "2", "Mend it.", also=also)
    assert problem.message == (
        'a.xlsx, sheet "Plan", cell D17: expected 1, found 2.\n'
        "  Mend it.\n"
        "  See also cells E17, E18.\n"
        '  See also b.xlsx, sheet "Plan", cell A1.  [differs]'
    )
    alone = Problem("differs", Place("a.xlsx", "Plan", 17, 4), "1", "2", also=also[:1])
    assert alone.message.splitlines()[1] == "  See also cell E17.  [differs]"


def test_a_cell_outside_a_sheet_is_blank() -> None:
    sheet = RawSheet("a.xlsx", "Plan", ((1,), (2, 3)))
    cells = [(1, 1), (2, 2), (1, 2), (3, 1), (0, 1), (1, 0)]
    assert [sheet.value(row, column) for row, column in cells] == [1, 3, None, None, None, None]
    assert sheet.place(2, 2) == Place("a.xlsx", "Plan", 2, 2)


def test_an_issue_is_a_draft_or_a_numbered_final_version() -> None:
    assert (DRAFT.status, DRAFT.folder) == ("draft", "draft")
    assert (Issue(2, "A total was wrong.").status, Issue(2).folder) == ("final", "final-v2")
