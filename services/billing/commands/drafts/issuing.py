"""Issue invoices and credit notes: number them and freeze them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.clock import now_in, today_in
from libs.common.events.billing import InvoiceIssued
from services.billing.commands.books.ledger import enter_sales
from services.billing.commands.drafts.claims import save_claims
from services.billing.commands.drafts.up_to_date import check_up_to_date, load_facts
from services.billing.commands.e_invoicing.submissions import queue_documents
from services.billing.commands.invoices.mailings import mail_documents
from services.billing.commands.invoices.noticing import make_notices, plan_notices
from services.billing.commands.invoices.prepaying import plan_set_offs
from services.billing.commands.payments.netting import enter_set_offs
from services.billing.domain.drafts.issue_blockers import check_may_issue
from services.billing.domain.drafts.issue_dates import check_issue_date
from services.billing.domain.invoices.comparisons import with_earlier
from services.billing.domain.invoices.documents import DocumentKind, document_number
from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.domain.invoices.mentions import as_issued
from services.billing.domain.invoices.prepaying import with_prepaid
from services.billing.domain.invoices.small_debits import with_small_debits
from services.billing.domain.payments.payment_notices import NoticeParties, PaymentNotice
from services.billing.domain.payments.ways_to_pay import WaysToPay
from services.billing.store.books.ledger import lock_books
from services.billing.store.drafts import months as month_store
from services.billing.store.drafts import series as series_store
from services.billing.store.invoices import invoices as invoice_store
from services.billing.store.invoices.earlier import list_billed_before
from services.billing.store.invoices.mailings import map_policies
from services.billing.store.payments.ways_to_pay import get_collectors, map_ways_through
from services.billing.store.thresholds import map_least_debits
from services.billing.tables import InvoiceRow


async def issue_invoices(
    session: AsyncSession, ids: Collection[UUID], *, issue_date: date | None
) -> Sequence[InvoiceRow]:
    """Number these drafts without a gap and freeze them; documents issued already stay as they are.

    All or none. Numbers follow issuer, customer name and id, whatever the order of ``ids``.
    issue_date: None means today in Paris.
    Raises InvoiceNotFound, BilledTwice, IssueBlocked, and the problems of ``check_up_to_date`` and
    ``check_issue_date``.
    """
    today = today_in(session)
    chosen = issue_date or today
    await month_store.lock_months_of(session, ids)
    rows = await invoice_store.get_invoices(session, ids)
    drafts = {row.id: row for row in rows if row.state == InvoiceState.DRAFT}
    if not drafts:
        return rows
    contents = sorted((invoice_store.read_content(row) for row in drafts.values()), key=_turn)
    facts = await load_facts(session, contents)
    await check_up_to_date(contents, facts)
    issuers = {draft.issuer.member_id for draft in contents}
    series = await _lock_series(session, contents, chosen, today)
    collectors = await get_collectors(session, issuers)
    ways = await map_ways_through(session, {draft.parties for draft in contents}, collectors)
    numbered = [_number(draft, series, chosen, ways) for draft in contents]
    collecting = {creditor.member_id for creditor in collectors.by_seller.values()}
    policies = await map_policies(session, issuers | collecting)
    groups = await plan_notices(session, numbered, collectors, policies)
    books = await lock_books(session, issuers)  # the last lock
    set_offs = await plan_set_offs(session, numbered)
    compared = with_earlier(numbered, await list_billed_before(session, numbered))
    issued, notices = await _noticed(session, with_prepaid(compared, set_offs), groups, ways)
    await invoice_store.set_issued(session, issued, drafts)
    await save_claims(session, contents, facts)
    await enter_sales(session, issued, books, today=today)
    await enter_set_offs(session, set_offs, books, today=today)
    await mail_documents(session, issued, notices, policies)
    await queue_documents(session, issued)
    await _publish(session, contents, drafts)
    return rows


async def _lock_series(
    session: AsyncSession, contents: Sequence[Invoice], issue_date: date, today: date
) -> series_store.SeriesOfYear:
    """The series that number these drafts, locked; refused where the drafts may not be issued."""
    keys = {(draft.issuer.member_id, draft.kind) for draft in contents}
    series, last_issue_dates = await series_store.lock_series(session, keys, issue_date.year)
    check_issue_date(issue_date, contents, today=today, last_issue_dates=last_issue_dates)
    check_may_issue(contents, issue_date)
    return series


async def _noticed(
    session: AsyncSession,
    prepaid: Sequence[Invoice],
    groups: Mapping[NoticeParties, Sequence[UUID]],
    ways: WaysToPay,
) -> tuple[Sequence[Invoice], Sequence[PaymentNotice]]:
    """The documents, which name their notice or say that they wait, and the notices."""
    documents, notices = await make_notices(session, prepaid, groups)
    least_debits = await map_least_debits(session, {document.operation.id for document in prepaid})
    noticed = {document_id for ids in groups.values() for document_id in ids}
    return with_small_debits(documents, ways, least_debits, noticed), notices


def _turn(content: Invoice) -> tuple[bool, UUID, str, UUID]:
    """The order of issue: credit notes first, as later documents bill the days that they free."""
    is_invoice = content.kind == DocumentKind.INVOICE
    return is_invoice, content.issuer.member_id, content.customer.name, content.id


def _number(
    content: Invoice,
    all_series: series_store.SeriesOfYear,
    issue_date: date,
    ways: WaysToPay,
) -> Invoice:
    series = all_series[content.issuer.member_id, content.kind]
    series.last_number += 1
    series.last_issue_date = issue_date
    number = document_number(content.kind, series.year, series.last_number)
    return as_issued(
        content,
        number=number,
        issue_date=issue_date,
        way=ways.get(content.parties),
    )


async def _publish(
    session: AsyncSession, contents: Sequence[Invoice], drafts: Mapping[UUID, InvoiceRow]
) -> None:
    now = now_in(session)
    await messaging.publish(session, *(_issued(drafts[draft.id], draft, now) for draft in contents))


def _issued(row: InvoiceRow, content: Invoice, now: datetime) -> InvoiceIssued:
    assert row.number is not None
    assert row.issue_date is not None
    return InvoiceIssued(
        time=now,
        invoice_id=row.id,
        number=row.number,
        issue_date=row.issue_date,
        operation_id=content.operation.id,
        month=content.month,
        issuer_id=row.issuer_id,
        customer_id=row.customer_id,
        total_cents=content.total_incl_vat_cents,
        kind=content.kind.value,
        refers_to=[reference.id for reference in content.refers_to],
    )
