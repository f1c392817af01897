"""Body of a member's year of given energy. Energy is in watt-minutes."""

from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from services.billing.domain.surplus.gift_statements import GiftStatement


class GiftedMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    given_wmin: int = Field(description="from the member's plants to others", examples=[0])
    received_wmin: int = Field(description="from others' plants", examples=[1_860_000])


class GiftStatementOut(BodyOut):
    """A member's year; what a plant gave to its own member is in no figure."""

    member_id: UUID
    name: str | None = Field(description="null until it is known", examples=["Lucie Brindille"])
    year: int = Field(examples=[2026])
    given_wmin: int = Field(examples=[0])
    received_wmin: int = Field(examples=[1_860_000])
    months: list[GiftedMonthOut] = Field(description="those with energy, in order")
    missing: list[str] = Field(
        description="months over whose energy is given and which are not settled: it is incomplete",
        examples=[["2026-11"]],
    )

    @classmethod
    def of(cls, statement: GiftStatement) -> Self:
        return cls(
            member_id=statement.member_id,
            name=statement.member and statement.member.name,
            year=statement.year,
            given_wmin=statement.given_wmin,
            received_wmin=statement.received_wmin,
            months=[
                GiftedMonthOut(
                    month=str(month.month),
                    given_wmin=month.given_wmin,
                    received_wmin=month.received_wmin,
                )
                for month in statement.months
            ],
            missing=[str(month) for month in statement.missing],
        )
