"""Writes docs/datasets.md from the datasets themselves: python scripts/datasets_doc.py"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportgen.cells.kinds import Category, Date, Line
from reportgen.datasets import all_datasets
from reportgen.datasets.base import Dataset, Field

PAGE = Path(__file__).parent.parent / "docs" / "datasets.md"

INTRODUCTION = """\
# The tables that reportgen reads

This page is written by `python scripts/datasets_doc.py` from the datasets themselves; change it there.

Each kind of table below is a *dataset*. Put the workbooks (`.xlsx`, `.xls`, `.ods`) or `.csv` files of a month into
`inputs/<authority>/<month>/`. Names of files and sheets don't matter: a sheet is the dataset whose required headings
it has, wherever on the sheet they stand, and several tables may stand below one another. Where a sheet is laid out
otherwise, the paper's `paper.toml` can say so:

```toml
[sheets.savings]
file = "finance.xlsx"
sheet = "Savings 2016-17"
headings = { amount = "2016/17 revised" }
```

`python -m reportgen check PAPER` says everything that is wrong with the inputs, cell by cell.

## How cells are read

- **Headings** match by their words, whatever their case, spacing, line breaks and unit. They may stand over two rows.
- **Money** takes its unit from the heading (`£`, `£000`, `£k`, `£m`), else from a title line above, else from a £ in
  the number format; without any it is read as pounds, with a warning. `(1,234)` and `1,234-` are negative. `£1.2m` in a
  column of pounds is read as what it says, with a warning.
- **No number**: a blank stays blank and is never zero. `-`, `tbc` are read as not available, `n/a` as not applicable,
  `<5` and `*` as suppressed, each with a warning.
- **Dates** are real dates, or text such as `30/09/2016`, `30 September 2016` or `Sept 2016`: day before month. A month
  stands for its last day.
- **References** such as `2.10` are best formatted as text: as a number it becomes 2.1.
- **Labels** of a column that is marked as carried down are written once, merged or not, for the rows below them.
- **Totals** (`Total`, `Subtotal`, `Adoption total`, `Grand total`) are no data: they are kept and tested against the
  rows above them.
- **Hidden** sheets, rows and columns, rows that are struck through, comments and ratings given by a colour alone are
  pointed out; hidden and struck-through rows count as any other.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRODUCTION, *map(section, all_datasets().values())])


def section(dataset: Dataset) -> str:
    """One dataset: its columns, accepted words and rules."""
    lines = [f"## {dataset.title}", "", f"`{dataset.name}`: {dataset.about}", ""]
    lines += ["| Column | Headings that name it | What a cell holds | Example |", "|---|---|---|---|"]
    lines += [_row(field, _where(field, dataset)) for field in dataset.every_field]
    words = [line for field in dataset.every_field for line in _words(field)]
    if words:
        lines += ["", "Accepted words, whatever their case:", "", *words]
    return "\n".join([*lines, "", *_rules(dataset), ""])


def _where(field: Field, dataset: Dataset) -> str:
    """Where a field of a spread stands; nothing for one with a column of its own."""
    spread = dataset.spread
    if spread is None or field in dataset.fields:
        return ""
    if field is spread.field:
        return "states what each of several columns is of"
    each = f"a column for each {_heading(spread.field.name)}"
    if spread.by:
        return f"{each}, in the rows whose {_heading(spread.by)} is {_heading(field.name)}"
    return each


def _row(field: Field, where: str) -> str:
    headings = ", ".join(f"`{heading}`" for heading in (_heading(field.name), *field.headings))
    said = [field.kind.expected, where, "" if field.required else "it may be left out"]
    said += ["cells may be blank" if field.blank else "", "carried down to the rows below" if field.carried else ""]
    name = f"**{_heading(field.name)}**" if field.required else _heading(field.name)
    holds = f"{field.about} ({'; '.join(filter(None, said))})"
    return f"| {name} | {headings} | {holds} | {field.example} |"


def _heading(name: str) -> str:
    return name.replace("_", " ")


def _words(field: Field) -> list[str]:
    accepted = {Category: "accepted", Date: "words", Line: "starts"}.get(type(field.kind))
    words = getattr(field.kind, accepted) if accepted else {}
    if not words:
        return []
    others = {value: [word for word in also if word != value] for value, also in words.items()}
    said = [f"`{value}`" + (f" ({_listed(also)})" if also else "") for value, also in others.items()]
    return [f"- {_heading(field.name)}: {', '.join(said)}"]


def _listed(words: Iterable[str]) -> str:
    return "or " + ", ".join(f"`{word}`" for word in words)


def _rules(dataset: Dataset) -> list[str]:
    """What must hold over the whole table."""
    rules = ["Columns in bold are required."]
    if dataset.key:
        rules.append(f"Each {' and '.join(map(_heading, dataset.key))} stands once.")
    for column, (other, _) in dataset.refers.items():
        rules.append(f"Each {_heading(column)} stands in the table {all_datasets()[other].title} as well.")
    rules += [f"Each {_heading(rule.column)} is {rule.expected}." for rule in dataset.rules]
    rules += [
        f"{_heading(total).capitalize()} is tested against {' plus '.join(map(_heading, parts))}, row by row."
        for total, parts in dataset.sums
    ]
    rules += [
        f"{_heading(ratio.dividend).capitalize()} divided by {_heading(ratio.divisor)} is taken to be much the same in "
        f"all rows of one {' and '.join(map(_heading, ratio.by))}: where another value of a cell would settle what "
        "disagrees, it says whether that speaks for or against."
        for ratio in dataset.steady
    ]
    if dataset.label:
        words = f", in words such as {', '.join(dataset.totals)}" if dataset.totals else ""
        rules.append(f"A totals row says so in the column {' or '.join(map(_heading, dataset.label))}{words}.")
    if dataset.either:
        rules.append(f"One of the columns {' and '.join(map(_heading, dataset.either))} is required.")
    if dataset.spread and dataset.spread.totals:
        heads = " or ".join(dataset.spread.totals)
        rules.append(f"A column headed {heads} states totals of its row, which are tested.")
    if dataset.private or dataset.identifies:
        where = f"With a column {_heading(dataset.identifies)} it" if dataset.identifies else "It"
        rules.append(f"{where} has a row a child, so problems name the cell and don't say what it holds.")
    return [" ".join(rules)]


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
