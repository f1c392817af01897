"""Notify organisers of members' mandate requests, and members of the answer."""

from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.events.billing import MandateAnswered, MandateAsked, MandateEnded, MandateRevoked
from libs.common.ids import OperationId
from services.community.commands.messages.notifications import notify, notify_desks
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store.members import registry


async def notify_of_mandate_request(session: AsyncSession, request: MandateAsked) -> None:
    """Notify once a day for each member and creditor, however often it is withdrawn and repeated.

    The member is not named: mail is not secret.
    """
    about = f"{request.debtor_id} {request.operation_id} {local_day(request.time)}"
    await _notify_desks(
        session,
        request.operation_id,
        NotificationKind.DESK_MANDATE_REQUEST,
        about_id=uuid5(request.creditor_id, about),
        link=f"/billing/issuers/{request.creditor_id}/mandate-requests",
    )


async def notify_of_revoked_mandate(session: AsyncSession, revocation: MandateRevoked) -> None:
    """Notify once for each operation; the linked list names the member."""
    await _notify_desks(
        session,
        revocation.operation_id,
        NotificationKind.DESK_MANDATE_REVOKED,
        about_id=uuid5(revocation.mandate_id, revocation.operation_id),
        link=f"/billing/issuers/{revocation.creditor_id}/mandates",
    )


async def _notify_desks(
    session: AsyncSession,
    operation_id: OperationId,
    kind: NotificationKind,
    *,
    about_id: UUID,
    link: str,
) -> None:
    operation = await registry.get_operation(session, operation_id)
    notification = Notification(
        kind=kind,
        about_id=about_id,
        operation_id=operation_id,
        facts={"operation_name": operation.name},
        link=link,
    )
    await notify_desks(session, operation_id, notification)


async def notify_of_mandate_answer(session: AsyncSession, answer: MandateAnswered) -> None:
    """Notify the member who asked; the page says why it was declined."""
    confirmed, declined = NotificationKind.MANDATE_CONFIRMED, NotificationKind.MANDATE_DECLINED
    creditor = await registry.get_member(session, answer.creditor_id)
    notification = Notification(
        kind=declined if answer.rum is None else confirmed,
        about_id=answer.request_id,
        operation_id=None,
        facts={"creditor_name": creditor.name, "rum": answer.rum},
        link="/billing/mandates",
    )
    await notify(session, notification, [answer.debtor_id])


async def notify_of_ended_mandate(session: AsyncSession, end: MandateEnded) -> None:
    """Notify the debtor: from now on, their invoices wait for a transfer."""
    creditor = await registry.get_member(session, end.creditor_id)
    notification = Notification(
        kind=NotificationKind.MANDATE_ENDED,
        about_id=end.mandate_id,
        operation_id=None,
        facts={"creditor_name": creditor.name, "rum": end.rum},
        link="/billing/mandates",
    )
    await notify(session, notification, [end.debtor_id])
