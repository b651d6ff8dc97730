import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from reportgen.model import CellNote, Place, RawFile, Severity
from reportgen.readers import Limits, Reading, input_files, limits_memory, start
from reportgen.readers import conversation as talk

from . import made

FAR_WITHOUT_WARNING = made.patched(
    made.xlsx(), "xl/worksheets/sheet1.xml",
    # An address cut off by broken XML: the look at the XML ends before it, calamine reads on.
    lambda xml: b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></bad><row r="1048576">'
    b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
)  # fmt: skip


def read_one(folder: Path, name: str, data: bytes, limits: Limits = made.LIMITS) -> RawFile:
    (folder / name).write_bytes(data)
    (raw,) = start([folder / name], folder, limits).result()
    return raw


def child_of(reading: Reading) -> subprocess.Popen[bytes]:
    child = reading._talk._child
    assert child is not None
    return child


def test_input_files_are_those_of_the_folder_by_name(tmp_path: Path) -> None:
    names = [
        "b.XLSX",
        "a.csv",
        "c.ods",
        "d.xls",
        "e.xlsm",
        "~$a.xlsx",
        ".hidden.csv",
        ".~lock.a.xlsx#",
        "notes.md",
        "f.xlsb",
    ]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "folder.xlsx" / "inner.csv").touch()
    assert [path.name for path in input_files(tmp_path)] == ["a.csv", "b.XLSX", "c.ods", "d.xls", "e.xlsm"]


