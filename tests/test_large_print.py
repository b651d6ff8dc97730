"""Every paper of this checkout in large print: as large as it says, nothing cut, the same words in the same order."""

from __future__ import annotations

import ctypes
import functools
import io
import json
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from click.testing import CliRunner

from reportgen import pipeline
from reportgen.cli import main
from reportgen.deliver.archive.fulltext import is_paper
from reportgen.exhibits.style import POINTS, WIDTH
from reportgen.model import LARGE_PRINT, Issue
from reportgen.render.large import BODY, enlarged
from reportgen.workspace import PaperRef, Workspace
from tests.built import PAPERS, ROOT, Bundle, built
from tests.pdf_structure import inconsistencies, structure
from tests.test_every_paper import MARGIN, _boxes, _order, _spoken_pdf
from tests.verapdf import Engine

SHEETS = {(595, 842), (842, 595), (842, 1191), (1191, 842)}


@functools.cache
def large(ref: PaperRef, month: str) -> tuple[Bundle, dict[str, bytes]]:
    """A paper as usual, and the files of its bundle with large print."""
    usual = built(ref, month)
    return usual, pipeline.bundle_files(Workspace(ROOT), usual.checked, Issue(large_print=True))


@pytest.fixture(params=PAPERS, ids=lambda each: f"{each[0]} {each[1]}")
def paper(request: pytest.FixtureRequest) -> tuple[Bundle, bytes]:
    """One of the papers as usual, and its PDF in large print."""
    usual, files = large(*request.param)
    return usual, files[f"full/{usual.name}{LARGE_PRINT}"]


@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-3A"])
def test_large_print_conforms(paper: tuple[Bundle, bytes], verapdf: Engine, profile: str) -> None:
    assert verapdf(paper[1], profile) == ()
    assert inconsistencies(paper[1]) == []


def test_it_says_the_same_in_the_same_order(paper: tuple[Bundle, bytes]) -> None:
    usual, pdf = paper
    assert [_order(each) for each in _spoken_pdf(structure(pdf))] == [
        _order(each) for each in _spoken_pdf(usual.structure)
    ]


def test_nothing_stands_over_the_margin_and_no_words_over_others(paper: tuple[Bundle, bytes]) -> None:
    document = pypdfium2.PdfDocument(paper[1])
    assert {tuple(map(round, document.get_page_size(n))) for n in range(len(document))} <= SHEETS
    for page in document:
        words, seen, (width, height) = page.get_textpage(), [], page.get_size()
        for left, bottom, right, top in _boxes(page):
            assert MARGIN - 1 <= left <= right <= width - MARGIN + 1
            assert 18 <= bottom <= top <= height - 18
        for at in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(at)
            seen.append((left + 1, bottom + 4, right - 1, top - 4))
        for n, one in enumerate(seen):
            for other in seen[n + 1 :]:
                over = min(one[2], other[2]) - max(one[0], other[0]) > 0
                assert not (over and min(one[3], other[3]) - max(one[1], other[1]) > 0), (one, other)
    document.close()


def sizes(pdf: bytes) -> Counter[tuple[bool, float]]:
    """How many runs of text there are of each size in points; those of the structure apart from the furniture."""
    found: Counter[tuple[bool, float]] = Counter()
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            matrix, size = raw.FS_MATRIX(), ctypes.c_float()
            raw.FPDFPageObj_GetMatrix(each.raw, matrix)
            raw.FPDFTextObj_GetFontSize(each.raw, size)
            content = raw.FPDFPageObj_GetMarkedContentID(each.raw) >= 0
            found[content, round(abs(size.value * (matrix.d or matrix.b)), 1)] += 1
    document.close()
    return found


def test_its_words_have_eighteen_points_and_charts_fourteen(paper: tuple[Bundle, bytes]) -> None:
    usual, pdf = paper
    found, drawn = set(sizes(pdf)), set()
    figures = structure(pdf).all("Figure")
    assert len(figures) == sum(item.is_chart for item in usual.document.exhibits.values())
    for figure in figures:
        left, _, right, _ = (float(each) for each in figure.attributes["BBox"])
        drawn.add(round(POINTS * (right - left) / (WIDTH * 72), 1))
    assert min((14.0, *drawn)) >= 14
    assert all(size >= (BODY if inside and size not in drawn else 14) for inside, size in found), found


def test_its_title_says_so(paper: tuple[Bundle, bytes]) -> None:
    with pikepdf.open(io.BytesIO(paper[1])) as document:
        assert str(document.docinfo["/Title"]) == f"{paper[0].document.title} (large print)"
        assert sorted(document.attachments) == sorted(
            name.removeprefix("full/") for name in paper[0].files if re.match(r"full/.*\.csv", name)
        )


def test_the_rest_of_the_bundle_stays_as_it_is_and_the_manifest_names_it() -> None:
    usual, files = large(*PAPERS[-1])
    name = f"{usual.name}{LARGE_PRINT}"
    assert set(files) - set(usual.files) == {f"full/{name}"}
    assert [n for n in usual.files if usual.files[n] != files[n]] == ["audit/manifest.json"]
    told = json.loads(files["audit/manifest.json"])["editions"]["full"]
    assert name in [entry["file"] for entry in told]
    again = pipeline.bundle_files(Workspace(ROOT), usual.checked, Issue(large_print=True))
    assert again == files


def test_the_command_prints_both_paths(tmp_path: Path) -> None:
    for name in ("inputs", "templates", "reportgen.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "outputs").mkdir()
    asked = ["--workspace", str(tmp_path), "build", "thurrock/placements-and-demand", "--large-print"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    paths = [Path(line) for line in result.stdout.splitlines()]
    name = f"placements-and-demand-{PAPERS[-1][1]}"
    assert [path.name for path in paths] == [f"{name}.pdf", f"{name}{LARGE_PRINT}"]
    assert all(path.is_file() for path in paths)


def test_style_sheets_are_enlarged_and_no_letters_stay_small() -> None:
    assert enlarged("p { font-size: 9.5pt; margin: 0 0 8pt; } h1{font:21pt/1.2 x}") == (
        f"p {{ font-size: {BODY:g}pt; margin: 0 0 12pt; }} h1{{font:31.5pt/1.2 x}}"
    )
    assert enlarged("td { padding: .5pt; width: 20mm; color: #12pt34; }") == (
        "td { padding: 0.75pt; width: 20mm; color: #12pt34; }"
    )


def test_the_archive_takes_the_usual_pdf_for_the_paper() -> None:
    assert is_paper("full/a-2016-05.pdf")
    assert not is_paper(f"full/a-2016-05{LARGE_PRINT}")
