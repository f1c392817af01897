"""Coefficients on the steps of the energy that they share, and of several producers."""

from collections.abc import Sequence

import numpy as np

from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.problems import CoefficientStepUnfit


def on_step(coefficients: Coefficients, coefficient_step_min: int, step_min: int) -> Coefficients:
    """Repeat a coefficient in each part of its step, or merge finer steps with equal coefficients.

    Finer steps that differ have no common coefficient: it would depend on when in the coarser step
    the production was. The steps cover whole hours. Raises CoefficientStepUnfit.
    """
    shares = shares_on_step(coefficients.share_billionths, coefficient_step_min, step_min)
    if shares is None:
        raise CoefficientStepUnfit(
            f"Coefficients of {coefficient_step_min} minutes cannot share energies of {step_min}"
            " minutes, unless they are the same in all parts of each."
        )
    repeats, steps_merged = (
        max(coefficient_step_min // step_min, 1),
        max(step_min // coefficient_step_min, 1),
    )
    starts = coefficients.starts_epoch_min[::steps_merged]
    return Coefficients(
        starts_epoch_min=np.add.outer(starts, step_min * np.arange(repeats)).reshape(-1),
        producers=coefficients.producers,
        consumers=coefficients.consumers,
        share_billionths=shares,
    )


def shares_on_step(
    share_billionths: IntArray, share_step_min: int, step_min: int
) -> IntArray | None:
    """Repeat shares, […, step] of whole hours, or merge equal ones; None if they differ."""
    if share_step_min % step_min == 0:
        return np.repeat(share_billionths, share_step_min // step_min, axis=-1)
    if step_min % share_step_min:
        return None
    grouped_shares = share_billionths.reshape(
        *share_billionths.shape[:-1], -1, step_min // share_step_min
    )
    first: IntArray = grouped_shares[..., 0]
    return first if (grouped_shares == first[..., None]).all() else None


def of_producers(producer_coefficients: Sequence[Coefficients]) -> Coefficients:
    """Merge the coefficients of different producers; a consumer without one gets nothing of them.

    Raises CoefficientStepUnfit unless they cover the same steps.
    """
    starts = producer_coefficients[0].starts_epoch_min
    if any(
        not np.array_equal(coefficients.starts_epoch_min, starts)
        for coefficients in producer_coefficients
    ):
        raise CoefficientStepUnfit("The files of the producers are not about the same steps.")
    coefficients_by_producer = {
        coefficients.producers[0]: coefficients for coefficients in producer_coefficients
    }
    producers = sorted(coefficients_by_producer)
    consumers = sorted(
        {prm for coefficients in producer_coefficients for prm in coefficients.consumers}
    )
    shares = np.zeros((len(producers), len(consumers), len(starts)), dtype=np.int64)
    for row, producer in enumerate(producers):
        coefficients = coefficients_by_producer[producer]
        columns = np.searchsorted(consumers, coefficients.consumers)
        shares[row, columns] = coefficients.share_billionths[0]
    return Coefficients(starts, tuple(producers), tuple(consumers), shares)
