"""Final versions: one after the other, each once, with the reason for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import issuing, pipeline
from reportgen.model import Issue
from reportgen.workspace import Misuse, Workspace
from tests.made import (
    MONTH,
    REF,
    ended,
    everything,
    only_layout_packaged,
    run,
    workspace,
)
from tests.made_final import OUT, PDF, final
from tests.test_cli import NAME


@pytest.fixture(autouse=True)
def only_these_papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_layout_packaged(tmp_path, monkeypatch)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A workspace in which nothing keeps the paper from being final."""
    return workspace(tmp_path / "w").root


def test_a_second_final_needs_a_reason_and_a_reason_needs_a_final(plain: Path) -> None:
    none = f"{NAME} has no final version to issue anew: build it with --final alone.\n"
    ended(run(plain, "build", "children-numbers", "--final", "--reissue", "x"), 2, "", none)
    result = run(plain, "build", "children-numbers", "--reissue", "x")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --reissue goes with --final: a draft is built anew as often as you like.\n")
    ended(run(plain, "build", "--all", "--final"), 0, f"{final(plain) / PDF}\n", f"{NAME}: no problems\n")
    before = everything(plain)
    ended(run(plain, "build", "children-numbers", "--final"), 2, "",
          f'{NAME} is final already: {OUT}/final-v1. To issue it anew, say why: --reissue "…".\n')  # fmt: skip
    ended(run(plain, "build", "children-numbers", "--final", "--reissue", " "), 2, "",
          "--reissue takes the reason, which the front sheet prints.\n")  # fmt: skip
    ended(run(plain, "build", "children-numbers", "--final", "--reissue", "漢"), 2, "", "The reason for --reissue "
          "holds a character that can't be printed (U+6F22): write it in words.\n")  # fmt: skip
    assert everything(plain) == before
    assert run(plain, "list").stdout == "barsetshire/children-numbers  2020-03  final v1\n"
    assert run(plain, "build", "children-numbers").exit_code == 0, "drafts can still be built"
    assert run(plain, "list").stdout == "barsetshire/children-numbers  2020-03  draft built; final v1\n"


def test_a_final_that_another_build_wrote_meanwhile_is_kept(plain: Path) -> None:
    space = Workspace(plain)
    issue = issuing.final_issue(space, REF, MONTH, None)
    checked = pipeline.check(space, REF, MONTH)
    pipeline.build(space, checked, issue)
    before = everything(plain)
    with pytest.raises(Misuse, match="final-v1 stands already, and a final version is never replaced"):
        pipeline.build(space, checked, issue)
    assert everything(plain) == before


def test_versions_count_on_from_the_highest(plain: Path) -> None:
    for name in ("final-v2", "final-v10", "final-v03", "final-vx"):
        (plain / OUT / name).mkdir(parents=True)
    assert issuing.final_issue(Workspace(plain), REF, MONTH, " Two\n lines ") == Issue(11, "Two lines")
