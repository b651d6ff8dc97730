"""Small bundles, as a build leaves them, and an archive to take them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from reportgen.deliver.archive.adding import Added, Keeper, add
from reportgen.deliver.archive.opening import Archive
from reportgen.deliver.archive.taking import take

KEEPER = Keeper("Ann Clerk", "2020-05-01T09:30:00Z")
FIGURES = (
    "\ufefffigure,value,unit,shown_as,how,cells_counted,cells_examined\r\n"
    "children_last,209,count,209,the last month's total,a.xlsx!S!B5,a.xlsx!S!A2:A5; a.xlsx!S!B2\r\n"
)
ABOUT = {
    "title": "Children looked after",
    "subject": "Numbers by month",
    "author": "Children's services",
    "language": "en-GB",
    "authority": "Barsetshire County Council",
    "committee": "Children's Committee",
    "meeting_date": "2020-04-21",
}


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text, a line for each of its lines."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, text in enumerate(pages):
        lines = " ".join(f"({line}) Tj 0 -14 Td" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 72 720 Td {lines} ET"
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"{page} /Contents {5 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n"
    return f"{body}{end}%%EOF\n".encode("latin-1")


def bundle(folder: Path, version: int = 1, words: str = "The council looked after 209 children.", **about: str) -> Path:
    """A bundle on disk: a draft where `version` is 0. What `about` gives is told of it: a month and paper as well."""
    paper, month = about.pop("paper", "barsetshire/children-numbers"), about.pop("month", "2020-03")
    name = f"{paper.split('/')[1]}-{month}"
    full = {
        f"{name}.pdf": pdf(words, "Second page."),
        "figures.csv": b"the same in all versions",
        "tables/months.csv": f"version {version}".encode(),
    }
    entries = [
        {"file": file, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for file, content in sorted(full.items())
    ]
    manifest = {
        "paper": paper, "month": month, "status": "final" if version else "draft", "version": version,
        "reissue_reason": "a total was wrong" if version > 1 else "", "about": {**ABOUT, **about}, "reportgen": "0.1.0",
        "versions": {}, "fonts": [], "folders": [], "inputs": [], "templates_and_settings": [],
        "editions": {"full": entries},
    }  # fmt: skip
    audits = {"manifest.json": json.dumps(manifest), "figures.csv": FIGURES, "problems.json": "[]\n"}
    files = {f"full/{file}": content for file, content in full.items()}
    files |= {f"audit/{file}": content.encode("utf-8") for file, content in audits.items()}
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content)
    return folder


def added(archive: Archive, folder: Path, retention: str = "permanent", keeper: Keeper = KEEPER) -> Added:
    """A bundle of a folder in the archive."""
    return add(archive, take(folder), [], retention, keeper)


def archived(root: Path, versions: int = 1) -> Archive:
    """An archive in a folder with some versions of a paper."""
    archive = Archive(root / "archive")
    for version in range(1, versions + 1):
        added(archive, bundle(root / f"final-v{version}", version))
    return archive


def everything(folder: Path) -> list[str]:
    """The names of the files of a folder, those of SQLite's own left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in files)
    return sorted(name for name in names if not name.endswith(("-wal", "-shm", ".lock")))
