"""Polls about draft keys, and the results these would have given, month by month.

The process that computes a month holds an advisory lock of its poll in a transaction of its own, as
for simulations: whatever ends the process ends that transaction, and another one takes the month.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import any_, delete, literal, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import ring_after_commit
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.allocation.domain.key_previews import Occupancy, PreviewSum
from services.allocation.domain.keys.versions import KeyVersion
from services.allocation.tables import KeyPollRow, KeyPreviewPartRow, KeyPreviewRow

_CANDIDATES = 50


class PreviewUnknown(Problem):
    status, slug, title = 404, "preview-unknown", "The sharing key was not tried on past months"
    example_detail = "No poll was opened on the draft as it is now."


class Task(NamedTuple):
    """The next month of the preview for a poll."""

    operation_id: OperationId
    key_id: UUID
    poll_id: UUID
    month: Month


async def add_poll(
    session: AsyncSession,
    *,
    poll_id: UUID,
    operation_id: OperationId,
    key_id: UUID,
    opened_at: datetime,
    voters: Sequence[UUID],
) -> None:
    """Add the poll; twice is once."""
    adding = insert(KeyPollRow).values(
        poll_id=poll_id,
        operation_id=operation_id,
        key_id=key_id,
        opened_at=opened_at,
        voters=list(voters),
    )
    await session.execute(adding.on_conflict_do_nothing())


async def remove_polls(session: AsyncSession, *, opened_before: datetime) -> int:
    """Delete them with their rolls and previews; return their number."""
    removed_ids = await session.scalars(
        delete(KeyPollRow).where(KeyPollRow.opened_at < opened_before).returning(KeyPollRow.poll_id)
    )
    return len(removed_ids.all())


async def is_asked(session: AsyncSession, draft: KeyVersion, member_id: UUID) -> bool:
    """Return whether the member is or was on the roll of a poll opened about this very draft.

    A poll that opened before the draft was written was about another draft of the same id.
    """
    query = select(KeyPollRow.poll_id).where(
        KeyPollRow.operation_id == draft.operation_id,
        KeyPollRow.key_id == draft.id,
        KeyPollRow.opened_at >= draft.drafted_at,
        literal(member_id) == any_(KeyPollRow.voters),
    )
    return await session.scalar(query.limit(1)) is not None


async def add_preview(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    *,
    poll_id: UUID,
    asked_at: datetime,
    months: Sequence[Month],
) -> None:
    """Replace a preview for another poll; for the same poll, twice is once."""
    await session.execute(
        delete(KeyPreviewRow).where(
            KeyPreviewRow.operation_id == operation_id,
            KeyPreviewRow.key_id == key_id,
            KeyPreviewRow.poll_id != poll_id,
        )
    )
    adding = insert(KeyPreviewRow).values(
        operation_id=operation_id,
        key_id=key_id,
        poll_id=poll_id,
        asked_at=asked_at,
        waiting=[str(month) for month in months],
    )
    await session.execute(adding.on_conflict_do_nothing())
    ring_after_commit(session)


async def remove_preview(session: AsyncSession, operation_id: OperationId, key_id: UUID) -> None:
    await session.execute(
        delete(KeyPreviewRow).where(
            KeyPreviewRow.operation_id == operation_id, KeyPreviewRow.key_id == key_id
        )
    )


async def get_preview(
    session: AsyncSession, operation_id: OperationId, key_id: UUID
) -> KeyPreviewRow:
    """Raises PreviewUnknown."""
    row = await session.get(KeyPreviewRow, (operation_id, key_id), populate_existing=True)
    if row is None:
        raise PreviewUnknown
    return row


async def try_claim(session: AsyncSession) -> Task | None:
    """Lock the oldest requested preview that nobody works on, until the transaction ends.

    No row is locked: a draft can be rewritten, and results computed for it are then not saved.
    """
    polls = text("""
        SELECT poll_id FROM key_preview WHERE waiting <> '{}' AND failure IS NULL
        ORDER BY asked_at, poll_id LIMIT :limit
    """)
    lock = text("SELECT pg_try_advisory_xact_lock(hashtext('key preview'), hashtext(:id))")
    for poll_id in (await session.scalars(polls, {"limit": _CANDIDATES})).all():
        # Only now: the last one to hold it has taken a month from it, perhaps the last.
        if await session.scalar(lock, {"id": str(poll_id)}) and (
            task := await _find_task(session, poll_id)
        ):
            return task
    return None


async def _find_task(session: AsyncSession, poll_id: UUID) -> Task | None:
    query = text("""
        SELECT operation_id, key_id, waiting[1] AS month FROM key_preview
        WHERE poll_id = :poll_id AND waiting <> '{}' AND failure IS NULL
    """)
    row = (await session.execute(query, {"poll_id": poll_id})).one_or_none()
    if row is None:
        return None
    return Task(OperationId(row.operation_id), row.key_id, poll_id, Month.parse(row.month))


async def is_any_waiting(session: AsyncSession) -> bool:
    query = text("""
        SELECT EXISTS (SELECT FROM key_preview WHERE waiting <> '{}' AND failure IS NULL)
    """)
    return bool(await session.scalar(query))


async def finish_task(
    session: AsyncSession, task: Task, sums: Mapping[Occupancy, PreviewSum]
) -> None:
    """Save a month, unless the draft has changed meanwhile, or somebody else saved it."""
    finished = text("""
        UPDATE key_preview SET waiting = waiting[2:]
        WHERE operation_id = :operation_id AND key_id = :key_id AND poll_id = :poll_id
            AND waiting[1] = :month
        RETURNING 1
    """)
    if await session.scalar(finished, _values(task)) is None:
        return
    rows = [
        {
            "operation_id": task.operation_id,
            "key_id": task.key_id,
            "month": str(task.month),
            **occupancy._asdict(),
            **vars(total),
        }
        for occupancy, total in sorted(sums.items())
    ]
    if rows:
        await session.execute(insert(KeyPreviewPartRow), rows)


async def fail_task(session: AsyncSession, task: Task, failure: str) -> None:
    """End the preview, under the same conditions as ``finish_task``."""
    failed = text("""
        UPDATE key_preview SET failure = :failure
        WHERE operation_id = :operation_id AND key_id = :key_id AND poll_id = :poll_id
            AND waiting[1] = :month
    """)
    await session.execute(failed, {**_values(task), "failure": failure})


def _values(task: Task) -> dict[str, object]:
    return {**task._asdict(), "month": str(task.month)}


async def list_allocated_months(session: AsyncSession, operation_id: OperationId) -> list[Month]:
    """Return the months that have a day with shares."""
    query = text("""
        SELECT DISTINCT to_char(day, 'YYYY-MM') FROM day_status
        WHERE operation_id = :operation_id AND status = 'allocated'
    """)
    rows = await session.scalars(query, {"operation_id": operation_id})
    return [Month.parse(month) for month in rows]


async def map_consumers_shares(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Mapping[tuple[date, Prm], int]:
    """Return consumers' shares, in watt-minutes, on allocated days that wait for nothing."""
    query = text("""
        SELECT day, prm, shared_wmin FROM point_day
        WHERE operation_id = :operation_id AND day >= :first AND day < :end
            AND direction = 'consumption'
            AND NOT EXISTS (
                SELECT FROM stale_day AS waiting
                WHERE waiting.operation_id = point_day.operation_id AND waiting.day = point_day.day
            )
    """)
    values = {
        "operation_id": operation_id,
        "first": month.first_day,
        "end": month.next_first_day,
    }
    rows = await session.execute(query, values)
    return {(row.day, Prm(row.prm)): row.shared_wmin for row in rows}


