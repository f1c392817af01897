"""Bodies of allocation's routes. Energy is in watt-minutes, days are local days of Europe/Paris."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field

from libs.common.calendar import Month
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayStatus, MonthDay, PointTotal
from services.allocation.domain.settlements import SettlementStatus
from services.allocation.domain.summary import SideTotal, Summary
from services.allocation.domain.timeline import Definition, KeyPeriod
from services.allocation.tables import SettlementRow


def _without_nul(definition: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL's jsonb refuses it.
    if "\\u0000" in json.dumps(definition):
        message = "a NUL character"
        raise ValueError(message)
    return definition


DayField = Annotated[
    date,
    Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1), description="local day, Europe/Paris"),
]
DefinitionField = Annotated[
    dict[str, Any],
    AfterValidator(_without_nul),
    Field(
        max_length=10,
        description="by `type`: `default_dynamic`; `static` with `shares` (prm to decimal text) and"
        " `redistribute`; `priority` with `ranks` (lists of prms, served in order)",
    ),
]


class KeyIn(BodyIn):
    definition: DefinitionField = Field(
        examples=[
            {"type": "default_dynamic"},
            {"type": "static", "shares": {"99220000000101": "0.25"}, "redistribute": False},
            {"type": "priority", "ranks": [["99220000000101"], ["99220000000102"]]},
        ]
    )
    valid_to: DayField | None = Field(
        None, description="first day without it; null: until a later key begins", examples=[None]
    )


class KeyOut(BodyOut):
    valid_from: date
    valid_to: date | None = Field(description="first day without it; null: no end in sight")
    definition: dict[str, Any]
    unknown_points: list[Prm] = Field(
        description="points that it names and that never take part while it is in force, as far as"
        " is known here: their shares stay with the producers"
    )

    @classmethod
    def of(cls, period: KeyPeriod, definition: Definition, unknown: Collection[Prm]) -> Self:
        return cls(
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            definition=dict(definition),
            unknown_points=sorted(unknown),
        )


class GapOut(BodyOut):
    prm: Prm
    direction: Direction
    steps: int = Field(description="missing steps, of the operation's step")


class DayOut(BodyOut):
    """Revision and totals are those of the last allocation; null when there are no shares."""

    day: date
    status: DayStatus = Field(
        description="`allocated`; `incomplete`: see `missing`; `no_key`: no key is in force;"
        " `failed`: see `failure`, it is tried again when something changes; `waiting`: something"
        " has changed, it is allocated in a moment; `no_readings`: nothing has arrived"
    )
    revision: int = Field(description="0 before the first allocation")
    production_wmin: int | None
    consumption_wmin: int | None
    allocated_wmin: int | None
    missing: list[GapOut]
    failure: str | None = Field(description="kind of the error when it failed; the log has more")


class MonthDaysOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    pending: int = Field(description="days that are waiting")
    days: list[DayOut] = Field(description="those on which at least one point takes part")

    @classmethod
    def of(cls, operation_id: OperationId, month: Month, days: Sequence[MonthDay]) -> Self:
        return cls(
            operation_id=operation_id,
            month=str(month),
            pending=sum(one.status == DayStatus.WAITING for one in days),
            days=[DayOut.model_validate(one) for one in days],
        )


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


class ConsumerOut(BodyOut):
    prm: Prm
    consumption_wmin: int
    shared_wmin: int
    complement_wmin: int = Field(description="from the ordinary supplier")
    coverage: float | None = Field(description="shared ÷ consumption; null when there is none")


class ProducerOut(BodyOut):
    prm: Prm
    production_wmin: int
    shared_wmin: int
    surplus_wmin: int


class BalanceOut(BodyOut):
    """Both are 0: what is not given, taken or left over has been made or lost."""

    production_wmin: int = Field(description="production − Σ shares − surplus")
    consumption_wmin: int = Field(description="consumption − Σ shares − complement")


class SummaryOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    days: int = Field(description="days of the month on which at least one point takes part")
    days_allocated: int = Field(description="days that the figures are made of")
    consumers: list[ConsumerOut]
    producers: list[ProducerOut]
    production_wmin: int
    consumption_wmin: int
    shared_wmin: int = Field(description="Σ of the shares that the points below give or take")
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
            days_allocated=sum(one.allocated_wmin is not None for one in days),
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


class SettlementIn(BodyIn):
    month: str = Field(max_length=7, examples=["2026-10"])


class SettlementHeadOut(BodyOut):
    operation_id: OperationId
    month: str = Field(examples=["2026-10"])
    number: int = Field(description="counts the settlements of the month; a higher one supersedes")
    status: SettlementStatus
    closed_at: AwareDatetime
    content_hash: str = Field(
        description="SHA-256 of operation_id, month, status, pairs and points as JSON with sorted"
        " keys, no spaces, in UTF-8"
    )
    revisions: dict[date, int] = Field(description="the revision of each day that it is made of")


class SettledPairOut(BodyOut):
    producer: Prm
    consumer: Prm
    energy_wmin: list[int] = Field(description="one per day of the month, in order")


class SettledPointOut(BodyOut):
    prm: Prm
    direction: Direction
    metered_wmin: int
    shared_wmin: int


class SettlementOut(SettlementHeadOut):
    pairs: list[SettledPairOut]
    points: list[SettledPointOut]

    @classmethod
    def of(cls, row: SettlementRow) -> Self:
        head = SettlementHeadOut.model_validate(row)
        return cls.model_validate(json.loads(row.content) | dict(head))
