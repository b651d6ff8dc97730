"""What reportgen needs from a machine, and whether it is there. Needs nothing but Python itself to start.

`python -m reportgen.doctor` prints the system packages that are missing, a line each: the setup asks it
before any library is installed, so what a machine needs is written down here alone.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

OLDEST_PYTHON = (3, 11)
FONT = "Liberation Sans"
FACES = ("Regular", "Bold", "Italic", "Bold Italic")

# Each library under the names that WeasyPrint tries for it on Windows, Linux and macOS, and Debian's package.
SYSTEM_LIBRARIES = {
    "Pango (libpangoft2)": (
        (
            "libpangoft2-1.0-0",
            "pangoft2-1.0-0",
            "pangoft2-1.0",
            "libpangoft2-1.0.so.0",
            "libpangoft2-1.0.dylib",
            "libpangoft2-1.0-0.dll",
        ),
        "libpangoft2-1.0-0",
    ),
    # Without it WeasyPrint still writes PDFs, but each run gives other bytes.
    "HarfBuzz (libharfbuzz-subset)": (
        (
            "libharfbuzz-subset-0",
            "harfbuzz-subset",
            "harfbuzz-subset-0.0",
            "libharfbuzz-subset.so.0",
            "libharfbuzz-subset.0.dylib",
            "libharfbuzz-subset-0.dll",
        ),
        "libharfbuzz-subset0",
    ),
}
FONTCONFIG = (
    "libfontconfig-1",
    "fontconfig-1",
    "fontconfig",
    "libfontconfig.so.1",
    "libfontconfig.1.dylib",
    "libfontconfig-1.dll",
)
FONT_PACKAGE = "fonts-liberation"
# Where WeasyPrint looks on Windows unless WEASYPRINT_DLL_DIRECTORIES says otherwise.
DLL_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


@dataclass(frozen=True)
class Finding:
    """One thing that reportgen needs: whether it is there, what was found, and what to do where it isn't."""

    name: str
    ok: bool
    found: str
    remedy: str = ""
    package: str = ""  # the Debian package that brings it, where one does


def examine(outputs: Path | None = None) -> list[Finding]:
    """All findings on this machine, in the order of a report; with `outputs`, also if it can be written."""
    findings = [python_version(), *required_libraries(), *system_findings(), text_encoding()]
    return findings if outputs is None else [*findings, writable(outputs)]


def system_findings() -> list[Finding]:
    """The findings on what the operating system brings: libraries that WeasyPrint loads, and the fonts."""
    libraries = [system_library(name, names, package) for name, (names, package) in SYSTEM_LIBRARIES.items()]
    return [*libraries, fonts()]


def python_version() -> Finding:
    """Whether this Python is new enough."""
    oldest = ".".join(map(str, OLDEST_PYTHON))
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    remedy = "" if ok else f"Install Python {oldest} or later."
    return Finding("Python", ok, platform.python_version(), remedy)


def required_libraries() -> list[Finding]:
    """A finding for each library that reportgen's own metadata asks for."""
    try:
        required = metadata.requires("reportgen") or []
    except metadata.PackageNotFoundError:
        remedy = "Run `make paper` in its folder, or `python -m pip install .` there."
        return [Finding("reportgen", False, "not installed", remedy)]
    return [required_library(text) for text in sorted(required, key=str.casefold)]


def required_library(text: str) -> Finding:
    """Whether the library of a requirement such as `pandas>=3` is installed in a version that meets it."""
    from packaging.requirements import Requirement

    requirement = Requirement(text)
    wanted = f"{requirement.name}{requirement.specifier}"
    remedy = f'python -m pip install "{wanted}"'
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return Finding(requirement.name, False, "not installed", remedy)
    if requirement.specifier.contains(version, prereleases=True):
        return Finding(requirement.name, True, version)
    return Finding(requirement.name, False, f"{version}, but {requirement.specifier} is needed", remedy)


def load(names: Iterable[str]) -> ctypes.CDLL | None:
    """The first library that loads under one of its names; None where none does."""
    folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", DLL_FOLDERS).split(";") if os.name == "nt" else []
    for name in [*(os.path.join(folder, name) for folder in folders for name in names), *names]:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def system_library(name: str, names: Sequence[str], package: str) -> Finding:
    """Whether a library that WeasyPrint loads can be loaded."""
    if load(names) is not None:
        return Finding(name, True, "loads", package=package)
    return Finding(name, False, "does not load", apt_command([package]), package)


