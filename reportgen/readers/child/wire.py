"""Documents as JSON and back, values exactly as they were."""

from __future__ import annotations

import base64
import datetime as dt
import json
from array import array
from dataclasses import asdict
from typing import Any

from .document import Document, Fault, Return, ReturnColumn, Scalar, Sheet


def encode(document: Document) -> bytes:
    """The document as JSON in ASCII; dates and times are lists of a kind and their parts."""
    sheets = [vars(sheet) for sheet in document.sheets]
    faults = [asdict(fault) for fault in document.faults]
    returns = [{**vars(each), "columns": [_packed(column) for column in each.columns]} for each in document.returns]
    content = {"sheets": sheets, "faults": faults, "returns": returns}
    return json.dumps(content, default=_tagged, separators=(",", ":")).encode("ascii")


def decode(answer: bytes) -> Document:
    """The document that was encoded; ValueError, KeyError or TypeError if it is none."""
    content = json.loads(answer)
    faults = [Fault(**fault) for fault in content["faults"]]
    returns = [_return(each) for each in content.get("returns", ())]
    return Document([_sheet(sheet) for sheet in content["sheets"]], faults, returns)


def _packed(column: ReturnColumn) -> dict[str, Any]:
    """A column with the numbers of its rows as one text: a list of them would take many times as long."""
    return {**vars(column), "codes": base64.b64encode(column.codes.tobytes()).decode("ascii")}


def _return(content: dict[str, Any]) -> Return:
    content["columns"] = [_column(column, content["length"]) for column in content["columns"]]
    return Return(**content)


def _column(content: dict[str, Any], length: int) -> ReturnColumn:
    """The column; ValueError where its rows have numbers that no text has, or are too many or few."""
    codes = array("i", base64.b64decode(content["codes"], validate=True))
    words = content["words"]
    if len(codes) != length or (length and not 0 <= min(codes) <= max(codes) < len(words)):
        raise ValueError("rows without a text")
    if not all(isinstance(word, str) for word in words):
        raise ValueError("texts that are none")
    return ReturnColumn(str(content["heading"]), int(content["number"]), words, codes)


def _sheet(content: dict[str, Any]) -> Sheet:
    content["rows"] = [[_scalar(v) if type(v) is list else v for v in row] for row in content["rows"]]
    for name in ("merged", "notes", "formats"):
        content[name] = [tuple(entry) for entry in content[name]]
    return Sheet(**content)


def _tagged(value: object) -> list[str | int]:
    """The kind and parts of a date or time; TypeError for anything else."""
    match value:
        case dt.datetime():
            return ["datetime", value.isoformat()]
        case dt.date():
            return ["date", value.isoformat()]
        case dt.time():
            return ["time", value.isoformat()]
        case dt.timedelta():
            return ["timedelta", value.days, value.seconds, value.microseconds]
    raise TypeError(type(value).__name__)


def _scalar(tagged: list[Any]) -> Scalar:
    match tagged:
        case ["datetime", str(text)]:
            return dt.datetime.fromisoformat(text)
        case ["date", str(text)]:
            return dt.date.fromisoformat(text)
        case ["time", str(text)]:
            return dt.time.fromisoformat(text)
        case ["timedelta", int(days), int(seconds), int(microseconds)]:
            return dt.timedelta(days, seconds, microseconds)
    raise ValueError("a value of unknown kind")
