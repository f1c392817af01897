"""Transfers of customers find their invoices, and teach from which accounts they pay."""

import httpx
from stdnum import iso11649

from tests.billing.money import balances, new_iban, paying_coop, payments_url, set_creditor
from tests.billing.statements import assigned, bank_tells, booked, unmatched
from tests.billing.world import Billing


async def test_a_transfer_finds_its_invoice_by_the_reference_of_the_page(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    answer = await operator.get(f"/billing/invoices/{invoices['Anna']['id']}")
    reference = answer.json()["payment"]["account"]["reference"]

    words = f"elec {iso11649.format(reference).lower()} merci"
    assert await bank_tells(operator, creditor, booked(372, remittance=words)) == (1, 1)

    paid = (await operator.get(f"/billing/invoices/{invoices['Anna']['id']}")).json()
    assert paid["payment"]["state"] == "paid"


async def test_an_account_is_learnt_from_what_a_person_assigned(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    iban = new_iban()
    unclear = booked(100, name="A. Mother", iban=iban, remittance="for my daughter")
    assert await bank_tells(operator, creditor, unclear) == (1, 0)
    (line,) = await unmatched(operator, coop.seller)
    url = payments_url(coop.seller, "bank-transactions", line["id"], "assignment")
    answer = await operator.post(url, json=assigned(invoices["Anna"]["id"], 100))
    assert answer.status_code == 200, answer.text

    rest = booked(272, name="A. Mother", iban=iban, remittance="for my daughter again")
    assert await bank_tells(operator, creditor, rest) == (1, 1)

    paid = (await operator.get(f"/billing/invoices/{invoices['Anna']['id']}")).json()
    assert paid["payment"]["state"] == "paid"


async def test_a_name_and_the_right_amount_are_enough_and_teach_no_account(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    iban = new_iban()
    transfer = booked(372, name="ANNA", iban=iban, remittance="electricity")
    assert await bank_tells(operator, creditor, transfer) == (1, 1)
    assert (await balances(operator, coop.seller))["411000"] == 372
    # Bruno owes the same amount; nothing says that he has Anna's account.
    assert await bank_tells(operator, creditor, booked(372, iban=iban)) == (1, 0)


async def test_only_the_last_accounts_of_a_customer_are_known(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    number = invoices["Anna"]["number"]
    ibans = [new_iban() for _ in range(6)]
    for days_ago, iban in enumerate(ibans):
        transfer = booked(10, remittance=number, iban=iban, days_ago=days_ago)
        assert await bank_tells(operator, creditor, transfer) == (1, 1)
    newest, *_, oldest = ibans

    assert await bank_tells(operator, creditor, booked(312, iban=oldest)) == (1, 0)
    assert await bank_tells(operator, creditor, booked(312, iban=newest)) == (1, 1)
