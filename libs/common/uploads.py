"""Bodies that are files: taken as they come, and never more than the limit."""

import asyncio

from starlette.requests import Request

from libs.common.errors import Problem
from libs.common.file_store import Draft

WRITTEN_AT_ONCE_BYTES = 1024 * 1024
"""Each piece that is written costs a change of thread."""


async def read_body(request: Request, *, max_bytes: int, too_large: Problem) -> bytes:
    """Raises too_large."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > max_bytes:
            raise too_large
    return bytes(content)


async def write_body(request: Request, draft: Draft, *, max_bytes: int, too_large: Problem) -> None:
    """Raises too_large, FilesUnavailable."""
    waiting = bytearray()
    async for piece in request.stream():
        waiting += piece
        if draft.byte_count + len(waiting) > max_bytes:
            raise too_large
        if len(waiting) >= WRITTEN_AT_ONCE_BYTES:
            await asyncio.to_thread(draft.write, bytes(waiting))
            waiting.clear()
    await asyncio.to_thread(draft.write, bytes(waiting))
