"""Markdown with Jinja: texts in which values stand as text, never as markup.

A value becomes a placeholder of private-use characters, the Markdown is rendered, and the placeholders are filled with
escaped text afterwards: no value can be read as Markdown, HTML or Jinja.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.present.shown import FILTERS, Shown, UnknownName

OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_EXHIBIT = re.compile(f"<p[^>]*>(?:<span[^>]*>[^<]*</span> ?)?{OPEN}(\\d+){CLOSE}</p>")


class TextError(Exception):
    """A text that can't be rendered: what was expected, what was found, and the line in the text."""

    def __init__(self, expected: str, found: str, remedy: str = "", line: int = 0) -> None:
        super().__init__(found)
        self.expected, self.found, self.remedy, self.line = expected, found, remedy, line


class Words(str):
    """Markdown of our own making, which is put into a text as it stands."""

    __slots__ = ()


class Placeholders:
    """The values that stand in one document's texts, by placeholder, and the names of the figures printed."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.printed: dict[str, str] = {}

    def put(self, value: Any) -> str:
        """The value's placeholder; Markdown of our own is passed on."""
        if isinstance(value, Words):
            return value
        if isinstance(value, Shown) and value.name:
            self.printed.setdefault(value.name, str(value))
        self.values.append(clean(str(value), keep=True))
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def fill(self, text: str, escape: Callable[[str], str] = html.escape) -> str:
        """The text with every placeholder replaced by its value, escaped."""
        while _MARK.search(text):
            text = _MARK.sub(lambda m: self._filled(int(m[1]), escape), text)
        return text

    def _filled(self, number: int, escape: Callable[[str], str]) -> str:
        value = self.values[number]
        return value if _MARK.search(value) else escape(value)


def clean(text: str, keep: bool = False) -> str:
    """The text without private-use characters, which are ours; with `keep`, our own placeholders stay."""
    if keep and _MARK.search(text):
        return text
    return _PRIVATE.sub("", text)


def environment(placeholders: Placeholders, names: Mapping[str, Any]) -> ImmutableSandboxedEnvironment:
    """A sandboxed Jinja environment for Markdown texts with strict names."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=placeholders.put,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters = {
        key: made.filters[key] for key in ("length", "join", "upper", "lower", "first", "last", "list")
    } | dict(FILTERS)
    made.globals = dict(names)
    return made


def fill_in(env: ImmutableSandboxedEnvironment, text: str) -> str:
    """The text with its Jinja carried out, values as placeholders. Raises TextError."""
    try:
        return env.from_string(clean(text)).render()
    except TemplateSyntaxError as wrong:
        raise TextError(
            "a text that Jinja can read",
            str(wrong.message),
            "Braces stand in pairs: {{ fig.name }}.",
            wrong.lineno,
        ) from None
    except UnknownName as wrong:
        from reportgen.cells.words import nearest

        guess = nearest(wrong.name, wrong.known, 0.6)
        remedy = f'Did you mean "{guess}"?' if guess else "reportgen trace lists the figures."
        raise TextError(
            f"a {wrong.sort} that exists", f'"{wrong.name}"', remedy, _line(text, wrong.name)
        ) from None
    except UndefinedError as wrong:
        raise TextError("names that exist", str(wrong), "The README says what a text may use.") from None
    except (SecurityError, TemplateError) as wrong:
        raise TextError(
            "what a text may do",
            str(wrong),
            "Texts print values and loop over them; they can do nothing else.",
        ) from None
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, ZeroDivisionError) as wrong:
        raise TextError(
            "an expression that can be worked out",
            f"{type(wrong).__name__}: {wrong}",
            "Use the figures and filters of the README.",
        ) from None


def _line(text: str, name: str) -> int:
    return next(
        (n for n, line in enumerate(text.splitlines(), 1) if re.search(rf"\b{re.escape(name)}\b", line)), 0
    )


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def inline_html(placeholders: Placeholders, text: str) -> str:
    """A short text's Markdown as HTML without a paragraph around it."""
    return placeholders.fill(_checked(str(_markdown().renderInline(text))))


def plain_text(placeholders: Placeholders, text: str) -> str:
    """A filled-in text as plain characters, for captions and alternatives."""
    return placeholders.fill(text, escape=lambda value: value)


def _checked(rendered: str) -> str:
    if re.search(r'(?:href|src)="[^"]*(?:%EE%80%80|\ue000)', rendered):
        raise TextError(
            "a link with a fixed address", "a value in a link's address", "Write the address out."
        )
    return rendered


def numbered_html(placeholders: Placeholders, text: str, first_section: int = 1) -> str:
    """A paper's Markdown as HTML, its second-level headings numbered 1, 2 … and the paragraphs under them 1.1, 1.2 …

    Placeholders are still to be filled: exhibits stand among them.
    """
    parser = _markdown()
    tokens = parser.parse(text)
    section, paragraph = first_section - 1, 0
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            section, paragraph = section + 1, 0
            token.attrSet("id", f"section-{section}")
            _prefix(tokens[i + 1], f"{section}. ", "")
        elif (
            token.type == "paragraph_open"
            and token.level == 0
            and section >= first_section
            and not _is_exhibit(tokens[i + 1])
        ):
            paragraph += 1
            token.attrSet("class", "numbered")
            _prefix(tokens[i + 1], f"{section}.{paragraph} ", "number")
    return _checked(str(parser.renderer.render(tokens, parser.options, {})))


def _is_exhibit(inline: Token) -> bool:
    return bool(re.fullmatch(f"{OPEN}\\d+{CLOSE}", inline.content.strip()))


def _prefix(inline: Token, text: str, css: str) -> None:
    """Put real text before a heading's or paragraph's own."""
    kids = [Token("text", "", 0, content=text)]
    if css:
        start, end = Token("span_open", "span", 1), Token("span_close", "span", -1)
        start.attrSet("class", css)
        kids = [start, *kids, end]
    inline.children = kids + (inline.children or [])


def split_exhibits(rendered: str, exhibits: Mapping[int, str]) -> list[tuple[str, str]]:
    """Rendered HTML as blocks in order: ("html", …) and ("exhibit", its key) for placeholders that are exhibits."""
    blocks: list[tuple[str, str]] = []
    at = 0
    for match in _EXHIBIT.finditer(rendered):
        if int(match[1]) not in exhibits:
            continue
        blocks += [("html", rendered[at : match.start()]), ("exhibit", exhibits[int(match[1])])]
        at = match.end()
    blocks.append(("html", rendered[at:]))
    return [block for block in blocks if block[1].strip()]
