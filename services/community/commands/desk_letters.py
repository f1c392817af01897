"""Write to who runs an operation: papers that end, points that the DSO took out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community import store as registry
from services.community.commands.messages import write_message
from services.community.domain.deadlines import RENEWAL
from services.community.domain.letters.desk import write_desk_letter
from services.community.domain.messages import MessageKind
from services.community.store import deadlines
from services.community.store.accounts import list_organisers_addresses


async def tell_organisers(
    session: AsyncSession,
    operation_id: OperationId,
    kind: MessageKind,
    facts: Mapping[str, object],
) -> None:
    """To each account that runs the operation; to staff, if there is none."""
    for address, language in await list_organisers_addresses(session, operation_id):
        letter = write_desk_letter(kind, facts, language)
        await write_message(session, letter, to=address, kind=kind, operation_id=operation_id)


async def remind_of_next_document(session: AsyncSession, *, public_url: str, now: datetime) -> bool:
    """Of one document that ends soon, once for each end; returns whether there was one."""
    today = local_day(now)
    # What ended before is on the board; nobody needs a reminder that comes too late.
    row = await deadlines.find_document_to_remind_of(session, after=today, until=today + RENEWAL)
    if row is None:
        return False
    assert row.valid_to is not None, "it ends"
    operation = await registry.get_operation(session, row.operation_id)
    facts = {
        "operation_name": operation.name,
        "document_title": row.title,
        "last_day": row.valid_to - timedelta(days=1),
        "link": f"{public_url}/community/operations/{row.operation_id}/documents/{row.id}",
    }
    await tell_organisers(session, operation.id, MessageKind.DOCUMENT_ENDS, facts)
    await deadlines.add_reminder(session, row, at=now)
    return True
