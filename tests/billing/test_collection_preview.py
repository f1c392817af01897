import httpx

from tests.billing.money import collect, collection_day, paying_coop, payments_url, today
from tests.billing.world import Billing, Coop

_DAYS = {"collection_date": collection_day().isoformat(), "notified_on": today().isoformat()}


async def _preview(client: httpx.AsyncClient, coop: Coop, **days: str) -> httpx.Response:
    url = payments_url(coop.seller, "collection-preview")
    return await client.get(url, params=_DAYS | days)


async def test_a_preview_is_what_is_collected_then_and_makes_nothing(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await paying_coop(billing, operator, customers=["Anna"])

    previewed = (await _preview(operator, coop)).json()

    assert (await operator.get(payments_url(coop.seller, "collections"))).json() == []
    [debit] = previewed["debits"]
    assert debit == {
        "customer_id": str(coop.anna),
        "customer_name": invoices["Anna"]["customer"]["name"],
        "rum": mandates["Anna"]["rum"],
        "amount_cents": 372,
        "documents": [
            {
                "invoice_id": invoices["Anna"]["id"],
                "number": invoices["Anna"]["number"],
                "issuer_name": "Soleils SAS",
                "amount_cents": 372,
            }
        ],
    }
    [skipped] = previewed["skipped"]
    assert (skipped["number"], skipped["reason"]) == (
        invoices["Bruno"]["number"],
        "mandate-missing",
    )

    made = (await collect(operator, coop.seller)).json()
    assert (made["total_cents"], made["skipped"]) == (
        previewed["total_cents"],
        previewed["skipped"],
    )

    # Where nothing is left to collect, that is an answer, not a refusal.
    after = (await _preview(operator, coop)).json()
    assert (after["debits"], after["total_cents"]) == ([], 0)
    assert [left["reason"] for left in after["skipped"]] == ["in-collection", "mandate-missing"]


async def test_a_preview_is_refused_as_the_collection_would_be(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)

    refused = await _preview(operator, coop, collection_date=today().isoformat())

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/collection-too-soon"
    async with billing.client("organiser", operations=["ACC00000000"]) as elsewhere:
        assert (await _preview(elsewhere, coop)).status_code == 403
