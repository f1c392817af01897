"""Record the days that newly issued documents bill, and those that they free."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.commands.drafts.up_to_date import FactsByPeriod, scope_of
from services.billing.domain.drafts.claims import BilledDays
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.prices.sales import Parties
from services.billing.store.drafts import billed as store


async def save_claims(
    session: AsyncSession, documents: Iterable[Invoice], facts: FactsByPeriod
) -> None:
    """Save the claims of documents, in their order of issue by parties. Raises BilledTwice."""
    documents_by_parties: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    earlier_documents: defaultdict[Parties, dict[object, Invoice]] = defaultdict(dict)
    for document in documents:
        documents_by_parties[document.parties].append(document)
    for scope in {
        scope_of(document) for group in documents_by_parties.values() for document in group
    }:
        for issued in facts[scope][0].issued:
            earlier_documents[issued.parties][issued.id] = issued
    claims = []
    for parties, group in documents_by_parties.items():
        billed = BilledDays(earlier_documents[parties].values())
        claims += [(document.id, billed.post(document)) for document in group]
    await store.save_claims(session, claims)
