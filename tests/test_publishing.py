"""The public edition of a paper: nothing small, nothing exempt, nothing that tells of either in any of its bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from reportgen import pipeline
from reportgen.workspace import Workspace
from tests.built import elements
from tests.made import INPUTS, MONTH, REF, workbook, workspace
from tests.test_child_level import CHILDREN, COMMENTARY, COSTS, MORE_WORDS, PAPER, SECRETS, WORDS, streams

PUBLIC = PAPER.replace("datasets =", "public = true\ndatasets =") + COSTS
EXEMPT = """
[[protection.exempt]]
exhibits = ["highest"]
passages = ["overview"]
paragraph = 3
public_interest = "Prices under negotiation: telling them would cost the council more than the public would gain."
decided_by = "The monitoring officer"
decided_on = 2020-04-01
"""
UNDER = "is exempt from publication under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972."


def made(folder: Path, more: str = "", words: str = WORDS + MORE_WORDS) -> Workspace:
    space = workspace(folder, paper=PUBLIC + more, words=words, commentary=COMMENTARY.replace("else", "else, hushword"))
    workbook(folder / INPUTS / "numbers.xlsx", CHILDREN, "Placements")
    return space


def bundle_of(space: Workspace) -> dict[str, bytes]:
    checked = pipeline.check(space, REF, MONTH)
    assert checked.sound, [p.message for p in checked.problems]
    return pipeline.bundle_files(space, checked)


def problems(space: Workspace) -> list[str]:
    return [p.message for p in pipeline.check(space, REF, MONTH).problems]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return bundle_of(made(tmp_path_factory.mktemp("public"), EXEMPT))


def texts(content: bytes, name: str) -> Iterator[bytes]:
    """A file's bytes, and of a PDF its unpacked streams, attachments among them, and its words."""
    yield content
    if name.endswith(".pdf"):
        yield streams(content)
        yield "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(content)).encode()


def rows(bundle: dict[str, bytes], name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(bundle[name].decode("utf-8-sig"))))


def page(bundle: dict[str, bytes], edition: str) -> str:
    return elements(bundle[f"{edition}/{REF.paper}-{MONTH}.html"].decode("utf-8")).text


def test_small_counts_and_what_rests_on_them_are_withheld(bundle: dict[str, bytes]) -> None:
    """Of 13 children 7 are in foster care in-house, 4 with agencies and 2 in residential care: the two of 13 are told
    by 11 and 13 together, so that the 11 go as well."""
    full, public = (rows(bundle, f"{edition}/tables/placements.csv") for edition in ("full", "public"))
    assert full[1:] == [
        ["Foster placement with other carer", "11", "84.6%"],
        ["Residential care home", "2", "15.4%"],
        ["All placements", "13", "100.0%"],
    ]
    assert public[1:] == [
        ["Foster placement with other carer", "[c]", "[c]"],
        ["Residential care home", "[c]", "[c]"],
        ["All placements", "13", "100.0%"],
    ]


def test_a_sentence_shows_the_symbol(bundle: dict[str, bytes]) -> None:
    """7 of 13 are in-house, and 6 aren't: neither number is small, but 4 of the 6 are."""
    assert "The council looked after 13 children" in page(bundle, "public")


def test_the_public_figures_are_those_that_are_shown_and_no_finer(bundle: dict[str, bytes]) -> None:
    heads, *found = rows(bundle, "public/figures.csv")
    assert heads == ["figure", "value", "unit", "shown_as", "how"]
    assert all(value == shown for _, value, _, shown, _ in found)
    by_name = {row[0]: row for row in found}
    assert by_name["placements.residential-care-home.children"][1:] == [
        "[c]", "count", "[c]", "withheld: it is, or could give away, a small number of children",
    ]  # fmt: skip
    assert not [name for name in by_name if name.startswith("highest_costs")], "its table is exempt"


