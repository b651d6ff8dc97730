"""docs/returns.md names every rule, as grave as it is."""

from __future__ import annotations

import re
from collections import defaultdict

from reportgen.datasets.returns import CODED
from reportgen.histories import children, repairs
from reportgen.histories.faults import Rule
from tests.built import ROOT

PAGE = (ROOT / "docs" / "returns.md").read_text(encoding="utf-8")
ROWS = {code: line for line in PAGE.split("\n") if line.startswith("| `") for code in re.findall(r"`([a-z-]+)`", line)}


def test_every_rule_stands_on_the_page_as_grave_as_it_is() -> None:
    rules = [each for module in (repairs, children) for each in vars(module).values() if isinstance(each, Rule)]
    graveness = defaultdict(set)
    for rule in rules:
        graveness[rule.code].add(str(rule.severity))
    assert len(graveness) > 15
    for code, severities in graveness.items():
        said = set(re.findall(r"\b(note|warning|error)\b", ROWS[code]))
        assert said == severities, code


def test_codes_that_are_unknown_are_named_after_their_column() -> None:
    assert "`unknown-place`" in PAGE and CODED["place"].category().code == "unknown-place"
