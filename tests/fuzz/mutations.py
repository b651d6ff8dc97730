"""Ways to spoil a workbook or a CSV file, drawn by hypothesis so that what fails can be made smaller."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy], object]

# What programs and people have put where something else was expected.
TOKENS: Sequence[str] = (
    "", " ", "0", "-1", "1e309", "NaN", "Infinity", "99999999999999999999", "2147483648", "0.1e-400", "1048577", "XFE1",
    "A1:XFD1048576", "=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "<script>alert(1)</script>", "{{ 7 * 7 }}",
    "{% for x in range(10**9) %}", "&#0;", "&amp;lt;", "]]>", "<!DOCTYPE x [<!ENTITY a 'a'>]>", "%00", "\u202e",
    "\u200b", "\ufeff", "\x85", "\ue000", "e\u0301" * 40, "\U0001f600", "x" * 32_767, "31/02/2016", "2016-13-01",
    "1900-02-29", "29/02/1900", "Total", "TOTAL", "[c]", "(1,234)", "1,234-", "£1.2m", "#REF!", "true", "n", "str",
    "inlineStr", "e", "d", "\r\n", '"', "'", ";", "\t", "\\", "../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/",
)  # fmt: skip
_PIECE = re.compile(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<]+(?=<)')  # what an attribute or an element of XML holds
_ELEMENT = re.compile(rb"<(\w+)\b[^<>]*(?:/>|>[^<]*</\1>)")
MOST = 4  # changes of one file


@st.composite
def mutated(draw: Draw, data: bytes, ending: str) -> bytes:
    """The file with one to four changes of a kind that suits it, or of its bare bytes."""
    ways = [_bytes_changed, _zip_changed] if ending in (".xlsx", ".xlsm", ".ods") else [_bytes_changed, _lines_changed]
    for _ in range(_number(draw, 1, MOST)):
        data = ways[_number(draw, 0, 5) > 0](draw, data)  # bare bytes are mostly refused at once
    return data


def _number(draw: Draw, low: int, high: int) -> int:
    found = draw(st.integers(low, high))
    assert isinstance(found, int)
    return found


def _token(draw: Draw) -> bytes:
    return str(draw(st.sampled_from(TOKENS))).encode("utf-8", "surrogatepass")


def _bytes_changed(draw: Draw, data: bytes) -> bytes:
    """Some bytes altered, taken out, put in or said twice, or the end cut off."""
    if not data:
        return _token(draw)
    at, length = _number(draw, 0, len(data) - 1), _number(draw, 1, 64)
    before, piece, after = data[:at], data[at : at + length], data[at + length :]
    way = _number(draw, 0, 4)
    if way == 0:
        return before + bytes(byte ^ (1 << _number(draw, 0, 7)) for byte in piece[:2]) + piece[2:] + after
    return (b"", before + after, before + piece * 3 + after, before + _token(draw) + after, before)[way]


def _lines_changed(draw: Draw, data: bytes) -> bytes:
    """Lines taken out, swapped, said twice; a cell's words exchanged; other ends, marks and encodings."""
    lines = data.split(b"\n")
    at, way = _number(draw, 0, len(lines) - 1), _number(draw, 0, 6)
    if way == 0:
        lines[at : at + 1] = []
    elif way == 1:
        lines[at:at] = [lines[_number(draw, 0, len(lines) - 1)]] * _number(draw, 1, 3)
    elif way == 2:
        cells = lines[at].split(b",")
        cells[_number(draw, 0, len(cells) - 1)] = _token(draw)
        lines[at] = b",".join(cells)
    elif way == 3:
        lines[at] = lines[at].replace(b",", (b";", b"\t", b",,", b'","')[_number(draw, 0, 3)])
    elif way == 4:
        lines[at] += b',"' + _token(draw)
    elif way == 5:
        return b"\r".join(lines)
    else:
        return data.decode("utf-8", "replace").encode(("utf-16", "utf-8-sig", "cp1252", "utf-32")[at % 4], "replace")
    return b"\n".join(lines)


def _zip_changed(draw: Draw, data: bytes) -> bytes:
    """One part of the package changed, taken out or put in twice, the whole packed anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(each.filename, package.read(each)) for each in package.infolist()]
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return _bytes_changed(draw, data)  # an earlier change has spoilt it
    except Exception:  # zlib's own
        return _bytes_changed(draw, data)
    if not parts:
        return _bytes_changed(draw, data)
    at, way = _number(draw, 0, len(parts) - 1), _number(draw, 0, 9)
    name, content = parts[at]
    if way == 0:
        parts[at : at + 1] = []
    elif way == 1:
        parts.append((name, parts[_number(draw, 0, len(parts) - 1)][1]))
    elif way == 2:
        parts[at] = (name, _bytes_changed(draw, content))
    else:
        parts[at] = (name, _xml_changed(draw, content))
    return _packed(parts)


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            if name not in package.namelist():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _xml_changed(draw: Draw, content: bytes) -> bytes:
    """What an attribute or an element holds exchanged for something else, or an element taken out or said again."""
    pattern = _PIECE if _number(draw, 0, 3) else _ELEMENT
    found = list(pattern.finditer(content))
    if not found:
        return _bytes_changed(draw, content)
    spot = found[_number(draw, 0, len(found) - 1)]
    before, piece, after = content[: spot.start()], spot.group(), content[spot.end() :]
    if pattern is _ELEMENT:
        return before + piece * (0, 2, 50)[_number(draw, 0, 2)] + after
    raw = _token(draw)
    clean = raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    return before + (raw if _number(draw, 0, 7) == 0 else clean) + after
