"""Note which days the documents just issued bill, and which ones they free."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.commands.up_to_date import Facts, scope_of
from services.billing.domain.claims import BilledDays
from services.billing.domain.invoices import Invoice
from services.billing.domain.sales import Parties
from services.billing.store import billed as store


async def save_claims(session: AsyncSession, documents: Iterable[Invoice], facts: Facts) -> None:
    """documents: in the order in which they were issued, by parties. Raises BilledTwice."""
    by_parties: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    before: defaultdict[Parties, dict[object, Invoice]] = defaultdict(dict)
    for document in documents:
        by_parties[document.parties].append(document)
    for scope in {scope_of(one) for of_parties in by_parties.values() for one in of_parties}:
        for issued in facts[scope][0].issued:
            before[issued.parties][issued.id] = issued
    claims = []
    for parties, of_parties in by_parties.items():
        billed = BilledDays(before[parties].values())
        claims += [(one.id, billed.post(one)) for one in of_parties]
    await store.save_claims(session, claims)
