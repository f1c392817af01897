"""The shares that a key names itself, which become its coefficients to the last decimal."""

import numpy as np

from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import Dynamic, FullDynamic, SharingKey, Static
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.metered import Metered


def named_by(key: SharingKey | None, metered: Metered, layout: Layout) -> IntArray | None:
    """Billionths, [producer or the pool, consumer, step]; None for a key that computes them."""
    match key:
        case Static(redistribute=False) if layout == Layout.POOL:
            shares = {prm: int(share * ONE) for prm, share in key.shares.items()}
            steps = len(metered.pool_wmin)
            return np.repeat(metered.for_consumers(shares)[None, :, None], steps, axis=2)
        case Dynamic() if layout == Layout.POOL:
            return key.coefficients.of_pool(metered)[None]
        case FullDynamic() if layout == Layout.PRODUCERS:
            return key.coefficients.of_couples(metered)
        case _:
            return None
