"""Givens: small files of each kind, and signed documents."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from libs.common.database import Database
from services.community.workers import remind_of_documents
from tests.community.coop import put, today


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
FILES: Mapping[str, bytes] = {
    "application/pdf": PDF,
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "application/vnd.oasis.opendocument.text": _zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _zipped(
        {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}
    ),
}
"""By media type."""
OTHER_ZIP = _zipped({"readings.csv": b"prm;power"})


def document_body(member_id: str | None, **changes: object) -> dict[str, Any]:
    kind = "convention" if member_id is None else "participation_agreement"
    body = {"kind": kind, "title": "Accord de participation", "member_id": member_id}
    return body | {"valid_from": "2026-01-01", "valid_to": None} | changes


def signature_body(**changes: object) -> dict[str, Any]:
    body = {"version": 1, "state": "signed", "day": str(today()), "party": "Lucie Brindille"}
    return body | changes


async def given_document(
    client: httpx.AsyncClient, operation_id: str, member_id: str | None, **changes: object
) -> str:
    """The path of a new document without a version."""
    path = f"/operations/{operation_id}/documents/{uuid4()}"
    await put(client, path, document_body(member_id, **changes))
    return f"/community{path}"


async def send(client: httpx.AsyncClient, document: str, content: bytes = PDF) -> httpx.Response:
    headers = {"content-type": "application/octet-stream"}
    return await client.post(f"{document}/versions", content=content, headers=headers)


async def given_signed(
    client: httpx.AsyncClient, operation_id: str, member_id: str | None, **changes: object
) -> str:
    """The path of a new document that is signed."""
    document = await given_document(client, operation_id, member_id, **changes)
    assert (await send(client, document)).status_code == 200
    answer = await client.post(f"{document}/signatures", json=signature_body(day="2025-12-01"))
    assert answer.status_code == 200, answer.text
    return document


async def remind_of_papers(database: Database, *, public_url: str = "") -> None:
    """Of all that end soon; what the platform's own worker has in hand is told then, too."""
    await remind_of_documents(database, public_url=public_url)
    await until_in_nobodys_hands(database, "document")


async def until_in_nobodys_hands(database: Database, table: str) -> None:
    """Whoever reminds passes over the rows that another process has locked."""
    async with database.transaction() as session:
        await session.execute(text(f"SELECT 1 FROM {table} FOR SHARE"))
