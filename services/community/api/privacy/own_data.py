"""Routes for all data about one member, as an archive (GDPR, art. 15 and 20)."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import OnlyMember, Staff
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.logs.accesses import note_access
from services.community.api.dependencies import Session
from services.community.domain.privacy.own_data import archive, table_files
from services.community.domain.privacy.own_data_guide import GUIDES, write_guide
from services.community.domain.problems import MemberUnknown
from services.community.store.privacy import own_data as store

router = APIRouter(route_class=TokenFirstRoute)


class ZipResponse(StreamingResponse):
    """The media type of these routes, for OpenAPI."""

    media_type = "application/zip"


_RESPONSES = file_response("The archive", {"application/zip": None}) | problems(MemberUnknown)


@router.get(
    "/me/data.zip", summary="Download all my data", response_class=ZipResponse, responses=_RESPONSES
)
@costs(2)
async def get_my_data(caller: OnlyMember, session: Session) -> ZipResponse:
    """All data that this service keeps about the calling member: a ZIP of JSON and CSV files.

    `README.md` and `LISEZMOI.md` describe each file, and give the addresses of the other services'
    data. The same data gives the same bytes. It contains nothing about other people.
    """
    return await _archive(session, caller.get_own_member_id())


@router.get(
    "/members/{member_id}/data.zip",
    summary="Download all data of a member",
    response_class=ZipResponse,
    responses=_RESPONSES,
)
@costs(2)
async def get_data(caller: Staff, member_id: UUID, session: Session) -> ZipResponse:
    """The archive of `/me/data.zip`, for staff whom the member has asked for it."""
    archived = await _archive(session, member_id)
    await note_access(session, caller, [member_id])
    return archived


async def _archive(session: AsyncSession, member_id: UUID) -> ZipResponse:
    tables = await store.gather(session, member_id)
    points = await store.list_own_points(session, member_id)
    today = today_in(session)
    guides = [
        (name, write_guide(language, member_id, points, today)) for language, name in GUIDES.items()
    ]
    pieces = archive([*guides, *table_files(tables)])
    return ZipResponse(pieces, headers=attachment("my-data.zip"))
