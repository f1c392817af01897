"""Routes about how sellers are paid, and about mandates."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.step_up import needs_step_up
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, OnlyMember, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.billing.access import payments
from services.billing.api.dependencies import Session
from services.billing.commands.payments import creditors
from services.billing.commands.payments import payments as commands
from services.billing.domain.payments.bank_details import BicInvalid, IbanInvalid, IcsInvalid
from services.billing.domain.payments.creditor_changes import (
    AnotherPersonNeeded,
    CreditorChangeUnknown,
)
from services.billing.domain.payments.creditors import (
    CollectsForItself,
    ConventionMissing,
    CreditorMissing,
)
from services.billing.domain.payments.mandates import (
    MandateFixed,
    MandateNotSignedYet,
    MandateTaken,
    MandateUnknown,
)
from services.billing.schemas.payments.creditors import CreditorIn, CreditorOut
from services.billing.schemas.payments.payments import (
    MandateIn,
    MandateOut,
)
from services.billing.store.copies import CustomerErased
from services.billing.store.payments import creditors as store
from services.billing.store.payments.creditor_changes import find_change
from services.billing.store.taxes.sellers import SellerUnknown

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/issuers/{issuer_id}/creditor",
    summary="Set how a seller is paid",
    responses=problems(
        SellerUnknown,
        CreditorMissing,
        CollectsForItself,
        ConventionMissing,
        IbanInvalid,
        BicInvalid,
        IcsInvalid,
    ),
)
@needs_step_up
async def put_creditor(
    issuer_id: UUID,
    body: CreditorIn,
    session: Session,
    caller: StaffOrOrganiser,
    settings: CurrentSettings,
) -> CreditorOut:
    """Set its account and the ICS with which it collects, or the member who collects for it.

    A member who collects for others needs an account here first. A public body names the convention
    by which it lets another collect. The organisers of those sellers
    decide on it too: it is where their customers' money goes.

    A new account or collector that replaces another waits for 72 hours, or until another person
    confirms it (`change`); so does a first account that an organiser names. The former one serves
    until then. The seller, those who run its operations and staff are notified. Putting what is
    in use withdraws a pending change.
    """
    creditor = body.creditor(issuer_id)
    await payments.check_may_set_creditor(session, caller, issuer_id, creditor.collected_by)
    change = await creditors.set_creditor(
        session,
        creditor,
        by=caller.subject,
        is_staff=caller.is_staff,
        public_url=settings.public_url,
    )
    if change is not None:
        return CreditorOut.waiting(change, masked=False)
    return CreditorOut.of(creditor, masked=False)


@router.get(
    "/issuers/{issuer_id}/creditor-change",
    summary="Show the pending change of a seller's account",
    responses=problems(CreditorChangeUnknown),
)
async def get_creditor_change(issuer_id: UUID, session: Session, caller: AnyPerson) -> CreditorOut:
    """The change is not in use yet. The seller itself sees the IBAN masked."""
    await payments.check_may_read_payments(session, caller, issuer_id)
    change = await find_change(session, issuer_id)
    if change is None:
        raise CreditorChangeUnknown
    await note_access(session, caller, [issuer_id])
    masked = not await payments.may_collect(session, caller, issuer_id)
    return CreditorOut.waiting(change, masked=masked)


@router.post(
    "/issuers/{issuer_id}/creditor-change/{change_id}/confirmation",
    summary="Confirm the change of a seller's account",
    responses=problems(
        CreditorChangeUnknown,
        AnotherPersonNeeded,
        CreditorMissing,
        CollectsForItself,
        ConventionMissing,
    ),
)
@needs_step_up
async def confirm_creditor_change(
    issuer_id: UUID, change_id: UUID, session: Session, caller: AnyPerson
) -> CreditorOut:
    """The account is in use from now on, and those who were notified of it are notified again.

    Whoever asked for the change cannot confirm it: the seller or staff can, or, if staff asked,
    anybody else who may set how the seller is paid.
    """
    await payments.check_may_answer_change(session, caller, issuer_id)
    creditor = await creditors.confirm_change(
        session,
        issuer_id,
        change_id,
        by=caller.subject,
        is_staff=caller.is_staff,
        is_seller=caller.is_member(issuer_id),
    )
    masked = not await payments.may_collect(session, caller, issuer_id)
    return CreditorOut.of(creditor, masked=masked)


@router.delete(
    "/issuers/{issuer_id}/creditor-change/{change_id}",
    summary="Refuse the change of a seller's account",
    status_code=204,
    responses=problems(CreditorChangeUnknown),
)
@needs_step_up
async def refuse_creditor_change(
    issuer_id: UUID, change_id: UUID, session: Session, caller: AnyPerson
) -> None:
    """The account in use stays so, and those who were notified of the other are notified again.

    The seller, and whoever may set how it is paid, refuse a change; whoever asked for it withdraws
    it so. A stolen session alone cannot keep a thief's account in use.
    """
    await payments.check_may_answer_change(session, caller, issuer_id)
    await creditors.refuse_change(session, issuer_id, change_id)


@router.get(
    "/issuers/{issuer_id}/creditor",
    summary="Show how a seller is paid",
    responses=problems(CreditorMissing),
)
async def get_creditor(issuer_id: UUID, session: Session, caller: AnyPerson) -> CreditorOut:
    """The seller itself sees the IBAN masked."""
    await payments.check_may_read_payments(session, caller, issuer_id)
    creditor = await store.get_creditor(session, issuer_id)
    await note_access(session, caller, [issuer_id])
    masked = not await payments.may_collect(session, caller, issuer_id)
    return CreditorOut.of(creditor, masked=masked)


@router.put(
    "/issuers/{issuer_id}/mandates/{mandate_id}",
    summary="Record a mandate that a debtor has signed",
    responses=problems(
        SellerUnknown,
        CustomerErased,
        CreditorMissing,
        MandateNotSignedYet,
        MandateFixed,
        MandateTaken,
        IbanInvalid,
        BicInvalid,
    ),
)
@needs_step_up
async def put_mandate(
    issuer_id: UUID, mandate_id: UUID, body: MandateIn, session: Session, caller: StaffOrOrganiser
) -> MandateOut:
    """Choose the id, so that the request can be repeated; a mandate never changes.

    A debtor has one mandate in force per creditor: revoke the old one first.
    """
    await payments.check_may_record_mandate(session, caller, issuer_id, body.debtor_id)
    mandate = await commands.record_mandate(session, body.mandate(issuer_id, mandate_id))
    return MandateOut.of(mandate, masked=False)


@router.post(
    "/issuers/{issuer_id}/mandates/{mandate_id}/revocation",
    summary="Revoke a mandate",
    responses=problems(MandateUnknown),
)
async def revoke_mandate(
    issuer_id: UUID, mandate_id: UUID, session: Session, caller: StaffOrOrganiser
) -> MandateOut:
    """End a mandate today; repeating it changes nothing. Collections made before continue.

    The debtor is notified.
    """
    await payments.check_may_collect(session, caller, issuer_id)
    mandate = await commands.revoke_mandate(session, issuer_id, mandate_id)
    return MandateOut.of(mandate, masked=False)


@router.post(
    "/mandates/{mandate_id}/revocation",
    summary="Revoke one of my mandates",
    responses=problems(MandateUnknown),
)
async def revoke_own_mandate(mandate_id: UUID, session: Session, caller: OnlyMember) -> MandateOut:
    """Takes effect today; repeating it changes nothing. Debits already in a bank file continue.

    Later invoices are paid by other means. Those who run the operation are notified.
    """
    debtor_id = caller.get_own_member_id()
    mandate = await commands.revoke_own_mandate(session, debtor_id, mandate_id)
    return MandateOut.of(mandate, masked=True)


@router.get(
    "/issuers/{issuer_id}/mandates",
    summary="List the mandates of a creditor, by RUM",
    responses=problems(MandateUnknown),
)
async def list_mandates(
    *,
    issuer_id: UUID,
    session: Session,
    caller: AnyPerson,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[MandateOut]:
    """Includes revoked ones; the next page is `after` the last id. Creditors see masked IBANs."""
    await payments.check_may_read_payments(session, caller, issuer_id)
    mandates = await store.list_mandates(session, issuer_id, after=after, limit=limit)
    masked = not await payments.may_collect(session, caller, issuer_id)
    if not caller.is_member(issuer_id):
        await note_access(session, caller, [mandate.debtor_id for mandate in mandates])
    return MandateOut.all_of(mandates, masked=masked)


@router.get(
    "/mandates",
    summary="List my mandates, by RUM",
    responses=problems(MandateUnknown),
)
async def list_own_mandates(
    session: Session, caller: OnlyMember, after: AfterId = None, limit: Limit = 100
) -> list[MandateOut]:
    """The mandates by which the calling member pays; IBANs are masked.

    Mandates with the same RUM come by id; the next page is `after` the last id.
    """
    debtor_id = caller.get_own_member_id()
    mandates = await store.list_mandates_of_debtor(session, debtor_id, after=after, limit=limit)
    return MandateOut.all_of(mandates, masked=True)
