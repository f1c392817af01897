"""Bodies of the route that previews prices. Money is in euro cents."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.calendar import Month
from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from services.billing.domain.drafts.price_previews import MemberPreview
from services.billing.schemas.prices.prices import PriceListIn


class PricePreviewIn(BodyIn):
    """A whole price list that is not set, and the day of it that counts."""

    day: DayField = Field(
        description="its prices of this day are those of the whole month", examples=["2027-01-01"]
    )
    prices: PriceListIn


class PreviewedMemberOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    energy_wmin: int = Field(description="bought in the month", examples=[4_899_540])
    now_cents: int | None = Field(
        description="VAT included, by the prices set for the month; null: some are missing",
        examples=[1225],
    )
    then_cents: int = Field(description="VAT included, by the prices previewed", examples=[1103])


class PricePreviewOut(BodyOut):
    """The sum that each member pays; issued invoices and other corrections do not count."""

    month: str = Field(examples=["2026-10"])
    day: date = Field(examples=["2027-01-01"])
    members: list[PreviewedMemberOut] = Field(description="by name")

    @classmethod
    def of(cls, month: Month, day: date, members: Sequence[MemberPreview]) -> Self:
        return cls(
            month=str(month),
            day=day,
            members=[PreviewedMemberOut(**vars(member)) for member in members],
        )
