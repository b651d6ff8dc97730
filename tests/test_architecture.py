"""The directions of docs/architecture.md: which part of reportgen may import which, and which library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "reportgen"

# A part is a module or folder of the package. Below the stages stand the values and the words that they share.
VALUES = {
    "model": set(),
    "cells": {"model"},
    "sandbox": set(),
    "table": {"model"},
    "wording": {"model", "cells"},
    "datasets": {"model", "cells"},
    "trace": {"model", "cells", "table"},
    "problems": {"model"},
    "workspace": {"cells"},
    "tomlfile": {"model", "cells"},
    "settings": {"model"},
    "projection": {"model"},
}
STAGES = {
    "readers": {"model"},
    "check": {"model", "cells", "table", "datasets"},
    "figures": {"model", "cells", "projection", "table", "trace", "wording"},
    "histories": {"model", "cells", "table", "datasets"},
    "reconcile": {"model", "cells", "table", "datasets", "trace", "wording"},
    "protect": {"model", "table", "trace"},
    "exhibits": {"model", "trace", "wording"},
    "present": {"model", "cells", "trace", "wording", "settings", "exhibits", "sandbox"},
    "render": {"model", "trace", "wording", "sandbox"},
    "deliver": {"model", "cells"},
}
AROUND = {
    "deadlines": set(),
    "agenda": {"deadlines", "loading", "model", "problems", "settings", "workspace"},
    "journal": set(),
    "purging": {"deliver", "settings", "workspace"},
    "scheduling": set(),
    "nightly": {
        "agenda", "console", "deadlines", "drafts", "failures", "journal", "model", "pipeline", "problems", "purging",
        "readers", "settings", "workspace",
    },
    "mailing": {
        "deadlines", "deliver", "loading", "model", "problems", "render", "settings", "tomlfile", "wording",
        "workspace",
    },
    "postmaster": {
        "agenda", "deliver", "mailing", "model", "nightly", "render", "settings", "wording", "workspace",
    },
    "commands": {
        "agenda", "archiving", "console", "deliver", "drafts", "journal", "mailing", "nightly", "postmaster",
        "problems", "purging", "rebuild", "scheduling", "workspace",
    },
    "clearances": {"model"},
    "accepting": {"model", "cells", "wording"},
    "issuing": {"model", "accepting", "cells", "wording", "workspace"},
    "loading": {"model", "cells", "clearances", "datasets", "settings", "tomlfile", "workspace"},
    "joining": {"histories", "loading", "model", "table"},
    "drafts": {"model", "clearances", "readers", "workspace"},
    "audit": {"model", "trace", "wording"},
    "lineage": {"trace", "wording"},
    "publishing": {"datasets", "loading", "model", "present", "problems", "protect", "settings", "trace", "wording",
                   "workspace"},
    "failures": set(),
    "doctor": set(),
    "console": {"workspace"},
    "archiving": {"deliver", "loading", "model", "problems", "settings", "workspace"},
    "rebuild": {"deliver", "model", "pipeline", "problems", "workspace"},
    "cli": {
        "audit", "clearances", "commands", "console", "doctor", "drafts", "issuing", "lineage", "model", "pipeline",
        "problems", "workspace",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
ALLOWED = {**VALUES, **STAGES, **AROUND}
# A value that one stage hands to another is defined by the one that makes it: the next may name it, and nothing more.
HANDED_ON = {
    ("render", "present.document"): {"Document"},
    ("render", "exhibits.views"): {"CellView", "ChartView", "Line", "TableView"},
    ("audit", "render.data"): {"HEADINGS", "as_csv", "plain_value", "shown_as"},
    ("lineage", "render.data"): {"plain_value", "shown_as"},
}
# Where each library is used, so that it can be exchanged, and left out where it isn't needed.
LIBRARIES = {
    "afcharts": {"exhibits"},
    "bagit": {"deliver"},
    "babel": {"wording"},
    "click": {"cli", "commands", "console"},
    "filelock": {"clearances", "commands", "deliver"},
    "rich": {"commands"},
    "holidays": {"deadlines"},
    "jinja2": {"present", "sandbox"},
    "markdown_it": {"present"},
    "markupsafe": {"render", "sandbox"},
    "matplotlib": {"exhibits"},
    "numpy": {"table", "trace", "check", "histories", "present", "projection", "protect"},
    "openpyxl": {"readers"},
    "packaging": {"doctor"},
    "pandas": {"table", "trace", "check", "datasets", "histories"},
    "pandera": {"check", "pipeline"},
    "pydantic": {"settings", "tomlfile"},
    "pydantic_core": {"settings"},
    "pydyf": {"render"},
    "pypdfium2": {"deliver"},
    "python_calamine": {"readers"},
    "scipy": {"protect"},
    "tinycss2": {"present"},
    "weasyprint": {"render", "audit"},
}
FILES = {"csv", "io", "os", "pathlib", "shutil", "sqlite3", "subprocess", "tempfile", "urllib", "zipfile"}


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The modules that a module imports, anywhere in it, by their whole names, each with the name taken from it."""
    within = ("reportgen", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*within[: len(within) - node.level + 1]] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                submodule = module.startswith("reportgen") and is_module(f"{module}.{alias.name}")
                yield (f"{module}.{alias.name}", "") if submodule else (module, alias.name)


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_its_part_may(path: Path) -> None:
    own = part(path)
    for module, name in imports(path):
        top, _, inner = module.partition(".")
        if top == "reportgen" and inner:
            other = inner.split(".")[0]
            handed = name in HANDED_ON.get((own, inner), ())
            assert own == "pipeline" or other == own or other in ALLOWED[own] or handed, (
                f"{own} imports {module} {name}"
            )
        elif top in LIBRARIES:
            assert own in LIBRARIES[top], f"{own} imports {top}"
        else:
            assert top == "reportgen" or top in sys.stdlib_module_names, f"{top} is no library that is known here"


def test_every_part_has_its_place_and_every_place_its_part() -> None:
    assert {part(path) for path in MODULES} == {*ALLOWED, "pipeline"}


def test_stages_do_not_import_each_other() -> None:
    crossings = {(stage, other) for stage, allowed in STAGES.items() for other in allowed & STAGES.keys()}
    assert crossings == {("present", "exhibits")}, "the exhibits are the part of presenting that tables and charts are"


def test_values_know_no_stage_and_nothing_but_the_order_of_stages_knows_several() -> None:
    assert not [(low, other) for low, allowed in VALUES.items() for other in allowed if other not in VALUES]
    assert {name: allowed & STAGES.keys() for name, allowed in AROUND.items() if allowed & STAGES.keys()} == {
        "archiving": {"deliver"}, "rebuild": {"deliver"}, "drafts": {"readers"}, "nightly": {"readers"},
        "joining": {"histories"},
        "purging": {"deliver"}, "mailing": {"deliver", "render"}, "postmaster": {"deliver", "render"},
        "commands": {"deliver"},
        # What stands between protecting and presenting: a part of the order of stages that has a module of its own.
        "publishing": {"protect", "present"},
    }  # fmt: skip


def test_figures_touch_no_file_and_no_table_but_through_the_primitives() -> None:
    for path in (PACKAGE / "figures").rglob("*.py"):
        taken = {module.split(".")[0] for module, _ in imports(path)}
        assert not taken & FILES, path.name
        names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        assert not names & {"open", "eval", "exec"}, path.name


def test_no_module_is_longer_than_400_lines_and_no_function_than_40() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 400, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{path.name}: {node.name}"
