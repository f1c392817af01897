"""Deposited coefficients of a day: its own, or those of a day like it of an earlier month."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import gcd

import numpy as np

from libs.common.calendar import Month, day_minutes, public_holidays
from services.allocation.domain.coefficients.blocks import CoefficientBlock, coefficients_of_day
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.schedules import LocalTimes

_DAY_MIN = 24 * 60


def deposited_on(blocks: Sequence[CoefficientBlock], day: date, step_min: int) -> Coefficients:
    """Return the coefficients of a day from the blocks of that day, or of its model day.

    Where the operation has taken a coarser step since, a step has the least of its parts: never
    more than was deposited.
    """
    (deposited_day,) = {block.day for block in blocks}
    deposited_min = blocks[0].step_min
    fine_min = gcd(deposited_min, step_min)
    if deposited_day == day:
        fine_coefficients = coefficients_of_day(blocks, day, fine_min)
    else:
        fine_coefficients = _carried(
            coefficients_of_day(blocks, deposited_day, deposited_min), day, fine_min
        )
    steps_merged = step_min // fine_min
    shares = fine_coefficients.share_billionths.reshape(
        *fine_coefficients.share_billionths.shape[:-1], -1, steps_merged
    )
    return replace(
        fine_coefficients,
        starts_epoch_min=fine_coefficients.starts_epoch_min[::steps_merged],
        share_billionths=shares.min(axis=-1),
    )


def model_day(day: date, month: Month) -> date:
    """Return the last day of the month that is the same day of the week and like any other.

    That is one of 24 hours that is no public holiday; without any, the last one.
    """
    same_weekday = [earlier for earlier in month.days if earlier.weekday() == day.weekday()]
    alike = [
        earlier
        for earlier in same_weekday
        if day_minutes(earlier) == _DAY_MIN and earlier not in public_holidays(earlier.year)
    ]
    return (alike or same_weekday)[-1]


def _carried(coefficients: Coefficients, day: date, step_min: int) -> Coefficients:
    """Return the coefficients of a model day on the steps of another, by the clock.

    A step takes what held at its start: in an hour that the model day skips what held before it,
    in one that it has twice what held the first time.
    """
    model_minutes = LocalTimes.of(coefficients.starts_epoch_min).minute
    clock, first_steps = np.unique(model_minutes, return_index=True)
    starts = starts_of_day(day, step_min)
    places = np.searchsorted(clock, LocalTimes.of(starts).minute, side="right") - 1
    shares = coefficients.share_billionths[..., first_steps[places]]
    return Coefficients(starts, coefficients.producers, coefficients.consumers, shares)
