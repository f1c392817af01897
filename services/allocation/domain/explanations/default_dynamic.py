"""The explanation of the default rule's results."""

from fractions import Fraction

from services.allocation.domain.explanations.steps import Consumer, Rule, ShareReason


def explain_default_dynamic(consumer: Consumer) -> list[ShareReason]:
    """Return one reason per step."""
    pool = consumer.metered.pool_wmin.tolist()
    consumption_of_all_wmin = consumer.metered.consumption_wmin.sum(axis=0).tolist()
    columns = zip(
        pool,
        consumption_of_all_wmin,
        consumer.consumption_wmin.tolist(),
        consumer.share_wmin.tolist(),
        strict=True,
    )
    return [
        ShareReason(Rule.EVERYONE_SERVED)
        if total_wmin <= pool_wmin
        else ShareReason(Rule.PRORATA_OF_CONSUMPTION, Fraction(own_wmin, total_wmin), share_wmin)
        for pool_wmin, total_wmin, own_wmin, share_wmin in columns
    ]
