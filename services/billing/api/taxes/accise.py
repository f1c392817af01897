"""Routes about the accise on electricity."""

from collections.abc import Sequence

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.taxes import parties as commands
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseRegimeInvalid
from services.billing.schemas.taxes.accise import AcciseEntryIn, AcciseRegimeOut
from services.billing.store.copies import find_perimeter
from services.billing.store.taxes import parties as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/accise-regime",
    summary="Set the accise regime of an operation from a day on",
    responses=problems(AcciseRegimeInvalid),
)
async def put_accise_regime(
    operation_id: OperationIdField, body: AcciseEntryIn, session: Session, caller: StaffOrOrganiser
) -> AcciseRegimeOut:
    """Record an entry; former ones stay, and unchanged content makes no new one.

    `exempt` needs its legal basis and evidence. `standard` adds a line of tax at the dated rate,
    on whole kWh. `undecided` lets drafts be made and no invoice be issued. On days before the first
    entry the `default` of the answer holds.
    """
    caller.check_may_run(operation_id)
    rows = await commands.record_accise_entry(session, operation_id, body.to_entry())
    return AcciseRegimeOut.of(operation_id, rows, await _participations(session, operation_id))


@router.get(
    "/operations/{operation_id}/accise-regime",
    summary="Show the accise regime of an operation, with its versions",
)
async def get_accise_regime(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> AcciseRegimeOut:
    """Visible to staff, the organiser and the members of the operation; no entry if none was set.

    `default` is what holds on the days before the first entry, with its reasons.

    Members see the `categories` of their own points only.
    """
    scope = await access.get_price_scope(session, caller, operation_id)
    rows = await store.list_accise_regimes(session, operation_id)
    participations = await _participations(session, operation_id)
    regime = AcciseRegimeOut.of(operation_id, rows, participations)
    if scope.participations is None:
        return regime
    return regime.only_of({participation.prm for participation in scope.participations})


async def _participations(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[Participation]:
    perimeter = await find_perimeter(session, operation_id)
    return perimeter.participations if perimeter else []
