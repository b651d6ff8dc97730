"""What a paper is in Dublin Core, as any archive reads it."""

from __future__ import annotations

from xml.etree import ElementTree

from reportgen.deliver.archive.entry import Paper

OAI, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
FORMATS = {"pdf": "application/pdf", "html": "text/html", "csv": "text/csv", "svg": "image/svg+xml"}


def dublin_core(paper: Paper) -> bytes:
    """A paper's description as XML: Dublin Core's elements in the container of the Open Archives Initiative."""
    ElementTree.register_namespace("oai_dc", OAI)
    ElementTree.register_namespace("dc", DC)
    root = ElementTree.Element(f"{{{OAI}}}dc")
    for name, value in _terms(paper):
        if value:
            ElementTree.SubElement(root, f"{{{DC}}}{name}").text = value
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _terms(paper: Paper) -> list[tuple[str, str]]:
    version = f"version {paper.version}" if paper.version else "draft"
    kinds = {each.file.rsplit(".", 1)[-1] for each in paper.files if each.role == "edition"}
    return [
        ("title", paper.title),
        ("creator", paper.author),
        ("publisher", paper.authority_name),
        ("contributor", paper.committee),
        ("subject", paper.subject),
        ("description", f"{paper.paper} {paper.month}, {version}, to the {paper.committee}"),
        ("date", paper.meeting_date),
        ("type", "Text"),
        *(("format", FORMATS[kind]) for kind in sorted(kinds & FORMATS.keys())),
        ("identifier", paper.reference),
        ("language", paper.language),
        ("relation", f"replaces {paper.supersedes}" if paper.supersedes else ""),
        ("coverage", paper.month),
    ]
