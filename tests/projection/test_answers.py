"""What a paper can read off a projection: each answer under its name, and consistent with the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reportgen.projection.answers import Question, answered
from reportgen.projection.costs import Tariff
from reportgen.projection.project import Plan
from reportgen.projection.scenarios import Scenario
from reportgen.projection.stays import EXITS, KINDS
from tests.projection.made import AGENCY, IN_HOUSE, day
from tests.projection.truth import drawn

PLAN = Plan(months=13, reference_months=12, runs=250)
# Unit costs of the two kinds of care that there are, from before the first month.
TARIFF = Tariff(np.array([IN_HOUSE, AGENCY]), np.array([day("2018-04-01")] * 2), np.array([50_000, 90_000]))


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    stays = drawn(8, days=1400).up_to(day("2020-02-29"))
    more = Scenario("five more entries a month", entries_a_month=5.0)
    return answered(stays, Question(PLAN, (more,), TARIFF, (100, day("2020-12-31"))))


def test_the_past_runs_to_the_month_before_the_first_that_is_projected(told: dict[str, Any]) -> None:
    past = told["past"]
    assert (past["ends"][0], past["ends"][-1]) == (day("2018-03-31"), day("2020-02-29"))
    assert (past["children"] == past["kinds"].sum(axis=1)).all()
    assert past["children"][0] == 60  # as many as the truth begins with
    assert (told["ends"][0], told["ends"][-1]) == (day("2020-03-31"), day("2021-03-31"))


def test_each_scenario_has_its_fans_by_month_kind_and_route(told: dict[str, Any]) -> None:
    as_it_is, more = told["scenarios"]
    assert (as_it_is["name"], more["name"]) == ("as it is", "five more entries a month")
    shapes = {name: as_it_is[name]["median"].shape for name in ("children", "kinds", "entries", "exits")}
    assert shapes == {"children": (13,), "kinds": (13, len(KINDS)), "entries": (13,), "exits": (13, len(EXITS))}
    assert as_it_is["kinds"]["high_95"][:, [0, 3, 4, 5]].max() == 0
    # At a month's end, all of them: in the first month the middles of the kinds come to that of all children, but for
    # one or two, although five more came.
    assert abs(more["kinds"]["median"][0].sum() - more["children"]["median"][0]) <= 2
    assert more["children"]["median"][-1] > as_it_is["children"]["high_80"][-1]
    assert abs(as_it_is["expected"]["children"][-1] - as_it_is["children"]["median"][-1]) < 4


def test_costs_are_by_month_and_by_financial_year(told: dict[str, Any]) -> None:
    cost = told["scenarios"][0]["cost"]
    assert cost["begin"].tolist() == [2019, 2020]
    assert (cost["months"]["median"].shape, cost["years"]["median"].shape) == ((13,), (2,))
    # March is alone in its year. Between 40 and 90 children at £500 to £900 a week: 31/7 weeks.
    assert (cost["months"]["median"][0], cost["months"]["high_95"][0]) == (
        cost["years"]["median"][0], cost["years"]["high_95"][0],
    )  # fmt: skip
    assert 40 * 50_000 * 31 / 7 < cost["years"]["median"][0] < 90 * 90_000 * 31 / 7


def test_the_target_is_told_by_scenario(told: dict[str, Any]) -> None:
    as_it_is, more = (scenario["target"] for scenario in told["scenarios"])
    assert (as_it_is["target"], as_it_is["promised"]) == (100, day("2020-12-31"))
    assert as_it_is["chance"] <= more["chance"]


def test_drivers_pools_and_back_test_are_there(told: dict[str, Any]) -> None:
    assert [driver["name"] for driver in told["drivers"]] == [
        "one more entry a month", "one month shorter stays", "five points more in-house",
    ]  # fmt: skip
    assert [len(driver["pence"]) for driver in told["drivers"]] == [2, 2, 2]
    # All events are of 5 to 9, so that no band stands alone.
    pooled = [words.partition(":")[0] for words in told["pools"]]
    assert {"fostering in-house, aged under 18", "fostering agency, aged under 18"} <= set(pooled)
    # March, June and September 2019 have a year before them and three months after them; two of them have six.
    assert [(row["months"], row["quarters"]) for row in told["back_test"]] == [(3, 3), (6, 2), (12, 0)]
    assert told["back_test"][2]["projection"] is None
    assert told["back_test"][0]["last_value"] >= 0


def test_without_unit_costs_and_target_there_is_neither() -> None:
    stays = drawn(8, days=1400).up_to(day("2020-02-29"))
    told = answered(stays, Question(PLAN))
    assert (told["scenarios"][0]["cost"], told["scenarios"][0]["target"], told["drivers"]) == (None, None, [])


def test_care_without_a_unit_cost_is_refused() -> None:
    stays = drawn(8, days=1400).up_to(day("2020-02-29"))
    with pytest.raises(ValueError, match="days of care without a unit cost"):
        answered(stays, Question(PLAN, tariff=Tariff(TARIFF.key[:1], TARIFF.since[:1], TARIFF.weekly[:1])))
