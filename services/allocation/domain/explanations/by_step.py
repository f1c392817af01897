"""The explanation of shares that change with every step."""

from fractions import Fraction

import numpy as np

from services.allocation.domain.explanations.steps import Consumer, ProducerOffer, Rule, ShareReason
from services.allocation.domain.kernels import scale
from services.allocation.domain.keys.dynamic import Dynamic
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.keys.full_dynamic import FullDynamic


def explain_dynamic(key: Dynamic, consumer: Consumer) -> list[ShareReason]:
    """One reason per step."""
    shares = key.coefficients.of_pool(consumer.metered)[consumer.row]
    offered_wmin_of_steps = scale(shares, consumer.metered.pool_wmin, np.int64(ONE))
    columns = zip(
        shares.tolist(),
        offered_wmin_of_steps.tolist(),
        consumer.consumption_wmin.tolist(),
        strict=True,
    )
    return [
        ShareReason(_rule(share > 0, offered_wmin, own_wmin), Fraction(share, ONE), offered_wmin)
        for share, offered_wmin, own_wmin in columns
    ]


def explain_full_dynamic(key: FullDynamic, consumer: Consumer) -> list[ShareReason]:
    """One reason per step, with the offers of the producers in their order."""
    shares = key.coefficients.of_couples(consumer.metered)[:, consumer.row]
    offered_wmin_of_producers = scale(shares, consumer.metered.production_wmin, np.int64(ONE))
    columns = zip(
        shares.T.tolist(),
        offered_wmin_of_producers.T.tolist(),
        consumer.consumption_wmin.tolist(),
        strict=True,
    )
    return [
        ShareReason(
            _rule(any(producer_shares), sum(offers_wmin), own_wmin),
            offered_wmin=sum(offers_wmin),
            offers=[
                ProducerOffer(Fraction(share, ONE), offer_wmin)
                for share, offer_wmin in zip(producer_shares, offers_wmin, strict=True)
            ],
        )
        for producer_shares, offers_wmin, own_wmin in columns
    ]


def _rule(has_share: bool, offered_wmin: int, own_wmin: int) -> Rule:  # noqa: FBT001 - see the calls
    if not has_share:
        return Rule.KEY_GIVES_NOTHING
    return Rule.SHARE_OF_STEP_CAPPED if offered_wmin > own_wmin else Rule.SHARE_OF_STEP
