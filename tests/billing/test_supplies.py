"""A monthly fee is accessory to the energy: document, XML, report and books say the same."""

import httpx
from lxml import etree

from tests.billing.correcting import issue_month
from tests.billing.money import balances
from tests.billing.world import Coop

_PROCESS = "//*[local-name()='BusinessProcessSpecifiedDocumentContextParameter']/*/text()"


async def test_a_fee_is_goods_wherever_it_is_told(operator: httpx.AsyncClient, coop: Coop) -> None:
    fee = {
        "name": "Abonnement",
        "producer": coop.roof,
        "eur_per_month": "3.10",
        "vat_rate": "0.20",
        "valid_from": "2026-01-01",
    }
    await coop.price(operator, fees=[fee])

    first, _ = await issue_month(operator, coop)

    assert [line["kind"] for line in first["lines"]] == ["energy", "fee"]
    assert first["supply_category"] == "goods"
    assert first["mentions"][0]["text_fr"] == "Catégorie de l’opération : livraison de biens"
    xml = await operator.get(f"/billing/invoices/{first['id']}/factur-x.xml")
    assert etree.fromstring(xml.content).xpath(_PROCESS) == ["B1"]
    report = await operator.get(
        f"/billing/issuers/{coop.seller}/e-reporting", params={"period": "2026-11"}
    )
    (day,) = report.json()["days"]
    assert (day["category"], day["base_cents"]) == ("TLB1", 1240)
    books = await balances(operator, coop.seller)
    assert {account: cents for account, cents in books.items() if account[0] == "7"} == {
        "701000": -1240
    }
