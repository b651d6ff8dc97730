import io
from xml.parsers.expat import ExpatError

import pytest

from reportgen.readers.child.sheet_xml import SheetFacts, read_facts


def facts(cells: str, before: str = "") -> SheetFacts:
    return read_facts(io.BytesIO(f"<worksheet>{before}<sheetData>{cells}</sheetData></worksheet>".encode()))


def test_only_cells_with_a_value_or_a_formula_count_for_the_extent() -> None:
    found = facts(
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><f>B2</f><v>1</v></c><c r="Z2" s="1"/></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>a</t></is></c></row><row r="9"><c r="A9"></c></row>'
    )
    assert (found.rows, found.columns, found.cells) == (3, 3, 5)


def test_cells_and_rows_without_an_address_follow_the_one_before() -> None:
    found = facts("<row/><row><c/><c t='e'><v>#N/A</v></c></row><row r='7'><c t='e'><v>#REF!</v></c></row>")
    assert found.errors == {(2, 2): "#N/A", (7, 1): "#REF!"}


def test_elements_may_have_a_prefix() -> None:
    text = b'<x:worksheet xmlns:x="m"><x:row r="4"><x:c r="AA4"><x:v>1</x:v></x:c></x:row></x:worksheet>'
    found = read_facts(io.BytesIO(text))
    assert (found.rows, found.columns, found.cells) == (4, 27, 1)


@pytest.mark.parametrize(
    ("cell", "uncalculated"),
    [
        ("<c r='A1'><f>1+1</f></c>", True),
        ("<c r='A1'><f>1+1</f><v/></c>", True),
        ("<c r='A1'><f>1+1</f><v></v></c>", True),
        ("<c r='A1' t='str'><f>B1</f></c>", True),
        ("<c r='A1'><f t='shared' si='0'/></c>", True),
        ("<c r='A1'><f>1+1</f><v>2</v></c>", False),
        ("<c r='A1' t='str'><f>\"\"</f><v></v></c>", False),
        ("<c r='A1' t='e'><f>1/0</f><v>#DIV/0!</v></c>", False),
        ("<c r='A1'><v>2</v></c>", False),
    ],
)
def test_a_formula_without_a_value_was_never_calculated(cell: str, uncalculated: bool) -> None:
    assert facts(f"<row r='1'>{cell}</row>").uncalculated == ([(1, 1)] if uncalculated else [])


def test_hidden_rows_and_columns_by_mark_or_by_size() -> None:
    found = facts(
        "<row r='1' hidden='1'/><row r='2' hidden='0'/><row r='3' ht='0' customHeight='1'/><row r='4' ht='15'/>",
        "<cols><col min='2' max='3' hidden='true'/><col min='4' max='4' width='9'/>"
        "<col min='6' max='6' width='0'/></cols>",
    )
    assert (found.hidden_rows, found.hidden_columns) == ([1, 3], [(2, 3), (6, 6)])


def test_a_long_text_in_the_place_of_an_error_is_cut() -> None:
    assert facts(f"<row r='1'><c r='A1' t='e'><v>{'#' * 999}</v></c></row>").errors == {(1, 1): "#" * 40}


def test_broken_xml_and_entities_that_grow_are_refused() -> None:
    with pytest.raises(ExpatError):
        facts("<row>")
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 40}">' for n in range(8))
    text = f'<!DOCTYPE w [<!ENTITY e0 "aaaaaaaaaa">{entities}]><w><c r="A1" t="e"><v>&e8;</v></c></w>'
    with pytest.raises(ExpatError):
        read_facts(io.BytesIO(text.encode()))
