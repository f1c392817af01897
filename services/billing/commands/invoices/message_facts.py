"""The facts in a message about a document: sums, days, the reason for it, the way to pay."""

from dataclasses import asdict
from datetime import date, datetime

from libs.common.events.billing import MessageFactsPart
from services.billing.documents.facts import mention_text
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.mailings import MailingDetails, MailingKind
from services.billing.domain.invoices.mentions import least_debit_cents
from services.billing.domain.invoices.notice_standings import NoticeDebit
from services.billing.domain.payments.invoice_payments import InvoicePayment
from services.billing.domain.thresholds import debited_alone_from
from services.billing.domain.wordings import Language, MentionCode, in_fours

_NOTHING_TO_PAY: dict[str, object] = {
    "due_date": None,
    "reference": None,
    "debited_from": None,
    "least_debit_cents": None,
    "debited_alone_from": None,
    "account_holder": None,
    "account": None,
}
_REASONS = (
    MentionCode.REASON,
    MentionCode.ENERGY_CORRECTED,
    MentionCode.DAY_CHANGED,
    MentionCode.DAYS_CHANGED,
)


def message_facts(
    invoice: Invoice,
    kind: MailingKind,
    details: MailingDetails,
    *,
    url: str,
    language: Language,
    payment: InvoicePayment | None,
    notice_debit: NoticeDebit | None = None,
) -> MessageFactsPart:
    """payment: of the invoice, if the message asks for money or may ask for it.

    notice_debit: of its payment notice, if it is part of one that is debited.
    """
    assert invoice.number is not None
    assert invoice.issue_date is not None
    profile = invoice.issuer_profile
    is_debited = kind is MailingKind.INVOICE and _debited_from(invoice) is not None
    facts = MessageFactsPart(
        number=invoice.number,
        issue_date=invoice.issue_date,
        due_date=None if is_debited else invoice.due_date,
        total_cents=invoice.total_incl_vat_cents,
        issuer_name=invoice.issuer.name,
        operation_name=invoice.operation.name,
        contact=profile.complaints_contact if profile else None,
        url=url,
        reference=_reference(invoice, kind),
        reason=reason_of(invoice, language),
        **_originals(invoice),
        **asdict(details),
    )
    if is_debited:
        facts = facts.model_copy(update=_debit_facts(invoice, notice_debit))
    if payment is None:
        return facts
    if kind is MailingKind.INVOICE:
        facts = _left_to_pay(facts, payment)
    return _with_account(facts, payment) if facts.reference else facts


def _debited_from(invoice: Invoice) -> date | None:
    """The first day of its direct debit, as the invoice says it."""
    for mention in invoice.mentions:
        if mention.code == MentionCode.SEPA_DIRECT_DEBIT:
            return datetime.strptime(mention.facts["first_day"], "%d/%m/%Y").date()  # noqa: DTZ007
    return None


def _debit_facts(invoice: Invoice, notice_debit: NoticeDebit | None) -> dict[str, object]:
    """The day of its debit; of a sum that is too small for one, when it is debited at last."""
    if notice_debit is not None and notice_debit.least_cents is not None:
        return {
            "least_debit_cents": notice_debit.least_cents,
            "debited_alone_from": notice_debit.alone_from,
        }
    least_cents = least_debit_cents(invoice)
    if least_cents is None or invoice.due_date is None:
        return {"debited_from": _debited_from(invoice)}
    return {
        "least_debit_cents": least_cents,
        "debited_alone_from": debited_alone_from(invoice.due_date),
    }


def reason_of(invoice: Invoice, language: Language) -> str | None:
    texts = [
        mention_text(mention, language) for mention in invoice.mentions if mention.code in _REASONS
    ]
    return ". ".join(texts) or None


def _originals(invoice: Invoice) -> dict[str, str | None]:
    """The numbers of the invoices that it takes back, replaces or adds to."""
    numbers = ", ".join(original.number for original in invoice.refers_to) or None
    is_credit = invoice.kind is DocumentKind.CREDIT_NOTE
    return {
        "takes_back": numbers if is_credit else None,
        "replaces": numbers if not is_credit and invoice.cause is Cause.REPLACE else None,
        "adds_to": numbers if not is_credit and invoice.cause is Cause.DIFFERENCE else None,
    }


def _reference(invoice: Invoice, kind: MailingKind) -> str | None:
    """The reference to give with a transfer, if the message asks for money that is not debited."""
    is_asked = kind is MailingKind.REMINDER or (
        kind is MailingKind.INVOICE and _debited_from(invoice) is None
    )
    if not is_asked or invoice.number is None or invoice.total_incl_vat_cents <= 0:
        return None
    return in_fours(creditor_reference(invoice.issuer.member_id, invoice.number))


def _left_to_pay(facts: MessageFactsPart, payment: InvoicePayment) -> MessageFactsPart:
    """The sum to ask for, if not the total: a credit or another debit has paid the rest."""
    left_cents = max(payment.payable_cents, 0)
    if left_cents == facts.total_cents:
        return facts
    left: dict[str, object] = {"open_cents": left_cents}
    return facts.model_copy(update=left if left_cents else left | _NOTHING_TO_PAY)


def _with_account(facts: MessageFactsPart, payment: InvoicePayment) -> MessageFactsPart:
    """The account of today, which the attached document may not have."""
    if (account := payment.account) is None:
        return facts
    return facts.model_copy(
        update={"account_holder": account.name, "account": in_fours(account.iban)}
    )
