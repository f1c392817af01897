"""Bodies of the routes for shares."""

from datetime import date, datetime

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm


class MonthShareOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    producer: Prm
    consumer: Prm
    energy_wmin: int


class DayShareOut(BodyOut):
    day: date
    producer: Prm
    consumer: Prm
    energy_wmin: int


class StepShareOut(BodyOut):
    start: datetime = Field(examples=["2026-10-25T00:30:00Z"], description="of the step, UTC")
    step_min: int
    producer: Prm
    consumer: Prm
    energy_wmin: int
