"""Bodies of the routes about books. Amounts in cents."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from services.billing.domain.books.booked import Balance
from services.billing.domain.books.ledger import Accounts, Books

_AccountText = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,12}$")]


class AccountsPart(BodyIn):
    """Numbers of the accounts; the rate is appended to that of VAT: 20 % is 445712000."""

    customers: _AccountText = Field(examples=["411000"])
    doubtful: _AccountText = Field(examples=["416000"])
    vat: _AccountText = Field(examples=["44571"])
    intermediaries: _AccountText = Field(
        description="of the member that collects for the seller", examples=["467000"]
    )
    bank: _AccountText = Field(examples=["512000"])
    losses: _AccountText = Field(examples=["654000"])
    suspense: _AccountText = Field(examples=["471000"])
    sales: _AccountText = Field(
        description="of energy, and of the monthly fees accessory to it", examples=["701000"]
    )
    taxes: _AccountText = Field(
        description="the accise that the seller collects and owes", examples=["447000"]
    )


class BooksIn(BodyIn):
    """The settings of the books."""

    accounts: AccountsPart
    fiscal_year_end_month: int = Field(
        ge=1, le=12, description="the month at the end of the fiscal year", examples=[12]
    )

    @property
    def books(self) -> Books:
        """Raises AccountsInvalid."""
        return Books(Accounts(**self.accounts.model_dump()), self.fiscal_year_end_month)


class AccountsOut(AccountsPart, BodyOut):
    pass


class BooksOut(BodyOut):
    accounts: AccountsOut
    fiscal_year_end_month: int = Field(examples=[12])
    closed_year: int | None = Field(
        description="the last fiscal year that accepts no more entries", examples=[2025]
    )

    @classmethod
    def of(cls, books: Books) -> Self:
        return cls(
            accounts=AccountsOut.model_validate(books.accounts),
            fiscal_year_end_month=books.fiscal_year_end_month,
            closed_year=books.closed_year,
        )


class ClosingOut(BodyOut):
    fiscal_year: int = Field(examples=[2025])
    closed_on: date = Field(examples=["2026-03-31"])
    result_cents: int = Field(
        description="income less expenses, among Elocoop's entries; negative: a loss",
        examples=[124_000],
    )


class BalanceOut(BodyOut):
    account: str = Field(examples=["411000"])
    account_label: str = Field(examples=["Clients"])
    party_id: UUID | None = Field(
        description="the customer or the collector; null: an account without parties"
    )
    party_name: str | None = Field(examples=["Lucie Brindille"])
    debit_cents: int = Field(examples=[108])
    credit_cents: int = Field(examples=[0])
    balance_cents: int = Field(description="debits less credits", examples=[108])

    @classmethod
    def all_of(cls, balances: Iterable[Balance]) -> list[Self]:
        return [cls.model_validate(balance) for balance in balances]
