"""Which explanation belongs to which type of key, and whose consumption it tells something of."""

from collections.abc import Collection
from typing import assert_never

from libs.common.ids import Prm
from services.allocation.domain.explanations.by_step import explain_dynamic, explain_full_dynamic
from services.allocation.domain.explanations.default_dynamic import explain_default_dynamic
from services.allocation.domain.explanations.priority import explain_priority, place_of
from services.allocation.domain.explanations.static import explain_static
from services.allocation.domain.explanations.steps import Consumer, Reason
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Key,
    Priority,
    Static,
)
from services.allocation.domain.keys.ranks import points_of
from services.allocation.domain.metered import Metered


def explain(key: Key, consumer: Consumer) -> list[Reason]:
    """One reason per step."""
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


def told_sums(key: Key, prm: Prm, metered: Metered) -> list[Collection[Prm]]:
    """The groups of consumers whose summed consumption may follow from this one's explanation.

    By the prorata of its step, the production and its own curves, a consumer works out what all
    who shared with it consumed; by its rank, also what the ranks before took. Fixed shares depend
    on nobody else. Shares by step are as a rule made from consumptions, so they tell as much.
    """
    match key:
        case Static(redistribute=False):
            return []
        case Static():
            return [key.shares]
        case Priority():
            held = [key.choices[choice] for choice in set(key.chosen(metered).tolist())]
            return [
                points_of(some)
                for ranks in held
                if (place := place_of(prm, ranks)) is not None
                for some in (ranks[:place], ranks[place : place + 1])
            ]
        case DefaultDynamic() | Dynamic() | FullDynamic():
            return [metered.consumers]
        case _:
            assert_never(key)
