"""Sums that are too small to be debited, reminded of or corrected wait and grow."""

from typing import Any

import httpx
import pytest

from tests.billing.correcting import choose, choose_thresholds
from tests.billing.money import (
    collect,
    issued_by_customer,
    payments_url,
    record_mandate,
    set_creditor,
)
from tests.billing.statements import bank_tells, booked
from tests.billing.test_documents import words
from tests.billing.test_one_debit import village
from tests.billing.treasury import Treasury, treasury
from tests.billing.world import KWH_WMIN, Billing, Coop, issue

_SIGNED_ON = "2026-10-01"
"""Before the bills of October fall due: an invoice says that it waits if its mandate holds then."""


async def owing_little(billing: Billing, operator: httpx.AsyncClient, least: int) -> Treasury:
    """Anna has paid all but 0.72 € of her bill; less than least is neither debited nor reminded."""
    anna = await treasury(billing, operator)
    anna.least = (least, least, 0)
    await anna.set_thresholds(anna.coop)
    (bill,) = await anna.invoices()
    assert await bank_tells(operator, anna.account, booked(300, remittance=bill["number"])) == (
        1,
        1,
    )
    return anna


async def reminded(anna: Treasury) -> list[int]:
    url = payments_url(anna.coop.seller, "reminders")
    answer = await anna.client.post(url, json={"day": None})
    ids = {invoice["id"] for invoice in await anna.invoices()}
    return [row["open_cents"] for row in answer.json() if row["invoice_id"] in ids]


async def test_what_is_too_little_to_debit_waits_for_the_next_bill(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await owing_little(billing, operator, least=400)

    answer = await collect(operator, anna.coop.seller)

    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert "below-threshold" in {skip["reason"] for skip in answer.json()["skipped"]}
    await anna.month(0)
    assert await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [444]


async def test_what_is_too_little_to_remind_of_waits_for_the_next_bill(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await owing_little(billing, operator, least=400)
    assert await reminded(anna) == []

    await anna.month(0)

    assert sorted(await reminded(anna)) == [72, 372]


async def test_what_is_too_little_for_each_seller_is_reminded_of_with_the_others_of_a_collector(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await village(billing, operator)

    async def reminded_with(least: int) -> list[int]:
        for invoice in anna.invoices:
            url = f"/billing/operations/{invoice['operation']['id']}/thresholds"
            answer = await operator.put(
                url,
                json={
                    "invoice_cents": 0,
                    "debit_cents": 0,
                    "remind_cents": least,
                    "correct_cents": 0,
                },
            )
            assert answer.status_code == 200, answer.text
        answer = await operator.post(payments_url(anna.sellers[0], "reminders"), json={"day": None})
        ids = {invoice["id"] for invoice in anna.invoices}
        return [row["open_cents"] for row in answer.json() if row["invoice_id"] in ids]

    assert await reminded_with(least=745) == []
    assert await reminded_with(least=744) == [372]


async def test_without_thresholds_every_cent_is_debited(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await owing_little(billing, operator, least=0)
    assert await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [72]


async def withheld(client: httpx.AsyncClient, coop: Coop) -> list[tuple[Any, int]]:
    answer = await client.get(f"{coop.month_url}/corrections")
    return [(row["customer_id"], row["difference_cents"]) for row in answer.json()["withheld"]]


async def test_a_small_correction_waits_until_later_revisions_make_it_large(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await choose(operator, coop, "replace")
    await choose_thresholds(operator, coop, correct=30)
    await issued_by_customer(operator, coop)

    async def revise(kwh: int, number: int) -> list[dict[str, Any]]:
        anna = {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [kwh * KWH_WMIN]}
        await coop.revise(billing, coop.energies_wmin | anna, number=number)
        return await coop.corrections(operator)

    # One kWh more is 0.12 €.
    assert await revise(2, 2) == []
    assert await withheld(operator, coop) == [(str(coop.anna), 12)]
    assert await revise(0, 3) == []
    assert await withheld(operator, coop) == [(str(coop.anna), -12)]

    drafts = await revise(4, 4)

    assert sorted(draft["kind"] for draft in drafts) == ["credit_note", "invoice"]
    assert await withheld(operator, coop) == []


async def test_another_threshold_makes_draft_corrections_anew(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop)
    anna = {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [2 * KWH_WMIN]}
    await coop.revise(billing, coop.energies_wmin | anna, number=2)
    assert len(await coop.corrections(operator)) == 2

    await choose_thresholds(operator, coop, correct=13)
    assert await coop.corrections(operator) == []

    await choose_thresholds(operator, coop, correct=12)
    assert len(await coop.corrections(operator)) == 2


@pytest.mark.parametrize("least", [372, 373])
async def test_an_invoice_too_small_to_debit_says_that_it_waits(
    operator: httpx.AsyncClient, coop: Coop, least: int
) -> None:
    await choose_thresholds(operator, coop, debit=least)
    await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on=_SIGNED_ON)

    invoices = await issued_by_customer(operator, coop)

    assert invoices["Anna"]["total_incl_vat_cents"] == 372
    waiting = {
        name: [mention["facts"] for mention in invoice["mentions"] if "small" in mention["code"]]
        for name, invoice in invoices.items()
    }
    # Bruno, who pays by transfer, is asked for it as it is.
    assert waiting == {"Anna": [{"least_eur": "3,73"}] * (least > 372), "Bruno": []}


async def test_the_page_of_a_small_invoice_says_the_least_sum_in_its_language(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await choose_thresholds(operator, coop, debit=500)
    await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on=_SIGNED_ON)

    anna = (await issued_by_customer(operator, coop))["Anna"]

    url = f"/billing/invoices/{anna['id']}.pdf"
    for language, text in (("fr", "Moins de 5,00 €"), ("en", "Less than €5.00")):
        pdf = (await operator.get(url, params={"language": language})).content
        assert text in words(pdf).replace("\u00a0", " ")


@pytest.mark.parametrize(("least", "waiting"), [(12, []), (13, ["0,13"])])
async def test_an_invoice_waits_for_what_credits_leave_of_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, least: int, waiting: list[str]
) -> None:
    account = await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on=_SIGNED_ON)
    await choose(operator, coop, "replace")
    paid = (await issued_by_customer(operator, coop))["Anna"]
    assert await bank_tells(operator, account, booked(372, remittance=paid["number"])) == (1, 1)
    await choose_thresholds(operator, coop, debit=least)

    sunny = {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [2 * KWH_WMIN]}
    await coop.revise(billing, coop.energies_wmin | sunny, number=2)
    answer = await issue(operator, await coop.corrections(operator))

    documents = answer.json()
    assert sorted(document["prepaid_cents"] for document in documents) == [0, 372]
    mentions = [mention for document in documents for mention in document["mentions"]]
    assert [
        mention["facts"]["least_eur"] for mention in mentions if mention["code"] == "small-debit"
    ] == waiting
