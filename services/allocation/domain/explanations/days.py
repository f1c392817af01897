"""The explanation of one point's day, on each side on which it takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from libs.common.ids import Direction, Prm
from services.allocation.domain.curves import Curve, starts_of_day
from services.allocation.domain.days import DayFacts, decide_day, metered_curves
from services.allocation.domain.explanations.by_key import revealed_sums, sold_sums
from services.allocation.domain.explanations.consumers import ConsumerDay, explain_consumer
from services.allocation.domain.explanations.privacy import ExplanationViewer
from services.allocation.domain.explanations.producers import ProducerDay, explain_producer
from services.allocation.domain.explanations.steps import ConsumerStep, ProducerStep, readings_of
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.metered import Metered
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.share_frames import StepShares

_Step = TypeVar("_Step", ConsumerStep, ProducerStep)


def still_holds(facts: DayFacts, prm: Prm, stored: Sequence[StepShares]) -> bool:
    """Return whether the stored shares of a point equal those that would be allocated now."""
    result = decide_day(facts, known_hash=None)
    assert result is not None, "no hash is known"
    current_shares = {
        (share.producer, share.consumer): share.energy_wmin.tolist()
        for share in result.shares
        if prm in (share.producer, share.consumer)
    }
    return current_shares == {
        (share.producer, share.consumer): share.energy_wmin for share in stored
    }


def explain_consuming(
    facts: DayFacts, prm: Prm, stored: Sequence[StepShares], viewer: ExplanationViewer | None
) -> ConsumerDay:
    """Explain a consumer's day. viewer: None for a person who may see everything."""
    shares = {
        step_shares.producer: _array(step_shares)
        for step_shares in stored
        if step_shares.consumer == prm
    }
    curves = metered_curves(facts)
    metered = _metered(facts, curves)
    explanation = explain_consumer(metered, facts.key, prm, shares)
    curve = curves[Participant(prm, Direction.CONSUMPTION)]
    explanation = replace(explanation, steps=_with_readings(explanation.steps, curve))
    if viewer is None or facts.key is None:
        return explanation
    sums = revealed_sums(facts.key, viewer.own_points, metered)
    if viewer.is_production_visible and viewer.may_see_sums(sums):
        return explanation
    return explanation.without_others()


def explain_producing(
    facts: DayFacts, prm: Prm, stored: Sequence[StepShares], viewer: ExplanationViewer | None
) -> ProducerDay:
    """Explain a producer's day. viewer: None for a person who may see everything."""
    sales = [step_shares for step_shares in stored if step_shares.producer == prm]
    curves = metered_curves(facts)
    metered = _metered(facts, curves)
    explanation = explain_producer(metered, prm, map(_array, sales))
    curve = curves[Participant(prm, Direction.PRODUCTION)]
    explanation = replace(explanation, steps=_with_readings(explanation.steps, curve))
    if viewer is None:
        return explanation
    takers = {sale.consumer for sale in sales}
    sums = [] if facts.key is None else sold_sums(facts.key, viewer.own_points, prm, metered)
    if viewer.may_see_sales(takers) and viewer.may_see_sums(sums):
        return explanation
    return explanation.without_others()


def _metered(facts: DayFacts, curves: Mapping[Participant, Curve]) -> Metered:
    """Return the energies of an allocated day, perhaps on one side only."""
    starts = starts_of_day(facts.day, facts.step_min)

    def side(direction: Direction) -> tuple[tuple[Prm, ...], IntArray]:
        # In prm order, as the participants of a day are.
        points = [
            participant for participant in facts.participants if participant.direction == direction
        ]
        energies = [curves[participant].energy_wmin for participant in points]
        table = np.array(energies, dtype=np.int64).reshape(len(points), len(starts))
        return tuple(participant.prm for participant in points), table

    producers, production_wmin = side(Direction.PRODUCTION)
    consumers, consumption_wmin = side(Direction.CONSUMPTION)
    return Metered(producers, consumers, production_wmin, consumption_wmin, starts)


def _with_readings(steps: Sequence[_Step], curve: Curve) -> list[_Step]:
    readings = readings_of(curve)
    return [replace(step, reading=reading) for step, reading in zip(steps, readings, strict=True)]


def _array(share: StepShares) -> IntArray:
    return np.array(share.energy_wmin, dtype=np.int64)
