"""The coefficients of an allocated day."""

from collections.abc import Sequence

import numpy as np

from libs.common.ids import Direction
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.coefficients.named import named_by
from services.allocation.domain.coefficients.rounding import FileFormat, Rounded, rounded
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.days import DayFacts, energies_of
from services.allocation.domain.metered import Metered
from services.allocation.domain.share_frames import StepShares


def rounded_day(facts: DayFacts, shares: Sequence[StepShares], form: FileFormat) -> Rounded | None:
    """Return the coefficients of the shares that the day was allocated from these facts.

    None for a day without producers or consumers. Raises CoefficientStepUnfit.
    """
    productions = energies_of(facts, Direction.PRODUCTION)
    consumptions = energies_of(facts, Direction.CONSUMPTION)
    if not productions or not consumptions:
        return None
    starts = starts_of_day(facts.day, facts.step_min)
    metered = Metered.of(productions, consumptions, starts)
    shape = (len(metered.producers), len(metered.consumers), len(starts))
    shares_wmin = np.zeros(shape, dtype=np.int64)
    for step_shares in shares:
        assert step_shares.step_min == facts.step_min, "shares in another step than their day"
        row, column = (
            metered.producers.index(step_shares.producer),
            metered.consumers.index(step_shares.consumer),
        )
        shares_wmin[row, column] = step_shares.energy_wmin
    allocation = Allocation(metered, shares_wmin)
    allocation.check()
    named_shares = named_by(facts.key, metered, form.layout)
    return rounded(allocation, form, step_min=facts.step_min, named_shares=named_shares)
