"""Episodes made fit: each child in one placement on a day, by rules that are named and say which rows they touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reportgen.histories.columns import Stack
from reportgen.histories.faults import Rule, told
from reportgen.histories.model import CODES, OPEN, UNKNOWN, Flags, Ints, Source
from reportgen.model import Problem, Severity

_LOOK = "Look at both episodes in the case system."
REPEATED = Rule("repeated-episode", "DECOM", "each episode once", "it again", "One of them counts.")
CORRECTED = Rule("corrected-episode", "DECOM", "an episode as the latest return has it", "an earlier form of it",
                 "That of the later return counts.")  # fmt: skip
TWO_AT_ONCE = Rule("two-at-once", "DECOM", "one episode of a child that begins on a day", "two that differ",
                   f"{_LOOK} Take one out.", Severity.ERROR)  # fmt: skip
NO_NIGHT = Rule("no-night", "DEC", "an end after the start", "the day of the start", "It counts on no day.")
END_FIRST = Rule("end-before-start", "DEC", "an end after the start", "a day before it",
                 "It ends where the child's next episode starts.", Severity.WARNING)  # fmt: skip
END_FIRST_LAST = Rule("end-before-start", "DEC", "an end after the start", "a day before it, and no later episode",
                      "Correct the start or the end.", Severity.ERROR)  # fmt: skip
STILL_OPEN = Rule("open-with-later-start", "DEC", "the end of an episode that another follows", "none",
                  "It ends where the next one starts.")  # fmt: skip
TWO_OPEN = Rule("two-open", "DEC", "one open episode of a child in a return", "a second",
                "The earlier one ends where the later one starts.", Severity.WARNING)  # fmt: skip
WITHIN = Rule("within-another", "DECOM", "an episode after the one before it", "one that lies within it",
              "It is left out: the child is counted in the longer one.", Severity.WARNING)  # fmt: skip
OVERLAP = Rule("overlap", "DEC", "an end by the start of the next episode", "a later day",
               "It ends where the next one starts.", Severity.WARNING)  # fmt: skip
YEAR_END = Rule("gap-at-year-end", "DEC", "an end on the day on which the next episode starts", "the day before it",
                "The child counts as looked after over the year's end.")  # fmt: skip
VANISHED = Rule("vanished", "DEC", "an open episode again in the next return", "none",
                "It ends on the first day of the next return, for no stated reason.", Severity.WARNING)  # fmt: skip
NOT_FOLLOWED = Rule("not-followed", "REC", "the next episode to start on that day, as X1 says", "none that does",
                    "The child counts as no longer looked after, for no stated reason.", Severity.WARNING)  # fmt: skip
WENT_ON = Rule("left-and-went-on", "REC", "X1 where the next episode starts on the day of the end", "another reason",
               "The child counts as looked after throughout.")  # fmt: skip
SAME = ("end", "beginning", "legal", "need", "place", "provider", "ending")  # what makes two rows one episode
X1 = CODES["ending"].index("X1")  # the next episode starts on that day


@dataclass(eq=False)
class _Repairing:
    """The rows that are still there, in order of child and start, and those that each rule touched."""

    stack: Stack
    year: Ints
    touched: list[tuple[Rule, Ints, Ints]] = field(default_factory=list)

    def value(self, name: str) -> Ints:
        return self.stack.values[name]

    def note(self, rule: Rule, rows: Flags) -> None:
        """Nothing: the rule is noted for some of the rows."""
        self.touched.append((rule, self.stack.source[rows], self.stack.row[rows]))

    def drop(self, rule: Rule, rows: Flags) -> None:
        """Nothing: the rows are left out, by that rule."""
        self.note(rule, rows)
        self.stack, self.year = self.stack.only(~rows), self.year[~rows]

    def end_at(self, rule: Rule | None, rows: Flags, days: Ints) -> None:
        """Nothing: the rows end on those days, by that rule."""
        if rule:
            self.note(rule, rows)
        self.stack = Stack(
            {**self.stack.values, "end": np.where(rows, days, self.value("end"))}, self.stack.source, self.stack.row
        )

    def begins(self, *names: str) -> Flags:
        """Whether each row differs from the one before it in any of the named values."""
        found = np.ones(len(self.year), dtype=bool)
        found[1:] = np.logical_or.reduce([np.diff(self.value(name)) != 0 for name in names])
        return found

    @property
    def followed(self) -> Flags:
        """Whether the next row is the same child's."""
        return np.append(~self.begins("child")[1:], False) if len(self.year) else np.zeros(0, dtype=bool)

    @property
    def next_start(self) -> Ints:
        """The start of the child's next episode; OPEN where there is none."""
        return np.where(self.followed, np.append(self.value("start")[1:], OPEN), OPEN)


