"""Every published figure of the 2020 Dorset paper is reproduced from its workbooks, or reported with its amount."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from reportgen import pipeline
from reportgen.model import Severity, Value
from reportgen.trace import Figure
from reportgen.workspace import PaperRef, Workspace
from scripts.inputs import dorset_2020
from tests.built import Element, built, elements
from tests.papers.published import published, table

ROOT = Path(__file__).parent.parent.parent
REF, MONTH = PaperRef("dorset", "placement-sufficiency"), "2020-01"
INPUTS = ROOT / "inputs" / REF.authority / MONTH
BOOK = "inputs/dorset/2020-01/fostering budget.xlsx"


@pytest.fixture(scope="module")
def checked() -> pipeline.Checked:
    return built(REF, MONTH).checked


@pytest.fixture(scope="module")
def files(checked: pipeline.Checked) -> dict[str, bytes]:
    return built(REF, MONTH).files


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> Element:
    return elements(files["full/placement-sufficiency-2020-01.html"].decode("utf-8"))


def rows_of(name: str) -> list[dict[str, str]]:
    return table("dorset-2020", name)


def lines(checked: pipeline.Checked) -> dict[tuple[str, str], dict[str, Value | None]]:
    """The paper's lines and totals by year and placement type, the measures by key."""
    assert checked.found is not None
    grid = checked.found.grids["placement_budget"]
    rows = ({head.key: f.value for head, f in zip(grid.heads, row.cells, strict=True)} for row in grid.rows)
    return {
        (str(row["financial_year"]), str(row["placement_type"]).capitalize().replace("Ifa", "IFA")): row for row in rows
    }


PUBLISHED = {
    "expected_children": ("expected_children", 1),
    "budget_gbp": ("budget", 100),
    "actual_children": ("actual_children", 1),
    "actual_gbp": ("actual", 100),
}
# What the parts come to where the published table states something else, in its units.
DIFFERENT = {
    ("2019/20", "Total", "actual_children"): (285, 288),
    ("2019/20", "Total", "actual_gbp"): (8_649_443, 8_608_443),
    ("2019/20", "IFA", "published_under_or_overspend_gbp"): (1_217_978, 1_176_978),
    ("2019/20", "Total", "published_under_or_overspend_gbp"): (250_343, 209_343),
}


@published
def test_every_published_number_is_reproduced_but_four(checked: pipeline.Checked) -> None:
    computed, different = lines(checked), {}
    expected = rows_of("fostering_budget_and_actual.csv")
    assert list(computed) == [(row["financial_year"], row["placement_type"]) for row in expected]
    for row in expected:
        line = computed[row["financial_year"], row["placement_type"]]
        shown = {column: Fraction(str(line[key])) / scale for column, (key, scale) in PUBLISHED.items()}
        shown["published_under_or_overspend_gbp"] = abs(Fraction(str(line["variance"]))) / 100
        for column, value in shown.items():
            if value != int(row[column]):
                different[row["financial_year"], row["placement_type"], column] = (int(row[column]), value)
    assert different == DIFFERENT


def facts() -> list[dict[str, str]]:
    return rows_of("key_facts.csv")


@published
def test_every_key_fact(checked: pipeline.Checked) -> None:
    assert checked.figures is not None
    names = ["block_homes", "block_beds", "blocked_beds", "current_risk", "residual_risk"]
    shown = [str(checked.figures[name].value).capitalize() for name in names]
    assert shown == [fact["value"] for fact in facts()]
    assert all(checked.figures[name].counted() for name in names)


SOLVED = f"""\
{BOOK}, sheet "Fostering", cell F4: expected £4,490,178, if three disagreements come from this one cell, \
found £4,449,178.
  It would settle the total of actual for 2019/20 (£8,649,443 stated), the size of the variance of IFA in 2019/20 \
(£1,217,978 stated) and the size of the total variance in 2019/20 (£250,343 stated). It would be a known slip: \
neighbouring digits moved. Against it: actual divided by actual children is £49,435 as the cell stands and would be \
£49,891; for IFA it is £49,437 in 2018/19 and £44,854 in 2017/18. Nothing is altered: look the cell up where it came \
from; the paper goes by it as it stands.
  See also cells F6, G4, G6.  [one-cell-settles]"""
GOES_BY = "Correct the one that is wrong: the paper goes by what it has worked out."


