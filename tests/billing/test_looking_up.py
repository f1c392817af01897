"""Invoices are found by what people know of them: 31 kWh at 0.10 € are 372 cents with VAT."""

from typing import Any

import httpx

from services.billing.domain.creditor_references import creditor_reference
from tests.billing.correcting import choose
from tests.billing.money import issued_by_customer, set_creditor
from tests.billing.statements import bank_tells, booked
from tests.billing.world import KWH_WMIN, Billing, Coop, issue

SUMMARIES = "/billing/invoice-summaries"


async def found(client: httpx.AsyncClient, coop: Coop, **params: object) -> list[dict[str, Any]]:
    """By the short list and the one in full: the same ones."""
    asked = {"operation_id": coop.operation_id} | {key: str(params[key]) for key in params}
    answer = await client.get(SUMMARIES, params=asked)
    assert answer.status_code == 200, answer.text
    summaries: list[dict[str, Any]] = answer.json()
    in_full = await client.get("/billing/invoices", params={**asked, "order": "newest"})
    assert [invoice["id"] for invoice in in_full.json()] == [each["id"] for each in summaries]
    return summaries


async def names(client: httpx.AsyncClient, coop: Coop, **params: object) -> set[str]:
    return {invoice["customer"]["name"] for invoice in await found(client, coop, **params)}


async def test_an_invoice_is_found_by_its_number_and_by_its_reference(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    number = invoices["Anna"]["number"]
    reference = creditor_reference(coop.seller, number)

    for text in (
        number,
        number.lower().replace("-", " "),
        number[1:],
        reference,
        reference.lower(),
    ):
        assert await names(operator, coop, number_or_reference=text) == {"Anna"}
    assert await names(operator, coop, number_or_reference="Anna") == set()
    too_long = await operator.get(SUMMARIES, params={"number_or_reference": "F" * 101})
    assert too_long.status_code == 422


async def test_invoices_are_found_by_seller_amount_and_days(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    both = {"Anna", "Bruno"}
    cents = invoices["Anna"]["total_incl_vat_cents"]

    assert await names(operator, coop, issuer_id=coop.seller) == both
    assert await names(operator, coop, issuer_id=coop.anna) == set()
    assert "Anna" in await names(operator, coop, least_cents=cents, most_cents=cents)
    assert await names(operator, coop, least_cents=cents + 1, most_cents=cents - 1) == set()
    assert await names(operator, coop, from_day="2026-10-31", to_day="2026-11-30") == both
    assert await names(operator, coop, from_day="2026-11-01") == set()
    assert await names(operator, coop, to_day="2026-10-01") == set()
    assert await names(operator, coop, to_day="2026-10-02") == both


async def test_documents_are_found_by_state_and_kind(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await choose(operator, coop, "replace")
    await issued_by_customer(operator, coop)
    energies = {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [2 * KWH_WMIN]}
    await coop.revise(billing, coop.energies_wmin | energies, number=2)
    drafts = await coop.corrections(operator)

    assert {each["id"] for each in await found(operator, coop, state="draft")} == {
        draft["id"] for draft in drafts
    }
    assert (await issue(operator, drafts)).status_code == 200

    assert await found(operator, coop, state="draft") == []
    assert len(await found(operator, coop, state="issued")) == 4
    (credit_note,) = await found(operator, coop, kind="credit_note")
    assert (credit_note["number"], credit_note["payment"]) == ("A2026-00001", None)
    (corrective,) = await found(operator, coop, is_corrective="true")
    assert corrective["number"] == "F2026-00003"
    numbers = [each["number"] for each in await found(operator, coop, kind="invoice")]
    assert sorted(numbers) == ["F2026-00001", "F2026-00002", "F2026-00003"]
    first_two = await found(operator, coop, kind="invoice", is_corrective="false")
    assert sorted(each["number"] for each in first_two) == ["F2026-00001", "F2026-00002"]


async def test_conditions_add_up_within_what_the_caller_may_see(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(372, remittance=invoices["Bruno"]["number"]))
    number = invoices["Anna"]["number"]

    assert await names(operator, coop, payment_state="overdue") == {"Anna"}
    assert await names(operator, coop, payment_state="overdue", number_or_reference=number) == {
        "Anna"
    }
    assert await names(operator, coop, payment_state="paid", number_or_reference=number) == set()
    async with (
        billing.client("member", member_id=str(coop.bruno)) as bruno,
        billing.client("member", member_id=str(coop.anna)) as anna,
        billing.client("organiser", operations=["ACC00000000"]) as foreign,
    ):
        assert await names(bruno, coop, number_or_reference=number) == set()
        assert await names(anna, coop, number_or_reference=number, payment_state="overdue") == {
            "Anna"
        }
        assert (await foreign.get(SUMMARIES, params={"number_or_reference": number})).json() == []
