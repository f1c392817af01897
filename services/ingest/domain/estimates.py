"""Estimates that stand in blocks: how each was made, and what is left when they go."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.ingest.domain.blocks import ESTIMATED_BY_US, NATURE_LETTERS, NOTHING, Block
from services.ingest.domain.readings import Nature

_NOT_REAL = {ESTIMATED_BY_US, NOTHING, NATURE_LETTERS[Nature.MISSING]}


class BlockKey(NamedTuple):
    """Names a block, whatever its revision."""

    prm: Prm
    direction: Direction
    day: date
    step_min: int

    @classmethod
    def of(cls, block: Block) -> "BlockKey":
        return cls(block.prm, block.direction, block.day, block.step_min)


@dataclass(frozen=True)
class Estimate:
    """How one estimation filled steps of one block by one method.

    revision: the one that it made. replaced: the letter that stood in the place of each step.
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
    """Those whose values stand in the block, with only the steps that do.

    estimates: of this block, of any revision. The last that filled a step made its value: another
    can have come before, and have been withdrawn.
    """
    made_by: dict[int, Estimate] = {}
    for one in sorted(estimates, key=lambda one: one.revision):
        if one.revision <= block.revision:
            made_by |= dict.fromkeys(one.slots, one)
    found: dict[tuple[UUID, str], list[int]] = {}
    for slot in block.estimated_steps:
        found.setdefault((made_by[slot].estimation_id, made_by[slot].method), []).append(slot)
    return [_cut(made_by[slots[0]], slots) for slots in found.values()]


def only(slots: Collection[int], estimates: Iterable[Estimate]) -> list[Estimate]:
    """The estimates, cut to these steps."""
    return [_cut(one, [slot for slot in one.slots if slot in slots]) for one in estimates]


def _cut(estimate: Estimate, slots: Sequence[int]) -> Estimate:
    replaced = dict(zip(estimate.slots, estimate.replaced, strict=True))
    return replace(estimate, slots=slots, replaced="".join(replaced[slot] for slot in slots))


def without(block: Block, estimates: Iterable[Estimate]) -> Block:
    """The next revision of a block: the steps of these estimates are as they were before."""
    before = {
        slot: letter
        for one in estimates
        for slot, letter in zip(one.slots, one.replaced, strict=True)
    }
    steps = range(len(block.natures))
    published_us = block.published_us
    told_us = [published_us[slot if len(published_us) > 1 else 0] for slot in steps]
    return replace(
        block,
        revision=block.revision + 1,
        power_w=[None if slot in before else block.power_w[slot] for slot in steps],
        natures="".join(before.get(slot, block.natures[slot]) for slot in steps),
        doubtful=[slot not in before and block.doubtful[slot] for slot in steps],
        published_us=[0 if slot in before else told_us[slot] for slot in steps],
    )


def overtaken(block: Block, others: Mapping[int, str]) -> set[int]:
    """The estimated steps of a block of which real values of another step tell some minutes.

    others: the natures of the day's other blocks, by their steps in minutes.
    """
    return {
        slot
        for slot in block.estimated_steps
        if any(
            _is_told(slot * block.step_min, block.step_min, step_min, natures)
            for step_min, natures in others.items()
        )
    }


def _is_told(first_min: int, minutes: int, step_min: int, natures: str) -> bool:
    """Whether real values tell something of these minutes of the day."""
    slots = range(first_min // step_min, -(-(first_min + minutes) // step_min))
    return any(natures[slot] not in _NOT_REAL for slot in slots if slot < len(natures))
