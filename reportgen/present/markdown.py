"""Markdown as HTML: paragraphs numbered as real text, exhibits apart, nothing in it but what a paper may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.present.faults import TextError
from reportgen.present.placeholders import MARK, OPEN, numbers_in

# A block is ("html", its HTML with placeholders) or ("exhibit", its key).
Block = tuple[str, str]
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#).", re.IGNORECASE)
_TOP = 2  # a paper's sections; its title is the one heading above them


@dataclass(frozen=True)
class Rendered:
    """A text as blocks in order, and the anchors that its links lead to."""

    blocks: tuple[Block, ...]
    anchors: tuple[str, ...]


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def numbered(text: str, exhibits: Mapping[int, str], before: int = 0) -> tuple[Rendered, list[TextError]]:
    """A paper's Markdown as blocks, its sections numbered 1, 2 … and their paragraphs 1.1, 1.2 …, and all its faults.

    `exhibits` are the keys of exhibits by the number of their placeholder, `before` is how many sections stand before.
    """
    parser = _parser()
    tokens = parser.parse(text)
    wrong = [*_faults(tokens), *_heading_faults(tokens)]
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
    tokens = parser.parse(text.strip())
    wrong = _faults(tokens)
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
    """Pictures, and links whose address is no fixed one."""
    found = []
    for token in _inner(tokens):
        if token.type == "image":
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
