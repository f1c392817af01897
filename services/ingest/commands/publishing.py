"""Give operations the readings that their participations cover."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.events.ingest import ReadingBlockPart, ReadingsRecorded
from libs.common.ids import OperationId
from services.ingest.domain.blocks import Block
from services.ingest.domain.coverage import match_operations
from services.ingest.store import blocks as block_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import published as published_store


async def give_or_hold(session: AsyncSession, blocks: Sequence[Block]) -> list[bool]:
    """Publish blocks to the operations that cover them; returns which ones none covers."""
    prms = {block.prm for block in blocks}
    participations = await perimeter_store.list_participations(session, prms)
    matches = list(match_operations(blocks, participations))
    await publish(session, [(one, block) for block, found in matches for one in found])
    await block_store.hold(session, [block for block, found in matches if not found])
    return [not found for _, found in matches]


async def publish(session: AsyncSession, given: Sequence[tuple[OperationId, Block]]) -> None:
    """One event per operation and day, whatever the order in which blocks are given."""
    ordered = sorted(
        given, key=lambda one: (one[0], one[1].day, one[1].prm, one[1].direction, one[1].step_min)
    )
    days = {
        day: [block for _, block in blocks]
        for day, blocks in groupby(ordered, key=lambda one: (one[0], one[1].day))
    }
    revisions = await published_store.count_days(session, list(days))
    events = await asyncio.to_thread(
        lambda: [_event(*day, revisions[day], blocks) for day, blocks in days.items()]
    )
    await messaging.publish(session, *events)
    await published_store.add_published(session, ordered)


def _event(
    operation_id: OperationId, day: date, revision: int, blocks: Sequence[Block]
) -> ReadingsRecorded:
    parts = [
        ReadingBlockPart(
            prm=block.prm,
            direction=block.direction,
            step_min=block.step_min,
            revision=block.revision,
            power_w=list(block.power_w),
            estimated_steps=block.estimated_steps,
        )
        for block in blocks
    ]
    return ReadingsRecorded(
        time=datetime.now(UTC), operation_id=operation_id, day=day, revision=revision, blocks=parts
    )
