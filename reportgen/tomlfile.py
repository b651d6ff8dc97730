"""A TOML file as checked settings, with every problem at the line of its key and in an author's words."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from reportgen.cells.words import nearest
from reportgen.model import Place, Problem, Text

Key = str | int
Path = tuple[Key, ...]

_SECTION = re.compile(r"^\s*(\[\[?)([^\[\]].*?)\]\]?\s*$")
_KEY = r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)"""
_SETTING = re.compile(rf"^\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=(.*)$")
_SKIPPED = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|#[^\n]*|("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')', re.DOTALL
)
_SYNTAX = re.compile(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)
QUOTED = 60

EXPECTED = {
    "string_type": "text in quotes",
    "string_too_short": "some text",
    "string_pattern_mismatch": "a name in small letters, digits and underscores",
    "bool_type": "true or false, without quotes",
    "tuple_type": "a list in square brackets",
    "dict_type": "a section of its own",
    "model_type": "a section of its own",
    "retention": 'whole years, or "permanent",',
    "mailbox": 'an address, such as name@council.example or "A Name <name@council.example>",',
}
DATE = "a date without quotes, such as 2016-07-12"


@dataclass(frozen=True)
class TomlFile:
    """A file's text and what it holds; `data` is empty where it is no TOML."""

    name: str
    text: str
    data: dict[str, Any]

    def place(self, *keys: Key) -> Place:
        """The line of a setting, or of the section that would hold it; without a line where neither is there."""
        known = (self._lines[keys[:length]] for length in range(len(keys), 0, -1) if keys[:length] in self._lines)
        return Place(self.name, line=next(known, 0))

    def words(self, key: str) -> tuple[str, ...]:
        """The texts of a list at the top of the file, also where other settings of it are wrong."""
        value = self.data.get(key)
        return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return key_lines(self.text) if self.data else {}


def key_lines(text: str) -> dict[Path, int]:
    """The line of every section and setting of a sound TOML text, by its path; sections of an array are counted from 0.

    The inline tables of a list have theirs, counted from 0; what stands within one has no line of its own.
    """
    lines: dict[Path, int] = {}
    repeated: Counter[Path] = Counter()
    entries: Counter[Path] = Counter()
    section: Path = ()
    path: Path = ()
    opened = ""
    for number, line in enumerate(_SKIPPED.sub(_kept, text).split("\n"), 1):
        if not opened and (head := _SECTION.match(line)):
            section = _numbered(_path(head[2]), repeated, begins=head[1] == "[[")
            lines.setdefault(section, number)
            continue
        setting = _SETTING.match(line) if not opened else None
        if setting:
            path = (*section, *_path(setting[1]))
            lines.setdefault(path, number)
        for mark in re.findall(r"[\[{\]},]", re.sub(_KEY, "", setting[2] if setting else line)):
            if opened == "[" and mark == "{":
                lines.setdefault((*path, entries[path]), number)
            entries[path] += opened == "[" and mark == ","
            opened = opened + mark if mark in "[{" else opened[:-1] if mark in "]}" else opened
    return lines


def _kept(match: re.Match[str]) -> str:
    """A text of one line as it stands; of a remark or a longer text nothing but its line ends."""
    return match[1] or "\n" * match[0].count("\n")


def _path(dotted: str) -> tuple[str, ...]:
    """The keys of a dotted key, quotes and escapes undone."""
    found: Any = tomllib.loads(f"{dotted} = 0")
    keys: list[str] = []
    while isinstance(found, dict):
        ((key, found),) = found.items()
        keys.append(key)
    return tuple(keys)


def _numbered(keys: tuple[str, ...], repeated: Counter[Path], begins: bool) -> Path:
    """The path of a section, each array's latest number after its name; `begins` makes the next one of the array."""
    path: Path = ()
    for at, key in enumerate(keys, 1):
        path = (*path, key)
        if begins and at == len(keys):
            repeated[path] += 1
        if repeated[path]:
            path = (*path, repeated[path] - 1)
    return path


