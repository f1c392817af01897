"""What waits for staff in billing."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.waiting import MOST_SHOWN, Waiting
from services.billing.store import today as store


async def list_waiting(session: AsyncSession) -> Sequence[Waiting]:
    submission_count, submissions = await store.count_and_list_undelivered(
        session, limit=MOST_SHOWN
    )
    mailing_count, invoices = await store.count_and_list_stuck_mailings(session, limit=MOST_SHOWN)
    return [
        Waiting(
            kind="submissions_undelivered",
            count=submission_count,
            todo="E-invoices and reports that were refused or got no answer. The last `reason` in"
            " `history` says why.",
            first=[
                f"/billing/invoices/{invoice_id}/submissions"
                if invoice_id
                else f"/billing/issuers/{issuer_id}/submissions"
                for issuer_id, invoice_id in submissions
            ],
            next="GET /billing/issuers/{issuer_id}/submissions",
        ),
        Waiting(
            kind="mailings_stuck",
            count=mailing_count,
            todo="E-mails about documents that could not be made yet. They are tried again.",
            first=[f"/billing/invoices/{invoice_id}/mailings" for invoice_id in invoices],
            next="GET /billing/invoices/{invoice_id}/mailings",
        ),
    ]
