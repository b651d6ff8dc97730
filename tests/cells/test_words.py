"""Words made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cells.words import heading_words, is_unit, nearest, plain, scale_of, tidy, total_kind


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("a\xa0 b", "a b"),
        (" a\t\n\r b ", "a b"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\xadhyphen", "softhyphen"),
        ("cafe\u0301", "café"),
        ("\u200b", ""),
    ],
)
def test_white_space_becomes_single_spaces(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_plain_has_typewriter_quotes_and_hyphens_and_no_case() -> None:
    assert plain("Carers\u2019 \u201cBest\u201d \u2013 In\u2011House \u2212") == 'carers\' "best" - in-house -'


@given(st.text())
def test_plain_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("heading", "words", "scale"),
    [
        ("Amount", "amount", None),
        ("AMOUNT\n(£000)", "amount", "k"),
        ("Amount £'000s", "amount", "k"),
        ("Amount (£\u2019000)", "amount", "k"),
        ("Amount £000's", "amount", "k"),
        ("Amount (000s)", "amount", "k"),
        ("Amount '000", "amount", "k"),
        ("Amount £k", "amount", "k"),
        ("Amount (£ thousands)", "amount", "k"),
        ("Amount (thousands)", "amount", "k"),
        ("Amount in millions of pounds", "amount", "m"),
        ("Amount in £m", "amount", "m"),
        ("Amount GBP million", "amount", "m"),
        ("Amount (£bn)", "amount", "bn"),
        ("Amount (£)", "amount", ""),
        ("Amount (GBP)", "amount", ""),
        ("Amount in pounds", "amount", ""),
        ("£ Amount", "amount", ""),
        ("£000", "£000", "k"),
        (" ( £'000 ) ", "£'000", "k"),
        ("Non-UASC", "non uasc", None),
        ("Kind_of  saving:", "kind of saving", None),
        ("% within cost", "% within cost", None),
        ("2016/17", "2016/17", None),
        ("Saving of £350k", "saving of £350k".replace("£", ""), None),
        ("Thousand Oaks", "thousand oaks", None),
        ("Children by million", "children by million", None),
        ("GBPX", "gbpx", None),
    ],
)
def test_a_heading_is_its_words_apart_from_a_unit_of_money(heading: str, words: str, scale: str | None) -> None:
    assert (heading_words(heading), scale_of(heading)) == (words, scale)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("(£000)", True), ("£", True), ("£m", True), ("", False), ("Amount £", False), ("%", False), ("*", False),
        ("-", False), ("\x1b", False),
    ],
)  # fmt: skip
def test_a_unit_alone(text: str, unit: bool) -> None:
    assert is_unit(text) == unit


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Total", "total"),
        ("TOTALS:", "total"),
        ("Net total", "total"),
        ("Total savings requirement", "total"),
        ("Grand  total", "grand total"),
        ("Overall total", "grand total"),
        ("Sub-total", "subtotal"),
        ("Subtotals", "subtotal"),
        ("Sub - total", "subtotal"),
        ("Total for adoption", "subtotal"),
        ("Total of the above", "subtotal"),
        ("Adoption total", "subtotal"),
        ("Adoption total:", "subtotal"),
        ("Totally new approach", ""),
        ("Reduce the total", ""),
        ("Reduce children in total", ""),
        ("Adoption", ""),
        ("", ""),
    ],
)
def test_the_label_of_a_totals_row(label: str, kind: str) -> None:
    assert total_kind(label) == kind


@pytest.mark.parametrize(
    ("word", "guess"),
    [("Fosterr care", "Foster care"), ("FOSTER\xa0CARE", "Foster care"), ("Kinship", ""), ("x" * 30_000, "")],
)
def test_nearest_is_the_word_that_is_probably_meant(word: str, guess: str) -> None:
    assert nearest(word, ["Foster care", "Residential"]) == guess


@pytest.mark.parametrize(
    "heading",
    [
        "Amount £ ('000)", "Amount (£ in thousands)", "Amount £ (thousands)", "Amount (£) 000s",
        "Amount £ - in thousands", "Amount (£,000)", "Amount (£1,000s)", "Amount (000)",
        "Amount (£000)", "Amount £k", "Amount in £'000s",
    ],
)  # fmt: skip
def test_a_scale_apart_from_its_pound(heading: str) -> None:
    assert scale_of(heading) == "k"
    assert heading_words(heading) == "amount"


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("Savings requirement 2016/17 (£,000)", "k"),
        ("Savings requirement 2016/17, £ in thousands", "k"),
        ("Savings requirement 2016/17 (£ - 000s)", "k"),
        ("Savings requirement 2016/17 £(000)", "k"),
        ("How every £ is spent: amounts in £000", "k"),
        ("Amount £ (millions)", "m"),
        ("Orders over £1,000", None),
        ("Cost (£) Maintenance", ""),
        ("Savings £, mitigation", ""),
        ("Contracts of £350", None),
    ],
)
def test_the_scale_of_a_title(title: str, scale: str | None) -> None:
    assert scale_of(title) == scale
