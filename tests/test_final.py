"""From a draft to a final paper: what is refused and why, what is accepted, cleared, issued and issued anew."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from reportgen import pipeline
from reportgen.model import Issue
from reportgen.workspace import Workspace
from tests.built import elements
from tests.made import (
    COMMENTARY,
    INPUTS,
    MEETING_TOML,
    MONTH,
    MONTHS,
    OWN,
    REF,
    ended,
    everything,
    only_layout_packaged,
    run,
    workbook,
    workspace,
    write,
)
from tests.made_final import ACCEPTED, BLOCK, LONG, MEETING, OUT, PDF, TODAY, cleared, doubtful, final, manifest, page
from tests.test_cli import NAME, WARNING
from tests.verapdf import Engine

CLEAR = "Once it is cleared: reportgen clear barsetshire/children-numbers --month 2020-03"


@pytest.fixture(autouse=True)
def only_these_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a warning and a paper that two roles must clear."""
    return doubtful(tmp_path / "w").root


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workspace in which nothing keeps the paper from being final."""
    return workspace(tmp_path / "w").root


def test_a_final_is_refused_with_all_reasons_at_once_and_nothing_is_written(root: Path) -> None:
    ended(
        run(root, "build", "children-numbers", "--final"),
        1,
        "",
        f"{WARNING}{NAME}: 1 warning\n"
        f"{NAME} can't be final yet:\n"
        f"1 warning is neither mended nor accepted. Mend it, or paste into {OWN}/meeting.toml who accepts it and why:\n"
        f"\n{BLOCK}\n"
        f'finance: not cleared. {CLEAR} --role finance --name "…"\n'
        f'legal: not cleared. {CLEAR} --role legal --name "…"\n',
    )
    assert not (root / "outputs").exists()


def test_what_is_printed_can_be_pasted_and_filled_in(root: Path) -> None:
    said = run(root, "build", "children-numbers", "--final").stderr
    pasted = said[said.index("[[accept]]") : said.index("\n\nfinance")]
    write(root / OWN / "meeting.toml", f"{MEETING}\n{pasted}\n")
    assert "some text" in run(root, "check", "children-numbers").stdout, "who and why are to be filled in"
    filled = pasted.replace('who = ""', 'who = "B Person, Head of Service"')
    filled = filled.replace('why = ""', 'why = "It is a name."')
    write(root / OWN / "meeting.toml", f"{MEETING}\n{filled}\n")
    ended(
        run(root, "check", "children-numbers", "--strict"),
        0,
        WARNING.replace("Warning", "Accepted").replace(
            "  [typed-number]", "\n  Accepted by B Person, Head of Service: It is a name.  [typed-number]"
        ),
        f"{NAME}: 1 accepted\n",
    )


def test_the_way_from_a_draft_to_a_final_and_to_the_next(root: Path, verapdf: Engine) -> None:
    assert run(root, "build", "children-numbers").exit_code == 0
    write(root / OWN / "meeting.toml", f"{MEETING}\n{ACCEPTED}")
    cleared(root, "finance")
    cleared(root, "legal", "C <i>Person</i>", "")
    assert run(root, "list").stdout == (
        "barsetshire/children-numbers  2020-03  draft built, inputs changed since\n"
    )
    first = run(root, "build", "children-numbers", "--final")
    assert (first.exit_code, first.stdout) == (0, f"{final(root) / PDF}\n"), first.stderr
    told = manifest(root)
    assert (told["status"], told["version"], told["reissue_reason"]) == ("final", 1, "")
    assert told["acceptances"] == [
        {
            "code": "typed-number",
            "place": f"{OWN}/commentary.md, line 7",
            "who": "B Person, Head of Service",
            "why": "It is a name.",
        }
    ]
    given = told["clearances"]
    assert isinstance(given, list)
    assert [(each["role"], each["name"], each["post"], each["date"]) for each in given] == [
        ("finance", "A Person", "Finance Manager", dt.date.today().isoformat()),
        ("legal", "C <i>Person</i>", "", dt.date.today().isoformat()),
    ]
    assert {each["fingerprint"] for each in given} == {told["fingerprint"]}
    shown = elements(page(root))
    paragraphs = [each.text for each in shown.all("main")[0].all("p")]
    assert f"2.1 None. Verified by: A Person, Finance Manager, {LONG}." in paragraphs
    assert [each.text for each in shown.all("h2")][-1] == "3. Differences accepted"
    assert paragraphs[-1] == (
        "3.1 One number in the words that is no figure, accepted by B Person, Head of Service: It is a name."
    )
    assert "DRAFT" not in shown.text
    pdf = (final(root) / PDF).read_bytes()
    assert verapdf(pdf) == ()
    with pikepdf.open(final(root) / PDF) as document:
        assert str(document.docinfo["/Keywords"]) == "Final, version 1, month 2020-03, meeting 2020-04-21"
    with pikepdf.open(root / OUT / "draft" / PDF) as document:
        assert str(document.docinfo["/Keywords"]) == "Draft, month 2020-03, meeting 2020-04-21"

    workbook(root / INPUTS / "numbers.xlsx", [*MONTHS[:3], (MONTHS[3][0], 210, 188, 22)])
    assert run(root, "list").stdout == (
        "barsetshire/children-numbers  2020-03  draft built, inputs changed since; final v1, inputs changed since\n"
    )
    said = "figures or words changed since"
    ended(
        run(root, "clear", "children-numbers"),
        0,
        f"finance: void, cleared by A Person, Finance Manager on {TODAY}; {said}\n"
        f"legal: void, cleared by C <i>Person</i> on {TODAY}; {said}\n",
        "",
    )
    refused = run(root, "build", "children-numbers", "--final", "--reissue", "A child <b>was</b> missed.")
    assert refused.exit_code == 1
    assert f"finance: void, cleared by A Person, Finance Manager on {TODAY}; {said}. {CLEAR} --role " in refused.stderr
    assert refused.stderr.count("[void-clearance]") == 2
    assert not final(root, 2).exists()
    for role in ("finance", "legal"):
        cleared(root, role)
    again = run(root, "build", "children-numbers", "--final", "--reissue", "A child <b>was</b> missed.")
    assert (again.exit_code, again.stdout) == (0, f"{final(root, 2) / PDF}\n"), again.stderr
    (sheet,) = elements(page(root, 2)).all("dl")
    terms = zip((e.text for e in sheet.all("dt")), (e.text for e in sheet.all("dd")), strict=True)
    assert list(terms)[-2:] == [("Version", "2"), ("Reissued because", "A child <b>was</b> missed.")]
    assert manifest(root, 2)["reissue_reason"] == "A child <b>was</b> missed."
    assert (final(root) / PDF).read_bytes() == pdf
    assert json.loads(run(root, "list", "--json").stdout)[0]["final"] == "final v2"


def test_who_clears_a_paper_voids_no_other_clearance_and_a_rebuild_gives_the_same_bytes(root: Path) -> None:
    write(root / OWN / "meeting.toml", f"{MEETING}\n{ACCEPTED}")
    cleared(root, "finance")
    assert "not cleared" in run(root, "clear", "children-numbers").stdout
    cleared(root, "legal")
    assert run(root, "build", "children-numbers", "--final").exit_code == 0
    assert run(root, "clear", "children-numbers", "--json").stdout.count('"cleared"') == 2
    space = Workspace(root)
    checked = pipeline.check(space, REF, MONTH)
    assert pipeline.bundle_files(space, checked, Issue(1)) == everything(final(root))


def test_an_acceptance_that_fits_nothing_stops_a_final_and_an_error_takes_none(plain: Path) -> None:
    write(plain / OWN / "meeting.toml", f"{MEETING_TOML}\n{ACCEPTED}")
    result = run(plain, "build", "children-numbers", "--final")
    assert result.exit_code == 1
    assert f"{OWN}/meeting.toml, line 5: an acceptance fits no warning. Take it out.\n" in result.stderr
    assert "[[accept]]" not in result.stderr
    write(plain / OWN / "commentary.md", COMMENTARY.replace("uasc_last", "uasc_lst"))
    bad = ACCEPTED.replace("typed-number", "bad-text").replace("line 7", "line 5")
    write(plain / OWN / "meeting.toml", f"{MEETING_TOML}\n{bad}")
    checked = run(plain, "check", "children-numbers")
    assert "[error-accepted]" in checked.stdout
    assert checked.stderr == f"{NAME}: 2 errors\n"


def test_a_fallback_font_fails_a_final(plain: Path, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "other.ttf").symlink_to(next(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf")))
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    command = [sys.executable, "-m", "reportgen", "--workspace", str(plain), "build", "children-numbers", "--final"]
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (3, ""), result.stderr
    assert "is not one of Liberation Sans, Liberation Mono" in result.stderr
    assert "Install Liberation's fonts (on Debian and Ubuntu fonts-liberation)" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (plain / "outputs").exists()
