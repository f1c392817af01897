"""Have issued documents sent: noted as they are issued, or again when somebody asks."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import get_shared_now
from libs.common.database import ring_after_commit
from services.billing.domain.channels import Channel, Dispatch, dispatch_of
from services.billing.domain.invoices import Invoice, InvoiceNotIssued, InvoiceState
from services.billing.domain.submissions import (
    Answer,
    NothingToSubmit,
    SubmissionState,
    check_may_submit,
)
from services.billing.store import submissions as store
from services.billing.store.invoices import read_content
from services.billing.tables import InvoiceRow, SubmissionRow


async def queue_documents(session: AsyncSession, issued: Sequence[Invoice]) -> None:
    """Note those that go to a platform, due or not, in the transaction that issues them."""
    dispatched = [(one.id, one.issuer.member_id, found) for one in issued if (found := _sent(one))]
    if dispatched:
        await store.add_submissions(session, dispatched, now=await get_shared_now(session))


async def submit_document(session: AsyncSession, invoice: InvoiceRow) -> SubmissionRow:
    """Have a document sent that is not due, or once more one that was not taken.

    Raises InvoiceNotIssued, NothingToSubmit, AlreadySubmitted.
    """
    if invoice.state != InvoiceState.ISSUED:
        raise InvoiceNotIssued("This invoice has no number yet: issue it first.")
    content = read_content(invoice)
    dispatch = _sent(content)
    if dispatch is None:
        why = "a household: it goes into the sums of e-reporting"
        unknown = "somebody of whom it was not known what they are"
        who = why if content.customer.kind else unknown
        raise NothingToSubmit(f"{invoice.number} is to {who}.")
    now = await get_shared_now(session)
    # Of before there were submissions: it has none yet.
    await store.add_submissions(session, [(invoice.id, invoice.issuer_id, dispatch)], now=now)
    row = await store.find_of_invoice(session, invoice.id, lock=True)
    assert row is not None
    if row.state != SubmissionState.QUEUED:
        check_may_submit(SubmissionState(row.state), str(invoice.number))
    await requeue(session, row)
    return row


async def requeue(session: AsyncSession, row: SubmissionRow) -> None:
    """Have it sent from the start; the caller holds the lock."""
    now = await get_shared_now(session)
    row.attempts = row.looks = 0
    row.receipt = row.platform = None
    queued = Answer(SubmissionState.QUEUED)
    await store.set_state(session, row, queued, at=now, next_at=now)
    ring_after_commit(session)


def _sent(document: Invoice) -> Dispatch | None:
    """Its dispatch, if it goes to a platform as a document."""
    dispatch = dispatch_of(document)
    return dispatch if dispatch and dispatch.channel is not Channel.B2C else None
