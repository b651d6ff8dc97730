"""Exhibits: one module a kind of table or chart, found by its `KIND`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable

from reportgen.exhibits.views import Exhibit, Spec
from reportgen.trace import Grid
from reportgen.wording import House

Maker = Callable[[Spec, Grid, House], Exhibit]


@functools.cache
def kinds() -> dict[str, Maker]:
    """The makers of exhibits by kind."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.KIND: module.make for module in modules if hasattr(module, "KIND")}