def parse(source: Text) -> tuple[TomlFile, list[Problem]]:
    """The text as TOML, or as an empty file with the problem that it is none."""
    try:
        return TomlFile(source.file, source.text, tomllib.loads(source.text)), []
    except tomllib.TOMLDecodeError as wrong:
        said = _SYNTAX.match(str(wrong))
        line = int(said[2]) if said and said[2] else source.text.rstrip().count("\n") + 1
        found = (said[1] if said else str(wrong)).replace("\n", " ")
        remedy = "Text stands in straight quotes, dates without: 2016-07-12."
        problem = Problem("bad-toml", Place(source.file, line=line), "TOML", f"a mistake: {found}", remedy)
        return TomlFile(source.file, source.text, {}), [problem]


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Settings(Generic[Model]):
    """A settings file as loaded: its values where they are sound, and every problem."""

    file: TomlFile
    values: Model | None
    problems: list[Problem]


def load(model: type[Model], source: Text) -> Settings[Model]:
    """The text's settings, or every problem in them."""
    file, problems = parse(source)
    if problems:
        return Settings(file, None, problems)
    try:
        return Settings(file, model.model_validate(file.data), [])
    except ValidationError as wrong:
        return Settings(file, None, [_problem(error, model, file) for error in wrong.errors()])


def _problem(error: Any, model: type[BaseModel], file: TomlFile) -> Problem:
    """A breach of the model in an author's words, at the line of its key."""
    keys: Path = tuple(key for key in error["loc"] if key != "[key]")
    place, shown = file.place(*keys), ".".join(key for key in keys if isinstance(key, str))
    if error["type"] == "missing":
        return _missing(keys, shown, place, file)
    if error["type"] == "extra_forbidden":
        guess = nearest(str(keys[-1]), _names(model, keys[:-1]), 0.6)
        remedy = f'Did you mean "{guess}"?' if guess else "Take it out."
        return Problem("unknown-setting", place, "a known setting", f'"{shown}"', remedy)
    expected = EXPECTED.get(error["type"]) or _expected(error)
    return Problem("bad-setting", place, f'{expected} for "{shown}"', _found(error["input"]), "Correct it.")


def _missing(keys: Path, shown: str, place: Place, file: TomlFile) -> Problem:
    """The problem of a setting that isn't there; one that slipped into a section below its place is pointed at."""
    if isinstance(keys[-1], int):
        expected = f'at least {keys[-1] + 1} entries in "{shown}"'
        return Problem("missing-setting", place, expected, f"{keys[-1]}", "Add what is missing.")
    for name, section in file.data.items():
        if len(keys) == 1 and isinstance(section, dict) and keys[0] in section:
            found = f"it in the section [{name}]"
            remedy = "Move it above the first section: what stands under a section belongs to it."
            return Problem("missing-setting", file.place(name, keys[0]), f'the setting "{shown}"', found, remedy)
    return Problem("missing-setting", place, f'the setting "{shown}"', "none", "Add it.")


def _expected(error: Any) -> str:
    """What a value had to be, where pydantic's own words or details tell."""
    if error["type"].startswith("date"):
        return DATE
    if error["type"] in ("literal_error", "enum"):
        return f"one of {error['ctx']['expected'].replace(chr(39), chr(34))}"
    if error["type"] == "too_long":
        return f"at most {error['ctx']['max_length']} entries"
    if error["type"] == "too_short":
        return "at least one entry"
    return str(error["msg"]).lower()


def _found(value: Any) -> str:
    """A value as a person would call it; a long text by its beginning."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= QUOTED else f'"{value[:QUOTED]}…"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a section"
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _names(model: type[BaseModel], keys: Path) -> list[str]:
    """The names of the settings that stand at a path of the model."""
    kind: Any = model
    for key in keys:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
            kind = fields.get(str(key))
        else:
            kind = get_args(kind)[0 if isinstance(key, int) else -1]
        if type(None) in get_args(kind):  # a section that may be left out
            kind = get_args(kind)[0]
    known = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    return [field.alias or name for name, field in known.items()]
