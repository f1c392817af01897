"""Hold back invoices that are too small by themselves, for a later run (ADR 53)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction
from services.billing.domain.books.ledger import Books
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.prices.sales import Parties, Perimeter

CarriedMonth = tuple[Month, Parties]


@dataclass(frozen=True)
class CarriedSum:
    """A customer's sum that is not invoiced yet: all its carried periods together."""

    parties: Parties
    customer_name: str
    cents: int
    least_cents: int


@dataclass(frozen=True)
class Carrying:
    """drafts: to issue in the run, of earlier periods too. held: those that wait."""

    drafts: Sequence[Invoice]
    held: Sequence[Invoice]
    sums: Sequence[CarriedSum]


def carry(
    drafts: Iterable[Invoice],
    earlier: Iterable[Invoice],
    *,
    least_cents: int,
    is_last_call: Callable[[Parties, date], bool],
) -> Carrying:
    """Hold back what a seller would invoice a customer, if it is less than the least sum in all.

    drafts: of the period of the run. earlier: the invoices that earlier runs held back, as drafted
    now. Corrections are never held back here. least_cents: 0 holds back nothing. is_last_call:
    whether nothing that began on a day may wait longer.
    """
    waiting: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    others: list[Invoice] = []
    for draft in (*earlier, *drafts):
        if is_first_invoice(draft):
            waiting[draft.parties].append(draft)
        else:
            others.append(draft)
    totals = Counter[Parties]()
    for parties, invoices in waiting.items():
        totals[parties] = sum(invoice.total_incl_vat_cents for invoice in invoices)
    held_parties = [
        parties
        for parties, invoices in waiting.items()
        if least_cents
        and totals[parties] < least_cents
        and not is_last_call(parties, min(invoice.period_from for invoice in invoices))
    ]
    held = {parties: waiting.pop(parties) for parties in held_parties}
    return Carrying(
        drafts=[*(invoice for invoices in waiting.values() for invoice in invoices), *others],
        held=[invoice for invoices in held.values() for invoice in invoices],
        sums=[
            CarriedSum(parties, invoices[0].customer.name, totals[parties], least_cents)
            for parties, invoices in sorted(held.items())
        ],
    )


def is_first_invoice(draft: Invoice) -> bool:
    """Whether it bills what no document has billed before."""
    return draft.kind is DocumentKind.INVOICE and draft.cause is None


def may_not_wait(
    parties: Parties,
    first_day: date,
    *,
    next_day: date,
    perimeter: Perimeter | None,
    books: Mapping[UUID, Books],
) -> bool:
    """Whether a run, whose period ends before next_day, is the last one for what began earlier.

    It is at the end of the seller's fiscal year, and once one of the two takes part no more.
    """
    seller_books = books[parties.issuer_id]
    if seller_books.fiscal_year(next_day) > seller_books.fiscal_year(first_day):
        return True
    participations = perimeter.participations if perimeter else ()
    staying = {
        (participation.member_id, participation.direction)
        for participation in participations
        if participation.valid_to is None or participation.valid_to > next_day
    }
    return (
        not {
            (parties.customer_id, Direction.CONSUMPTION),
            (parties.issuer_id, Direction.PRODUCTION),
        }
        <= staying
    )
