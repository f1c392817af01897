"""Try the draft keys of open polls on past months."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in, today_in
from libs.common.events.community import PollOpened
from libs.common.ids import Prm
from services.allocation.commands.days import load_facts
from services.allocation.domain.days import DayFacts
from services.allocation.domain.key_previews import (
    Occupancy,
    PreviewSum,
    months_to_preview,
    preview_days,
)
from services.allocation.domain.keys import SharingKey, parse_key
from services.allocation.domain.keys.versions import KeyState
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store import copies, key_previews, stale
from services.allocation.store.key_previews import Task
from services.allocation.store.keys import keys


class PreviewWork(NamedTuple):
    """The inputs for one month; shared_wmin: the real shares of the consumers."""

    days: Sequence[DayFacts]
    draft: SharingKey
    shared_wmin: Mapping[tuple[date, Prm], int]
    perimeter: Perimeter


async def record_openings(session: AsyncSession, events: Sequence[PollOpened]) -> None:
    """Record a poll's voters and draft, and request a preview if the draft is still unchanged."""
    await stale.lock_operations(session, {event.operation_id for event in events})
    for event in events:
        fields = {"poll_id", "operation_id", "key_id", "opened_at", "voters"}
        await key_previews.add_poll(session, **event.model_dump(include=fields))
        version = await keys.find_key(session, event.operation_id, event.key_id)
        is_asked = (
            version is not None
            and version.state == KeyState.DRAFT
            and version.drafted_at <= event.opened_at
        )
        if is_asked:
            await _ask_preview(session, event)


async def _ask_preview(session: AsyncSession, event: PollOpened) -> None:
    allocated = await key_previews.list_allocated_months(session, event.operation_id)
    await key_previews.add_preview(
        session,
        event.operation_id,
        event.key_id,
        poll_id=event.poll_id,
        asked_at=now_in(session),
        months=months_to_preview(allocated, Month.of(today_in(session))),
    )


async def load_work(session: AsyncSession, task: Task) -> PreviewWork | None:
    """Load the inputs of a task; None if the draft has been withdrawn meanwhile.

    The session reads as of one instant, so that readings and real shares match.
    """
    version = await keys.find_key(session, task.operation_id, task.key_id)
    if version is None:
        return None
    shared_wmin = await key_previews.map_consumers_shares(session, task.operation_id, task.month)
    days = sorted({(task.operation_id, day) for day, _ in shared_wmin})
    return PreviewWork(
        days=await load_facts(session, days),
        draft=parse_key(version.definition),
        shared_wmin=shared_wmin,
        perimeter=await copies.get_perimeter(session, task.operation_id),
    )


def compute(work: PreviewWork) -> Mapping[Occupancy, PreviewSum]:
    """Share the allocated days of a month by the draft."""
    return preview_days(work.days, work.draft, work.shared_wmin, work.perimeter)
