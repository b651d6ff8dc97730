"""What doctor says of a whole machine and of one where something is missing."""

from __future__ import annotations

import ast
import ctypes
import io
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from reportgen import doctor
from reportgen.doctor import Finding

PANGO, HARFBUZZ = doctor.SYSTEM_LIBRARIES


def without(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Makes the loader fail for every library whose name holds `part`, as on a machine that lacks it."""
    real = ctypes.CDLL

    def cdll(name: str) -> ctypes.CDLL:
        if part in name:
            raise OSError(f"{name}: cannot open shared object file")
        return real(name)

    monkeypatch.setattr(doctor.ctypes, "CDLL", cdll)


def test_this_machine_has_what_the_operating_system_brings() -> None:
    assert doctor.system_findings() == [
        Finding(PANGO, True, "loads", package="libpangoft2-1.0-0"),
        Finding(HARFBUZZ, True, "loads", package="libharfbuzz-subset0"),
        Finding("Liberation Sans", True, "Regular, Bold, Italic, Bold Italic", package="fonts-liberation"),
    ]


def test_libraries_are_tried_under_the_names_that_weasyprint_tries() -> None:
    """Reads WeasyPrint's source: importing it would run what is compared."""
    source = next(path for path in metadata.files("weasyprint") or [] if path.match("text/ffi.py"))
    tree = ast.parse(Path(str(source.locate())).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    tried = {
        tuple(argument.value for argument in call.args[1:] if isinstance(argument, ast.Constant))
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_dlopen"
    }
    assert {names for names, _ in doctor.SYSTEM_LIBRARIES.values()} <= tried
    assert doctor.FONTCONFIG in tried


@pytest.mark.parametrize(
    ("part", "name", "package"),
    [
        ("pangoft2", PANGO, "libpangoft2-1.0-0"),
        ("harfbuzz-subset", HARFBUZZ, "libharfbuzz-subset0"),
    ],
)
def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, part: str, name: str, package: str
) -> None:
    without(monkeypatch, part)
    findings = doctor.system_findings()
    assert [finding for finding in findings if not finding.ok] == [
        Finding(
            name, False, "does not load", f"sudo apt-get install --no-install-recommends {package}", package
        )
    ]
    assert doctor.missing_packages(findings) == [package]


def test_without_fontconfig_the_font_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "fontconfig")
    assert doctor.fonts() == Finding(
        "Liberation Sans",
        False,
        "not known: fontconfig does not load",
        "sudo apt-get install --no-install-recommends fonts-liberation libfontconfig1",
        "fonts-liberation",
    )


def test_fonts_are_found_without_fontconfigs_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert doctor.font_styles("Liberation Sans") == {"Regular", "Bold", "Italic", "Bold Italic"}
    assert doctor.font_styles("No Such Family 7") == set()


