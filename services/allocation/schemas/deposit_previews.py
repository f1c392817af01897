"""The body of a preview of coefficients that would be deposited before a month."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.allocation.domain.forecasts.expected_shares import ExpectedMonth


class ExpectedConsumerOut(BodyOut):
    prm: Prm = Field(examples=["99220000000101"])
    consumption_wmin: int = Field(
        description="expected in the month, on the days on which it takes part",
        examples=[18_000_000],
    )
    shared_wmin: int = Field(description="of the plants' energy", examples=[7_200_000])


class DepositPreviewOut(BodyOut):
    """The energy that a deposit is expected to share: means of the past, not a promise."""

    month: str = Field(examples=["2027-01"])
    read_before: date = Field(description="only days before it counted", examples=["2026-12-10"])
    production_wmin: int = Field(
        description="of all plants, the mean of dark and bright days", examples=[12_000_000]
    )
    shared_wmin: int = Field(examples=[7_200_000])
    surplus_wmin: int = Field(description="that no consumer could use", examples=[4_800_000])
    consumers: list[ExpectedConsumerOut] = Field(description="who take part in the month, by prm")

    @classmethod
    def of(cls, month: Month, expected: ExpectedMonth, *, read_before: date) -> Self:
        return cls(
            month=str(month),
            read_before=read_before,
            production_wmin=expected.production_wmin,
            shared_wmin=expected.shared_wmin,
            surplus_wmin=expected.surplus_wmin,
            consumers=[
                ExpectedConsumerOut(prm=prm, **vars(share))
                for prm, share in expected.consumers.items()
            ],
        )
