"""Markdown as HTML: paragraphs numbered as real text, exhibits apart, nothing in it but what a paper may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.present.faults import NoHeadings, TextError, VagueLink
from reportgen.present.languages import marked
from reportgen.present.placeholders import MARK, OPEN, numbers_in

# A block is ("html", its HTML with placeholders) or ("exhibit", its key).
Block = tuple[str, str]
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#).", re.IGNORECASE)
_HTML = re.compile(r"</?(?:img|table|t[hdr]|h[1-6]|a|p|div|span|ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:click |tap |see |go )?(?:here|this|more|read more|more information|find out more|learn more|details|link"
    r"|website|(?:this|the) (?:link|page|website|site|document|report))[.…>]*",
    re.IGNORECASE,
)
_SAY = "Name what is found there: who has links read out hears their words alone."
_TOP = 2  # a paper's sections; its title is the one heading above them


@dataclass(frozen=True)
class Rendered:
    """A text as blocks in order, and the anchors that its links lead to."""

    blocks: tuple[Block, ...]
    anchors: tuple[str, ...]


def _parser() -> MarkdownIt:
    return marked(MarkdownIt("commonmark", {"html": False}).enable("table"))


def numbered(text: str, exhibits: Mapping[int, str], before: int = 0) -> tuple[Rendered, list[TextError]]:
    """A paper's Markdown as blocks, its sections numbered 1, 2 … and their paragraphs 1.1, 1.2 …, and all its faults.

    `exhibits` are the keys of exhibits by the number of their placeholder, `before` is how many sections stand before.
    """
    parser = _parser()
    told: dict[str, list[TextError]] = {"faults": []}
    tokens = parser.parse(text, told)
    wrong = [*told["faults"], *_faults(tokens), *_heading_faults(tokens), *_table_faults(tokens, text)]
    _number(tokens, exhibits, before)
    blocks: list[Block] = []
    for kind, key, piece in _pieces(tokens, exhibits):
        wrong += _misplaced(piece, exhibits)
        rendered = key or str(parser.renderer.render(piece, parser.options, {}))
        if rendered.strip():
            blocks.append((kind, rendered))
    return Rendered(tuple(blocks), tuple(_anchors(tokens))), wrong


def short_html(text: str) -> tuple[str, list[TextError]]:
    """A short text's Markdown as HTML, without a paragraph around it where it is one alone; and its faults."""
    parser = _parser()
    told: dict[str, list[TextError]] = {"faults": []}
    tokens = parser.parse(text.strip(), told)
    wrong = [*told["faults"], *_faults(tokens), *_table_faults(tokens, text.strip())]
    if any(token.type == "heading_open" for token in tokens):
        wrong.append(
            TextError("paragraphs and lists", "a heading", "The front sheet has none: its terms stand for them.")
        )
    if len(tokens) == 3 and tokens[0].type == "paragraph_open":
        tokens = tokens[1:2]
    return str(parser.renderer.render(tokens, parser.options, {})).strip(), wrong


