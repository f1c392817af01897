"""Bodies about what customers owe, paid, and are owed. Amounts in cents."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from libs.common.calendar import Month
from libs.common.http import BodyOut
from services.billing.domain.books.customer_accounts import (
    AccountLine,
    AccountMovementKind,
    AccountPeriod,
    CustomerAccount,
)
from services.billing.domain.books.operation_payments import CollectorMoney, OperationPayments


class OwedSumsOut(BodyOut):
    open_cents: int = Field(
        description="what the books have open: the balance; negative: owed to the customer",
        examples=[372],
    )
    credit_cents: int = Field(
        description="what is owed to customers, and pays no debt of theirs with the same seller",
        examples=[0],
    )
    under_way_cents: int = Field(
        description="direct debits whose credit the bank has still to report", examples=[0]
    )
    to_pay_cents: int = Field(
        description="what is to be paid beside direct debits under way", examples=[372]
    )
    overdue_cents: int = Field(description="of it, what is past its day", examples=[0])


class SellerAccountOut(BodyOut):
    issuer_id: UUID
    name: str = Field(examples=["Soleils d’Aurelle"])
    collector: str | None = Field(
        description="the name of the payee in the seller's place; null: the seller",
        examples=["Pousse-Soleil"],
    )
    is_debited: bool = Field(
        description="a mandate of the customer can be used today: nothing has to be transferred",
        examples=[True],
    )
    owed: OwedSumsOut


class DebitUnderWayOut(BodyOut):
    day: date = Field(examples=["2026-12-07"])
    cents: int = Field(examples=[372])
    creditor_name: str = Field(examples=["Soleils d’Aurelle"])
    mandate_rum: str = Field(description="reference of the mandate", examples=["ELO-0001"])


class NextDebitOut(BodyOut):
    creditor_name: str = Field(examples=["Soleils d’Aurelle"])
    cents: int = Field(description="by what is open today", examples=[372])
    first_day: date | None = Field(
        description="a bank day, if the customer is notified today; the collection is made by"
        " hand, and may be later. null: below the least sum to debit, it waits for the next bill",
        examples=["2026-12-15"],
    )
    mandate_rum: str | None = Field(
        description="reference of the mandate; null where the sum waits", examples=["ELO-0001"]
    )
    alone_from: date | None = Field(
        description="of a sum that waits: from when it is debited however small it is",
        examples=[None],
    )


class MovedDocumentOut(BodyOut):
    id: UUID
    number: str = Field(examples=["F2026-00001"])
    cents: int = Field(description="what is owed more of it; negative: less", examples=[372])


class AccountLineOut(BodyOut):
    id: UUID
    day: date = Field(examples=["2026-11-05"])
    issuer_id: UUID
    kind: AccountMovementKind = Field(
        description="`debit` and `transfer` came from the customer; `returned`: the bank took a"
        " debit back; `refund`: money went to the customer; `taken_back`: a payment was for"
        " something else; `set_off`: a credit paid a debt; `lost`: the seller gave the debt up",
        examples=["invoice"],
    )
    cents: int = Field(description="what is owed more; negative: less", examples=[372])
    balance_cents: int = Field(description="what is owed after it", examples=[372])
    documents: list[MovedDocumentOut]

    @classmethod
    def all_of(cls, lines: Iterable[AccountLine]) -> list[Self]:
        return [
            cls.model_validate(
                {
                    name: getattr(line.movement, name)
                    for name in ("id", "day", "issuer_id", "kind", "cents", "documents")
                }
                | {"balance_cents": line.balance_cents}
            )
            for line in lines
        ]


class CustomerAccountOut(BodyOut):
    """A customer's account with all sellers, or with those that the caller may see."""

    as_of: datetime = Field(examples=["2026-12-01T08:00:00Z"])
    owed: OwedSumsOut
    sellers: list[SellerAccountOut]
    debits: list[DebitUnderWayOut] = Field(
        description="direct debits under way, the next one first"
    )
    next_debits: list[NextDebitOut] = Field(
        description="what each collector would debit next, beside those under way; nobody has"
        " been notified yet. Of the first page; empty on those after it"
    )
    opening_cents: int = Field(description="the balance before `from_day`", examples=[0])
    closing_cents: int = Field(description="the balance before `to_day`", examples=[372])
    lines: list[AccountLineOut] = Field(description="the newest first")

    @classmethod
    def of(
        cls,
        account: CustomerAccount,
        period: AccountPeriod,
        lines: Iterable[AccountLine],
        as_of: datetime,
    ) -> Self:
        return cls(
            as_of=as_of,
            owed=OwedSumsOut.model_validate(account.owed),
            sellers=[SellerAccountOut.model_validate(seller) for seller in account.sellers],
            debits=[DebitUnderWayOut.model_validate(debit) for debit in account.debits],
            next_debits=[NextDebitOut.model_validate(debit) for debit in account.next_debits],
            opening_cents=period.opening_cents,
            closing_cents=period.closing_cents,
            lines=AccountLineOut.all_of(lines),
        )


