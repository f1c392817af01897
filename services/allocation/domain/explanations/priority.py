"""Why ranks give what they give."""

from fractions import Fraction

import numpy as np

from services.allocation.domain.explanations.steps import Consumer, Reason, Rule
from services.allocation.domain.keys.priority import Priority


def explain_priority(key: Priority, consumer: Consumer) -> list[Reason]:
    """One reason per step."""
    metered = consumer.metered
    number = next((i for i, rank in enumerate(key.ranks) if consumer.prm in rank), None)
    if number is None:
        return [Reason(Rule.KEY_GIVES_NOTHING)] * len(metered.pool_wmin)
    before = {prm for rank in key.ranks[:number] for prm in rank}
    taken = metered.consumption_wmin[np.isin(metered.consumers, list(before))].sum(axis=0)
    left = np.maximum(metered.pool_wmin - taken, 0)
    members = np.isin(metered.consumers, list(key.ranks[number]))
    wanted = metered.consumption_wmin[members].sum(axis=0)
    columns = zip(
        left.tolist(),
        wanted.tolist(),
        consumer.consumption_wmin.tolist(),
        consumer.share_wmin.tolist(),
        strict=True,
    )
    return [_reason(number + 1, *column) for column in columns]


def _reason(rank: int, left_wmin: int, wanted_wmin: int, own_wmin: int, share_wmin: int) -> Reason:
    if wanted_wmin <= left_wmin:
        return Reason(Rule.RANK_SERVED_IN_FULL, rank=rank, left_wmin=left_wmin)
    return Reason(
        Rule.RANK_SHARES_WHAT_IS_LEFT if left_wmin else Rule.RANK_GETS_NOTHING,
        Fraction(own_wmin, wanted_wmin),
        share_wmin,
        rank,
        left_wmin,
    )