def repaired(stack: Stack, sources: Sequence[Source]) -> tuple[Stack, list[Problem]]:
    """The episodes in order of child and start, none overlapping another, with what each rule touched."""
    years = np.array([source.year for source in sources], dtype=np.int64)
    order = np.lexsort((stack.row, years[stack.source], stack.values["start"], stack.values["child"]))
    stack = stack.only(order)
    work = _Repairing(stack, years[stack.source])
    work.end_at(None, work.value("end") == UNKNOWN, np.full(len(work.year), OPEN))
    _one_of_each(work)
    wrong = work.value("end") < work.value("start")
    _ends_of_open(work, wrong)
    _apart(work)
    _year_ends(work)
    last_year = int(years.max(initial=0))
    _vanished(work, last_year)
    _reasons(work, dt.date(last_year + 1, 3, 31).toordinal())
    problems = [problem for rule, source, row in work.touched for problem in told(rule, sources, source, row)]
    return work.stack, problems


def _one_of_each(work: _Repairing) -> None:
    """Nothing: of the episodes of a child that start on a day one is left, that of the latest return."""
    group = np.cumsum(work.begins("child", "start")) - 1
    last = np.searchsorted(group, group, side="right") - 1
    older = work.year < work.year[last]
    same = np.logical_and.reduce([work.value(name) == work.value(name)[last] for name in SAME])
    again = same & (last != np.arange(len(last)))
    work.note(CORRECTED, older & ~same)
    work.note(REPEATED, again)
    keep = ~(older | again)
    work.stack, work.year = work.stack.only(keep), work.year[keep]
    work.drop(NO_NIGHT, work.value("end") == work.value("start"))
    starts = work.begins("child", "start")
    if (~starts).any():
        group = np.cumsum(starts) - 1
        many = np.bincount(group)[group] > 1
        work.note(TWO_AT_ONCE, many)
        only_last = np.append(starts[1:], True)
        work.stack, work.year = work.stack.only(only_last), work.year[only_last]


def _ends_of_open(work: _Repairing, wrong: Flags) -> None:
    """Nothing: an episode without an end, or with one before its start, ends where the child's next one starts."""
    end, following = work.value("end"), work.next_start
    is_open, has_next = end == OPEN, work.followed
    both = is_open & has_next & np.append(is_open[1:] & (work.year[1:] == work.year[:-1]), False)[: len(end)]
    work.end_at(STILL_OPEN, is_open & has_next & ~both, following)
    work.end_at(TWO_OPEN, both, following)
    work.end_at(END_FIRST, wrong & has_next, following)
    work.drop(END_FIRST_LAST, wrong & ~has_next)


def _apart(work: _Repairing) -> None:
    """Nothing: an episode within an earlier one of the child is left out, one that reaches into the next is cut."""
    # The latest end so far of each child, all children at once: a child's ends come after all of the child before.
    beyond = work.value("child") * (2 * OPEN)
    reach = np.maximum.accumulate(work.value("end") + beyond) - beyond
    before = np.append(0, reach[:-1])[: len(reach)]
    work.drop(WITHIN, ~work.begins("child") & (work.value("end") <= before))
    work.end_at(OVERLAP, work.value("end") > work.next_start, work.next_start)


def _year_ends(work: _Repairing) -> None:
    """Nothing: an episode that ends on 31 March, and whose child's next one starts on 1 April, ends on that day."""
    ends = [dt.date(int(year) + 1, 3, 31).toordinal() for year in np.unique(work.year)]
    gap = np.isin(work.value("end"), ends) & (work.next_start == work.value("end") + 1)
    work.end_at(YEAR_END, gap & np.isin(work.value("ending"), (X1, UNKNOWN)), work.next_start)


def _vanished(work: _Repairing, last_year: int) -> None:
    """Nothing: an open episode that no later return has ends on the day after those of the return that has it."""
    after = {int(year): dt.date(int(year) + 1, 4, 1).toordinal() for year in np.unique(work.year)}
    days = np.array([after[int(year)] for year in np.unique(work.year)], dtype=np.int64)
    ends = np.maximum(days[np.searchsorted(np.unique(work.year), work.year)], work.value("start") + 1)
    gone = (work.value("end") == OPEN) & (work.year < last_year)
    work.end_at(VANISHED, gone, ends)
    values = {**work.stack.values, "vanished": gone.astype(np.int64)}
    work.stack = Stack(values, work.stack.source, work.stack.row)


def _reasons(work: _Repairing, last_day: int) -> None:
    """Nothing: reasons for the end that what follows contradicts are noted."""
    end, ending = work.value("end"), work.value("ending")
    goes_on = work.next_start == end
    ended = (end != OPEN) & (work.value("vanished") == 0)
    work.note(NOT_FOLLOWED, ended & (ending == X1) & ~goes_on & (end <= last_day))
    work.note(WENT_ON, ended & (ending != X1) & (ending != UNKNOWN) & goes_on)
