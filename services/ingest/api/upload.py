"""Reading an uploaded file without ever taking more than the limit."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.types import Message, Receive

from services.ingest.domain.problems import DeliveryTooLarge, UploadMalformed

FIELD = "file"
REQUEST_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [FIELD],
                "properties": {FIELD: {"type": "string", "format": "binary"}},
            }
        }
    },
}
"""For OpenAPI: FastAPI's own way would read the whole body before it looks at the token."""

_HEADINGS_BYTES = 16 * 1024  # of the form around the file


@dataclass(frozen=True)
class Upload:
    file_name: str
    content: bytes


async def read_upload(request: Request, *, max_bytes: int) -> Upload:
    """The one file of a multipart form. Raises DeliveryTooLarge, UploadMalformed."""
    receive = _limited(request.receive, max_bytes=max_bytes + _HEADINGS_BYTES)
    async with Request(request.scope, receive).form(max_files=1, max_fields=0) as form:
        file = form.get(FIELD)
        if file is None or isinstance(file, str):
            raise UploadMalformed(f"Send multipart/form-data with one file in the field {FIELD!r}.")
        upload = Upload(file.filename or "", await file.read())
    if len(upload.content) > max_bytes:
        raise _too_large(max_bytes)
    return upload


def _limited(receive: Receive, *, max_bytes: int) -> Receive:
    received_bytes = 0

    async def limited() -> Message:
        nonlocal received_bytes
        message = await receive()
        received_bytes += len(message.get("body", b""))
        if received_bytes > max_bytes:
            raise _too_large(max_bytes - _HEADINGS_BYTES)
        return message

    return limited


def _too_large(max_bytes: int) -> DeliveryTooLarge:
    return DeliveryTooLarge(
        f"A delivery has at most {max_bytes} bytes: compress the file or send it in parts.",
        limit_bytes=max_bytes,
    )
