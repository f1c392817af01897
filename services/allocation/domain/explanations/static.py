"""The explanation of the results of fixed shares."""

from fractions import Fraction

from services.allocation.domain.explanations.steps import Consumer, Rule, ShareReason
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.keys.static import Static


def explain_static(key: Static, consumer: Consumer) -> list[ShareReason]:
    """Return one reason per step.

    With redistribution the offer is still that of the fixed share alone: anything a consumer gets
    above it was left by others, or by a key that shares less than everything.
    """
    share = Fraction(key.shares.get(consumer.prm, 0))
    billionths = int(share * ONE)
    columns = zip(
        consumer.metered.pool_wmin.tolist(),
        consumer.consumption_wmin.tolist(),
        consumer.share_wmin.tolist(),
        strict=True,
    )
    return [
        _reason(share, billionths * pool_wmin // ONE, own_wmin, share_wmin)
        for pool_wmin, own_wmin, share_wmin in columns
    ]


def _reason(share: Fraction, offered_wmin: int, own_wmin: int, share_wmin: int) -> ShareReason:
    if not share:
        return ShareReason(Rule.KEY_GIVES_NOTHING, share, offered_wmin)
    if offered_wmin > own_wmin:
        return ShareReason(Rule.FIXED_SHARE_CAPPED, share, offered_wmin)
    rule = Rule.REDISTRIBUTED if share_wmin > offered_wmin else Rule.FIXED_SHARE
    return ShareReason(rule, share, offered_wmin)
