"""What a seller declares: figures by the day on which tax is due, and the documents behind."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.billing.correcting import choose, issue_month, only
from tests.billing.world import KWH_WMIN, Billing, Coop, issue

STANDARD = {"regime": "standard", "legal_basis": None, "evidence": None}


def url(member_id: UUID, name: str = "tax-return") -> str:
    return f"/billing/issuers/{member_id}/{name}"


async def declared(client: httpx.AsyncClient, coop: Coop, period: str) -> dict[str, Any]:
    answer = await client.get(url(coop.seller), params={"period": period})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def sums(figures: dict[str, Any]) -> list[tuple[str, int, int]]:
    """The figures of VAT by rate, each the sum of its documents."""
    for rate in figures["vat"]:
        for name in ("base_cents", "vat_cents"):
            assert rate[name] == sum(document[name] for document in rate["documents"])
    return [(rate["rate"], rate["base_cents"], rate["vat_cents"]) for rate in figures["vat"]]


@pytest.fixture
async def issued(operator: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    """October, issued on 5 November: 31 kWh at 0.10 € to each of two households."""
    await coop.price(operator)
    return sorted(await issue_month(operator, coop), key=lambda invoice: str(invoice["number"]))


async def credit(client: httpx.AsyncClient, invoice: dict[str, Any], issue_date: str) -> None:
    draft = await client.post(
        f"/billing/invoices/{invoice['id']}/credit-notes", json={"reason": "Wrong address"}
    )
    answer = await issue(client, [draft.json()], issue_date)
    assert answer.status_code == 200, answer.text


async def test_an_invoice_is_declared_for_the_month_of_its_supply_not_of_its_issue(
    operator: httpx.AsyncClient, coop: Coop, issued: list[dict[str, Any]]
) -> None:
    october = await declared(operator, coop, "2026-10")

    assert sums(october) == [("0.2", 620, 124)]
    assert sums(await declared(operator, coop, "2026-11")) == []
    assert sums(await declared(operator, coop, "2026-Q4")) == [("0.2", 620, 124)]
    (rate,) = october["vat"]
    assert {document["id"] for document in rate["documents"]} == {
        invoice["id"] for invoice in issued
    }
    first = rate["documents"][0]
    assert first == {
        "id": first["id"],
        "number": "F2026-00001",
        "kind": "invoice",
        "is_correction": False,
        "issue_date": "2026-11-05",
        "chargeable_on": "2026-10-31",
        "base_cents": 310,
        "vat_cents": 62,
    }


async def test_a_credit_note_counts_in_the_month_in_which_it_is_issued(
    operator: httpx.AsyncClient, coop: Coop, issued: list[dict[str, Any]]
) -> None:
    await credit(operator, issued[0], "2026-11-20")

    november = await declared(operator, coop, "2026-11")

    assert sums(november) == [("0.2", -310, -62)]
    assert november["vat"][0]["documents"][0]["is_correction"]
    assert sums(await declared(operator, coop, "2026-10")) == [("0.2", 620, 124)]


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_a_correction_declares_its_difference_once_in_the_month_of_its_issue(
    billing: Billing,
    operator: httpx.AsyncClient,
    coop: Coop,
    issued: list[dict[str, Any]],
    policy: str,
) -> None:
    await choose(operator, coop, policy)
    more = {pair: [KWH_WMIN * 2] * 31 for pair in coop.energies_wmin}
    await coop.revise(billing, more, number=2)
    answer = await issue(operator, await coop.corrections(operator), "2026-11-30")
    assert answer.status_code == 200, answer.text

    november = await declared(operator, coop, "2026-11")

    assert len(issued) == 2
    assert sums(november) == [("0.2", 620, 124)]
    assert all(document["is_correction"] for document in november["vat"][0]["documents"])
    assert sums(await declared(operator, coop, "2026-10")) == [("0.2", 620, 124)]


async def test_the_accise_is_declared_by_rate_with_exact_energies_and_what_is_exempt(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    await billing.tell(*coop.members(), coop.perimeter())
    energies = {pair: [KWH_WMIN + 1_000] * 31 for pair in coop.energies_wmin}
    await billing.tell(coop.settlement(energies))
    await coop.price(operator)
    await coop.decide_taxes(operator)
    await coop.decide_accise(
        operator, valid_from="2026-10-16", categories={coop.anna_home: "sme"}, **STANDARD
    )
    invoices = await issue_month(operator, coop)

    figures = (await declared(operator, coop, "2026-10"))["accise"]

    exact_wmin = 16 * (KWH_WMIN + 1_000)
    assert [
        (rate["category"], rate["rate_eur_per_mwh"], rate["energy_wmin"], rate["quantity_kwh"])
        for rate in figures
    ] == [
        ("household", "30.62", exact_wmin, 16),
        ("sme", "26.35", exact_wmin, 16),
        (None, "0", 2 * 15 * (KWH_WMIN + 1_000), 0),
    ]
    (anna,) = only(invoices, coop.anna)
    sme = figures[1]["documents"]
    assert [document["id"] for document in sme] == [anna["id"]]
    assert figures[1]["amount_cents"] == sum(tax["amount_cents"] for tax in anna["taxes"])
    await credit(operator, anna, "2026-11-20")
    (back, exempt) = (await declared(operator, coop, "2026-11"))["accise"]
    assert (back["energy_wmin"], back["quantity_kwh"]) == (-exact_wmin, -16)
    assert back["amount_cents"] == -figures[1]["amount_cents"]
    assert exempt["energy_wmin"] == -15 * (KWH_WMIN + 1_000)


async def test_the_table_has_a_row_for_each_document_tax_and_rate(
    operator: httpx.AsyncClient, coop: Coop, issued: list[dict[str, Any]]
) -> None:
    answer = await operator.get(url(coop.seller, "tax-return.csv"), params={"period": "2026-10"})

    assert answer.status_code == 200
    header, first, *rest = answer.text.splitlines()
    assert header.startswith("tax,rate,category,document,document_id,kind,is_correction")
    number, invoice_id = issued[0]["number"], issued[0]["id"]
    dates = "invoice,false,2026-11-05,2026-10-31"
    assert first == f"vat,0.2,,{number},{invoice_id},{dates},,,,310,62"
    assert rest[-1].startswith("accise,0,exempt,")
    assert rest[-1].endswith(",1860000,31.000000,0,,0")


async def test_sellers_read_their_own_and_neighbours_none(
    billing: Billing, coop: Coop, issued: list[dict[str, Any]]
) -> None:
    assert issued
    async with (
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna)) as anna,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
    ):
        clients = (seller, anna, organiser)
        answers = [
            await client.get(url(coop.seller), params={"period": "2026-10"}) for client in clients
        ]
    assert [answer.status_code for answer in answers] == [200, 403, 200]


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "2026"])
async def test_a_period_is_a_month_or_a_quarter(
    operator: httpx.AsyncClient, coop: Coop, period: str
) -> None:
    answer = await operator.get(url(coop.seller), params={"period": period})
    assert answer.status_code == 422
