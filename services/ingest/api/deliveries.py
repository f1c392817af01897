"""Routes for deliveries: files that are pushed, and what became of them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from libs.common.file_store import FilesUnavailable, file_store
from libs.common.http import problems
from services.ingest import access
from services.ingest.api.dependencies import ACCESS, Operator, Sender, Session
from services.ingest.api.upload import REQUEST_BODY, read_upload
from services.ingest.commands.deliveries import receive_delivery
from services.ingest.domain.problems import DeliveryTooLarge, DeliveryUnknown, UploadMalformed
from services.ingest.formats import FileTooLarge, FormatUnknown
from services.ingest.schemas.deliveries import DeliveryOut, HeldOut, QuarantinedOut
from services.ingest.store import blocks as block_store
from services.ingest.store import deliveries as delivery_store

router = APIRouter()

Limit = Annotated[int, Query(ge=1, le=10_000)]


@router.post(
    "/deliveries",
    summary="Push a file of the DSO",
    status_code=202,
    responses=problems(
        *ACCESS, FormatUnknown, FileTooLarge, DeliveryTooLarge, UploadMalformed, FilesUnavailable
    ),
    openapi_extra={"requestBody": REQUEST_BODY},
)
async def post_delivery(
    request: Request, response: Response, caller: Sender, session: Session
) -> DeliveryOut:
    """Keep a file — R63 CSV, R50 XML, R4x XML or HDM CSV, zipped or not — and record it soon after.

    Its kind is told by its content. The answer says `received`; ask for the delivery until its
    `status` is another one. The same bytes again give the same delivery, with
    `already_received`; a delivery that had `failed` is then tried again. Ask
    `/deliveries/by-content/{sha256}` first if sending them again would be dear.
    """
    settings = request.app.state.settings
    files = file_store(settings)
    with files.draft() as draft:
        name = await read_upload(request, draft, max_bytes=settings.delivery_max_bytes)
        delivery, already_received = await receive_delivery(
            session, files, draft, file_name=name, sender=caller.subject
        )
    if already_received:
        response.status_code = 200
    return DeliveryOut.of(delivery, already_received=already_received)


@router.get("/deliveries", summary="List deliveries, newest first", responses=problems(*ACCESS))
async def list_deliveries(
    caller: Sender, session: Session, limit: Limit = 100
) -> list[DeliveryOut]:
    """All for operators, for others those that they sent."""
    found = await delivery_store.list_deliveries(
        session, sender=access.visible_sender(caller), limit=limit
    )
    return [DeliveryOut.of(one) for one in found]


@router.get(
    "/deliveries/by-content/{sha256}",
    summary="Whether a file was received already",
    responses=problems(*ACCESS, DeliveryUnknown),
)
async def get_delivery_by_content(
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$", examples=["0" * 64])],
    caller: Sender,
    session: Session,
) -> DeliveryOut:
    """The delivery of these very bytes, so that an interrupted client need not send them again.

    For operators and whoever sent it: to others it is unknown until they push it themselves.
    """
    return DeliveryOut.of(await access.get_visible_content(session, caller, sha256))


@router.get(
    "/deliveries/{delivery_id}",
    summary="What became of a delivery",
    responses=problems(*ACCESS, DeliveryUnknown),
)
async def get_delivery(delivery_id: UUID, caller: Sender, session: Session) -> DeliveryOut:
    """For operators and whoever sent it.

    `received`: waits to be read · `recorded`: see `counts` · `refused`: damaged, see `problem` ·
    `failed`: our mistake, send it again later.
    """
    return DeliveryOut.of(await access.get_visible_delivery(session, caller, delivery_id))


@router.get(
    "/deliveries/{delivery_id}/quarantine",
    summary="The records of a delivery that are no readings",
    responses=problems(*ACCESS, DeliveryUnknown),
    response_model=list[QuarantinedOut],
)
async def list_quarantine(
    delivery_id: UUID,
    caller: Sender,
    session: Session,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="last number seen")] = 0,
    limit: Limit = 1000,
) -> object:
    """In the order of the file, each with its position and why; for operators and the sender."""
    await access.get_visible_delivery(session, caller, delivery_id)
    return await delivery_store.list_quarantined(session, delivery_id, after=after, limit=limit)


@router.get(
    "/held",
    summary="Points whose readings wait for an operation",
    responses=problems(*ACCESS),
    response_model=list[HeldOut],
)
async def list_held(_caller: Operator, session: Session) -> object:
    """By point and direction: how many local days wait, and the first and the last of them.

    They are recorded; an operation gets them as soon as a participation covers them.
    """
    return await block_store.list_held(session)
