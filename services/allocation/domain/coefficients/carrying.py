"""Deposited coefficients of a day: its own, or those of a day like it of an earlier month."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from libs.common.calendar import Month, day_minutes, public_holidays
from services.allocation.domain.coefficients.blocks import CoefficientBlock, coefficients_of_day
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.schedules import LocalTimes

_DAY_MIN = 24 * 60


def deposited_on(blocks: Sequence[CoefficientBlock], day: date, step_min: int) -> Coefficients:
    """Return the coefficients of a day from the blocks of that day, or of its model day."""
    (deposited_day,) = {block.day for block in blocks}
    if deposited_day == day:
        return coefficients_of_day(blocks, day, step_min)
    coefficients = coefficients_of_day(blocks, deposited_day, blocks[0].step_min)
    return _carried(coefficients, day, step_min)


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
