"""Every published figure of Dorset's paper on numbers and costs is reproduced from its workbooks."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.trace import Figure, Grid
from reportgen.workspace import PaperRef
from scripts.inputs import dorset_2017
from tests.built import Element, built, elements
from tests.papers.published import published, table

ROOT = Path(__file__).parent.parent.parent
REF, MONTH = PaperRef("dorset", "lac-numbers-and-costs"), "2017-05"
INPUTS = ROOT / "inputs" / REF.authority / MONTH


@pytest.fixture(scope="module")
def checked() -> pipeline.Checked:
    return built(REF, MONTH).checked


@pytest.fixture(scope="module")
def files(checked: pipeline.Checked) -> dict[str, bytes]:
    return built(REF, MONTH).files


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> Element:
    return elements(files["full/lac-numbers-and-costs-2017-05.html"].decode("utf-8"))


def rows_of(name: str) -> list[dict[str, str]]:
    return table("dorset-2017", name)


def grid(checked: pipeline.Checked, name: str) -> Grid:
    assert checked.found is not None
    return checked.found.grids[name]


def whole(figure: Figure, scale: int = 1) -> int | None:
    """The figure as a whole number of its unit divided by `scale`, halves up; None where it has no value."""
    if figure.value is None:
        return None
    exact = Fraction(figure.number) / scale
    return int(Decimal(exact.numerator / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP))


def pounds(text: str) -> int | None:
    return int(Decimal(text)) if text else None


def test_it_builds_without_a_single_doubt(checked: pipeline.Checked) -> None:
    """All totals, averages and savings of the paper foot, or rounding explains what doesn't."""
    assert [problem.message for problem in checked.problems] == []


@published
def test_table_1_placement_types(checked: pipeline.Checked) -> None:
    *expected, total = rows_of("table1_placement_types.csv")
    made = grid(checked, "placements")
    assert sorted(figure.number for figure in made.column("children")) == sorted(int(r["children"]) for r in expected)
    assert made.rows[-1].cells[1].value == int(total["children"]) == 476
    shares = [Fraction(figure.number) for figure in made.column("share")]
    assert shares == [Fraction(f.number, 476) for f in made.column("children")]
    assert sum(shares) == 1


@published
def test_table_2_high_cost_review(checked: pipeline.Checked) -> None:
    *expected, total = rows_of("table2_high_cost_review.csv")
    made = grid(checked, "high_cost_review")
    assert [(row.cells[0].value, row.cells[1].value, whole(row.cells[2], 100)) for row in made.rows[:-1]] == [
        (row["placement_change"], int(row["children"]), pounds(row["potential_saving_gbp"])) for row in expected
    ]
    assert whole(made.rows[-1].cells[2], 100) == pounds(total["potential_saving_gbp"])
    assert [row.cells[3].symbol for row in made.rows] == ["x"] * 5


@published
def test_table_3_inhouse_capacity(checked: pipeline.Checked) -> None:
    columns = ("weekly_cost_gbp", "inhouse_weekly_cost_gbp", "weekly_saving_gbp", "full_year_cost_avoided_gbp")
    made = grid(checked, "inhouse_capacity")
    assert [[row.cells[0].value, row.cells[1].value, *(whole(f, 100) for f in row.cells[2:])] for row in made.rows] == [
        [row["transfer"], int(row["children"]), *(int(row[name]) for name in columns)]
        for row in rows_of("table3_inhouse_capacity.csv")
    ]


@published
def test_table_4_cost_by_placement(checked: pipeline.Checked) -> None:
    *expected, total = rows_of("table4_cost_by_placement.csv")
    made = grid(checked, "placement_costs")
    different = {}
    for row, published_row in zip(made.rows, [*expected, total], strict=True):
        cost, weeks, average = row.cells[4:]
        shown = [whole(cost, 100), None if weeks.value is None else whole(weeks, Fraction(1, 10)), whole(average, 100)]  # type: ignore[arg-type]
        weeks_said = published_row["weeks"]
        said = [
            pounds(published_row["total_cost_gbp"]),
            int(Decimal(weeks_said) * 10) if weeks_said else None,
            pounds(published_row["average_cost_per_week_gbp"]),
        ]
        if shown != said:
            different[published_row["description"]] = (shown, said)
    # Its cost is itself rounded: a week's share of one day's £2,352.86 is £16,470.
    assert different == {"LA Secure out LA": ([2353, 1, 16471], [2353, 1, 16470])}


@published
def test_table_5_cost_by_age_and_need(checked: pipeline.Checked) -> None:
    made = grid(checked, "age_need_costs")
    groups = [(head.group.replace("All", "Grand Total"), head.key.rpartition("_")[2]) for head in made.heads]
    at = {group: position for position, group in enumerate(groups)}
    rows = {str(row.cells[0].value).replace("All", "Total"): row for row in made.rows}
    pounds_off = defaultdict(list)
    for expected in rows_of("table5_cost_by_age_and_need.csv"):
        row = rows[expected["age"]]
        children, cost = (row.cells[at[expected["need_group"], measure]] for measure in ("children", "cost"))
        assert children.value == int(expected["children"])
        off = (whole(cost, 100) or 0) - int(expected["cost_gbp"])
        pounds_off[off].append((expected["need_group"], expected["age"]))
    # Cells were rounded one by one, so that some sums of them are a pound off.
    assert sorted(pounds_off) == [-1, 0, 1]
    assert sorted(pounds_off[-1] + pounds_off[1]) == [
        ("00: None", "Total"),
        ("Grand Total", "14"),
        ("Grand Total", "16"),
        ("Grand Total", "9"),
        ("Grand Total", "Total"),
    ]


