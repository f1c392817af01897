"""Routes about the contracts for a plant's surplus."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import PrmField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.surplus import surplus as commands
from services.billing.domain.surplus.surplus_contracts import (
    PlantUnknown,
    SurplusContractInvalid,
    SurplusContractOverlap,
)
from services.billing.schemas.surplus.surplus import SurplusContractsIn, SurplusContractsOut
from services.billing.store.copies import map_plant
from services.billing.store.surplus import surplus as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/points/{prm}/surplus-contract",
    summary="Set the surplus contracts of a plant",
    responses=problems(PlantUnknown, SurplusContractInvalid, SurplusContractOverlap),
)
async def put_contracts(
    prm: PrmField, body: SurplusContractsIn, session: Session, caller: StaffOrOrganiser
) -> SurplusContractsOut:
    """Replace all contracts of the point; the same ones again change nothing.

    For staff, and the organiser of all operations in which the point produces. Statements use them
    to show the expected revenue of the surplus; nothing of it is invoiced or booked here. End a
    contract on the day on which the plant changes owner.
    """
    plant = await access.list_plant_participations(session, caller, prm)
    contracts = [contract.to_contract() for contract in body.contracts]
    kept = await commands.replace_contracts(session, prm, contracts, plant)
    return SurplusContractsOut.of(prm, kept)


@router.get(
    "/points/{prm}/surplus-contract",
    summary="Show the surplus contracts of a plant",
    responses=problems(PlantUnknown),
)
async def get_contracts(prm: PrmField, session: Session, caller: AnyPerson) -> SurplusContractsOut:
    """Visible to staff, the organiser, and the producer for the days on which the plant was theirs.

    Empty if none was set.
    """
    scope = await access.get_plant_scope(session, caller, prm)
    contracts = (await store.map_contracts(session, [prm])).get(prm, [])
    if scope.participations is None:
        plant = await map_plant(session, prm)
        owners = [participation.member_id for owned in plant.values() for participation in owned]
        await note_access(session, caller, owners)
    return SurplusContractsOut.of(
        prm,
        contracts
        if scope.participations is None
        else [
            contract
            for contract in contracts
            if any(contract.overlaps(owned) for owned in scope.participations)
        ],
    )
