"""Routes about e-mails to customers."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationId
from services.billing import access
from services.billing.access import payments
from services.billing.api.dependencies import Session
from services.billing.api.noting import note_invoices
from services.billing.commands.invoices import mailings as commands
from services.billing.domain.invoices.invoices import InvoiceNotIssued
from services.billing.domain.invoices.mailings import MailingFixed
from services.billing.schemas.invoices.mailings import MailingOut, MailPolicyIn, MailPolicyOut
from services.billing.store.invoices import mailings as store
from services.billing.store.invoices.invoices import InvoiceNotFound, get_invoice

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/issuers/{issuer_id}/mail-policy",
    summary="Set what is mailed automatically",
)
async def put_policy(
    issuer_id: UUID, body: MailPolicyIn, session: Session, caller: StaffOrOrganiser
) -> MailPolicyOut:
    """Applies from now on to the customers of this seller, or the debtors of this creditor.

    Without a policy, nothing is sent unless a person asks for it.
    """
    await payments.check_may_set_mail_policy(session, caller, issuer_id)
    return MailPolicyOut.model_validate(await commands.set_policy(session, issuer_id, body.policy))


@router.get(
    "/issuers/{issuer_id}/mail-policy",
    summary="Show what is mailed automatically",
)
async def get_policy(issuer_id: UUID, session: Session, caller: AnyPerson) -> MailPolicyOut:
    """All values are false where no policy was set."""
    await payments.check_may_read_mail_policy(session, caller, issuer_id)
    policies = await store.map_policies(session, [issuer_id])
    return MailPolicyOut.model_validate(policies[issuer_id])


@router.get(
    "/invoices/{invoice_id}/mailings",
    summary="List the e-mails about a document and their status",
    responses=problems(InvoiceNotFound),
)
async def list_mailings(invoice_id: UUID, session: Session, caller: AnyPerson) -> list[MailingOut]:
    """The document itself, reminders and notices of direct debits, for those who may read it.

    The oldest comes first, with the status of each recipient. Community's `GET /messages` shows
    the texts and addresses. A seller is told of its own documents only.
    """
    invoice = await get_invoice(session, invoice_id)
    access.check_may_see(caller, invoice)
    await note_invoices(session, caller, [invoice])
    mailings = await store.list_mailings(session, invoice_id)
    if access.sees_consumption(caller, invoice):
        return MailingOut.all_of(mailings)
    hidden = await store.list_of_others(session, mailings, invoice.issuer_id)
    return MailingOut.all_of(mailings, hidden)


@router.put(
    "/invoices/{invoice_id}/mailings/{mailing_id}",
    summary="Send a document by e-mail, for the first time or again",
    responses=problems(InvoiceNotFound, InvoiceNotIssued, MailingFixed),
)
async def put_mailing(
    invoice_id: UUID, mailing_id: UUID, session: Session, caller: StaffOrOrganiser
) -> MailingOut:
    """Choose the id: the same id again sends nothing a second time.

    The customer gets the PDF in their language, whatever the issuer's policy is.
    """
    invoice = await get_invoice(session, invoice_id)
    caller.check_may_run(OperationId(invoice.operation_id))
    return MailingOut.model_validate(await commands.send_again(session, invoice, mailing_id))
