"""Record what becomes of a plant's surplus, and tell what it is expected to bring."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.billing.domain.periods import months_between
from services.billing.domain.plants import (
    PlantMonth,
    capped_years,
    has_change,
    plants_of_month,
    surplus_by_day,
)
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
    used = {
        prm: {
            start: await _find_used(session, operation_id, prm, start, month)
            for start in sorted(capped_years(month, of_plant))
        }
        for prm, of_plant in contracts.items()
    }
    return plants_of_month(month, plants, pairs, contracts, used)


async def _find_used(
    session: AsyncSession, operation_id: OperationId, prm: Prm, start: date, month: Month
) -> int | None:
    """The surplus of a plant from this day to the month, in watt-minutes; None if not all known."""
    used_wmin = 0
    for one in months_between(start, month.first_day):
        plants = await list_plants(session, operation_id, one)
        plant = next((of_month for of_month in plants if of_month.prm == prm), None)
        if plant is None:
            return None
        if start <= one.first_day:
            used_wmin += plant.surplus_wmin
            continue
        by_day = surplus_by_day(plant, one, await list_pairs(session, operation_id, one, [prm]))
        if by_day is None:
            return None
        used_wmin += sum(by_day[day] for day in one.days if day >= start)
    return used_wmin
