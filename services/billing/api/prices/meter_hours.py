"""Routes about the off-peak hours of a meter, by which prices by the DSO's classes know hours."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import Staff, StaffOrMember
from libs.common.http import problems
from libs.common.ids import PrmField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.both_bills.supplier_offers import list_held
from services.billing.commands.prices import meter_hours as commands
from services.billing.domain.both_bills.consuming_points import PointUnknown
from services.billing.domain.prices.meter_hours import (
    NO_TIMELINE,
    OffPeakHoursInvalid,
    while_held,
)
from services.billing.schemas.prices.meter_hours import MeterHoursIn, MeterHoursOut
from services.billing.store.prices import meter_hours as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/points/{prm}/off-peak-hours",
    summary="Set when a meter has off-peak hours",
    responses=problems(PointUnknown, OffPeakHoursInvalid),
)
async def put_off_peak_hours(
    prm: PrmField, body: MeterHoursIn, session: Session, caller: Staff
) -> MeterHoursOut:
    """Replace all entries; the same ones again change nothing.

    Prices by the DSO's classes sort half-hours by them. Staff alone enter what the DSO says of a
    meter: its member would set their own price, and an organiser that of somebody else. Issued
    invoices never change; drafts made before are outdated.
    """
    held = await list_held(session, prm)
    access.get_bill_scope(caller, held)
    operations = [stay.operation_id for stay in held]
    timeline = await commands.record_timeline(
        session, prm, body.to_entries(), operations=operations
    )
    return MeterHoursOut.of(prm, timeline)


@router.get(
    "/points/{prm}/off-peak-hours",
    summary="Show when a meter has off-peak hours",
    responses=problems(PointUnknown),
)
async def get_off_peak_hours(
    prm: PrmField, session: Session, caller: StaffOrMember
) -> MeterHoursOut:
    """Visible to staff, and to past and present holders of the point for their own days.

    Empty if nobody has said.
    """
    held = await list_held(session, prm)
    scope = access.get_bill_scope(caller, held)
    if scope.is_everything:
        await note_access(session, caller, [holding.member_id for holding in held])
    timelines = await store.map_timelines(session, [prm])
    stays = [holding.participation for holding in held if scope.has_member(holding.member_id)]
    shown = timelines.get(prm, NO_TIMELINE)
    return MeterHoursOut.of(prm, shown if scope.is_everything else while_held(shown, stays))
