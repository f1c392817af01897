"""Records which members an answer is about, for them to see."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.ids import OperationId
from libs.common.logs.accesses import note_access
from services.billing.tables import InvoiceRow


async def note_invoices(
    session: AsyncSession, caller: Principal, invoices: Iterable[InvoiceRow]
) -> None:
    """Record for both parties that staff or the organiser saw their invoice; not for one's own."""
    shown = [invoice for invoice in invoices if caller.may_run(OperationId(invoice.operation_id))]
    parties = [party for invoice in shown for party in (invoice.issuer_id, invoice.customer_id)]
    await note_access(session, caller, parties)
