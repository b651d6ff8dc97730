"""The least that building a paper can cost: the same libraries, workbooks and final page, and nothing else.

python benchmarks/floor.py FOLDER WORKBOOK...

FOLDER holds page.html, its style sheets in order of name, and its charts; the PDF is written into it.
"""

import sys
from pathlib import Path

import afcharts  # noqa: F401 (its import is what is measured, and that of the others marked so)
import babel  # noqa: F401
import jinja2  # noqa: F401
import markdown_it  # noqa: F401
import matplotlib.figure  # noqa: F401
import openpyxl  # noqa: F401
import pandas  # noqa: F401
import pandera.pandas  # noqa: F401
import pydantic  # noqa: F401
import weasyprint
from python_calamine import CalamineWorkbook


def main(folder: str, *workbooks: str) -> None:
    """Reads every sheet of the workbooks and writes the page as a tagged PDF."""
    for name in workbooks:
        workbook = CalamineWorkbook.from_path(name)
        for sheet in workbook.sheet_names:
            workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    place = Path(folder)
    html = weasyprint.HTML(filename=place / "page.html")
    html.write_pdf(place / "floor.pdf", stylesheets=sorted(place.glob("*.css")), pdf_variant="pdf/a-3a")


if __name__ == "__main__":
    main(*sys.argv[1:])
