"""A day in one plain sentence, which names no point, so that the page may show it anywhere."""

from collections import Counter
from datetime import date
from typing import assert_never

from libs.common.units import kwh_from_wmin
from services.allocation.domain.explanations.consumers import ConsumerDay
from services.allocation.domain.explanations.producers import ProducerDay
from services.allocation.domain.explanations.steps import Rule
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis

_PHRASES = {
    Rule.NO_PRODUCTION: "nothing was produced",
    Rule.NO_CONSUMPTION: "nothing was consumed",
    Rule.KEY_GIVES_NOTHING: "the key gave nothing",
    Rule.EVERYONE_SERVED: "there was enough for everyone",
    Rule.PRORATA_OF_CONSUMPTION: "production was short and shared in proportion to consumption",
    Rule.FIXED_SHARE: "the fixed share was taken whole",
    Rule.FIXED_SHARE_CAPPED: "the fixed share was more than was consumed",
    Rule.REDISTRIBUTED: "more than the own share came, as others had left theirs",
    Rule.SHARE_OF_STEP: "the share of the step was taken whole",
    Rule.SHARE_OF_STEP_CAPPED: "the share of the step was more than was consumed",
    Rule.RANK_SERVED_IN_FULL: "there was enough for the whole rank",
    Rule.RANK_SHARES_WHAT_IS_LEFT: "the rank shared what was left for it",
    Rule.WEIGHT_OF_RANK: "the weighted part of what was left for the rank was taken whole",
    Rule.WEIGHT_OF_RANK_CAPPED: "the weighted part of what was left was more than was consumed",
    Rule.RANK_GETS_NOTHING: "the ranks before took everything",
}

_BEFORE = (
    "Each consumer gets its coefficient of what was produced, at most what it consumed; nothing"
    " that was metered changes a coefficient."
)


def sentence_of_consumer(day: date, explained: ConsumerDay) -> str:
    rules = Counter(step.reason.rule for step in explained.steps)
    phrases = [f"in {rules[rule]} {phrase}" for rule, phrase in _PHRASES.items() if rules[rule]]
    complement_wmin = explained.consumption_wmin - explained.share_wmin
    return (
        f"On {_long(day)}, {_kwh(explained.share_wmin)} of {_kwh(explained.consumption_wmin)} kWh "
        f"came from the operation and {_kwh(complement_wmin)} kWh from the ordinary supplier: "
        f"of {len(explained.steps)} steps, {', '.join(phrases)}."
    )


def sentence_of_producer(day: date, explained: ProducerDay) -> str:
    produced = f"On {_long(day)}, {_kwh(explained.production_wmin)} kWh were produced"
    if explained.sold_wmin is None:
        return f"{produced}; what was sold is shown by month only, as there are few consumers."
    surplus_wmin = explained.production_wmin - explained.sold_wmin
    return (
        f"{produced}: {_kwh(explained.sold_wmin)} kWh were shared in the operation "
        f"and {_kwh(surplus_wmin)} kWh were surplus."
    )


def sentence_of_basis(day: date, basis: DayBasis) -> str:
    """Say what shared the day of a month whose coefficients are set before it."""
    this_month = f"{day:%B %Y}"
    match basis.basis:
        case CoefficientBasis.DEPOSIT:
            return (
                f"The coefficients of {this_month} were deposited before the month: deposit"
                f" {basis.number}. {_BEFORE}"
            )
        case CoefficientBasis.LAST_DEPOSIT:
            return (
                f"No deposit of coefficients counts for {this_month}, so those of deposit"
                f" {basis.number} of {basis.month} hold, by weekday and hour. {_BEFORE}"
            )
        case CoefficientBasis.DEFAULT_KEY:
            return (
                f"No deposit of coefficients counts for {this_month}, so the network operator's own"
                " rule holds: in proportion to consumption."
            )
        case _:
            assert_never(basis.basis)


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _kwh(energy_wmin: int) -> str:
    return f"{kwh_from_wmin(energy_wmin):.3f}"
