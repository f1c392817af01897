"""How corrections and what they correct are told together."""

import httpx

from tests.billing.correcting import issue_month, only, sold
from tests.billing.world import KWH_WMIN, Billing, Coop, issue


async def test_links_are_told_both_ways(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    anna = only(await issue_month(operator, coop), coop.anna)[0]
    less = coop.energies_wmin | {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [0]}
    await coop.revise(billing, less, number=2)
    drafts = await coop.corrections(operator)
    before = (await operator.get(f"/billing/invoices/{anna['id']}/links")).json()
    assert before == {"refers_to": [], "referred_by": [], "left_cents": 372}

    issued = (await issue(operator, drafts)).json()

    async with billing.client("member", member_id=str(coop.anna)) as member:
        links = (await member.get(f"/billing/invoices/{anna['id']}/links")).json()
        forward = [
            (await member.get(f"/billing/invoices/{invoice['id']}/links")).json()["refers_to"][0][
                "id"
            ]
            for invoice in issued
        ]
    assert {document["id"] for document in links["referred_by"]} == {
        invoice["id"] for invoice in issued
    }
    assert {document["kind"] for document in links["referred_by"]} == {"invoice", "credit_note"}
    assert links["left_cents"] == 0
    assert forward == [anna["id"]] * 2
    async with billing.client("member", member_id=str(coop.bruno)) as stranger:
        answer = await stranger.get(f"/billing/invoices/{anna['id']}/links")
        assert answer.status_code == 403


async def test_producers_are_credited_what_consumers_are_billed(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    less = {pair: [KWH_WMIN // 3] * 31 for pair in coop.energies_wmin}
    await coop.revise(billing, less, number=2)
    await issue(operator, await coop.corrections(operator))

    (statement,) = (await operator.get(f"{coop.month_url}/statements")).json()

    assert statement["energy_wmin"] == sum(sold(coop, less).values())
    assert statement["revenue_excl_vat_cents"] == 2 * 103  # 10.333 kWh at 0.10 €
