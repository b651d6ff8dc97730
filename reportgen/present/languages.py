"""Passages in another language: `::: lang=cy` … `:::` around paragraphs, `[geiriau]{lang=cy}` within one."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reportgen.present.faults import BadLanguage
from reportgen.wording import is_language

_FENCE = re.compile(r":::+[ \t]*(?P<said>[^\n]*)")
_LANG = re.compile(r"\{?[ \t]*(?:lang[ \t]*=[ \t]*)?[\"']?(?P<tag>[^\s\"'{}=]+)[\"']?[ \t]*\}?")
_SPAN = re.compile(r"\{[ \t]*lang[ \t]*=[ \t]*[\"']?(?P<tag>[^\s\"'{}]*)[\"']?[ \t]*\}")
_REMEDY = "Write its short name, such as cy for Welsh, pl for Polish or ur for Urdu."


def marked(parser: MarkdownIt) -> MarkdownIt:
    """The parser, which now knows languages; what is wrong with them is put into `faults` of what it is parsed with."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "language", _passage, {"alt": ends})
    parser.inline.ruler.before("link", "language", _span)
    return parser


def _passage(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Gives each block between two fences its language: no block is put around them, so that they stay numbered."""
    opening = _FENCE.fullmatch(_line(state, start))
    if opening is None or state.is_code_block(start):
        return False
    if silent:
        return True
    close = next((n for n in range(start + 1, end) if re.fullmatch(r":::+", _line(state, n))), None)
    said = _LANG.fullmatch(opening["said"].strip())
    if said is None or close is None:
        expected = "a line ::: lang=cy before a passage and a line ::: after it"
        found = f'"{opening[0]}"' + (" without an end" if said else "")
        _tell(state.env, BadLanguage(expected, found, _REMEDY), opening[0])
        state.line = start + 1
        return True
    _known(state.env, said["tag"], opening[0])
    before, kept = len(state.tokens), state.lineMax
    state.lineMax = close
    state.md.block.tokenize(state, start + 1, close)
    state.lineMax, state.line = kept, close + 1
    for token in state.tokens[before:]:
        if token.level == state.level and token.nesting >= 0 and token.type != "inline":
            token.attrSet("lang", said["tag"])
    return True


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    close = state.md.helpers.parseLinkLabel(state, state.pos)
    said = _SPAN.match(state.src, close + 1) if close >= 0 else None
    if said is None:
        return False
    if not silent:
        _known(state.env, said["tag"], state.src[state.pos : said.end()])
        state.push("span_open", "span", 1).attrSet("lang", said["tag"])
        kept, state.pos, state.posMax = state.posMax, state.pos + 1, close
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = kept
    state.pos = said.end()
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _known(env: object, tag: str, words: str) -> None:
    if not is_language(tag):
        _tell(env, BadLanguage("a language that there is", f'"{tag}"', _REMEDY), words)


def _tell(env: object, fault: BadLanguage, words: str) -> None:
    fault.words = words
    if isinstance(env, dict):
        env.setdefault("faults", []).append(fault)
