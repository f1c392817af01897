"""The work that waits for staff in billing."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.waiting import MOST_SHOWN, Waiting
from services.billing.store import today as store

_SHOWN_FOR = timedelta(days=30)


async def list_waiting(session: AsyncSession) -> Sequence[Waiting]:
    submission_count, submissions = await store.count_and_list_undelivered(
        session, limit=MOST_SHOWN
    )
    stuck_count, stuck = await store.count_and_list_stuck_mailings(session, limit=MOST_SHOWN)
    lost_count, lost = await store.count_and_list_lost_mailings(
        session, since=now_in(session) - _SHOWN_FOR, limit=MOST_SHOWN
    )
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
            count=stuck_count,
            todo="E-mails about documents or payouts that could not be made yet. They are tried"
            " again.",
            first=[_path(subject) for subject in stuck],
            next="GET /billing/invoices/{invoice_id}/mailings",
        ),
        Waiting(
            kind="mailings_lost",
            count=lost_count,
            todo="E-mails about documents or payouts that were given up in the last 30 days, and"
            " never sent. Send a document again, or tell its reader by other means.",
            first=[_path(subject) for subject in lost],
            next="GET /billing/invoices/{invoice_id}/mailings",
        ),
    ]


def _path(subject: store.MailedSubject) -> str:
    if subject.invoice_id is not None:
        return f"/billing/invoices/{subject.invoice_id}/mailings"
    return f"/billing/issuers/{subject.creditor_id}/payouts/{subject.payout_id}"
