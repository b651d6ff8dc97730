"""Actions as a table: what was done, by when, and the rating with all that is to be said of it."""

from __future__ import annotations

import datetime as dt

import pytest

from reportgen.cells.dates import month_end
from reportgen.exhibits.action_table import make
from reportgen.exhibits.views import Line
from reportgen.model import Unit
from reportgen.wording import UK
from tests.exhibits.made import actions, figure, grid, spec

NOT_YET = figure(None, Unit.RATING, "z")


def lines(**row: object) -> list[tuple[Line, ...]]:
    """The lines of each cell of one action."""
    given = {"ref": "2.1", "action": "do it", "rating": "Green", "reason": "started, no concern", **row}
    return [cell.lines for cell in make(spec(), actions(given), UK).rows[0].cells]  # type: ignore[arg-type]


def test_an_action_has_a_cell_for_each_of_four_columns() -> None:
    made = make(spec(notes=("Key.",)), actions({"ref": "2.1", "action": "do it"}), UK)
    assert [head.text for head in made.heads] == ["Ref", "Action and what was done", "Completion", "BRAG and reason"]
    assert [cell.header for cell in made.rows[0].cells] == [True, False, False, False]
    assert (made.style, made.notes, made.is_short) == ("actions", ("Key.",), False)


def test_progress_is_quoted_as_it_stands() -> None:
    assert lines(progress="group set up")[1] == (Line("Do it", "strong"), Line("Group set up", "quote"))
    assert lines()[1] == (Line("Do it", "strong"),)


@pytest.mark.parametrize(
    ("baseline", "revised", "said"),
    [
        (month_end(2016, 6), None, ["June 2016"]),
        (dt.date(2016, 6, 30), dt.date(2016, 9, 30), ["30 June 2016", "Revised: 30 September 2016"]),
        (figure("ongoing", Unit.TEXT), None, ["Ongoing"]),
        (None, None, ["No date"]),
        (figure(None, Unit.DATE, "x"), figure(None, Unit.DATE, "z"), ["[x]"]),
    ],
)
def test_dates(baseline: object, revised: object, said: list[str]) -> None:
    assert [line.text for line in lines(baseline=baseline, revised=revised)[2]] == said


def test_a_rating_is_a_word_with_its_reason() -> None:
    assert lines(stated_rating="Green")[3] == (Line("Green", "rating"), Line("Started, no concern", "reason"))


def test_an_officers_rating_stands_beside_where_it_differs_with_its_reason_quoted() -> None:
    assert lines(stated_rating="Amber", stated_reason="too new")[3][2] == Line(
        "Officer's rating: Amber (“Too new”)", "stated"
    )
    assert lines(stated_rating="Amber")[3][2] == Line("Officer's rating: Amber", "stated")
    assert len(lines(stated_rating=figure(None, Unit.RATING, "x"))[3]) == 2


def test_what_turns_red_by_the_meeting_says_so() -> None:
    assert lines(turning="yes")[3][2] == Line("Turns Red by the meeting unless completed", "turning")
    assert len(lines(turning=figure(None, Unit.TEXT, "z"))[3]) == 2


def test_an_action_without_rating_is_not_applicable_and_has_a_key() -> None:
    grid_of_one = actions({"ref": "1", "action": "a", "baseline": month_end(2017, 3), "rating": NOT_YET})
    made = make(spec(), grid_of_one, UK)
    assert made.rows[0].cells[3].lines[0] == Line("[z]", "rating")
    assert made.symbols == (("[z]", "not applicable: not started and not yet due"),)


def test_a_grid_without_actions_is_refused() -> None:
    with pytest.raises(KeyError, match='grid "made" has no column "'):
        make(spec(), grid((("a", "A", Unit.TEXT),), ("x",)), UK)
