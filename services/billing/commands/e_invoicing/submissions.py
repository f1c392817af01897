"""Submissions of issued documents: queued at issue, or again on request."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import get_shared_now
from libs.common.database import ring_after_commit
from services.billing.domain.e_invoicing.channels import Channel, Dispatch, dispatch_of
from services.billing.domain.e_invoicing.submissions import (
    NothingToSubmit,
    PlatformAnswer,
    SubmissionState,
    check_may_submit,
)
from services.billing.domain.invoices.invoices import Invoice, InvoiceNotIssued, InvoiceState
from services.billing.store.e_invoicing import submissions as store
from services.billing.store.invoices.invoices import read_content
from services.billing.tables import InvoiceRow, SubmissionRow


async def queue_documents(session: AsyncSession, issued: Sequence[Invoice]) -> None:
    """Queue documents for their platforms, due or not, in the transaction that issues them."""
    dispatched = [
        (document.id, document.issuer.member_id, dispatch)
        for document in issued
        if (dispatch := _sent(document))
    ]
    if dispatched:
        await store.add_submissions(session, dispatched, now=await get_shared_now(session))


async def submit_document(session: AsyncSession, invoice: InvoiceRow) -> SubmissionRow:
    """Have a document sent before it is due, or again after a failure.

    Raises InvoiceNotIssued, NothingToSubmit, AlreadySubmitted.
    """
    if invoice.state != InvoiceState.ISSUED:
        raise InvoiceNotIssued("This invoice has no number yet: issue it first.")
    if _sent(read_content(invoice)) is None:
        raise NothingToSubmit(
            f"{invoice.number} is to a household: it goes into the sums of e-reporting."
        )
    row = await store.find_of_invoice(session, invoice.id, lock=True)
    assert row is not None
    if row.state != SubmissionState.QUEUED:
        check_may_submit(SubmissionState(row.state), str(invoice.number))
    await requeue(session, row)
    return row


async def requeue(session: AsyncSession, row: SubmissionRow) -> None:
    """Have the submission sent from the start. The caller holds the lock."""
    now = await get_shared_now(session)
    row.attempts = row.looks = 0
    row.receipt = row.platform = None
    queued = PlatformAnswer(SubmissionState.QUEUED)
    await store.set_state(session, row, queued, at=now, next_at=now)
    ring_after_commit(session)


def _sent(document: Invoice) -> Dispatch | None:
    """The document's dispatch, if it goes to a platform by itself."""
    dispatch = dispatch_of(document)
    return None if dispatch.channel is Channel.B2C else dispatch
