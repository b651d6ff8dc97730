"""A paper that shows published comparators, from its folders to its pages; a paper that doesn't reads none of them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.drafts import State, state
from reportgen.model import Severity
from reportgen.pipeline import Checked
from reportgen.workspace import Workspace
from tests import made, pdf_structure, published_file
from tests.made import write
from tests.made_comparators import (
    INPUTS,
    MEETING_TOML,
    MONTH,
    OWN,
    PAPER_TOML,
    REF,
    SETTINGS,
    SHARED,
    workspace,
)
from tests.verapdf import Engine


def check(space: Workspace) -> Checked:
    return pipeline.check(space, REF, MONTH)


def told(space: Workspace) -> list[str]:
    """The messages of errors and warnings."""
    return [p.message for p in check(space).problems if p.severity is not Severity.NOTE]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bundle of the sound paper."""
    space = workspace(tmp_path_factory.mktemp("sound"))
    checked = check(space)
    assert [(p.code, p.severity) for p in checked.problems] == [("later-years", Severity.NOTE)]
    return pipeline.bundle_files(space, checked)


def pdf(files: dict[str, bytes]) -> bytes:
    return files["full/rates-2024-05.pdf"]


def test_the_paper_says_what_the_file_comes_to(files: dict[str, bytes]) -> None:
    text = " ".join(" ".join(pdf_structure.page_texts(pdf(files))).split())
    # 677 in 123,000 are 55.04; England's 70 less that is 14.96. The mean: (65.5 + 42 + 27) / 3 = 44.83.
    assert (
        "On 31 March 2024 the council looked after 677 children, a rate of 55 per 10,000 children under 18. That is 15 "
        "fewer than in England (70); in South Country it was 54. The mean of three statistical neighbours, of which "
        "three have a rate, was 45."
    ) in text
    assert "Barsetshire's rate rose between 2021 and 2024" in text
    assert text.count("in 2022 of 2, without Midsomer (low reliability)") == 2
    assert text.count("The department rounds the numbers of regions and of England to the nearest ten.") == 1


