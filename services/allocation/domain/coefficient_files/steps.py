"""Coefficients on the steps of the energy that they are to share, and of several producers."""

from collections.abc import Sequence

import numpy as np

from services.allocation.domain.coefficient_files.problems import CoefficientStepUnfit
from services.allocation.domain.keys.coefficients import Coefficients


def on_step(coefficients: Coefficients, own_step_min: int, step_min: int) -> Coefficients:
    """The same coefficient in each part of its step.

    Those of several finer steps are none of the coarser one: it would depend on when in it how
    much was produced. Raises CoefficientStepUnfit.
    """
    if own_step_min == step_min:
        return coefficients
    if own_step_min % step_min:
        raise CoefficientStepUnfit(
            f"Coefficients of {own_step_min} minutes cannot share energies of {step_min} minutes."
        )
    parts = own_step_min // step_min
    starts = np.add.outer(coefficients.starts_epoch_min, step_min * np.arange(parts))
    return Coefficients(
        starts_epoch_min=starts.reshape(-1),
        producers=coefficients.producers,
        consumers=coefficients.consumers,
        share_billionths=np.repeat(coefficients.share_billionths, parts, axis=2),
    )


def of_producers(parts: Sequence[Coefficients]) -> Coefficients:
    """Those of different producers as one; who is not named by one gets nothing of it.

    Raises CoefficientStepUnfit unless they are about the same steps.
    """
    starts = parts[0].starts_epoch_min
    if any(not np.array_equal(part.starts_epoch_min, starts) for part in parts):
        raise CoefficientStepUnfit("The files of the producers are not about the same steps.")
    by_producer = {part.producers[0]: part for part in parts}
    producers = sorted(by_producer)
    consumers = sorted({prm for part in parts for prm in part.consumers})
    shares = np.zeros((len(producers), len(consumers), len(starts)), dtype=np.int64)
    for row, producer in enumerate(producers):
        part = by_producer[producer]
        shares[row, np.searchsorted(consumers, part.consumers)] = part.share_billionths[0]
    return Coefficients(starts, tuple(producers), tuple(consumers), shares)
