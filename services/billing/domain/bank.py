"""What a bank tells: transactions of an account, each known by what it says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from json import dumps
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.errors import Problem

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/bank-transactions")
_NOBODY = UUID(int=0)
# Never changed: the ids of what was imported are made of these.
_SAID = (
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
    status, slug, title = 409, "statement-refused", "This bank statement cannot be taken"
    example_detail = "The statement is of another account: ask the bank for that of this creditor."


@dataclass(frozen=True)
class BankTransaction:
    """Money that came (positive) or went; what the bank does not tell is None.

    batch_id: the payment information id of a collection that is booked as one. return_reason: an
    ISO code, AM04, if a payment came back.
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
    id: UUID = _NOBODY


@dataclass(frozen=True)
class Statement:
    """What happened on an account over some days."""

    iban: str
    transactions: Sequence[BankTransaction]


def identify(
    creditor_id: UUID, iban: str, transactions: Iterable[BankTransaction]
) -> list[BankTransaction]:
    """Give each its id: the same from any file that tells this creditor of it.

    Banks need not number transactions, so an id is made of all that is said, and of the rank
    among those that say the same.
    """
    seen: Counter[str] = Counter()
    identified = []
    for one in transactions:
        said = dumps([str(creditor_id), iban, *(str(getattr(one, name)) for name in _SAID)])
        seen[said] += 1
        identified.append(replace(one, id=uuid5(_NAMESPACE, f"{said} {seen[said]}")))
    return identified
