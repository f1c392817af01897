"""Queries of declarations to the DSO."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from libs.common.database import lock_names
from libs.common.ids import OperationId
from services.community.domain.enrolments.declarations import DeclarationUnknown
from services.community.tables import (
    DeclarationDownloadRow,
    DeclarationLineRow,
    DeclarationRow,
    EnrolmentRow,
)


async def find_declaration_to_make(
    session: AsyncSession, declaration_id: UUID
) -> DeclarationRow | None:
    """Return it, of whatever operation; two callers that make the same one take turns."""
    await lock_names(session, "declaration", [declaration_id])
    return await session.get(DeclarationRow, declaration_id)


async def get_declaration(
    session: AsyncSession, operation_id: OperationId, declaration_id: UUID
) -> DeclarationRow:
    """Raises DeclarationUnknown."""
    row = await session.get(DeclarationRow, declaration_id)
    if row is None or row.operation_id != operation_id:
        raise DeclarationUnknown
    return row


async def list_declarations(
    session: AsyncSession, operation_id: OperationId, *, after: UUID | None, limit: int
) -> Sequence[DeclarationRow]:
    """In order of id, without their content."""
    query = select(DeclarationRow).where(DeclarationRow.operation_id == operation_id)
    if after is not None:
        query = query.where(DeclarationRow.id > after)
    ordered = query.order_by(DeclarationRow.id).limit(limit)
    return (await session.scalars(ordered.options(defer(DeclarationRow.content)))).all()


async def add_declaration(
    session: AsyncSession, row: DeclarationRow, lines: Sequence[DeclarationLineRow]
) -> None:
    session.add(row)
    await session.flush()
    session.add_all(lines)
    await session.flush()


async def map_lines(
    session: AsyncSession, declaration_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[DeclarationLineRow]]:
    row = DeclarationLineRow
    query = select(row).where(row.declaration_id.in_(declaration_ids)).order_by(row.enrolment_id)
    lines = defaultdict[UUID, list[DeclarationLineRow]](list)
    for line in await session.scalars(query):
        lines[line.declaration_id].append(line)
    return lines


async def list_members(session: AsyncSession, declaration_id: UUID) -> Sequence[UUID]:
    """List members whose entries and exits it declares."""
    line, enrolment = DeclarationLineRow, EnrolmentRow
    query = select(enrolment.member_id).join(line, line.enrolment_id == enrolment.id).distinct()
    return (await session.scalars(query.where(line.declaration_id == declaration_id))).all()


async def map_downloads(
    session: AsyncSession, declaration_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[DeclarationDownloadRow]]:
    """In the order of the downloads."""
    row = DeclarationDownloadRow
    query = select(row).where(row.declaration_id.in_(declaration_ids)).order_by(row.number)
    downloads = defaultdict[UUID, list[DeclarationDownloadRow]](list)
    for download in await session.scalars(query):
        downloads[download.declaration_id].append(download)
    return downloads


async def add_download(
    session: AsyncSession, declaration_id: UUID, *, at: datetime, by: str
) -> int:
    """Return the number of the download, from 1 on."""
    await lock_names(session, "declaration", [declaration_id])
    downloads = (await map_downloads(session, [declaration_id])).get(declaration_id, ())
    row = DeclarationDownloadRow(
        declaration_id=declaration_id, number=len(downloads) + 1, downloaded_at=at, downloaded_by=by
    )
    session.add(row)
    await session.flush()
    return row.number
