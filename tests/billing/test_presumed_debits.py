"""The money of a direct debit that comes without our ids answers the debit all the same."""

import httpx
import pytest

from tests.billing.money import collect, payments_url, read_collection
from tests.billing.statements import bank_tells, booked
from tests.billing.test_invoice_payments import payment
from tests.billing.treasury import Treasury, treasury
from tests.billing.world import Billing


async def debited(billing: Billing, operator: httpx.AsyncClient) -> Treasury:
    """Her bill is debited today, and the bank says so by the number of the bill."""
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.receive_by_number(0)
    return anna


async def received_on(anna: Treasury) -> list[str | None]:
    ids = dict.fromkeys(debit.collection_id for debit in anna.debits)
    made = [await read_collection(anna.client, anna.coop.seller, made_id) for made_id in ids]
    return [item["received_on"] for collection in made for item in collection["items"]]


async def test_money_with_the_number_of_a_debited_bill_answers_the_debit(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await debited(billing, operator)
    assert None not in await received_on(anna)

    await anna.month(0)

    # Nothing is under way any more, which would pay the next bill.
    assert await anna.asked_cents() == 372
    assert await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 372]


async def test_a_transfer_before_the_day_of_a_debit_is_not_its_money(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    (bill,) = await anna.invoices()

    assert await bank_tells(operator, anna.account, booked(372, remittance=bill["number"])) == (
        1,
        1,
    )

    assert await received_on(anna) == [None]
    await anna.month(0)
    # She will be debited of the first bill, and pays the second so.
    assert await anna.asked_cents() == 0
    answer = await collect(operator, anna.coop.seller)
    assert "paid-by-another-debit" in {skip["reason"] for skip in answer.json()["skipped"]}


async def test_money_with_our_id_is_the_debits_whatever_was_taken_for_it(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await debited(billing, operator)

    debit = booked(372, end_to_end_id=anna.debits[0].id.hex)
    assert await bank_tells(operator, anna.account, debit) == (1, 1)

    assert await anna.open_items() == [-372]


async def test_a_debit_waits_again_if_what_was_taken_for_its_money_is_taken_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await debited(billing, operator)

    await anna.take_back(0)

    assert await received_on(anna) == [None]
    (bill,) = await anna.invoices()
    assert (await payment(operator, bill))["state"] == "announced"
    await anna.receive(0)
    assert await anna.open_items() == []


@pytest.mark.parametrize("by", ["rejection", "cancellation"])
async def test_a_debit_may_be_refused_although_something_was_taken_for_its_money(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    anna = await debited(billing, operator)
    (debit,) = anna.debits

    path = ("collections", debit.collection_id)
    if by == "rejection":
        url = payments_url(anna.coop.seller, *path, "items", debit.id, "rejection")
        answer = await operator.post(url, json={"reason": "AC04"})
    else:
        answer = await operator.post(payments_url(anna.coop.seller, *path, "cancellation"))

    assert answer.status_code == 200, answer.text
    assert await received_on(anna) == [None]
    assert await anna.open_items() == []


async def test_what_a_refused_debit_was_to_bring_is_taken_back_from_the_bill_that_had_it(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    # She pays the debited bill herself, and another one takes its place: her money pays that one.
    (replaced,) = await anna.invoices()
    transfer = booked(372, remittance=replaced["number"])
    assert await bank_tells(operator, anna.account, transfer) == (1, 1)
    await anna.correct(2)
    assert await anna.open_items() == [12]
    # It was not hers; the debit is still to bring as much.
    await anna.take_back(0)

    await anna.reject(0)

    bills = sorted(await anna.invoices(), key=lambda bill: str(bill["number"]))
    asked = [await payment(operator, bill) for bill in bills]
    assert [(bill["state"], bill["open_cents"]) for bill in asked] == [
        ("credited", 0),
        ("overdue", 384),
    ]
