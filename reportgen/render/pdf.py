"""Writes finished HTML as a PDF that conforms to PDF/UA-1 and PDF/A-3a, or says why it can't."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

FAMILIES = ("Liberation Sans", "Liberation Mono")
LOGGERS = ("weasyprint", "fontTools")
# What Python itself keeps from users, since it speaks to programmers only.
QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
SUBSETTER = (
    "The library libharfbuzz-subset is missing, without which each run gives other bytes: install libharfbuzz-subset0."
)
FONTS = "Install Liberation's fonts (on Debian and Ubuntu fonts-liberation), or take out what they don't have."
# Loggers and warning filters belong to the whole process, so that papers are written one at a time in each.
_WRITING = threading.Lock()


class RenderError(Exception):
    """The PDF can't be written, or not as it should be: `messages` holds every reason."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


@dataclass(frozen=True)
class PdfResult:
    """A PDF, the fonts embedded in it by name, and what is doubtful about it, for the caller to judge."""

    pdf: bytes
    warnings: tuple[str, ...]
    fonts: tuple[str, ...]
    pages: int


def write_pdf(
    html: str,
    stylesheets: Sequence[str],
    resources: Mapping[str, bytes],
    families: Sequence[str] = FAMILIES,
    attached: Mapping[str, bytes] | None = None,
) -> PdfResult:
    """The PDF of a page and its stylesheets (CSS text), the same bytes for the same input.

    `resources` are the only files that page and stylesheets can refer to, by relative address; `attached` are files
    by name that go with the PDF. Raises RenderError with all that WeasyPrint and fontTools warned of (a character that
    no font has, say) and all addresses that were refused. A font outside `families` and a link to a resource are
    warnings.
    """
    refused: list[str] = []
    result, failure = None, None
    with _WRITING, _captured() as said:
        try:
            result = _write(html, stylesheets, resources, families, attached or {}, refused)
        except Exception as error:  # whatever it is, it is told together with what was said before it
            failure = error
    problems = _distinct([*refused, *said, *_told(failure)])
    if problems or result is None:
        raise RenderError(problems) from failure
    return result


def _told(failure: Exception | None) -> Sequence[str]:
    if failure is None:
        return ()
    if isinstance(failure, RenderError):
        return failure.messages
    if isinstance(failure, OSError) and "cannot load library" in str(failure):
        return (f"WeasyPrint can't start, for a library that it loads is missing: {failure}",)
    return (f"WeasyPrint failed: {type(failure).__name__}: {failure}",)


def _write(
    html: str,
    stylesheets: Sequence[str],
    resources: Mapping[str, bytes],
    families: Sequence[str],
    attached: Mapping[str, bytes],
    refused: list[str],
) -> PdfResult:
    import weasyprint

    from . import conformance
    from .fetcher import BASE_URL, ResourceFetcher
    from .tags import finish

    fetcher = ResourceFetcher(resources, refused)
    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    fonts = weasyprint.text.fonts.FontConfiguration()
    styles = [
        weasyprint.CSS(string=css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts) for css in stylesheets
    ]
    document = page.render(font_config=fonts, stylesheets=styles, pdf_variant=conformance.VARIANT)
    if not document.metadata.title:
        raise RenderError(["The page has no title, which PDF/UA asks for."])
    conformance.declare_both(document.metadata)
    files = conformance.attachments(attached, conformance.made(document.metadata))
    pdf = document.write_pdf(pdf_variant=conformance.VARIANT, attachments=files, finisher=finish)
    used = document.fonts.values()
    names = tuple(sorted({font.name.split(b"+", 1)[1].decode().replace("-", " ") for font in used}))
    doubts = (*_font_doubts(used, families), *_link_doubts(document))
    return PdfResult(pdf, doubts, names, len(document.pages))


def _font_doubts(fonts: Any, families: Sequence[str]) -> Iterator[str]:
    """Says which characters came out in a font other than those allowed."""
    strange: dict[str, set[str]] = {}
    for font in fonts:
        if font.family not in families:
            strange.setdefault(font.family, set()).update("".join(font.to_unicode.values()))
    for family, characters in sorted(strange.items()):
        allowed, shown = ", ".join(families), _shown(characters)
        yield f'The font "{family}" is not one of {allowed}; it was used for {shown}. {FONTS}'


def _shown(characters: set[str]) -> str:
    """The first few of some characters, with their numbers."""
    first = [f"{each} (U+{ord(each):04X})" for each in sorted(characters)[:10]]
    rest = len(characters) - len(first)
    return ", ".join(first) + (f" and {rest} more" if rest > 0 else "")


def _link_doubts(document: Any) -> Iterator[str]:
    """Names the links to addresses that only exist while the PDF is made."""
    from .fetcher import resource_name

    targets = {target for page in document.pages for kind, target, *_ in page.links if kind == "external"}
    for name in sorted(name for target in targets if (name := resource_name(target)) is not None):
        yield f'A link leads to "{name}", which a PDF can\'t reach: give it a whole address.'


class _Listener(logging.Handler):
    """Keeps what this thread's loggers say, WARNING and above."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._said.append(f"{record.name.split('.')[0]}: {record.getMessage()}")


@contextmanager
def _captured() -> Iterator[list[str]]:
    """The list of what is said inside the block, whole after it; nothing is printed, all is put back."""
    said: list[str] = []
    listener = _Listener(said)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(each, each.level, each.propagate, each.disabled) for each in loggers]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for category in QUIET:
            warnings.simplefilter("ignore", category)
        for each in loggers:
            each.addHandler(listener)
            each.setLevel(logging.WARNING)
            each.propagate, each.disabled = False, False
        try:
            yield said
        finally:
            for each, level, propagate, disabled in before:
                each.removeHandler(listener)
                each.setLevel(level)
                each.propagate, each.disabled = propagate, disabled
            said += [f"{type(each.message).__name__}: {each.message}" for each in caught]


def _distinct(messages: Sequence[str]) -> list[str]:
    """The messages in order, each once; what means that a library is missing says so."""
    return list(dict.fromkeys(SUBSETTER if "HarfBuzz-Subset" in each else each for each in messages))
