"""Jinja in texts: what a text may do, and the line of what it may not."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model import Unit
from reportgen.present.faults import TextError
from reportgen.present.placeholders import Placeholders
from reportgen.present.shown import Names, Shown
from reportgen.present.templates import REMEDY, Named, carried_out, environment, faults, parsed

FIG = Names("figure", {"children": Shown("children", 631, Unit.COUNT), "change": Shown("change", -16, Unit.COUNT)})
NAMES: dict[str, Any] = {
    "fig": FIG,
    "meeting": Names("setting of the meeting", {"details": Names("detail", {"year": "2016"})}),
    "ref": Named("exhibit", ("months", "lines"), lambda name: f"see {name}"),
    "rows": Named("grid", ("lines",), lambda name: [Names("column", {"line": "a"}), Names("column", {"line": "b"})]),
}


def filled(text: str, **names: Any) -> str:
    placeholders = Placeholders()
    env = environment(placeholders.put)
    env.globals.update(NAMES)
    tree = parsed(env, text)
    return text if tree is None else placeholders.plain(carried_out(env, tree, **names))


def told(text: str, **names: Any) -> list[tuple[int, str, str, str]]:
    env = environment(Placeholders().put)
    env.globals.update(NAMES)
    try:
        tree = parsed(env, text)
        found = [] if tree is None else faults(env, tree, **names)
    except TextError as unreadable:
        found = [unreadable]
    return [(fault.line, fault.expected, fault.found, fault.remedy) for fault in found]


def failure(text: str) -> tuple[int, str, str, str]:
    with pytest.raises(TextError) as raised:
        filled(text)
    fault = raised.value
    return fault.line, fault.expected, fault.found, fault.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ fig.children }} children", "631 children"),
        ('{{ fig["children"] }}', "631"),
        ("{{ fig.change | size }} {{ fig.change | way('more', 'fewer') }}", "16 fewer"),
        ("{% if fig.change.value < 0 %}down{% else %}up{% endif %}", "down"),
        ("{% if fig.children.value is none or not fig.change.value %}a{% else %}b{% endif %}", "b"),
        ("{% for row in rows('lines') %}{{ row.line }}{{ ', ' if not loop.last }}{% endfor %}", "a, b"),
        ("{% set year = meeting.details.year %}{{ year }}", "2016"),
        ("{{ meeting.details.year ~ ' a' }} {{ ['x', 'y'] | join(' and ') }}", "2016 a x and y"),
        ("{# a remark: {{ fig.none }} #}done", "done"),
        ("{% raw %}{{ fig.none }}{% endraw %}", "{{ fig.none }}"),
        ("{{ ref('months') }}", "see months"),
        ("{{ 'a' if fig.change.value in [1, 2] else 'b' }}", "b"),
    ],
)
def test_texts_print_ask_and_loop(text: str, said: str) -> None:
    assert told(text) == []
    assert filled(text) == said


def test_names_can_be_given_for_one_text() -> None:
    assert told("{{ group }}", group="2") == []
    assert filled("{{ group }}", group="2") == "2"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\n{{ fig.childre }}", (2, "a figure that exists", '"childre"', 'Did you mean "children"?')),
        ("{{ fig['chldren'] }}", (1, "a figure that exists", '"chldren"', 'Did you mean "children"?')),
        ("{{ figs.children }}", (1, "a name that exists", '"figs"', 'Did you mean "fig"?')),
        ("{{ meeting.detail }}", (1, "a setting of the meeting that exists", '"detail"', 'Did you mean "details"?')),
        ("{{ meeting.details.yeer }}", (1, "a detail that exists", '"yeer"', 'Did you mean "year"?')),
        ("\n\n{{ ref('month') }}", (3, "an exhibit that exists", '"month"', 'Did you mean "months"?')),
        ("{{ rows('x') }}", (1, "a grid that exists", '"x"', "There is: lines.")),
        ("{{ fig.change | siz }}", (1, "a filter that exists", '"siz"', 'Did you mean "size"?')),
        ("{{ 42 }}", (1, "a figure in braces", '"42"', "Write words without braces.")),
        ("{{ '42 children' }}", (1, "a figure in braces", '"42 children"', "Write words without braces.")),
    ],
)  # fmt: skip
def test_names_that_do_not_exist_are_told_by_line(text: str, fault: tuple[int, str, str, str]) -> None:
    assert told(text) == [fault]


def test_all_faults_are_told_at_once_in_branches_not_taken_as_well() -> None:
    text = "{{ fig.a }}\n{% if false %}\n{{ fig.b }}{{ ref('c') }}\n{% endif %}\n{{ d }}"
    assert [(line, found) for line, _, found, _ in told(text)] == [(1, '"a"'), (3, '"b"'), (3, '"c"'), (5, '"d"')]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ fig.children.value + 1 }}", "a sum in a text"),
        ("{{ 'a' * 9 }}", "a sum in a text"),
        ("{% for i in rows('lines') %}{{ -fig.change.value }}{% endfor %}", "a sum in a text"),
        ("{% macro m() %}x{% endmacro %}", '"macro"'),
        ("{% include 'layout/page.html' %}", '"include"'),
        ("{% import 'x' as y %}", '"import"'),
        ("{% extends 'x' %}", '"extends"'),
        ("{% block x %}{% endblock %}", '"block"'),
        ("{% filter upper %}x{% endfilter %}", '"filterblock"'),
        ("{% set x %}y{% endset %}", '"assignblock"'),
        ("{% autoescape true %}x{% endautoescape %}", '"scopedevalcontextmodifier"'),
        ("{% with %}x{% endwith %}", '"with"'),
        ("{{ {'a': 1} }}", '"dict"'),
        ("{{ fig.children.value[1:2] }}", '"slice"'),
        ("{% set a = [1, 2] %}", "one set to a list"),
        ("{% set a = ('x', ['y']) %}", "one set to a list"),
    ],
)
def test_texts_can_do_nothing_else(text: str, found: str) -> None:
    assert found in [fault[2] for fault in told(text)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("{{ fig.children", 1), ("a\n{% if fig.children %}", 2), ("\n{% endif %}", 2), ("{{ fig. }}", 1), ("{% x %}", 1)],
)
def test_what_jinja_cannot_read_is_told_by_line(text: str, line: int) -> None:
    assert [fault[0] for fault in told(text)] == [line]
    assert told(text)[0][1] == "a text that Jinja can read"
    assert failure(text)[:2] == (line, "a text that Jinja can read")


def test_loops_without_end_are_told_with_their_line() -> None:
    loops = "{% for a in rows('lines') %}" * 19 + "{% endfor %}" * 19
    expected, remedy = "at most 200,000 turns of loops", "Print fewer rows, or show them as an exhibit."
    assert failure(f"\n{loops}") == (2, expected, "more", remedy)


def test_expressions_without_end_are_told() -> None:
    assert told("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}")[0][2] == "expressions within expressions without end"


@pytest.mark.parametrize(
    "text",
    [
        "{{ fig.__class__ }}",
        "{{ fig._values }}",
        "{{ fig.children.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ fig.children.value.__class__ }}",
        "{{ ref.__call__.__globals__ }}",
        "{{ ref._does.__globals__ }}",
        "{{ rows('lines')[0].__init__.__globals__ }}",
        "{{ fig | attr('_values') }}",
        "{{ rows('lines') | map(attribute='__class__') | list }}",
        "{{ self.__init__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler }}",
        "{{ range(9) }}",
        "{{ namespace() }}",
        "{{ open('/etc/passwd') }}",
        "{{ fig.children.house.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(fig) }}",
        "{{ loop }}",
        "{{ rows('lines').append(1) }}",
    ],
)
def test_nothing_of_python_can_be_reached(text: str) -> None:
    """What slips through the check by names fails when it is carried out; nothing prints."""
    if not told(text):
        assert failure(text)[1] in ("names that exist", "what a text may do", "an expression that can be worked out",
                                    "a value that can be printed")  # fmt: skip


def test_what_fails_when_it_is_carried_out_is_told_by_line() -> None:
    assert failure("a\n{{ fig.children | way }}")[0] == 2
    assert failure("a\n\n{{ fig.children.house.negative(3) | size }}") == (
        3, "a figure or date before the filter size", "something else", ""
    )  # fmt: skip
    assert failure("\n{{ fig.children.valu }}")[:2] == (2, "names that exist")
    assert failure("\n{{ fig.children('x') }}") == (
        2, "an expression that can be worked out", "one that fails: 'Shown' object is not callable", REMEDY
    )  # fmt: skip
    assert failure("{{ fig[rows('lines')[0].line] }}")[1:3] == ("a figure that exists", '"a"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ fig.children.value }}", "the number 631"),
        ("{{ rows('lines') | length }}", "the number 2"),
        ("{% for r in rows('lines') %}{{ loop.index }}{% endfor %}", "the number 1"),
        ("{{ fig.children.value == 3 }}", "the number False"),
        ("{{ fig }}", "all of the figures"),
        ("{{ rows('lines') }}", "a list"),
        ("{{ ref }}", "a Named"),
        ("{{ fig.children.unit.value.encode() }}", "a bytes"),
        ("{{ none }}", "a NoneType"),
    ],
)
def test_only_figures_and_words_are_printed(text: str, found: str) -> None:
    with pytest.raises(TextError) as raised:
        filled(text)
    assert raised.value.found == found
