"""Writes an uploaded file to disk while it arrives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from fastapi import HTTPException, Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from libs.common.file_store import IncomingFile
from libs.common.http.uploads import WRITTEN_AT_ONCE_BYTES, write_body
from services.ingest.domain.problems import UploadMalformed

FIELD = "file"
NAME_HEADER = "X-File-Name"
_BODY = "application/octet-stream"
REQUEST_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [FIELD],
                "properties": {FIELD: {"type": "string", "format": "binary"}},
            }
        },
        _BODY: {"schema": {"type": "string", "format": "binary"}},
    },
}
"""For OpenAPI: FastAPI's own way would read the whole body before it looks at the token."""

_FORM = "multipart/form-data"


async def read_upload(request: Request, draft: IncomingFile) -> str:
    """Write the file of a request to a draft; return the name that its sender gave it.

    The request is a form with one file, or the file itself as application/octet-stream, which is
    twice as fast for large ones. Raises UploadMalformed.
    """
    if _content_type(request) == _BODY:
        await write_body(request, draft)
        return request.headers.get(NAME_HEADER, "")
    async with _form(request) as form:
        file = form.get(FIELD)
        if file is None or isinstance(file, str):
            raise UploadMalformed(
                f"Send multipart/form-data with one file in the field {FIELD!r}, or the file "
                f"itself as {_BODY} with its name in the header {NAME_HEADER}."
            )
        # Starlette has put it into a file of its own, unless memory has room for it.
        await asyncio.to_thread(_copy, file.file, draft)
        return file.filename or ""


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


class _Parser(MultiPartParser):
    """Keeps a file of a month in memory; to write one to disk changes threads for each 64 KiB."""

    spool_max_size = 8 * 1024**2


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    """As ``Request.form`` of one file; empty if the request is no such form."""
    if _content_type(request) != _FORM:
        yield FormData()
        return
    async with aclosing(request.stream()) as stream:
        try:
            form = await _Parser(request.headers, stream, max_files=1, max_fields=0).parse()
        except MultiPartException as error:
            # No cause of ours, as Starlette has it: the form is at fault.
            raise HTTPException(400, error.message) from None
    try:
        yield form
    finally:
        await form.close()


def _copy(file: Any, draft: IncomingFile) -> None:  # noqa: ANN401 - python-multipart's, untyped
    while piece := file.read(WRITTEN_AT_ONCE_BYTES):
        draft.write(piece)