async def list_own_months(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    prm: Prm,
    *,
    member_id: UUID | None,
) -> Mapping[Month, PreviewSum]:
    """Return the sums of a point while it was a member's, in order; None: anybody's."""
    query = text("""
        SELECT month, sum(days) AS days, sum(consumption_wmin) AS consumption_wmin,
            sum(in_force_wmin) AS in_force_wmin, sum(draft_wmin) AS draft_wmin
        FROM key_preview_part
        WHERE operation_id = :operation_id AND key_id = :key_id AND prm = :prm
            AND (CAST(:member_id AS uuid) IS NULL OR member_id = :member_id)
        GROUP BY month ORDER BY month
    """)
    values = {"operation_id": operation_id, "key_id": key_id, "prm": prm, "member_id": member_id}
    rows = await session.execute(query, values)
    return {Month.parse(month): PreviewSum(*map(int, sums)) for month, *sums in rows}


async def list_months(
    session: AsyncSession, operation_id: OperationId, key_id: UUID
) -> list[Month]:
    """Return the computed months of which the draft says something, in order."""
    query = text("""
        SELECT DISTINCT month FROM key_preview_part
        WHERE operation_id = :operation_id AND key_id = :key_id ORDER BY month
    """)
    rows = await session.scalars(query, {"operation_id": operation_id, "key_id": key_id})
    return [Month.parse(month) for month in rows]


async def list_points(
    session: AsyncSession, operation_id: OperationId, key_id: UUID, months: Collection[Month]
) -> list[PreviewSum]:
    """Return a sum over these months for each point."""
    query = text("""
        SELECT sum(days) AS days, sum(consumption_wmin) AS consumption_wmin,
            sum(in_force_wmin) AS in_force_wmin, sum(draft_wmin) AS draft_wmin
        FROM key_preview_part
        WHERE operation_id = :operation_id AND key_id = :key_id
            AND month = ANY (CAST(:months AS text[]))
        GROUP BY prm
    """)
    values = {
        "operation_id": operation_id,
        "key_id": key_id,
        "months": [str(month) for month in months],
    }
    return [PreviewSum(*map(int, sums)) for sums in await session.execute(query, values)]
