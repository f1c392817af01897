"""Bodies of the routes for the coefficients of sharing keys."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.allocation.store.key_coefficients import KnownCoefficients


class KeyCoefficientsOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    producer: Prm | None = Field(description="null: shares of the pool")
    step_min: int
    first_day: date = Field(description="first day of the month that the key was made for")
    last_day: date = Field(description="last day that it was made for")
    consumers: int = Field(description="number of consumers in the file", examples=[12])

    @classmethod
    def of(cls, coefficients: KnownCoefficients) -> Self:
        return cls(
            **coefficients._asdict()
            | {"month": f"{coefficients.month:%Y-%m}", "producer": coefficients.producer or None}
        )
