"""A member who asks to pay by direct debit, and who collects from them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.billing.money import new_iban, payments_url, set_creditor
from tests.billing.world import Billing, Coop

REQUESTS = "/billing/mandate-requests"
COLLECTORS = "/billing/mandate-collectors"


@dataclass(frozen=True)
class Asker:
    """Anna, whose home takes part, and the one who collects from her."""

    coop: Coop
    operator: httpx.AsyncClient
    anna: httpx.AsyncClient
    text: str

    def body(self, **fields: str) -> dict[str, object]:
        return {
            "creditor_id": str(self.coop.seller),
            "holder": "Anna d'Été",
            "iban": new_iban(),
            "language": "fr",
            "agreed_text": self.text,
            **fields,
        }

    async def ask(self, request_id: UUID | None = None, /, **fields: str) -> httpx.Response:
        path = f"{REQUESTS}/{request_id or uuid4()}"
        return await self.anna.put(path, json=self.body(**fields))

    async def asked(self, **fields: str) -> dict[str, Any]:
        answer = await self.ask(**fields)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def own(self) -> list[dict[str, Any]]:
        return list((await self.anna.get(REQUESTS)).json())

    async def waiting(self) -> list[dict[str, Any]]:
        answer = await self.operator.get(payments_url(self.coop.seller, "mandate-requests"))
        assert answer.status_code == 200, answer.text
        return list(answer.json())

    async def confirm(
        self, request: dict[str, Any], rum: str = "ELO-1", by: httpx.AsyncClient | None = None
    ) -> httpx.Response:
        url = payments_url(self.coop.seller, "mandate-requests", request["id"], "confirmation")
        return await (by or self.operator).post(url, json={"rum": rum})

    async def decline(
        self, request: dict[str, Any], reason: str = "Pas à votre nom."
    ) -> httpx.Response:
        url = payments_url(self.coop.seller, "mandate-requests", request["id"], "refusal")
        return await self.operator.post(url, json={"reason": reason})


@asynccontextmanager
async def asking(billing: Billing, operator: httpx.AsyncClient, coop: Coop) -> AsyncIterator[Asker]:
    await set_creditor(operator, coop.seller)
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        (collector,) = (await anna.get(COLLECTORS)).json()
        yield Asker(coop, operator, anna, collector["text"])
