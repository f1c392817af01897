"""Credit notes made on request."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from services.billing.commands.drafts.up_to_date import scope_of
from services.billing.domain.corrections.credit_notes import NotCreditable, credit_by_hand
from services.billing.domain.invoices.documents import Cause
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.store.drafts.months import list_issued_together, lock_months_of
from services.billing.store.invoices import invoices as store
from services.billing.tables import InvoiceRow


class NotWithdrawable(Problem):
    status, slug = 409, "not-withdrawable"
    title = "Only drafts of requested credit notes can be withdrawn"
    example_detail = "F2026-00001 is issued: only a credit note can follow."
    example_facts: ClassVar = {"state": "issued"}


async def draft_credit_note(
    session: AsyncSession, invoice_id: UUID, energies_wmin: Mapping[int, int | None], *, reason: str
) -> InvoiceRow:
    """Draft a credit note; the same request again gives the same draft.

    energies_wmin: by line of the invoice, None for all that is left of the line; empty: all lines.
    Raises InvoiceNotFound, NotCreditable, CreditExceedsInvoice.
    """
    await lock_months_of(session, [invoice_id])
    row = await store.get_invoice(session, invoice_id)
    if row.state == InvoiceState.DRAFT:
        raise NotCreditable("This is a draft: make the drafts of its month again instead.")
    invoice = store.read_content(row)
    _, issued = await list_issued_together(session, *scope_of(invoice))
    draft = credit_by_hand(invoice, issued, energies_wmin, reason=reason)
    return await store.save_draft(session, draft)


async def withdraw_credit_note(session: AsyncSession, document_id: UUID) -> None:
    """Delete a draft made on request. Raises InvoiceNotFound, NotWithdrawable."""
    await lock_months_of(session, [document_id])
    row = await store.get_invoice(session, document_id)
    if row.state == InvoiceState.ISSUED:
        raise NotWithdrawable(
            f"{row.number} is issued: only a credit note can follow.", state=row.state
        )
    if row.cause != Cause.BY_HAND:
        raise NotWithdrawable(
            "This draft results from a settlement, and changes with it.", state=row.state
        )
    await store.delete_draft(session, row)