def test_what_the_paper_builds_with(checked: pipeline.Checked) -> None:
    assert {problem.severity for problem in checked.problems} == {Severity.WARNING}
    assert [problem.message for problem in checked.problems] == [
        SOLVED,
        f'{BOOK}, sheet "Fostering", cell G4: expected the size of the variance of IFA in 2019/20 to be £1,176,978, '
        f"actual minus budget without its sign, found £1,217,978.\n  They differ by £41,000. {GOES_BY}\n"
        "  See also cells D4, F4.  [variance-differs]",
        f'{BOOK}, sheet "Fostering", cell E6: expected the total of actual children for 2019/20 to be 288, the sum of '
        f"E4:E5, found 285.\n  They differ by 3. {GOES_BY}  [total-differs]",
        f'{BOOK}, sheet "Fostering", cell F6: expected the total of actual for 2019/20 to be £8,608,443, the sum of '
        f"F4:F5, found £8,649,443.\n  They differ by £41,000. {GOES_BY}  [total-differs]",
        f'{BOOK}, sheet "Fostering", cell G6: expected the size of the total variance in 2019/20 to be £209,343, '
        f"actual minus budget without its sign, found £250,343.\n  They differ by £41,000. {GOES_BY}\n"
        "  See also cells D4, D5, F4, F5.  [variance-differs]",
    ]


def test_with_the_other_value_three_of_the_four_are_settled(tmp_path: Path) -> None:
    """What the solver says, done by hand: the value typed into the workbook, and the paper checked anew."""
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "reportgen.toml").write_bytes((ROOT / "reportgen.toml").read_bytes())
    month = tmp_path / "inputs" / REF.authority / MONTH
    month.mkdir(parents=True)
    (month / REF.paper).symlink_to(INPUTS / REF.paper)
    (month / "key facts.xlsx").write_bytes((INPUTS / "key facts.xlsx").read_bytes())
    book = openpyxl.load_workbook(INPUTS / "fostering budget.xlsx")
    book["Fostering"]["F4"] = 4_490_178
    book.save(month / "fostering budget.xlsx")
    again = pipeline.check(Workspace(tmp_path), REF, MONTH)
    assert [(problem.code, problem.place.cell) for problem in again.problems] == [("total-differs", "E6")]


def sheet() -> Iterator[tuple[str, str, int, int, int, int]]:
    """The workbook's lines by openpyxl alone: year, type, expected children, budget, actual children, actual."""
    year = ""
    for row in openpyxl.load_workbook(INPUTS / "fostering budget.xlsx")["Fostering"].iter_rows(
        min_row=4, values_only=True
    ):
        year = str(row[0] or year)
        if row[1] not in (None, "Total"):
            expected, budget, children, actual = (int(str(value)) for value in row[2:6])
            yield year, str(row[1]), expected, budget, children, actual


def pounds(value: Fraction | int) -> str:
    """An amount in whole pounds without its sign, by decimal's rounding."""
    exact = Fraction(value)
    whole = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"£{abs(whole):,}"


def way(value: Fraction | int) -> str:
    return "over" if value > 0 else "under"


def said() -> list[str]:
    """What the paper must say, worked out by another way."""
    by_year: dict[str, list[tuple[str, int, int, int, int]]] = {}
    for year, *rest in sheet():
        by_year.setdefault(year, []).append(tuple(rest))  # type: ignore[arg-type]
    found = []
    for year, parts in by_year.items():
        gap = sum(actual - budget for _, _, budget, _, actual in parts)
        volume = sum(Fraction(budget, expected) * (placed - expected) for _, expected, budget, placed, _ in parts)
        price = sum(actual - Fraction(budget, expected) * placed for _, expected, budget, placed, actual in parts)
        assert gap == volume + price
        found.append(
            f"In {year} spending was {pounds(gap)} {way(gap)} budget. The number of children accounts for "
            f"{pounds(volume)} {way(volume)}, the cost of each for {pounds(price)} {way(price)}."
        )
    (_, _, budget, placed, actual), (_, _, own_budget, own_placed, own_actual) = by_year["2019/20"]
    whole, spent = budget + own_budget, actual + own_actual
    found += [
        f"the budget for fostering placements was {pounds(whole)}, for {81 + 231} children. {placed + own_placed} "
        f"children were placed, at a cost of {pounds(spent)}. That is {pounds(spent - whole)} over budget, or "
        f"{(spent - whole) / whole:.1%}.",
        f"(IFA) were {pounds(actual - budget)} over their budget and placements with the council's own foster carers "
        f"(in-house) {pounds(own_actual - own_budget)} under theirs.",
        f"A child with agency carers cost {pounds(Fraction(actual, placed))} in 2019/20, against "
        f"{pounds(Fraction(own_actual, own_placed))} with the council's own: "
        f"{pounds(Fraction(actual, placed) - Fraction(own_actual, own_placed))} more.",
        "IFA placements of 2019/20 numbered nine more than expected, in-house placements 33 fewer.",
        "has fallen by 17, from 107 to 90.",
        "The current risk is high and the residual risk high, as Table 1 shows.",
        "Three residential homes could move to a block contract. They have eight beds, of which two are under a block "
        "contract now; the other six are bought one by one.",
    ]
    return found


