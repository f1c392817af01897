"""The body of a month's summary."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.days import MonthDay, PointTotal
from services.allocation.domain.summary import SideTotal, Summary


class ConsumerOut(BodyOut):
    prm: Prm
    consumption_wmin: int
    shared_wmin: int
    complement_wmin: int = Field(description="from the ordinary supplier")
    coverage: float | None = Field(description="shared ÷ consumption; null without consumption")


class ProducerOut(BodyOut):
    prm: Prm = Field(examples=["99220000000101"])
    production_wmin: int
    shared_wmin: int
    surplus_wmin: int


class BalanceOut(BodyOut):
    """Both are 0: otherwise energy would have been made or lost."""

    production_wmin: int = Field(description="production − Σ shares − surplus", examples=[0])
    consumption_wmin: int = Field(description="consumption − Σ shares − complement", examples=[0])


class SummaryOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    days: int = Field(
        description="days of the month on which at least one point takes part", examples=[31]
    )
    days_allocated: int = Field(description="days included in the figures", examples=[30])
    consumers: list[ConsumerOut]
    producers: list[ProducerOut]
    production_wmin: int
    consumption_wmin: int
    shared_wmin: int = Field(description="sum of the shares that the points below give or take")
    surplus_wmin: int
    complement_wmin: int
    self_consumption_rate: float | None = Field(description="shared ÷ production")
    self_sufficiency_rate: float | None = Field(description="shared ÷ consumption")
    balance: BalanceOut

    @classmethod
    def of(
        cls, operation_id: OperationId, month: Month, days: Sequence[MonthDay], summary: Summary
    ) -> Self:
        production, consumption = summary.production, summary.consumption
        return cls(
            operation_id=operation_id,
            month=str(month),
            days=len(days),
            days_allocated=sum(day.allocated_wmin is not None for day in days),
            consumers=[_consumer(point) for point in summary.consumers],
            producers=[_producer(point) for point in summary.producers],
            production_wmin=production.metered_wmin,
            consumption_wmin=consumption.metered_wmin,
            shared_wmin=max(summary.given_wmin, summary.taken_wmin),
            surplus_wmin=production.rest_wmin,
            complement_wmin=consumption.rest_wmin,
            self_consumption_rate=production.rate,
            self_sufficiency_rate=consumption.rate,
            balance=BalanceOut(
                production_wmin=summary.production_balance_wmin,
                consumption_wmin=summary.consumption_balance_wmin,
            ),
        )


def _consumer(point: PointTotal) -> ConsumerOut:
    total = SideTotal(point.metered_wmin, point.shared_wmin)
    return ConsumerOut(
        prm=point.prm,
        consumption_wmin=total.metered_wmin,
        shared_wmin=total.shared_wmin,
        complement_wmin=total.rest_wmin,
        coverage=total.rate,
    )


def _producer(point: PointTotal) -> ProducerOut:
    total = SideTotal(point.metered_wmin, point.shared_wmin)
    return ProducerOut(
        prm=point.prm,
        production_wmin=total.metered_wmin,
        shared_wmin=total.shared_wmin,
        surplus_wmin=total.rest_wmin,
    )
