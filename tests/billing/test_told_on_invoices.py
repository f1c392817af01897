"""What an invoice says of the key, of the plants and of the months before."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import httpx
from pypdf import PdfReader

from libs.common.calendar import Month
from libs.common.events.allocation import KeyInForce
from tests.billing.world import KWH_WMIN, Billing, Coop, issue


def with_named_roof(coop: Coop, name: str, *, revision: int) -> Any:  # noqa: ANN401 - an event
    points = [
        replace(point, plant_name=name, production_kind="solar")
        if point.prm == coop.roof
        else point
        for point in coop.points
    ]
    return coop.perimeter(points, revision=revision)


async def issue_month(client: httpx.AsyncClient, coop: Coop) -> dict[str, dict[str, Any]]:
    """The month's invoices, by the customer's name."""
    answer = await issue(client, await coop.draft(client))
    assert answer.status_code == 200, answer.text
    return {invoice["customer"]["name"]: invoice for invoice in answer.json()}


async def words(client: httpx.AsyncClient, invoice: dict[str, Any]) -> str:
    pdf = await client.get(f"/billing/invoices/{invoice['id']}.pdf")
    pages = PdfReader(BytesIO(pdf.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def test_an_invoice_names_the_key_and_the_plants_as_they_were_called(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    key = KeyInForce(kind="priority", valid_from=date(2026, 10, 1), valid_to=date(2026, 11, 1))
    settled = coop.settlement(number=2).model_copy(update={"keys": [key]})
    await billing.tell(with_named_roof(coop, "Toit du lavoir", revision=2), settled)
    await coop.price(operator)
    invoice = (await issue_month(operator, coop))["Anna"]

    await billing.tell(with_named_roof(coop, "Autre nom", revision=3))

    assert invoice["settlement"]["keys"] == [key.model_dump(mode="json")]
    plant = {"prm": coop.roof, "name": "Toit du lavoir", "kind": "solar"}
    assert invoice["plants"] == [plant]
    page = await words(operator, invoice)
    assert "Les consommateurs sont servis par rang" in page
    assert f"L’énergie vient de : Toit du lavoir (solaire, PRM {coop.roof})." in page
    xml = (await operator.get(f"/billing/invoices/{invoice['id']}/factur-x.xml")).text
    assert "<ram:Value>Toit du lavoir</ram:Value>" in xml
    assert "Les consommateurs sont servis par rang" in xml


async def test_a_plant_that_is_called_otherwise_outdates_drafts(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = await coop.draft(operator)
    await billing.tell(with_named_roof(coop, "Toit du lavoir", revision=2))

    answer = await issue(operator, drafts)

    assert answer.json()["type"] == "/problems/drafts-outdated"


async def september(billing: Billing, coop: Coop) -> Coop:
    """The same month before, settled with 2 kWh a day."""
    before = replace(coop, month=Month(2026, 9))
    await billing.tell(
        before.settlement({pair: [2 * KWH_WMIN] * 30 for pair in coop.energies_wmin})
    )
    return before


async def test_an_invoice_is_compared_with_the_month_before(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    before = (await issue_month(operator, await september(billing, coop)))["Anna"]

    invoice = (await issue_month(operator, coop))["Anna"]

    assert before["earlier"] == []
    assert invoice["earlier"] == [
        {
            "period_from": "2026-09-01",
            "period_to": "2026-10-01",
            "energy_wmin": 60 * KWH_WMIN,
            "total_incl_vat_cents": before["total_incl_vat_cents"],
        }
    ]
    page = await words(operator, invoice)
    assert "D’une facture à l’autre, TTC octobre 2026 31 kWh" in page
    assert "septembre 2026 60 kWh" in page
    shown = (await operator.get(f"/billing/invoices/{invoice['id']}")).json()
    assert shown["earlier"] == invoice["earlier"]


async def test_what_was_credited_of_the_month_before_is_taken_off(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    before = await september(billing, coop)
    await issue_month(operator, before)
    corrected = {pair: [KWH_WMIN] * 30 for pair in coop.energies_wmin}
    await before.revise(billing, corrected, number=2)
    corrections = await issue(operator, await before.corrections(operator))
    assert corrections.status_code == 200, corrections.text

    [earlier] = (await issue_month(operator, coop))["Anna"]["earlier"]

    assert earlier["energy_wmin"] == 30 * KWH_WMIN
    assert all(document["earlier"] == [] for document in corrections.json())
