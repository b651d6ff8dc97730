"""What headers and lists of UASC say of each child: birth, sex, and until when it is an unaccompanied child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.histories.columns import Stack
from reportgen.histories.faults import Rule, told
from reportgen.histories.model import OPEN, UNKNOWN, Flags, Ints, Source
from reportgen.model import Problem, Severity

EPOCH = 719_163  # the number of 1 January 1970, from which numpy counts days
HEADER_CORRECTED = Rule("corrected-header", "DOB", "a date of birth as the latest return has it", "another one",
                        "That of the later return counts.")  # fmt: skip
TWO_HEADERS = Rule("two-headers", "DOB", "one date of birth of a child in a return", "two that differ",
                   "Take the wrong row out.", Severity.ERROR)  # fmt: skip
NO_HEADER = Rule("no-header", "CHILD", "a row of the child in a header", "none",
                 "The child's age counts as not stated. Add the row.", Severity.WARNING)  # fmt: skip
NO_BIRTH = Rule("no-birth", "DOB", "a date of birth", "a blank", "The child's age counts as not stated. Fill it in.",
                Severity.WARNING)  # fmt: skip
BORN_LATER = Rule("born-after-start", "DOB", "a date of birth by the start of the child's first episode",
                  "a later one", "The child's age counts as not stated. Correct the one that is wrong.",
                  Severity.WARNING)  # fmt: skip
UASC_CORRECTED = Rule("corrected-uasc", "DUC", "the end of the status as the latest return has it", "another one",
                      "That of the later return counts.")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry a child of one sort of list, by the child's number: its day, and where it stands; −1 is none."""

    value: Ints
    sex: Ints
    source: Ints
    row: Ints


def latest(
    stack: Stack, sources: Sequence[Source], number: int, rules: tuple[Rule, Rule | None]
) -> tuple[Entry, list[Problem]]:
    """Each child's entry in the latest return that has one; the rules tell of those that it corrects or contradicts.

    The first rule is of earlier returns, the second of the same return.
    """
    years = np.array([source.year for source in sources], dtype=np.int64)
    order = np.lexsort((stack.row, years[stack.source], stack.values["child"]))
    stack, problems = stack.only(order), list[Problem]()
    child, year, values = stack.values["child"], years[stack.source], stack.values["day"]
    last = np.searchsorted(child, child, side="right") - 1
    differs, older = values != values[last], year < year[last]
    corrected, contradicted = rules
    problems += told(corrected, sources, stack.source[differs & older], stack.row[differs & older])
    if contradicted:
        wrong = differs & ~older
        problems += told(contradicted, sources, stack.source[wrong], stack.row[wrong])
    ends = np.unique(last)
    columns = [np.full(number, UNKNOWN, dtype=np.int64) for _ in range(4)]
    for column, found in zip(columns, (values, stack.values["sex"], stack.source, stack.row), strict=True):
        column[child[ends]] = found[ends]
    return Entry(*columns), problems


def first_starts(episodes: Stack, number: int) -> Ints:
    """The start of each child's first episode; OPEN for one without."""
    found = np.full(number, OPEN, dtype=np.int64)
    np.minimum.at(found, episodes.values["child"], episodes.values["start"])
    return found


def births(header: Entry, episodes: Stack, sources: Sequence[Source]) -> tuple[Ints, list[Problem]]:
    """Each child's date of birth, UNKNOWN where there is none that can be, with doubts of those that lack it."""
    number = len(header.value)
    starts = first_starts(episodes, number)
    with_episodes = starts != OPEN
    none = with_episodes & (header.source == UNKNOWN)
    child = episodes.values["child"]
    first = np.append(True, np.diff(child) != 0)[: len(child)]
    lacking = first & none[child]
    problems = [*told(NO_HEADER, sources, episodes.source[lacking], episodes.row[lacking])]
    for rule, wrong in (
        (NO_BIRTH, with_episodes & ~none & (header.value == UNKNOWN)),
        (BORN_LATER, with_episodes & (header.value > starts)),
    ):
        problems += told(rule, sources, header.source[wrong], header.row[wrong])
    return np.where(header.value > starts, UNKNOWN, header.value), problems


def uasc_until(listed: Entry, birth: Ints) -> Ints:
    """The first day on which each child is no UASC any more: the status ceases, or the 18th birthday; else UNKNOWN."""
    adult = np.where(birth == UNKNOWN, OPEN, birthday(birth, 18))
    ceased = np.where(listed.value == UNKNOWN, OPEN, listed.value)
    return np.where(listed.source == UNKNOWN, UNKNOWN, np.minimum(adult, ceased))


def birthday(birth: Ints, age: int) -> Ints:
    """The day on which somebody born on a day reaches an age; for 29 February, 1 March where there is none."""
    days = _as_dates(birth)
    month = days.astype("M8[M]")
    then = (month + 12 * age).astype("M8[D]") + (days - month.astype("M8[D]"))
    return np.asarray(then.astype(np.int64) + EPOCH)


def ages(birth: Ints, day: int) -> Ints:
    """The age in whole years on a day; UNKNOWN where the date of birth is."""
    born, then = _as_dates(birth), _as_dates(np.array([day]))
    years = then.astype("M8[Y]").astype(np.int64) - born.astype("M8[Y]").astype(np.int64)
    return np.where(birth == UNKNOWN, UNKNOWN, years - _later_in_year(born, then))


def _as_dates(days: Ints) -> np.ndarray[Any, Any]:
    return (days - EPOCH).astype("M8[D]")


def _later_in_year(born: np.ndarray[Any, Any], then: np.ndarray[Any, Any]) -> Flags:
    """Whether the birthday comes after the day in its year."""
    (month, day), (at_month, at_day) = (
        ((d.astype("M8[M]").astype(np.int64) % 12), (d - d.astype("M8[M]").astype("M8[D]")).astype(np.int64))
        for d in (born, then)
    )
    return np.asarray((month > at_month) | ((month == at_month) & (day > at_day)))
