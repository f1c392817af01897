"""Routes by which members ask to pay by direct debit, and those who collect answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in, today_in
from libs.common.edge.callers import AnyPerson, OnlyMember, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.access import payments
from services.billing.api.dependencies import Session
from services.billing.commands.payments import mandate_requests as commands
from services.billing.domain.payments.bank_details import IbanInvalid
from services.billing.domain.payments.mandate_requests import (
    CollectorUnknown,
    MandateRequestAnswered,
    MandateRequestFixed,
    MandateRequestUnknown,
    MandateRequestWaiting,
    MandateTextChanged,
)
from services.billing.domain.payments.mandates import MandateTaken
from services.billing.domain.wordings import Language
from services.billing.schemas.payments.mandate_requests import (
    CollectorOut,
    ConfirmationIn,
    DeclineIn,
    MandateRequestIn,
    MandateRequestOut,
)
from services.billing.schemas.payments.payments import MandateOut
from services.billing.store.payments import mandate_requests as store

router = APIRouter(route_class=TokenFirstRoute)


_OF_CREDITOR = "/issuers/{issuer_id}/mandate-requests"
InLanguage = Annotated[Language, Query(description="of the text")]


@router.get("/mandate-collectors", summary="List the creditors to whom I can give a mandate")
async def list_collectors(
    session: Session, caller: OnlyMember, language: InLanguage = Language.FRENCH
) -> list[CollectorOut]:
    """The creditors of the operations in which the member takes part, now or soon, by name.

    `text` is the mandate to agree to, in `PUT /mandate-requests/{mandate_request_id}`. The list is
    empty if all sellers are paid by transfer.
    """
    debtor_id = caller.get_own_member_id()
    collectors = await store.map_collectors_from(session, debtor_id, today=today_in(session))
    answers = [CollectorOut.of(creditor, language) for creditor, _ in collectors.values()]
    return sorted(answers, key=lambda answer: (answer.name, answer.creditor_id))


@router.get("/mandate-requests", summary="List my requests for mandates")
async def list_own_requests(session: Session, caller: OnlyMember) -> list[MandateRequestOut]:
    """Requests that are pending or were declined; a confirmed one has become a mandate.

    At most one per creditor, latest first.
    """
    debtor_id = caller.get_own_member_id()
    requests = await store.list_own_requests(session, debtor_id)
    return [MandateRequestOut.of(request) for request in requests]


@router.put(
    "/mandate-requests/{mandate_request_id}",
    summary="Ask to pay by direct debit",
    responses=problems(
        CollectorUnknown,
        MandateTextChanged,
        MandateRequestFixed,
        MandateRequestUnknown,
        MandateRequestWaiting,
        IbanInvalid,
    ),
)
@needs_step_up
async def put_request(
    mandate_request_id: UUID, body: MandateRequestIn, session: Session, caller: OnlyMember
) -> MandateRequestOut:
    """Choose the id, so that the request can be repeated; a request never changes.

    Nothing is debited before the creditor's side has confirmed it. Of the account, only the end is
    shown again. Those who run the operation are notified.
    """
    debtor_id = caller.get_own_member_id()
    request = body.request(mandate_request_id, debtor_id, asked_at=now_in(session))
    return MandateRequestOut.of(await commands.ask_for_mandate(session, request))


@router.delete(
    "/mandate-requests/{mandate_request_id}",
    summary="Withdraw a request for a mandate",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(MandateRequestUnknown, MandateRequestAnswered),
)
async def delete_request(mandate_request_id: UUID, session: Session, caller: OnlyMember) -> None:
    """Deletes it and its account, even if declined. A confirmed one is a mandate: revoke that."""
    debtor_id = caller.get_own_member_id()
    await commands.withdraw_request(session, debtor_id, mandate_request_id)


@router.get(
    _OF_CREDITOR,
    summary="List the pending requests for mandates",
    responses=problems(MandateRequestUnknown),
)
async def list_requests(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[MandateRequestOut]:
    """Oldest first; the next page is `after` the last id. Their IBANs are shown to nobody."""
    await payments.check_may_read_payments(session, caller, issuer_id)
    requests = await store.list_waiting(session, issuer_id, after=after, limit=limit)
    if not caller.is_member(issuer_id):
        await note_access(session, caller, [request.debtor_id for request in requests])
    return [MandateRequestOut.of(request) for request in requests]


@router.post(
    _OF_CREDITOR + "/{mandate_request_id}/confirmation",
    summary="Confirm a request for a mandate",
    responses=problems(MandateRequestUnknown, MandateRequestAnswered, MandateTaken),
)
async def confirm_request(
    *,
    issuer_id: UUID,
    mandate_request_id: UUID,
    body: ConfirmationIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> MandateOut:
    """Create the mandate, signed on the day of the request; the member is notified.

    The debtor's mandate in force, if any, is revoked from today on. Repeating it changes nothing.
    """
    await _check_may_answer(session, caller, issuer_id, mandate_request_id)
    mandate = await commands.confirm_request(session, issuer_id, mandate_request_id, rum=body.rum)
    return MandateOut.of(mandate, masked=False)


@router.post(
    _OF_CREDITOR + "/{mandate_request_id}/refusal",
    summary="Refuse a request for a mandate",
    responses=problems(MandateRequestUnknown, MandateRequestAnswered),
)
async def decline_request(
    *,
    issuer_id: UUID,
    mandate_request_id: UUID,
    body: DeclineIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> MandateRequestOut:
    """The member is notified with the reason and may ask again; the account is deleted."""
    await _check_may_answer(session, caller, issuer_id, mandate_request_id)
    declined = await commands.decline_request(
        session, issuer_id, mandate_request_id, reason=body.reason
    )
    return MandateRequestOut.of(declined)


async def _check_may_answer(
    session: Session, caller: StaffOrOrganiser, creditor_id: UUID, mandate_request_id: UUID
) -> None:
    """Allow those who may collect, for members of the caller's operations.

    Raises Forbidden, MandateRequestUnknown.
    """
    await payments.check_may_collect(session, caller, creditor_id)
    row = await store.get_request(session, creditor_id, mandate_request_id)
    await access.check_may_see_customer(session, caller, row.debtor_id)
