import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.readers.child.document import Document, Fault, Rows, Sheet
from reportgen.readers.child.wire import decode, encode

PLAIN = st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_nan=False), st.booleans())
SCALARS = st.one_of(PLAIN, st.dates(), st.datetimes(), st.times(), st.timedeltas())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SCALARS)))
def test_values_survive_exactly(rows: Rows) -> None:
    document = Document([Sheet("A", rows)])
    found = decode(encode(document)).sheets[0].rows
    assert found == rows
    assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in rows]


def test_all_that_a_document_holds_survives() -> None:
    notes, formats = [(1, 1, "error", "#N/A")], [(1, 1, "0%")]
    sheet = Sheet('Plan \u00a3\n"x"', [[1]], [(1, 2, 3, 4)], True, [5], [6, 7], notes, formats)
    fault = Fault("over-limit", "a", "b", "c", "note", "Plan", 9)
    assert decode(encode(Document([sheet], [fault]))) == Document([sheet], [fault])


def test_text_that_looks_like_a_date_stays_text() -> None:
    rows: Rows = [['["date", "2016-05-31"]', "2016-05-31", dt.date(2016, 5, 31)]]
    assert decode(encode(Document([Sheet("A", rows)]))).sheets[0].rows == rows


@pytest.mark.parametrize("tagged", [["pickle", "x"], ["date"], ["date", 5], [], ["timedelta", 1]])
def test_a_value_of_unknown_kind_is_refused(tagged: list[object]) -> None:
    answer = {
        "sheets": [{"name": "A", "rows": [[tagged]], "merged": [], "notes": [], "formats": []}],
        "faults": [],
    }
    with pytest.raises(ValueError, match="a value of unknown kind"):
        decode(json.dumps(answer).encode())
