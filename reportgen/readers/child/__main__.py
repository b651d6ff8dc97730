"""The child process itself: `python -I .../child/__main__.py LIMITS FOLDER...`.

LIMITS is the JSON of the limits, each FOLDER one where the reading libraries are installed: isolated mode
leaves out a user's own site-packages, and with it libraries that were installed there.
"""

import importlib
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path += [str(Path(__file__).parent.parent), *sys.argv[2:]]
    # openpyxl loads these where it finds them, which takes 0.2 s and gains nothing here. Without PIL it
    # doesn't open the pictures of a workbook either, which nobody has checked.
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "lxml", "pandas")))  # type: ignore[arg-type]
    importlib.import_module("child.serve").main(sys.argv[1])
