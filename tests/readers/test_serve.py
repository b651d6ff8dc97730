import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.readers import Limits, limits_memory
from reportgen.readers.child import serve, wire
from reportgen.readers.child.document import Document

from . import made


def asked(*requests: tuple[bytes, str], limits: Limits = made.LIMITS) -> list[Document]:
    """The answers to the requests, from a server in this process."""
    lines = b"".join(
        json.dumps({"ending": ending, "size": len(data)}).encode() + b"\n" + data for data, ending in requests
    )
    answers = io.BytesIO()
    serve.serve(io.BytesIO(lines), answers, limits)
    answers.seek(0)
    documents = []
    while length := answers.read(8):
        documents.append(wire.decode(answers.read(int.from_bytes(length, "big"))))
    return documents


@pytest.fixture(autouse=True)
def no_limit_on_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "limit_time", lambda limits: None)


def test_requests_are_answered_in_their_order() -> None:
    found = asked((b"a,b\n", ".csv"), (b"", ".xlsx"), (b"{\n}\n", ".csv"))
    assert [made.codes(document) for document in found] == [[], ["empty-file"], []]
    assert found[2].sheets[0].rows == [["{"], ["}"]]


def test_an_answer_that_is_too_long_is_not_given() -> None:
    (document,) = asked((b"a,b\n" * 200, ".csv"), limits=Limits(expanded_bytes=900))
    (fault,) = document.faults
    assert (fault.code, fault.expected) == ("over-limit", "a file that can be read with 2,000 MB of memory")


def test_a_request_cut_short_gets_no_answer() -> None:
    answers = io.BytesIO()
    serve.serve(io.BytesIO(b'{"ending": ".csv", "size": 99}\na,b\n'), answers, made.LIMITS)
    assert answers.getvalue() == b""


def test_the_child_imports_nothing_of_the_project_nor_what_it_does_not_need(tmp_path: Path) -> None:
    program = Path(serve.__file__).with_name("__main__.py")
    code = f"""if True:
        import runpy, sys
        sys.argv = [{str(program)!r}, "{{}}"]
        runpy.run_path(sys.argv[0], run_name="__main__")
        loaded = {{name.partition(".")[0] for name, module in sys.modules.items() if module}}
        unwanted = {{"reportgen", "pandas", "numpy", "lxml", "PIL", "msoffcrypto"}}
        print(sorted(loaded & (unwanted | {{"openpyxl", "python_calamine"}})), file=sys.stderr)
    """
    data = made.xlsx()
    request = json.dumps({"ending": ".xlsx", "size": len(data)}).encode() + b"\n" + data
    run = subprocess.run(
        [sys.executable, "-I", "-c", code], input=request, capture_output=True, cwd=tmp_path, check=True
    )
    assert run.stderr.decode().strip() == "['openpyxl', 'python_calamine']"
    assert wire.decode(run.stdout[8:]).sheets[0].rows == [["Type", "Children"], ["Foster care", 412]]


@pytest.mark.skipif(not limits_memory(), reason="this system has no limit on the time of a process")
def test_a_child_whose_parent_was_killed_ends_by_itself() -> None:
    code = (
        "from reportgen.readers.child import serve; from reportgen.readers.child.limits import Limits; "
        "serve.limit_memory(Limits()); serve.limit_time(Limits(seconds=0))\nwhile True: pass"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60, check=False)
    assert run.returncode == -signal.SIGXCPU
