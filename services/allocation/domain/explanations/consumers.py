"""The explanation of one consumer's day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.explanations.by_key import explain
from services.allocation.domain.explanations.steps import (
    Consumer,
    ConsumerStep,
    ProducerOffer,
    ProducerPart,
    Rule,
    ShareReason,
    instants,
)
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class ConsumerDay:
    """One entry per step; withheld: without anything that reveals neighbours' curves."""

    steps: Sequence[ConsumerStep]
    withheld: bool = False

    @property
    def consumption_wmin(self) -> int:
        return sum(step.consumption_wmin for step in self.steps)

    @property
    def share_wmin(self) -> int:
        return sum(step.share_wmin for step in self.steps)

    def without_others(self) -> Self:
        """Keep only the consumer's own curves and the rule."""
        return replace(self, steps=[_without_others(step) for step in self.steps], withheld=True)


def explain_consumer(
    metered: Metered, key: SharingKey | None, prm: Prm, shares_wmin: Mapping[Prm, IntArray]
) -> ConsumerDay:
    """Explain for each step why the consumer got its shares.

    metered: all points of the day, with the starts of its steps; perhaps no producer.
    key: the one in force; None only without a producer, when nothing is shared.
    shares_wmin: by producer, [step], as allocated; producers that gave nothing may be absent.
    """
    steps = len(metered.pool_wmin)
    nothing = np.zeros(steps, dtype=np.int64)
    shares_of_producers = np.array(
        [shares_wmin.get(producer, nothing) for producer in metered.producers], dtype=np.int64
    )
    by_producer = shares_of_producers.reshape(len(metered.producers), steps)
    consumer = Consumer(metered, prm, by_producer.sum(axis=0))
    columns = zip(
        instants(metered.starts_epoch_min),
        consumer.consumption_wmin.tolist(),
        metered.pool_wmin.tolist(),
        consumer.share_wmin.tolist(),
        _reasons(key, consumer),
        by_producer.T.tolist(),
        strict=True,
    )
    return ConsumerDay(
        [
            ConsumerStep(
                start=start,
                consumption_wmin=own_wmin,
                production_wmin=pool_wmin,
                share_wmin=share_wmin,
                capped=reason.offered_wmin is not None and reason.offered_wmin > own_wmin,
                reason=reason,
                parts=_parts(metered.producers, producer_shares, reason),
            )
            for start, own_wmin, pool_wmin, share_wmin, reason, producer_shares in columns
        ]
    )


def _reasons(key: SharingKey | None, consumer: Consumer) -> list[ShareReason]:
    """Return the key's reasons, replaced where nobody produced or the consumer used nothing."""
    pool_of_steps_wmin, own_consumption_wmin = (
        consumer.metered.pool_wmin.tolist(),
        consumer.consumption_wmin.tolist(),
    )
    if key is None:
        assert not any(pool_of_steps_wmin), "production is shared by a key"
        return [ShareReason(Rule.NO_PRODUCTION)] * len(pool_of_steps_wmin)
    return [
        _decided(reason, pool_wmin, own_wmin)
        for reason, pool_wmin, own_wmin in zip(
            explain(key, consumer), pool_of_steps_wmin, own_consumption_wmin, strict=True
        )
    ]


def _decided(reason: ShareReason, pool_wmin: int, own_wmin: int) -> ShareReason:
    if not pool_wmin:
        return replace(reason, rule=Rule.NO_PRODUCTION)
    return reason if own_wmin else replace(reason, rule=Rule.NO_CONSUMPTION)


def _parts(
    producers: Sequence[Prm], shares_wmin: Sequence[int], reason: ShareReason
) -> list[ProducerPart]:
    offers: Sequence[ProducerOffer | None] = reason.offers or [None] * len(producers)
    return [
        ProducerPart(producer, share_wmin, offer)
        for producer, share_wmin, offer in zip(producers, shares_wmin, offers, strict=True)
    ]


def _without_others(step: ConsumerStep) -> ConsumerStep:
    return replace(
        step,
        production_wmin=None,
        reason=ShareReason(step.reason.rule, rank=step.reason.rank),
        parts=[replace(producer_part, offer=None) for producer_part in step.parts],
    )
