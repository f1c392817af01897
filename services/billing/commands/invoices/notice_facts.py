"""The facts in a letter about a payment notice: sums on the day of sending, days, how to pay."""

from collections.abc import Sequence

from libs.common.events.billing import MessageDocumentPart, MessageFactsPart
from services.billing.commands.invoices.message_facts import reason_of
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.notice_standings import NoticedDocument, NoticeStanding
from services.billing.domain.wordings import Language, in_fours


def notice_facts(
    standing: NoticeStanding,
    contents: Sequence[Invoice],
    level: int | None,
    *,
    url: str,
    language: Language,
) -> MessageFactsPart:
    """contents: of the documents, which say why they were made, and whom to ask.

    level: of a reminder.
    """
    notice, account, debit = standing.notice, standing.account, standing.debit
    profiles = [content.issuer_profile for content in contents if content.issuer_profile]
    reasons = {reason: None for content in contents if (reason := reason_of(content, language))}
    collector_name = standing.collector.name if standing.collector else None
    facts = MessageFactsPart(
        number=notice.number,
        issue_date=notice.made_on,
        due_date=None if debit else standing.due_date,
        total_cents=standing.total_cents,
        issuer_name=collector_name or standing.documents[0].issuer_name,
        operation_name=standing.operation_name,
        contact=profiles[0].complaints_contact if profiles else None,
        url=url,
        reason=". ".join(reasons) or None,
        debited_from=debit.day if debit else None,
        least_debit_cents=debit.least_cents if debit else None,
        debited_alone_from=debit.alone_from if debit else None,
        account_holder=account.name if account else None,
        account=in_fours(account.iban) if account else None,
        reference=in_fours(notice.reference) if account else None,
        open_cents=standing.asked_cents,
        level=level,
        creditor_name=collector_name,
        rum=debit.mandate_rum if debit else None,
        documents=_document_parts(standing, is_reminder=level is not None),
    )
    return facts.model_copy(update=_taken_off(standing))


def _taken_off(standing: NoticeStanding) -> dict[str, object]:
    """From the total to what is asked for, and what is late of it; None of what is nothing."""
    beside = standing.under_way if standing.beside_cents else None
    return {
        "settled_cents": standing.settled_cents or None,
        "elsewhere_cents": standing.elsewhere_cents or None,
        "announced_cents": standing.beside_cents or None,
        "announced_on": beside.day if beside else None,
        "overdue_cents": standing.overdue_cents if standing.is_partly_late else None,
    }


def _document_parts(standing: NoticeStanding, *, is_reminder: bool) -> list[MessageDocumentPart]:
    """The rest of the notice for a reminder; all of the notice if nothing is left by now."""
    documents = [
        document
        for document in standing.documents
        if not is_reminder or standing.asked_of(document) or document.elsewhere_cents
    ]
    return [_document_part(standing, document) for document in documents or standing.documents]


def _document_part(standing: NoticeStanding, document: NoticedDocument) -> MessageDocumentPart:
    """With its day only if not all of the notice is late, or all of it early."""
    asking = document.asking if standing.is_partly_late else None
    due_date = asking.due_date if asking else None
    is_late = due_date is not None and due_date < standing.today
    return MessageDocumentPart(
        number=document.number,
        issuer_name=document.issuer_name,
        payable_cents=standing.asked_of(document),
        elsewhere_cents=document.elsewhere_cents or None,
        due_date=due_date if not is_late and document.payable_cents else None,
        late_since=due_date if is_late and document.payable_cents else None,
        takes_back=", ".join(document.takes_back) or None,
        credited_cents=document.total_cents if document.takes_back else None,
    )
