"""Routes about the accise on electricity."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.taxes import parties as commands
from services.billing.domain.taxes.accise import AcciseRegimeInvalid
from services.billing.schemas.taxes.accise import AcciseEntryIn, AcciseRegimeOut
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
    on whole kWh. `undecided`, as all days before the first entry, lets drafts be made and no
    invoice be issued.
    """
    caller.check_may_run(operation_id)
    rows = await commands.record_accise_entry(session, operation_id, body.to_entry())
    return AcciseRegimeOut.of(operation_id, rows)


@router.get(
    "/operations/{operation_id}/accise-regime",
    summary="Show the accise regime of an operation, with its versions",
)
async def get_accise_regime(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> AcciseRegimeOut:
    """Visible to staff, the organiser and the members of the operation; empty if none was set.

    Members see the `categories` of their own points only.
    """
    scope = await access.get_price_scope(session, caller, operation_id)
    rows = await store.list_accise_regimes(session, operation_id)
    regime = AcciseRegimeOut.of(operation_id, rows)
    if scope.participations is None:
        return regime
    return regime.only_of({participation.prm for participation in scope.participations})
