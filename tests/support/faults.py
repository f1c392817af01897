"""What goes wrong at the faked servers of other companies."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response


@dataclass(frozen=True)
class Fault:
    """What the next call gets instead of its answer; taken: though what was asked is done."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: bool = False  # the true answer, but for its second half
    silent: bool = False  # no answer, for as long as the caller waits
    taken: bool = False


def json_answer(body: Mapping[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json")


async def faulty_answer(fault: Fault, request: Request, true_body: bytes | memoryview) -> Response:
    while fault.silent and not await request.is_disconnected():
        await asyncio.sleep(0.02)
    body = bytes(true_body)
    if fault.cut:
        body = body[: len(body) // 2]
    return Response(
        body if fault.body is None else fault.body,
        status_code=fault.status,
        headers=dict(fault.headers),
        media_type="application/json",
    )
