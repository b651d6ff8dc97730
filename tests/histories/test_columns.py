"""Cells of returns as numbers: codes and days, blanks, and what is told of others."""

from __future__ import annotations

import pytest

from reportgen.histories.model import CATEGORIES, CODES
from tests.histories.made import episode, joined, said


def words(years: dict[int, list[str]], name: str) -> list[str]:
    histories, _ = joined(years)
    return ["" if n < 0 else CATEGORIES[name][n] for n in histories.categories(name)]


def only(**codes: str) -> dict[int, list[str]]:
    return {2017: [episode(1, "01/05/2017", **codes)]}


@pytest.mark.parametrize(
    ("name", "heading", "code", "category"),
    [
        ("place", "PLACE", "u1", "relative or friend, long term"),
        ("place", "PLACE", "T4", "temporary move"),
        ("place", "PLACE", " K1 ", "secure children's home"),
        ("provider", "PLACE_PROVIDER", "PR0", "parents"),
        ("provider", "PLACE_PROVIDER", "NULL", ""),
        ("legal", "LS", "V4", "short break"),
        ("legal", "LS", "J2", "youth justice"),
        ("need", "CIN", "n8", "N8 absent parenting"),
        ("beginning", "RNE", "U", "legal status and placement changed, same carer"),
    ],
)
def test_a_code_in_words(name: str, heading: str, code: str, category: str) -> None:
    assert words(only(**{heading: code}), name) == [category]
    assert joined(only(**{heading: code}))[1] == []


@pytest.mark.parametrize(
    ("code", "category"),
    [("E4A", "returned home"), ("E4B", "returned home"), ("E11", "adopted"), ("E48", "special guardianship"),
     ("E41", "child arrangements order"), ("E17", "independence or adult life"), ("E15", "independence or adult life"),
     ("E3", "another authority"), ("E9", "custody"), ("E16", "other reason"), ("", "")],
)  # fmt: skip
def test_a_reason_for_the_end_in_words(code: str, category: str) -> None:
    assert words({2017: [episode(1, "01/05/2017", "02/05/2017", code)]}, "ending") == [category]


def test_codes_keep_what_the_return_says() -> None:
    histories, _ = joined({2017: [episode(1, "01/05/2017", "02/05/2017", "E46", PLACE="T2")]})
    assert (CODES["place"][histories.codes["place"][0]], CODES["ending"][histories.codes["ending"][0]]) == ("T2", "E46")


UNKNOWN = [
    ("PLACE", "U9", "unknown-place", "F", "a placement code"),
    ("PLACE", "Jane Roe", "unknown-place", "F", "a placement code"),
    ("PLACE_PROVIDER", "PR9", "unknown-place-provider", "G", "a placement provider"),
    ("LS", "Z1", "unknown-ls", "D", "a legal status"),
    ("CIN", "N9", "unknown-cin", "E", "a category of need"),
    ("RNE", "X", "unknown-rne", "C", "a reason for a new episode"),
]


@pytest.mark.parametrize(("heading", "code", "problem", "letter", "expected"), UNKNOWN)
def test_an_unknown_code_counts_as_not_stated_and_is_not_quoted(
    heading: str, code: str, problem: str, letter: str, expected: str
) -> None:
    histories, problems = joined(only(**{heading: code}))
    (name,) = (n for n, number in histories.codes.items() if number[0] == -1 and n in CODES and n not in (
        "ending", "location", "prior"))  # fmt: skip
    assert CATEGORIES[name]
    assert [p.message for p in problems] == [
        f"in/2017-episodes.csv, cell {letter}2: expected {expected}, found something else.\n"
        f"  It counts as not stated. The codes are in docs/datasets.md.  [{problem}]"
    ]


def test_a_blank_code_is_told_where_there_must_be_one() -> None:
    _, problems = joined({2017: [episode(n, "01/05/2017", PLACE="" if n < 3 else "U4") for n in (1, 2, 3)]})
    assert said(problems) == [("blank-code", "warning", "2017-episodes.csv!F2", ("2017-episodes.csv!F2:F3",))]
    assert problems[0].found == "a blank in 2 rows"


@pytest.mark.parametrize(
    ("year", "code", "found"),
    [(2022, "K3", ("K3 only from 2023/24", "K3")), (2023, "K3", None), (2022, "H5", None), (2022, "P2", None),
     (2023, "H5", ("H5 only up to 2022/23", "H5")), (2024, "p2", ("P2 only up to 2022/23", "P2"))],
)  # fmt: skip
def test_codes_outside_their_collection_years_are_doubted_and_keep_their_meaning(
    year: int, code: str, found: tuple[str, str] | None
) -> None:
    years = {year: [episode(1, f"01/05/{year}", PLACE=code)]}
    problems = joined(years)[1]
    assert [(p.expected, p.found) for p in problems] == ([found] if found else [])
    assert [(p.code, p.place.cell) for p in problems] == ([("code-out-of-years", "F2")] if found else [])
    assert words(years, "place") != [""]


def test_dates_of_both_forms_and_a_time_of_midnight() -> None:
    histories, problems = joined({2017: [
        episode(1, "2017-05-01", "2017-06-02 00:00:00", "E4A"), episode(2, "1/5/2017"), episode(3, "01/05/17"),
    ]})  # fmt: skip
    assert problems == []
    assert len(set(histories.start.tolist())) == 1
