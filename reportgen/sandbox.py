"""Jinja for templates that come from elsewhere: no way to Python's internals, files or the network, and no end of work.

What a template may cost is counted, not timed, so that it fails alike on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

MOST_TURNS = 200_000  # of all loops of a template together
LONGEST = 1_000_000  # letters of what a template puts together or prints
TOGETHER = (f"at most {LONGEST:,} letters put together", "more")
FILTERS = ("default", "first", "join", "last", "length", "list", "lower", "replace", "select", "upper")


class TooMuch(SecurityError):
    """A template that goes round or puts together more than it may; its message says what was expected and found."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found = expected, found


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox with strict names and few filters, whose loops and texts are bounded."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, finalize: Callable[[Any], Any] | None = None, **options: Any) -> None:
        super().__init__(
            undefined=StrictUndefined, finalize=finalize, trim_blocks=True, lstrip_blocks=True, **options
        )
        self.filters = {name: self.filters[name] for name in FILTERS} | {"join": self._joined}
        self.globals = {}
        self._turns = 0

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        return super()._generate(_Bounded().visit(source), *rest, **more)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """What an operator that could ask for more memory than there is comes to: a sum, or a text so many times."""
        if operator == "*" and isinstance(left, str) and isinstance(right, int):
            if len(left) * right > LONGEST:
                raise TooMuch(*TOGETHER)
            return left * right
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or not numbers:
            raise TooMuch("sums of numbers", f'"{operator}"')
        return super().call_binop(context, operator, left, right)

    def turns(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values, counted among the turns of all loops."""
        for value in values:
            self._turns += 1
            if self._turns > MOST_TURNS:
                raise TooMuch(f"at most {MOST_TURNS:,} turns of loops", "more")
            yield value

    def chained(self, *parts: Any) -> str:
        """The parts set one after another."""
        return self._joined(parts)

    def _joined(self, values: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
        values = [value if attribute is None else self.getattr(value, attribute) for value in values]
        markup = any(hasattr(value, "__html__") for value in (*values, between))
        texts, size = list[str](), 0
        for value in values:
            text = escape(value) if markup else str(value)
            size += len(text) + len(between)
            if size > LONGEST:
                raise TooMuch(*TOGETHER)
            texts.append(text)
        return Markup(escape(between).join(texts)) if markup else str(between).join(texts)

    def printed(self, template: nodes.Template | str, **names: Any) -> str:
        """A template's text with its Jinja carried out."""
        pieces, size = list[str](), 0
        for piece in self.from_string(template).generate(**names):
            size += len(piece)
            if size > LONGEST:
                raise TooMuch(f"at most {LONGEST:,} letters printed", "more")
            pieces.append(piece)
        return "".join(pieces)


class _Bounded(NodeTransformer):
    """Puts the sandbox's own counting into loops, and its own putting together into `~`."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.iter = _call("turns", [node.iter], node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:
        self.generic_visit(node)
        return _call("chained", node.nodes, node.lineno)


def _call(name: str, arguments: Sequence[nodes.Node], line: int) -> nodes.Call:
    function = nodes.EnvironmentAttribute(name, lineno=line)
    return nodes.Call(function, list(arguments), [], None, None, lineno=line)


def layouts(roots: Sequence[Path], autoescape: bool = True) -> Sandbox:
    """A sandbox for the templates of a layout, those of the first root that has them."""
    return Sandbox(loader=FileSystemLoader([str(root) for root in roots]), autoescape=autoescape)
