"""Files of documents and materials: taken as they come, known by their content."""

import asyncio
from io import SEEK_END
from typing import BinaryIO

from fastapi import Request

from libs.common.file_store import Draft
from libs.common.uploads import write_body
from services.community.domain.documents import MAX_BYTES, DocumentTooLarge, media_type_of

_LOOKED_AT_BYTES = 64 * 1024


async def receive(request: Request, draft: Draft) -> str:
    """Write the file of a request to a draft; returns its media type.

    Raises DocumentTooLarge, MediaTypeUnknown, FilesUnavailable.
    """
    too_large = DocumentTooLarge(DocumentTooLarge.example_detail)
    await write_body(request, draft, max_bytes=MAX_BYTES, too_large=too_large)
    return await asyncio.to_thread(_media_type, draft.file)


def _media_type(file: BinaryIO) -> str:
    size = file.seek(0, SEEK_END)
    file.seek(0)
    head = file.read(_LOOKED_AT_BYTES)
    file.seek(max(0, size - _LOOKED_AT_BYTES))
    return media_type_of(head, file.read())
