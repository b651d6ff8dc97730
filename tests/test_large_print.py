"""Large print: as large as it says, nothing over anything else, beside a bundle that stays as it is.

What it has in common with the usual PDF is tested with it, in test_every_pdf.
"""

from __future__ import annotations

import ctypes
import io
import json
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest

from reportgen import pipeline
from reportgen.deliver.archive.fulltext import is_paper
from reportgen.exhibits.style import POINTS, WIDTH
from reportgen.model import LARGE_PRINT
from reportgen.render.large import BODY, enlarged
from reportgen.workspace import Workspace
from tests.built import LARGE, PAPERS, ROOT, Bundle, asked, built, every
from tests.made import SETTINGS, run, workspace
from tests.made_final import OUT


@pytest.fixture(params=every(), ids=asked)
def paper(request: pytest.FixtureRequest) -> Bundle:
    """An edition of one of the papers, which has a PDF in large print."""
    ref, month, edition, _ = request.param
    return built(ref, month).of(edition)


def test_no_words_stand_over_others(paper: Bundle) -> None:
    document = pypdfium2.PdfDocument(paper.printed[LARGE].pdf)
    for page in document:
        words, seen = page.get_textpage(), []
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


def test_its_words_have_eighteen_points_and_charts_fourteen(paper: Bundle) -> None:
    found, drawn = set(sizes(paper.printed[LARGE].pdf)), set()
    figures = paper.printed[LARGE].structure.all("Figure")
    assert len(figures) == sum(item.is_chart for item in paper.document.exhibits.values())
    for figure in figures:
        left, _, right, _ = (float(each) for each in figure.attributes["BBox"])
        drawn.add(round(POINTS * (right - left) / (WIDTH * 72), 1))
    assert min((14.0, *drawn)) >= 14
    assert all(size >= (BODY if inside and size not in drawn else 14) for inside, size in found), found


def test_the_rest_of_the_bundle_stays_as_it_is_and_the_manifest_names_it() -> None:
    large = built(*PAPERS[-1])
    usual = pipeline.bundle_files(Workspace(ROOT), large.checked)
    name = f"{large.name}{LARGE_PRINT}"
    assert set(large.files) - set(usual) == {f"full/{name}"}
    assert [n for n in usual if usual[n] != large.files[n]] == ["audit/manifest.json"]
    told = json.loads(large.files["audit/manifest.json"])["editions"]["full"]
    assert name in [entry["file"] for entry in told]


def test_a_final_paper_in_large_print_is_archived_and_built_anew_alike(tmp_path: Path) -> None:
    settings = SETTINGS + 'archive_inputs = true\n[archive]\nfolder = "kept"\n'
    workspace(tmp_path, settings=settings)
    made = run(tmp_path, "build", "children-numbers", "--final", "--large-print")
    assert made.exit_code == 0, made.stderr
    bundle = tmp_path / OUT / "final-v1"
    paths = [bundle / "full" / f"children-numbers-2020-03{ending}" for ending in (".pdf", LARGE_PRINT)]
    assert made.stdout == "".join(f"{path}\n" for path in paths)
    large = paths[1].read_bytes()
    with pikepdf.open(io.BytesIO(large)) as document:
        assert str(document.docinfo["/Title"]) == "Children looked after (large print)"
        assert str(document.docinfo["/Keywords"]).startswith("Final, version 1, ")
    assert run(tmp_path, "archive", "add", "children-numbers").exit_code == 0
    verified = run(tmp_path, "archive", "verify", "--rebuild", "BARSETSHIRE-2020-0001")
    assert (verified.exit_code, verified.stdout) == (0, "the same\n"), verified.stderr
    assert "9 of 9 files are the same" in verified.stderr
    found = run(tmp_path, "archive", "get", "BARSETSHIRE-2020-0001", "--to", str(tmp_path / "found"))
    assert found.exit_code == 0, found.stderr
    assert [path.read_bytes() for path in (tmp_path / "found").rglob(f"*{LARGE_PRINT}")] == [large]


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
