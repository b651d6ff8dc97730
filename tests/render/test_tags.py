"""The tags that WeasyPrint writes are mended: furniture, split elements, headings, lists, links, figures."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pydyf
import pytest
import weasyprint

from reportgen.render.pdf import RenderError
from reportgen.render.tags import finish
from reportgen.render.tagtree import TagTree
from tests.pdf_structure import Tag, artefacts, inconsistencies, pieces, structure
from tests.render import CHART, STYLE, WORDS, page, written
from tests.verapdf import Engine

FURNITURE = [{"Type": "Pagination", "Subtype": "Header"}, {"Type": "Pagination", "Subtype": "Footer"}]
REPEATED = {"Type": "Pagination"}


def tagged(verapdf: Engine, body: str, css: str = "", resources: dict[str, bytes] | None = None) -> Tag:
    """The structure of `body` as a PDF, which has been found to conform and to agree with itself."""
    pdf = written(body, css, resources)
    assert verapdf(pdf) == ()
    assert inconsistencies(pdf) == []
    return structure(pdf)


def headings(tree: Tag) -> dict[str, Any]:
    """Scope of each table heading, by its words."""
    return {cell.text: cell.attributes["Scope"] for cell in tree.all("TH")}


def headed(tree: Tag) -> dict[str, list[str]]:
    """The headings of each table cell, by its words."""
    words = {cell.attributes["ID"]: cell.text for cell in tree.all("TH")}
    return {cell.text: [words[each] for each in cell.attributes["Headers"]] for cell in tree.all("TD")}


def test_furniture_leaves_the_tree_and_is_marked_as_artefact(verapdf: Engine) -> None:
    pdf = written("<p>Body</p>")
    assert structure(pdf).outline == ("Document", ("P", "Body"))
    assert artefacts(pdf) == [(1, each) for each in FURNITURE]
    marks = {piece.text: (piece.mark, piece.number) for piece in pieces(pdf)}
    assert marks == {
        "Body": ("Span", 0),
        "Progress report": ("Artifact", -1),
        "Page 1 of 1": ("Artifact", -1),
    }
    assert verapdf(pdf) == ()
    assert inconsistencies(pdf) == []


def test_the_check_of_consistency_sees_what_weasyprint_leaves() -> None:
    raw = weasyprint.HTML(string=page("<p>Body</p>")).write_pdf(
        stylesheets=[weasyprint.CSS(string=STYLE)], pdf_variant="pdf/ua-1"
    )
    faults = inconsistencies(raw)
    assert [fault for fault in faults if "hangs nowhere" not in fault] == [
        "content [1, 2] is not both marked and tagged",
        "the parent tree has other owners of content",
    ]
    assert len(faults) == 6


def test_a_link_in_a_running_header_is_no_link(verapdf: Engine) -> None:
    body = '<div id="run">Draft of <a href="https://example.org/">the <b>paper</b></a></div><p>Body</p>'
    css = "#run { position: running(run) } @page { @top-center { content: element(run) } }"
    assert tagged(verapdf, body, css).outline == ("Document", ("P", "Body"))
    with pikepdf.open(io.BytesIO(written(body, css))) as pdf:
        assert "/Annots" not in pdf.pages[0]
    two_links = body + '<p><a href="https://example.org/2">words</a></p>'
    assert [link.links for link in tagged(verapdf, two_links, css).all("Link")] == [("words",)]


def test_furniture_at_the_side_is_neither_header_nor_footer() -> None:
    pdf = written("<p>Body</p>", '@page { @left-middle { content: "x" } }')
    assert artefacts(pdf) == [(1, FURNITURE[0]), (1, FURNITURE[1]), (1, {"Type": "Pagination"})]


def test_heading_rows_repeated_on_later_pages_are_artefacts(verapdf: Engine) -> None:
    rows = "".join(f'<tr><th scope="row">r{each}</th><td>{each}</td></tr>' for each in range(30))
    body = (
        "<table><caption>Long</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
        f"<tfoot><tr><th>All</th><td>435</td></tr></tfoot><tbody>{rows}</tbody></table>"
    )
    tree = tagged(verapdf, body)
    lines = [("TR", ("TH", f"r{each}"), ("TD", str(each))) for each in range(30)]
    assert tree.outline == (
        "Document",
        (
            "Table",
            ("Caption", "Long"),
            ("THead", ("TR", ("TH", "A"), ("TH", "B"))),
            ("TBody", *lines),
            ("TFoot", ("TR", ("TH", "All"), ("TD", "435"))),
        ),
    )
    assert [part.pages for part in tree.kids[0].kids] == [{1}, {1}, {1, 2, 3}, {3}]
    repeats = [number for number, kind in artefacts(written(body)) if kind == REPEATED]
    assert repeats == [1, 1, 2, 2, 2, 2, 3, 3]  # foot on 1, head and foot on 2, head on 3: two cells each
    assert headings(tree) == {
        "A": "Column",
        "B": "Column",
        **{f"r{each}": "Row" for each in range(30)},
        "All": "Row",
    }
    assert headed(tree) == {**{str(each): ["B", f"r{each}"] for each in range(30)}, "435": ["B", "All"]}


def test_a_link_in_a_repeated_heading_row_stays_on_the_first_page_only(verapdf: Engine) -> None:
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in range(20))
    head = '<thead><tr><th><a href="https://example.org/">A</a></th></tr></thead>'
    tree = tagged(verapdf, f"<table>{head}<tbody>{rows}</tbody></table>")
    assert [(link.text, link.links, link.pages) for link in tree.all("Link")] == [("A", ("A",), {1})]


def test_a_row_split_over_pages_is_one_row(verapdf: Engine) -> None:
    body = (
        "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>"
        f'<tr><th scope="row">r0</th><td>{WORDS}</td><td>c</td></tr>'
        '<tr><th scope="row">r1</th><td>x</td><td>y</td></tr></tbody></table>'
    )
    tree = tagged(verapdf, body)
    assert tree.all("TBody")[0].outline == (
        "TBody",
        ("TR", ("TH", "r0"), ("TD", WORDS), ("TD", "c")),
        ("TR", ("TH", "r1"), ("TD", "x"), ("TD", "y")),
    )
    assert len(tree.all("TD")[0].pages) > 1
    assert headed(tree) == {WORDS: ["B", "r0"], "c": ["C", "r0"], "x": ["B", "r1"], "y": ["C", "r1"]}


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        (f"<p>{WORDS}</p><p>z</p>", (("P", WORDS), ("P", "z"))),
        (
            f"<main><section><h1>x</h1><blockquote><p>{WORDS}</p></blockquote><p>z</p></section></main>",
            (("Part", ("Sect", ("H1", "x"), ("BlockQuote", ("P", WORDS)), ("P", "z"))),),
        ),
        (
            f"<ol><li>a</li><li>{WORDS}</li><li>z</li></ol>",
            (("L", *(("LI", ("Lbl", f"{n}."), ("LBody", t)) for n, t in ((1, "a"), (2, WORDS), (3, "z")))),),
        ),
        (
            f"<ul><li>a<ul><li>{WORDS}</li><li>y</li></ul></li><li>z</li></ul>",
            (
                (
                    "L",
                    ("LI", ("Lbl", "•"), ("LBody", "a")),
                    ("L", ("LI", ("Lbl", "◦"), ("LBody", WORDS)), ("LI", ("Lbl", "◦"), ("LBody", "y"))),
                    ("LI", ("Lbl", "•"), ("LBody", "z")),
                ),
            ),
        ),
        (
            f"<dl><dt>a</dt><dd>{WORDS}</dd><dt>y</dt><dd>z</dd></dl>",
            (("L", ("LI", ("Lbl", "a"), ("LBody", WORDS)), ("LI", ("Lbl", "y"), ("LBody", "z"))),),
        ),
        (f"<p>{WORDS[:700]} <b>{WORDS}</b> z</p>", (("P", f"{WORDS[:700]} {WORDS} z"),)),
    ],
    ids=["paragraph", "sections", "list", "inner list", "terms", "bold words"],
)
def test_what_a_page_break_splits_is_one_element(verapdf: Engine, body: str, outline: tuple[Any, ...]) -> None:
    tree = tagged(verapdf, body)
    assert tree.outline == ("Document", *outline)
    assert len(tree.pages) > 1


def test_paragraphs_that_only_meet_at_a_page_break_stay_apart(verapdf: Engine) -> None:
    tree = tagged(verapdf, '<p>a</p><p style="break-before: page">b</p><div>c<p>d</p>e</div>')
    assert tree.outline == (
        "Document",
        ("P", "a"),
        ("P", "b"),
        ("Div", ("Div", "c"), ("P", "d"), ("Div", "e")),
    )


@pytest.mark.parametrize(
    ("cell", "scope"),
    [("<th>x</th>", "Row"), ("<th scope=row>x</th>", "Row"), ("<th scope=col>x</th>", "Column")],
)
def test_scope_in_the_body_is_the_row_unless_stated(verapdf: Engine, cell: str, scope: str) -> None:
    assert headings(tagged(verapdf, f"<table><tbody><tr>{cell}<td>y</td></tr></tbody></table>")) == {"x": scope}


def test_scope_in_the_head_is_the_column_unless_stated(verapdf: Engine) -> None:
    head = '<thead><tr><th>a</th><th scope="row">b</th></tr></thead>'
    tree = tagged(verapdf, f"<table>{head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table>")
    assert headings(tree) == {"a": "Column", "b": "Row"}


GROUPS = """<table><thead><tr><th rowspan="2">Kind</th><th colspan="2">Cost</th></tr>
<tr><th>May</th><th>June</th></tr>
</thead><tbody><tr><th colspan="3" scope="{scope}">Fostering</th></tr>
<tr><th scope="row">In-house</th><td>1</td><td>2</td></tr>
<tr><th scope="row">Agency</th><td colspan="2">3</td></tr>
<tr><th colspan="3" scope="{scope}">Homes</th></tr>
<tr><th scope="row" rowspan="2">Own</th><td>4</td><td>5</td></tr><tr><td>6</td><td>7</td></tr></tbody>
<tbody><tr><th scope="row">Other</th><td>8</td><td>9</td></tr></tbody></table>"""


@pytest.mark.parametrize(("stated", "scope"), [("colgroup", "Column"), ("rowgroup", "Row")])
def test_cells_know_their_columns_row_and_group(verapdf: Engine, stated: str, scope: str) -> None:
    tree = tagged(verapdf, GROUPS.format(scope=stated))
    assert headings(tree) == {
        **dict.fromkeys(("Kind", "Cost", "May", "June"), "Column"),
        **dict.fromkeys(("Fostering", "Homes"), scope),
        **dict.fromkeys(("In-house", "Agency", "Own", "Other"), "Row"),
    }
    assert headed(tree) == {
        "1": ["Cost", "May", "In-house", "Fostering"],
        "2": ["Cost", "June", "In-house", "Fostering"],
        "3": ["Cost", "May", "June", "Agency", "Fostering"],
        "4": ["Cost", "May", "Own", "Homes"],
        "5": ["Cost", "June", "Own", "Homes"],
        "6": ["Cost", "May", "Own", "Homes"],
        "7": ["Cost", "June", "Own", "Homes"],
        "8": ["Cost", "May", "Other"],
        "9": ["Cost", "June", "Other"],
    }


def test_headings_of_several_tables_are_found_by_name() -> None:
    table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    with pikepdf.open(io.BytesIO(written(table * 11))) as pdf:
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        assert [str(each) for each in names[::2]] == sorted(f"t{number}r1c1" for number in range(1, 12))
        assert [str(each.ID) for each in names[1::2]] == [str(each) for each in names[::2]]


@pytest.mark.parametrize(
    ("inner", "items"),
    [
        ("<dt>a</dt><dd>b</dd>", (("LI", ("Lbl", "a"), ("LBody", "b")),)),
        (
            "<div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d</dd></div>",
            (("LI", ("Lbl", "a"), ("LBody", "b")), ("LI", ("Lbl", "c"), ("LBody", "d"))),
        ),
        (
            "<dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd><dt>e</dt><dd><p>f</p></dd>",
            (
                ("LI", ("Lbl", "a"), ("Lbl", "b"), ("LBody", "c"), ("LBody", "d")),
                ("LI", ("Lbl", "e"), ("LBody", ("P", "f"))),
            ),
        ),
    ],
    ids=["pair", "grouped", "several"],
)
@pytest.mark.parametrize("css", ["", "dl, dl div { display: grid; grid-template-columns: 1fr 2fr }"])
def test_a_term_and_its_descriptions_are_one_item(
    verapdf: Engine, inner: str, items: tuple[Any, ...], css: str
) -> None:
    assert tagged(verapdf, f"<dl>{inner}</dl>", css).outline == ("Document", ("L", *items))


def test_all_but_the_label_of_an_item_is_in_one_body(verapdf: Engine) -> None:
    tree = tagged(verapdf, "<ol><li>text<p>first</p>more<p>second</p></li></ol><ul style='list-style: none'><li>x</ul>")
    first, second = tree.all("L")
    assert [kid.kind for kid in first.kids[0].kids] == ["Lbl", "LBody"]
    assert first.text == "1. text first more second"
    assert second.outline == ("L", ("LI", ("LBody", "x")))


def test_a_link_says_its_words_and_is_one(verapdf: Engine) -> None:
    body = (
        f'<p>{WORDS[:40]} <a href="https://example.org/s">the <b>strategy</b> of '
        "<em>the\n council</em> of 2016</a> "
        '<a href="https://example.org/"><img src="a.svg" alt="Numbers"></a> <a id="here">anchor</a> '
        '<a href="#here">here</a></p>'
    )
    links = tagged(verapdf, body, resources={"a.svg": CHART}).all("Link")
    assert [links[0].text, links[2].text] == ["the strategy of the council of 2016", "here"]
    assert [set(link.links) for link in links] == [
        {"the strategy of the council of 2016"},
        {"Numbers"},
        {"here"},
    ]
    assert [len(link.links) for link in links] == [2, 2, 1]  # two lines; a line and a picture taller than it


def test_a_link_over_a_page_break_is_one(verapdf: Engine) -> None:
    (link,) = tagged(verapdf, f'<p>{WORDS[:60]} <a href="https://example.org/">{WORDS}</a></p>').all("Link")
    assert (link.text, set(link.links), link.pages) == (WORDS, {WORDS}, {1, 2})


def test_a_figure_says_where_it_stands(verapdf: Engine) -> None:
    body = '<p>above</p><img src="a.svg" alt="x">'
    (figure,) = tagged(verapdf, body, resources={"a.svg": CHART}).all("Figure")
    left, bottom, right, top = (float(each) for each in figure.attributes["BBox"])
    assert (round(right - left, 1), round(top - bottom, 1)) == (45, 22.5)  # 60 × 30 pixels
    labels = [piece for piece in pieces(written(body, "", {"a.svg": CHART})) if piece.mark == "Figure"]
    assert "".join(label.text for label in labels) == "July"
    assert all(left < label.box[0] < label.box[2] < right for label in labels)
    assert all(bottom < label.box[1] < label.box[3] < top for label in labels)


def test_boxes_out_of_the_flow_keep_their_tags(verapdf: Engine) -> None:
    body = """<div style="display: flex"><p>a</p><p>b</p></div><div style="float: right">c</div>
    <p style="position: absolute">d</p><div style="display: table"><p style="display: table-cell">e</p></div>
    <p>f <span style="display: inline-block">g</span></p>"""
    outline = str(tagged(verapdf, body).outline)
    assert [outline.count(f"'{letter}'") for letter in "abcde"] == [1, 1, 1, 1, 1]
    assert "('P', 'f g')" in outline


@pytest.mark.parametrize(
    ("kind", "change", "what"),
    [
        ("/P", "remove", "Span doesn't fit its box"),
        ("/TD", "copy", "a table cell is not its box's"),
        ("/Span", "remove", "a box has no element"),
        ("/Span", "double", "elements are left over"),
        ("/TR", "move", "TR is of another page than its box"),
    ],
)
def test_another_shape_of_the_tree_is_noticed(kind: str, change: str, what: str) -> None:
    def finisher(document: Any, pdf: Any) -> None:
        at = max(number for number, each in enumerate(pdf.objects) if isinstance(each, dict) and each.get("S") == kind)
        if change == "move":
            pdf.objects[at]["Pg"] = b"0 0 R"
        else:
            same = pydyf.Dictionary(pdf.objects[at]) if change == "copy" else pdf.objects[at]
            pdf.objects[at : at + 1] = {"remove": [], "copy": [same], "double": [same, same]}[change]
        TagTree(document, pdf)

    html = weasyprint.HTML(string=page("<p>b</p><table><tr><td>c</td></tr></table>"))
    with pytest.raises(RenderError) as caught:
        html.write_pdf(pdf_variant="pdf/ua-1", finisher=finisher)
    told = f"The PDF's tags don't follow the layout: {what}. Is WeasyPrint the pinned version?"
    assert caught.value.messages == (told,)


def test_the_finisher_is_made_for_this_version_of_weasyprint() -> None:
    assert weasyprint.__version__ == "70.0"
    pdf = weasyprint.HTML(string=page("<p>x</p>")).write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    assert structure(pdf).outline == ("Document", ("P", "x"))


def test_a_cell_without_words_is_read_as_blank(verapdf: Engine) -> None:
    body = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td></tr><tr><td> </td><td>0</td></tr></table>"
    tree = tagged(verapdf, body)
    assert [cell.text for cell in tree.all("TD")] == ["1", "blank", "blank", "0"]
    with pikepdf.open(io.BytesIO(written(body))) as pdf:
        replaced = [str(each.ActualText) for each in pdf.objects if "/ActualText" in _as_dictionary(each)]
    assert replaced == ["blank", "blank"]


def _as_dictionary(thing: Any) -> Any:
    return thing if isinstance(thing, pikepdf.Dictionary) else {}


def test_white_space_at_the_end_of_a_line_is_no_element(verapdf: Engine) -> None:
    """Between two boxes in a line it is a space that is read; after the last one it is nothing."""
    body = '<div><b style="display: inline-block">Draft</b>\n</div><p><b>One</b> <i>two</i> </p>'
    tree = tagged(verapdf, body)
    assert [tag.kind for tag in tree.all("Div")[0]._walk()] == ["Div", "NonStruct", "Span"]
    assert [tag.text for tag in tree.all("P")[0].kids] == ["One", "", "two"]
    assert tree.text == "Draft One two"
