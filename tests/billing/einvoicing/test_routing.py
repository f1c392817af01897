"""Where customers want their invoices: who says it, and where it is shown."""

import httpx
import pytest
from lxml import etree

from tests.billing.einvoicing.sending import TOWN_SIREN, TOWN_SIRET
from tests.billing.members import member
from tests.billing.world import Billing, Coop, issue

ROUTING = {"siret": TOWN_SIRET, "service_code": "SRV-1", "commitment_number": "EJ 2026/7"}


@pytest.fixture
async def town(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """Anna is a town hall."""
    await billing.tell(
        member(coop.anna, "Pousselac", revision=2, kind="public_body", siren=TOWN_SIREN)
    )
    await coop.price(operator)
    return coop


def url(coop: Coop) -> str:
    return f"/billing/customers/{coop.anna}/routing"


async def test_it_is_frozen_into_what_is_issued_and_into_its_xml(
    operator: httpx.AsyncClient, town: Coop
) -> None:
    await operator.put(url(town), json=ROUTING)
    (draft,) = [
        document for document in await town.draft(operator) if document["customer"]["siren"]
    ]
    (invoice,) = (await issue(operator, [draft])).json()
    await operator.put(url(town), json={"service_code": "SRV-2"})

    shown = (await operator.get(f"/billing/invoices/{invoice['id']}")).json()
    xml = await operator.get(f"/billing/invoices/{invoice['id']}/factur-x.xml")

    assert shown["customer"]["routing"] == ROUTING
    assert shown["content_hash"] == invoice["content_hash"]
    agreement = etree.fromstring(xml.content).find(".//{*}ApplicableHeaderTradeAgreement")
    assert agreement is not None
    assert agreement.findtext("{*}BuyerReference") == "SRV-1"
    order = "{*}BuyerOrderReferencedDocument/{*}IssuerAssignedID"
    assert agreement.findtext(order) == "EJ 2026/7"
    buyer = agreement.find("{*}BuyerTradeParty/{*}GlobalID")
    assert buyer is not None
    assert (buyer.get("schemeID"), buyer.text) == ("0009", TOWN_SIRET)


async def test_what_a_seller_buys_by_is_not_on_what_it_sells(
    operator: httpx.AsyncClient, town: Coop
) -> None:
    url_of_seller = f"/billing/customers/{town.seller}/routing"
    answer = await operator.put(url_of_seller, json={"commitment_number": "EJ 2026/8"})
    assert answer.status_code == 200, answer.text

    (draft,) = [
        document for document in await town.draft(operator) if document["customer"]["siren"]
    ]
    (invoice,) = (await issue(operator, [draft])).json()

    assert (draft["issuer"]["routing"], invoice["issuer"]["routing"]) == (None, None)


async def test_drafts_made_before_it_changed_are_outdated(
    operator: httpx.AsyncClient, town: Coop
) -> None:
    drafts = await town.draft(operator)
    await operator.put(url(town), json=ROUTING)

    answer = await issue(operator, drafts)

    assert answer.json()["type"] == "/problems/drafts-outdated"
    assert (await issue(operator, await town.draft(operator))).status_code == 200


async def test_a_public_body_without_siret_is_shown_for_review(
    operator: httpx.AsyncClient, town: Coop
) -> None:
    preflight = f"/billing/operations/{town.operation_id}/preflight"

    async def codes() -> set[str]:
        body = (await operator.get(preflight, params={"period": "2026-10"})).json()
        return {anomaly["code"] for anomaly in body["anomalies"]}

    before = await codes()
    await operator.put(url(town), json=ROUTING)

    assert "routing-missing" in before
    assert "routing-missing" not in await codes()


async def test_a_siret_of_another_body_is_refused(operator: httpx.AsyncClient, town: Coop) -> None:
    answer = await operator.put(url(town), json={"siret": "99200002600011"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/routing-invalid"
    assert answer.json()["field"] == "siret"


@pytest.mark.parametrize("body", [{"siret": "1"}, {"service_code": ""}, {"service": "x"}])
async def test_a_malformed_routing_is_refused(
    operator: httpx.AsyncClient, town: Coop, body: dict[str, str]
) -> None:
    assert (await operator.put(url(town), json=body)).status_code == 422


async def test_only_those_who_run_all_operations_of_the_customer_say_it(
    billing: Billing, operator: httpx.AsyncClient, town: Coop
) -> None:
    other = Coop(anna=town.anna)
    await billing.tell(other.perimeter())

    async def statuses(role: str, **claims: object) -> tuple[int, int]:
        async with billing.client(role, **claims) as client:
            said = await client.put(url(town), json=ROUTING)
            read = await client.get(url(town))
        return said.status_code, read.status_code

    both = [town.operation_id, other.operation_id]
    assert await statuses("organiser", operations=both) == (200, 200)
    assert await statuses("organiser", operations=both[:1]) == (403, 200)
    assert await statuses("organiser", operations=["ACC99999999"]) == (403, 403)
    assert await statuses("member", member_id=str(town.anna)) == (403, 200)
    assert await statuses("member", member_id=str(town.bruno)) == (403, 403)
    unknown = await operator.get("/billing/customers/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10/routing")
    assert unknown.json()["type"] == "/problems/customer-unknown"
