"""Credit notes in the books: they lessen what is owed on their invoice, and are never collected."""

from typing import Any

import httpx
import pytest

from tests.billing.correcting import choose, only
from tests.billing.issued import drafts_of
from tests.billing.money import (
    balances,
    collect,
    issued_by_customer,
    paying_coop,
    read_collection,
    set_creditor,
)
from tests.billing.statements import bank_tells, booked
from tests.billing.test_credit_notes import credit
from tests.billing.test_dunning import open_items, write_off
from tests.billing.test_hour_corrections import FEE
from tests.billing.test_ledger import journal
from tests.billing.test_one_sum import check_document, fec_of
from tests.billing.world import KWH_WMIN, Billing, Coop, documents, issue, price


async def credited(
    client: httpx.AsyncClient, invoice: dict[str, Any], *lines: dict[str, int]
) -> dict[str, Any]:
    """The issued credit note of an invoice: of these lines, or of all."""
    draft = await credit(client, invoice, *lines)
    assert draft.status_code == 201, draft.text
    answer = await issue(client, [draft.json()])
    assert answer.status_code == 200, answer.text
    note: dict[str, Any] = answer.json()[0]
    return note


async def test_a_credit_note_is_entered_the_other_way_round_on_the_account_of_its_invoice(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]

    await credited(operator, anna, {"position": 1, "energy_wmin": 10 * KWH_WMIN})

    lines = [line for line in await journal(operator, coop.seller) if line["piece_ref"][0] == "A"]
    assert [(line["account"], line["debit_cents"], line["credit_cents"]) for line in lines] == [
        ("411000", "0", "120"),
        ("701000", "100", "0"),
        ("445712000", "20", "0"),
    ]
    (item,) = (await open_items(operator, coop.seller))["Anna"]["items"]
    assert (item["invoice_id"], item["open_cents"]) == (anna["id"], 252)


async def test_fees_are_sold_and_taken_back_with_the_energy_that_they_belong_to(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.decide_taxes(operator)
    await coop.price(operator, price("0.1000"), fees=[{**FEE, "producer": coop.roof}])
    invoices = (await issue(operator, await coop.draft(operator))).json()

    before = await balances(operator, coop.seller)
    for invoice in invoices:
        await credited(operator, invoice)

    # 31 kWh and a fee of 3.10 € each.
    assert (before["701000"], before.get("706000")) == (-1240, None)
    assert {invoice["supply_category"] for invoice in invoices} == {"goods"}
    assert await balances(operator, coop.seller) == {}


async def test_what_is_credited_is_not_collected(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    await credited(operator, invoices["Anna"], {"position": 1, "energy_wmin": 10 * KWH_WMIN})
    await credited(operator, invoices["Bruno"])

    made = await collect(operator, coop.seller)

    assert made.status_code in {200, 201}, made.text
    (debit,) = (await read_collection(operator, coop.seller, made.json()["id"]))["items"]
    assert [
        (document["invoice_id"], document["amount_cents"]) for document in debit["documents"]
    ] == [(invoices["Anna"]["id"], 252)]
    assert set(await open_items(operator, coop.seller)) == {"Anna"}


async def test_what_is_credited_after_it_was_paid_is_the_customers_credit(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(372, remittance=anna["number"]))

    await credited(operator, anna)

    owed = (await open_items(operator, coop.seller))["Anna"]
    assert (owed["open_cents"], owed["overdue_cents"]) == (-372, 0)
    assert [item["invoice_id"] for item in owed["items"]] == [anna["id"]]


async def test_a_credit_note_of_a_doubtful_invoice_takes_from_what_is_doubtful(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]
    assert (await write_off(operator, coop.seller, anna, "doubtful")).status_code in {200, 201}

    await credited(operator, anna)

    assert "416000" not in await balances(operator, coop.seller)
    assert set(await open_items(operator, coop.seller)) == {"Bruno"}


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_documents_books_and_fec_are_one_sum_after_a_correction(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, policy: str
) -> None:
    await issued_by_customer(operator, coop)
    await choose(operator, coop, policy)
    other = coop.energies_wmin | {
        (coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [0],
        (coop.roof, coop.bruno_home): [KWH_WMIN] * 30 + [3 * KWH_WMIN],
    }
    await coop.revise(billing, other, number=2)
    assert (await issue(operator, await coop.corrections(operator))).status_code == 200

    invoices = await documents(operator, coop)

    assert drafts_of(invoices) == []
    sums = dict.fromkeys(["total_incl_vat_cents", "total_excl_vat_cents", "total_vat_cents"], 0)
    for document in invoices:
        check_document(document)
        for name in sums:
            sums[name] += {"invoice": 1, "credit_note": -1}[document["kind"]] * document[name]
    books = await balances(operator, coop.seller)
    assert books == {
        "411000": sums["total_incl_vat_cents"],
        "701000": -sums["total_excl_vat_cents"],
        "445712000": -sums["total_vat_cents"],
    }
    fec = await fec_of(operator, coop.seller, 2026)
    assert {account: cents for account, cents in fec.items() if cents} == books
    owed = await open_items(operator, coop.seller)
    assert sum(item["open_cents"] for item in owed.values()) == books["411000"]
    # 30 kWh for Anna and 33 kWh for Bruno, at 0.10 € and 20 %.
    assert (owed["Anna"]["open_cents"], owed["Bruno"]["open_cents"]) == (360, 396)
    assert only(invoices, coop.anna)[0]["issuer"]["member_id"] == str(coop.seller)
