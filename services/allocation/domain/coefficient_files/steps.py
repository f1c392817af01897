"""Coefficients on the steps of the energy that they are to share."""

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
