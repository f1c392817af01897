"""Tell of mandates: those who run operations what members want, and members the answer."""

from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.events.billing import MandateAnswered, MandateAsked, MandateRevoked
from libs.common.ids import OperationId
from services.community import store as registry
from services.community.commands.notifications import notify, tell_desks
from services.community.domain.notifications import Notification, NotificationKind


async def tell_of_mandate_request(session: AsyncSession, asked: MandateAsked) -> None:
    """Once a day for each member and creditor, whatever is withdrawn and asked for again.

    The member is not named: mail is not secret.
    """
    about = f"{asked.debtor_id} {asked.operation_id} {local_day(asked.time)}"
    await _tell_desks(
        session,
        asked.operation_id,
        NotificationKind.DESK_MANDATE_REQUEST,
        about_id=uuid5(asked.creditor_id, about),
        link=f"/billing/issuers/{asked.creditor_id}/mandate-requests",
    )


async def tell_of_revoked_mandate(session: AsyncSession, revoked: MandateRevoked) -> None:
    """Once for each operation; the list has the member."""
    await _tell_desks(
        session,
        revoked.operation_id,
        NotificationKind.DESK_MANDATE_REVOKED,
        about_id=uuid5(revoked.mandate_id, revoked.operation_id),
        link=f"/billing/issuers/{revoked.creditor_id}/mandates",
    )


async def _tell_desks(
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
    await tell_desks(session, operation_id, notification)


async def tell_of_mandate_answer(session: AsyncSession, answered: MandateAnswered) -> None:
    """The member who asked; why it was declined stands in the page."""
    confirmed, declined = NotificationKind.MANDATE_CONFIRMED, NotificationKind.MANDATE_DECLINED
    creditor = await registry.get_member(session, answered.creditor_id)
    notification = Notification(
        kind=declined if answered.rum is None else confirmed,
        about_id=answered.request_id,
        operation_id=None,
        facts={"creditor_name": creditor.name, "rum": answered.rum},
        link="/billing/mandates",
    )
    await notify(session, notification, [answered.debtor_id])
