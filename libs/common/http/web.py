"""The page, if it was built: beside the APIs, with the headers that it needs."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fastapi import FastAPI, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What a browser sees itself: documentation, calendars, the way to an issuer and back, and files
# for machines.
_NO_PAGE = re.compile(
    r"/(docs|openapi\.json|health|metrics|assets)(/|$)"
    r"|/(ingest|allocation|billing|community)/(docs|openapi\.json)(/|$)"
    r"|/community/(calendars|oidc)/"
)
_API = re.compile(r"/(ingest|allocation|billing|community|docs|openapi\.json|health|metrics)(/|$)")
_ASSETS = "/assets/"
_FOR_EVER = "public, max-age=31536000, immutable"
"""A file below assets is named by its content."""


@dataclass(frozen=True)
class Page:
    """The result of `make web`.

    index: as it was at the start. headers: of the page and of each of its files.
    """

    folder: Path
    index: bytes
    headers: Mapping[str, str]

    @classmethod
    def find(cls, name: str) -> Self | None:
        """Find the page in the folder ``name``, which may be empty.

        None: not built, or not wanted.
        """
        folder = Path(name)
        index = folder / "index.html"
        if not name or not index.exists():
            return None
        headers = json.loads((folder / "security-headers.json").read_text())
        return cls(folder, index.read_bytes(), headers)

    def read_index(self) -> bytes:
        """Return the current index: a new build removes the scripts that the old one names."""
        try:
            return (self.folder / "index.html").read_bytes()
        except FileNotFoundError:  # while it is being built
            return self.index


def add_page(app: FastAPI, page: Page) -> None:
    """Serve it wherever a browser opens an address, those of the APIs too.

    So a link in an e-mail, which uses the address of its subject in the API, opens the page.
    """
    app.frontend("/", directory=page.folder, fallback=None)
    app.add_middleware(PageForBrowsers, page=page)


def opens_page(path: str) -> bool:
    """Return whether a browser that opens the path is shown the page."""
    return not _NO_PAGE.match(path)


class PageForBrowsers:
    """ASGI middleware: the page for browsers that open an address; programs get their answers."""

    def __init__(self, app: ASGIApp, *, page: Page) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _is_opened(scope) and opens_page(scope["path"]):
            scope["route"] = _Route  # for the log and the metrics
            headers = {**self._page.headers, "cache-control": "no-cache"}
            answer = Response(self._page.read_index(), media_type="text/html", headers=headers)
            await answer(scope, receive, send)
        elif _API.match(scope["path"]):
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, self._sending(scope["path"], send))

    def _sending(self, path: str, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(self._page.headers)
                is_named_by_content = path.startswith(_ASSETS) and message["status"] == 200  # noqa: PLR2004
                headers["cache-control"] = _FOR_EVER if is_named_by_content else "no-cache"
            await send(message)

        return send_with_headers


class _Route:
    path_format = "/{page}"


def _is_opened(scope: Scope) -> bool:
    """Return whether a person opens it: a program sends a token, or accepts what it can read."""
    headers = Headers(scope=scope)
    return (
        scope["method"] in {"GET", "HEAD"}
        and "text/html" in headers.get("accept", "")
        and "authorization" not in headers
    )
