"""Exhibits: one module a kind of table or chart, found by its `KIND`.

A chart's module says so by `CHART`; `OPTIONS` are the names of those that a paper may give it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from reportgen.exhibits.views import Exhibit, Spec
from reportgen.trace import Grid
from reportgen.wording import House


@dataclass(frozen=True)
class Kind:
    """A kind of exhibit: what makes one, whether it is a chart, and the options that it knows."""

    make: Callable[[Spec, Grid, House], Exhibit]
    is_chart: bool
    options: tuple[str, ...]


@functools.cache
def kinds() -> dict[str, Kind]:
    """The kinds of exhibits by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {
        m.KIND: Kind(m.make, getattr(m, "CHART", False), getattr(m, "OPTIONS", ()))
        for m in modules
        if hasattr(m, "KIND")
    }
