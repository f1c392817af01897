"""Clients that mean harm: bodies without end, bodies that trickle, and requests without end."""

import asyncio
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import count, cycle
from typing import TypeAlias

import uvloop

_PIECE = b" " * 65_536
_LARGE_PIECES = 2400  # 150 MiB
_SURPRISES = json.dumps({f"{number:05}": 1 for number in range(5_000)}).encode()
_ANYBODYS = "POST /community/log-in-links"
_CALLERS = "PUT /community/operations/ACC00000101"

Statuses: TypeAlias = Counter[str]
_Kind: TypeAlias = Callable[["Target", int], Coroutine[None, None, str]]


class Target:
    """A service at a port of this machine, and the token of a known user."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token

    async def open(
        self, route: str, *headers: str, is_known: bool = False
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection on which the head of a request has been sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        head = [f"{route} HTTP/1.1", "host: x", "content-type: application/json", *headers]
        if is_known:
            head.append(f"authorization: Bearer {self._token}")
        writer.write("\r\n".join([*head, "", ""]).encode())
        return reader, writer


async def _send_large(target: Target, number: int) -> str:
    """Send 150 MiB in pieces, without announcing their number."""
    is_known = bool(number % 2)
    route = _CALLERS if is_known else _ANYBODYS
    reader, writer = await target.open(route, "transfer-encoding: chunked", is_known=is_known)
    answer = asyncio.create_task(reader.readline())
    piece = b"%x\r\n%s\r\n" % (len(_PIECE), _PIECE)
    try:
        for _ in range(_LARGE_PIECES):
            if answer.done():
                break
            writer.write(piece)
            await writer.drain()
        return _status(await answer)
    finally:
        answer.cancel()
        writer.close()


async def _send_slowly(target: Target, number: int) -> str:
    """Send nearly the limit, and then a byte a second."""
    is_known = bool(number % 2)
    route, byte_count = (_CALLERS, 1_000_000) if is_known else (_ANYBODYS, 60_000)
    reader, writer = await target.open(
        route, f"content-length: {byte_count + 5_000}", is_known=is_known
    )
    answer = asyncio.create_task(reader.readline())
    try:
        writer.write(b" " * byte_count)
        while not answer.done():
            await writer.drain()
            await asyncio.wait([answer], timeout=1)
            writer.write(b" ")
        return _status(await answer)
    finally:
        answer.cancel()
        writer.close()


async def _send_another(target: Target, number: int) -> str:
    """Send five thousand unknown fields, or an invalid token."""
    if number % 2:
        reader, writer = await target.open("GET /community/me", "authorization: Bearer x")
    else:
        reader, writer = await target.open(_ANYBODYS, f"content-length: {len(_SURPRISES)}")
        writer.write(_SURPRISES)
    try:
        return _status(await reader.readline())
    finally:
        writer.close()


def _status(line: bytes) -> str:
    return line.split()[1].decode() if line else "closed"


_ATTACKS: dict[str, _Kind] = {
    "large": _send_large,
    "slow": _send_slowly,
    "many": _send_another,
}


async def attack(target: Target, *, clients: int, seconds: float) -> dict[str, Statuses]:
    """Run ``_attack`` in a process of its own: it would keep this one from measuring others."""
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning) as pool:
        return await asyncio.get_running_loop().run_in_executor(
            pool, _attack_here, target, clients, seconds
        )


def _attack_here(target: Target, clients: int, seconds: float) -> dict[str, Statuses]:
    return uvloop.run(_attack(target, clients=clients, seconds=seconds))


async def _attack(target: Target, *, clients: int, seconds: float) -> dict[str, Statuses]:
    """Attack with this many at once, a third of each kind, each again as soon as it is answered.

    Returns how often each kind was answered by what; a closed connection counts as `closed`.
    """
    until_s = time.monotonic() + seconds
    statuses: dict[str, Statuses] = {kind: Counter() for kind in _ATTACKS}
    kinds: Iterator[str] = cycle(_ATTACKS)
    async with asyncio.TaskGroup() as group:
        for first, kind in zip(range(clients), kinds, strict=False):
            group.create_task(_go_on(target, kind, first, statuses[kind], until_s=until_s))
    return statuses


async def _go_on(
    target: Target, kind: str, first: int, statuses: Statuses, *, until_s: float
) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(until_s - time.monotonic()):
            for number in count(first // len(_ATTACKS)):
                try:
                    statuses[await _ATTACKS[kind](target, number)] += 1
                except (
                    OSError,
                    RuntimeError,
                ):  # uvloop's, of a connection that was closed meanwhile
                    statuses["closed"] += 1
