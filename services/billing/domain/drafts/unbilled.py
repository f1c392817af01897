"""What was supplied in a fiscal year and was not billed on its last day, by customer and month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId
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


def unbilled_customers(issuer_id: UUID, documents: Iterable[Invoice]) -> list[Accrual]:
    """What an issuer's documents come to in their cents, by customer in order of names.

    Who has nothing is left out.
    """
    documents_of: defaultdict[UUID, list[Invoice]] = defaultdict(list)
    for document in documents:
        if document.issuer.member_id == issuer_id:
            documents_of[document.customer.member_id].append(document)
    sums = [
        Accrual(
            PartyAccount(customer_id, theirs[-1].customer.name),
            sum(document.kind.sign * document.total_excl_vat_cents for document in theirs),
            sum(
                document.kind.sign * tax.amount_cents
                for document in theirs
                for tax in document.taxes
            ),
            sum(document.kind.sign * document.total_vat_cents for document in theirs),
        )
        for customer_id, theirs in documents_of.items()
    ]
    left = [accrual for accrual in sums if accrual.excl_vat_cents or accrual.vat_cents]
    return sorted(left, key=lambda accrual: (accrual.customer.name, accrual.customer.party_id))


def accruals_of(months: Iterable[UnbilledMonth]) -> list[Accrual]:
    """What all months come to, by customer; who has nothing in the end left out."""
    of_customer: defaultdict[UUID, list[Accrual]] = defaultdict(list)
    for month in months:
        for accrual in month.customers:
            of_customer[accrual.customer.party_id].append(accrual)
    sums = [
        Accrual(
            accruals[-1].customer,
            sum(accrual.excl_vat_cents for accrual in accruals),
            sum(accrual.taxes_cents for accrual in accruals),
            sum(accrual.vat_cents for accrual in accruals),
        )
        for accruals in of_customer.values()
    ]
    return [accrual for accrual in sums if accrual.excl_vat_cents or accrual.vat_cents]
