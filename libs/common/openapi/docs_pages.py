"""The pages for reading and trying an API: Swagger UI, without the internet.

FastAPI's own pages load it from elsewhere, so they are blank on a machine without the internet, and
reveal their visitors to another company. The package fastapi-offline carries the same files.
"""

import base64
import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse

_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_PARAMETERS = {
    "validatorUrl": None,  # otherwise it may contact a foreign host
    "docExpansion": "none",  # community alone would be 24,000 pixels high
    "filter": True,
    "persistAuthorization": True,  # a token ends after minutes; a reload must not end it sooner
}


def add_docs_page(app: FastAPI, prefix: str, *, title: str) -> None:
    """Add PREFIX/docs, which shows PREFIX/openapi.json, with its files below it."""

    @app.get(f"{prefix}/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url=f"{prefix}/openapi.json",
            title=title,
            swagger_js_url=f"{prefix}/docs/swagger-ui-bundle.js",
            swagger_css_url=f"{prefix}/docs/swagger-ui.css",
            swagger_favicon_url=f"{prefix}/docs/favicon.png",
            swagger_ui_parameters=_PARAMETERS,
        )
        page.headers["content-security-policy"] = _policy(bytes(page.body))
        return page

    for name in _FILES:
        _add_file(app, f"{prefix}/docs/{name}", name)


def _policy(page: bytes) -> str:
    """Return the policy for the page's inline script, its files, and the requests tried there."""
    (inline_script,) = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline_script).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _add_file(app: FastAPI, path: str, name: str) -> None:
    @app.get(path, include_in_schema=False)
    async def file() -> FileResponse:
        headers = {"Cache-Control": "public, max-age=86400"}
        return FileResponse(_folder() / name, media_type=_FILES[name], headers=headers)


@cache
def _folder() -> Path:
    # Found, not imported: we need its files only.
    spec = importlib.util.find_spec("fastapi_offline")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "static"
