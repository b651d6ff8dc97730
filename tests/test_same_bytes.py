"""Two whole builds by two processes, on other days, in other places and languages: the same bytes in every file."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.built import MONTH, REF, ROOT, Bundle
from tests.made import everything

# Python runs it when it starts: its clock stands at a day of the future. Dates made in C keep the real one, and differ
# from those of the other builds by some seconds.
CLOCK = """
import time
STAMP = 4102444800.0 + 86400 * 200
of_time = {name: getattr(time, name) for name in ("localtime", "gmtime", "strftime")}
time.time = lambda: STAMP
time.time_ns = lambda: int(STAMP) * 10**9
time.localtime = lambda seconds=None: of_time["localtime"](STAMP if seconds is None else seconds)
time.gmtime = lambda seconds=None: of_time["gmtime"](STAMP if seconds is None else seconds)
time.strftime = lambda text, at=None: of_time["strftime"](text, at or time.localtime())
"""


def build(root: Path, **environment: str) -> subprocess.Popen[bytes]:
    """A build that has been started, of a copy of the paper's inputs."""
    shutil.copytree(ROOT / "inputs" / REF.authority, root / "inputs" / REF.authority)
    shutil.copy(ROOT / "reportgen.toml", root)
    command = [sys.executable, "-m", "reportgen", "--workspace", ".", "build", str(REF), "--month", MONTH]
    command.append("--large-print")
    path = os.pathsep.join(filter(None, (environment.get("PYTHONPATH"), str(ROOT))))
    return subprocess.Popen(
        command, cwd=root, env={**os.environ, **environment, "PYTHONPATH": path}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def test_builds_are_the_same_whoever_makes_them(tmp_path: Path, paper: Bundle) -> None:
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    one = build(tmp_path / "one", PYTHONHASHSEED="1", TZ="Pacific/Auckland", LANG="C", LC_ALL="C")
    other = build(
        tmp_path / "a place with spaces", PYTHONHASHSEED="4242", TZ="America/Los_Angeles", LANG="tr_TR.UTF-8",
        LC_ALL="tr_TR.UTF-8", PYTHONPATH=str(clock),
    )  # fmt: skip
    for process in (one, other):
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    bundles = [
        everything(tmp_path / name / "outputs" / REF.authority / REF.paper / MONTH / "draft")
        for name in ("one", "a place with spaces")
    ]
    for bundle in bundles:
        assert set(bundle) == set(paper.files)
        assert [name for name in bundle if bundle[name] != paper.files[name]] == []


def test_the_clock_of_the_second_build_is_another(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    asked = "import time; print(int(time.time()) // 31556952 + 1970, time.gmtime().tm_year, time.strftime('%Y'))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, check=True, text=True)
    assert said.stdout.split() == ["2100"] * 3


def test_no_file_tells_when_it_was_built(paper: Bundle) -> None:
    today = dt.date.today()
    forms = [f"{today:{form}}".encode() for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d %B %Y")]
    for name, content in paper.files.items():
        assert not [form for form in forms if form in content], name
