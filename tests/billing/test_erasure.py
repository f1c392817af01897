"""What billing forgets of a member who was erased."""

import asyncio
from uuid import UUID, uuid4

import httpx

from services.billing.commands.payments.mandate_requests import confirm_request
from services.billing.commands.payments.payments import record_mandate as record_signed
from services.billing.schemas.payments.payments import MandateIn
from tests.billing.mandates import asking
from tests.billing.members import erased
from tests.billing.money import (
    creditor,
    mandate,
    payments_url,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.test_both_bills import OFFER, offer_url
from tests.billing.world import Billing, Coop
from tests.support.locks import until_somebody_waits_for

_ROUTING = {"siret": None, "service_code": "SRV-ENERGIE", "commitment_number": None}


async def test_offers_and_routing_of_an_erased_member_go_and_those_of_others_stay(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    homes = {coop.anna: coop.anna_home, coop.bruno: coop.bruno_home}
    for member_id, home in homes.items():
        async with billing.client("member", member_id=str(member_id)) as member:
            assert (await member.put(offer_url(home), json=OFFER)).is_success
        routing = f"/billing/customers/{member_id}/routing"
        assert (await operator.put(routing, json=_ROUTING)).is_success

    await billing.tell(erased(coop.anna))

    left = {
        member_id: (
            (await operator.get(f"/billing/customers/{member_id}/routing")).json()["service_code"],
            len((await operator.get(offer_url(home))).json()["offers"]),
        )
        for member_id, home in homes.items()
    }
    assert left == {coop.anna: (None, 0), coop.bruno: ("SRV-ENERGIE", 1)}


async def test_mandates_of_an_erased_member_are_revoked_and_others_stay_in_force(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    for debtor in (coop.anna, coop.bruno):
        await record_mandate(operator, coop.seller, debtor)

    await billing.tell(erased(coop.anna))

    mandates = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert {mandate["debtor_id"]: mandate["revoked_on"] for mandate in mandates} == {
        str(coop.anna): str(today()),
        str(coop.bruno): None,
    }


async def test_nothing_new_is_recorded_of_an_erased_member(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    await billing.tell(erased(coop.anna))
    mandate_url = payments_url(coop.seller, "mandates", uuid4())

    answers = [
        await operator.put(mandate_url, json=mandate(coop.anna)),
        await operator.put(f"/billing/customers/{coop.anna}/routing", json=_ROUTING),
    ]

    assert [(answer.status_code, answer.json()["type"]) for answer in answers] == [
        (409, "/problems/member-erased")
    ] * 2
    assert (await operator.get(payments_url(coop.seller, "mandates"))).json() == []


async def test_a_mandate_that_is_recorded_meanwhile_is_revoked_too(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    body = MandateIn.model_validate(mandate(coop.anna))
    async with billing.platform.database("billing") as database:
        async with database.transaction() as session:
            await record_signed(session, body.mandate(coop.seller, uuid4()))
            erasing = asyncio.create_task(billing.tell(erased(coop.anna)))
            await until_somebody_waits_for(session)
        await erasing

    (recorded,) = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert (recorded["debtor_id"], recorded["revoked_on"]) == (str(coop.anna), str(today()))


async def test_a_mandate_that_is_confirmed_meanwhile_is_revoked_too(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    async with asking(billing, operator, coop) as asker:
        request = await asker.asked()
    async with billing.platform.database("billing") as database:
        async with database.transaction() as session:
            await confirm_request(session, coop.seller, UUID(request["id"]), rum="ELO-1")
            erasing = asyncio.create_task(billing.tell(erased(coop.anna)))
            await until_somebody_waits_for(session)
        await erasing

    (mandate,) = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert (mandate["debtor_id"], mandate["revoked_on"]) == (str(coop.anna), str(today()))


async def test_an_account_that_waits_goes_with_its_seller(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    answer = await operator.put(payments_url(coop.seller, "creditor"), json=creditor())
    assert answer.json()["change"] is not None

    await billing.tell(erased(coop.seller))

    answer = await operator.get(payments_url(coop.seller, "creditor"))
    assert answer.json()["change"] is None


async def test_what_is_parked_of_an_erased_member_goes_and_what_is_parked_of_others_stays(
    billing: Billing, coop: Coop
) -> None:
    for member_id in (coop.anna, coop.bruno):
        await billing.platform.change(
            "billing",
            """
            INSERT INTO parked (event_id, type, topic, key, value, error, attempts)
            VALUES (gen_random_uuid(), 'community.member_recorded.v1', 'community.members',
                :key, 'Anna', 'a test', 3)
            """,
            key=str(member_id),
        )

    await billing.tell(erased(coop.anna))

    left = await billing.platform.query(
        "billing",
        "SELECT key FROM parked WHERE key IN (:anna, :bruno)",
        anna=str(coop.anna),
        bruno=str(coop.bruno),
    )
    assert left == [{"key": str(coop.bruno)}]
