"""The supplies of a fiscal year not billed on its last day, by customer and month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId
from libs.common.rounding import round_half_up
from services.billing.domain.books.accruals import Accrual
from services.billing.domain.books.ledger import Books, PartyAccount
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthFacts
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import months_between

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class UnbilledMonth:
    """A month, or a quarter that is billed as one, of an operation.

    blocked: why it cannot be drafted; then its sums are not all known.
    """

    operation_id: OperationId
    months: Sequence[Month]
    customers: Sequence[Accrual] = ()
    blocked: DraftsBlocked | None = None


def months_over(books: Books, fiscal_year: int, today: date) -> list[Month]:
    """The months of a fiscal year that are over, in order."""
    last_day = books.last_day(fiscal_year)
    end = Month.of(last_day).next_first_day
    months = months_between(end.replace(year=end.year - 1), end)[:_MONTHS_OF_YEAR]
    return [month for month in months if month.next_first_day <= today]


def sells_in(issuer_id: UUID, facts: MonthFacts) -> bool:
    """Whether a member has a producing point in the operation on a day of the month."""
    return facts.perimeter is not None and any(
        participation.member_id == issuer_id
        and participation.direction is Direction.PRODUCTION
        and participation.valid_from < facts.month.next_first_day
        and (participation.valid_to is None or participation.valid_to > facts.month.first_day)
        for participation in facts.perimeter.participations
    )


def unbilled_customers(
    issuer_id: UUID, documents: Iterable[Invoice], first_day: date, end: date
) -> list[Accrual]:
    """Sum an issuer's documents for [first_day, end), by customer in order of names.

    Customers without a sum are left out.
    """
    parts_of: defaultdict[UUID, list[Accrual]] = defaultdict(list)
    for document in documents:
        if document.issuer.member_id == issuer_id:
            parts_of[document.customer.member_id].append(_part(document, first_day, end))
    sums = [_sum_of(parts) for parts in parts_of.values()]
    left = [accrual for accrual in sums if accrual]
    return sorted(left, key=lambda accrual: (accrual.customer.name, accrual.customer.party_id))


def _part(document: Invoice, first_day: date, end: date) -> Accrual:
    """Return a document's sum for these days: all of it to the cent, else by its lines.

    Each line is of one month, and fiscal years end with a month. The VAT of a part is rounded by
    itself, as that of a document is.
    """
    customer = PartyAccount(document.customer.member_id, document.customer.name)
    sign = document.kind.sign
    lines = [line for line in document.lines if first_day <= line.valid_from < end]
    taxes = [tax for tax in document.taxes if first_day <= tax.valid_from < end]
    taxes_cents = sum(tax.amount_cents for tax in taxes)
    if len(lines) == len(document.lines):
        excl_vat_cents, vat_cents = document.total_excl_vat_cents, document.total_vat_cents
    else:
        bases = Counter[str]()
        for line in lines:
            bases[line.vat_rate] += line.amount_cents
        for tax in taxes:
            bases[tax.vat_rate] += tax.amount_cents
        excl_vat_cents = bases.total()
        vat_cents = sum(
            int(round_half_up(cents * Decimal(rate), 0)) for rate, cents in bases.items()
        )
    return Accrual(customer, sign * excl_vat_cents, sign * taxes_cents, sign * vat_cents)


def _sum_of(accruals: Sequence[Accrual]) -> Accrual | None:
    """All of a customer's, under its latest name; None where nothing is left."""
    total = Accrual(
        accruals[-1].customer,
        sum(accrual.excl_vat_cents for accrual in accruals),
        sum(accrual.taxes_cents for accrual in accruals),
        sum(accrual.vat_cents for accrual in accruals),
    )
    return total if total.excl_vat_cents or total.vat_cents else None


def accruals_of(months: Iterable[UnbilledMonth]) -> list[Accrual]:
    """Sum all months by customer; customers with a sum of 0 are left out."""
    of_customer: defaultdict[UUID, list[Accrual]] = defaultdict(list)
    for month in months:
        for accrual in month.customers:
            of_customer[accrual.customer.party_id].append(accrual)
    sums = [_sum_of(accruals) for accruals in of_customer.values()]
    return [accrual for accrual in sums if accrual]
