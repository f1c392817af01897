"""Bodies of the route that explains a day."""

from datetime import date, datetime
from fractions import Fraction
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.allocation.domain.explanations import (
    ConsumerDay,
    ConsumerStep,
    ProducerDay,
    ProducerStep,
    Reading,
    Rule,
    sentence_of_basis,
    sentence_of_consumer,
    sentence_of_producer,
)
from services.allocation.domain.keys.bases import DayBasis
from services.allocation.domain.keys.fractions import DECIMALS, ONE
from services.allocation.schemas.keys import DayBasisOut

_COEFFICIENT = "exact: a decimal (`0.25`), or a fraction (`3/7`) where that would not end"

_READING = (
    "source of the point's energy: `metered`, `estimated`, `reconstructed` (an equal part of a"
    " coarser reading), or `missing` (it counted as none)"
)


class ProducerPartOut(BodyOut):
    producer: Prm
    share_wmin: int = Field(examples=[12_000])
    coefficient: str | None = Field(
        None, description="of this producer's production, by `full_dynamic` keys", examples=[None]
    )
    offered_wmin: int | None = Field(
        None, description="this producer's offer, by `full_dynamic` keys", examples=[None]
    )


class ConsumerStepOut(BodyOut):
    """A null value does not apply to this rule, or is `withheld`."""

    start: datetime = Field(examples=["2026-10-12T10:30:00Z"], description="of the step, UTC")
    local_time: str = Field(examples=["12:30+02:00"], description="the same on the clock in Paris")
    consumption_wmin: int = Field(examples=[15_000])
    reading: Reading = Field(description=_READING)
    production_wmin: int | None = Field(description="of all producers together", examples=[48_000])
    rule: Rule = Field(
        description="the rule that decided, a stable code: docs/use/explanations.md",
        examples=["fixed-share"],
    )
    coefficient: str | None = Field(
        description="the share of the production that the key gives, or the part of the consumption"
        f" (of the rank) that decides; {_COEFFICIENT}",
        examples=["0.25", "3/7"],
    )
    rank: int | None = Field(description="by priority keys, from 1", examples=[None])
    left_wmin: int | None = Field(description="energy left by the ranks before", examples=[None])
    offered_wmin: int | None = Field(
        description="before the cap; null where the key gives what is consumed", examples=[12_000]
    )
    capped: bool = Field(description="whether more was offered than consumed")
    share_wmin: int = Field(examples=[12_000])
    complement_wmin: int = Field(description="from the ordinary supplier", examples=[3_000])
    producers: list[ProducerPartOut]

    @classmethod
    def of(cls, step: ConsumerStep) -> Self:
        reason = step.reason
        return cls(
            start=step.start,
            local_time=step.local_time,
            consumption_wmin=step.consumption_wmin,
            reading=step.reading,
            production_wmin=step.production_wmin,
            rule=reason.rule,
            coefficient=_text(reason.coefficient),
            rank=reason.rank,
            left_wmin=reason.left_wmin,
            offered_wmin=reason.offered_wmin,
            capped=step.capped,
            share_wmin=step.share_wmin,
            complement_wmin=step.complement_wmin,
            producers=[
                ProducerPartOut(
                    producer=producer_part.producer,
                    share_wmin=producer_part.share_wmin,
                    coefficient=_text(producer_part.offer.coefficient)
                    if producer_part.offer
                    else None,
                    offered_wmin=producer_part.offer.offered_wmin if producer_part.offer else None,
                )
                for producer_part in step.parts
            ],
        )


class ConsumerDayOut(BodyOut):
    summary: str = Field(
        description="the day in one sentence",
        examples=["On 12 October 2026, 7.200 of 9.600 kWh came from the operation and …"],
    )
    withheld: bool = Field(
        description="productions, coefficients, offers and energy left are null, because they"
        " would reveal what one or two neighbours consume or produce"
    )
    consumption_wmin: int
    share_wmin: int
    complement_wmin: int
    steps: list[ConsumerStepOut]

    @classmethod
    def of(cls, day: date, explained: ConsumerDay) -> Self:
        return cls(
            summary=sentence_of_consumer(day, explained),
            withheld=explained.withheld,
            consumption_wmin=explained.consumption_wmin,
            share_wmin=explained.share_wmin,
            complement_wmin=explained.consumption_wmin - explained.share_wmin,
            steps=[ConsumerStepOut.of(step) for step in explained.steps],
        )


class ProducerStepOut(BodyOut):
    """Never by consumer; null where it is `withheld`."""

    start: datetime = Field(examples=["2026-10-12T10:30:00Z"], description="of the step, UTC")
    local_time: str = Field(examples=["12:30+02:00"], description="the same on the clock in Paris")
    production_wmin: int = Field(examples=[48_000])
    reading: Reading = Field(description=_READING)
    sold_wmin: int | None = Field(description="to all consumers together", examples=[36_000])
    surplus_wmin: int | None = Field(examples=[12_000])

    @classmethod
    def of(cls, step: ProducerStep) -> Self:
        return cls.model_validate(step)


class ProducerDayOut(BodyOut):
    summary: str = Field(
        description="the day in one sentence",
        examples=["On 12 October 2026, 21.600 kWh were produced: 19.000 kWh were …"],
    )
    withheld: bool = Field(
        description="sales and surplus are null, because they would reveal what one or two"
        " neighbours consume"
    )
    production_wmin: int
    sold_wmin: int | None
    steps: list[ProducerStepOut]

    @classmethod
    def of(cls, day: date, explained: ProducerDay) -> Self:
        return cls(
            summary=sentence_of_producer(day, explained),
            withheld=explained.withheld,
            production_wmin=explained.production_wmin,
            sold_wmin=explained.sold_wmin,
            steps=[ProducerStepOut.of(step) for step in explained.steps],
        )


class ExplainedBasisOut(DayBasisOut):
    """The basis by which the day was shared, in place of the key."""

    summary: str = Field(
        description="the same in one sentence",
        examples=["The coefficients of January 2027 were deposited before the month: deposit 1. …"],
    )

    @classmethod
    def explained(cls, day: date, basis: DayBasis) -> Self:
        return cls(**vars(basis), summary=sentence_of_basis(day, basis))


class ExplanationOut(BodyOut):
    """A side is null if the point does not take part on it, or if the caller may not see it."""

    operation_id: OperationId
    day: date = Field(examples=["2026-10-12"])
    prm: Prm
    revision: int = Field(description="of the day's shares")
    step_min: int
    key_type: str | None = Field(
        description="null: there was nothing to share, so no key was needed", examples=["static"]
    )
    basis: ExplainedBasisOut | None = Field(
        description="of a day whose coefficients were set before its month; null: its key"
    )
    consumer: ConsumerDayOut | None
    producer: ProducerDayOut | None


def _text(coefficient: Fraction | None) -> str | None:
    """``0.25``, ``1``, ``3/7``."""
    if coefficient is None:
        return None
    if ONE % coefficient.denominator:
        return str(coefficient)
    units, billionths = divmod(int(coefficient * ONE), ONE)
    return f"{units}.{billionths:0{DECIMALS}}".rstrip("0").rstrip(".")
