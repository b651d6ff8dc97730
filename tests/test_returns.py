"""A paper from statutory returns: what is told of them, and that nothing of any child stands in what is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from reportgen import pipeline
from reportgen.workspace import Workspace
from tests.histories.made import HEADINGS, episode
from tests.made import INPUTS, MONTH, OWN, REF, SETTINGS, run, workspace, write
from tests.published_file import text
from tests.test_child_level import streams

PAPER = """\
title = "Looked after children"
subject = "Numbers from the returns"
author = "Children's services"
datasets = ["returns"]

[front_sheet]
"To" = "{{ meeting.committee }}"

[[exhibit]]
name = "placements"
kind = "table"
grid = "placements"
title = "Children by placement"

[[exhibit]]
name = "flows"
kind = "table"
grid = "looked_after_flows"
title = "How the number came about"
"""
WORDS = """\
## Numbers

The council looked after {{ fig.looked_after }} children. {{ passage("overview") }}

{{ exhibit("placements") }}

{{ exhibit("flows") }}
"""
COMMENTARY = "# March\n\n## overview\n\nNothing else.\n"
SECRETS = ("ZX90210", "ZX90211", "ZX90212", "ZX90213", "QX7 9ZZ", "23/11/2014", "2014-11-23", "23 November 2014")
ONE, TWO, THREE, FOUR = SECRETS[:4]
YEARS: Mapping[int, Mapping[str, Sequence[str]]] = {
    2018: {
        "episodes": [episode(ONE, "05/06/2018"), episode(TWO, "05/06/2018", PLACE="K2"),
                     episode(FOUR, "05/06/2018"), episode(FOUR, "07/07/2018")],
        "header": [f"{child},1,23/11/2014,WBRI" for child in (ONE, TWO, FOUR)],
        "uasc": [f"{TWO},1,23/11/2014,01/01/2030"],
    },
    2019: {
        "episodes": [episode(TWO, "05/06/2018", "07/08/2019", "X1", PLACE="K2"),
                     episode(TWO, "05/08/2019", PLACE="U9"), episode(THREE, "09/09/2019", LS="V2")],
        "header": [f"{TWO},1,23/11/2014,WBRI"],
        "uasc": [],
    },
}  # fmt: skip


def made(root: Path, years: Mapping[int, Mapping[str, Sequence[str]]] = YEARS, **texts: str) -> Workspace:
    space = workspace(root, **{"paper": PAPER, "words": WORDS, "commentary": COMMENTARY, **texts})
    for year, tables in years.items():
        for sort, lines in tables.items():
            text = "\n".join([HEADINGS[sort] + ",HOME_POST", *(f"{line},QX7 9ZZ" for line in lines)])
            write(root / INPUTS / f"{year}-{sort}.csv", text + "\n")
    return space


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, pipeline.Checked]:
    space = made(tmp_path_factory.mktemp("returns"))
    return space, pipeline.check(space, REF, MONTH)


def test_the_figures_and_what_is_told(checked: tuple[Workspace, pipeline.Checked]) -> None:
    figures = checked[1].figures
    assert checked[1].sound and figures is not None
    assert (figures["looked_after"].value, figures["looked_after_uasc"].value) == (2, 1)
    assert [(p.code, str(p.severity)) for p in checked[1].problems] == [
        ("vanished", "warning"), ("corrected-episode", "note"), ("two-open", "warning"), ("overlap", "warning"),
        ("unknown-place", "warning"), ("no-header", "warning"),
    ]  # fmt: skip


def test_no_byte_of_the_bundle_tells_of_a_child(checked: tuple[Workspace, pipeline.Checked]) -> None:
    bundle = pipeline.bundle_files(*checked)
    for name, content in bundle.items():
        texts = [content]
        if name.endswith(".pdf"):
            pages = pypdfium2.PdfDocument(content)
            texts += [streams(content), "".join(p.get_textpage().get_text_range() for p in pages).encode()]
        for secret in SECRETS:
            assert not any(secret.encode() in text for text in texts), (name, secret)
    recorded = json.loads(bundle["audit/problems.json"])
    assert {entry["code"]: entry["cells"] for entry in recorded} == {
        "corrected-episode": [f"{INPUTS}/2018-episodes.csv!B3"],
        "two-open": [f"{INPUTS}/2018-episodes.csv!H4"],
        "vanished": [f"{INPUTS}/2018-episodes.csv!H2", f"{INPUTS}/2018-episodes.csv!H5"],
        "overlap": [f"{INPUTS}/2019-episodes.csv!H2"],
        "no-header": [f"{INPUTS}/2019-episodes.csv!A4"],
        "unknown-place": [f"{INPUTS}/2019-episodes.csv!F3"],
    }
    traced = bundle["audit/figures.csv"].decode("utf-8")
    assert f"{INPUTS}/2019-episodes.csv!A3:A4" in traced


def test_no_message_tells_of_a_child(tmp_path: Path) -> None:
    wrong = {year: {sort: list(lines) for sort, lines in tables.items()} for year, tables in YEARS.items()}
    wrong[2019]["episodes"] += [f"{ONE},{TWO},S,C2,N1,{THREE},PR1,23/11/2014,{FOUR}"]
    wrong[2019]["header"] += [f"{ONE},1,{TWO},WBRI", f"{TWO},1,22/11/2014,WBRI"]
    made(tmp_path, wrong)
    for arguments in (("check",), ("check", "--json"), ("build",), ("trace",)):
        result = run(tmp_path, arguments[0], str(REF), "--month", MONTH, *arguments[1:])
        assert result.exit_code == 1
        assert not any(secret in result.stdout + result.stderr for secret in SECRETS)
    assert "cell B5: expected a date, found something else." in result.stderr


def test_the_returns_as_workbooks_say_the_same(
    tmp_path: Path, checked: tuple[Workspace, pipeline.Checked]
) -> None:
    space = made(tmp_path, {})
    for year, tables in YEARS.items():
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for sort, lines in tables.items():
            sheet = book.create_sheet({"uasc": "UASC"}.get(sort, sort.capitalize()))
            for line in (HEADINGS[sort], *lines):
                sheet.append([cell or None for cell in line.split(",")])
        book.save(tmp_path / INPUTS / f"SSDA903 {year}.xlsx")
    again = pipeline.check(space, REF, MONTH)
    values = [{name: figure.value for name, figure in (each.figures or {}).items()} for each in (again, checked[1])]
    assert values[0] == values[1] != {}
    assert {p.place.sheet for p in again.problems} == {"Episodes"}


def messages(space: Workspace) -> list[str]:
    found = pipeline.check(space, REF, MONTH)
    assert not found.sound
    return [p.message for p in found.problems if str(p.severity) == "error"]


def test_a_month_that_the_returns_do_not_cover(tmp_path: Path) -> None:
    assert messages(made(tmp_path, {2018: YEARS[2018]})) == [
        f"{OWN}/meeting.toml: expected a day from 01/04/2018 to 31/03/2019, which the SSDA903 returns cover, "
        "found 31/03/2020.\n  Add the return of that year, or set returns under [as_at].  [returns-not-as-at]"
    ]


def test_no_returns(tmp_path: Path) -> None:
    assert messages(made(tmp_path, {})) == [
        f"{INPUTS}: expected SSDA903 returns: a file with the columns CHILD, DECOM, RNE, LS, CIN, PLACE, "
        "PLACE_PROVIDER, DEC, REC, found none.\n  Put the files there.  [missing-dataset]"
    ]


def test_what_is_wrong_with_the_returns_is_told_beside_what_is_wrong_with_the_settings(tmp_path: Path) -> None:
    found = messages(made(tmp_path, {2018: {"episodes": [episode(ONE, "05/13/2018")], "header": [], "uasc": []}},
                          meeting="committee = 3\n"))  # fmt: skip
    assert any("[not-a-date]" in message for message in found)
    assert any("meeting.toml" in message for message in found)


def test_a_paper_that_needs_no_returns_says_nothing_of_them(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    write(tmp_path / INPUTS / "2018-episodes.csv", HEADINGS["episodes"] + "\n,,,,,,,,\n")
    assert pipeline.check(space, REF, MONTH).problems == []


def test_returns_in_the_folder_that_all_authorities_share_are_of_none(tmp_path: Path) -> None:
    paper = PAPER.replace('["returns"]', '["returns", "benchmarks"]')
    space = made(tmp_path, {}, paper=paper, settings=SETTINGS + 'code = "none"\n')
    for sort, lines in YEARS[2019].items():
        write(tmp_path / "inputs" / "shared" / f"2019-{sort}.csv", "\n".join([HEADINGS[sort], *lines]) + "\n")
    write(tmp_path / "inputs" / "shared" / "rates.csv", text())
    assert any(message.endswith("[missing-dataset]") for message in messages(space))
