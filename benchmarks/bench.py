"""Prints how long reportgen takes for one paper, as medians of whole processes, against the libraries alone.

    python benchmarks/bench.py cambridgeshire/lac-strategy-progress --month 2016-05

The commands take turns, so that what else the machine does falls on all alike. They run in a copy of the
workspace, so that no bundle of the user's is touched, and without what only the tests install.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORKBOOKS = (".xlsx", ".xls", ".ods")
# Pandera loads it where the tests' requirements are installed; who only builds papers doesn't have it.
TESTS_ONLY = "hypothesis"
# Set where programs are developed; reportgen would be compiled anew each time, and the installed libraries not.
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def main() -> None:
    """Measures and prints; exit status 1 where a command fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paper", help="authority/paper")
    parser.add_argument("--month", required=True)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as folder:
        workspace = copied_workspace(Path(folder))
        commands = commands_for(workspace, options.paper, options.month)
        times = measured(commands, workspace, options.runs)
    print(report(times))


def copied_workspace(folder: Path) -> Path:
    """A workspace with this one's settings, inputs and templates, and a folder that hides what only tests have."""
    shutil.copy(ROOT / "reportgen.toml", folder)
    for name in ("inputs", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "hidden").mkdir()
    (folder / "hidden" / f"{TESTS_ONLY}.py").write_text("raise ImportError", encoding="utf-8")
    return folder


def commands_for(workspace: Path, paper: str, month: str) -> dict[str, list[str]]:
    """What is measured, by name; the floor's page is the one that a build writes the PDF from."""
    reportgen = str(Path(sys.executable).with_name("reportgen"))
    chosen = [paper, "--month", month]
    inputs = sorted((workspace / "inputs" / paper.split("/")[0] / month).iterdir())
    workbooks = [str(path) for path in inputs if path.suffix in WORKBOOKS and not path.name.startswith("~$")]
    page = final_page(workspace, paper, month)
    return {
        "reportgen --help": [reportgen, "--help"],
        "reportgen check": [reportgen, "check", *chosen],
        "reportgen build": [reportgen, "build", *chosen],
        "floor": [sys.executable, str(ROOT / "benchmarks" / "floor.py"), str(page), *workbooks],
    }


def final_page(folder: Path, paper: str, month: str) -> Path:
    """A folder with the paper's finished page, its style sheets and its charts."""
    from reportgen import pipeline
    from reportgen.model import DRAFT
    from reportgen.render.page import pages
    from reportgen.workspace import Workspace

    workspace = Workspace(folder)
    ref = workspace.find_paper(paper)
    document = pipeline.check(workspace, ref, month).document
    if document is None:
        sys.exit(f"{paper} {month} can't be built: reportgen check says why.")
    laid_out = pages(document, workspace.template_roots, ref.authority, DRAFT)
    place = folder / "page"
    files = dict(laid_out.charts)
    files |= {f"{i}.css": css.encode("utf-8") for i, css in enumerate(laid_out.stylesheets)}
    for name, content in {**files, "page.html": laid_out.pdf_html.encode("utf-8")}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def measured(commands: dict[str, list[str]], folder: Path, runs: int) -> dict[str, list[float]]:
    """The seconds of each run of each command; one more run before them warms the disk's cache."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            spent = seconds(command, folder)
            if run:
                times[name].append(spent)
    return times


def seconds(command: list[str], folder: Path) -> float:
    """How long a process takes from its start to its end; ends this one where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != UNCOMPILED}
    environment["PYTHONPATH"] = str(folder / "hidden")
    start = time.perf_counter()
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    spent = time.perf_counter() - start
    if ended.returncode:
        print(ended.stdout, ended.stderr, file=sys.stderr, sep="")
        sys.exit(1)
    return spent


def report(times: dict[str, list[float]]) -> str:
    """The medians with their spread, and the ratio that is aimed at."""
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    runs = len(times["floor"])
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, whole processes, medians of {runs} runs"
    ]
    for name, spent in times.items():
        lines.append(f"{name:<20}{medians[name]:7.2f} s   ({min(spent):.2f} to {max(spent):.2f})")
    lines.append(f"{'build / floor':<20}{medians['reportgen build'] / medians['floor']:7.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
