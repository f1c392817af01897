"""The sums that remain of months whose curves were purged."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.ids import Direction, Prm
from services.ingest.domain.privacy.retention import MonthlyEnergy, MonthOfPoint
from services.ingest.tables import MonthlyEnergyRow


async def map_monthly_energies(
    session: AsyncSession, prms: Collection[Prm]
) -> Mapping[MonthOfPoint, MonthlyEnergy]:
    """Return the sums of these points, in order of direction and month."""
    query = (
        select(MonthlyEnergyRow)
        .where(among(MonthlyEnergyRow.prm, prms))
        .order_by(MonthlyEnergyRow.prm, MonthlyEnergyRow.direction, MonthlyEnergyRow.month)
        .execution_options(populate_existing=True)
    )
    return {
        MonthOfPoint(row.prm, Direction(row.direction), row.month): MonthlyEnergy(
            row.energy_wmin, row.missing_min, tuple(row.days)
        )
        for row in await session.scalars(query)
    }


async def save_monthly_energies(
    session: AsyncSession, sums: Mapping[MonthOfPoint, MonthlyEnergy]
) -> None:
    if not sums:
        return
    saving = insert(MonthlyEnergyRow)
    upsert = saving.on_conflict_do_update(
        index_elements=["prm", "direction", "month"],
        set_={name: saving.excluded[name] for name in ("energy_wmin", "missing_min", "days")},
    )
    await session.execute(upsert, [_row(*month_sum) for month_sum in sums.items()])


def _row(month: MonthOfPoint, energy: MonthlyEnergy) -> Mapping[str, object]:
    days: Sequence[int] = list(energy.days)
    sums = {"energy_wmin": energy.energy_wmin, "missing_min": energy.missing_min, "days": days}
    return month._asdict() | sums
