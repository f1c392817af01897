"""Tell those who run operations what members ask billing for."""

from uuid import uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.events.billing import MandateAsked
from services.community import store as registry
from services.community.commands.notifications import tell_desks
from services.community.domain.notifications import Notification, NotificationKind


async def tell_of_mandate_request(session: AsyncSession, asked: MandateAsked) -> None:
    """Once a day for each member and creditor, whatever is withdrawn and asked for again.

    The member is not named: mail is not secret.
    """
    operation = await registry.get_operation(session, asked.operation_id)
    about = f"{asked.debtor_id} {asked.operation_id} {local_day(asked.time)}"
    notification = Notification(
        kind=NotificationKind.DESK_MANDATE_REQUEST,
        about_id=uuid5(asked.creditor_id, about),
        operation_id=asked.operation_id,
        facts={"operation_name": operation.name},
        link=f"/billing/issuers/{asked.creditor_id}/mandate-requests",
    )
    await tell_desks(session, asked.operation_id, notification)