def test_no_byte_of_the_public_edition_tells_what_is_withheld(bundle: dict[str, bytes]) -> None:
    """The costs of single children are written in no other way than these; their rows and days are searched, too."""
    withheld = ("4,321", "432100", "3,211", "3210.5", "15.4%", "15.38", "84.6", "numbers.xlsx", "sha256", "hushword")
    public = {name: content for name, content in bundle.items() if name.startswith("public/")}
    assert {name.rpartition(".")[2] for name in public} >= {"pdf", "html", "csv"}
    for name, content in public.items():
        for words in (*SECRETS, "K0003", "2017-11-23", "23/11/2017", *withheld):
            assert not any(words.encode() in text for text in texts(content, name)), (name, words)
    full = [text for name, content in bundle.items() if name.startswith("full/") for text in texts(content, name)]
    assert all(any(words.encode() in text for text in full) for words in ("4,321", "15.4%", "84.6", "hushword"))


def test_what_is_exempt_is_said_where_it_stood_and_the_full_edition_is_marked(bundle: dict[str, bytes]) -> None:
    public, full = page(bundle, "public"), page(bundle, "full")
    assert f"A table or chart that stands here in the full report {UNDER}" in public
    assert f"What stands here in the full report {UNDER}" in public
    marking = UNDER.replace("is exempt from publication", "Not for publication: exempt").rstrip(".")
    assert marking in full and "Not for publication" not in public
    pages = pypdfium2.PdfDocument(bundle[f"full/{REF.paper}-{MONTH}.pdf"])
    assert all("not for publication" in p.get_textpage().get_text_range().lower() for p in pages)


def test_the_audit_folder_tells_what_was_withheld_and_the_attack(bundle: dict[str, bytes]) -> None:
    told = json.loads(bundle["audit/disclosure.json"])
    assert told["least_loss"] is True
    assert told["withheld"]["placements.residential-care-home.children"] == "it rests on few children"
    attack = {next(iter(each["figures"])): each for each in told["attack"] if each["figures"]}
    own = attack["placements.residential-care-home.children"]
    assert own["highest"] - own["lowest"] >= 3
    editions = json.loads(bundle["audit/manifest.json"])["editions"]
    assert set(editions) == {"full", "public"}


def test_a_clearance_is_of_both_editions(tmp_path: Path) -> None:
    """Another threshold changes no word of the full edition, but what the public reads."""
    own = [
        pipeline.check(made(tmp_path / str(n), f"[protection]\nthreshold = {n}\n"), REF, MONTH).fingerprint
        for n in (5, 1, 5)
    ]
    assert own[0] == own[2] != own[1]


def test_a_paper_that_isnt_public_has_one_edition(tmp_path: Path) -> None:
    space = made(tmp_path)
    paper = next(tmp_path.glob("templates/*/*/paper.toml"))
    paper.write_text(paper.read_text("utf-8").replace("public = true\n", ""), encoding="utf-8")
    checked = pipeline.check(space, REF, MONTH)
    assert checked.sound and checked.public is None


def test_names_that_the_paper_doesnt_have(tmp_path: Path) -> None:
    wrong = EXEMPT.replace("highest", "higest").replace("overview", "overviev") + (
        '[protection.show]\nplacements_childrn = "All of them."\n'
        '[[protection.merge]]\ngrid = "placements"\nrows = { "Other" = ["Residential care home", "Hostel"] }\n'
    )
    file = "templates/barsetshire/children-numbers/paper.toml"
    found = problems(made(tmp_path, wrong))
    assert [
        message.partition(": ")[2].splitlines()[0].removesuffix("  [unknown-name]")
        for message in found
        if "unknown-name" in message
    ] == [
        'expected the name of an exhibit, under [protection], found "higest".',
        'expected the name of a passage, under [protection], found "overviev".',
        'expected the name of a figure, under [protection], found "placements_childrn".',
        'expected the name of a row of the grid "placements", under [protection], found "Hostel".',
    ]
    assert all(message.startswith(file) for message in found)


def test_what_cant_be_protected_isnt_written(tmp_path: Path) -> None:
    """Whoever shows 11 and 13 as they are tells the 2."""
    shown = '[protection.show]\nplacements_children = "a"\nplacements_fostering = "b"\n'
    found = problems(made(tmp_path, shown))
    assert len(found) == 1 and "not-protected" in found[0]
    assert "placements.residential-care-home.children" in found[0]
