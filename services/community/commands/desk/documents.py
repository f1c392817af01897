"""Keep an operation's documents, their versions, and their signatures."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid5

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.file_store import FileLost, FileStore, FilesUnavailable, IncomingFile
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.community import claims
from services.community.claims import Claimant
from services.community.commands.messages.notifications import notify
from services.community.domain.desk.documents import (
    Document,
    DocumentElsewhere,
    FileGone,
    Signature,
    SignatureState,
    SignatureUnfit,
    VersionOutdated,
    VersionUnknown,
    check_follows,
    state_of,
)
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store.desk import documents
from services.community.store.members import registry
from services.community.store.members.locks import find_member_locked
from services.community.store.messages.notifications import delete_about
from services.community.tables import DocumentRow, DocumentVersionRow

_log = structlog.get_logger(__name__)

ROOM = "community-documents"
"""The room of the file store: its files are kept as long as the operation."""


async def record_document(
    session: AsyncSession, claimant: Claimant, document: Document
) -> DocumentRow:
    """Create or update the document's description; its files come as versions.

    That it is of a member is a claim to that member (``claims``).
    Raises Forbidden, OperationUnknown, MemberUnknown, DocumentElsewhere, DocumentSigned.
    """
    await registry.get_operation(session, document.operation_id)
    if document.member_id is not None:
        await claims.check_may_enrol_members(session, claimant, [document.member_id])
        await registry.check_members_exist(session, [document.member_id])
    now = now_in(session)
    row = await documents.add_or_lock_document(
        session, document, recorded_at=now, recorded_by=claimant.subject
    )
    if row.operation_id != document.operation_id:
        raise DocumentElsewhere(f"Choose another id for a document of {document.operation_id}.")
    recorded = documents.to_document(row)
    if recorded == document:
        return row
    signatures = (await documents.map_signatures(session, [row.id])).get(row.id, ())
    if any(signature.state == SignatureState.SIGNED for signature in signatures):
        document.check_same_when_signed(recorded)
    for name, value in vars(document).items():
        setattr(row, name, value)
    row.recorded_at, row.recorded_by = now, claimant.subject
    await session.flush()
    return row


async def add_version(
    session: AsyncSession,
    operation_id: OperationId,
    document_id: UUID,
    draft: IncomingFile,
    *,
    files: FileStore,
    media_type: str,
    by: str,
) -> DocumentRow:
    """Keep a file as the next version; repeating the last one changes nothing.

    Raises DocumentUnknown.
    """
    row = await _lock_document(session, operation_id, document_id)
    # In the order in which an erasure locks them, too.
    await documents.lock_files(session, [draft.sha256])
    await files.keep(draft)
    versions = (await documents.map_versions(session, [document_id])).get(document_id, ())
    if not versions or versions[-1].sha256 != draft.sha256:
        version = DocumentVersionRow(
            document_id=document_id,
            number=len(versions) + 1,
            sha256=draft.sha256,
            media_type=media_type,
            byte_count=draft.byte_count,
            uploaded_at=now_in(session),
            uploaded_by=by,
        )
        await documents.add_version(session, version)
    return row


async def read_file(files: FileStore, sha256: str) -> bytes:
    """Raises FileGone, FilesUnavailable."""
    try:
        async with files.reading(sha256) as file:
            return await asyncio.to_thread(file.read)
    except FileLost as error:
        _log.error("the file of a document is lost", sha256=sha256)
        raise FileGone from error
    except OSError as error:
        raise FilesUnavailable("The store of files does not answer: ask again soon.") from error


async def record_signature(
    session: AsyncSession,
    operation_id: OperationId,
    document_id: UUID,
    signature: Signature,
    *,
    by: str,
) -> DocumentRow:
    """Note that a version was sent, signed or declined; repeating it changes nothing.

    Raises DocumentUnknown, VersionUnknown, SignatureUnfit.
    """
    row = await _lock_document(session, operation_id, document_id)
    versions = (await documents.map_versions(session, [document_id])).get(document_id, ())
    if signature.version > len(versions):
        raise VersionUnknown(f"The document has {len(versions)} version(s).")
    signatures = (await documents.map_signatures(session, [document_id])).get(document_id, ())
    if signature not in signatures:
        await _add_signature(session, row, signatures, signature, by=by)
    return row


async def sign_by_click(
    session: AsyncSession,
    operation_id: OperationId,
    document_id: UUID,
    *,
    member_id: UUID,
    by: str,
    sha256: str,
) -> DocumentRow:
    """Sign, as the member and dated today, the version sent to them; repeating it changes nothing.

    sha256: of the version that they read, which must be the last one.
    Raises DocumentUnknown, VersionOutdated, SignatureUnfit.
    """
    row = await _lock_document(session, operation_id, document_id, Scope.about(member_id))
    versions = (await documents.map_versions(session, [document_id])).get(document_id, ())
    if not versions or versions[-1].sha256 != sha256:
        raise VersionOutdated(
            f"The last version is number {len(versions)}: read that one, and sign it.",
            version=len(versions),
        )
    signatures = (await documents.map_signatures(session, [document_id])).get(document_id, ())
    state = state_of(signatures, len(versions))
    if state == SignatureState.SIGNED:
        return row
    if state == SignatureState.DRAFT:
        raise SignatureUnfit("The version was not sent to you to be signed yet.")
    member = await registry.get_member(session, member_id)
    signature = Signature(
        version=len(versions),
        state=SignatureState.SIGNED,
        day=today_in(session),
        party=member.name,
    )
    await _add_signature(session, row, signatures, signature, by=by)
    return row


async def _lock_document(
    session: AsyncSession,
    operation_id: OperationId,
    document_id: UUID,
    scope: Scope = EVERYTHING,
) -> DocumentRow:
    """Return the document, locked after its member. Raises DocumentUnknown."""
    row = await documents.get_document(session, operation_id, document_id, scope)
    if row.member_id is not None:
        await find_member_locked(session, row.member_id)
    return await documents.get_document(session, operation_id, document_id, scope, lock=True)


async def _add_signature(
    session: AsyncSession,
    row: DocumentRow,
    signatures: Sequence[Signature],
    signature: Signature,
    *,
    by: str,
) -> None:
    """Add a signature and notify the member whose turn it is. Raises SignatureUnfit."""
    check_follows(signatures, signature, today=today_in(session))
    await documents.add_signature(
        session, row.id, signature, recorded_at=now_in(session), recorded_by=by
    )
    if signature.state != SignatureState.SENT:
        await _take_back_to_sign(session, row, signature.version)
    elif row.member_id is not None:
        await _notify_to_sign(session, row, row.member_id, signature.version)


async def _notify_to_sign(
    session: AsyncSession, row: DocumentRow, member_id: UUID, version: int
) -> None:
    operation = await registry.get_operation(session, row.operation_id)
    notification = Notification(
        kind=NotificationKind.DOCUMENT_TO_SIGN,
        about_id=_version_id(row, version),
        operation_id=row.operation_id,
        facts={"title": row.title, "operation_name": operation.name},
        link=f"/community/operations/{row.operation_id}/documents/{row.id}",
    )
    await notify(session, notification, [member_id])


async def _take_back_to_sign(session: AsyncSession, row: DocumentRow, version: int) -> None:
    """Remove the notifications to sign these versions, now signed or declined."""
    for number in range(1, version + 1):
        await delete_about(session, NotificationKind.DOCUMENT_TO_SIGN, _version_id(row, number))


def _version_id(row: DocumentRow, version: int) -> UUID:
    return uuid5(row.id, f"version {version}")
