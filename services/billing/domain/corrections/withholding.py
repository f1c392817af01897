"""Leave corrections undone whose difference is too small for paper (ADR 45)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from services.billing.domain.invoices.documents import Cause, DocumentKind, DocumentReference
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.prices.sales import Parties


def withhold(
    drafts: Sequence[Invoice], least_cents: int, *, issued: Iterable[Invoice]
) -> tuple[list[Invoice], Mapping[Parties, int]]:
    """The drafts to issue, and what the corrections left out would change, by parties.

    Documents that correct the same ones, or some that followed one another, are judged together,
    whatever else is drafted with them. They are not lost: the next drafting of their months finds
    the differences again, with those of settlements that have come since.
    """
    withheld_ids: set[UUID] = set()
    withheld_cents = Counter[Parties]()
    corrections = [draft for draft in drafts if draft.cause is not None]
    follows = {document.id: document.refers_to for document in issued}
    for group in _groups(corrections, follows):
        cents = sum(draft.kind.sign * draft.total_incl_vat_cents for draft in group)
        if abs(cents) < least_cents and not _bills_anew(group):
            withheld_ids.update(draft.id for draft in group)
            withheld_cents[group[0].parties] += cents
    return [draft for draft in drafts if draft.id not in withheld_ids], withheld_cents


def _groups(
    corrections: Iterable[Invoice], follows: Mapping[UUID, Sequence[DocumentReference]]
) -> Sequence[Sequence[Invoice]]:
    """Corrections that refer to a common document, also by way of others."""
    groups: list[tuple[frozenset[UUID], list[Invoice]]] = []
    for draft in corrections:
        corrected = _corrected(draft, follows)
        common = [group for group in groups if group[0] & corrected]
        groups = [group for group in groups if not group[0] & corrected]
        together = [earlier for _, group in common for earlier in group]
        groups.append((corrected.union(*(ids for ids, _ in common)), [*together, draft]))
    return [group for _, group in groups]


def _corrected(
    draft: Invoice, follows: Mapping[UUID, Sequence[DocumentReference]]
) -> frozenset[UUID]:
    """The documents to which a correction refers, and those that these followed."""
    corrected: set[UUID] = set()
    waiting = [reference.id for reference in draft.refers_to]
    while waiting:
        document_id = waiting.pop()
        if document_id not in corrected:
            corrected.add(document_id)
            waiting += [reference.id for reference in follows.get(document_id, ())]
    return frozenset(corrected)


def _bills_anew(group: Iterable[Invoice]) -> bool:
    """Whether they replace what is credited already: then there is no difference but the whole."""
    return all(
        draft.kind == DocumentKind.INVOICE and draft.cause == Cause.REPLACE for draft in group
    )
