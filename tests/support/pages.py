"""Lists that are read page by page."""

from typing import Any

import httpx


async def read_pages(
    client: httpx.AsyncClient,
    url: str,
    *,
    limit: int,
    key: str = "id",
    cursor: str = "after",
    **params: str,
) -> list[list[Any]]:
    """Page after page, each from the key of the last row of the one before; the last is shorter."""
    pages: list[list[Any]] = []
    while not pages or len(pages[-1]) == limit:
        begin = {cursor: pages[-1][-1][key]} if pages else {}
        answer = await client.get(url, params={"limit": str(limit), **params, **begin})
        assert answer.status_code == 200, answer.text
        pages.append(answer.json())
    return pages


async def read_all(
    client: httpx.AsyncClient, url: str, *, key: str = "id", **params: str
) -> list[Any]:
    """The whole list, however many pages it has."""
    pages = await read_pages(client, url, limit=1000, key=key, **params)
    return [row for page in pages for row in page]
