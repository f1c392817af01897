"""What billing forgets of a member who was erased."""

import httpx

from libs.common.events.community import MemberErased
from tests.billing.test_both_bills import OFFER, offer_url
from tests.billing.world import Billing, Coop
from tests.support.clock import CLOCK

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

    await billing.tell(MemberErased(time=CLOCK.now(), member_id=coop.anna))

    left = {
        member_id: (
            (await operator.get(f"/billing/customers/{member_id}/routing")).json()["service_code"],
            len((await operator.get(offer_url(home))).json()["offers"]),
        )
        for member_id, home in homes.items()
    }
    assert left == {coop.anna: (None, 0), coop.bruno: ("SRV-ENERGIE", 1)}
