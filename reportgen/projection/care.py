"""What is worked out of columns of care, as lists: stays, the unit cost of each, and what they cost in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.projection.ages import ADULT, BANDS, band_at, birthday
from reportgen.projection.codes import routes_in_words
from reportgen.projection.costs import UNKNOWN, Costs, Tariff, costed
from reportgen.projection.stays import KINDS, NONE, Days, Flags, Ints, Stays

Columns = Mapping[str, Sequence[Any]]
AGES = (*BANDS, "18 or over", "not known")
_EVERY = ""  # a provider: all that have no unit cost of their own


@dataclass(frozen=True, eq=False)
class Care:
    """One entry an episode of care as known on a day, as arrays; `kind` counts into KINDS, UNKNOWN where not stated."""

    child: Ints
    born: Days
    start: Days
    end: Days
    kind: Ints
    provider: Sequence[str]
    route: Ints
    need: Sequence[str]

    @classmethod
    def of(cls, columns: Columns, until: dt.date) -> Care:
        """The episodes of columns that had begun by the end of a day; those that had not ended are open."""
        day = np.datetime64(until, "D")
        child = np.unique(np.array([str(each) for each in columns["child"]]), return_inverse=True)[1].astype(np.int64)
        born, start, end = (_days(columns[name]) for name in ("born", "start", "end"))
        kind = np.array([KINDS.index(k) if k else UNKNOWN for k in columns["kind_of_care"]], dtype=np.int64)
        route = routes_in_words(columns["exit_route"])
        here = np.flatnonzero(start <= day)
        gone = end[here] <= day
        provider, need = ([columns[name][int(at)] or "" for at in here] for name in ("provider", "need"))
        return cls(
            child[here], born[here], start[here], np.where(gone, end[here], np.datetime64("NaT", "D")), kind[here],
            provider, np.where(gone, route[here], NONE), need,
        )  # fmt: skip

    def stays(self, since: dt.date, until: dt.date) -> Stays:
        """The stays of children whose date of birth is known and whose kind of care is stated."""
        held = np.flatnonzero(~np.isnat(self.born) & (self.kind != UNKNOWN) & ~(self.start < self.born))
        child, kind, route = (array[held] for array in (self.child, self.kind, self.route))
        born, start, end = (array[held] for array in (self.born, self.start, self.end))
        return Stays(
            child, born, start, end, kind, route, np.datetime64(since, "D"), np.datetime64(until, "D")
        )


def _days(values: Sequence[Any]) -> Days:
    return np.array(values, dtype="datetime64[D]")


@dataclass(frozen=True, eq=False)
class Prices:
    """Unit costs by kind of care and provider: `keys` numbers the pairs that have one, which `tariff` counts by."""

    keys: Mapping[tuple[int, str], int]
    tariff: Tariff

    @classmethod
    def of(cls, columns: Columns) -> Prices:
        """The prices of columns of kinds of care, providers, days from which they hold and pence a week."""
        kept = [
            (KINDS.index(care), provider or _EVERY, day, int(cost))
            for care, provider, day, cost in zip(
                *(columns[name] for name in ("care", "cost_provider", "from_day", "unit_cost")), strict=True
            )
            if cost is not None
        ]
        keys: dict[tuple[int, str], int] = {}
        key = np.array([keys.setdefault((kind, provider), len(keys)) for kind, provider, _, _ in kept], dtype=np.int64)
        weekly = np.array([cost for *_, cost in kept], dtype=np.int64)
        return cls(keys, Tariff(key, _days([day for _, _, day, _ in kept]), weekly))

    def key(self, care: Care) -> Ints:
        """The number of the unit cost of each episode: of its provider, else of all others; UNKNOWN without either."""
        return np.array([
            self.keys.get((int(kind), provider), self.keys.get((int(kind), _EVERY), UNKNOWN))
            for kind, provider in zip(care.kind, care.provider, strict=True)
        ], dtype=np.int64)  # fmt: skip

    def by_kind(self, care: Care, first: np.datetime64, last: np.datetime64) -> Tariff | None:
        """One unit cost a kind of care: those in force on the last day, by days of care in the period.

        A kind that nobody was in takes the mean of its providers'. None where a kind has no unit cost.
        """
        key = self.key(care)
        weekly = np.where(key == UNKNOWN, UNKNOWN, self.tariff.on(np.maximum(key, 0), np.full(len(key), last)))
        end = np.where(np.isnat(care.end), last + 1, care.end)
        days = np.maximum((np.minimum(end, last + 1) - np.maximum(care.start, first)).astype(np.int64), 0)
        found = []
        for kind in range(len(KINDS)):
            here = (care.kind == kind) & (weekly != UNKNOWN) & (days > 0)
            own = np.array([number for (of, _), number in self.keys.items() if of == kind], dtype=np.int64)
            listed = self.tariff.on(own, np.full(len(own), last))
            listed = listed[listed != UNKNOWN]
            if here.any():
                found.append(round(int((weekly * days)[here].sum()) / int(days[here].sum())))
            elif len(listed):
                found.append(round(float(listed.mean())))
            else:
                return None
        since = np.full(len(KINDS), np.datetime64("1900-01-01", "D"))
        return Tariff(np.arange(len(KINDS)), since, np.array(found, dtype=np.int64))


def year_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the financial year that a day is in."""
    begins = day.year - (day.month < 4)
    return dt.date(begins, 4, 1), dt.date(begins + 1, 3, 31)


