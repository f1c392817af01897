"""Savings of members who have typed nothing, through the API."""

import httpx
import pytest

from tests.billing.test_both_bills import bills_url, enter, metered, missing, offer_url, read
from tests.billing.world import Billing, Coop, price

URL = "/billing/reference-offers"


async def test_whoever_is_logged_in_reads_the_offers_of_a_day_with_their_source(
    billing: Billing, coop: Coop
) -> None:
    for role, claims in (
        ("member", {"member_id": str(coop.anna)}),
        ("organiser", {"operations": [coop.operation_id]}),
        ("operator", {}),
    ):
        async with billing.client(role, **claims) as client:
            offers = (await client.get(URL, params={"day": "2026-05-01"})).json()
            assert [offer["code"] for offer in offers] == ["trv-base-6", "trv-base-9"]
            assert offers[0]["energy_eur_per_kwh"] == {"base": "0.1308"}
            assert (offers[0]["valid_from"], offers[0]["valid_to"]) == ("2026-02-01", "2026-08-01")
            assert "CRE" in offers[0]["source"]
            assert (await client.get(URL, params={"day": "2020-01-01"})).json() == []
            assert (await client.get(URL, params={"day": "x"})).status_code == 422
            assert (await client.get(URL)).status_code == 200
    async with billing.client("feed") as feed:
        assert (await feed.get(URL)).status_code == 403
    async with billing.platform.client() as anonymous:
        assert (await anonymous.get(URL)).status_code == 401


async def test_a_member_who_typed_nothing_sees_a_saving_and_what_it_assumes(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator, price("0.1000"))
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assumed = await read(anna, coop)
        assert (await anna.get(offer_url(coop.anna_home))).json()["offers"] == []
        await enter(anna, coop.anna_home)  # has the values of the row
        same = await read(anna, coop)

    assert assumed["saving_incl_vat_cents"] == same["saving_incl_vat_cents"] == 42
    assert [offer["code"] for offer in assumed["reference_offers"]] == ["trv-base-6"]
    assert assumed["reference_offers"][0]["status"] == "estimate"
    codes = {remark["code"] for remark in assumed["remarks"]}
    assert {"reference-offer", "reference-estimated"} <= codes
    assert same["reference_offers"] == []
    assert "reference-offer" not in {remark["code"] for remark in same["remarks"]}


async def test_a_member_says_that_the_reference_is_their_offer(
    billing: Billing, coop: Coop
) -> None:
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        url = f"{offer_url(coop.anna_home)}/reference"
        body = {"valid_from": "2026-03-15", "reference": "trv-base-9"}
        answer = await anna.put(url, json=body)

        assert answer.status_code == 200, answer.text
        (kept,) = answer.json()["offers"]
        assert kept["valid_from"] == "2026-03-15"
        assert (kept["subscribed_kva"], kept["subscription_eur_per_month"]) == (9, "14.68")
        assert kept["energy_eur_per_kwh"] == {"base": "0.1297"}

        for wrong in ({"reference": "trv-base-7"}, {"valid_from": "2024-01-01"}):
            answer = await anna.put(url, json=body | wrong)
            refusal = (answer.status_code, answer.json()["type"])
            assert refusal == (404, "/problems/reference-offer-unknown")
        both = body | {"subscribed_kva": 6}
        assert (await anna.put(url, json=both)).status_code == 422
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        assert (await bruno.put(url, json=body)).status_code == 403


@pytest.mark.parametrize("kind", ["company", "public_body"])
async def test_who_is_no_household_has_to_tell_an_offer(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, kind: str
) -> None:
    await billing.tell(metered(coop, number=2))
    await coop.price(operator)
    moved = next(member for member in coop.members() if member.member_id == coop.anna)
    await billing.tell(moved.model_copy(update={"kind": kind, "revision": 99}))
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert await missing(anna, bills_url(coop)) == ["offer-missing"]
