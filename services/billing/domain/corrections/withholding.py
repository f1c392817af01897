"""Leave corrections undone whose difference is too small for paper (ADR 45)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.prices.sales import Parties


def withhold(
    drafts: Sequence[Invoice], least_cents: int
) -> tuple[list[Invoice], Mapping[Parties, int]]:
    """The drafts to issue, and what the corrections left out would change, by parties.

    They are not lost: the next drafting of their months finds the differences again, with those of
    settlements that have come since.
    """
    changes = Counter[Parties]()
    for draft in drafts:
        if draft.cause is not None:
            changes[draft.parties] += draft.kind.sign * draft.total_incl_vat_cents
    withheld = {parties: cents for parties, cents in changes.items() if abs(cents) < least_cents}
    kept = [draft for draft in drafts if draft.cause is None or draft.parties not in withheld]
    return kept, withheld
