"""Record a plant's surplus contracts, and estimate the revenue of its surplus."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId, Prm
from services.billing.domain.invoices.periods import months_between
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.plants import (
    PlantMonth,
    capped_years,
    has_change,
    plants_of_month,
    surplus_by_day,
)
from services.billing.domain.surplus.surplus_contracts import SurplusContract, check_power, in_order
from services.billing.store.settlements import list_pairs, list_plants
from services.billing.store.surplus import surplus as store


async def replace_contracts(
    session: AsyncSession,
    prm: Prm,
    contracts: Sequence[SurplusContract],
    participations: Iterable[Participation],
) -> list[SurplusContract]:
    """Make these all contracts of a plant. participations: of the plant, perhaps several.

    Raises SurplusContractOverlap, SurplusContractInvalid.
    """
    powers = [
        participation.power_limit_w
        for participation in participations
        if participation.power_limit_w is not None
    ]
    check_power(contracts, max(powers, default=None))
    ordered = in_order(contracts)
    await store.replace_contracts(session, prm, ordered)
    return (await store.map_contracts(session, [prm])).get(prm, [])


async def map_plants(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[Prm, PlantMonth]:
    """All plants of a month's newest settlement, with their expected revenue."""
    plants = await list_plants(session, operation_id, month)
    contracts = await store.map_contracts(session, {plant.prm for plant in plants})
    changing = {
        prm for prm, plant_contracts in contracts.items() if has_change(month, plant_contracts)
    }
    pairs = await list_pairs(session, operation_id, month, changing) if changing else []
    used = {
        prm: {
            start: await _find_used(session, operation_id, prm, start, month)
            for start in sorted(capped_years(month, plant_contracts))
        }
        for prm, plant_contracts in contracts.items()
    }
    return plants_of_month(month, plants, pairs, contracts, used)


async def _find_used(
    session: AsyncSession, operation_id: OperationId, prm: Prm, start: date, month: Month
) -> int | None:
    """A plant's surplus from this day to the month, in watt-minutes; None if incomplete."""
    used_wmin = 0
    for year_month in months_between(start, month.first_day):
        plants = await list_plants(session, operation_id, year_month)
        plant = next((candidate for candidate in plants if candidate.prm == prm), None)
        if plant is None:
            return None
        if start <= year_month.first_day:
            used_wmin += plant.surplus_wmin
            continue
        surplus_of_day = surplus_by_day(
            plant, year_month, await list_pairs(session, operation_id, year_month, [prm])
        )
        if surplus_of_day is None:
            return None
        used_wmin += sum(surplus_of_day[day] for day in year_month.days if day >= start)
    return used_wmin
