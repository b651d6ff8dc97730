"""Jinja in texts: a sandbox in which values can be printed, tested and looped over, and nothing else."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, nodes

from reportgen.present.faults import TextError, UnknownName
from reportgen.present.shown import FILTERS, Names
from reportgen.sandbox import Sandbox, TooMuch
from reportgen.wording import printable

TEMPLATE = "<template>"  # what Jinja calls a template that is no file
KEPT_FILTERS = ("length", "join", "upper", "lower", "first", "last", "list")
REMEDY = "Texts print values, ask about them and loop over them; they can do nothing else."
_BRACES = re.compile(r"\{[{%#]")
# What a text may be made of. Sums are not among it: a number that is worked out in a text can't be traced.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Keyword, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple, nodes.Concat,
)  # fmt: skip
_LISTS = (nodes.List, nodes.Tuple)
_SUMS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)


class Named:
    """A function of texts whose first argument is one of the known names of a sort."""

    __slots__ = ("_does", "known", "sort")

    def __init__(self, sort: str, known: Sequence[str], does: Callable[..., Any]) -> None:
        self.sort, self.known, self._does = sort, tuple(known), does

    def __call__(self, name: str, *rest: Any) -> Any:
        if name not in self.known:
            raise UnknownName(self.sort, name, self.known)
        return self._does(name, *rest)


def environment(finalize: Callable[[Any], str]) -> Sandbox:
    """A sandboxed Jinja environment for Markdown with strict names, no names yet, and few filters.

    `finalize` gives what stands in the text for each value that is printed.
    """
    made = Sandbox(finalize, autoescape=False)
    made.filters = {key: made.filters[key] for key in KEPT_FILTERS} | dict(FILTERS)
    return made


def parsed(env: Sandbox, text: str) -> nodes.Template | None:
    """A text's Jinja; None where it has none. Raises TextError where it can't be read."""
    if not _BRACES.search(text):
        return None
    try:
        return env.parse(printable(text))
    except TemplateSyntaxError as wrong:
        raise _syntax(wrong) from None
    except RecursionError:
        raise TextError("a text that Jinja can read", "expressions within expressions without end", REMEDY) from None


def carried_out(env: Sandbox, tree: nodes.Template, **names: Any) -> str:
    """A text with its Jinja carried out. Raises TextError; `faults` tells several at once."""
    try:
        return env.printed(tree, **names)
    except TextError as wrong:
        wrong.line = _line(wrong)
        raise
    except TemplateSyntaxError as wrong:
        raise _syntax(wrong) from None
    except TooMuch as wrong:
        remedy = "Print fewer rows, or show them as an exhibit."
        raise TextError(wrong.expected, wrong.found, remedy, _line(wrong)) from None
    except UndefinedError as wrong:
        raise TextError("names that exist", str(wrong), "The README says what a text may use.", _line(wrong)) from None
    except TemplateError as wrong:
        raise TextError("what a text may do", str(wrong), REMEDY, _line(wrong)) from None
    except Exception as wrong:  # whatever an author's expression comes to, it is the text that is wrong
        found = f"one that fails: {wrong or type(wrong).__name__}"
        raise TextError("an expression that can be worked out", found, REMEDY, _line(wrong)) from None


def _line(error: BaseException) -> int:
    """The template's line that an error came from; 0 where it came from none."""
    lines = [n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == TEMPLATE]
    return lines[-1] if lines else 0


def _syntax(wrong: TemplateSyntaxError) -> TextError:
    remedy = "Braces stand in pairs: {{ fig.name }}, {% if … %} … {% endif %}."
    return TextError("a text that Jinja can read", f"this: {str(wrong.message).rstrip('.')}", remedy, wrong.lineno)


def faults(env: Sandbox, tree: nodes.Template, **names: Any) -> list[TextError]:
    """What can be told of a text without carrying it out, in branches not taken as well: all of it, by line."""
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"} | {"loop"}
    known = {key: value for key, value in {**env.globals, **names}.items() if key not in own}
    found = [fault for node in _all_nodes(tree) for fault in _node_faults(node, known, own, env)]
    return sorted(found, key=lambda fault: fault.line)


def _all_nodes(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for kid in node.iter_child_nodes():
        yield from _all_nodes(kid)


def _node_faults(
    node: nodes.Node, known: dict[str, Any], own: set[str], env: Sandbox
) -> Iterator[TextError]:
    if isinstance(node, _SUMS):
        remedy = "Calculate it in paper.toml, under [calculate], so that it can be traced."
        yield TextError("figures as they are", "a sum in a text", remedy, node.lineno)
    elif not isinstance(node, _ALLOWED):
        yield TextError("what a text may do", f'"{type(node).__name__.lower()}"', REMEDY, node.lineno)
    elif isinstance(node, nodes.Assign) and any(isinstance(each, _LISTS) for each in _all_nodes(node.node)):
        # Lists of lists of lists would grow without end, however few the turns of loops.
        yield TextError("a name set to a value", "one set to a list", REMEDY, node.lineno)
    elif isinstance(node, nodes.Output):
        for kid in node.nodes:
            if isinstance(kid, nodes.Const):
                yield TextError("a figure in braces", f'"{kid.value}"', "Write words without braces.", kid.lineno)
    elif isinstance(node, nodes.Name):
        if node.name not in known and node.name not in own:
            yield UnknownName("name", node.name, (*known, *sorted(own - {"loop"})), node.lineno)
    elif isinstance(node, nodes.Filter):
        if node.name not in env.filters:
            yield UnknownName("filter", node.name, env.filters, node.lineno)
    elif isinstance(node, nodes.Call):
        function, name = _value(node.node, known), node.args[0] if node.args else None
        if isinstance(function, Named) and isinstance(name, nodes.Const) and name.value not in function.known:
            yield UnknownName(function.sort, name.value, function.known, node.lineno)
    elif isinstance(node, (nodes.Getattr, nodes.Getitem)):
        names, key = _value(node.node, known), _key(node)
        if isinstance(names, Names) and key is not None and key not in names:
            yield UnknownName(names.sort, key, names, node.lineno)


def _key(node: nodes.Getattr | nodes.Getitem) -> str | None:
    """The name that is asked for, where it is written out."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) else None


def _value(node: nodes.Node, known: dict[str, Any]) -> Any:
    """What a name, or a name within names, stands for; None where that isn't known before the text is carried out."""
    if isinstance(node, nodes.Name):
        return known.get(node.name)
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        names, name = _value(node.node, known), _key(node)
        return names[name] if isinstance(names, Names) and name is not None and name in names else None
    return None
