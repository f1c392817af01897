"""What a person says of a bank transaction, in part or as a whole, and takes back."""

from typing import Any

import httpx

from tests.billing.money import (
    balances,
    collect,
    new_iban,
    paying_coop,
    payments_url,
    read_collection,
    set_creditor,
)
from tests.billing.statements import bank_tells, booked, unmatched
from tests.billing.world import Billing, Coop

Invoices = dict[str, dict[str, Any]]


async def paid(
    billing: Billing,
    client: httpx.AsyncClient,
    cents: int = 744,
    **words: Any,  # noqa: ANN401 - texts of the statement
) -> tuple[Coop, Invoices, dict[str, Any]]:
    """A co-op, what Anna and Bruno owe, 372 cents each, and a transaction that nobody can tell."""
    coop, invoices, _ = await paying_coop(billing, client)
    creditor = await set_creditor(client, coop.seller)
    assert await bank_tells(client, creditor, booked(cents, **words)) == (1, 0)
    (waiting,) = await unmatched(client, coop.seller)
    assert waiting["payments"] == []
    return coop, invoices, waiting


def path(coop: Coop, transaction: dict[str, Any], last: str) -> str:
    return payments_url(coop.seller, "bank-transactions", transaction["id"], last)


async def assign(
    client: httpx.AsyncClient, coop: Coop, transaction: dict[str, Any], **cents: int
) -> httpx.Response:
    """cents: by the id of the invoice."""
    payments = [
        {"invoice_id": invoice_id, "amount_cents": amount} for invoice_id, amount in cents.items()
    ]
    return await client.post(path(coop, transaction, "assignment"), json={"payments": payments})


async def take_back(
    client: httpx.AsyncClient, coop: Coop, transaction: dict[str, Any]
) -> httpx.Response:
    return await client.delete(path(coop, transaction, "assignment"))


async def received(client: httpx.AsyncClient, invoice: dict[str, Any]) -> list[tuple[int, str]]:
    answer = await client.get(f"/billing/invoices/{invoice['id']}/bank-transactions")
    assert answer.status_code == 200, answer.text
    return [(row["amount_cents"], row["matched_by"]) for row in answer.json()]


async def state(client: httpx.AsyncClient, invoice: dict[str, Any]) -> tuple[str, int]:
    payment = (await client.get(f"/billing/invoices/{invoice['id']}")).json()["payment"]
    return payment["state"], payment["open_cents"]


async def test_a_transaction_pays_several_invoices_and_both_sides_say_so(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, waiting = await paid(billing, operator, 600, name="Anna & Bruno")
    anna, bruno = invoices["Anna"], invoices["Bruno"]

    answer = await assign(operator, coop, waiting, **{anna["id"]: 372, bruno["id"]: 228})

    assert answer.status_code == 200, answer.text
    payments = {
        (payment["number"], payment["customer_name"], payment["amount_cents"])
        for payment in answer.json()["payments"]
    }
    assert payments == {(anna["number"], "Anna", 372), (bruno["number"], "Bruno", 228)}
    assert await received(operator, anna) == [(372, "hand")]
    assert await received(operator, bruno) == [(228, "hand")]
    assert (await state(operator, bruno))[1] == 144
    async with billing.client("member", member_id=str(coop.bruno)) as member:
        assert await received(member, bruno) == [(228, "hand")]
        url = f"/billing/invoices/{anna['id']}/bank-transactions"
        assert (await member.get(url)).status_code in {403, 404}


async def test_parts_make_up_the_transaction(billing: Billing, operator: httpx.AsyncClient) -> None:
    coop, invoices, waiting = await paid(billing, operator)
    anna, bruno = invoices["Anna"]["id"], invoices["Bruno"]["id"]
    for parts in ({anna: 372}, {anna: 744, bruno: 0}, {anna: 1116, bruno: -372}):
        answer = await assign(operator, coop, waiting, **parts)
        assert answer.json()["type"] == "/problems/assignment-mismatch"
    twice = [{"invoice_id": anna, "amount_cents": 372}] * 2
    answer = await operator.post(path(coop, waiting, "assignment"), json={"payments": twice})
    assert answer.json()["type"] == "/problems/assignment-mismatch"


async def test_an_assignment_is_taken_back_by_reversing_entries_and_made_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, waiting = await paid(billing, operator, 372, iban=new_iban())
    anna, bruno = invoices["Anna"], invoices["Bruno"]
    before = await balances(operator, coop.seller)
    for _ in range(2):
        await assign(operator, coop, waiting, **{anna["id"]: 372})
        assert await state(operator, anna) == ("paid", 0)

        answer = await take_back(operator, coop, waiting)

        assert answer.status_code == 200, answer.text
        assert (answer.json()["matched_by"], answer.json()["payments"]) == (None, [])
        assert await balances(operator, coop.seller) == before
        assert (await state(operator, anna))[1] == 372
        assert await received(operator, anna) == []
        assert [row["id"] for row in await unmatched(operator, coop.seller)] == [waiting["id"]]

    await assign(operator, coop, waiting, **{bruno["id"]: 372})
    assert await state(operator, bruno) == ("paid", 0)
    assert await received(operator, bruno) == [(372, "hand")]
    assert await received(operator, anna) == []


async def test_what_was_matched_by_words_is_taken_back_too_and_teaches_nothing_more(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    iban = new_iban()
    transfer = booked(372, remittance=invoices["Anna"]["number"], iban=iban)
    assert await bank_tells(operator, creditor, transfer) == (1, 1)
    transactions = await operator.get(payments_url(coop.seller, "bank-transactions"))
    (transaction,) = transactions.json()

    assert (await take_back(operator, coop, transaction)).status_code == 200

    assert (await state(operator, invoices["Anna"]))[1] == 372
    assert await bank_tells(operator, creditor, booked(372, iban=iban)) == (1, 0)


async def test_what_is_not_ours_stands_on_471_until_it_is_taken_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, waiting = await paid(billing, operator, -450, remittance="FRAIS DE TENUE")
    before = await balances(operator, coop.seller)

    answer = await operator.post(path(coop, waiting, "not-ours"))

    assert (answer.json()["matched_by"], answer.json()["payments"]) == ("not-ours", [])
    entered = await balances(operator, coop.seller)
    assert (entered["471000"], entered["512000"]) == (450, -450)
    assert await unmatched(operator, coop.seller) == []
    again = await operator.post(path(coop, waiting, "not-ours"))
    assert again.json()["type"] == "/problems/transaction-matched"

    assert (await take_back(operator, coop, waiting)).status_code == 200
    assert await balances(operator, coop.seller) == before
    assert len(await unmatched(operator, coop.seller)) == 1


async def test_only_what_people_say_is_taken_back(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    made = (await collect(operator, coop.seller)).json()
    items = (await read_collection(operator, coop.seller, made["id"]))["items"]
    debit = booked(372, end_to_end_id=items[0]["id"].replace("-", ""))
    assert await bank_tells(operator, creditor, debit) == (1, 1)
    (transaction,) = (await operator.get(payments_url(coop.seller, "bank-transactions"))).json()

    refused = await take_back(operator, coop, transaction)

    assert refused.json()["type"] == "/problems/assignment-fixed"
    assert transaction["payments"][0]["amount_cents"] == 372
    await bank_tells(operator, creditor, booked(100, remittance="?"))
    (waiting,) = await unmatched(operator, coop.seller)
    nothing = await take_back(operator, coop, waiting)
    assert nothing.json()["type"] == "/problems/assignment-fixed"
