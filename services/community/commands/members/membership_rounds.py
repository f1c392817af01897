"""Notify people of events that come with a day: entries, exits, consents that end."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community.commands.messages.notifications import (
    notify,
    notify_desks,
    notify_of_enrolment,
)
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store.members import memberships as store
from services.community.store.members import registry
from services.community.store.messages.notifications import find_notified
from services.community.tables import ConsentRow

_NOTIFIED_FOR = timedelta(days=7)
"""Older events are no news; a platform that was down for up to this long still notifies."""
_BEFORE_END = timedelta(days=30)


async def tell_of_days(session: AsyncSession, *, now: datetime) -> bool:
    """Run one round; each event is notified once, by any process.

    Return whether there may be more.
    """
    today = local_day(now)
    since = today - _NOTIFIED_FOR
    entries = await store.list_entered(session, after=since, until=today)
    exits = await store.list_left(session, after=since, until=today)
    for row in entries:
        await notify_of_enrolment(session, row, NotificationKind.ENROLMENT_ACTIVE)
    for row in exits:
        await notify_of_enrolment(session, row, NotificationKind.ENROLMENT_LEFT)
    await _notify_desks_of_enrolments(session, since, today)
    ending_consents = await store.list_ending_consents(
        session, after=today, until=today + _BEFORE_END
    )
    for consent in ending_consents:
        await _notify_of_consent(session, consent)
    await _notify_desks_of_consents(session, today)
    return store.AT_ONCE in {len(entries), len(exits), len(ending_consents)}


async def _notify_desks_of_enrolments(session: AsyncSession, since: date, today: date) -> None:
    """Notify once for each operation and day, however many points.

    Desks that join later hear of the next ones only: asking for each desk whether it was notified
    took a hundred statements for an operation, in every round of a week.
    """
    entry_counts = await store.count_entered(session, after=since, until=today)
    exit_counts = await store.count_left(session, after=since, until=today)
    day_by_id = {
        uuid5(NAMESPACE_URL, f"{operation_id} {day}"): (operation_id, day)
        for operation_id, day in sorted({*entry_counts, *exit_counts})
    }
    notified = await find_notified(session, NotificationKind.DESK_ENROLMENTS, day_by_id)
    for about_id, (operation_id, day) in day_by_id.items():
        if about_id in notified:
            continue
        operation = await registry.get_operation(session, operation_id)
        notification = Notification(
            kind=NotificationKind.DESK_ENROLMENTS,
            about_id=about_id,
            operation_id=operation_id,
            facts={
                "operation_name": operation.name,
                "day": day,
                "entered": entry_counts.get((operation_id, day)),
                "left": exit_counts.get((operation_id, day)),
            },
            link=f"/community/operations/{operation_id}/enrolments",
        )
        await notify_desks(session, operation_id, notification)


async def _notify_of_consent(session: AsyncSession, row: ConsentRow) -> None:
    point = await registry.get_point(session, row.prm)
    notification = Notification(
        kind=NotificationKind.CONSENT_ENDS,
        about_id=row.id,
        operation_id=None,
        facts={"label": point.label, "last_day": row.valid_to - timedelta(days=1)},
        link=f"/community/members/{row.member_id}/consents",
    )
    await notify(session, notification, [row.member_id])


async def _notify_desks_of_consents(session: AsyncSession, today: date) -> None:
    """Notify organisers of consents that end, and with them their view of the data.

    Goes through all of them: desks that want no notification leave no trace, and must not keep
    others waiting.
    """
    until, past = today + _BEFORE_END, None
    while page := await store.list_ending_displays(session, after=today, until=until, past=past):
        for consent, operation_id in page:
            await _notify_desks_of_consent(session, consent, operation_id)
            past = consent.id, operation_id


async def _notify_desks_of_consent(
    session: AsyncSession, consent: ConsentRow, operation_id: OperationId
) -> None:
    operation = await registry.get_operation(session, operation_id)
    member = await registry.get_member(session, consent.member_id)
    notification = Notification(
        kind=NotificationKind.DESK_CONSENTS_END,
        about_id=consent.id,
        operation_id=operation_id,
        facts={
            "operation_name": operation.name,
            "member_name": member.name,
            "last_day": consent.valid_to - timedelta(days=1),
        },
        link=f"/community/members/{consent.member_id}/consents",
    )
    await notify_desks(session, operation_id, notification)
