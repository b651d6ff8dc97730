"""Values as placeholders: escaped where they are filled in, and never more than text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import Unit
from reportgen.present.faults import TextError
from reportgen.present.placeholders import CLOSE, OPEN, Placeholders, Words, numbers_in
from reportgen.present.shown import Shown
from reportgen.wording import printable

FOUR = Shown("reds", 4, Unit.COUNT, words="four")


def test_a_value_is_a_placeholder_until_it_is_filled_in() -> None:
    values = Placeholders()
    first, second = values.put('<b> & "c"'), values.put(FOUR)
    text = f"a {first} {second}"
    assert text == f"a {OPEN}0{CLOSE} {OPEN}1{CLOSE}"
    assert values.fill(text) == "a &lt;b&gt; &amp; &quot;c&quot; four"
    assert values.plain(text) == 'a <b> & "c" four'


def test_figures_printed_are_kept_by_name_as_they_were_first_printed() -> None:
    values = Placeholders()
    for each in (FOUR, Shown("reds", 4, Unit.COUNT), Shown("", 5, Unit.COUNT)):
        values.put(each)
    assert values.printed == {"reds": "four"}


def test_words_of_our_own_pass_and_a_reserved_place_is_filled_later() -> None:
    values = Placeholders()
    number, mark = values.reserve()
    assert values.put(Words(f"[{mark}](#a)")) == f"[{mark}](#a)"
    values.set(number, "Table\ue000 <1>")
    assert values.fill(mark) == "Table &lt;1&gt;"


def test_parts_of_our_own_words_cannot_be_joined_to_others() -> None:
    values = Placeholders()
    with pytest.raises(TextError) as raised:
        values.put(str(values.put("a")) + "b")
    assert raised.value.found == "one joined to a passage, reference or exhibit"


def test_a_value_filled_in_is_not_filled_again() -> None:
    values = Placeholders()
    first = values.put("secret")
    forged = values.reserve(first)[1]
    assert values.fill(forged) == "0"


def test_the_numbers_of_some_placeholders_are_found() -> None:
    text = f"{OPEN}3{CLOSE} x {OPEN}12{CLOSE} {OPEN}5{CLOSE}"
    assert numbers_in(text, {12: "a", 3: "b"}) == [3, 12]


@given(st.text())
def test_any_text_comes_through_as_it_is(text: str) -> None:
    values = Placeholders()
    if OPEN in text:
        with pytest.raises(TextError):
            values.put(text)
    else:
        assert values.fill(values.put(text), escape=str) == printable(text)
