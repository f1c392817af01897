"""The treasury of a customer of two sellers with one collector, who asks by notices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from libs.common.ids import Prm
from services.billing.domain.creditor_references import creditor_reference
from tests.billing.money import record_mandate
from tests.billing.test_mailings import have_sent
from tests.billing.test_payment_notices import Village
from tests.billing.treasury import Treasury, choose_any
from tests.billing.world import Billing


@dataclass
class VillageTreasury(Treasury):
    village: Village = field(default_factory=Village)

    @property
    def collector(self) -> UUID:
        return self.coop.bruno

    @property
    def sellers(self) -> Sequence[UUID]:
        return [self.coop.seller, self.village.other]

    @property
    def energies(self) -> dict[tuple[Prm, Prm], list[int]]:
        return self.village.energies

    async def notices(self) -> list[dict[str, Any]]:
        answer = await self.client.get(
            "/billing/payment-notices", params={"operation_id": self.coop.operation_id}
        )
        assert answer.status_code == 200, answer.text
        notices: list[dict[str, Any]] = answer.json()
        return notices

    async def transfer(self, cents: int) -> None:
        """By the reference of a notice that asks for something, or else by that of an invoice."""
        if cents in {debit.cents for debit in self.pending}:
            cents += 1
        asking = [notice for notice in await self.notices() if notice["payable_cents"]]
        if cents % 3 and (notice := choose_any(asking, cents)):
            reference = creditor_reference(self.collector, notice["number"])
        else:
            invoice = choose_any(await self.invoices(), cents)
            reference = creditor_reference(UUID(invoice["issuer"]["member_id"]), invoice["number"])
        await self._bank_tells(cents, remittance=reference)

    async def pay_notice(self, number: int) -> None:
        """Exactly what a notice asks for: then it asks for nothing, and no debit takes it again."""
        asking = [notice for notice in await self.notices() if notice["payable_cents"]]
        if notice := choose_any(asking, number):
            asked_cents = notice["payable_cents"]
            if asked_cents in {debit.cents for debit in self.pending}:
                return
            await self._bank_tells(
                asked_cents, remittance=creditor_reference(self.collector, notice["number"])
            )
            (after,) = [each for each in await self.notices() if each["id"] == notice["id"]]
            assert after["payable_cents"] == 0

    async def check_notices(self) -> None:
        """All that is asked for of documents of notices is what their notices ask for."""
        for notice in await self.notices():
            payments = [each["payment"] for each in notice["documents"] if each["payment"]]
            assert notice["payable_cents"] == sum(each["payable_cents"] for each in payments)
            owed_cents = sum(max(each["open_cents"], 0) for each in payments)
            assert notice["payable_cents"] + notice["announced_cents"] == owed_cents
            assert notice["settled_cents"] == notice["total_cents"] - owed_cents
            assert (notice["state"] in ("paid", "credited", "written_off")) == (owed_cents == 0)
            if account := notice["account"]:
                assert account["reference"] == creditor_reference(self.collector, notice["number"])


async def village_treasury(billing: Billing, operator: httpx.AsyncClient) -> VillageTreasury:
    village = Village()
    await village.begin(billing, operator)
    await have_sent(operator, village.coop.bruno, payment_notices=True)
    await record_mandate(operator, village.coop.bruno, village.coop.anna)
    await village.issue(operator)
    coop = village.coop
    return VillageTreasury(billing, operator, coop, village.account, [coop], village=village)