FACTS = {
    "Looked after children": ("children_stated",),
    "Unaccompanied asylum seeking children": ("uasc",),
    "Cohort target": ("target", "target_date"),
    "Cohort target, revised date earliest": ("", "revised_earliest_date"),
    "Cohort target, revised date latest": ("", "revised_latest_date"),
    "Benchmark cohort from statistical neighbours": ("neighbours_cohort",),
    "In-house share of placements, Dorset": ("in_house_dorset",),
    "In-house share, region": ("in_house_region",),
    "In-house share, England": ("in_house_england",),
    "Private provision share, Dorset": ("private_dorset",),
    "Private provision share, region": ("private_region",),
    "Private provision share, England": ("private_england",),
    "High cost placements reviewed": ("reviewed",),
    "Potential saving from reviews this financial year": ("review_saving_stated",),
    "Cost avoidance from compliant purchasing": ("purchasing",),
    "Average unit cost of high cost supported housing": ("supported_housing",),
    "Reduction in weekly IFA fees from early permanency notice": ("fee_reduction",),
}
SCALES = {"count": 1, "GBP": 100, "GBP/week": 100, "percent": Fraction(1, 100)}


@published
def test_every_key_fact(checked: pipeline.Checked) -> None:
    figures = checked.figures
    assert figures is not None
    facts = rows_of("key_facts.csv")
    assert {fact["fact"] for fact in facts} == set(FACTS)
    for fact in facts:
        value, *date = FACTS[fact["fact"]]
        if value:
            assert figures[value].value == Fraction(fact["value"]) * SCALES[fact["unit"]], value
            assert figures[value].counted()
        for name in date:
            assert f"{figures[name].value:%Y-%m}" == fact["as_at"]


def test_what_is_worked_out_of_the_facts(checked: pipeline.Checked) -> None:
    figures = checked.figures
    assert figures is not None
    assert figures["to_target"].value == 476 - 400
    assert (figures["slippage_earliest"].value, figures["slippage_latest"].value) == (3, 5)
    assert figures["uasc_share"].value == Fraction(19, 476)
    assert figures["review_full_year"].value == figures["review_saving_stated"].value


def test_what_the_text_says(page: Element) -> None:
    text = page.text
    for said in (
        "At 31 May 2017 the council looked after 476 children.",
        "371 of them, or 77.9%, with foster carers, of whom 80 with a relative or friend.",
        "19, or 4.0%, were unaccompanied asylum seeking children",
        "At 31 May 2017 there were 76 more than that.",
        "between January 2018 and March 2018: three to five months later.",
        "69% of placements, against 60% in the region and 55% in England; private provision is 23%, against 29%",
        "50 high cost placements have been reviewed.",
        "13 children; in a full year they would save £1,124,872.",
        "has avoided £450,000 of cost. High cost supported housing costs £4,000 a week on average",
        "its weekly fee falls by 7%.",
        "2,637.0 weeks of placement cost £3,332,385, an average of £1,264 a week.",
    ):
        assert said in text, said


def test_the_wide_table_has_headings_over_two_rows(page: Element) -> None:
    tables = page.all("table")
    wide = next(t for t in tables if t.all("caption")[0].text.startswith("Table 8"))
    first, second = wide.all("thead")[0].all("tr")
    assert [(th.text, th.attributes.get("scope"), th.attributes.get("colspan")) for th in first.all("th")][:3] == [
        ("Age", "col", None),
        ("00: None", "colgroup", "2"),
        ("01: Disabilities only", "colgroup", "2"),
    ]
    assert [th.text for th in second.all("th")] == ["No.", "Cost"] * 8
    assert len(wide.all("tbody")[0].all("tr")) == 13


def test_tables_on_test_data_say_so(page: Element) -> None:
    captions = [caption.text for caption in page.all("caption")]
    assert [c for c in captions if "Cost by placement" in c or "age and need" in c or "by provider" in c] == [
        "Table 6: Cost, weeks and average cost a week by provider, test data",
        "Table 7: Cost by placement type, provider and location, test data",
        "Table 8: Number of children (No.) and cost by age and need group, test data",
    ]


def test_alternatives_are_not_added_up(page: Element) -> None:
    table = next(t for t in page.all("table") if t.all("caption")[0].text.startswith("Table 4"))
    assert "total" not in {row.attributes["class"] for row in table.all("tbody")[0].all("tr")}
    assert not re.search(r"2,211,248|528,388", page.text)  # 321,360 + 483,028 + 1,406,860 and the like


def test_the_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    dorset_2017.write(tmp_path)
    committed, written = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xlsx")}
        for folder in (INPUTS, tmp_path)
    )
    assert len(written) == 3
    assert committed == written
