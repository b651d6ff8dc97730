"""Every paper of this checkout, built once and read back: its words, its page for the screen, its files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from reportgen.exhibits.views import ChartView
from reportgen.model import LARGE_PRINT
from tests.built import PAPERS, ROOT, Bundle, asked, built, every


@pytest.fixture(params=every(), ids=asked)
def paper(request: pytest.FixtureRequest) -> Bundle:
    """An edition of one of the papers."""
    ref, month, edition, _ = request.param
    return built(ref, month).of(edition)


def inputs(paper: Bundle) -> Path:
    """The folder of the paper's workbooks."""
    return ROOT / "inputs" / paper.checked.ref.authority / paper.checked.month


def test_there_are_five_papers_and_the_demonstration() -> None:
    assert [str(ref) for ref, _ in PAPERS] == [
        "cambridgeshire/lac-strategy-progress",
        "dorset/lac-numbers-and-costs",
        "dorset/placement-sufficiency",
        "exampleshire/demand-and-cost",
        "rotherham/lac-budget-pressures",
        "thurrock/placements-and-demand",
    ]


def test_paragraphs_are_numbered_without_a_gap(paper: Bundle) -> None:
    found = [tag.text.split()[0] for tag in paper.structure.all("P") if re.match(r"\d+\.\d+ ", tag.text)]
    numbers = [tuple(map(int, each.split("."))) for each in found]
    counts = {section: [n for s, n in numbers if s == section] for section, _ in numbers}
    assert numbers == sorted(numbers)
    assert all(each == list(range(1, len(each) + 1)) for each in counts.values())
    assert len(counts) > 4


def test_references_are_links_that_lead_to_their_exhibit(paper: Bundle) -> None:
    links = paper.structure.all("Link")
    labels = {item.label for item in paper.document.exhibits.values()}
    assert links and {tag.text for tag in links} <= labels
    assert all(tag.links == (tag.text,) for tag in links)
    places = paper.page.all("div", "figure", "h2", "main", "nav")
    ids = {each.attributes["id"] for each in places if "id" in each.attributes}
    assert {each.attributes["href"].removeprefix("#") for each in paper.page.all("a")} <= ids


def amount(text: str) -> Decimal | None:
    """The number that a cell shows: brackets and a minus are below zero."""
    digits = re.sub(r"[£,%()−]", "", text)
    below = text.startswith(("(", "−"))
    return Decimal(f"-{digits}" if below else digits) if re.fullmatch(r"[\d.]+", digits) else None


def test_charts_say_their_highest_and_lowest_and_last_values_and_where_they_go(paper: Bundle) -> None:
    charts = [item.exhibit for item in paper.document.exhibits.values() if isinstance(item.exhibit, ChartView)]
    for chart in charts:
        drawn = chart.alt.partition(".")[0]
        rows = [[cell.text for cell in row.cells] for row in chart.table.rows if row.kind != "total"]
        if drawn in ("Timeline", "Chart of activities in time"):
            dated = [at for at, head in enumerate(chart.table.heads) if head.css == "date"]
            days = [row[at] for row in rows for at in dated if row[at]]
            assert any(f"Earliest date {day}" in chart.alt for day in days) or all(day in chart.alt for day in days)
            continue
        series = [at for at, head in enumerate(chart.table.heads) if head.css == "number"]
        if drawn == "Fan chart":  # what was and its middle run; of the bands it says where they end
            series = series[:2]
        if " rated " in chart.alt:  # counts by rating: the bars are the rows
            bars = {row[0]: sum(int(row[at]) for at in series) for row in rows}
            for bar in (max(bars, key=bars.__getitem__), min(bars, key=bars.__getitem__)):
                assert bar in chart.alt.partition("Most actions: ")[2] and f"({bars[bar]})" in chart.alt
            continue
        for at in series:
            known = {number: row[at].strip("(−)") for row in rows if (number := amount(row[at])) is not None}
            ends = known[max(known)], known[min(known)]
            assert all(end in chart.alt for end in ends), (chart.name, ends)
            if drawn in ("Line chart", "Stacked column chart"):
                first, last = amount(rows[0][at]), amount(rows[-1][at])
                assert first is not None and last is not None
                way = ("rose", "grew") if abs(last) > abs(first) else ("fell", "shrank")
                told = f" from {rows[0][at]} in {rows[0][0]} to {rows[-1][at]} in {rows[-1][0]}"
                assert any(f"{word}{told}" in chart.alt for word in way), (chart.name, told)
            else:
                assert rows[-1][at].strip("−()") in chart.alt or amount(rows[-1][at]) is None


