"""Hands the renderer the files of one paper, and nothing else."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE_URL = "https://reportgen.invalid/"
# Pictures that the page carries in itself; what a picture refers to comes through here again.
IMAGE_DATA = re.compile(r"data:image/(png|jpeg|svg\+xml)[;,]", re.IGNORECASE)
# Only the types that Python knows: the machine's own list would make the answer depend on the machine.
TYPES = mimetypes.MimeTypes()


class ResourceFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Serves `resources` by name under BASE_URL, and image data; adds what it refused to `refused`."""

    def __init__(self, resources: Mapping[str, bytes], refused: list[str]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._resources = resources
        self.refused = refused

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The file's bytes with their type. Raises ValueError where the address is refused."""
        if IMAGE_DATA.match(url):
            return super().fetch(url, headers)
        name = resource_name(url)
        if name is None or name not in self._resources:
            refusal = f"{_shortened(url)} was refused: {_reason(name)}"
            # An error inside an SVG is swallowed by WeasyPrint, so that raising alone would go unnoticed.
            self.refused.append(refusal)
            raise ValueError(refusal)
        kind = TYPES.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._resources[name], {"Content-Type": kind})


def resource_name(url: str) -> str | None:
    """The name of the file that an address under BASE_URL stands for; None for any other address."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}/" != BASE_URL or parts.query:
        return None
    return unquote(parts.path).removeprefix("/")


def _reason(name: str | None) -> str:
    if name is None:
        return "only the paper's own files may be used"
    return f'the paper has no file "{name}"'


def _shortened(url: str) -> str:
    return url if len(url) <= 100 else f"{url[:100]}…"