def test_files_come_in_the_order_of_their_paths_with_the_hash_of_their_bytes(tmp_path: Path) -> None:
    files = {"z/plan.xlsx": made.xlsx(), "a.csv": b"a,b\n1,2\n", "m.xls": made.xls(), "empty.csv": b""}
    (tmp_path / "z").mkdir()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = start([tmp_path / name for name in files], tmp_path).result()
    assert [(raw.file, raw.sha256, raw.size) for raw in found] == [
        (name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()
    ]
    assert found[0].sheets[0].rows == (("Type", "Children"), ("Foster care", 412))
    assert found[1].sheets[0].rows == (("a", "b"), ("1", "2"))
    assert found[0].sheets[0].place(2, 1) == Place("z/plan.xlsx", "Placements", 2, 1)
    assert [problem.severity for raw in found for problem in raw.problems] == [Severity.NOTE, Severity.ERROR]


def test_no_files_need_no_child(tmp_path: Path) -> None:
    reading = start([], tmp_path)
    assert reading.result() == []
    assert reading._talk._child is None


def test_notes_of_one_cell_stand_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "#N/A"
    sheet["A1"].comment = Comment("x", "y")
    raw = read_one(tmp_path, "a.xlsx", made.saved(book))
    assert raw.sheets[0].notes == {(1, 1): ((CellNote.ERROR, "#N/A"), (CellNote.COMMENT, ""))}
    assert raw.problems == ()


def test_the_words_of_a_problem(tmp_path: Path) -> None:
    assert made.messages(tmp_path, {"a.xlsx": b"%PDF-1.7", "b.csv": b'x,y\n"1,2\n'}) == [
        ["a.xlsx: expected a workbook, as its ending .xlsx says, found a PDF document.\n"
         "  Put the workbook itself in its place, or take it out of the folder.  [not-a-workbook]"],
        ["b.csv, line 2: expected each quotation mark that opens a cell to close it, "
         "found one that doesn't.\n"
         "  Look at the quotation marks (\") of the row that begins on this line; inside a cell they are "
         "doubled.  [unreadable-file]"],
    ]  # fmt: skip


def test_a_file_that_is_gone_or_is_none(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "a.csv").write_bytes(b"a\n")
    paths = [tmp_path / name for name in ("gone.csv", "folder.csv", "a.csv")]
    gone, folder, there = start(paths, tmp_path).result()
    assert gone.problems[0].message == (
        "gone.csv: expected a file that can be opened, found that it is no longer there.\n"
        "  Put it back, or close the program that holds it, and run again.  [vanished-file]"
    )
    assert (gone.sha256, gone.size) == ("", 0)
    assert [problem.code for problem in folder.problems] == ["unreadable-file"]
    assert there.sheets[0].rows == (("a",),)


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    (tmp_path / "a.csv").write_bytes(b"a\n")
    monkeypatch.setattr(Path, "open", refuse)
    (raw,) = start([tmp_path / "a.csv"], tmp_path).result()
    assert (raw.problems[0].code, raw.problems[0].found) == (
        "vanished-file",
        "that opening it isn't permitted",
    )


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    raw = read_one(tmp_path, "a.csv", b"a,b\n" * 300, Limits(file_bytes=1000))
    assert (raw.sha256, raw.size) == ("", 1200)
    assert raw.problems[0].message == (
        "a.csv: expected a file of at most 1,000 bytes, found one of 1,200 bytes.\n"
        "  Split the file, or leave out what the paper doesn't need.  [over-limit]"
    )


def test_the_hash_is_of_the_bytes_that_were_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, ask = tmp_path / "a.csv", talk.Conversation.ask

    def replaced_meanwhile(self: talk.Conversation, data: bytes, ending: str) -> object:
        path.write_bytes(b"new\n")
        return ask(self, data, ending)

    monkeypatch.setattr(talk.Conversation, "ask", replaced_meanwhile)
    raw = read_one(tmp_path, "a.csv", b"old\n")
    assert raw.sheets[0].rows == (("old",),)
    assert raw.sha256 == hashlib.sha256(b"old\n").hexdigest()


@pytest.mark.skipif(not limits_memory(), reason="this system has no limit on the memory of a process")
def test_a_workbook_that_makes_calamine_abort_costs_that_file_only(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "bomb.xlsx", tmp_path / "c.csv"]
    for path, data in zip(paths, (b"a\n", FAR_WITHOUT_WARNING, b"c\n"), strict=True):
        path.write_bytes(data)
    before, bomb, after = start(paths, tmp_path).result()
    assert [problem.code for problem in bomb.problems] == ["over-limit"]
    assert bomb.sha256 == hashlib.sha256(FAR_WITHOUT_WARNING).hexdigest()
    assert (before.sheets[0].rows, after.sheets[0].rows) == ((("a",),), (("c",),))


def test_a_child_killed_from_outside_costs_the_file_it_was_reading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n")
    (tmp_path / "b.csv").write_bytes(b"b\n")
    conversation = talk.Conversation(made.LIMITS)
    try:
        first = conversation.start()
        first.kill()
        first.wait()
        document = conversation.ask(b"a\n", ".csv")
        assert [(fault.code, fault.found) for fault in document.faults] == [
            ("unreadable-file", "one on which reading broke off")
        ]
        assert conversation.ask(b"b\n", ".csv").sheets[0].rows == [["b"]]
        assert conversation.start() is not first
    finally:
        conversation.close()
    with pytest.raises(talk.StoppedError):
        conversation.ask(b"c\n", ".csv")


SLEEPER = """
import json, sys, time
while line := sys.stdin.buffer.readline():
    if sys.stdin.buffer.read(json.loads(line)["size"]) == b"slow":
        time.sleep(60)
    answer = b'{"sheets": [], "faults": []}'
    sys.stdout.buffer.write(len(answer).to_bytes(8, "big") + answer)
    sys.stdout.buffer.flush()
"""


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    monkeypatch.setattr(talk, "_PROGRAM", tmp_path / "sleeper.py")
    assert made.messages(tmp_path, {"slow.csv": b"slow", "quick.csv": b"quick"}, Limits(seconds=1)) == [
        ["slow.csv: expected a file that can be read in 1 seconds, found one that takes longer.\n"
         "  Split the file, or open it in Excel and save it again.  [over-limit]"],
        [],
    ]  # fmt: skip


def test_an_answer_that_makes_no_sense_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "odd.py"
    program.write_text("import sys; sys.stdin.buffer.readline()\nsys.stdout.buffer.write(b'\\0' * 7 + b'\\2[]')\n")
    monkeypatch.setattr(talk, "_PROGRAM", program)
    raw = read_one(tmp_path, "a.csv", b"a\n")
    assert [problem.code for problem in raw.problems] == ["unreadable-file"]


def test_leaving_the_reading_ends_the_child(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(made.xlsx())
    with start([tmp_path / "a.xlsx"] * 50, tmp_path) as reading:
        child = child_of(reading)
    assert child.poll() is not None
    with pytest.raises(talk.StoppedError):
        reading.result()


def test_a_reading_that_nobody_asks_for_ends_its_child(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(made.xlsx())
    reading = start([tmp_path / "a.xlsx"] * 50, tmp_path)
    child = child_of(reading)
    del reading
    assert child.poll() is not None


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups to press Ctrl-C")
@pytest.mark.parametrize("whole_group", [True, False])
def test_ctrl_c_leaves_no_child_and_no_traceback_of_the_child(tmp_path: Path, whole_group: bool) -> None:
    (tmp_path / "slow.csv").write_bytes("\n".join(",".join("x" * 20) for _ in range(99_000)).encode())
    script = """
        import sys
        from pathlib import Path
        from reportgen.readers import start
        folder = Path(sys.argv[1])
        reading = start([folder / "slow.csv"] * 20, folder)
        try:
            print(reading._talk._child.pid, flush=True)
            reading.result()
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    ) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        time.sleep(0.3)
        (os.killpg if whole_group else os.kill)(run.pid, signal.SIGINT)
        assert run.communicate(timeout=20) == (b"interrupted\n", b"")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