class CustomerOwedOut(BodyOut):
    customer_id: UUID
    name: str = Field(examples=["Lucie Brindille"])
    owed: OwedSumsOut


class SellerOwedOut(BodyOut):
    issuer_id: UUID
    name: str = Field(examples=["Soleils d’Aurelle"])
    collector_id: UUID | None = Field(
        description="who is paid, the seller or another; null: no account is known"
    )
    owed: OwedSumsOut


class MoneyMovedOut(BodyOut):
    """The money that the bank moved on the operation's documents, in positive cents."""

    debits_cents: int = Field(examples=[744])
    transfers_cents: int = Field(examples=[372])
    returned_cents: int = Field(description="direct debits that came back", examples=[0])
    refunds_cents: int = Field(description="to customers", examples=[0])
    taken_back_cents: int = Field(
        description="payments that turned out to be for something else", examples=[0]
    )
    net_cents: int = Field(description="what has come and stayed", examples=[1116])


class PayoutDueOut(BodyOut):
    payee_id: UUID
    name: str = Field(examples=["Ferme des Trois Chênes"])
    cents: int = Field(description="what a payout would pay now", examples=[344])
    kept_cents: int = Field(
        description="owed, and not paid now: customers' credits, the reserve, or all of it because"
        " the account is missing or blocked",
        examples=[28],
    )


class CollectorMoneyOut(BodyOut):
    member_id: UUID
    name: str = Field(examples=["Pousse-Soleil"])
    unmatched_count: int = Field(
        description="transactions on its account that wait to be assigned, whenever they came",
        examples=[1],
    )
    unmatched_cents: int = Field(examples=[2500])
    payouts: list[PayoutDueOut] = Field(
        description="to sellers of the operation to whom it owes something, beside transfers on"
        " their way"
    )


class OperationPaymentsOut(BodyOut):
    """The debts of one operation's customers, the money received, and the money to pay out."""

    as_of: datetime = Field(examples=["2026-12-01T08:00:00Z"])
    month: str = Field(examples=["2026-11"])
    owed: OwedSumsOut
    customers_count: int = Field(
        description="customers with an open debt, or one under way", examples=[12]
    )
    customers: list[CustomerOwedOut] = Field(description="who owes most that is overdue first")
    sellers: list[SellerOwedOut]
    moved: MoneyMovedOut = Field(description="in the month")
    collectors: list[CollectorMoneyOut] = Field(
        description="only those for whom the caller may collect: their accounts may serve others"
    )

    @classmethod
    def of(
        cls,
        payments: OperationPayments,
        collectors: Sequence[CollectorMoney],
        *,
        month: Month,
        as_of: datetime,
        limit: int,
    ) -> Self:
        return cls(
            as_of=as_of,
            month=str(month),
            owed=OwedSumsOut.model_validate(payments.owed),
            customers_count=len(payments.customers),
            customers=[CustomerOwedOut.model_validate(row) for row in payments.customers[:limit]],
            sellers=[SellerOwedOut.model_validate(seller) for seller in payments.sellers],
            moved=MoneyMovedOut.model_validate(payments.moved),
            collectors=[CollectorMoneyOut.model_validate(money) for money in collectors],
        )
