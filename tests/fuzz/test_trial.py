"""The search for inputs that break reportgen: it spoils files, and it would notice."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reportgen import pipeline
from reportgen.workspace import Workspace
from tests.fuzz.mutations import mutated
from tests.fuzz.trial import Trial
from tests.made import INPUTS, MONTH, REF, only_layout_packaged, workspace

quick = settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    only_layout_packaged(tmp_path, monkeypatch)
    return Trial(Workspace(workspace(tmp_path / "w").root))


def test_most_mutated_workbooks_are_others_and_still_packages(trial: Trial) -> None:
    whole = (trial.space.root / INPUTS / "numbers.xlsx").read_bytes()
    packages = []

    @quick
    @given(mutated(whole, ".xlsx"))
    def look(data: bytes) -> None:
        packages.append(data != whole and zipfile.is_zipfile(BytesIO(data)))

    look()
    assert sum(packages) > len(packages) / 2


def test_what_is_mutated_is_answered_and_the_file_is_put_back(trial: Trial) -> None:
    at = trial.space.root / INPUTS / "numbers.xlsx"
    whole = at.read_bytes()

    @quick
    @given(st.data())
    def look(data: st.DataObject) -> None:
        trial.one(REF, MONTH, data.draw(mutated(whole, ".xlsx")), at)

    look()
    assert trial.counts["inputs"] == trial.counts["sound"] + trial.counts["refused"] == 15
    assert at.read_bytes() == whole


def test_an_exception_or_a_silent_refusal_is_a_finding(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    at = trial.space.root / INPUTS / "numbers.xlsx"
    check = pipeline.check

    def broken(*_: object) -> pipeline.Checked:
        raise IndexError

    monkeypatch.setattr(pipeline, "check", broken)
    with pytest.raises(IndexError):
        trial.one(REF, MONTH, b"", at)
    monkeypatch.setattr(pipeline, "check", lambda *_: pipeline.Checked(REF, MONTH, []))
    with pytest.raises(AssertionError, match="not sound, and no error says why"):
        trial.one(REF, MONTH, b"", at)
    monkeypatch.setattr(pipeline, "check", check)
    trial.one(REF, MONTH, b"", at)
    assert trial.counts["refused"] == 1
