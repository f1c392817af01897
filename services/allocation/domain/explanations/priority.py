"""The explanation of the results of ranks."""

from collections.abc import Callable, Collection
from fractions import Fraction

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.explanations.steps import Consumer, Rule, ShareReason
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.priority import Priority
from services.allocation.domain.keys.ranks import Rank, Ranks, WeightedRank, points_of
from services.allocation.domain.metered import Metered

_Reasoning = Callable[[int, int, int, int], ShareReason]
"""Reason from what is left for a rank, what it consumed, and what one point consumed and got."""


def explain_priority(key: Priority, consumer: Consumer) -> list[ShareReason]:
    """Return one reason per step, from the ranks that applied in it."""
    chosen = key.chosen(consumer.metered).tolist()
    reasons = {choice: _explain_ranks(key.choices[choice], consumer) for choice in set(chosen)}
    return [reasons[choice][step] for step, choice in enumerate(chosen)]


def place_of(prm: Prm, ranks: Ranks) -> int | None:
    """Return the index of a point's rank; None if it has none, and so gets nothing."""
    return next((i for i, rank in enumerate(ranks) if prm in points_of([rank])), None)


def revealed_groups(own_points: Collection[Prm], ranks: Ranks) -> list[Collection[Prm]]:
    """Group the points whose consumption is revealed together: own ranks, and those between them.

    Each own point reveals what the ranks before it took, so two of them reveal what is between
    them. The last group is everything after the last own rank, or everything.
    """
    groups: list[Collection[Prm]] = []
    first = 0
    for place, rank in enumerate(ranks):
        if not points_of([rank]).isdisjoint(own_points):
            groups += [points_of(ranks[first:place]), points_of([rank])]
            first = place + 1
    return [*groups, points_of(ranks[first:])]


def _explain_ranks(ranks: Ranks, consumer: Consumer) -> list[ShareReason]:
    metered, place = consumer.metered, place_of(consumer.prm, ranks)
    if place is None:
        return [ShareReason(Rule.KEY_GIVES_NOTHING)] * len(metered.pool_wmin)
    # Every rank takes what it consumes while there is something left, whatever its inner rule.
    left_for_rank_wmin = np.maximum(metered.pool_wmin - _consumed(ranks[:place], metered), 0)
    own_rank = ranks[place]
    reason = _reasoning(own_rank, place + 1, consumer)
    columns = zip(
        left_for_rank_wmin.tolist(),
        _consumed([own_rank], metered).tolist(),
        consumer.consumption_wmin.tolist(),
        consumer.share_wmin.tolist(),
        strict=True,
    )
    return [reason(*column) for column in columns]


def _consumed(ranks: Ranks, metered: Metered) -> IntArray:
    """Return what all the points of some ranks consumed: [step]."""
    members = np.isin(metered.consumers, list(points_of(ranks)))
    consumed_wmin: IntArray = metered.consumption_wmin[members].sum(axis=0)
    return consumed_wmin


def _reasoning(rank: Rank, number: int, consumer: Consumer) -> _Reasoning:
    if isinstance(rank, WeightedRank):
        present = sum(rank.integers.get(prm, 0) for prm in consumer.metered.consumers)
        weight = Fraction(rank.integers[consumer.prm], present)
    else:
        weight = None

    def reason(left_wmin: int, rank_wmin: int, own_wmin: int, share_wmin: int) -> ShareReason:
        if rank_wmin <= left_wmin:
            return ShareReason(Rule.RANK_SERVED_IN_FULL, rank=number, left_wmin=left_wmin)
        if weight is not None:
            offered_wmin = weight.numerator * left_wmin // weight.denominator
            rule = _rule_of_weight(left_wmin, offered_wmin, own_wmin, share_wmin)
            return ShareReason(rule, weight, offered_wmin, number, left_wmin)
        rule = Rule.RANK_SHARES_WHAT_IS_LEFT if left_wmin else Rule.RANK_GETS_NOTHING
        return ShareReason(rule, Fraction(own_wmin, rank_wmin), share_wmin, number, left_wmin)

    return reason


def _rule_of_weight(left_wmin: int, offered_wmin: int, own_wmin: int, share_wmin: int) -> Rule:
    if not left_wmin:
        return Rule.RANK_GETS_NOTHING
    if offered_wmin > own_wmin:
        return Rule.WEIGHT_OF_RANK_CAPPED
    return Rule.REDISTRIBUTED if share_wmin > offered_wmin else Rule.WEIGHT_OF_RANK
