"""What a column needs to have said of it stands under every exhibit that shows the column, and under no other."""

from __future__ import annotations

from reportgen.exhibits.views import ChartView, TableView
from reportgen.model import Unit
from reportgen.trace import Found, Grid, GridRow, Head
from tests.present.made import PAPER_TOML, TABLE, document, figure, figures

ROUNDED = "Rounded to the nearest ten."
HEADS = (
    Head("line", "Line", Unit.TEXT, is_label=True),
    Head("own", "Own", Unit.COUNT),
    Head("region", "Region", Unit.COUNT, note=ROUNDED),
    Head("england", "England", Unit.COUNT, note=ROUNDED),
    Head("mean", "Mean", Unit.COUNT, note="The mean of <b>two</b> & {{ more }}."),
)
GRID = Grid("lines", HEADS, (GridRow((figure("", "2024"), *(figure("", n) for n in (1, 20, 300, 4)))),))


def notes(columns: str = "", kind: str = "table", own: str = "") -> tuple[str, ...]:
    table = TABLE.replace('kind = "table"', f'kind = "{kind}"') + columns + own
    words = '## One\n\nWords.\n\n{{ exhibit("lines") }}\n'
    made = document(words, paper=PAPER_TOML + table, found_=Found(figures(), {"lines": GRID}))
    exhibit = made.exhibits["lines"].exhibit
    assert isinstance(exhibit, (TableView, ChartView))
    return exhibit.notes


def test_each_note_stands_once_after_the_papers_own() -> None:
    expected = ("Our own.", ROUNDED, "The mean of <b>two</b> & {{ more }}.")
    assert notes(own='notes = ["Our own."]\n') == notes(kind="line-chart", own='notes = ["Our own."]\n') == expected


def test_a_column_that_is_not_shown_needs_no_note() -> None:
    assert notes('columns = { line = "", own = "" }\n') == ()
    assert notes('columns = { line = "", england = "All England" }\n') == (ROUNDED,)
