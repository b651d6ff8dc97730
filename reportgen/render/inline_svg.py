"""A chart's SVG file as a piece of a page: a drawing with its name and its description, and nothing else.

In a page of its own a chart may have a style sheet and ids as it likes; within one they would reach the
whole page, and the ids of several charts would clash. What isn't known to draw is refused, so that neither
a script nor an address can come in with a chart.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
DRAWING = {"svg", "g", "defs", "clipPath", "path", "rect", "use", "text", "tspan"}
ATTRIBUTES = {
    "id", "viewBox", "d", "x", "y", "width", "height", "style", "transform", "clip-path", "version",
}  # fmt: skip
EVERYWHERE = re.compile(r"\*\{([a-z-]+: [a-z]+(?:; [a-z-]+: [a-z]+)*)\}")
OWN = re.compile(r"url\(#([\w.-]+)\)")
# An address, an escape that might hide one, or a function that might take one.
FOREIGN = re.compile(r"url\((?!#)|//|[@\\]|\b(?!url\(|(?:translate|rotate|scale|matrix)\()[\w-]+\(", re.IGNORECASE)


def inline(svg: bytes, prefix: str, title: str, description: str) -> str:
    """The SVG as an element of an HTML page, its ids beginning with `prefix`. Raises ValueError for what isn't known.

    It is read aloud as one picture, by its title and description; the words drawn in it are for the eye.
    """
    root = ET.fromstring(svg)
    inherited = _taken_style(root)
    for element in root.iter():
        _cleaned(element)
    _rename(root, prefix)
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{prefix}title {prefix}desc",
        **({"style": inherited} if inherited else {}),
    }
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        named = ET.Element(tag, {"id": f"{prefix}{tag}"})
        named.text = words
        root.insert(place, named)
    # Tags are closed by tags of their own, as an HTML page wants it.
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _taken_style(root: ET.Element) -> str:
    """What the chart's style sheet sets for all its elements, as they inherit it; the sheet is taken out."""
    found = []
    for parent in list(root.iter()):
        for sheet in parent.findall(f"{SVG}style"):
            match = EVERYWHERE.fullmatch((sheet.text or "").strip())
            if match is None:
                raise ValueError("a chart's style sheet that isn't known")
            found.append(match[1])
            parent.remove(sheet)
    return "; ".join(found)


def _cleaned(element: ET.Element) -> None:
    """Takes the names' space from an element and its links. Raises ValueError for what may not stand in a page."""
    tag = element.tag.removeprefix(SVG) if isinstance(element.tag, str) else ""
    if tag not in DRAWING:
        raise ValueError(f"<{tag}> in a chart")
    element.tag = tag
    if LINK in element.attrib:
        element.attrib["href"] = element.attrib.pop(LINK)
    if not element.attrib.get("href", "#").startswith("#"):
        raise ValueError("an address in a chart")
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES | {"href"} or FOREIGN.search(value):
            raise ValueError(f"the attribute {name} in a chart")
    # White space between elements says nothing; a page is that much smaller.
    if tag not in ("text", "tspan"):
        element.text = "\n" if len(element) else None
    element.tail = "\n" if tag != "tspan" else element.tail


def _rename(root: ET.Element, prefix: str) -> None:
    """Begins the ids that something refers to with the prefix, and takes out the others."""
    used = {each.attrib["href"][1:] for each in root.iter() if "href" in each.attrib}
    used |= {name for each in root.iter() for value in each.attrib.values() for name in OWN.findall(value)}
    for element in root.iter():
        if element.attrib.get("id") not in used:
            element.attrib.pop("id", None)
        for name, value in element.attrib.items():
            if name == "id":
                element.attrib[name] = f"{prefix}{value}"
            elif name == "href":
                element.attrib[name] = f"#{prefix}{value[1:]}"
            else:
                element.attrib[name] = OWN.sub(rf"url(#{prefix}\1)", value)
