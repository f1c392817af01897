"""A customer's statement of account: how it stands on a day, and the lines of a period."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.billing.domain.books.customer_accounts import AccountPeriod, CustomerAccount
from services.billing.domain.invoices.invoices import Party


@dataclass(frozen=True)
class AccountStatement:
    """customer: as known today. period: of [from_day, to_day), None without a limit."""

    customer: Party
    account: CustomerAccount
    period: AccountPeriod
    from_day: date | None
    to_day: date | None
    day: date

    @property
    def last_day(self) -> date | None:
        return self.to_day - timedelta(days=1) if self.to_day else None
