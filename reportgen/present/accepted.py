"""The closing note of a paper: the differences that somebody accepted, who and why. No cells and no found values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reportgen.model import Problem
from reportgen.present.document import Document, sections_in
from reportgen.present.markdown import numbered
from reportgen.present.placeholders import Placeholders
from reportgen.wording import House, sentence_case, small_in_words

HEADING = "Differences accepted"
# What was accepted, in words for the paper's readers: one of it, and several.
KINDS: Mapping[str, tuple[str, str]] = {
    "average-differs": ("stated average that differs from its parts", "stated averages that differ from their parts"),
    "completion-differs": ("completed action whose date says otherwise", "completed actions whose dates say otherwise"),
    "one-cell-settles": (
        "number in the source that, if it were another, would settle several differences",
        "numbers in the source that, if they were others, would settle several differences",
    ),
    "payback-differs": (
        "stated payback that differs from the proposal's own figures",
        "stated paybacks that differ from the proposals' own figures",
    ),
    "plan-differs": (
        "figure of the financial plan that differs from its parts",
        "figures of the financial plan that differ from their parts",
    ),
    "rate-differs": (
        "published rate that differs from its numbers", "published rates that differ from their numbers",
    ),
    "rating-differs": (
        "officer's rating that differs from the paper's key", "officers' ratings that differ from the paper's key",
    ),
    "stated-differs": (
        "stated number that differs from the one worked out", "stated numbers that differ from those worked out",
    ),
    "sum-differs": ("stated number that differs from its parts", "stated numbers that differ from their parts"),
    "total-differs": (
        "stated total that differs from the sum of its parts", "stated totals that differ from the sums of their parts",
    ),
    "variance-differs": (
        "stated variance that differs from the amounts beside it",
        "stated variances that differ from the amounts beside them",
    ),
    "share-of-no-whole": ("share that no whole number comes to", "shares that no whole number comes to"),
    "typed-number": ("number in the words that is no figure", "numbers in the words that are no figures"),
    "unused-exhibit": ("table or chart that the paper leaves out", "tables or charts that the paper leaves out"),
    "unused-passage": ("passage that the paper leaves out", "passages that the paper leaves out"),
}  # fmt: skip
# Of what is left, all is about how a source was read.
SOURCE = ("doubt about how the source is to be read", "doubts about how the source is to be read")


def with_note(document: Document, problems: Iterable[Problem], house: House) -> Document:
    """The document with the accepted differences as its last section; as it is where none is accepted."""
    alike = Counter((p.accepted, KINDS.get(p.code, SOURCE)) for p in problems if p.accepted)
    placeholders, paragraphs = Placeholders(), []
    for (acceptance, (one, several)), count in alike.items():
        if acceptance is not None:
            counted = sentence_case(small_in_words(count, house))
            stop = "" if acceptance.why.endswith((".", "!", "?")) else "."
            words = f"{counted} {one if count == 1 else several}, accepted by {acceptance.who}: {acceptance.why}{stop}"
            paragraphs.append(placeholders.reserve(words)[1])
    if not paragraphs:
        return document
    text = "\n\n".join([f"## {HEADING}", *paragraphs])
    rendered, _ = numbered(text, {}, before=sections_in(document.blocks))
    note = tuple((kind, placeholders.fill(html)) for kind, html in rendered.blocks)
    return replace(document, blocks=(*document.blocks, *note))
