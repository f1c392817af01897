"""A billing service whose documents are sent by the test alone, with a clock of its own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.file_store import file_store
from libs.common.rounds.rest import NO_REST
from services.billing.commands.e_invoicing.delivering import Courier, deliver_next
from services.billing.commands.invoices.documents import ROOM
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.platforms import Platforms
from services.billing.platforms.chorus_pro import ChorusPro
from services.billing.platforms.null import NullPlatform
from tests.billing.members import member, seller
from tests.billing.world import Billing, Coop, issue
from tests.support import fake_chorus_pro
from tests.support.clock import CLOCK
from tests.support.fake_chorus_pro import FakeChorusPro

TOWN_SIREN, TOWN_SIRET = "991000019", "99100001900018"


@dataclass
class Clock:
    """Stands still; later than whatever the database notes while a test runs."""

    now: datetime = field(default_factory=lambda: CLOCK.now() + timedelta(days=1))

    async def __call__(self, _session: AsyncSession) -> datetime:
        return self.now


@dataclass
class Sending:
    """The service has no workers: what is due stays so until the test delivers it."""

    billing: Billing
    chorus: FakeChorusPro
    clock: Clock = field(default_factory=Clock)

    def platform(self) -> ChorusPro:
        return ChorusPro(
            api_url=self.chorus.url,
            token_url=f"{self.chorus.url}/api/oauth/token",
            client_id=SecretStr(fake_chorus_pro.CLIENT_ID),
            client_secret=SecretStr(fake_chorus_pro.CLIENT_SECRET),
            login=SecretStr(fake_chorus_pro.LOGIN),
            password=SecretStr(fake_chorus_pro.PASSWORD),
        )

    def courier(self, chorus_pro: ChorusPro | None = None) -> Courier:
        null = NullPlatform()
        platforms: Platforms = {
            Channel.B2B: null,
            Channel.B2C: null,
            Channel.B2G: chorus_pro or self.platform(),
        }
        files = file_store(self.billing.platform.settings, ROOM)
        return Courier(platforms, files, clock=self.clock)

    async def forget(self) -> None:
        """Whatever other tests have left; the database is of these tests alone."""
        async with (
            self.billing.platform.database("billing") as database,
            database.transaction() as session,
        ):
            await session.execute(
                text(
                    "UPDATE submission SET state = 'failed', next_at = NULL"
                    " WHERE next_at IS NOT NULL"
                )
            )

    async def deliver(self, chorus_pro: ChorusPro | None = None) -> None:
        """Whatever is due now."""
        courier = self.courier(chorus_pro)
        async with self.billing.platform.database("billing") as database:
            while await deliver_next(database, courier=courier) == NO_REST:
                pass

    async def deliver_later(self, submission: dict[str, Any]) -> None:
        self.clock.now = max(
            self.clock.now, datetime.fromisoformat(submission["next_at"])
        ) + timedelta(seconds=1)
        await self.deliver()


async def town_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop | None = None
) -> tuple[Coop, dict[str, Any]]:
    """A co-op of which Anna is a town hall, and the issued invoice to it."""
    coop = coop or Coop()
    await billing.tell(
        seller(coop.seller),
        member(coop.anna, "Pousselac", kind="public_body", siren=TOWN_SIREN),
        member(coop.bruno, "Bruno"),
        coop.perimeter(),
        coop.settlement(),
    )
    await coop.price(operator)
    await coop.decide_taxes(operator)
    (draft,) = [
        document
        for document in await coop.draft(operator)
        if document["customer"]["name"] == "Pousselac"
    ]
    answer = await issue(operator, [draft])
    assert answer.status_code == 200, answer.text
    (invoice,) = answer.json()
    return coop, invoice


async def submission_of(client: httpx.AsyncClient, invoice: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"/billing/invoices/{invoice['id']}/submissions")
    assert answer.status_code == 200, answer.text
    (submission,) = answer.json()
    return dict(submission)


async def submit(client: httpx.AsyncClient, invoice: dict[str, Any]) -> httpx.Response:
    return await client.post(f"/billing/invoices/{invoice['id']}/submissions")
