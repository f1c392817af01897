"""Receives files of documents and materials, and recognises them by their content."""

import asyncio
from io import SEEK_END
from typing import BinaryIO

from fastapi import Request

from libs.common.file_store import IncomingFile
from libs.common.http.uploads import write_body
from services.community.domain.desk.documents import media_type_of

ADVICE = "Send it with pictures of a lower resolution."
_LOOKED_AT_BYTES = 64 * 1024


async def receive(request: Request, draft: IncomingFile) -> str:
    """Write the file of a request to a draft; return its media type.

    Raises MediaTypeUnknown, FilesUnavailable.
    """
    await write_body(request, draft)
    return await asyncio.to_thread(_media_type, draft.file)


def _media_type(file: BinaryIO) -> str:
    size = file.seek(0, SEEK_END)
    file.seek(0)
    head = file.read(_LOOKED_AT_BYTES)
    file.seek(max(0, size - _LOOKED_AT_BYTES))
    return media_type_of(head, file.read())
