"""Routes for the materials of a gathering: links and files to read."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.database import Database
from libs.common.edge.callers import AnyPerson
from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import attachment, file_response, problems
from libs.common.http.body_limits import takes
from services.community.access import gatherings as access
from services.community.api.dependencies import Session
from services.community.api.files import ADVICE, receive
from services.community.commands.desk.documents import read_file
from services.community.commands.gatherings import materials as commands
from services.community.domain.desk.documents import (
    EXTENSIONS,
    MAX_BYTES,
    FileGone,
    MediaTypeUnknown,
)
from services.community.domain.gatherings.problems import (
    GatheringUnknown,
    MaterialElsewhere,
    MaterialHasFile,
    MaterialIsLink,
    MaterialUnknown,
    TooManyMaterials,
)
from services.community.schemas.gatherings.materials import MaterialIn, MaterialOut
from services.community.store.gatherings import materials as store
from services.community.tables import GatheringMaterialRow

router = APIRouter(prefix="/gatherings/{gathering_id}/materials", route_class=TokenFirstRoute)
_FILE = {
    "description": "The file itself; what it is, is seen by its content",
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "",
    summary="List the materials of a gathering",
    responses=problems(GatheringUnknown),
)
async def list_materials(
    caller: AnyPerson, gathering_id: UUID, session: Session
) -> list[MaterialOut]:
    """Oldest first, at most 50; for all who see the gathering."""
    await access.get_visible_gathering(session, caller, gathering_id)
    rows = await store.list_materials(session, gathering_id)
    return [MaterialOut.model_validate(row) for row in rows]


@router.put(
    "/{material_id}",
    summary="Add a material, or change it",
    responses=problems(GatheringUnknown, MaterialElsewhere, MaterialHasFile, TooManyMaterials),
)
async def put_material(
    caller: AnyPerson, gathering_id: UUID, material_id: UUID, body: MaterialIn, session: Session
) -> MaterialOut:
    """A link; or, without a `url`, the title of a file that follows; before or after the gathering.

    Staff, the organiser, and the members who lead the gathering.
    """
    gathering = await access.get_gathering_to_lead(session, caller, gathering_id, lock=True)
    row = await commands.record_material(
        session,
        gathering.id,
        material_id,
        title=body.title,
        url=body.url,
        by=caller.subject,
    )
    return MaterialOut.model_validate(row)


@router.delete(
    "/{material_id}",
    summary="Delete a material",
    status_code=204,
    responses=problems(GatheringUnknown, MaterialUnknown),
)
async def delete_material(
    caller: AnyPerson, gathering_id: UUID, material_id: UUID, session: Session
) -> None:
    """Staff, the organiser, and the members who lead the gathering."""
    row = await _get_material_to_change(session, caller, gathering_id, material_id)
    await store.delete_material(session, row)


@router.put(
    "/{material_id}/file",
    summary="Upload the file of a material",
    responses=problems(
        GatheringUnknown, MaterialUnknown, MaterialIsLink, MediaTypeUnknown, FilesUnavailable
    ),
    openapi_extra={"requestBody": _FILE},
)
@takes(MAX_BYTES, is_streamed=True, advice=ADVICE)
async def put_file(
    request: Request, caller: AnyPerson, gathering_id: UUID, material_id: UUID, session: Session
) -> MaterialOut:
    """PDF, ODT, DOCX, PNG or JPEG by its content, 20 MiB at most; a new file replaces it.

    Staff, the organiser, and the members who lead the gathering.
    """
    # In a transaction that ends here: none is held while a file comes in.
    database: Database = request.app.state.databases["community"]
    async with database.transaction() as first:
        await _get_material_to_change(first, caller, gathering_id, material_id)
    files = file_store(request.app.state.settings, commands.ROOM)
    with files.draft() as draft:
        media_type = await receive(request, draft)
        row = await _get_material_to_change(session, caller, gathering_id, material_id)
        await files.keep(draft)
        await commands.set_file(session, row, draft, media_type=media_type)
    return MaterialOut.model_validate(row)


@router.get(
    "/{material_id}/file",
    summary="Download the file of a material",
    response_class=Response,
    responses={
        **problems(GatheringUnknown, MaterialUnknown, MaterialIsLink, FileGone, FilesUnavailable),
        **file_response("The file as it was sent", dict.fromkeys(EXTENSIONS)),
    },
)
async def get_file(
    request: Request, caller: AnyPerson, gathering_id: UUID, material_id: UUID, session: Session
) -> Response:
    """For all who see the gathering."""
    await access.get_visible_gathering(session, caller, gathering_id)
    row = await store.get_material(session, gathering_id, material_id)
    if row.url is not None:
        raise MaterialIsLink
    if row.sha256 is None or row.media_type is None:
        raise MaterialUnknown("No file was sent for it yet.")
    files = file_store(request.app.state.settings, commands.ROOM)
    content = await read_file(files, row.sha256)
    headers = attachment(f"{str(material_id)[:8]}.{EXTENSIONS[row.media_type]}")
    return Response(content, media_type=row.media_type, headers=headers)


async def _get_material_to_change(
    session: AsyncSession, caller: Principal, gathering_id: UUID, material_id: UUID
) -> GatheringMaterialRow:
    """Return it, with its gathering locked. Raises GatheringUnknown, Forbidden, MaterialUnknown."""
    await access.get_gathering_to_lead(session, caller, gathering_id, lock=True)
    return await store.get_material(session, gathering_id, material_id)
