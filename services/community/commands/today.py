"""The work that waits for staff in community."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.scopes import EVERYTHING
from libs.common.waiting import MOST_SHOWN, Waiting
from services.community.commands.desk.deadlines import list_deadlines
from services.community.domain.desk.deadlines import Deadline, DeadlineKind
from services.community.domain.messages.messages import Status
from services.community.store.privacy import erasure
from services.community.store.today import count_and_list_messages

_AHEAD = timedelta(days=7)
_SLOW = timedelta(hours=1)
_LISTED_FOR = timedelta(days=30)
"""Messages that did not arrive are listed for so long."""


async def list_waiting(session: AsyncSession) -> Sequence[Waiting]:
    return [
        *await _deadlines(session),
        *await _messages(session),
        await _erasures(session),
    ]


async def _deadlines(session: AsyncSession) -> Sequence[Waiting]:
    now = now_in(session)
    today = local_day(now)
    deadlines = await list_deadlines(session, EVERYTHING, now=now, until=today + _AHEAD)
    late_months, other_deadlines = list[Deadline](), list[Deadline]()
    for deadline in deadlines:
        is_late_month = deadline.kind == DeadlineKind.MONTH_TO_CLOSE and deadline.is_late(today)
        (late_months if is_late_month else other_deadlines).append(deadline)
    return [
        Waiting(
            kind="deadlines_due",
            count=len(other_deadlines),
            todo="Late, or due within a week. Do these; each line has its link.",
            first=_shown(other_deadlines),
            next="GET /community/deadlines",
        ),
        Waiting(
            kind="months_late",
            count=len(late_months),
            todo="Months that should have been closed. Their completeness says what is missing.",
            first=_shown(late_months),
            next="GET /ingest/operations/{operation_id}/completeness",
        ),
    ]


async def _messages(session: AsyncSession) -> Sequence[Waiting]:
    now = now_in(session)
    waiting_count, waiting_members = await count_and_list_messages(
        session, [Status.QUEUED], before=now - _SLOW, limit=MOST_SHOWN
    )
    failed_count, failed_members = await count_and_list_messages(
        session, [Status.BOUNCED, Status.FAILED], since=now - _LISTED_FOR, limit=MOST_SHOWN
    )
    return [
        Waiting(
            kind="messages_waiting",
            count=waiting_count,
            todo="E-mails that have waited for over an hour. Check the mail server.",
            first=_message_paths(waiting_members),
            next="GET /community/messages?status=queued",
        ),
        Waiting(
            kind="messages_failed",
            count=failed_count,
            todo="E-mails of the last 30 days that did not arrive. Ask for another address.",
            first=_message_paths(failed_members),
            next="GET /community/messages?status=bounced&status=failed",
        ),
    ]


async def _erasures(session: AsyncSession) -> Waiting:
    member_ids = await erasure.list_oldest_requests(session, limit=MOST_SHOWN)
    return Waiting(
        kind="erasures_requested",
        count=await erasure.count_requests(session),
        todo="Members who asked to be erased. The law gives a month.",
        first=[f"/community/members/{member_id}/erasure" for member_id in member_ids],
        next="GET /community/erasure-requests",
    )


def _shown(deadlines: Sequence[Deadline]) -> list[str]:
    return [
        f"{deadline.due}, {deadline.operation_name}: {deadline.todo('en')}, {deadline.link}"
        for deadline in deadlines[:MOST_SHOWN]
    ]


def _message_paths(members: Sequence[UUID]) -> list[str]:
    return [f"/community/messages?member_id={member_id}" for member_id in members]
