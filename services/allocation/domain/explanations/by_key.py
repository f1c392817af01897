"""The explanation for each type of key, and whose consumption it reveals."""

from collections.abc import Collection
from itertools import compress
from typing import assert_never

from libs.common.ids import Prm
from services.allocation.domain.explanations.by_step import explain_dynamic, explain_full_dynamic
from services.allocation.domain.explanations.default_dynamic import explain_default_dynamic
from services.allocation.domain.explanations.priority import explain_priority, revealed_groups
from services.allocation.domain.explanations.static import explain_static
from services.allocation.domain.explanations.steps import Consumer, ShareReason
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.ranks import Ranks
from services.allocation.domain.metered import Metered


def explain(key: SharingKey, consumer: Consumer) -> list[ShareReason]:
    """Return one reason per step."""
    match key:
        case DefaultDynamic():
            return explain_default_dynamic(consumer)
        case Static():
            return explain_static(key, consumer)
        case Priority():
            return explain_priority(key, consumer)
        case Dynamic():
            return explain_dynamic(key, consumer)
        case FullDynamic():
            return explain_full_dynamic(key, consumer)
        case _:
            assert_never(key)


def revealed_sums(
    key: SharingKey, own_points: Collection[Prm], metered: Metered
) -> list[Collection[Prm]]:
    """Return the groups whose summed consumption follows from explanations of own points.

    A consumer can compute, from the prorata of a step, the production and its own curves, what all
    who shared with it consumed; from its rank, also what the ranks before took. Fixed shares depend
    on nobody else. Shares by step are usually made from consumptions, so they reveal as much.
    """
    match key:
        case Static(redistribute=False):
            return []
        case Static():
            return [key.shares]
        case Priority():
            # Nothing is revealed of the ranks after the last one with an own point.
            return [
                group
                for ranks in _held(key, metered)
                for group in revealed_groups(own_points, ranks)[:-1]
            ]
        case DefaultDynamic() | Dynamic() | FullDynamic():
            return [metered.consumers]
        case _:
            assert_never(key)


def sold_sums(
    key: SharingKey, own_points: Collection[Prm], producer: Prm, metered: Metered
) -> list[Collection[Prm]]:
    """Return the groups whose summed shares follow from a producer's sales in some step of the day.

    own_points: consumers of the producer's owner, whose explanations reveal the ranks before
    theirs.
    """
    match key:
        case DefaultDynamic():
            return [metered.consumers]
        case Static():
            return [key.shares]
        case Priority():
            return [
                group
                for ranks in _held(key, metered)
                for group in revealed_groups(own_points, ranks)
            ]
        case Dynamic():
            return _named(key.coefficients.of_pool(metered), metered)
        case FullDynamic():
            row = metered.producers.index(producer)
            return _named(key.coefficients.of_couples(metered)[row], metered)
        case _:
            assert_never(key)


def _held(key: Priority, metered: Metered) -> list[Ranks]:
    """Return the ranks of every hour of the day."""
    return [key.choices[choice] for choice in sorted(set(key.chosen(metered).tolist()))]


def _named(shares: IntArray, metered: Metered) -> list[Collection[Prm]]:
    """Return who has a share in a step with production; shares: [consumer, step]."""
    patterns = {tuple(row) for row in (shares[:, metered.pool_wmin > 0] > 0).T.tolist()}
    return [list(compress(metered.consumers, pattern)) for pattern in sorted(patterns)]
