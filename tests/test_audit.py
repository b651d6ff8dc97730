"""The audit folder: cells, hashes and problems, and nothing of this machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from reportgen.audit import figures_with_cells, manifest, problems_json, template_files
from reportgen.model import Place, Problem, RawFile, Severity
from reportgen.trace import count, total
from reportgen.wording import House
from tests.figures.sheets import sound

SHA = hashlib.sha256(b"words").hexdigest()


def test_figures_carry_the_cells_counted_and_examined() -> None:
    rows = [["Pressure", "Overspend (£)"], ["Demand", 400_000], ["Carried forward", 350_000], ["Total", 750_000]]
    pressure = sound({"budget_pressure": rows})["budget_pressure"]
    figures = {"whole": total(pressure, "amount"), "parts": count(pressure, pressure="Demand")}
    lines = figures_with_cells(figures, {}, House()).decode("utf-8-sig").splitlines()
    sheet = "in/book.xlsx!budget_pressure!"
    assert lines[0] == "figure,value,unit,shown_as,how,cells_counted,cells_examined"
    assert lines[1].startswith("parts,1,count,1,")
    assert lines[1].split(",")[5] == f"{sheet}A2"
    assert lines[2].startswith('whole,750000,GBP,"£750,000",total of amount in Budget pressure,')
    assert f"{sheet}B2:B3" in lines[2]
    assert f"{sheet}A1:A4; {sheet}B1" in lines[2]


def test_a_manifest_names_all_that_went_in_and_came_out() -> None:
    inputs = [RawFile("inputs/a/2016-05/book.xlsx", "ab12", 7)]
    files = {"full": {"b.csv": b"words", "a.pdf": b"words"}}
    said = json.loads(manifest("a/paper", "2016-05", inputs, {"templates/a/x.md": b"words"}, files, ["Liberation Sans"]))
    assert said["inputs"] == [{"file": "inputs/a/2016-05/book.xlsx", "sha256": "ab12", "bytes": 7}]
    assert said["templates_and_settings"] == [{"file": "templates/a/x.md", "sha256": SHA, "bytes": 5}]
    assert [each["file"] for each in said["editions"]["full"]] == ["a.pdf", "b.csv"]
    assert said["editions"]["full"][0]["sha256"] == SHA
    assert (said["paper"], said["month"], said["status"], said["fonts"]) == ("a/paper", "2016-05", "draft", ["Liberation Sans"])
    assert said["versions"]["weasyprint"] == "70.0"


def test_problems_keep_their_places() -> None:
    place, other = Place("in/book.xlsx", "Plan", 5, 10), Place("in/words.md", line=3)
    problem = Problem("rating-differs", place, "Red", "Amber", "Correct it.", Severity.WARNING, (other,))
    assert json.loads(problems_json([problem])) == [
        {
            "code": "rating-differs", "severity": "warning", "file": "in/book.xlsx", "sheet": "Plan", "cell": "J5", "row": 5,
            "column": "J", "expected": "Red", "found": "Amber", "remedy": "Correct it.",
            "see_also": [{"file": "in/words.md", "line": 3}],
        }
    ]  # fmt: skip


def test_templates_of_the_workspace_come_before_the_packaged_ones(tmp_path: Path) -> None:
    own, packaged = tmp_path / "own", tmp_path / "packaged"
    written = {
        own / "a/paper/paper.toml": b"own", own / "layout/page.html": b"own page",
        packaged / "a/paper/paper.toml": b"packaged", packaged / "a/paper/paper.md": b"packaged words",
        packaged / "layout/page.html": b"page", packaged / "layout/print.css": b"css", packaged / "a/house.css": b"house",
    }  # fmt: skip
    for path, content in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert template_files([own, packaged], "a", "paper") == {
        "templates/a/house.css": b"house",
        "templates/a/paper/paper.toml": b"own",
        "templates/layout/page.html": b"own page",
        "templates/layout/print.css": b"css",
    }
