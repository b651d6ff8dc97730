"""Every PDF of every paper, as usual and in large print, read back: what it conforms to, and what its tags say."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from reportgen.exhibits.views import ChartView, TableView
from tests.built import LARGE, USUAL, Bundle, Element, asked, built, every
from tests.pdf_structure import Tag, artefacts, bookmarks, inconsistencies, page_texts
from tests.verapdf import Engine

MARGIN = 20 / 25.4 * 72  # points
HEADINGS = ("H1", "H2", "H3", "H4")
SPOKEN = ("P", "Caption", "TH", "TD", "Lbl", "LBody", *HEADINGS)
SHEETS = {USUAL: {(595, 842), (842, 595)}, LARGE: {(595, 842), (842, 595), (842, 1191), (1191, 842)}}
VAGUE = re.compile(r"(click )?here|read more|more|link|this|https?://.*|www\..*", re.IGNORECASE)


class Looked:
    """One PDF of an edition, with the edition that it is of."""

    def __init__(self, paper: Bundle, size: str) -> None:
        self.paper, self.size = paper, size
        self.pdf, self.document = paper.printed[size].pdf, paper.document

    @property
    def tree(self) -> Tag:
        """The structure tree."""
        return self.paper.printed[self.size].structure

    @property
    def tables(self) -> list[tuple[Tag, str, TableView]]:
        """The tables of the tree, each with its label and what it shows."""
        wanted = [(i.label, i.exhibit) for i in self.document.exhibits.values() if isinstance(i.exhibit, TableView)]
        return [(tag, *item) for tag, item in zip(self.tree.all("Table"), wanted, strict=True)]

    @property
    def charts(self) -> list[tuple[Tag, ChartView]]:
        """The pictures of the tree, each with what it shows."""
        wanted = [i.exhibit for i in self.document.exhibits.values() if isinstance(i.exhibit, ChartView)]
        return list(zip(self.tree.all("Figure"), wanted, strict=True))


@pytest.fixture(params=every(USUAL, LARGE), ids=asked)
def it(request: pytest.FixtureRequest) -> Looked:
    """One of the PDFs."""
    ref, month, edition, size = request.param
    return Looked(built(ref, month).of(edition), size)


@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-3A"])
def test_it_conforms(it: Looked, verapdf: Engine, profile: str) -> None:
    assert verapdf(it.pdf, profile) == ()


def test_its_tags_and_its_content_agree(it: Looked) -> None:
    assert inconsistencies(it.pdf) == []


def test_headings_are_in_order_and_are_the_bookmarks(it: Looked) -> None:
    found = [tag for tag in it.tree._walk() if tag.kind in HEADINGS]
    levels = [int(tag.kind[1]) for tag in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    said = [(level - 1, tag.text, min(tag.pages)) for level, tag in zip(levels, found, strict=True)]
    assert said == bookmarks(it.pdf)


def test_each_table_is_one_with_a_caption_and_headings_with_scope(it: Looked) -> None:
    for table, label, shown in it.tables:
        assert [each.text for each in table.all("Caption")] == [f"{label}: {shown.title}"]
        assert [kid.kind for kid in table.kids] == ["Caption", "THead", "TBody"]
        rows, head = table.all("TBody")[0].kids, table.all("THead")[0].all("TH")
        assert {cell.attributes["Scope"] for cell in head} == {"Column"}
        wanted = [*(group.text for group in shown.groups if group.text), *(each.text for each in shown.heads)]
        assert sorted(_order(cell.text) for cell in head) == sorted(map(_order, wanted))
        named = [[cell.header for cell in row.cells] for row in shown.rows]
        assert [[cell.kind == "TH" for cell in row.kids] for row in rows] == named
        assert {cell.attributes["Scope"] for row in rows for cell in row.all("TH")} == {"Row"}
        assert {row.kind for row in rows} == {"TR"} and len(rows) == len(shown.rows)
        assert {len(row.kids) for row in rows} == {len(shown.heads)}
        names = {cell.attributes["ID"] for cell in table.all("TH")}
        assert all(set(cell.attributes["Headers"]) <= names for cell in table.all("TD"))
        assert all(len(cell.attributes["Headers"]) >= 2 for cell in table.all("TD"))


def test_no_cell_is_read_as_nothing(it: Looked) -> None:
    for table, label, shown in it.tables:
        cells = [cell for row in table.all("TBody")[0].kids for cell in row.kids]
        blank = ["" if cell.text == "blank" else _order(cell.text) for cell in cells]
        assert all(cell.text for cell in cells), label
        assert blank == [_order(cell.text.replace("; ", "")) for row in shown.rows for cell in row.cells] or shown.style


def test_pictures_have_their_alternative_and_a_box_within_the_margins(it: Looked) -> None:
    with pikepdf.open(io.BytesIO(it.pdf)) as document:
        sizes = [[float(each) for each in page.mediabox[2:]] for page in document.pages]
    for figure, chart in it.charts:
        assert figure.alt == chart.alt
        left, bottom, right, top = (float(each) for each in figure.attributes["BBox"])
        (page,) = figure.pages
        width, height = sizes[page - 1]
        assert MARGIN - 0.01 <= left < right <= width - MARGIN + 0.01
        assert MARGIN - 0.01 <= bottom < top <= height - MARGIN


def test_page_furniture_and_repeated_headings_are_artefacts(it: Looked) -> None:
    count = len(page_texts(it.pdf))
    found = [(page, each.get("Subtype", "")) for page, each in artefacts(it.pdf) if each["Type"] == "Pagination"]
    assert [page for page, kind in found if kind == "Footer"] == list(range(1, count + 1))
    assert sorted({page for page, kind in found if kind == "Header"}) == list(range(2, count + 1))
    # Each cell of a heading row is one content at least, on each page of its table but the first.
    for table, label, _ in it.tables:
        for page in sorted(table.pages)[1:]:
            assert len([at for at in found if at == (page, "")]) >= len(table.all("THead")[0].all("TH")), label
        assert len(table.all("THead")[0].pages) == 1
    said = it.tree.text
    assert f"Page 2 of {count}" not in said
    assert said.count("DRAFT") == 1


def test_no_element_is_split_by_a_page(it: Looked) -> None:
    """What holds a text is one element; which ones there are is what the page for the screen says."""
    page = it.paper.page.without("details", "nav", "footer", "svg")
    tags = {"table": "Table", "tr": "TR", "td": "TD", "th": "TH", "caption": "Caption", "h2": "H2", "h3": "H3"}
    tags |= {"dt": "Lbl"}
    for tag, kind in tags.items():
        labels = len(page.all("li")) if tag == "dt" else 0  # a list's mark is a label as well
        assert len(it.tree.all(kind)) == len(page.all(tag)) + labels, tag
    for table, label, shown in it.tables:
        if shown.is_short and it.size == USUAL:
            assert len(table.pages) == 1, label
        assert all(len(row.pages) == 1 for row in table.all("TR"))


def test_links_say_where_they_lead(it: Looked) -> None:
    links = it.tree.all("Link")
    assert links
    for tag in links:
        assert tag.links == (tag.text,)
        assert tag.text and not VAGUE.fullmatch(tag.text)


def test_nothing_stands_over_the_margin(it: Looked) -> None:
    document = pypdfium2.PdfDocument(it.pdf)
    foot = 22 if it.size == USUAL else 18
    for page in document:
        width, height = page.get_size()
        assert (round(width), round(height)) in SHEETS[it.size]
        words = page.get_textpage()
        boxes = [words.get_charbox(at) for at in range(words.count_chars()) if words.get_text_range(at, 1).strip()]
        assert min(box[0] for box in boxes) >= MARGIN - 1 and max(box[2] for box in boxes) <= width - MARGIN + 1
        assert foot <= min(box[1] for box in boxes) and max(box[3] for box in boxes) <= height - foot
    document.close()


def test_what_it_says_of_itself_is_the_papers_and_is_said_twice_alike(it: Looked) -> None:
    paper, large = it.document, " (large print)" if it.size == LARGE else ""
    with pikepdf.open(io.BytesIO(it.pdf)) as document:
        said = {str(key): str(value) for key, value in document.docinfo.items()}
        assert document.Root.Lang == paper.language
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            told = {re.sub(r"^.*[#/}]", "", key): metadata[key] for key in metadata}
    assert said["/Title"] == told["title"] == paper.title + large
    assert [said["/Author"]] == told["creator"] == [paper.author]
    assert said["/Subject"] == told["description"] == paper.subject
    assert said["/Keywords"] == told["Keywords"] == f"Draft, month {paper.month}, meeting {paper.meeting_date}"
    assert (told["language"], told["date"]) == ({paper.language}, [str(paper.meeting_date)])
    assert said["/CreationDate"] == said["/ModDate"] == f"D:{paper.meeting_date:%Y%m%d}000000Z"
    assert told["CreateDate"] == told["ModifyDate"] == f"{paper.meeting_date}T00:00:00Z"


def test_the_papers_data_go_with_it_and_nothing_of_the_audit(it: Looked) -> None:
    edition = f"{it.paper.edition}/"
    data = {name.removeprefix(edition): content for name, content in it.paper.files.items() if name.startswith(edition)}
    with pikepdf.open(io.BytesIO(it.pdf)) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        assert {str(spec.AFRelationship) for spec in pdf.Root.AF} == {"/Data"}
    assert attached == {name: content for name, content in data.items() if name.endswith(".csv")}


def _order(words: str) -> str:
    """Words without what line breaks and list marks change."""
    return re.sub(r"[\s\x02\-•]", "", words)


def _spoken_pdf(tag: Tag) -> list[str]:
    if tag.kind in SPOKEN:
        return [tag.text] if _order(tag.text) else []
    return [tag.alt] if tag.kind == "Figure" else [words for kid in tag.kids for words in _spoken_pdf(kid)]


def _spoken_html(element: Element) -> list[str]:
    found = []
    for kid in element.kids:
        if isinstance(kid, str):
            continue
        if kid.tag in ("p", "caption", "figcaption", "th", "td", "dt", "dd", "li", "h1", "h2", "h3", "h4"):
            found += [kid.text] if kid.text else []
        elif kid.tag == "svg":
            found.append(kid.all("desc")[0].text)
        elif kid.tag != "details":
            found += _spoken_html(kid)
    return found


def test_it_is_read_in_the_order_of_the_page_for_the_screen(it: Looked) -> None:
    page = [each for part in ("header", "main") for each in _spoken_html(it.paper.page.all(part)[0])]
    assert [_order(each) for each in _spoken_pdf(it.tree)] == [_order(each) for each in page]


def test_nothing_that_is_read_is_empty_and_nothing_else_is_read(it: Looked) -> None:
    """Rules, grounds and pictures' own words are artefacts or within a picture: no element is there for them."""
    kinds = {tag.kind for tag in it.tree._walk()}
    assert kinds <= {*SPOKEN, "Document", "NonStruct", "Span", "Table", "THead", "TBody", "TR", "Figure", "Link", "L",
                     "LI", "Div", "Part"}  # fmt: skip
    # A span may hold the space between two words.
    assert [tag for tag in it.tree._walk() if not (tag.text or tag.alt or tag.kind == "Span")] == []
