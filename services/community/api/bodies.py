"""Bodies that are files: read as they come, and never more than the limit."""

from fastapi import Request

from libs.common.errors import Problem


async def read_body(request: Request, *, max_bytes: int, too_large: type[Problem]) -> bytes:
    """Raises the problem that is given, with its own example as its detail."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > max_bytes:
            raise too_large(too_large.example_detail)
    return bytes(content)