def _inner(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inner(token.children or [])


def _faults(tokens: Sequence[Token]) -> list[TextError]:
    """Pictures, HTML in place of them, links whose address is no fixed one or whose words say nothing."""
    found: list[TextError] = [*_vague(tokens)]
    for token in _inner(tokens):
        if token.type == "text" and (tag := _HTML.search(token.content)):
            remedy = "It would be printed as it stands: headings, tables and links are written in Markdown."
            found.append(TextError("words, lists and links", f'the HTML "{tag[0]}"', remedy))
        elif token.type == "image":
            remedy = "Pictures are exhibits of the paper: they need a text alternative and their data."
            found.append(TextError("words, lists and links", f'the picture "{token.attrs.get("src", "")}"', remedy))
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if OPEN in address or "%EE%80%80" in address:
                found.append(TextError("a link with a fixed address", "a value in it", "Write the address out."))
            elif not _ADDRESS.match(address):
                remedy = "Begin it with https:// or mailto:, or link to an exhibit by {{ ref(...) }}."
                found.append(TextError("a whole address in a link", f'"{address}"', remedy))
    return found


def _vague(tokens: Sequence[Token]) -> Iterator[TextError]:
    """Links whose words don't say where they lead."""
    for token in tokens:
        kids = token.children or []
        for at, kid in enumerate(kids):
            if kid.type != "link_open":
                continue
            end = next(n for n in range(at, len(kids)) if kids[n].type == "link_close")
            words = "".join(each.content for each in kids[at:end])
            address = str(kid.attrs.get("href", ""))
            bare = words and words.rstrip("/") == address.rstrip("/")
            if _VAGUE.fullmatch(words.strip()) or (bare and address.startswith("http")):
                fault = VagueLink("a link whose words say where it leads", f'"{words}"', _SAY)
                fault.words = words if words.startswith("http") else f"[{words}]"
                yield fault


def _table_faults(tokens: Sequence[Token], text: str) -> Iterator[TextError]:
    """Tables with a column that has no heading."""
    lines = text.split("\n")
    for at, token in enumerate(tokens):
        if token.type != "thead_open" or not token.map:
            continue
        heads = [t for t in tokens[at : at + next(_ends(tokens[at:]))] if t.type == "inline"]
        if not all(head.content.strip() for head in heads):
            shown = " | ".join(head.content.strip() or "(blank)" for head in heads)
            fault = NoHeadings("a table with a heading over each column", f'"{shown}"', "Write what each column holds.")
            fault.words = lines[token.map[0]].strip()
            yield fault


def _ends(tokens: Sequence[Token]) -> Iterator[int]:
    return (n for n, token in enumerate(tokens) if token.type == "thead_close")


def _heading_faults(tokens: Sequence[Token]) -> list[TextError]:
    """Headings that skip a level, are empty, or stand where no heading belongs."""
    found, level = [], 1
    for i, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words, now = tokens[i + 1].content.strip(), int(token.tag[1])
        if not words:
            found.append(TextError("words in a heading", "an empty one"))
        elif token.level:
            found.append(TextError("headings between paragraphs", f'"{words}" in a list or quotation'))
        elif now < _TOP or now > level + 1:
            allowed = " or ".join("#" * n for n in range(_TOP, max(level, 1) + 2))
            found.append(
                TextError(f"a heading of the level {allowed}", f'"{"#" * now} {words}"', "Levels aren't skipped.")
            )
        level = max(now, _TOP)
    return found


def _anchors(tokens: Sequence[Token]) -> Iterator[str]:
    for token in _inner(tokens):
        address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if address.startswith("#"):
            yield address[1:]


def _number(tokens: Sequence[Token], exhibits: Mapping[int, str], before: int) -> None:
    """Number the sections and the paragraphs between them, all but those that stand in lists and quotations."""
    section, paragraph = before, 0
    for i, token in enumerate(tokens):
        if token.level:
            continue
        if token.type == "heading_open" and token.tag == f"h{_TOP}":
            section, paragraph = section + 1, 0
            token.attrSet("id", f"section-{section}")
            _prefix(tokens[i + 1], f"{section}. ", "")
        elif token.type == "paragraph_open" and section and _exhibit(tokens[i + 1], exhibits) is None:
            paragraph += 1
            token.attrSet("class", "numbered")
            _prefix(tokens[i + 1], f"{section}.{paragraph} ", "number")


def _exhibit(inline: Token, exhibits: Mapping[int, str]) -> str | None:
    """The key of the exhibit that a paragraph's words stand for; None where they are words."""
    match = MARK.fullmatch(inline.content.strip())
    return exhibits.get(int(match[1])) if match else None


def _prefix(inline: Token, text: str, css: str) -> None:
    """Put real text before a heading's or paragraph's own."""
    kids = [Token("text", "", 0, content=text)]
    if css:
        start, end = Token("span_open", "span", 1), Token("span_close", "span", -1)
        start.attrSet("class", css)
        kids = [start, *kids, end]
    inline.children = kids + (inline.children or [])


def _pieces(tokens: Sequence[Token], exhibits: Mapping[int, str]) -> Iterator[tuple[str, str, list[Token]]]:
    """The tokens between exhibits, and the exhibits' keys, in order."""
    piece: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        key = _exhibit(tokens[at + 1], exhibits) if token.type == "paragraph_open" and not token.level else None
        if key is None:
            piece.append(token)
            at += 1
        else:
            yield "html", "", piece
            yield "exhibit", key, []
            piece, at = [], at + 3
    yield "html", "", piece


def _misplaced(tokens: Sequence[Token], exhibits: Mapping[int, str]) -> list[TextError]:
    """Exhibits that stand where none can: in code, say."""
    texts = [token.content for token in tokens if token.type in ("inline", "fence", "code_block")]
    remedy = "Leave a blank line before it and after it, and no spaces at the line's start."
    return [
        TextError("an exhibit between paragraphs", f'"{exhibits[number]}" within other text', remedy)
        for text in texts
        for number in numbers_in(text, exhibits)
    ]
