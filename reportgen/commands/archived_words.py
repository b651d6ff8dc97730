"""An archived paper and its figures in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reportgen.deliver.archive.asking import Standing

WIDTH = 16
LINES = (
    "title", "subject", "author", "authority_name", "committee", "meeting_date", "paper", "month", "status", "version",
    "reissue_reason", "language", "retention", "retain_until", "supersedes",
)  # fmt: skip
# Between two cells; a file's own name may hold a semicolon, but hardly a whole cell.
_BETWEEN = re.compile(r"; (?=[^;]*!)")


def entry(standing: Standing) -> str:
    """A paper's entry, a line for each of its terms, and its files; of a withdrawn paper when and why, no more."""
    if standing.withdrawn:
        return standing.line
    paper, made = standing.paper, standing.entry
    terms = [("reference", paper.reference)]
    terms += [(name.removesuffix("_name"), str(value)) for name in LINES if (value := getattr(paper, name)) != ""]
    terms += [("superseded by", standing.superseded_by)] if standing.superseded_by else []
    terms += [("added", f"{made.added_at} by {made.added_by}, entry {made.number}"), ("entry's hash", made.hash)]
    terms += [(f"origin {name}", value) for name, value in sorted(paper.origin.items())]
    terms += [("disposed", standing.line)] if standing.line else []
    lines = [f"{name.replace('_', ' '):{WIDTH}}{value}" for name, value in terms]
    return "\n".join([*lines, *(f"{f.role:{WIDTH}}{f.file}  {f.bytes} bytes  {f.sha256}" for f in paper.files)])


def told(standing: Standing) -> dict[str, Any]:
    """The same for a script: the entry as it is kept, and what was entered of it later."""
    later = [json.loads(each.text) for each in (standing.withdrawn, standing.disposed) if each]
    if standing.withdrawn:
        return {"reference": standing.paper.reference, "later": later}
    return {**json.loads(standing.entry.text), "superseded_by": standing.superseded_by, "later": later}


def figure(row: Mapping[str, str]) -> str:
    """A figure's value, unit, making and cells as `reportgen trace` prints them, from its row of the audit."""
    lines = []
    for key, value in row.items():
        parts = _BETWEEN.split(value) if key.startswith("cells") and value else [value or "none"]
        lines.append(f"{key.replace('_', ' '):{WIDTH}}" + f"\n{'':{WIDTH}}".join(parts))
    return "\n".join(lines)
