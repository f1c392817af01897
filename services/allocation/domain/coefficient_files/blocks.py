"""Coefficients as they are stored: one block per local day, producer or pool, and consumer."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.coefficient_files.period import FilePeriod
from services.allocation.domain.coefficient_files.steps import shares_on_step
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
    """Of a file, day by day."""
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
    """On the steps of the operation; of no step at all unless every producer has its blocks.

    What a producer without coefficients made would be nobody's without a word. Nor do finer steps
    that differ say anything of a coarser one: the operation may have changed its step since.
    """
    named = {block.producer for block in blocks}
    if not named.issuperset(producers):
        return NO_COEFFICIENTS
    known = {producer: row for row, producer in enumerate(sorted(named & set(producers)))}
    consumers = sorted({block.consumer for block in blocks})
    place = {consumer: column for column, consumer in enumerate(consumers)}
    starts = starts_of_day(day, step_min)
    shares = np.zeros((len(known), len(consumers), len(starts)), dtype=np.int64)
    for block in blocks:
        own = np.array(block.share_billionths, dtype=np.int64)
        of_block = shares_on_step(own, block.step_min, step_min)
        if of_block is None:
            return NO_COEFFICIENTS
        if block.producer in known:
            shares[known[block.producer], place[block.consumer]] = of_block
    return Coefficients(starts, tuple(known), tuple(consumers), shares)