def fonts() -> Finding:
    """Whether fontconfig knows all faces of the font that papers are set in."""
    styles = font_styles(FONT)
    if styles is None:
        found = "not known: fontconfig does not load"
        return Finding(FONT, False, found, apt_command([FONT_PACKAGE, "libfontconfig1"]), FONT_PACKAGE)
    missing = [face for face in FACES if face not in styles]
    if not missing:
        return Finding(FONT, True, ", ".join(FACES), package=FONT_PACKAGE)
    found = f"without {', '.join(missing)}" if styles else "not found"
    return Finding(FONT, False, found, apt_command([FONT_PACKAGE]), FONT_PACKAGE)


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int),
        ("capacity", ctypes.c_int),
        ("patterns", ctypes.POINTER(ctypes.c_void_p)),
    )


def font_styles(family: str) -> set[str] | None:
    """The names of the styles in which fontconfig knows a family; None where fontconfig can't be asked.

    Fontconfig itself is asked, not `fc-list`, which a machine may lack; and it is asked for the fonts there
    are, not for the best match, which may be another font.
    """
    library = load(FONTCONFIG)
    if library is None:
        return None
    library.FcNameParse.restype = ctypes.c_void_p
    library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    pattern = ctypes.c_void_p(library.FcNameParse(family.encode()))
    wanted = ctypes.c_void_p(library.FcObjectSetCreate())
    library.FcObjectSetAdd(wanted, b"style")
    listed = library.FcFontList(None, pattern, wanted)
    found = listed.contents.patterns[: listed.contents.count] if listed else []
    styles = {style for font in found for style in _strings(library, font, b"style")}
    library.FcPatternDestroy(pattern)
    library.FcObjectSetDestroy(wanted)
    if listed:
        library.FcFontSetDestroy(listed)
    return styles


def _strings(library: ctypes.CDLL, pattern: int, field: bytes) -> list[str]:
    """All values of a text field of a fontconfig pattern, one a language."""
    values: list[str] = []
    value = ctypes.c_char_p()
    while not library.FcPatternGetString(ctypes.c_void_p(pattern), field, len(values), ctypes.byref(value)):
        values.append((value.value or b"").decode("utf-8", "replace"))
    return values


def text_encoding() -> Finding:
    """What encoding is printed in; never a fault, since the files of a bundle are UTF-8 all the same."""
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    if encoding.lower().replace("-", "") == "utf8":
        return Finding("Text encoding", True, "UTF-8")
    return Finding("Text encoding", True, encoding, "Set PYTHONUTF8=1 to see pound signs and accents.")


def writable(folder: Path) -> Finding:
    """Whether a build can write to a folder, or make it."""
    import tempfile

    existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"\0")
    except OSError as error:
        remedy = f"Allow yourself to write to {existing}, or choose another folder with --workspace."
        return Finding("Outputs folder", False, f"{folder}: {error.strerror}", remedy)
    return Finding("Outputs folder", True, str(folder))


def apt_command(packages: Sequence[str]) -> str:
    """The command that installs packages on Debian and Ubuntu."""
    return f"sudo apt-get install --no-install-recommends {' '.join(packages)}"


def missing_packages(findings: Iterable[Finding]) -> list[str]:
    """The Debian packages that bring what was not found."""
    return [finding.package for finding in findings if finding.package and not finding.ok]


def report(findings: Sequence[Finding]) -> str:
    """The findings for a person: a line each, remedies under them, and what it comes to on the last line."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{'ok' if finding.ok else 'MISSING':<8}{finding.name:<{width}}  {finding.found}")
        if finding.remedy:
            lines.append(f"{'':<8}{'':<{width}}  {finding.remedy}")
    count = sum(not finding.ok for finding in findings)
    if not count:
        return "\n".join([*lines, "Everything that reportgen needs is here."])
    packages = missing_packages(findings)
    lines.append(f"{count} of {len(findings)} things that reportgen needs are missing or too old.")
    if packages:
        lines.append(f"On Debian and Ubuntu: {apt_command(packages)}")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as a JSON array, for a script."""
    return json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False)


if __name__ == "__main__":
    for missing in missing_packages(system_findings()):
        print(missing)
