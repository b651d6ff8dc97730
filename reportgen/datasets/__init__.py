"""The datasets: one module each, found by its `DATASET`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import replace

from reportgen.datasets.base import Dataset
from reportgen.model import Children


@functools.cache
def all_datasets() -> dict[str, Dataset]:
    """Every dataset by its name, in order of name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "base")
    found = [importlib.import_module(f"{__name__}.{name}").DATASET for name in names]
    return {dataset.name: dataset for dataset in found}


def told_of_children() -> dict[str, Children]:
    """What each dataset's columns tell of children, by the dataset's name, with the sums that it states by row."""
    return {
        name: replace(dataset.children, sums=dataset.sums)
        for name, dataset in all_datasets().items()
        if dataset.children is not None
    }
