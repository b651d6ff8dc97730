"""Makes a large archive quickly, to measure with: entries and files as `archive add` leaves them, of invented papers.

    python benchmarks/big_archive.py FOLDER --entries 10000

Nothing is flushed to the disk and many entries share a transaction, which is what makes it quick; the outcome verifies.
"""

import argparse
import datetime as dt
import random
from pathlib import Path

from reportgen.deliver.archive import fulltext
from reportgen.deliver.archive.adding import retain_until
from reportgen.deliver.archive.entry import Entry, Holding, Paper, sha256
from reportgen.deliver.archive.opening import Archive, Opened

WORDS = (
    "the of children looked after placements budget savings fostering residential council committee forecast variance",
    "unit cost review panel carers agency adoption threshold demand young people county services action plan progress",
    "year month report number higher lower than in to and for with by at on is was were has been education health",
)
PAGES, WORDS_A_PAGE, AT_ONCE = 5, 240, 1000


def main() -> None:
    """Makes the archive; prints nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=10_000)
    options = parser.parse_args()
    make(options.folder, options.entries)


def make(folder: Path, entries: int) -> None:
    """An archive of that many papers in a folder, the same on every run."""
    chance = random.Random(20160712)
    with Archive(folder).writing() as opened:
        (folder / "entries").mkdir(mode=0o700, exist_ok=True)
        for start in range(0, entries, AT_ONCE):
            with opened.register.transaction():
                for number in range(start, min(start + AT_ONCE, entries)):
                    enter(opened, chance, number)
                opened.register.settled(opened.register.unsettled())


def enter(opened: Opened, chance: random.Random, number: int) -> None:
    """A paper's files, its entry and its words."""
    words = " ".join(WORDS).split()
    texts = [" ".join(chance.choices(words, k=WORDS_A_PAGE)) for _ in range(PAGES)]
    texts[0] = f"Paper {number} on subject{number % 997}. {texts[0]}"
    month = f"{2000 + number // 12 % 25}-{number % 12 + 1:02}"
    name = f"paper{number // 300:03}"
    headings = "figure,value,unit,shown_as,how,cells_counted,cells_examined\r\n"
    figures = f"{headings}total,{number},count,{number},the sum,a!A!B2,a!A!B1\r\n"
    contents = {
        "audit/figures.csv": figures * 40,
        "audit/manifest.json": f'{{"paper": "county/{name}", "month": "{month}", "number": {number}}}',
        f"full/{name}-{month}.pdf": "\n".join(texts),
        f"full/{name}-{month}.html": "<p>".join(texts),
        "full/figures.csv": figures,
    }
    holdings = []
    for file, text in contents.items():
        content = text.encode("utf-8")
        role = file.split("/")[0].replace("full", "edition")
        path = opened.store.path("files" if role == "edition" else "private", sha256(content))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.write_bytes(content)
            path.chmod(0o400)
        holdings.append(Holding(file, role, len(content), path.name))
    last, before = opened.register.last()
    paper = described(number, name, month, tuple(holdings))
    entry = Entry(last + 1, before, "2026-01-01T00:00:00Z", "big_archive", paper)
    opened.register.append(entry)
    opened.entry_file(entry.number).write_bytes(entry.text.encode("utf-8"))
    fulltext.index(opened.register.database, paper.reference, "full", texts)


def described(number: int, name: str, month: str, files: tuple[Holding, ...]) -> Paper:
    """What the entry of an invented paper says."""
    held = (dt.date.fromisoformat(f"{month}-01") + dt.timedelta(days=40)).isoformat()
    retention = "permanent" if number % 3 else "6 years"
    return Paper(
        reference=f"COUNTY-{held[:4]}-{number:05}", authority="county", authority_name="The County",
        paper=f"county/{name}", month=month, title=f"Paper {number}", subject="Numbers", author="Services",
        language="en-GB", committee=f"Committee {number % 7}", meeting_date=held, status="final",
        version=number % 300 // 100 + 1, reissue_reason="", editions=("full",), retention=retention,
        retain_until=retain_until(held, retention), supersedes="",
        manifest=next(each.sha256 for each in files if each.file.endswith("manifest.json")), files=files,
        origin={},
    )  # fmt: skip


if __name__ == "__main__":
    main()