def test_what_the_paper_says(page: Element) -> None:
    words = page.text.replace("’", "'")
    assert [sentence for sentence in said() if sentence not in words] == []


def test_volume_and_price_foot_to_the_penny(checked: pipeline.Checked) -> None:
    for line in lines(checked).values():
        variance, volume, price = (int(str(line[key])) for key in ("variance", "volume", "price"))
        assert variance == volume + price


def test_what_was_published_stands_beside_what_was_worked_out(page: Element) -> None:
    (table,) = [each for each in page.all("div") if each.attributes.get("id") == "exhibit-budget"]
    for words in (
        "The source states the total of actual children for 2019/20 as 285; its parts come to 288.",
        "The source states the total of actual for 2019/20 as £8,649,443; its parts come to £8,608,443.",
        "The source states the size of the variance of IFA in 2019/20 as £1,217,978; its parts come to £1,176,978.",
        "The source states the size of the total variance in 2019/20 as £250,343; its parts come to £209,343.",
    ):
        assert words in table.text


def test_a_variance_says_over_or_under_in_words(page: Element) -> None:
    (table,) = [each for each in page.all("div") if each.attributes.get("id") == "exhibit-budget"]
    for row in table.all("tbody")[0].all("tr"):
        *_, variance, word, share = (cell.text for cell in row.all("th", "td"))
        assert word == ("Under" if variance.startswith("−") else "Over")
        assert re.fullmatch(r"−?\d+\.\d%", share) and share.startswith("−") == (word == "Under")


def test_the_risk_is_a_matrix_of_words(page: Element) -> None:
    (table,) = [each for each in page.all("div") if each.attributes.get("id") == "exhibit-risk"]
    assert [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")] == [
        ["Risk", "Low", "Medium", "High"],
        ["Current risk", "blank", "blank", "High"],
        ["Residual risk", "blank", "blank", "High"],
    ]


def test_the_sections_and_the_front_sheet(page: Element) -> None:
    assert [head.text for head in page.all("h2")] == [
        "1. Executive summary",
        "2. Financial implications",
        "3. Climate implications",
        "4. Other implications",
        "5. Risk assessment",
        "6. Equalities impact assessment",
        "7. Appendices",
        "8. Background papers",
        "9. Commissioning of placements",
        "10. Hybrid provision",
        "11. Capital",
        "12. Other developments",
        "13. Note on implications",
    ]
    assert [term.text for term in page.all("dt")] == [
        "Committee", "Date of meeting", "Portfolio holder", "Executive director", "Report author", "Telephone",
        "E-mail", "Report status", "Recommendation", "Reason for recommendation",
    ]  # fmt: skip
    assert page.all("header")[0].all("p")[0].text == "Dorset Council"


def test_every_figure_of_the_latest_year_has_its_cells(checked: pipeline.Checked) -> None:
    assert checked.figures is not None
    found: dict[str, Figure] = {n: f for n, f in checked.figures.items() if n.startswith("latest_")}
    assert len(found) == 1 + 3 * 13
    assert all(figure.counted() for figure in found.values())


def test_the_workbooks_are_those_that_the_script_writes(tmp_path: Path) -> None:
    dorset_2020.write(tmp_path)
    committed, written = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.xlsx")}
        for folder in (INPUTS, tmp_path)
    )
    assert len(written) == 2
    assert committed == written
