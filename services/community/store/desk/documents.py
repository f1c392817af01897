"""Queries of documents, their versions and signatures."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.scoped import is_about
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.desk.documents import (
    Document,
    DocumentKind,
    DocumentUnknown,
    Signature,
    SignatureState,
)
from services.community.tables import (
    DocumentReminderRow,
    DocumentRow,
    DocumentSignatureRow,
    DocumentVersionRow,
    EnrolmentRow,
    ParticipationRow,
)

IS_SIGNED = (
    select(DocumentSignatureRow.document_id)
    .where(
        DocumentSignatureRow.document_id == DocumentRow.id,
        DocumentSignatureRow.state == SignatureState.SIGNED,
    )
    .exists()
)
"""Whether a version of the document was signed."""


async def add_or_lock_document(
    session: AsyncSession, document: Document, *, recorded_at: datetime, recorded_by: str
) -> DocumentRow:
    """Return the document's row, locked; a new one is as described."""
    await lock_names(session, "document", [document.id])
    row = await session.get(DocumentRow, document.id, populate_existing=True, with_for_update=True)
    if row is None:
        row = DocumentRow(**asdict(document), recorded_at=recorded_at, recorded_by=recorded_by)
        session.add(row)
        await session.flush()
    return row


async def get_document(
    session: AsyncSession,
    operation_id: OperationId,
    document_id: UUID,
    scope: Scope = EVERYTHING,
    *,
    lock: bool = False,
) -> DocumentRow:
    """Raises DocumentUnknown, also for one that is not in the scope."""
    row = await session.get(
        DocumentRow,
        document_id,
        populate_existing=lock,
        with_for_update={"key_share": True} if lock else None,
    )
    if row is None or row.operation_id != operation_id or not scope.has_member(row.member_id):
        raise DocumentUnknown
    return row


async def list_documents(
    session: AsyncSession,
    operation_id: OperationId,
    scope: Scope,
    *,
    after: UUID | None,
    limit: int,
) -> Sequence[DocumentRow]:
    """In order of id."""
    query = select(DocumentRow).where(
        DocumentRow.operation_id == operation_id, is_about(DocumentRow.member_id, scope)
    )
    if after is not None:
        query = query.where(DocumentRow.id > after)
    return (await session.scalars(query.order_by(DocumentRow.id).limit(limit))).all()


async def is_member_known(
    session: AsyncSession, operation_id: OperationId, member_id: UUID
) -> bool:
    """Return whether the member ever took part, or has a document or enrolment there."""
    queries = [
        select(row.member_id).where(row.operation_id == operation_id, row.member_id == member_id)
        for row in (ParticipationRow, DocumentRow, EnrolmentRow)
    ]
    return bool(await session.scalar(select(or_(*(query.exists() for query in queries)))))


async def map_versions(
    session: AsyncSession, document_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[DocumentVersionRow]]:
    """Return the versions by number, from 1 on."""
    row = DocumentVersionRow
    query = select(row).where(row.document_id.in_(document_ids)).order_by(row.number)
    versions = defaultdict[UUID, list[DocumentVersionRow]](list)
    for version in await session.scalars(query):
        versions[version.document_id].append(version)
    return versions


async def add_version(session: AsyncSession, version: DocumentVersionRow) -> None:
    session.add(version)
    await session.flush()


async def lock_files(session: AsyncSession, files: Collection[str]) -> None:
    """Keep others from storing or removing files of these hashes until the transaction ends."""
    await lock_names(session, "document file", files)


async def map_signatures(
    session: AsyncSession, document_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[Signature]]:
    """In the order of recording."""
    row = DocumentSignatureRow
    query = select(row).where(row.document_id.in_(document_ids))
    signatures = defaultdict[UUID, list[Signature]](list)
    for signature_row in await session.scalars(query.order_by(row.version, row.recorded_at)):
        signatures[signature_row.document_id].append(
            Signature(
                version=signature_row.version,
                state=SignatureState(signature_row.state),
                day=signature_row.day,
                party=signature_row.party,
            )
        )
    return signatures


async def add_signature(
    session: AsyncSession,
    document_id: UUID,
    signature: Signature,
    *,
    recorded_at: datetime,
    recorded_by: str,
) -> None:
    session.add(
        DocumentSignatureRow(
            document_id=document_id,
            **asdict(signature),
            recorded_at=recorded_at,
            recorded_by=recorded_by,
        )
    )
    await session.flush()


async def list_kinds_in_force(
    session: AsyncSession, operation_id: OperationId, member_id: UUID, day: date
) -> set[DocumentKind]:
    """Return the kinds of which the member has a signed document valid on that day."""
    query = select(DocumentRow.kind).where(
        DocumentRow.operation_id == operation_id,
        DocumentRow.member_id == member_id,
        DocumentRow.valid_from <= day,
        or_(DocumentRow.valid_to.is_(None), DocumentRow.valid_to > day),
        IS_SIGNED,
    )
    return {DocumentKind(kind) for kind in await session.scalars(query.distinct())}


async def delete_unsigned(session: AsyncSession, member_id: UUID) -> Sequence[str]:
    """Delete the member's documents of which no version was ever signed.

    Returns the files that no other document has, by their sha256; nobody else gets one of these
    before the end of the transaction.
    """
    version, signature = DocumentVersionRow, DocumentSignatureRow
    is_of_member = DocumentRow.member_id == member_id
    # Wait for concurrent signatures; only then is it certain which documents are signed.
    await session.execute(select(DocumentRow.id).where(is_of_member).with_for_update())
    document_ids = (
        await session.scalars(select(DocumentRow.id).where(is_of_member, ~IS_SIGNED))
    ).all()
    await session.execute(delete(signature).where(signature.document_id.in_(document_ids)))
    deletion = delete(version).where(version.document_id.in_(document_ids))
    files = set(await session.scalars(deletion.returning(version.sha256)))
    reminder = DocumentReminderRow
    await session.execute(delete(reminder).where(reminder.document_id.in_(document_ids)))
    await session.execute(delete(DocumentRow).where(DocumentRow.id.in_(document_ids)))
    await lock_files(session, files)
    elsewhere = select(version.sha256).where(version.sha256.in_(files))
    return sorted(files - set(await session.scalars(elsewhere)))


def to_document(row: DocumentRow) -> Document:
    return Document(
        id=row.id,
        operation_id=row.operation_id,
        kind=DocumentKind(row.kind),
        title=row.title,
        member_id=row.member_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
