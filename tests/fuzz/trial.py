"""A paper with one of its inputs spoilt, again and again, and what is found out about its answers."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from reportgen import pipeline, readers
from reportgen.problems import errors
from reportgen.render.pdf import RenderError
from reportgen.workspace import PaperRef, Workspace
from tests.fuzz.mutations import mutated

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "outputs" / "fuzz"
BATCH = 40  # mutations of one file, one after another
SLOWEST = 5.0  # seconds of processor time for a refused file, its child's included: the machine may have other work
LARGEST = 500  # megabytes of memory for the child that reads
BUILT_ONE_IN = 25  # of the papers that are still sound


@dataclass
class Trial:
    """A workspace whose inputs are spoilt, one file at a time, and what came of it."""

    space: Workspace
    counts: Counter[str] = field(default_factory=Counter)

    def one(self, ref: PaperRef, month: str, data: bytes, at: Path) -> None:
        """Check the paper with one file exchanged. Raises AssertionError, or what the pipeline raises."""
        whole = at.read_bytes()
        at.write_bytes(data)
        self.counts["inputs"] += 1
        began = _processor_time()
        try:
            checked = pipeline.check(self.space, ref, month)
            took = _processor_time() - began
            for problem in checked.problems:
                assert problem.code and problem.expected and problem.place.file, problem
                assert problem.message.isprintable() or "\n" in problem.message, problem.code
            assert checked.sound or errors(checked.problems), "not sound, and no error says why"
            self.counts["sound" if checked.sound else "refused"] += 1
            assert checked.sound or took < SLOWEST, f"refused after {took:.1f} s"
            if checked.sound and self.counts["sound"] % BUILT_ONE_IN == 0:
                self._build(checked)
        finally:
            at.write_bytes(whole)

    def _build(self, checked: pipeline.Checked) -> None:
        try:
            pipeline.bundle_files(self.space, checked)
            self.counts["built"] += 1
        except RenderError:  # told in words: a letter that no font has, for example
            self.counts["not rendered, in words"] += 1


def work(seconds: float, number: int) -> tuple[Counter[str], int]:
    """What one process tried, and the memory of the largest child that read files, in megabytes."""
    warnings.simplefilter("ignore")
    chosen, until = random.Random(number), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        for name in ("inputs", "templates"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        shutil.copy(ROOT / "reportgen.toml", folder)
        trial = Trial(Workspace(Path(folder)))
        papers = [(ref, month) for ref in trial.space.papers() for month in trial.space.months(ref)]
        while time.monotonic() < until:
            ref, month = chosen.choice(papers)
            own = readers.input_files(trial.space.input_folder(ref, month))
            _batch(trial, ref, month, chosen.choice(own), chosen.randrange(2**32), until)
        return trial.counts, _memory()


def _batch(trial: Trial, ref: PaperRef, month: str, at: Path, number: int, until: float) -> None:
    """Mutations of one file; what fails is made as small as can be, said, and kept."""
    whole, last = at.read_bytes(), b""

    @seed(number)
    @settings(
        max_examples=BATCH, deadline=None, database=None, report_multiple_bugs=False, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(mutated(whole, at.suffix.lower()))
    def tried(data: bytes) -> None:
        nonlocal last
        if time.monotonic() < until + 60:
            last = data
            trial.one(ref, month, data, at)
            assert _memory() < LARGEST, f"a child took {_memory()} MB"

    try:
        tried()
    except Exception as failure:
        trial.counts["findings"] += 1
        FOUND.mkdir(parents=True, exist_ok=True)
        kept = FOUND / f"{number}-{ref.paper}-{at.name}"
        kept.write_bytes(last)
        words = f"{type(failure).__name__}: {failure}"[:300]
        print(f"{ref} {month}, {at.name}: {words}\n  {kept}", file=sys.stderr, flush=True)


def _processor_time() -> float:
    """What this process and its children that have ended have taken, in seconds."""
    return sum(os.times()[:4])


def _memory() -> int:
    """The largest that a child has been, in megabytes; 0 where the system doesn't tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000
