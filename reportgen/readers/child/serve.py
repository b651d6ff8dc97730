"""The child's side of the conversation: requests are a line of JSON and bytes, answers a length and JSON."""

from __future__ import annotations

import importlib
import json
import signal
import sys
from typing import IO

from .document import Document
from .limits import Limits
from .parse import out_of_memory, parse
from .wire import encode


def main(limits_json: str) -> None:
    """Nothing: answers requests on stdin until it ends."""
    # Ctrl-C at a terminal reaches the child as well; the parent, which knows what it wants, ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits(**json.loads(limits_json))
    limit_memory(limits)
    serve(sys.stdin.buffer, sys.stdout.buffer, limits)


def serve(requests: IO[bytes], answers: IO[bytes], limits: Limits) -> None:
    """Nothing: answers the requests, each in its turn, until there are no more."""
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        if len(data) < request["size"]:
            return  # the parent has gone
        limit_time(limits)
        answer = _answer(data, request["ending"], limits)
        del data
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def _answer(data: bytes, ending: str, limits: Limits) -> bytes:
    try:
        answer = encode(parse(data, ending, limits))
    except MemoryError:
        answer = b""
    if answer and len(answer) <= limits.expanded_bytes:
        return answer
    return encode(Document(faults=[out_of_memory(limits)]))


def limit_memory(limits: Limits) -> None:
    """Nothing: the process can take no more memory than the limit, and leaves no core dump with its data.

    Where the system has no such limit (Windows), only the parent's limit on time stands.
    """
    try:
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    except (ImportError, ValueError, OSError):
        return


def limit_time(limits: Limits) -> None:
    """Nothing: the system ends the process when it has computed for the limit's seconds from now.

    The parent's clock ends it sooner; this one stands when the parent itself was killed.
    """
    try:
        resource = importlib.import_module("resource")
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime + limits.seconds) + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
    except (ImportError, ValueError, OSError):
        return
