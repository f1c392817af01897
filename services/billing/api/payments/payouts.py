"""Routes about payouts to those for whom a member collects."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import attachment, file_response, problems
from libs.common.logs.accesses import note_access
from services.billing.access import payments as access
from services.billing.api.dependencies import Session
from services.billing.api.responses import XmlResponse
from services.billing.commands.payments import payouts as commands
from services.billing.domain.payments.banking_days import NotABankingDay
from services.billing.domain.payments.creditors import CreditorMissing
from services.billing.domain.payments.payouts.payouts import NothingToPayOut, PayoutTooSoon
from services.billing.schemas.payments.collections import RejectionIn
from services.billing.schemas.payments.payouts import (
    MadePayoutOut,
    PayoutDetailOut,
    PayoutIn,
    PayoutItemOut,
    PayoutOut,
    PayoutPreviewOut,
    PayoutReserveIn,
    PayoutReserveOut,
)
from services.billing.store.invoices.mailings import map_of_transfers
from services.billing.store.payments import payouts as store
from services.billing.store.payments.payee_accounts import find_reserve
from services.billing.store.payments.payouts import PayoutExecuted, PayoutUnknown

router = APIRouter(route_class=TokenFirstRoute)


_EXAMPLE = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">\n'
)


@router.put(
    "/issuers/{issuer_id}/payouts/{payout_id}",
    summary="Pay out what was collected for others",
    responses=problems(
        CreditorMissing, PayoutUnknown, PayoutTooSoon, NotABankingDay, NothingToPayOut
    ),
)
@needs_step_up
async def put_payout(
    issuer_id: UUID, payout_id: UUID, body: PayoutIn, session: Session, caller: StaffOrOrganiser
) -> MadePayoutOut:
    """Choose the id; the same id again returns the payout unchanged.

    Each payee gets what the books owe it: received, less returned, less paid out or under way.
    What its customers are owed stays, and the reserve. `skipped` lists who is owed something and
    gets nothing, and why: after a return that another try cannot help, its account must change.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row, plan = await commands.pay_out(session, issuer_id, payout_id, day=body.day)
    return MadePayoutOut.of(row, plan)


@router.get(
    "/issuers/{issuer_id}/payout-preview",
    summary="Preview a payout",
    responses=problems(CreditorMissing),
)
async def preview_payout(
    issuer_id: UUID, session: Session, caller: StaffOrOrganiser
) -> PayoutPreviewOut:
    """Show what each payee would be paid now, what came since the last time, and what is kept.

    Nothing is made. It lists those to whom nothing is owed, too.
    """
    await access.check_may_collect(session, caller, issuer_id)
    accounts = await commands.preview_payout(session, issuer_id)
    await note_access(session, caller, [account.payee_id for account in accounts])
    return PayoutPreviewOut.of(accounts)


@router.put(
    "/issuers/{issuer_id}/payout-reserve",
    summary="Keep a reserve for direct debits that may come back",
    responses=problems(CreditorMissing),
)
async def put_payout_reserve(
    issuer_id: UUID, body: PayoutReserveIn, session: Session, caller: StaffOrOrganiser
) -> PayoutReserveOut:
    """For payouts from now on. A debtor may claim a direct debit back for eight weeks.

    The whole of two weeks is a share of 100 and 14 days. Without a reserve, all is paid out.
    """
    await access.check_may_collect(session, caller, issuer_id)
    await commands.set_reserve(session, issuer_id, body.reserve)
    return PayoutReserveOut.model_validate(body.reserve)


@router.get("/issuers/{issuer_id}/payout-reserve", summary="Show the reserve kept from payouts")
async def get_payout_reserve(
    issuer_id: UUID, session: Session, caller: StaffOrOrganiser
) -> PayoutReserveOut:
    """A share of 0 unless one was set."""
    await access.check_may_collect(session, caller, issuer_id)
    return PayoutReserveOut.model_validate(await find_reserve(session, issuer_id))


@router.get(
    "/issuers/{issuer_id}/payouts",
    summary="List the payouts of a creditor, newest day first",
    responses=problems(PayoutUnknown),
)
async def list_payouts(
    *,
    issuer_id: UUID,
    session: Session,
    caller: StaffOrOrganiser,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[PayoutOut]:
    """Includes cancelled ones. One day's come by id; the next page is `after` the last id."""
    await access.check_may_collect(session, caller, issuer_id)
    rows = await store.list_payouts(session, issuer_id, after=after, limit=limit)
    return [PayoutOut.model_validate(row) for row in rows]


@router.get(
    "/issuers/{issuer_id}/payouts/{payout_id}",
    summary="Show a payout and the status of each transfer",
    responses=problems(PayoutUnknown),
)
async def get_payout(
    issuer_id: UUID, payout_id: UUID, session: Session, caller: StaffOrOrganiser
) -> PayoutDetailOut:
    """Return the payout; the bank statements say which transfers were executed or returned.

    `letter` of a transfer is the e-mail about it, lost ones too.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_payout(session, issuer_id, payout_id)
    items = await store.list_items(session, payout_id)
    await note_access(session, caller, [item.payee_id for item in items])
    letters = await map_of_transfers(session, [item.id for item in items])
    return PayoutDetailOut.of(row, items, letters)


@router.get(
    "/issuers/{issuer_id}/payouts/{payout_id}/pain.001.xml",
    summary="Download the file of transfers for the bank",
    response_class=XmlResponse,
    responses={
        **file_response(
            "pain.001 of the edition that the bank takes", {"application/xml": _EXAMPLE}
        ),
        **problems(PayoutUnknown),
    },
)
async def get_transfers(
    issuer_id: UUID, payout_id: UUID, session: Session, caller: StaffOrOrganiser
) -> XmlResponse:
    """The bytes are the same on every download. The file holds full IBANs."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await store.get_payout(session, issuer_id, payout_id)
    items = await store.list_items(session, payout_id)
    await note_access(session, caller, [item.payee_id for item in items])
    return XmlResponse(row.content, headers=attachment(f"{row.day}-{row.id.hex}.xml"))


@router.post(
    "/issuers/{issuer_id}/payouts/{payout_id}/items/{item_id}/rejection",
    summary="Record that the bank rejected a transfer before it moved money",
    responses=problems(PayoutUnknown, PayoutExecuted),
)
async def reject_item(
    *,
    issuer_id: UUID,
    payout_id: UUID,
    item_id: UUID,
    body: RejectionIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> PayoutItemOut:
    """For what the bank's report (pain.002) says; rejections on statements are recorded already.

    The payee is owed the money again; the other payees of the payout are not affected. Correct
    the payee's account, then pay out again.
    """
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.reject_item(session, issuer_id, payout_id, item_id, reason=body.reason)
    return PayoutItemOut.model_validate(row)


@router.post(
    "/issuers/{issuer_id}/payouts/{payout_id}/cancellation",
    summary="Cancel a payout that did not go to the bank",
    responses=problems(PayoutUnknown, PayoutExecuted),
)
async def cancel_payout(
    issuer_id: UUID, payout_id: UUID, session: Session, caller: StaffOrOrganiser
) -> PayoutOut:
    """Record that the bank never got the file. The payees are owed the money again."""
    await access.check_may_collect(session, caller, issuer_id)
    row = await commands.cancel_payout(session, issuer_id, payout_id)
    return PayoutOut.model_validate(row)
