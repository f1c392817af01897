"""Record what becomes of a plant's surplus, and tell what it is expected to bring."""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.billing.domain.plants import PlantMonth, has_change, plants_of_month
from services.billing.domain.sales import Participation
from services.billing.domain.surplus_contracts import SurplusContract, check_power, in_order
from services.billing.store import surplus as store
from services.billing.store.settlements import list_pairs, list_plants


async def replace_contracts(
    session: AsyncSession,
    prm: Prm,
    contracts: Sequence[SurplusContract],
    participations: Iterable[Participation],
) -> list[SurplusContract]:
    """Make these all contracts of a plant; participations: of the plant, perhaps of several days.

    Raises SurplusContractOverlap, SurplusContractInvalid.
    """
    powers = [one.power_limit_w for one in participations if one.power_limit_w is not None]
    check_power(contracts, max(powers, default=None))
    ordered = in_order(contracts)
    await store.replace_contracts(session, prm, ordered)
    return (await store.map_contracts(session, [prm])).get(prm, [])


async def map_plants(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[Prm, PlantMonth]:
    """All plants of the newest settlement of a month, with what their surplus should bring."""
    plants = await list_plants(session, operation_id, month)
    contracts = await store.map_contracts(session, {one.prm for one in plants})
    changing = {prm for prm, of_plant in contracts.items() if has_change(month, of_plant)}
    pairs = await list_pairs(session, operation_id, month, changing) if changing else []
    return plants_of_month(month, plants, pairs, contracts)