def care_cost(columns: Columns, until: dt.date) -> dict[str, Any]:
    """What care cost in the financial year up to a day: in all, by line, kind, month, and by need and age.

    `full` is the year's cost if all who are in care on the day remain where they are to its end. Pence are None
    where there are days without a unit cost among them.
    """
    care, prices = Care.of(columns, until), Prices.of(columns)
    first, last = year_of(until)
    made, full = (_sliced(care, prices, first, day) for day in (until, last))
    months = np.unique(made.month)
    lines = [*dict.fromkeys(sorted((int(care.kind[s]), care.provider[s]) for s in np.unique(made.stay)))]
    of_line = {line: at for at, line in enumerate(lines)}
    line = np.array([of_line[int(care.kind[s]), care.provider[s]] for s in made.stay], dtype=np.int64)
    return {
        "all": _whole(made, made.stay >= 0, care),
        "full": _whole(full, full.stay >= 0, care),
        "lines": [
            {"kind": KINDS[kind] if kind >= 0 else "not stated", "provider": provider or "not stated",
             **_whole(made, line == at, care)}
            for at, (kind, provider) in enumerate(lines)
        ],
        "kinds": [_whole(made, care.kind[made.stay] == kind, care) for kind in range(len(KINDS))],
        "months": [{"end": _month_end(month), **_whole(made, made.month == month, care)} for month in months],
        "needs": _by_need(care, made, until),
    }  # fmt: skip


def _sliced(care: Care, prices: Prices, first: dt.date, last: dt.date) -> Costs:
    days = (np.datetime64(each, "D") for each in (first, last))
    return costed(care.child, care.start, care.end, prices.key(care), prices.tariff, *days)


def _whole(made: Costs, held: Flags, care: Care) -> dict[str, Any]:
    """Pence, days, days without a unit cost and children of some slices."""
    uncosted = int(made.days[held & ~made.known].sum())
    children = len(np.unique(care.child[made.stay[held & (made.days > 0)]]))
    pence = None if uncosted else int(made.pence[held].sum())
    return {"pence": pence, "days": int(made.days[held].sum()), "uncosted": uncosted, "children": children}


def _month_end(month: np.datetime64) -> np.datetime64:
    end: np.datetime64 = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return end


def _by_need(care: Care, made: Costs, until: dt.date) -> list[dict[str, Any]]:
    """By category of need, which is that of a child's last episode in the year, and age at the end of the day."""
    need: dict[int, str] = {int(care.child[s]): care.need[s] or "not stated" for s in made.stay}
    said = np.array([need[int(child)] for child in care.child[made.stay]], dtype=object)
    age = np.where(np.isnat(care.born), AGES.index("not known"), _aged(care.born, np.datetime64(until, "D")))[made.stay]
    found = []
    for words in sorted(set(need.values())):
        here = np.asarray(said == words, dtype=bool)
        cells = [_whole(made, here & (age == at), care) for at in range(len(AGES))]
        found.append({"need": words, "ages": cells, **_whole(made, here, care)})
    every = [_whole(made, age == at, care) for at in range(len(AGES))]
    return [*found, {"need": "", "ages": every, **_whole(made, age >= 0, care)}]


def _aged(born: Days, day: np.datetime64) -> Ints:
    return np.where(birthday(born, ADULT) <= day, len(BANDS), band_at(born, day))
