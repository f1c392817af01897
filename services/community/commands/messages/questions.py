"""Let members ask those who run their operation."""

from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.community.commands.messages.desk_letters import notify_organisers
from services.community.domain.addresses import hash_address
from services.community.domain.messages.messages import MessageKind
from services.community.domain.messages.questions import (
    A_DAY,
    AnswerAddressMissing,
    NobodyToAsk,
    TooManyQuestions,
)
from services.community.store.members import registry
from services.community.store.members.locks import lock_member
from services.community.store.messages.messages import list_addresses
from services.community.store.senders import count_request, get_address_key
from services.community.tables import MemberRow


async def ask_organisers(
    session: AsyncSession,
    member_id: UUID,
    operation_id: OperationId,
    *,
    text: str,
    about: str | None,
    public_url: str,
) -> str:
    """Write the question to each account that runs the operation; return the address for answers.

    member_id: who asks. about: the path of a page. Only the messages keep the question.
    Raises MemberUnknown, TooManyQuestions, NobodyToAsk, AnswerAddressMissing.
    """
    await _count_today(session, member_id)
    member = await lock_member(session, member_id)
    answer_to = await _get_answer_address(session, member)
    operation = await registry.get_operation(session, operation_id)
    facts = {
        "operation_name": operation.name,
        "member_name": member.name,
        "text": text,
        "answer_to": answer_to,
        "link": None if about is None else f"{public_url}{about}",
    }
    desk_count = await notify_organisers(
        session,
        operation_id,
        MessageKind.QUESTION,
        facts,
        about_id=uuid4(),
        link=f"/community/messages?operation_id={operation_id}",
        of_member=member_id,
    )
    if desk_count == 0:
        raise NobodyToAsk(f"No account runs {operation_id}, nor is there one of staff.")
    return answer_to


async def _get_answer_address(session: AsyncSession, member: MemberRow) -> str:
    addresses = await list_addresses(session, member)
    if not addresses:
        raise AnswerAddressMissing
    return addresses[0]


async def _count_today(session: AsyncSession, member_id: UUID) -> None:
    """Count with the public's requests, hashed like them; refused ones roll back."""
    day = local_day(now_in(session))
    sender = hash_address(await get_address_key(session, day), f"member {member_id}")
    if await count_request(session, day, sender) > A_DAY:
        raise TooManyQuestions
