"""The compute stage: one module a subject, each a `compute` over the tables that it `NEEDS`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType

from reportgen.figures.base import Circumstances
from reportgen.table import Table
from reportgen.trace import Claim, Figure, Found, Grid


@functools.cache
def subjects() -> tuple[ModuleType, ...]:
    """The subjects' modules, in order of name: those that declare what they need."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "NEEDS"))


def compute_all(tables: Mapping[str, Table], when: Circumstances) -> Found:
    """The figures and grids of every subject whose datasets are there, each figure under its name."""
    figures: dict[str, Figure] = {}
    grids: dict[str, Grid] = {}
    claims: list[Claim] = []
    for module in subjects():
        if all(name in tables for name in module.NEEDS):
            found = module.compute(tables, when)
            figures |= {name: replace(figure, name=name) for name, figure in found.figures.items()}
            grids |= found.grids
            claims += found.claims
    return Found(figures, grids, tuple(claims))
