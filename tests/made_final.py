"""A small workspace whose paper can be taken to its final version: a warning, and two roles that must clear it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from reportgen.workspace import Workspace
from tests.made import COMMENTARY, MEETING_TOML, OWN, PAPER_MD, PAPER_TOML, run, workspace

OUT = "outputs/barsetshire/children-numbers/2020-03"
PDF = "full/children-numbers-2020-03.pdf"
ROLES = 'clearance = ["finance", "legal"]\nacceptances_note = true\n'
PAPER = PAPER_TOML.replace("\n\n[front_sheet]", f"\n{ROLES}\n[front_sheet]")
WORDS = PAPER_MD + (
    "\n## Implications\n\n{% for item in meeting.implications %}\n### {{ item.heading }}\n\n"
    "{{ item.text }} Verified by: {{ item.verified_by }}.\n\n{% endfor %}"
)
MEETING = MEETING_TOML + '[[implications]]\nheading = "Financial"\ntext = "None."\nrole = "finance"\n'
BLOCK = f"""\
[[accept]]
code = "typed-number"
place = '{OWN}/commentary.md, line 7'
who = ""
why = ""
"""
ACCEPTED = BLOCK.replace('who = ""', 'who = "B Person, Head of Service"').replace('why = ""', 'why = "It is a name."')
TODAY = f"{dt.date.today():%d/%m/%Y}"
LONG = f"{dt.date.today().day} {dt.date.today():%B %Y}"


def doubtful(root: Path) -> Workspace:
    """A workspace with a warning and a paper that two roles must clear."""
    said = COMMENTARY + "\nThere were 12 more.\n"
    return workspace(root, paper=PAPER, words=WORDS, meeting=MEETING, commentary=said)


def cleared(root: Path, role: str, name: str = "A Person", post: str = "Finance Manager") -> None:
    """Nothing: a role clears the paper."""
    result = run(root, "clear", "children-numbers", "--role", role, "--name", name, "--post", post)
    assert result.exit_code == 0, result.stderr


def final(root: Path, version: int = 1) -> Path:
    """The folder of a final version."""
    return root / OUT / f"final-v{version}"


def manifest(root: Path, version: int = 1) -> dict[str, object]:
    """What its manifest says."""
    told = json.loads((final(root, version) / "audit/manifest.json").read_bytes())
    assert isinstance(told, dict)
    return told


def page(root: Path, version: int = 1) -> str:
    """Its page for the screen."""
    return (final(root, version) / PDF.replace(".pdf", ".html")).read_text("utf-8")
