"""Route for the members who sell in an operation."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.ids import Direction, OperationIdField
from libs.common.logs.accesses import note_access
from services.billing.api.dependencies import Session
from services.billing.schemas.taxes.issuers import SellerOut
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.taxes.parties import map_profiles

router = APIRouter(route_class=TokenFirstRoute)


@router.get("/operations/{operation_id}/sellers", summary="List the sellers of an operation")
async def list_sellers(
    operation_id: OperationIdField, session: Session, caller: StaffOrOrganiser
) -> list[SellerOut]:
    """Return the members with a producing point there, now or before, by name."""
    caller.check_may_run(operation_id)
    today = today_in(session)
    perimeter = await find_perimeter(session, operation_id)
    producing = [
        participation
        for participation in (perimeter.participations if perimeter else ())
        if participation.direction is Direction.PRODUCTION
    ]
    sellers = {participation.member_id for participation in producing}
    parties = await get_parties(session, sellers)
    profiles = await map_profiles(session, sellers, today)
    await note_access(session, caller, parties)
    return [
        SellerOut(
            member_id=party.member_id,
            name=party.name,
            points=sorted(
                participation.prm
                for participation in producing
                if participation.member_id == party.member_id and participation.covers(today)
            ),
            has_profile=party.member_id in profiles,
        )
        for party in sorted(parties.values(), key=lambda party: (party.name, party.member_id))
    ]