def test_letters_are_nine_points_at_least(paper: Bundle) -> None:
    sizes = {
        float(size)
        for name, svg in paper.files.items()
        if name.endswith(".svg")
        for size in re.findall(rb"(\d+(?:\.\d+)?)px", svg)
    }
    assert min(sizes) >= 9
    css = "".join((ROOT / "templates" / "layout" / name).read_text("utf-8") for name in ("paper.css", "print.css"))
    assert min(map(float, re.findall(r"font-size: ([\d.]+)pt", css))) >= 9


def test_the_screens_page_is_sound_and_needs_nothing_beside_it(paper: Bundle) -> None:
    page = paper.page
    ids = re.findall(r'\bid="([^"]+)"', paper.html)
    assert len(ids) == len(set(ids))
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.all("img", "script", "link", "iframe", "object", "form") == []
    assert len(page.all("svg")) == sum(item.is_chart for item in paper.document.exhibits.values())
    names = {name for said in re.findall(r'aria-labelledby="([^"]+)"', paper.html) for name in said.split()}
    assert names and names <= set(ids)
    assert all(each.attributes["href"].startswith("#") for each in page.all("a"))
    assert not re.search(r"https?://", paper.html)
    assert not re.search(r"url\((?!#)|@import", paper.html)
    assert {*re.findall(r"url\(#([^)]+)\)", paper.html), *re.findall(r'<use href="#([^"]+)"', paper.html)} <= set(ids)
    assert (page.all("html")[0].attributes["lang"], page.all("meta")[0].attributes["charset"]) == ("en-GB", "utf-8")


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV file of a bundle."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_bundle_has_its_files(paper: Bundle) -> None:
    public = paper.checked.public
    editions = {"full": paper.document, **({"public": public.document} if public and public.document else {})}
    audits = ("figures.csv", "manifest.json", "problems.json", *(["disclosure.json"] if public else []))
    expected = {f"audit/{name}" for name in audits}
    for edition, document in editions.items():
        names = (f"{paper.name}.pdf", f"{paper.name}{LARGE_PRINT}", f"{paper.name}.html", "figures.csv")
        tables = (f"tables/{key}.csv" for key in document.exhibits)
        charts = (f"charts/{key}.svg" for key, item in document.exhibits.items() if item.is_chart)
        expected |= {f"{edition}/{name}" for name in (*names, *tables, *charts)}
    assert set(paper.files) == expected


def test_cells_and_hashes_of_inputs_stay_in_the_audit_folder(paper: Bundle) -> None:
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs(paper).glob("*.xlsx")]
    cell = re.compile(rb"![A-Z]{1,3}\d|\b[A-Z]{1,2}\d+:[A-Z]{1,2}\d+\b|\.xlsx")
    for name, content in paper.files.items():
        if not name.startswith("audit/") and not name.endswith(".pdf"):
            assert not cell.search(content), name
        assert name.startswith("audit/") or not any(each.encode() in content for each in hashes), name
    full, audit = rows_of(paper.files["full/figures.csv"]), rows_of(paper.files["audit/figures.csv"])
    assert full[0] == ["figure", "value", "unit", "shown_as", "how"]
    assert [row[:5] for row in audit] == full


def test_the_manifest_names_every_file_that_the_paper_was_made_from(paper: Bundle) -> None:
    ref = paper.checked.ref
    told = json.loads(paper.files["audit/manifest.json"])
    shared = ROOT / "inputs" / "shared"
    assert {entry["file"] for entry in told["inputs"]} == {
        path.relative_to(ROOT).as_posix()
        for folder in (inputs(paper), shared)
        for path in folder.iterdir()
        if path.is_file() and folder.relative_to(ROOT).as_posix() in told["folders"]
    }
    assert (shared.relative_to(ROOT).as_posix() in told["folders"]) == (ref.authority == "exampleshire")
    templates = [ROOT / "templates" / part for part in ("layout", f"{ref.authority}/{ref.paper}")]
    used = {path for folder in templates for path in folder.iterdir() if not path.name.startswith(".")}
    used |= {ROOT / "templates" / ref.authority / "house.css", ROOT / "reportgen.toml"}
    used |= set((inputs(paper) / ref.paper).iterdir())
    assert {entry["file"] for entry in told["templates_and_settings"]} == {
        path.relative_to(ROOT).as_posix() for path in used
    }
    for entry in (*told["inputs"], *told["templates_and_settings"]):
        content = (ROOT / entry["file"]).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    edition = {f"full/{entry['file']}": entry["sha256"] for entry in told["editions"]["full"]}
    assert edition == {
        name: hashlib.sha256(content).hexdigest() for name, content in paper.files.items() if name.startswith("full/")
    }
    assert set(told["fonts"]) <= {"Liberation Sans", "Liberation Sans Bold", "Liberation Sans Italic"}


def test_files_know_nothing_of_the_machine(paper: Bundle) -> None:
    for name, content in paper.files.items():
        for secret in (str(ROOT), str(Path.home())):
            if len(secret) > 5:
                assert secret.encode() not in content, name
