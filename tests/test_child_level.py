"""A paper from a sheet with a row a child: the same tables as from counts, and nothing of any child in its bundle."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportgen import pipeline
from reportgen.workspace import Workspace
from tests.built import Element, elements
from tests.made import INPUTS, MONTH, REF, run, workbook, workspace

PAPER = """\
title = "Placements"
subject = "Where children are placed"
author = "Children's services"
datasets = ["placements"]

[front_sheet]
"To" = "{{ meeting.committee }}"

[[exhibit]]
name = "placements"
kind = "table"
grid = "placements"
title = "Children by placement"

[[exhibit]]
name = "providers"
kind = "table"
grid = "placements_by_provider"
title = "Children by placement and provider"
"""
COSTS = """
[[exhibit]]
name = "highest"
kind = "table"
grid = "highest_costs"
title = "The placements that cost most"
weekly = "£"
"""
WORDS = """\
## Placements

{{ passage("overview") }}

The council looked after {{ fig.placements_children }} children, {{ fig.placements_in_house_share }} of them in-house.

{{ exhibit("placements") }}

{{ exhibit("providers") }}
"""
MORE_WORDS = """
A placement costs {{ fig.placements_average_weekly_cost | pounds }} a week on average.

{{ exhibit("highest") }}
"""
COMMENTARY = "# March\n\n## overview\n\nNothing else.\n"
COUNTS: Sequence[Sequence[object]] = [
    ("Placement type", "Children", "Provider"),
    ("Foster care", 7, "In-house"),
    ("Foster care", 4, "IFA"),
    ("Residential care home", 2, "Private"),
]
SECRETS = ("ZX90210", "ZX90211", "ZX90212")
CHILDREN: Sequence[Sequence[object]] = [
    ("Child ID", "Placement type", "Provider", "Start", "Weekly cost (£)"),
    *((f"K{n:04}", "U4", "PR1", dt.date(2019, 2, 3), 450 + n) for n in range(7)),
    *((f"K{n:04}", "U6", "PR4", dt.date(2019, 2, 3), 900) for n in range(7, 10)),
    (SECRETS[0], "fostering", "Agency", dt.date(2017, 11, 23), 912),
    (SECRETS[1], "R1", "PR4", dt.date(2017, 11, 24), 4321),
    (SECRETS[2], "R1", "PR4", dt.date(2017, 11, 25), 3210.5),
]


def made(folder: Path, rows: Sequence[Sequence[object]], with_costs: bool = False) -> Workspace:
    space = workspace(
        folder,
        paper=PAPER + COSTS * with_costs,
        words=WORDS + MORE_WORDS * with_costs,
        commentary=COMMENTARY,
    )
    workbook(folder / INPUTS / "numbers.xlsx", rows, "Placements")
    return space


def files(space: Workspace) -> dict[str, bytes]:
    checked = pipeline.check(space, REF, MONTH)
    assert checked.sound, [p.message for p in checked.problems]
    return pipeline.bundle_files(space, checked)


def page(bundle: dict[str, bytes]) -> Element:
    return elements(bundle[f"full/{REF.paper}-{MONTH}.html"].decode("utf-8"))


def test_the_tables_are_those_of_counts(tmp_path: Path) -> None:
    counted, listed = (files(made(tmp_path / name, rows)) for name, rows in (("a", COUNTS), ("b", CHILDREN)))
    for name in ("placements", "providers"):
        assert counted[f"full/tables/{name}.csv"] == listed[f"full/tables/{name}.csv"]
    assert [table.text for table in page(counted).all("table")] == [table.text for table in page(listed).all("table")]


def test_the_highest_costs_and_the_average(tmp_path: Path) -> None:
    text = page(files(made(tmp_path, CHILDREN, with_costs=True))).text
    spent = sum(range(450, 457)) + 3 * 900 + 912 + 4321 + 3210.5
    assert f"A placement costs £{round(spent / 13):,} a week on average." in text
    assert "1 Residential care home Private provision £4,321 2 Residential care home Private provision £3,211" in text


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files(made(tmp_path_factory.mktemp("children"), CHILDREN, with_costs=True))


def streams(pdf: bytes) -> bytes:
    """Every object of a PDF, its streams unpacked."""
    found = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in (each for each in document.objects if isinstance(each, pikepdf.Object)):
            found.write(each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse())
    return found.getvalue()


def test_no_byte_of_the_bundle_tells_of_a_child(bundle: dict[str, bytes]) -> None:
    starts = ("23 November 2017", "2017-11-23", "23/11/2017")
    for name, content in bundle.items():
        texts = [content]
        if name.endswith(".pdf"):
            pages = pypdfium2.PdfDocument(content)
            texts += [streams(content), "".join(p.get_textpage().get_text_range() for p in pages).encode()]
        for secret in (*SECRETS, *starts, "K0003"):
            assert not any(secret.encode() in text for text in texts), (name, secret)
    assert not any(zipfile.is_zipfile(io.BytesIO(content)) for content in bundle.values())


def test_no_message_tells_of_a_child(tmp_path: Path) -> None:
    wrong = [list(row) for row in CHILDREN]
    wrong[12][1], wrong[13][4], wrong[11][0] = "Jane Roe", SECRETS[1], SECRETS[2]
    made(tmp_path, wrong, with_costs=True)
    for arguments in (("check",), ("check", "--json"), ("build",), ("trace",)):
        result = run(tmp_path, arguments[0], str(REF), "--month", MONTH, *arguments[1:])
        assert result.exit_code == 1
        said = result.stdout + result.stderr
        assert not any(secret in said for secret in (*SECRETS, "Jane", "Roe"))
    assert "cell B13: expected a placement type, found something else." in said
