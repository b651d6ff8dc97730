"""The text of archived papers by page, and what is found in it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from reportgen.model import LARGE_PRINT

# Searched in its stems, so that "saving" finds "savings", and without accents.
SEARCHED = """
CREATE VIRTUAL TABLE pages USING fts5(
    reference UNINDEXED, edition UNINDEXED, page UNINDEXED, text, tokenize = "porter unicode61 remove_diacritics 2"
);
"""
SECONDS, MEMORY = 60, 2 << 30  # what a PDF from elsewhere may take
AT_EDGES = 2  # lines at the top and the foot of a page that may be furniture
_PAGE = re.compile(r"Page \d+( of \d+)?")


@dataclass(frozen=True)
class Found:
    """A page on which words were found: of which paper and edition, its number, and the words in their place."""

    reference: str
    title: str
    meeting_date: str
    edition: str
    page: int
    snippet: str


def is_paper(file: str) -> bool:
    """Whether a file of an edition is the paper itself, whose words are searched; large print holds the same words."""
    return file.endswith(".pdf") and not file.endswith(LARGE_PRINT)


def pages(pdf: bytes) -> list[str]:
    """The text of each page of a PDF, less what most pages have at their edge. Raises ValueError where it is none."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            texts = [_text(page) for page in document]
    except pypdfium2.PdfiumError as failed:
        raise ValueError("no PDF that can be read") from failed
    return ["\n".join(lines) for lines in _without_furniture([text.split("\n") for text in texts])]


def pages_apart(pdf: bytes) -> list[str]:
    """The same of a PDF from elsewhere, read by a process of its own, which can be stopped and has little memory."""
    command = [sys.executable, "-m", "reportgen.deliver.archive.fulltext"]
    try:
        ended = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failed:
        raise ValueError("no PDF that can be read") from failed
    return [str(text) for text in json.loads(ended.stdout)]


def _limit_memory() -> None:
    """Nothing: from now on this process may have MEMORY, where the system knows such a limit."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _text(page: object) -> str:
    """A page's text in plain letters: ligatures taken apart, a hyphen at a line's end as a hyphen."""
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    try:
        text = str(textpage.get_text_range())
    finally:
        textpage.close()
    # PDFium writes U+FFFE for a hyphen at the end of a line and leaves the line's end out.
    text = text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\xad", "")
    return unicodedata.normalize("NFKC", text).strip()


def _without_furniture(texts: Sequence[list[str]]) -> list[list[str]]:
    """The lines of each page less those that more than half of the pages have at their edge, but for page numbers."""
    edges = [{_PAGE.sub("Page", line) for line in (*lines[:AT_EDGES], *lines[-AT_EDGES:])} for lines in texts]
    often = {line for line, times in Counter(line for edge in edges for line in edge).items() if times > len(texts) / 2}
    if len(texts) < 3:
        return list(texts)
    kept = []
    for lines in texts:
        inner = range(AT_EDGES, len(lines) - AT_EDGES)
        kept.append([line for at, line in enumerate(lines) if at in inner or _PAGE.sub("Page", line) not in often])
    return kept


def index(database: sqlite3.Connection, reference: str, edition: str, texts: Iterable[str]) -> None:
    """Adds a paper's pages to what is searched, within a transaction."""
    rows = [(reference, edition, number, text) for number, text in enumerate(texts, 1)]
    database.executemany("INSERT INTO pages (reference, edition, page, text) VALUES (?, ?, ?, ?)", rows)


def drop(database: sqlite3.Connection, reference: str) -> None:
    """Takes a paper's pages out of what is searched, within a transaction."""
    rows = database.execute("SELECT rowid FROM pages WHERE reference = ?", [reference]).fetchall()
    database.executemany("DELETE FROM pages WHERE rowid = ?", rows)


def purge(database: sqlite3.Connection) -> None:
    """Nothing: no word of what was dropped is left in the register's file, nor in the log beside it."""
    # The index keeps dropped words until its parts are merged; emptied pages of the file go with VACUUM.
    database.execute("INSERT INTO pages (pages) VALUES ('optimize')")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def search(database: sqlite3.Connection, words: Sequence[str], most: int) -> list[Found]:
    """The pages that hold all the words, the best first; several words given as one are looked for side by side."""
    # In quotes nothing is an operator: what was typed is what is looked for.
    query = " ".join('"' + word.replace('"', '""').replace("\0", " ") + '"' for word in words)
    found = database.execute(
        "SELECT pages.reference, title, meeting_date, edition, page, snippet(pages, 3, '[', ']', '…', 16) FROM pages "
        "JOIN standing USING (reference) WHERE pages MATCH ? AND NOT withdrawn AND NOT disposed ORDER BY rank LIMIT ?",
        [query, most],
    )
    return [Found(r, title, day, edition, page, " ".join(text.split())) for r, title, day, edition, page, text in found]


if __name__ == "__main__":
    _limit_memory()
    json.dump(pages(sys.stdin.buffer.read()), sys.stdout)
