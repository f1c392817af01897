"""Members' requests for a mandate, which the creditor confirms or declines."""

from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import local_day
from libs.common.clock import now_in, today_in
from libs.common.events.billing import MandateAnswered, MandateAsked
from services.billing.domain.payments.mandate_requests import (
    CollectorUnknown,
    MandateRequest,
    MandateRequestAnswered,
    MandateRequestFixed,
    MandateRequestUnknown,
    MandateTextChanged,
    RequestState,
    write_mandate_text,
)
from services.billing.domain.payments.mandates import Mandate
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments import mandate_requests as store
from services.billing.tables import MandateRequestRow


async def ask_for_mandate(session: AsyncSession, request: MandateRequest) -> MandateRequest:
    """Record a request, and notify the organisers of its operations; a repeat changes nothing.

    Raises CollectorUnknown, MandateTextChanged, MandateRequestFixed, MandateRequestWaiting; and
    MandateRequestUnknown if the id belongs to somebody else's request.
    """
    # A repeated request waits for this lock, and then finds the first one.
    await store.lock_request(session, request.id)
    row = await store.find_request(session, request.id)
    if row is not None:
        recorded = store.read_request(row)
        if recorded.debtor_id != request.debtor_id:
            raise MandateRequestUnknown
        if not recorded.asks_the_same(request):
            raise MandateRequestFixed
        return recorded
    collectors = await store.map_collectors_from(
        session, request.debtor_id, today=local_day(request.asked_at)
    )
    if request.creditor_id not in collectors:
        raise CollectorUnknown
    creditor, operations = collectors[request.creditor_id]
    if request.agreed_text != write_mandate_text(creditor, request.language):
        raise MandateTextChanged
    await store.delete_declined(session, request.creditor_id, request.debtor_id)
    await store.add_request(session, request)
    events = [
        MandateAsked(
            time=request.asked_at,
            request_id=request.id,
            operation_id=operation_id,
            creditor_id=request.creditor_id,
            debtor_id=request.debtor_id,
        )
        for operation_id in sorted(operations)
    ]
    await messaging.publish(session, *events)
    return request


async def withdraw_request(session: AsyncSession, debtor_id: UUID, request_id: UUID) -> None:
    """Delete a request with its account; also a declined one, which is no longer needed.

    Raises MandateRequestUnknown, MandateRequestAnswered.
    """
    row = await store.get_own_request(session, debtor_id, request_id)
    if store.read_request(row).state is RequestState.CONFIRMED:
        raise MandateRequestAnswered
    await session.delete(row)
    await session.flush()


async def confirm_request(
    session: AsyncSession, creditor_id: UUID, request_id: UUID, *, rum: str
) -> Mandate:
    """Make the mandate, in place of the one in force, and notify the member.

    A repeated call changes nothing.
    Raises MandateRequestUnknown, MandateRequestAnswered, MandateTaken.
    """
    row = await store.get_request(session, creditor_id, request_id)
    if row.answered_at is not None:
        return await _get_confirmed(session, row, rum)
    assert row.iban is not None, "it waits"
    today = today_in(session)
    await creditor_store.revoke_in_force(session, creditor_id, row.debtor_id, on=today)
    mandate = Mandate(
        id=uuid4(),
        creditor_id=creditor_id,
        debtor_id=row.debtor_id,
        rum=rum,
        signed_on=local_day(row.asked_at),
        holder=row.holder,
        iban=row.iban,
        bic=None,
    )
    await creditor_store.add_mandate(session, mandate)
    row.iban, row.answered_at, row.mandate_id = None, now_in(session), mandate.id
    await session.flush()
    await _publish_answer(session, row, rum=rum)
    return mandate


async def _get_confirmed(session: AsyncSession, row: MandateRequestRow, rum: str) -> Mandate:
    """The mandate of a confirmed request. Raises MandateRequestAnswered."""
    if row.mandate_id is None:
        raise MandateRequestAnswered("It was declined: the member may make another one.")
    mandate = await creditor_store.get_mandate(session, row.creditor_id, row.mandate_id)
    if mandate.rum != rum:
        raise MandateRequestAnswered(f"It was confirmed as {mandate.rum}.")
    return creditor_store.read_mandate(mandate)


async def decline_request(
    session: AsyncSession, creditor_id: UUID, request_id: UUID, *, reason: str
) -> MandateRequest:
    """Delete the account, and notify the member, who sees the reason; a repeat does not change it.

    Raises MandateRequestUnknown, MandateRequestAnswered.
    """
    row = await store.get_request(session, creditor_id, request_id)
    if store.read_request(row).state is RequestState.CONFIRMED:
        raise MandateRequestAnswered
    if row.answered_at is None:
        row.iban, row.answered_at, row.declined_because = None, now_in(session), reason
        await session.flush()
        await _publish_answer(session, row, rum=None)
    return store.read_request(row)


async def _publish_answer(
    session: AsyncSession, row: MandateRequestRow, *, rum: str | None
) -> None:
    """Publish the answer. rum: of the mandate, None if declined.

    The event omits the reason of a refusal: the page shows it, as mail is not secret.
    """
    assert row.answered_at is not None, "it waits"
    answered = MandateAnswered(
        time=row.answered_at,
        request_id=row.id,
        creditor_id=row.creditor_id,
        debtor_id=row.debtor_id,
        rum=rum,
    )
    await messaging.publish(session, answered)
