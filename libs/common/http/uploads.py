"""Bodies that are files: written to disk as they come."""

import asyncio

from starlette.requests import Request

from libs.common.file_store import IncomingFile

WRITTEN_AT_ONCE_BYTES = 1024 * 1024
"""Each written piece costs a change of thread."""


async def write_body(request: Request, draft: IncomingFile) -> None:
    """Write the body to a draft; the route limits it (``body_limits.takes``).

    Raises FilesUnavailable.
    """
    waiting = bytearray()
    async for piece in request.stream():
        waiting += piece
        if len(waiting) >= WRITTEN_AT_ONCE_BYTES:
            await asyncio.to_thread(draft.write, bytes(waiting))
            waiting.clear()
    await asyncio.to_thread(draft.write, bytes(waiting))
