"""Lists of members as CSV files, and their preview and import."""

from typing import Any

import httpx

HEADER = "reference;kind;name;address;email;prm;label;subscribed_power_va;direction;valid_from"
CSV = {"content-type": "text/csv"}


def list_line(
    prm: str = "", reference: str = "M-1", *, name: str = "Lucie Brindille", first_day: str = ""
) -> str:
    point = f"{prm};École;36000;{'soutirage' if first_day else ''};{first_day}" if prm else ";;;;"
    return f'{reference};household;{name};"14 rue\n99110 Aurelle";{reference}@example.org;{point}'


def list_file(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join([header, *lines]).encode()


def list_path(operation_id: str, ending: str) -> str:
    return f"/community/operations/{operation_id}/members/{ending}"


async def preview_list(client: httpx.AsyncClient, operation_id: str, content: bytes) -> Any:  # noqa: ANN401 - JSON
    answer = await client.post(list_path(operation_id, "preview"), content=content, headers=CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ask_import(
    client: httpx.AsyncClient, operation_id: str, content: bytes, preview: str
) -> httpx.Response:
    path = list_path(operation_id, "import")
    return await client.post(path, content=content, headers=CSV, params={"preview": preview})


async def import_list(client: httpx.AsyncClient, operation_id: str, content: bytes) -> Any:  # noqa: ANN401 - JSON
    preview = (await preview_list(client, operation_id, content))["preview"]
    answer = await ask_import(client, operation_id, content, preview)
    assert answer.status_code == 200, answer.text
    return answer.json()