def test_the_table_of_rates(files: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(files["full/tables/rates.csv"].decode("utf-8-sig"))))
    assert rows[0] == [
        "31 March", "Barsetshire", "South Country", "Statistical neighbours", "England", "Neighbours with a rate",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == ["2021", "2022", "2023", "2024"]


def test_the_charts_alternative_tells_each_series(files: dict[str, bytes]) -> None:
    html = files["full/rates-2024-05.html"].decode()
    for said in (
        "Barsetshire rose from 50 in 2021 to 55 in 2024; highest 55 in 2024, lowest 50 in 2021.",
        "Statistical neighbours rose from 44 in 2021 to 45 in 2024; highest 52 in 2022, lowest 44 in 2021.",
        "England rose from 67 in 2021 to 70 in 2024",
    ):
        assert said in html


def test_the_paper_conforms_to_pdf_ua(files: dict[str, bytes], verapdf: Engine) -> None:
    assert verapdf(pdf(files)) == ()


def test_the_manifest_names_the_shared_file_and_the_folders_that_were_read(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["audit/manifest.json"])
    assert [entry["file"] for entry in manifest["inputs"]] == [SHARED]
    assert manifest["folders"] == [INPUTS, "inputs/shared"]
    traced = files["audit/figures.csv"].decode()
    assert f"{SHARED}!" in traced


def text_of_rates(root: Path, settings: str, month: str) -> str:
    """The text of a paper that shows the table of rates alone."""
    paper = PAPER_TOML.split("[calculate]")[0] + "[[exhibit]]" + PAPER_TOML.split("[[exhibit]]")[1]
    space = workspace(root, settings=settings, paper=paper, words='## Rates\n\nBelow.\n\n{{ exhibit("rates") }}\n')
    write(root / f"inputs/barsetshire/{month}/rates/meeting.toml", MEETING_TOML.replace("2024-", "2025-"))
    checked = pipeline.check(space, REF, month)
    assert [p.message for p in checked.problems if p.severity is not Severity.NOTE] == []
    files = pipeline.bundle_files(space, checked)
    return " ".join(" ".join(pdf_structure.page_texts(files[f"full/rates-{month}.pdf"])).split())


def test_suppressed_and_inapplicable_rates_stand_as_symbols_with_their_key(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Barsetshire County", "Borsetshire County").replace("E06000903", "E10000901")
    text = text_of_rates(tmp_path, settings, "2024-05")
    # Loamshire, Barsetshire and Midsomer: (62.5 + 50 + 25) / 3 in 2021, (65 + 53.5 + 26) / 3 in 2023.
    assert "2021 [c] 50 46 67 3" in text
    assert "2023 [z] 52 48 69 3" in text
    assert "[c] suppressed" in text
    assert "[z] not applicable" in text


def test_k_and_u_are_carried_to_the_page_with_their_meaning(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Barsetshire County", "Midsomer").replace('"Midsomer"]', '"Barsetshire"]')
    text = text_of_rates(tmp_path, settings, "2025-05")
    assert "2022 [u] 50 " in text
    assert "2025 [low] 50 " in text
    assert "[low] rounds to zero" in text
    assert "[u] low reliability" in text


def test_a_paper_that_needs_no_comparators_does_not_read_the_shared_folder(tmp_path: Path) -> None:
    space = made.workspace(tmp_path)
    write(tmp_path / "inputs/shared/rubbish.xlsx", "no workbook")
    checked = pipeline.check(space, made.REF, made.MONTH)
    assert checked.problems == []
    assert [file.file for file in checked.inputs] == [f"{made.INPUTS}/numbers.xlsx"]
    manifest = json.loads(pipeline.bundle_files(space, checked)["audit/manifest.json"])
    assert manifest["folders"] == [made.INPUTS]


def test_a_file_in_each_folder_is_two_candidates_until_the_paper_names_one(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    published_file.write(tmp_path / INPUTS / "rates.csv", ["2024", "2023"])
    (message,) = told(space)
    assert message == (
        f"{INPUTS}/rates.csv, row 1: expected one table with the headings of Published comparators, found 2 of them.\n"
        "  Remove what isn't meant, or name file and sheet in paper.toml under [sheets.benchmarks].\n"
        f"  See also {SHARED}, row 1.  [two-candidates]"
    )
    named = PAPER_TOML.replace("[calculate]", '[sheets.benchmarks]\nfile = "rates.csv"\n\n[calculate]')
    write(tmp_path / "templates/barsetshire/rates/paper.toml", named)
    checked = check(space)
    assert [p.code for p in checked.problems] == []
    assert checked.figures is not None
    assert checked.figures["benchmark_first_year"].value == "2023"


def test_without_a_shared_folder_the_dataset_is_missed(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    (tmp_path / SHARED).unlink()
    (tmp_path / "inputs/shared").rmdir()
    (message,) = told(space)
    assert message.startswith(f"{INPUTS}: expected a sheet with the headings of Published comparators")
    assert message.endswith("Put the file there or into inputs/shared/, or correct its headings.  [missing-dataset]")


def test_unknown_authorities_are_told_at_their_line_with_the_nearest(tmp_path: Path) -> None:
    settings = SETTINGS.replace("Barsetshire County", "Barsetshyre County").replace("Loamshire", "Lomeshire")
    assert told(workspace(tmp_path, settings=settings)) == [
        "reportgen.toml, line 2: expected the name of an authority in published comparators, found "
        '"Barsetshyre County Council".\n'
        '  Did you mean "Barsetshire" (E10000901)? Where the names differ, add its code to the section: code = "…"\n'
        f"  See also {SHARED}.  [unknown-local-authority]",
        "reportgen.toml, line 3: expected statistical neighbours by the names or codes of the published file, found "
        '"Lomeshire".\n'
        '  Did you mean "Loamshire" (E10000902)?  [unknown-neighbour]',
    ]


def test_a_code_finds_the_authority_and_must_be_text(tmp_path: Path) -> None:
    space = workspace(tmp_path, settings=SETTINGS.replace("Barsetshire County Council", "Barset") + 'code = "981"\n')
    checked = check(space)
    assert checked.figures is not None
    assert checked.figures["benchmark_authority"].value == "Barsetshire"
    assert [p.code for p in checked.problems] == ["later-years", "code-of-another"]
    write(tmp_path / "reportgen.toml", SETTINGS + "code = 981\n")
    assert told(space) == [
        'reportgen.toml, line 4: expected text in quotes for "authorities.barsetshire.code", found 981.\n'
        "  Correct it.  [bad-setting]"
    ]


def test_a_later_year_that_the_meetings_settings_ask_for_is_refused(tmp_path: Path) -> None:
    meeting = MEETING_TOML.replace("2024-06-18", "2025-06-18") + "\n[as_at]\nbenchmarks = 2025-03-31\n"
    assert told(workspace(tmp_path, meeting=meeting)) == [
        f"{SHARED}, cell A2: expected comparators of a year that ends by 31/05/2024, the day of the data, found 2025, "
        "which ends on 31/03/2025.\n"
        "  Take the file that was published then, or correct the day of benchmarks under [as_at].\n"
        f"  See also {OWN}/meeting.toml, line 6.  [comparator-later]"
    ]


def test_a_rate_that_the_numbers_contradict_is_a_warning_and_noted_under_the_table(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    published_file.write(
        tmp_path / SHARED, alter=lambda rows: published_file.at(rows, "2024", "Barsetshire").__setitem__(-1, 57)
    )
    checked = check(space)
    assert [(p.code, p.place.cell, p.severity) for p in checked.problems] == [
        ("later-years", "A2", Severity.NOTE),
        ("rate-differs", "N33", Severity.WARNING),
    ]
    assert checked.document is not None
    (noted,) = (e.exhibit.notes for e in checked.document.exhibits.values() if e.exhibit.name == "neighbours")
    assert any("57" in note for note in noted)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the shared file altered": lambda root: published_file.write(root / SHARED, ["2024"]),
    "the shared file gone": lambda root: (root / SHARED).unlink(),
    "a shared file more": lambda root: write(root / "inputs/shared/more.csv", "a,b\n"),
    "a workbook more": lambda root: write(root / INPUTS / "more.csv", "a,b\n"),
}


def test_a_draft_is_outdated_where_the_shared_folder_has_changed(tmp_path: Path) -> None:
    built = workspace(tmp_path / "built")
    pipeline.build(built, check(built))
    for what, change in CHANGES.items():
        shutil.copytree(built.root, tmp_path / what)
        space = Workspace(tmp_path / what)
        assert state(space, REF, MONTH) is State.BUILT, what
        change(space.root)
        assert state(space, REF, MONTH) is State.OUTDATED, what


def test_a_file_that_comes_to_the_shared_folder_is_no_matter_of_a_paper_without_comparators(tmp_path: Path) -> None:
    space = made.workspace(tmp_path)
    pipeline.build(space, pipeline.check(space, made.REF, made.MONTH))
    published_file.write(tmp_path / SHARED)
    assert state(space, made.REF, made.MONTH) is State.BUILT


def test_names_of_the_file_are_printed_as_they_stand_and_as_nothing_else(tmp_path: Path) -> None:
    name = "Bors<b>etshire</b> & {{ fig.x }} *bold*"

    def alter(rows: list[published_file.Row]) -> None:
        for row in rows:
            if row[published_file.column("new_la_code")] == "E06000903":
                row[published_file.column("la_name")] = name

    space = workspace(tmp_path)
    published_file.write(tmp_path / SHARED, alter=alter)
    html = pipeline.bundle_files(space, check(space))["full/rates-2024-05.html"].decode()
    escaped = "Bors&lt;b&gt;etshire&lt;/b&gt; &amp; {{ fig.x }} *bold*"
    assert f"in 2021 of 2, without {escaped} (suppressed)" in html
    assert "Bors<b>" not in html
