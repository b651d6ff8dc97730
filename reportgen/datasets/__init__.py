"""The datasets: one module each, found by its `DATASET`."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from reportgen.datasets.base import Dataset


@functools.cache
def all_datasets() -> dict[str, Dataset]:
    """Every dataset by its name, in order of name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "base")
    found = [importlib.import_module(f"{__name__}.{name}").DATASET for name in names]
    return {dataset.name: dataset for dataset in found}
