"""Routes for deliveries: files that are pushed, and their status."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff, StaffOrganiserOrFeed
from libs.common.edge.pages import BeforeNumber, Limit, LongLimit
from libs.common.edge.spending import Spend
from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import problems
from libs.common.http.allowances import costs
from libs.common.http.body_limits import takes
from libs.common.ids import Sha256Field
from libs.common.settings import Settings
from services.ingest import access
from services.ingest.api.dependencies import NO_NUL, Session
from services.ingest.api.upload import REQUEST_BODY, read_upload
from services.ingest.commands.deliveries.receiving import receive_delivery
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.problems import DeliveryUnknown, UploadMalformed
from services.ingest.formats import FORMATS_TABLE, FileTooLarge, FormatUnknown
from services.ingest.schemas.deliveries import DeliveryOut, HeldOut
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.readings import blocks as block_store

router = APIRouter(route_class=TokenFirstRoute)

_PUSH_DESCRIPTION = f"""\
Keep a file and record it soon after. It may be zipped, and encrypted as the DSO does if there is a
key. The format is recognised by the content.

The answer says `received`; ask for the delivery until its `status` changes. The same bytes again
give the same delivery, with `already_received`; one that had `failed` is then tried again. Ask
`/deliveries/by-content/{{sha256}}` first if resending would be costly.

Of an organiser's file only readings are recorded, of points that take part in their operations on
these days, once a day is over. All else is quarantined as `not-your-point`, `not-for-organisers`
or `other-step-stands`. What the DSO itself has sent, or sends later, stands before it. Pushed
again, such a file is read again.

{FORMATS_TABLE}
"""
_HELD_ID = "^[0-9]{14}-(consumption|production)$"


@dataclass(frozen=True)
class DeliveryFilters:
    """The filter of deliveries; null is any."""

    status: DeliveryStatus | None
    format: str | None
    sender: str | None


async def _filters(
    status: DeliveryStatus | None = None,
    format: Annotated[  # noqa: A002 - the name in the query
        str | None, Query(pattern=NO_NUL, description="one of its `formats`, as `R63 CSV`")
    ] = None,
    sender: Annotated[
        str | None, Query(pattern=NO_NUL, description="subject of a token, `inbox`, or `pull:…`")
    ] = None,
) -> DeliveryFilters:
    return DeliveryFilters(status, format, sender)


@router.post(
    "/deliveries",
    summary="Push a file from the DSO",
    description=_PUSH_DESCRIPTION,
    status_code=202,
    responses=problems(FormatUnknown, FileTooLarge, UploadMalformed, FilesUnavailable),
    openapi_extra={"requestBody": REQUEST_BODY},
)
@takes("delivery_max_bytes", is_streamed=True, advice="Compress the file or send it in parts.")
@costs(1, always=False)
async def post_delivery(
    *,
    request: Request,
    response: Response,
    caller: StaffOrganiserOrFeed,
    session: Session,
    spend: Spend,
) -> DeliveryOut:
    """Keep a file of one of ``FORMATS`` and record it soon after; an organiser's costs a unit."""
    organiser = access.find_organiser(caller)
    if organiser is not None:
        spend()
    settings: Settings = request.app.state.settings
    files = file_store(settings)
    with files.draft() as draft:
        name = await read_upload(request, draft)
        delivery, already_received = await receive_delivery(
            session,
            files,
            draft,
            file_name=name,
            sender=caller.subject,
            keys=settings.file_keys,
            organiser=organiser,
        )
    if already_received:
        response.status_code = 200
    return DeliveryOut.of(delivery, already_received=already_received)


@router.get("/deliveries", summary="List deliveries, newest first")
async def list_deliveries(
    *,
    caller: StaffOrganiserOrFeed,
    session: Session,
    filters: Annotated[DeliveryFilters, Depends(_filters)],
    before: BeforeNumber = None,
    limit: LongLimit = 100,
) -> list[DeliveryOut]:
    """Staff see all, others the ones they sent; the next page is `before` the last."""
    deliveries = await delivery_store.list_deliveries(
        session,
        access.get_delivery_scope(caller),
        sender=filters.sender,
        status=filters.status,
        format_name=filters.format,
        before=before,
        limit=limit,
    )
    return [DeliveryOut.of(delivery) for delivery in deliveries]


@router.get(
    "/deliveries/by-content/{sha256}",
    summary="Find the delivery of a file by its content",
    responses=problems(DeliveryUnknown),
)
async def get_delivery_by_content(
    sha256: Annotated[Sha256Field, Path(examples=["0" * 64])],
    caller: StaffOrganiserOrFeed,
    session: Session,
) -> DeliveryOut:
    """The delivery of exactly these bytes, so that an interrupted client need not resend them.

    Visible to its senders: to others it is unknown until they push it themselves. Staff see that of
    the DSO's file.
    """
    return DeliveryOut.of(await access.get_visible_content(session, caller, sha256))


@router.get(
    "/deliveries/{delivery_id}",
    summary="Show the status of a delivery",
    responses=problems(DeliveryUnknown),
)
async def get_delivery(
    delivery_id: UUID, caller: StaffOrganiserOrFeed, session: Session
) -> DeliveryOut:
    """Visible to staff and its senders.

    `received`: waits to be read · `recorded`: see `counts` · `refused`: damaged, see `problem` ·
    `failed`: our mistake, send it again later.
    """
    return DeliveryOut.of(await access.get_visible_delivery(session, caller, delivery_id))


@router.get(
    "/held",
    summary="List the points whose readings wait for an operation",
)
async def list_held(
    _caller: Staff,
    session: Session,
    after: Annotated[
        str | None,
        Query(
            pattern=_HELD_ID,
            description="last id of the page before",
            examples=["99000000000018-consumption"],
        ),
    ] = None,
    limit: Limit = 100,
) -> list[HeldOut]:
    """Return the number of local days that wait, by point and direction, with the first and last.

    In order of PRM, consumption first; the next page is `after` the last id. The readings are
    recorded; an operation gets them as soon as a participation covers them.
    """
    blocks = await block_store.list_held(session, after=after, limit=limit)
    return [HeldOut.model_validate(block) for block in blocks]
