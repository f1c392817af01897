"""A month of a co-op that billing alone is told of, priced and drafted."""

from typing import Any

from services.demo.api import Api
from tests.billing.members import profile_body
from tests.billing.world import EXEMPT, Coop, price


async def price_month(api: Api, coop: Coop) -> None:
    """Record all that a draft needs and no event tells."""
    await api.call("PUT", coop.prices_url, json={"entries": [price()]})
    await api.call("PUT", coop.accise_url, json=EXEMPT)
    await api.call("PUT", f"/billing/issuers/{coop.seller}/profile", json=profile_body())


async def draft_month(api: Api, coop: Coop) -> list[dict[str, Any]]:
    """Draft the month once billing has heard of its settlement."""
    drafts: list[dict[str, Any]] = []

    async def drafted() -> bool:
        answer = await api.answer("POST", f"{coop.month_url}/drafts")
        if answer.is_error:
            return api.not_yet(answer)
        drafts[:] = answer.json()["invoices"]
        return True

    await api.wait_until("the month is drafted", drafted)
    return drafts
