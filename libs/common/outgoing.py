"""HTTP clients of the platform, to its own services and to other companies; all share one TLS."""

import ssl
from collections.abc import Mapping
from functools import cache

import httpx


def open_client(
    *,
    silence_s: float,
    base_url: str = "",
    headers: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Open a client that checks certificates and identifies us.

    silence_s: how long the other side may take to connect, and to send the next part of its answer.
    """
    return httpx.AsyncClient(
        base_url=base_url,
        headers={"User-Agent": "elocoop", **(headers or {})},
        timeout=silence_s,
        transport=transport,
        verify=shared_tls(),
    )


@cache
def shared_tls() -> ssl.SSLContext:
    """Create it once per process: it reads all authorities' certificates, in the event loop.

    Otherwise httpx creates one with each client, even for plain HTTP on the loopback.
    """
    return httpx.create_ssl_context()


async def ask(url: str) -> None:
    """Return when the address answers with success. Raises httpx.HTTPError."""
    async with open_client(silence_s=5) as client:
        (await client.get(url)).raise_for_status()
