"""Transactions on a bank account, each identified by its own contents."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from json import dumps
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.errors import Problem

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/bank-transactions")
_NOBODY = UUID(int=0)
# Never change these: the ids of imported transactions are made from them.
_CONTENTS = (
    "booked_on",
    "amount_cents",
    "reference",
    "end_to_end_id",
    "rum",
    "batch_id",
    "remittance",
    "party_name",
    "party_iban",
    "return_reason",
)


class StatementRefused(Problem):
    status, slug, title = 409, "statement-refused", "This bank statement cannot be imported"
    example_detail = "The statement is of another account: ask the bank for this creditor's."


@dataclass(frozen=True)
class BankTransaction:
    """Money received (positive) or paid; fields that the bank leaves out are None.

    reference: the bank's own, the same in each file. statement_reference: the number of the
    statement and of its entry, which another file may give otherwise.
    batch_id: the payment information id of a collection that is booked as one sum.
    return_reason: the ISO code, such as AM04, of a returned payment.
    """

    booked_on: date
    amount_cents: int
    reference: str
    end_to_end_id: str | None = None
    rum: str | None = None
    batch_id: str | None = None
    remittance: str | None = None
    party_name: str | None = None
    party_iban: str | None = None
    return_reason: str | None = None
    statement_reference: str | None = None
    id: UUID = _NOBODY

    @property
    def piece_ref(self) -> str:
        """The reference on the paper: the bank's own, or else the place in its statement."""
        return self.reference.strip() or self.statement_reference or self.id.hex[:12]


@dataclass(frozen=True)
class BankBalance:
    """The balances of an account at the beginning and at the end of a bank statement."""

    opened_on: date
    closed_on: date
    opening_cents: int
    closing_cents: int


@dataclass(frozen=True)
class BankStatement:
    """The transactions on an account over some days; balance: None if the bank leaves it out."""

    iban: str
    transactions: Sequence[BankTransaction]
    balance: BankBalance | None = None


@dataclass(frozen=True)
class StatementGap:
    """A statement opens with another sum than the one before closed with: one may be missing."""

    account_end: str
    opened_on: date
    closing_before_cents: int
    opening_cents: int


def find_other_closing(balance: BankBalance, balances: Sequence[BankBalance]) -> int | None:
    """The closing balance of the statement before, if it is not the opening one of this.

    balances: of the account, on the day on which this one closed, and on the last day before. A
    bank gives one statement after another on a day, or mends one: either may come before.
    """
    others = [other for other in balances if other != balance]
    same_day = [other for other in others if other.closed_on == balance.closed_on]
    before = [other for other in others if other.closed_on != balance.closed_on]
    followed = {
        other.opening_cents for other in before if other.opening_cents != other.closing_cents
    }
    last = [other for other in before if other.closing_cents not in followed] or before
    if not last or any(
        other.closing_cents == balance.opening_cents for other in (*last, *same_day)
    ):
        return None
    return last[-1].closing_cents


def account_id(creditor_id: UUID, iban: str) -> UUID:
    """An id of the account that does not show it."""
    return uuid5(_NAMESPACE, f"{creditor_id} {iban}")


def identify(
    creditor_id: UUID, iban: str, transactions: Iterable[BankTransaction]
) -> list[BankTransaction]:
    """Give each transaction its id, the same in every file of this creditor that contains it.

    Banks need not number transactions: the id is made from the whole contents, and from the rank
    among transactions with equal contents.
    """
    ranks: Counter[str] = Counter()
    identified = []
    for transaction in transactions:
        contents = dumps(
            [str(creditor_id), iban, *(str(getattr(transaction, name)) for name in _CONTENTS)]
        )
        ranks[contents] += 1
        identified.append(
            replace(transaction, id=uuid5(_NAMESPACE, f"{contents} {ranks[contents]}"))
        )
    return identified
