"""What was supplied in a fiscal year and is not billed at its end, by customer and month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId
from services.billing.domain.books.ledger import Books, PartyAccount
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthFacts
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import months_between

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class UnbilledCustomer:
    """What a customer will be invoiced of a month; negative: will be credited.

    It is the sum of the documents that would be drafted now, in their cents.
    """

    customer: PartyAccount
    excl_vat_cents: int
    vat_cents: int

    @property
    def incl_vat_cents(self) -> int:
        return self.excl_vat_cents + self.vat_cents


@dataclass(frozen=True)
class UnbilledMonth:
    """A month, or a quarter that is billed as one, of an operation.

    blocked: why it cannot be drafted; then its sums are not known.
    """

    operation_id: OperationId
    months: Sequence[Month]
    customers: Sequence[UnbilledCustomer] = ()
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


def unbilled_customers(issuer_id: UUID, drafts: Iterable[Invoice]) -> list[UnbilledCustomer]:
    """What an issuer's drafts come to, by customer in order of names; who has nothing left out."""
    drafts_of: defaultdict[PartyAccount, list[Invoice]] = defaultdict(list)
    for draft in drafts:
        if draft.issuer.member_id == issuer_id:
            customer = PartyAccount(draft.customer.member_id, draft.customer.name)
            drafts_of[customer].append(draft)
    sums = [
        UnbilledCustomer(
            customer,
            sum(draft.kind.sign * draft.total_excl_vat_cents for draft in documents),
            sum(draft.kind.sign * draft.total_vat_cents for draft in documents),
        )
        for customer, documents in drafts_of.items()
    ]
    left = [unbilled for unbilled in sums if unbilled.excl_vat_cents or unbilled.vat_cents]
    return sorted(left, key=lambda unbilled: (unbilled.customer.name, unbilled.customer.party_id))
