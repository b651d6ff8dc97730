"""Templates that come from elsewhere: what they can't reach, and what they can't cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateError
from markupsafe import Markup

from reportgen.sandbox import LONGEST, MOST_TURNS, Sandbox, TooMuch, layouts

TURNS = f"expected at most {MOST_TURNS:,} turns of loops, found more"
TOGETHER = f"expected at most {LONGEST:,} letters put together, found more"
PRINTED = f"expected at most {LONGEST:,} letters printed, found more"


def printed(text: str, **names: Any) -> str:
    return Sandbox().printed(text, **names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}", TURNS),
        ("{% for a in l %}{% for b in l %}{% if a == b == -1 %}x{% endif %}{% endfor %}{% endfor %}", ""),
        ("{% if 'x' * 10 != 'xxxxxxxxxx' %}x{% endif %}{% if 'x' * -1 %}x{% endif %}", ""),
        ("{% set a = 'xx' * 500001 %}", TOGETHER),
        ("{% set a = l * 9 %}", 'expected sums of numbers, found "*"'),
        ("{% set a = 9 * 'x' %}", 'expected sums of numbers, found "*"'),
        ("{% set a = 2 ** 9 %}", 'expected sums of numbers, found "**"'),
        ("{% set a = '%99999999999s' % 1 %}", 'expected sums of numbers, found "%"'),
        ("{% set a = big %}" + "{% set a = a ~ a %}" * 40, TOGETHER),
        ("{% set a = big %}" + "{% set a = [a, a] | join %}" * 40, TOGETHER),
        ("{% for a in l %}{{ big }}{% endfor %}", PRINTED),
        ("{% macro m(n) %}{% for a in l %}{{ m(n) }}{% endfor %}{% endmacro %}{{ m(1) }}", None),
    ],
)  # fmt: skip
def test_what_a_template_costs_is_bounded(text: str, said: str | None) -> None:
    names = {"l": list(range(440)), "big": "x" * 10_000}
    if said == "":
        assert printed(text, **names) == ""
        return
    with pytest.raises((TooMuch, RecursionError)) as caught:
        printed(text, **names)
    assert said is None or str(caught.value) == said


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}", "{{ ().__class__.__base__.__subclasses__() }}", "{{ l.append(1) }}", "{{ range(10) }}",
        "{{ self.__init__.__globals__ }}", "{{ cycler.__init__ }}", "{% include '/etc/passwd' %}", "{{ lipsum }}",
        "{{ l | attr('__class__') }}", "{{ 'x' | center(10) }}", "{{ '{0.__class__}'.format(1) }}",
        "{% import 'os' as os %}", "{{ ('x' | map) }}", "{{ turns(l) }}",
    ],
)  # fmt: skip
def test_a_template_reaches_nothing_but_what_it_is_given(text: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        assert "class" not in printed(text, l=[1]), "an attribute of Python's own was printed"
        raise TemplateError("nothing was printed but what may be")


def test_loops_know_where_they_are() -> None:
    text = "{% for a in l %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not loop.last }}{% else %}none{% endfor %}"
    assert (printed(text, l=["x", "y"]), printed(text, l=[])) == ("1/2, 2/2", "none")


def test_markup_stays_markup_and_text_is_escaped_beside_it() -> None:
    env = Sandbox(autoescape=True)
    assert env.printed("{{ a ~ b }}|{{ [a, b] | join('<') }}", a=Markup("<i>"), b="<b>") == (
        "<i>&lt;b&gt;|<i>&lt;&lt;b&gt;"
    )
    assert env.printed("{{ b ~ b }}", b="<b>") == "&lt;b&gt;&lt;b&gt;"


def test_a_layout_finds_no_file_outside_its_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "in" / "page.html").write_text("{% include '../secret.html' %}")
    (tmp_path / "in" / "absolute.html").write_text(f"{{% include '{tmp_path}/secret.html' %}}")
    for name in ("page.html", "absolute.html"):
        with pytest.raises(TemplateError):
            layouts([tmp_path / "in"]).get_template(name).render()
