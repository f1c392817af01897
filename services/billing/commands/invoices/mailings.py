"""E-mails to customers: record them, ask community to send them, record their status."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in
from libs.common.database import ring_after_commit
from libs.common.errors import Problem
from libs.common.events.billing import AttachmentPart, MessageAsked, MessageFactsPart
from libs.common.events.community import MessageStatusChanged
from libs.common.file_store import FileStore
from libs.common.rounds.attempts import attempt
from services.billing.commands.invoices.documents import as_attachment, get_document
from services.billing.commands.invoices.message_facts import message_facts
from services.billing.commands.invoices.notice_documents import keep_notice
from services.billing.commands.invoices.notice_facts import notice_facts
from services.billing.commands.payments.payout_letters import payout_message
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice, InvoiceNotIssued, InvoiceState
from services.billing.domain.invoices.mailings import (
    Mailing,
    MailingFixed,
    MailingKind,
    MailPolicy,
    mailing_of_document,
    mailing_of_payout,
    mailings_of_collection,
    mailings_of_notices,
    mailings_of_reminders,
)
from services.billing.domain.invoices.notice_standings import NoticeDebit
from services.billing.domain.payments.collecting import CollectionOrder, CollectionPlan
from services.billing.domain.payments.creditors import Creditor
from services.billing.domain.payments.payment_notices import PaymentNotice
from services.billing.domain.payments.reminders import Reminder
from services.billing.domain.retrying import MOST_ATTEMPTS, pause_before
from services.billing.domain.wordings import Language
from services.billing.store.copies import get_language
from services.billing.store.invoices import mailings as store
from services.billing.store.invoices.invoices import get_invoice, get_invoices, read_content
from services.billing.store.payments.invoice_payments import map_payments
from services.billing.store.payments.notice_standings import list_paid_elsewhere, list_standings
from services.billing.store.payments.payment_notices import map_notices_of
from services.billing.tables import InvoiceRow, MailingRow

_log = structlog.get_logger(__name__)


async def set_policy(session: AsyncSession, member_id: UUID, policy: MailPolicy) -> MailPolicy:
    """Set the policy from now on; it does not send documents issued before."""
    await store.save_policy(session, member_id, policy)
    return policy


async def mail_documents(
    session: AsyncSession,
    issued: Sequence[Invoice],
    notices: Sequence[PaymentNotice],
    policies: Mapping[UUID, MailPolicy],
) -> None:
    """Mail notices, and other documents whose issuer's policy says so, as they are issued."""
    noticed = {document_id for notice in notices for document_id in notice.invoice_ids}
    mailed = [
        mailing_of_document(document.id, document.kind)
        for document in issued
        if policies[document.issuer.member_id].invoices and document.id not in noticed
    ]
    await _note(session, [*mailings_of_notices(notices), *mailed])


async def mail_reminders(
    session: AsyncSession, issuer_id: UUID, reminders: Sequence[Reminder], *, today: date
) -> None:
    """Mail today's reminders, if the issuer's policy says so; of a notice, one for all of it."""
    if (await store.map_policies(session, [issuer_id]))[issuer_id].sends_reminders:
        notices = await map_notices_of(session, {reminder.invoice_id for reminder in reminders})
        apart = await list_paid_elsewhere(session, list(notices.values()))
        asking = {key: notice for key, notice in notices.items() if key not in apart}
        await _note(session, mailings_of_reminders(reminders, asking, today=today))


async def mail_pre_notifications(
    session: AsyncSession,
    order: CollectionOrder,
    plan: CollectionPlan,
    creditor: Creditor,
    *,
    today: date,
) -> None:
    """Mail debtors who are notified today, if the creditor's policy says so."""
    policies = await store.map_policies(session, [order.creditor_id])
    if policies[order.creditor_id].pre_notifications:
        await _note(session, mailings_of_collection(order, plan.debits, creditor, today=today))


async def mail_payouts(session: AsyncSession, creditor_id: UUID, items: Collection[UUID]) -> None:
    """Mail those to whom these transfers were made, if the payer's policy says so."""
    if items and (await store.map_policies(session, [creditor_id]))[creditor_id].payouts:
        await _note(session, [mailing_of_payout(item_id) for item_id in sorted(items)])


async def send_again(session: AsyncSession, invoice: InvoiceRow, mailing_id: UUID) -> MailingRow:
    """Send the document once more; the same id again changes nothing.

    Raises InvoiceNotIssued, MailingFixed.
    """
    if invoice.state == InvoiceState.DRAFT:
        raise InvoiceNotIssued("This invoice has no number yet: issue it first.")
    kind = DocumentKind(invoice.kind)
    mailing = mailing_of_document(invoice.id, kind, mailing_id=mailing_id)
    await _note(session, [mailing])
    row = await store.find_mailing(session, mailing_id)
    assert row is not None
    if (row.invoice_id, row.kind) != (mailing.invoice_id, mailing.kind):
        raise MailingFixed(
            "This id belongs to a mailing of another invoice: choose a new one.",
            mailing_id=str(mailing_id),
        )
    return row


async def mail_unsent(session: AsyncSession, ids: Collection[UUID]) -> int:
    """Mail the issued documents among these that were never mailed; return their number."""
    unsent = await store.list_unsent(session, ids)
    await _note(session, [mailing_of_document(*document) for document in unsent])
    return len(unsent)


async def _note(session: AsyncSession, mailings: Sequence[Mailing]) -> None:
    if not mailings:
        return
    await store.add_mailings(session, mailings)
    ring_after_commit(session)


