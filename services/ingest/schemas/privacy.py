"""Bodies of the routes for coarse energies, accesses to curves, and purges."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from libs.common.edge.access_routes import AccessOut
from libs.common.http import BodyOut
from libs.common.ids import Direction
from services.ingest.domain.privacy.energies import DailyEnergy
from services.ingest.domain.privacy.retention import Kept, MonthlyEnergy, MonthOfPoint
from services.ingest.domain.tallies import Tally
from services.ingest.tables import PurgeRow


class DailyEnergyOut(BodyOut):
    """The energy of one local day."""

    direction: Direction
    day: date = Field(description="local day, Europe/Paris")
    energy_wmin: int = Field(description="watt-minutes; 60,000 are a kWh")
    missing_min: int = Field(
        description="minutes of the day of which nothing is known", examples=[30]
    )
    estimated_min: int = Field(description="minutes that ingest estimated", examples=[0])

    @classmethod
    def of(cls, energy: DailyEnergy) -> Self:
        return cls.model_validate(energy, from_attributes=True)


class MonthlyEnergyOut(BodyOut):
    """The sum that remains of a month whose curve was purged."""

    direction: Direction
    month: str = Field(description="YYYY-MM")
    energy_wmin: int = Field(description="watt-minutes; 60,000 are a kWh")
    missing_min: int = Field(
        description="minutes of its days of which nothing was known", examples=[30]
    )
    days: list[int] = Field(
        description="days of the month that are in the sum, in order", examples=[[1, 2, 3]]
    )

    @classmethod
    def of(cls, month: MonthOfPoint, energy: MonthlyEnergy) -> Self:
        return cls(
            direction=month.direction,
            month=f"{month.month:%Y-%m}",
            energy_wmin=energy.energy_wmin,
            missing_min=energy.missing_min,
            days=list(energy.days),
        )


class CurveAccessOut(AccessOut):
    """An access to a curve."""

    from_day: date
    to_day: date = Field(description="the day after the last")
    as_of: datetime | None = Field(examples=[None])
    route: str = Field(examples=["/ingest/points/{prm}/load-curve"])


class PurgeOut(BodyOut):
    """The things of one kind that were, or would be, purged on a local day."""

    day: date = Field(description="of the purge")
    kind: Kept = Field(
        description="`curves`: revisions of day blocks · `held`: which of these waited for an"
        " operation · `results`: revisions of curves of the DSO's split · `indexes` · `invoiced`:"
        " quantities · `files` · `quarantine`: records · `accesses`: lines of who read which curve"
        " · `pulls`: questions to the DSO's APIs · `re_requests`: what it was asked for again"
    )
    kept_from: date = Field(description="first day that is kept", examples=["2023-10-01"])
    removed: int = Field(examples=[1860])
    first_day: date | None = Field(description="the day of the oldest record that was removed")
    last_day: date | None
    started_at: datetime | None = Field(description="null in a dry run")
    finished_at: datetime | None = Field(description="null in a dry run, and until it is done")

    @classmethod
    def of(cls, row: PurgeRow) -> Self:
        return cls.model_validate(row, from_attributes=True)

    @classmethod
    def would_be(cls, kind: Kept, tally: Tally, *, day: date, kept_from: date) -> Self:
        return cls(
            day=day,
            kind=kind,
            kept_from=kept_from,
            removed=tally.removed,
            first_day=tally.first,
            last_day=tally.last,
            started_at=None,
            finished_at=None,
        )
