"""Stored coefficients: one block per local day, producer or pool, and consumer."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.coefficients.steps import shares_on_step
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys.coefficients import NO_COEFFICIENTS, POOL, Coefficients


@dataclass(frozen=True)
class CoefficientBlock:
    """producer: POOL for shares of the pool."""

    day: date
    step_min: int
    producer: Prm
    consumer: Prm
    share_billionths: Sequence[int]


def blocks_of(period: FilePeriod, coefficients: Coefficients) -> Iterator[CoefficientBlock]:
    """Yield the blocks of a file, day by day."""
    first = 0
    for day in period.days:
        steps = slice(first, first + steps_in_day(day, period.step_min))
        for row, producer in enumerate(coefficients.producers):
            for column, consumer in enumerate(coefficients.consumers):
                shares = coefficients.share_billionths[row, column, steps].tolist()
                yield CoefficientBlock(day, period.step_min, producer, consumer, shares)
        first = steps.stop


def coefficients_of_day(
    blocks: Sequence[CoefficientBlock],
    day: date,
    step_min: int,
    *,
    producers: Collection[Prm] = (POOL,),
) -> Coefficients:
    """Return the coefficients on the operation's steps; none unless every producer has its blocks.

    Otherwise the production of a producer without coefficients would silently belong to nobody.
    Finer steps that differ do not define a coarser one either: the operation may have changed its
    step since.
    """
    producers_with_blocks = {block.producer for block in blocks}
    if not producers_with_blocks.issuperset(producers):
        return NO_COEFFICIENTS
    row_by_producer = {
        producer: row for row, producer in enumerate(sorted(producers_with_blocks & set(producers)))
    }
    consumers = sorted({block.consumer for block in blocks})
    column_by_consumer = {consumer: column for column, consumer in enumerate(consumers)}
    starts = starts_of_day(day, step_min)
    shares = np.zeros((len(row_by_producer), len(consumers), len(starts)), dtype=np.int64)
    for block in blocks:
        block_shares = np.array(block.share_billionths, dtype=np.int64)
        shares_of_steps = shares_on_step(block_shares, block.step_min, step_min)
        if shares_of_steps is None:
            return NO_COEFFICIENTS
        if block.producer in row_by_producer:
            shares[row_by_producer[block.producer], column_by_consumer[block.consumer]] = (
                shares_of_steps
            )
    return Coefficients(starts, tuple(row_by_producer), tuple(consumers), shares)
