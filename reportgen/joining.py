"""What a paper that needs the statutory returns gets of them: their tables as they stand at its day."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.histories import Histories, join, tables
from reportgen.loading import Loading
from reportgen.model import Problem, RawFile, Severity
from reportgen.table import Table

DATASET = "returns"


def joined_tables(loading: Loading, inputs: Sequence[RawFile], folder: str) -> tuple[dict[str, Table], list[Problem]]:
    """The tables of the returns among the inputs, none where the paper doesn't need them; every problem and repair.

    Without sound settings there is no day for which they could be made; their problems are told all the same.
    """
    if loading.settings is None or DATASET not in loading.settings.datasets:
        return {}, []
    own = (file for file in inputs if file.file.startswith(f"{folder}/"))  # what all authorities share is of none
    histories, problems = join([found for file in own for found in file.returns], folder)
    if histories is None or loading.loaded is None:
        return {}, problems
    more = _beyond(histories, loading)
    return {} if more else tables(histories, loading.loaded.as_at[DATASET]), [*problems, *more]


def _beyond(histories: Histories, loading: Loading) -> list[Problem]:
    """A problem where the day of the paper's data isn't one that the returns cover."""
    if loading.loaded is None or histories.covers(loading.loaded.as_at[DATASET]):
        return []
    place, day = loading.loaded.meeting_toml.place("as_at", DATASET), loading.loaded.as_at[DATASET]
    first, last = histories.days
    expected = f"a day from {first:%d/%m/%Y} to {last:%d/%m/%Y}, which the SSDA903 returns cover"
    remedy = f"Add the return of that year, or set {DATASET} under [as_at]."
    return [Problem("returns-not-as-at", place, expected, f"{day:%d/%m/%Y}", remedy, Severity.ERROR)]
