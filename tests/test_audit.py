"""The audit folder: cells of every figure, everything that a bundle was made from, and nothing of the machine."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import re
from pathlib import Path

from reportgen import __version__
from reportgen.audit import LIBRARIES, as_json, figures_with_cells, manifest, problems_json, template_files, versions
from reportgen.model import Acceptance, Clearance, Issue, Place, Problem, RawFile, RoleState, Severity, Unit
from reportgen.trace import given, total
from reportgen.wording import UK
from tests.render.test_data import rows
from tests.trace.made import placements


def test_json_is_the_same_for_the_same_value_and_readable() -> None:
    assert as_json({"b": [1], "a": "Zoë"}) == '{\n  "a": "Zoë",\n  "b": [\n    1\n  ]\n}\n'.encode()


def test_the_manifest_names_all_that_went_in_and_came_out_with_hashes() -> None:
    inputs = [RawFile("inputs/a/2016-05/x.xlsx", "f" * 64, 12)]
    texts, editions = {"t/b": b"2", "t/a": b"1"}, {"full": {"p.pdf": b"pdf"}}
    about = {"title": "A paper", "meeting_date": "2016-07-12"}
    issue = Issue(2, "A total was wrong.")
    place, given = Place("a.xlsx", "S", 4, 3), Acceptance("A Person", "It stands so.")
    problems = [Problem("x-code", place, "a", each, "", Severity.WARNING, accepted=given) for each in "bc"]
    problems.append(Problem("y-code", place, "a", "b", "", Severity.WARNING))
    cleared = Clearance("finance", "A Person", "Manager", dt.date(2016, 7, 1), "e" * 64)
    made = manifest(
        "a/p", "2016-05", issue, about, inputs, texts, editions, ["Liberation Sans"], ["inputs/a/2016-05"], problems,
        "f" * 64, [RoleState("finance", cleared), RoleState("legal")],
    )  # fmt: skip
    one, two, pdf = (hashlib.sha256(each).hexdigest() for each in (b"1", b"2", b"pdf"))
    assert json.loads(made) == {
        "paper": "a/p",
        "month": "2016-05",
        "status": "final",
        "version": 2,
        "reissue_reason": "A total was wrong.",
        "about": about,
        "acceptances": [
            {"code": "x-code", "place": 'a.xlsx, sheet "S", cell C4', "who": "A Person", "why": "It stands so."}
        ],
        "fingerprint": "f" * 64,
        "clearances": [
            {
                "role": "finance",
                "name": "A Person",
                "post": "Manager",
                "date": "2016-07-01",
                "fingerprint": "e" * 64,
            }
        ],
        "reportgen": __version__,
        "versions": versions(),
        "fonts": ["Liberation Sans"],
        "folders": ["inputs/a/2016-05"],
        "inputs": [{"file": "inputs/a/2016-05/x.xlsx", "sha256": "f" * 64, "bytes": 12}],
        "templates_and_settings": [
            {"file": "t/a", "sha256": one, "bytes": 1},
            {"file": "t/b", "sha256": two, "bytes": 1},
        ],
        "editions": {"full": [{"file": "p.pdf", "sha256": pdf, "bytes": 3}]},
    }


def test_versions_are_those_of_all_that_can_change_the_bytes() -> None:
    assert versions().keys() == {*LIBRARIES, "pango", "python"}
    assert versions()["python"] == platform.python_version()
    assert all(re.fullmatch(r"\d+(\.\w+)+", version) for version in versions().values())


def test_problems_are_told_in_parts_for_machines() -> None:
    place = Place("a.xlsx", "S", row=4, column=3)
    told = [
        Problem("x-code", place, "a", "b", "c", Severity.WARNING, also=(Place("p.toml", line=7),)),
        Problem("y-code", Place("a.xlsx", "S", column=28), "d", "e"),
        Problem("z-code", Place("b"), "d", "e", "", Severity.WARNING, accepted=Acceptance("A Person", "It stands so.")),
    ]
    assert json.loads(problems_json(told)) == [
        {"code": "x-code", "severity": "warning", "file": "a.xlsx", "sheet": "S", "cell": "C4", "row": 4, "column": "C",
         "expected": "a", "found": "b", "remedy": "c", "see_also": [{"file": "p.toml", "line": 7}]},
        {"code": "y-code", "severity": "error", "file": "a.xlsx", "sheet": "S", "column": "AB", "expected": "d",
         "found": "e", "remedy": "", "see_also": []},
        {"code": "z-code", "severity": "warning", "file": "b", "expected": "d", "found": "e", "remedy": "",
         "see_also": [], "accepted": {"who": "A Person", "why": "It stands so."}},
    ]  # fmt: skip


def write(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{root.name} {name}", encoding="utf-8")
    return root


def test_templates_are_those_that_are_used_of_several_roots(tmp_path: Path) -> None:
    packaged = write(
        tmp_path / "packaged", "layout/page.html", "layout/deep/x.css", "a/house.css", "a/p/paper.toml", "a/p/paper.md",
        "a/p/old.md", "a/other/paper.toml", "b/p/paper.toml", "layout/.hidden",
    )  # fmt: skip
    own = write(tmp_path / "own", "layout/page.html", "a/p/paper.toml", "a/p/paper.md")
    found = template_files((own, packaged), "a", "p")
    assert {name: content.decode() for name, content in found.items()} == {
        "templates/a/house.css": "packaged a/house.css",
        "templates/a/p/paper.md": "own a/p/paper.md",
        "templates/a/p/paper.toml": "own a/p/paper.toml",
        "templates/layout/deep/x.css": "packaged layout/deep/x.css",
        "templates/layout/page.html": "own layout/page.html",
    }
    assert list(found) == sorted(found)
    assert list(template_files((packaged,), "a", "p")) == sorted(
        ["templates/layout/page.html", "templates/layout/deep/x.css", "templates/a/house.css", "templates/a/p/old.md",
         "templates/a/p/paper.md", "templates/a/p/paper.toml"]
    )  # fmt: skip


def test_every_figure_has_its_cells() -> None:
    figures = {
        "high": total(placements(), "children", need="high", type=("foster care", "residential")),
        "given": given("=words", Unit.TEXT, "a setting"),
    }
    told = rows(figures_with_cells(figures, {"high": "five"}, UK))
    assert told[0] == ["figure", "value", "unit", "shown_as", "how", "cells_counted", "cells_examined"]
    assert told[1] == ["given", "'=words", "text", "'=words", "a setting", "", ""]
    assert told[2][:4] == ["high", "5", "count", "five"]
    sheet = "in/p.xlsx!Placements!"
    assert told[2][5] == f"{sheet}C4; {sheet}C6; {sheet}C9"
    assert told[2][6] == f"{sheet}A3:A9; {sheet}B3:B9; {sheet}C3"
