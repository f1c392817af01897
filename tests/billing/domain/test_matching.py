"""What bank transactions are about, with plain values."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.matches import Debit, DebitItem, MatchedBy
from services.billing.domain.payments.matching import Matcher
from services.billing.domain.payments.payers import PayerAccounts
from services.billing.domain.payments.transfers import Transfer

_DAY = date(2026, 11, 23)
_INVOICE = OpenInvoice(
    invoice_id=UUID(int=1),
    number="F2026-00001",
    issuer_id=UUID(int=2),
    issuer_name="Soleils SAS",
    customer_id=UUID(int=3),
    customer_name="Anna",
    operation_name="Trois Toits",
    issue_date=date(2026, 11, 5),
    due_date=date(2026, 11, 5),
    total_cents=372,
    open_cents=372,
    doubtful_cents=0,
)
_COLLECTION = UUID("0c9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10")


def a_debit(number: int = 0xAB) -> Debit:
    return Debit(
        id=UUID(int=number),
        collection_id=_COLLECTION,
        mandate_id=UUID(int=4),
        rum="ELO-1",
        sequence_type="FRST",
        items=[DebitItem(_INVOICE.invoice_id, 372)],
        is_received=False,
        is_returned=False,
    )


def told(amount_cents: int = 372, **fields: Any) -> BankTransaction:  # noqa: ANN401 - of many types
    """As banks tell our direct debits, with our own words."""
    return replace(
        BankTransaction(_DAY, amount_cents, "1", remittance="Facture F2026-00001 Trois Toits"),
        **fields,
    )


def a_matcher(
    *debits: Debit, transfers: Sequence[Transfer] = (), also_own_ids: Sequence[UUID] = ()
) -> Matcher:
    ids = [*(debit.id for debit in debits), *(transfer.id for transfer in transfers)]
    return Matcher(
        invoices=[_INVOICE],
        debits=debits,
        transfers=transfers,
        accounts=PayerAccounts(),
        own_ids=[_COLLECTION, *ids, *also_own_ids],
    )


@pytest.mark.parametrize("write", [str.lower, str.upper])
def test_a_direct_debit_that_is_told_twice_pays_once(write: Callable[[str], str]) -> None:
    matcher = a_matcher(a_debit())
    end_to_end_id = a_debit().id.hex
    assert matcher.match(told(end_to_end_id=end_to_end_id)) is not None
    assert matcher.match(told(end_to_end_id=write(end_to_end_id))) is None


def test_payments_go_first_to_what_is_still_doubtful() -> None:
    doubtful = replace(_INVOICE, doubtful_cents=300)
    matcher = Matcher(
        invoices=[doubtful], debits=(), transfers=(), accounts=PayerAccounts(), own_ids=()
    )
    matches = [matcher.match(told(amount_cents)) for amount_cents in (200, 150, 50)]
    split = [match.payments[0].doubtful_cents for match in matches if match]
    assert split == [200, 100, 0]


def test_without_an_end_to_end_id_the_newest_debit_of_a_mandate_comes_back() -> None:
    first, second = (replace(a_debit(number), is_received=True) for number in (1, 2))
    match = a_matcher(first, second).match(told(-372, rum="ELO-1", return_reason="AM04"))
    assert match is not None
    assert [debit.id for debit in match.debits] == [second.id]


def test_an_id_of_ours_with_another_amount_waits_for_a_person() -> None:
    matcher = a_matcher(a_debit())
    assert matcher.match(told(371, end_to_end_id=a_debit().id.hex)) is None
    assert matcher.match(told(371, batch_id=f"{_COLLECTION.hex}-F")) is None
    assert matcher.match(told(371, end_to_end_id="of the customer")) is not None


def test_a_cancelled_direct_debit_that_went_to_the_bank_waits_for_a_person() -> None:
    cancelled = UUID(int=0xCD)
    assert a_matcher(also_own_ids=[cancelled]).match(told(end_to_end_id=cancelled.hex)) is None
    assert a_matcher().match(told(end_to_end_id=cancelled.hex)) is not None


def test_an_end_to_end_id_in_capitals_is_ours() -> None:
    transfer = Transfer(
        UUID(int=0xEF), UUID(int=2), "Soleils SAS", 372, is_executed=False, is_returned=False
    )
    matcher = a_matcher(a_debit(), transfers=[transfer])
    executed = told(-372, end_to_end_id=transfer.id.hex.upper())
    received = told(end_to_end_id=a_debit().id.hex.upper())
    assert [matcher.match(transaction) is not None for transaction in (executed, received)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("write", [str.lower, str.upper])
@pytest.mark.parametrize("suffix", ["-F", ""])
def test_a_batch_id_is_ours_in_any_case(suffix: str, write: Callable[[str], str]) -> None:
    match = a_matcher(a_debit()).match(told(batch_id=write(f"{_COLLECTION.hex}{suffix}")))
    assert match is not None
    assert (match.by, match.debits) == (MatchedBy.BATCH, [replace(a_debit(), is_received=True)])


def test_a_payout_that_comes_back_with_another_amount_waits_for_a_person() -> None:
    transfer = Transfer(
        UUID(int=0xEF), UUID(int=2), "Soleils SAS", 372, is_executed=True, is_returned=False
    )
    matcher = a_matcher(transfers=[transfer])
    assert matcher.match(told(371, end_to_end_id=transfer.id.hex)) is None