def missing_with_fonts(folder: Path, *files: str) -> tuple[list[str], str]:
    """The packages and the font's finding in a process whose fontconfig knows the given files alone."""
    fonts = folder / "fonts"
    fonts.mkdir()
    for name in files:
        (fonts / Path(name).name).symlink_to(name)
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{fonts}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
    command = [sys.executable, "-m", "reportgen.doctor"]
    listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    said = subprocess.run(
        [sys.executable, "-c", "from reportgen import doctor; print(doctor.fonts().found)"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return listed.stdout.split(), said.stdout.strip()


def test_a_machine_without_the_font_is_told_its_package(tmp_path: Path) -> None:
    assert missing_with_fonts(tmp_path) == (["fonts-liberation"], "not found")


def test_a_machine_with_some_of_the_faces_is_told_which_are_missing(tmp_path: Path) -> None:
    installed = next(Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf"))
    faces = missing_with_fonts(tmp_path, str(installed), str(installed.with_stem("LiberationSans-Italic")))
    assert faces == (["fonts-liberation"], "without Bold, Bold Italic")


def test_a_required_library_is_compared_with_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"pandas": "3.1.1", "weasyprint": "71.0"}

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(
        doctor.metadata, "requires", lambda _: ["weasyprint==70.0", "pandas>=3", "afcharts>=1.2"]
    )
    monkeypatch.setattr(doctor.metadata, "version", version)
    assert doctor.required_libraries() == [
        Finding("afcharts", False, "not installed", 'python -m pip install "afcharts>=1.2"'),
        Finding("pandas", True, "3.1.1"),
        Finding(
            "weasyprint", False, "71.0, but ==70.0 is needed", 'python -m pip install "weasyprint==70.0"'
        ),
    ]


def test_reportgen_that_is_not_installed_is_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.metadata, "requires", requires)
    remedy = "Run `make paper` in its folder, or `python -m pip install .` there."
    assert doctor.required_libraries() == [Finding("reportgen", False, "not installed", remedy)]


def test_an_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.python_version().ok
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 12, "final", 0))
    monkeypatch.setattr(doctor.platform, "python_version", lambda: "3.10.12")
    assert doctor.python_version() == Finding("Python", False, "3.10.12", "Install Python 3.11 or later.")


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", Finding("Text encoding", True, "UTF-8")),
        (
            "ascii",
            Finding("Text encoding", True, "ascii", "Set PYTHONUTF8=1 to see pound signs and accents."),
        ),
    ],
)
def test_the_encoding_is_told_and_never_a_fault(
    monkeypatch: pytest.MonkeyPatch, encoding: str, expected: Finding
) -> None:
    with io.TextIOWrapper(io.BytesIO(), encoding=encoding) as stream:
        monkeypatch.setattr(doctor.sys, "stdout", stream)
        assert doctor.text_encoding() == expected


def test_a_folder_that_is_yet_to_be_made_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "outputs" / "deeper"
    assert doctor.writable(folder) == Finding("Outputs folder", True, str(folder))
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    file = tmp_path / "outputs"
    file.write_text("")
    assert doctor.writable(file) == Finding(
        "Outputs folder",
        False,
        f"{file}: Not a directory",
        f"Allow yourself to write to {file}, or choose another folder with --workspace.",
    )


def test_examine_tells_of_everything_in_the_order_of_the_report(tmp_path: Path) -> None:
    names = [finding.name for finding in doctor.examine(tmp_path)]
    assert names[0] == "Python"
    assert names[-5:] == [PANGO, HARFBUZZ, "Liberation Sans", "Text encoding", "Outputs folder"]
    assert names[1:-5] == [finding.name for finding in doctor.required_libraries()]
    assert doctor.examine()[-1].name == "Text encoding"


def test_report_puts_remedies_under_what_is_missing() -> None:
    findings = [
        Finding("Python", True, "3.12.1"),
        Finding("pandas", False, "not installed", 'python -m pip install "pandas>=3"'),
        Finding("Pango", False, "does not load", "sudo apt-get install --no-install-recommends a", "a"),
        Finding("Fonts", False, "not found", "sudo apt-get install --no-install-recommends b", "b"),
    ]
    assert doctor.report(findings).splitlines() == [
        "ok      Python  3.12.1",
        "MISSING pandas  not installed",
        '                python -m pip install "pandas>=3"',
        "MISSING Pango   does not load",
        "                sudo apt-get install --no-install-recommends a",
        "MISSING Fonts   not found",
        "                sudo apt-get install --no-install-recommends b",
        "3 of 4 things that reportgen needs are missing or too old.",
        "On Debian and Ubuntu: sudo apt-get install --no-install-recommends a b",
    ]


def test_report_of_a_whole_machine_ends_with_one_good_line() -> None:
    findings = [Finding("Python", True, "3.12.1"), Finding("Pango", True, "loads", package="a")]
    assert doctor.report(findings).splitlines() == [
        "ok      Python  3.12.1",
        "ok      Pango   loads",
        "Everything that reportgen needs is here.",
    ]


def test_json_holds_each_finding_whole() -> None:
    finding = Finding("Schrift “Arial”", False, "not found", "do", "pkg")
    assert json.loads(doctor.as_json([finding])) == [
        {"name": "Schrift “Arial”", "ok": False, "found": "not found", "remedy": "do", "package": "pkg"}
    ]
