"""What stands under an exhibit of figures that their source states."""

from __future__ import annotations

from dataclasses import replace

from reportgen.exhibits.views import ChartView, Spec, TableView
from reportgen.model import Unit
from reportgen.present.stated import stated_notes
from reportgen.trace import Figure, Found, Grid, GridRow, Head, as_stated
from reportgen.wording import House
from tests.present.made import PAPER_TOML, TABLE, document, figure, figures

HEADS = (
    Head("label", "Measure", Unit.TEXT, is_label=True),
    Head("own", "Barsetshire", Unit.PER_10000),
    Head("england", "England", Unit.PER_10000),
)
NONE = Figure(None, Unit.PER_10000, "none")


def rate(value: int) -> Figure:
    return figure("", value, Unit.PER_10000)


def stated(value: int) -> Figure:
    return as_stated(rate(value))


def grid(*rows: tuple[Figure, Figure]) -> Grid:
    labels = ("All children", "Without UASC", "Others")
    return Grid("rates", HEADS, tuple(GridRow((figure("", n), *row)) for n, row in zip(labels, rows, strict=False)))


def notes(grid: Grid, **columns: str) -> tuple[str, ...]:
    return stated_notes(Spec("rates", "table", "rates", "Rates", columns), grid, House())


def test_figures_that_were_worked_out_need_no_note() -> None:
    assert notes(grid((rate(84), rate(60)), (rate(64), NONE))) == ()


def test_the_rows_of_stated_figures_are_named() -> None:
    assert notes(grid((stated(84), stated(60)), (stated(64), NONE), (rate(3), rate(4)))) == (
        "As stated by the source, which gives no numbers from which they could be worked out: "
        "All children; Without UASC.",
    )


def test_a_row_that_holds_both_names_the_columns_of_the_stated() -> None:
    assert notes(grid((rate(84), stated(60)))) == (
        "As stated by the source, which gives no numbers from which it could be worked out: All children (England).",
    )


def test_a_column_that_is_not_shown_needs_no_note() -> None:
    assert notes(grid((rate(84), stated(60))), label="", own="") == ()
    assert notes(grid((rate(84), stated(60))), label="", own="Own", england="All England") == (
        "As stated by the source, which gives no numbers from which it could be worked out: "
        "All children (All England).",
    )


def test_characters_that_cannot_be_printed_are_left_out() -> None:
    made = grid((rate(84), stated(60)))
    row = replace(made.rows[0], cells=(figure("", "All\ue000 children\u202e"), *made.rows[0].cells[1:]))
    (note,) = notes(replace(made, rows=(row,)))
    assert note.endswith("worked out: All children (England).")


def test_a_stated_figure_says_so_where_it_is_traced_and_keeps_its_value() -> None:
    made = as_stated(replace(rate(84), how="value in Key facts"))
    assert (made.value, made.stated, made.how) == (
        84,
        True,
        "value in Key facts: stated by the source, not worked out",
    )


def test_the_note_stands_under_a_table_and_under_a_chart_after_the_papers_own() -> None:
    heads = (Head("line", "Line", Unit.MONTH), Head("number", "Number", Unit.COUNT))
    shown = Grid("lines", heads, (GridRow((figure("", "May"), as_stated(figure("", 3)))),))
    chart = TABLE.replace('"lines"\nkind = "table"', '"chart"\nkind = "line-chart"')
    paper = PAPER_TOML + TABLE + 'notes = ["Our own."]\n' + chart
    made = document(
        '## One\n\nWords.\n\n{{ exhibit("lines") }}\n\n{{ exhibit("chart") }}\n',
        paper=paper,
        found_=Found(figures(), {"lines": shown}),
    )
    note = "As stated by the source, which gives no numbers from which it could be worked out: May."
    table, picture = (made.exhibits[name].exhibit for name in ("lines", "chart"))
    assert isinstance(table, TableView)
    assert table.notes == ("Our own.", note)
    assert isinstance(picture, ChartView)
    assert picture.notes == (note,)
