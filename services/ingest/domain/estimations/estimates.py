"""Estimates that stand in blocks: how each was made, and what remains when they go."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.ingest.domain.readings.blocks import (
    ESTIMATED_BY_US,
    NATURE_LETTERS,
    NOTHING,
    Block,
    BlockKey,
)
from services.ingest.domain.readings.readings import Nature

_NOT_REAL = {ESTIMATED_BY_US, NOTHING, NATURE_LETTERS[Nature.MISSING]}


@dataclass(frozen=True)
class Estimate:
    """The steps of one block that an estimation filled, by one method.

    revision: the one that the estimation made. replaced: the letter that each step had before.
    """

    estimation_id: UUID
    block: BlockKey
    method: str
    revision: int
    slots: Sequence[int]
    replaced: str
    input_days: Sequence[date]
    input_prms: Sequence[str]


def standing(block: Block, estimates: Iterable[Estimate]) -> list[Estimate]:
    """Return the estimates whose values stand in the block, cut to the steps that still do.

    estimates: of this block, of any revision. The last one that filled a step made its value:
    another may have come before, and have been withdrawn.
    """
    made_by: dict[int, Estimate] = {}
    for estimate in sorted(estimates, key=lambda estimate: estimate.revision):
        if estimate.revision <= block.revision:
            made_by |= dict.fromkeys(estimate.slots, estimate)
    standing_slots: dict[tuple[UUID, str], list[int]] = {}
    for slot in block.estimated_steps:
        standing_slots.setdefault((made_by[slot].estimation_id, made_by[slot].method), []).append(
            slot
        )
    return [_cut(made_by[slots[0]], slots) for slots in standing_slots.values()]


def only(slots: Collection[int], estimates: Iterable[Estimate]) -> list[Estimate]:
    """Return the estimates, cut to these steps."""
    return [
        _cut(estimate, [slot for slot in estimate.slots if slot in slots]) for estimate in estimates
    ]


def _cut(estimate: Estimate, slots: Sequence[int]) -> Estimate:
    replaced = dict(zip(estimate.slots, estimate.replaced, strict=True))
    return replace(estimate, slots=slots, replaced="".join(replaced[slot] for slot in slots))


def without(block: Block, estimates: Iterable[Estimate]) -> Block:
    """Return the next revision of a block, its estimated steps as they were before."""
    replaced_letters = {
        slot: letter
        for estimate in estimates
        for slot, letter in zip(estimate.slots, estimate.replaced, strict=True)
    }
    steps = range(len(block.natures))
    published_us = block.published_us
    slots_us = [published_us[slot if len(published_us) > 1 else 0] for slot in steps]
    return replace(
        block,
        revision=block.revision + 1,
        power_w=[None if slot in replaced_letters else block.power_w[slot] for slot in steps],
        natures="".join(replaced_letters.get(slot, block.natures[slot]) for slot in steps),
        doubtful=[slot not in replaced_letters and block.doubtful[slot] for slot in steps],
        published_us=[0 if slot in replaced_letters else slots_us[slot] for slot in steps],
    )


def overtaken(block: Block, other_natures: Mapping[int, str]) -> set[int]:
    """Return the estimated steps of a block that real values of another step cover, even in part.

    other_natures: the natures of the day's other blocks, by their steps in minutes.
    """
    return {
        slot
        for slot in block.estimated_steps
        if any(
            _is_covered(slot * block.step_min, block.step_min, step_min, natures)
            for step_min, natures in other_natures.items()
        )
    }


def _is_covered(first_min: int, minutes: int, step_min: int, natures: str) -> bool:
    """Return whether real values cover any of these minutes of the day."""
    slots = range(first_min // step_min, -(-(first_min + minutes) // step_min))
    return any(natures[slot] not in _NOT_REAL for slot in slots if slot < len(natures))
