"""Messages to customers: documents, reminders, notices of a direct debit.

The id of a message follows from its subject, so that it is requested only once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.errors import Problem
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.payments.bank_details import mask_iban
from services.billing.domain.payments.collecting import CollectedDebit, CollectionOrder, OpenInvoice
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.domain.payments.reminders import Reminder

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/messages")


class MailingFixed(Problem):
    status, slug, title = 409, "mailing-fixed", "This id belongs to another mailing"
    example_detail = "This id belongs to a mailing of another invoice: choose a new one."
    example_facts: ClassVar = {"mailing_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"}


class MailingKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    REMINDER = "reminder"
    PRE_NOTIFICATION = "pre_notification"
    PAYMENT_NOTICE = "payment_notice"
    PAYOUT = "payout"

    @property
    def has_document(self) -> bool:
        """Whether the document itself is attached; a payout has none, but a statement."""
        return self is not MailingKind.PRE_NOTIFICATION


@dataclass(frozen=True)
class MailPolicy:
    """The messages that a member has sent by e-mail automatically; none by default.

    invoices: and credit notes, once issued. reminders: those made by a person.
    pre_notifications: of its collections. reminders_when_due: made and sent each day.
    payment_notices: one for all documents of a customer that are issued together by sellers for
    whom it collects, in place of a message for each. payouts: to who is paid, once the bank says
    that it is.
    """

    invoices: bool = False
    reminders: bool = False
    pre_notifications: bool = False
    reminders_when_due: bool = False
    payment_notices: bool = False
    payouts: bool = False

    @property
    def sends_reminders(self) -> bool:
        """Whether reminders are sent; a level made but not sent would be skipped unnoticed."""
        return self.reminders or self.reminders_when_due


@dataclass(frozen=True)
class MailedDocument:
    """One of several documents that a message is about, and what is asked for of it."""

    number: str
    issuer_name: str
    payable_cents: int


@dataclass(frozen=True)
class MailingDetails:
    """The facts of a message beyond those of its document; None where not applicable.

    documents: all that it is about, if there are several.
    """

    open_cents: int | None = None
    level: int | None = None
    collection_date: date | None = None
    creditor_name: str | None = None
    iban: str | None = None
    rum: str | None = None
    ics: str | None = None
    documents: Sequence[MailedDocument] = ()


@dataclass(frozen=True)
class Mailing:
    """A message about an issued document, or about several, to their customer.

    Or about the transfer of a payout, to who is paid.
    """

    id: UUID
    invoice_id: UUID | None
    kind: MailingKind
    details: MailingDetails = MailingDetails()
    other_invoice_ids: Sequence[UUID] = ()
    payout_item_id: UUID | None = None


def mailing_of_payout(item_id: UUID) -> Mailing:
    own_id = _mailing_id("payout", item_id)
    return Mailing(own_id, None, MailingKind.PAYOUT, payout_item_id=item_id)


def mailing_of_document(
    invoice_id: UUID, kind: DocumentKind, *, mailing_id: UUID | None = None
) -> Mailing:
    """mailing_id: chosen by the person who requests the mailing; None if sent automatically."""
    own_id = mailing_id or _mailing_id("document", invoice_id)
    return Mailing(own_id, invoice_id, MailingKind(kind.value))


def mailings_of_notices(notices: Iterable[PaymentNotice]) -> list[Mailing]:
    return [
        Mailing(
            _mailing_id("payment_notice", notice.id),
            notice.invoice_ids[0],
            MailingKind.PAYMENT_NOTICE,
            other_invoice_ids=notice.invoice_ids[1:],
        )
        for notice in notices
    ]


def mailings_of_reminders(
    reminders: Iterable[Reminder], notices: Mapping[UUID, PaymentNotice], *, today: date
) -> list[Mailing]:
    """Mail only today's reminders: those recorded for an earlier day were sent by other means.

    notices: of the documents that are part of one, of which a level is mailed once a day.
    """
    mailings = {}
    for reminder in reminders:
        if reminder.day == today:
            notice = notices.get(reminder.invoice_id)
            mailing = _of_notice(reminder, notice) if notice else _of_document(reminder)
            mailings[mailing.id] = mailing
    return list(mailings.values())


def _of_document(reminder: Reminder) -> Mailing:
    return Mailing(
        _mailing_id("reminder", reminder.invoice_id, reminder.level),
        reminder.invoice_id,
        MailingKind.REMINDER,
        MailingDetails(open_cents=reminder.open_cents, level=reminder.level),
    )


def _of_notice(reminder: Reminder, notice: PaymentNotice) -> Mailing:
    """The same for each of its documents, of whichever seller; its sums are those of sending."""
    return Mailing(
        _mailing_id("notice_reminder", notice.id, reminder.level, reminder.day),
        notice.invoice_ids[0],
        MailingKind.REMINDER,
        MailingDetails(level=reminder.level),
        other_invoice_ids=notice.invoice_ids[1:],
    )


def mailings_of_collection(
    order: CollectionOrder, debits: Iterable[CollectedDebit], creditor: Creditor, *, today: date
) -> list[Mailing]:
    """Mail debtors of a collection notified today; on an earlier day, other means were used."""
    if order.notified_on != today:
        return []
    return [
        Mailing(
            _mailing_id("pre_notification", debit.id),
            debit.invoices[0].invoice_id,
            MailingKind.PRE_NOTIFICATION,
            MailingDetails(
                open_cents=debit.amount_cents,
                collection_date=order.day,
                creditor_name=creditor.name,
                iban=mask_iban(debit.mandate.account),
                rum=debit.mandate.rum,
                ics=creditor.ics,
                documents=_documents(debit.invoices),
            ),
            other_invoice_ids=[invoice.invoice_id for invoice in debit.invoices[1:]],
        )
        for debit in debits
    ]


def _documents(invoices: Sequence[OpenInvoice]) -> Sequence[MailedDocument]:
    if len(invoices) == 1:
        return ()
    return [
        MailedDocument(invoice.number, invoice.issuer_name, invoice.payable_cents)
        for invoice in invoices
    ]


def _mailing_id(*parts: object) -> UUID:
    return uuid5(_NAMESPACE, json.dumps([str(component) for component in parts]))
