"""Tell what comes with a day: entries and exits that are so from now on, consents that end."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community import store as registry
from services.community.commands.notifications import notify, tell_desks, tell_of_enrolment
from services.community.domain.notifications import Notification, NotificationKind
from services.community.store import memberships as store
from services.community.store.notifications import find_notified
from services.community.tables import ConsentRow

_TOLD_FOR = timedelta(days=7)
"""What is older is no news; a platform that was down for that long tells it all the same."""
_BEFORE_END = timedelta(days=30)


async def tell_of_days(session: AsyncSession, *, now: datetime) -> bool:
    """One round; each thing is told once, whoever else does. Returns whether there may be more."""
    today = local_day(now)
    since = today - _TOLD_FOR
    entered = await store.list_entered(session, after=since, until=today)
    left = await store.list_left(session, after=since, until=today)
    for row in entered:
        await tell_of_enrolment(session, row, NotificationKind.ENROLMENT_ACTIVE)
    for row in left:
        await tell_of_enrolment(session, row, NotificationKind.ENROLMENT_LEFT)
    await _tell_desks_of_enrolments(session, since, today)
    ending = await store.list_ending_consents(session, after=today, until=today + _BEFORE_END)
    for consent in ending:
        await _tell_of_consent(session, consent)
    await _tell_desks_of_consents(session, today)
    return store.AT_ONCE in {len(entered), len(left), len(ending)}


async def _tell_desks_of_enrolments(session: AsyncSession, since: date, today: date) -> None:
    """One notification for each operation and day, however many points, once.

    Whoever comes to the desk after that hears of the next ones: to ask for each desk whether it
    was told took a hundred statements for an operation, in every round of a week.
    """
    entered = await store.count_entered(session, after=since, until=today)
    left = await store.count_left(session, after=since, until=today)
    about = {
        uuid5(NAMESPACE_URL, f"{operation_id} {day}"): (operation_id, day)
        for operation_id, day in sorted({*entered, *left})
    }
    told = await find_notified(session, NotificationKind.DESK_ENROLMENTS, about)
    for about_id, (operation_id, day) in about.items():
        if about_id in told:
            continue
        operation = await registry.get_operation(session, operation_id)
        notification = Notification(
            kind=NotificationKind.DESK_ENROLMENTS,
            about_id=about_id,
            operation_id=operation_id,
            facts={
                "operation_name": operation.name,
                "day": day,
                "entered": entered.get((operation_id, day)),
                "left": left.get((operation_id, day)),
            },
            link=f"/community/operations/{operation_id}/enrolments",
        )
        await tell_desks(session, operation_id, notification)


async def _tell_of_consent(session: AsyncSession, row: ConsentRow) -> None:
    point = await registry.get_point(session, row.prm)
    notification = Notification(
        kind=NotificationKind.CONSENT_ENDS,
        about_id=row.id,
        operation_id=None,
        facts={"label": point.label, "last_day": row.valid_to - timedelta(days=1)},
        link=f"/community/members/{row.member_id}/consents",
    )
    await notify(session, notification, [row.member_id])


async def _tell_desks_of_consents(session: AsyncSession, today: date) -> None:
    """Organisers lose from sight what a consent lets them see.

    All of them: of whom nobody wants to be told there is no trace, and they must not keep others
    waiting.
    """
    until, past = today + _BEFORE_END, None
    while page := await store.list_ending_displays(session, after=today, until=until, past=past):
        for consent, operation_id in page:
            await _tell_desks_of_consent(session, consent, operation_id)
            past = consent.id, operation_id


async def _tell_desks_of_consent(
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
    await tell_desks(session, operation_id, notification)
