"""The timeline of actions: every action named with its rating in words, and an alternative that says what it shows."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from reportgen.cells.dates import month_end
from reportgen.exhibits.sheet import PAGE
from reportgen.exhibits.style import POINTS, text_width
from reportgen.exhibits.time_rows import LABELS, MOST
from reportgen.exhibits.timeline_chart import make
from reportgen.exhibits.views import ChartView
from reportgen.model import Unit
from reportgen.wording import UK
from tests.exhibits.made import SVG, actions, figure, sizes, spec, width, words

LATE = {"ref": "1.1", "action": "Panel", "baseline": month_end(2016, 5), "rating": "Red"}
MOVED = {
    "ref": "1.2", "action": "In-county provision for disabled young people of the whole county",
    "baseline": month_end(2016, 6), "revised": dt.date(2016, 9, 30), "rating": "Amber",
}  # fmt: skip
DONE = {"ref": "2.1", "action": "Adoption", "baseline": figure("complete", Unit.TEXT), "rating": "Blue"}
ONGOING = {"ref": "2.2", "action": "Housing", "baseline": figure("ongoing", Unit.TEXT), "rating": "Green"}
LATER = {"ref": "3.1", "action": "Later", "baseline": dt.date(2017, 1, 31), "rating": figure(None, Unit.RATING, "z")}


def made(*rows: object, as_at: dt.date | None = dt.date(2016, 6, 29)) -> ChartView:
    return make(spec("timeline-chart", "What is due"), actions(*rows, as_at=as_at), UK)  # type: ignore[arg-type]


def test_the_alternative_says_what_is_late_moved_ongoing_and_complete() -> None:
    assert made(LATE, MOVED, DONE, ONGOING, LATER).alt == (
        "Timeline. What is due. 5 actions, 3 with a date. The data stand at 29 June 2016. Earliest date May 2016,"
        " latest 31 January 2017. Past their date and not complete: 1.1. Moved: 1.2 from June 2016 to 30 September"
        " 2016. Ongoing: 2.2. Complete: 2.1."
    )


def test_the_alternative_of_what_is_not_there() -> None:
    assert made(ONGOING).alt == (
        "Timeline. What is due. 1 action, 0 with a date. The data stand at 29 June 2016. Past their date and not"
        " complete: none. Ongoing: 2.2."
    )
    assert made().alt == (
        "Timeline. What is due. 0 actions, 0 with a date. The data stand at 29 June 2016. Past their date and not"
        " complete: none."
    )


def test_every_action_is_named_with_its_rating_in_words() -> None:
    svg = made(LATE, MOVED, DONE, ONGOING, LATER).svg
    said = words(svg)
    assert [word for word in said if word[0].isdigit() and not word.isdigit()] == [
        "1.1 Panel", "1.2 In-county provision for disabled young", "2.1 Adoption", "2.2 Housing", "3.1 Later",
    ]  # fmt: skip
    assert "people of the whole county" in said
    ratings = [word for word in said if word.split(",")[0] in ("Red", "Amber", "Green", "Blue", "Not yet rated")]
    assert ratings == ["Red", "Amber", "Blue, complete", "Green, ongoing", "Not yet rated"]
    assert "Data as at 29 June 2016" in said
    assert sizes(svg) == {POINTS}


@pytest.mark.parametrize("day", [dt.date(2016, 5, 1), dt.date(2017, 1, 31)])
def test_the_day_is_named_within_the_picture(day: dt.date) -> None:
    svg = made(LATE, LATER, as_at=day).svg
    text = next(each for each in ET.fromstring(svg).iter(f"{SVG}text") if "Data as at" in "".join(each.itertext()))
    x = float(text.attrib.get("x") or text.attrib["transform"].split("(")[1].split()[0].rstrip(")"))
    half = text_width("".join(text.itertext())) * 36
    assert LABELS * 72 < x - half < x + half < width(svg)


def test_few_months_are_named_on_a_long_axis() -> None:
    late = {**LATE, "ref": "9", "baseline": dt.date(2020, 12, 31)}
    years = [word for word in words(made(LATE, late).svg) if word.isdigit() and len(word) == 4]
    assert 4 <= len(years) <= 11


def test_many_actions_go_on_a_page_and_more_are_refused() -> None:
    svg = made(*({**LATE, "ref": str(n)} for n in range(MOST))).svg
    assert float(ET.fromstring(svg).attrib["height"].removesuffix("pt")) <= PAGE * 72 + 0.01
    refusal = "^41 actions, of which 40 go on a page: split the chart by group$"
    with pytest.raises(ValueError, match=refusal):
        made(*({**LATE, "ref": str(n)} for n in range(MOST + 1)))


def test_a_grid_that_stands_at_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r'^grid "made" has no day that it stands at$'):
        made(LATE, as_at=None)


def test_the_data_stand_in_a_table() -> None:
    table = made(LATE, MOVED).table
    assert [head.text for head in table.heads] == ["Ref", "Action", "Completion", "Revised", "BRAG"]
    assert [cell.text for cell in table.rows[0].cells] == ["1.1", "Panel", "May 2016", "", "Red"]
