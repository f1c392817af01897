"""Routes for an operation's documents: metadata, versions, signatures."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, OnlyMember, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import attachment, file_response, problems
from libs.common.http.body_limits import takes
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community import access
from services.community.api.dependencies import Session
from services.community.api.files import ADVICE, receive
from services.community.claims import Claimant
from services.community.commands.desk import documents as commands
from services.community.domain.desk.documents import (
    EXTENSIONS,
    MAX_BYTES,
    DocumentElsewhere,
    DocumentSigned,
    DocumentUnfit,
    DocumentUnknown,
    FileGone,
    MediaTypeUnknown,
    SignatureUnfit,
    VersionOutdated,
    VersionUnknown,
)
from services.community.domain.problems import MemberUnknown, OperationUnknown
from services.community.schemas.desk.documents import (
    MAX_VERSION,
    DocumentIn,
    DocumentOut,
    DocumentVersionOut,
    SignatureBody,
    SigningIn,
)
from services.community.store.desk import documents as store
from services.community.tables import DocumentRow

router = APIRouter(prefix="/operations/{operation_id}/documents", route_class=TokenFirstRoute)

_FILE = {
    "description": "The file itself; what it is, is seen by its content",
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get("", summary="List the documents of an operation")
async def list_documents(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[DocumentOut]:
    """In order of id. Staff and the organiser see all, members their own."""
    scope = await access.get_paper_scope(session, caller, operation_id)
    rows = await store.list_documents(session, operation_id, scope, after=after, limit=limit)
    await note_access(session, caller, [row.member_id for row in rows])
    return await _documents_out(session, rows)


@router.get("/{document_id}", summary="Show a document", responses=problems(DocumentUnknown))
async def show_document(
    caller: AnyPerson, operation_id: OperationIdField, document_id: UUID, session: Session
) -> DocumentOut:
    """With its versions and their status; for staff, the organiser, the member concerned."""
    scope = await access.get_paper_scope(session, caller, operation_id)
    row = await store.get_document(session, operation_id, document_id, scope)
    await note_access(session, caller, [row.member_id])
    return (await _documents_out(session, [row]))[0]


@router.put(
    "/{document_id}",
    summary="Record a document",
    responses=problems(
        OperationUnknown, MemberUnknown, DocumentUnfit, DocumentElsewhere, DocumentSigned
    ),
)
async def put_document(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    document_id: UUID,
    body: DocumentIn,
    session: Session,
) -> DocumentOut:
    """Set its kind, member and term, under an id of your choice; no file yet.

    For staff and the operation's organiser. Once a version is signed, only the title and the
    end may change.
    """
    caller.check_may_run(operation_id)
    document = body.to_document(operation_id, document_id)
    row = await commands.record_document(session, Claimant.of(caller), document)
    return (await _documents_out(session, [row]))[0]


@router.post(
    "/{document_id}/versions",
    summary="Add a version of a document",
    responses=problems(DocumentUnknown, MediaTypeUnknown, FilesUnavailable),
    openapi_extra={"requestBody": _FILE},
)
@takes(MAX_BYTES, is_streamed=True, advice=ADVICE)
async def post_version(
    *,
    request: Request,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    document_id: UUID,
    session: Session,
) -> DocumentOut:
    """Send a file: PDF, ODT, DOCX, PNG or JPEG, recognised by its content, at most 20 MiB.

    For staff and the operation's organiser. It becomes the next version, a draft; earlier ones
    stay byte for byte. Sending the last version again changes nothing.
    """
    caller.check_may_run(operation_id)
    files = file_store(request.app.state.settings, commands.ROOM)
    with files.draft() as draft:
        media_type = await receive(request, draft)
        row = await commands.add_version(
            session,
            operation_id,
            document_id,
            draft,
            files=files,
            media_type=media_type,
            by=caller.subject,
        )
    return (await _documents_out(session, [row]))[0]


@router.get(
    "/{document_id}/versions/{number}",
    summary="Download a version of a document",
    response_class=Response,
    responses={
        **problems(DocumentUnknown, VersionUnknown, FileGone, FilesUnavailable),
        **file_response("The file as it was sent", dict.fromkeys(EXTENSIONS)),
    },
)
async def get_version(
    *,
    request: Request,
    caller: AnyPerson,
    operation_id: OperationIdField,
    document_id: UUID,
    number: Annotated[int, Path(ge=1, le=MAX_VERSION)],
    session: Session,
) -> Response:
    """For staff, the organiser and the member concerned."""
    scope = await access.get_paper_scope(session, caller, operation_id)
    row = await store.get_document(session, operation_id, document_id, scope)
    await note_access(session, caller, [row.member_id])
    versions = (await store.map_versions(session, [document_id])).get(document_id, ())
    if number > len(versions):
        raise VersionUnknown(f"The document has {len(versions)} version(s).")
    version = versions[number - 1]
    files = file_store(request.app.state.settings, commands.ROOM)
    content = await commands.read_file(files, version.sha256)
    name = f"{row.kind}-{str(document_id)[:8]}-v{number}.{EXTENSIONS[version.media_type]}"
    return Response(content, media_type=version.media_type, headers=attachment(name))


@router.post(
    "/{document_id}/signatures",
    summary="Record the signature status of a version",
    responses=problems(DocumentUnknown, VersionUnknown, SignatureUnfit),
)
async def post_signature(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    document_id: UUID,
    body: SignatureBody,
    session: Session,
) -> DocumentOut:
    """Record that a version was sent, signed or declined, when and by whom.

    For staff and the operation's organiser. A version is signed or declined once and for all;
    repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    row = await commands.record_signature(
        session, operation_id, document_id, body.to_signature(), by=caller.subject
    )
    return (await _documents_out(session, [row]))[0]


@router.post(
    "/{document_id}/signature",
    summary="Sign a document",
    responses=problems(DocumentUnknown, VersionOutdated, SignatureUnfit),
)
async def sign_document(
    caller: OnlyMember,
    operation_id: OperationIdField,
    document_id: UUID,
    body: SigningIn,
    session: Session,
) -> DocumentOut:
    """Members sign their own document with a click, once it was sent for signature.

    `sha256` says which version was read: it must be the last one, else `version-outdated`. The
    document is recorded as signed today, with the member's name and the account that clicked.
    Repeating it changes nothing. It is a simple electronic signature (Code civil, art. 1366 and
    1367).
    """
    row = await commands.sign_by_click(
        session,
        operation_id,
        document_id,
        member_id=caller.get_own_member_id(),
        by=caller.subject,
        sha256=body.sha256,
    )
    return (await _documents_out(session, [row]))[0]


async def _documents_out(session: AsyncSession, rows: Sequence[DocumentRow]) -> list[DocumentOut]:
    ids = [row.id for row in rows]
    versions = await store.map_versions(session, ids)
    signatures = await store.map_signatures(session, ids)
    return [
        DocumentOut.of(
            store.to_document(row),
            [DocumentVersionOut.model_validate(version) for version in versions.get(row.id, ())],
            signatures.get(row.id, ()),
        )
        for row in rows
    ]
