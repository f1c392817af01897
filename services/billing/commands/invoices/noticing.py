"""Make payment notices of documents that are being issued."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.mailings import MailPolicy
from services.billing.domain.invoices.mentions import as_noticed
from services.billing.domain.invoices.noticing import documents_of_notices
from services.billing.domain.payments.payment_notices import NoticeParties, PaymentNotice
from services.billing.domain.payments.ways_to_pay import Collectors
from services.billing.store.payments.payment_notices import add_notices, lock_notices


async def plan_notices(
    session: AsyncSession,
    issued: Sequence[Invoice],
    collectors: Collectors,
    policies: Mapping[UUID, MailPolicy],
) -> Mapping[NoticeParties, Sequence[UUID]]:
    """The documents of each notice to make of these, where its collector's policy wants any.

    Those of a public body that lacks its convention go by themselves: they are not debited.
    Locks the numbers of the collectors' notices.
    """
    wanting = {
        seller: creditor
        for seller, creditor in collectors.by_seller.items()
        if policies[creditor.member_id].payment_notices
        and seller not in collectors.without_convention
    }
    groups = documents_of_notices(issued, wanting)
    await lock_notices(session, {parties.collector_id for parties in groups})
    return groups


async def make_notices(
    session: AsyncSession,
    issued: Sequence[Invoice],
    groups: Mapping[NoticeParties, Sequence[UUID]],
) -> tuple[Sequence[Invoice], Sequence[PaymentNotice]]:
    """The documents, which name their notice, and the notices made of these groups."""
    notices = await add_notices(session, groups, made_on=today_in(session))
    numbers = {
        document_id: notice.number for notice in notices for document_id in notice.invoice_ids
    }
    documents = [
        as_noticed(document, numbers[document.id]) if document.id in numbers else document
        for document in issued
    ]
    return documents, notices
