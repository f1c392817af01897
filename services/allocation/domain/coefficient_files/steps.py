"""Coefficients on the steps of the energy that they are to share, and of several producers."""

from collections.abc import Sequence

import numpy as np

from services.allocation.domain.coefficient_files.problems import CoefficientStepUnfit
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import Coefficients


def on_step(coefficients: Coefficients, own_step_min: int, step_min: int) -> Coefficients:
    """The same coefficient in each part of its step; finer steps that say the same as one.

    Those of several finer steps that differ are none of the coarser one: it would depend on when in
    it how much was produced. The steps are whole hours. Raises CoefficientStepUnfit.
    """
    shares = shares_on_step(coefficients.share_billionths, own_step_min, step_min)
    if shares is None:
        raise CoefficientStepUnfit(
            f"Coefficients of {own_step_min} minutes cannot share energies of {step_min} minutes,"
            " unless they are the same in all parts of each."
        )
    parts, together = max(own_step_min // step_min, 1), max(step_min // own_step_min, 1)
    starts = coefficients.starts_epoch_min[::together]
    return Coefficients(
        starts_epoch_min=np.add.outer(starts, step_min * np.arange(parts)).reshape(-1),
        producers=coefficients.producers,
        consumers=coefficients.consumers,
        share_billionths=shares,
    )


def shares_on_step(share_billionths: IntArray, own_step_min: int, step_min: int) -> IntArray | None:
    """[…, step] of whole hours: repeated, or of several that are the same one; else None."""
    if own_step_min % step_min == 0:
        return np.repeat(share_billionths, own_step_min // step_min, axis=-1)
    if step_min % own_step_min:
        return None
    parts = share_billionths.reshape(*share_billionths.shape[:-1], -1, step_min // own_step_min)
    first: IntArray = parts[..., 0]
    return first if (parts == first[..., None]).all() else None


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
