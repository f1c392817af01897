"""Turn an agreed request into an operation, with all its details."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.claims import Claimant
from services.community.commands.members.registry import (
    record_member,
    record_operation,
    record_point,
)
from services.community.domain.requests.problems import (
    NotAgreed,
    OperationTaken,
    RequestedPlantUnknown,
    RequestSetUp,
)
from services.community.domain.requests.request import Request, Stage
from services.community.domain.requests.set_up import (
    SetUp,
    address_of,
    asker,
    new_organiser_id,
)
from services.community.store.members import organisers, registry
from services.community.store.requests import requests
from services.community.tables import RequestRow


async def set_up_request(
    session: AsyncSession, claimant: Claimant, request_id: UUID, set_up: SetUp
) -> RequestRow:
    """Record the operation, its organiser, the applicant as a member, and points.

    Repeating it for the same operation changes nothing: records are changed in their own places.
    Raises RequestUnknown, NotAgreed, RequestSetUp, OperationTaken, OrganiserUnknown,
    PlantUnknown, PointBusy.
    """
    row = await requests.get_request(session, request_id, lock=True)
    if row.operation_id == set_up.operation_id:
        return row
    if row.operation_id is not None:
        raise RequestSetUp(f"The request became {row.operation_id}.", operation_id=row.operation_id)
    if row.stage != Stage.AGREED:
        raise NotAgreed(
            f"A request that is {row.stage} cannot become an operation: have it agreed first.",
            stage=row.stage,
        )
    await _record(session, claimant, requests.to_request(row), set_up)
    row.touched_at = now_in(session)
    await requests.add_step(session, row, Stage.OPERATION, reason=None, by=claimant.subject)
    row.operation_id = set_up.operation_id
    await session.flush()
    return row


async def _record(
    session: AsyncSession, claimant: Claimant, request: Request, set_up: SetUp
) -> None:
    unknown = [
        point.plant for point in set_up.points if (point.plant or 0) > len(request.plants_kwc)
    ]
    if unknown:
        raise RequestedPlantUnknown(
            f"The request has {len(request.plants_kwc)} plants: number {unknown[0]} is not one."
        )
    if set_up.organiser_id is None:
        await organisers.save_organiser(
            session, new_organiser_id(request), name=asker(request), address=address_of(request)
        )
    operation = await record_operation(session, set_up.operation(request))
    # No other request can take it: the operation is locked from here on.
    if operation.revision > 1 or await requests.is_set_up(session, operation.id):
        raise OperationTaken(
            f"{operation.id} was recorded without this request: give the id of a new one."
        )
    await record_member(session, claimant, set_up.member(request))
    recorded_points = await registry.map_points(session, [point.prm for point in set_up.points])
    for point in set_up.new_points(request):
        # A recorded point has more details than a form.
        if point.prm not in recorded_points:
            await record_point(session, claimant, point)
