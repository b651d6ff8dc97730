"""What makes one PDF both PDF/UA-1, which everyone can read, and PDF/A-3a, which lasts; and what is attached to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

import pydyf

VARIANT = "pdf/a-3a"  # WeasyPrint writes one variant; the other is declared beside it
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
UA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
PREFIXES = {"pdfuaid": UA, "pdfaExtension": EXTENSION, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY}
# ISO 19005-3, 6.8: data that the paper shows, as opposed to its source or another form of it.
RELATIONSHIP = "Data"


def declare_both(metadata: Any) -> None:
    """Nothing: the document's metadata will declare PDF/UA-1 beside what WeasyPrint declares.

    PDF/A takes no property that it doesn't know without a schema that describes it (ISO 19005-3, 6.6.2.3).
    """
    for prefix, name in PREFIXES.items():
        register_namespace(prefix, name.strip("{}"))
    generate = metadata.generate_rdf_metadata

    def both(variant: str, version: int, conformance: str | None) -> bytes:
        rdf = fromstring(generate(variant, version, conformance))
        _described(rdf).set(f"{{{UA}}}part", "1")
        _describe(rdf)
        if metadata.lang:
            _list(rdf, "language", metadata.lang)
        if metadata.created:
            _list(rdf, "date", metadata.created[:10], "Seq")
        return bytes(tostring(rdf, encoding="utf-8"))

    metadata.generate_rdf_metadata = both


def _described(rdf: Element) -> Element:
    return SubElement(rdf, f"{RDF}Description", {f"{RDF}about": ""})


def _list(rdf: Element, name: str, text: str, kind: str = "Bag") -> None:
    """Add a list of one to the properties of Dublin Core, which knows most of them as lists."""
    SubElement(SubElement(SubElement(_described(rdf), f"{DC}{name}"), f"{RDF}{kind}"), f"{RDF}li").text = text


def _describe(rdf: Element) -> None:
    """Add the schema that describes the property by which a PDF says that it is PDF/UA."""
    schemas = SubElement(_described(rdf), f"{EXTENSION}schemas")
    schema = SubElement(SubElement(schemas, f"{RDF}Bag"), f"{RDF}li", {f"{RDF}parseType": "Resource"})
    for name, text in (("schema", "PDF/UA identification schema"), ("namespaceURI", UA), ("prefix", "pdfuaid")):
        SubElement(schema, f"{SCHEMA}{name}").text = text
    properties = SubElement(SubElement(schema, f"{SCHEMA}property"), f"{RDF}Seq")
    described = SubElement(properties, f"{RDF}li", {f"{RDF}parseType": "Resource"})
    said = {
        "name": "part", "valueType": "Integer", "category": "internal",
        "description": "Part of ISO 14289 that the document conforms to",
    }  # fmt: skip
    for name, text in said.items():
        SubElement(described, f"{PROPERTY}{name}").text = text


def made(metadata: Any) -> dt.datetime:
    """When a document says that it was made; the start of 1970 where it doesn't say."""
    return dt.datetime.fromisoformat(metadata.created or "1970-01-01T00:00:00Z")


def attachments(files: Mapping[str, bytes], made: dt.datetime) -> list[Any]:
    """The files as WeasyPrint attaches them, in order of name, all of one time, each with its relation to the paper."""
    from weasyprint import Attachment

    return [
        Attachment(
            string=content, name=name, description=_description(name), created=made, modified=made,
            relationship=RELATIONSHIP,
        )
        for name, content in sorted(files.items())
    ]  # fmt: skip


def _description(name: str) -> str:
    """What an attached file is, for whoever lists them."""
    folder, _, last = name.rpartition("/")
    what = "The data of a table or chart" if folder == "tables" else "The figures of the paper"
    return f"{what} ({last})"


def declare_once(pdf: Any) -> None:
    """Nothing: each attached file is named once among those associated with the document; WeasyPrint names it twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