async def ask_next(session: AsyncSession, *, files: FileStore, public_url: str) -> bool:
    """Ask community to send the mailing that has been due longest; return whether there was one.

    An error in one mailing does not stop the others.
    """
    now = now_in(session)
    row = await store.lock_next_to_ask(session, now=now)
    if row is None:
        return False
    row.attempts += 1
    async with attempt(session) as making:
        message = await _message(session, row, files=files, public_url=public_url)
    if making.error is not None:
        _put_off(row, making.error, at=now)
        return True
    row.asked_at, row.recipients = now, []
    await messaging.publish(session, message)
    return True


def _put_off(row: MailingRow, error: Exception, *, at: datetime) -> None:
    """Postpone a mailing until a pause is over, or give it up."""
    if isinstance(error, Problem):
        reason, is_over = error.slug, row.attempts >= MOST_ATTEMPTS
    else:
        # Only the class of the error, as its text may hold personal data.
        reason, is_over = f"bug {type(error).__name__}", True
    if is_over:
        row.asked_at = at
    else:
        row.next_at = at + pause_before(row.attempts)
    status = "failed" if is_over else "queued"
    row.recipients = [{"number": 1, "status": status, "at": at.isoformat(), "reason": reason}]
    _log.warning("mailing put off", mailing_id=str(row.id), status=status, reason=reason)


async def _message(
    session: AsyncSession, row: MailingRow, *, files: FileStore, public_url: str
) -> MessageAsked:
    """The message that community is asked to send.

    The document is made first if it was never requested, as its file is attached by hash.
    Raises FilesUnavailable, DocumentLost.
    """
    if row.payout_item_id is not None:
        return await payout_message(
            session, row.id, row.payout_item_id, files=files, public_url=public_url
        )
    assert row.invoice_id is not None
    invoice = await get_invoice(session, row.invoice_id)
    language = await get_language(session, invoice.customer_id)
    if _is_of_notice(row):
        facts, attachments = await _of_notice(session, row, language, files, public_url)
    else:
        facts = await _facts(session, row, invoice, language, public_url)
        attachments = await _documents(session, row, [invoice], language, files)
    return MessageAsked(
        time=now_in(session),
        message_id=row.id,
        member_id=invoice.customer_id,
        operation_id=invoice.operation_id,
        kind=MailingKind(row.kind).value,
        language=language.value,
        facts=facts,
        attachments=attachments,
    )


def _is_of_notice(row: MailingRow) -> bool:
    """A reminder is of one document, or of a notice with several."""
    is_reminder = row.kind == MailingKind.REMINDER
    return row.kind == MailingKind.PAYMENT_NOTICE or (is_reminder and bool(row.other_invoice_ids))


async def _of_notice(
    session: AsyncSession, row: MailingRow, language: Language, files: FileStore, public_url: str
) -> tuple[MessageFactsPart, list[AttachmentPart]]:
    """Return the rest of the notice now, its page, and its documents."""
    assert row.invoice_id is not None
    notices = await map_notices_of(session, [row.invoice_id])
    (standing,) = await list_standings(session, list(notices.values()))
    invoices = await get_invoices(session, [row.invoice_id, *row.other_invoice_ids])
    contents = [read_content(invoice) for invoice in invoices]
    url = f"{public_url}/billing/payment-notices/{standing.notice.id}"
    level = store.read_mailing(row).level
    if level is not None:
        standing = standing.as_reminder
    facts = notice_facts(standing, contents, level, url=url, language=language)
    page = await keep_notice(session, standing, language, files=files)
    documents = await _documents(session, row, invoices, language, files)
    return facts, [as_attachment(page, standing.notice.number), *documents]


async def _facts(
    session: AsyncSession, row: MailingRow, invoice: InvoiceRow, language: Language, public_url: str
) -> MessageFactsPart:
    return message_facts(
        read_content(invoice),
        MailingKind(row.kind),
        store.read_mailing(row),
        url=f"{public_url}/billing/invoices/{invoice.id}",
        language=language,
        payment=(await map_payments(session, [invoice.id])).get(invoice.id),
        notice_debit=await _find_notice_debit(session, invoice),
    )


async def _find_notice_debit(session: AsyncSession, invoice: InvoiceRow) -> NoticeDebit | None:
    notices = await map_notices_of(session, [invoice.id])
    standings = await list_standings(session, list(notices.values()))
    return standings[0].debit if standings else None


async def _documents(
    session: AsyncSession,
    row: MailingRow,
    invoices: Sequence[InvoiceRow],
    language: Language,
    files: FileStore,
) -> list[AttachmentPart]:
    """The documents, if the mailing has any. Raises FilesUnavailable, DocumentLost."""
    if not MailingKind(row.kind).has_document:
        return []
    attachments = []
    for position, invoice in enumerate(invoices, start=1):
        document = await get_document(session, invoice, language, files=files)
        # The numbers of two sellers may be the same.
        prefix = f"{position}-" if len(invoices) > 1 else ""
        attachments.append(as_attachment(document, f"{prefix}{invoice.number}"))
    return attachments


async def record_statuses(session: AsyncSession, events: Sequence[MessageStatusChanged]) -> None:
    """Record the status of our messages."""
    for event in events:
        recipients = [recipient.model_dump(mode="json") for recipient in event.recipients]
        await store.save_recipients(session, event.message_id, event.revision, recipients)
