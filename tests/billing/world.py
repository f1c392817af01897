"""A running billing service, what the other services tell it, and callers of every role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID, uuid4

import httpx

from libs.common.calendar import Month
from libs.common.events.allocation import (
    DetailedPair,
    SettledPair,
    SettlementClosed,
    SettlementDetailed,
    SettlementRevised,
)
from libs.common.events.base import Event
from libs.common.events.community import MemberRecorded, ParticipationPart, PerimeterChanged
from libs.common.ids import Direction, OperationId, Prm
from tests.billing.members import TIME, member, record_profile, seller
from tests.support.alone import Alone
from tests.support.ids import new_operation_id, new_prm
from tests.support.waiting import until

OCTOBER = Month(2026, 10)
KWH_WMIN = 60_000
NOT_FROZEN = frozenset({"state", "payment", "content_hash"})
"""What the body of an invoice tells besides its frozen content."""
EXEMPT = {
    "valid_from": "2025-01-01",
    "regime": "exempt",
    "legal_basis": "art. L312-79 et L312-87 du CIBS",
    "evidence": "Rescrit 2025-3",
}


Billing: TypeAlias = Alone


@dataclass(frozen=True)
class Point:
    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = None
    power_limit_w: int | None = None
    plant_name: str | None = None
    production_kind: str | None = None

    @property
    def part(self) -> ParticipationPart:
        return ParticipationPart(**vars(self))


@dataclass(frozen=True)
class Coop:
    """A seller with a roof and a home, and two buyers; each pair shared 1 kWh a day."""

    operation_id: OperationId = field(default_factory=lambda: OperationId(new_operation_id()))
    seller: UUID = field(default_factory=uuid4)
    anna: UUID = field(default_factory=uuid4)
    bruno: UUID = field(default_factory=uuid4)
    roof: Prm = field(default_factory=new_prm)
    seller_home: Prm = field(default_factory=new_prm)
    anna_home: Prm = field(default_factory=new_prm)
    bruno_home: Prm = field(default_factory=new_prm)
    month: Month = OCTOBER

    @property
    def points(self) -> list[Point]:
        return [
            Point(self.roof, Direction.PRODUCTION, self.seller),
            Point(self.seller_home, Direction.CONSUMPTION, self.seller),
            Point(self.anna_home, Direction.CONSUMPTION, self.anna),
            Point(self.bruno_home, Direction.CONSUMPTION, self.bruno),
        ]

    @property
    def energies_wmin(self) -> dict[tuple[Prm, Prm], list[int]]:
        homes = (self.seller_home, self.anna_home, self.bruno_home)
        return {(self.roof, home): [KWH_WMIN] * 31 for home in homes}

    @property
    def halved_wmin(self) -> dict[tuple[Prm, Prm], list[int]]:
        return {pair: [KWH_WMIN // 2] * 31 for pair in self.energies_wmin}

    def members(self) -> list[MemberRecorded]:
        names = {self.anna: "Anna", self.bruno: "Bruno"}
        return [
            seller(self.seller),
            *(member(member_id, name) for member_id, name in names.items()),
        ]

    def perimeter(
        self, points: Iterable[Point] | None = None, *, revision: int = 1
    ) -> PerimeterChanged:
        return PerimeterChanged(
            time=TIME,
            operation_id=self.operation_id,
            revision=revision,
            name="Trois Toits",
            organiser_id=self.seller,
            step_min=30,
            participations=[point.part for point in points or self.points],
        )

    def settlement(
        self,
        energies_wmin: Mapping[tuple[Prm, Prm], Sequence[int]] | None = None,
        *,
        number: int = 1,
        status: Literal["provisional", "definitive"] = "provisional",
    ) -> SettlementClosed:
        energies = energies_wmin or self.energies_wmin
        return SettlementClosed(
            time=TIME,
            operation_id=self.operation_id,
            month=str(self.month),
            number=number,
            status=status,
            content_hash=f"hash {number}",
            pairs=[
                SettledPair(producer=producer, consumer=consumer, energy_wmin=list(wmin))
                for (producer, consumer), wmin in sorted(energies.items())
            ],
            points=[],
        )

    def details(
        self, half_hours: Mapping[int, int] | None = None, *, number: int = 1, parts: int = 1
    ) -> list[SettlementDetailed]:
        """The same half-hours for each pair and day, by their number; None: they are not known."""
        first = min(half_hours) if half_hours else None
        energies = (
            [half_hours.get(half, 0) for half in range(min(half_hours), max(half_hours) + 1)]
            if half_hours
            else [KWH_WMIN]
        )
        days = len(self.month.days)
        pairs = [
            DetailedPair(
                producer=producer,
                consumer=consumer,
                first_half_hour=[first] * days,
                energy_wmin=[energies] * days,
            )
            for producer, consumer in sorted(self.energies_wmin)
        ]
        return [
            SettlementDetailed(
                time=TIME,
                operation_id=self.operation_id,
                month=str(self.month),
                number=number,
                part=part_number,
                parts=parts,
                pairs=pairs[part_number - 1 :: parts],
            )
            for part_number in range(1, parts + 1)
        ]

    def events(self) -> list[Event]:
        return [*self.members(), self.perimeter(), self.settlement()]

    @property
    def prices_url(self) -> str:
        return f"/billing/operations/{self.operation_id}/prices"

    @property
    def accise_url(self) -> str:
        return f"/billing/operations/{self.operation_id}/accise-regime"

    @property
    def month_url(self) -> str:
        return f"/billing/operations/{self.operation_id}/months/{self.month}"

    async def price(
        self, client: httpx.AsyncClient, *entries: dict[str, Any], **lists: object
    ) -> None:
        body = {"entries": entries or [price()], **lists}
        answer = await client.put(self.prices_url, json=body)
        assert answer.status_code == 200, answer.text

    async def decide_taxes(self, client: httpx.AsyncClient, **profile: Any) -> None:  # noqa: ANN401 - JSON values
        """What an invoice needs beside prices: the seller's profile, and an accise regime."""
        await record_profile(client, self.seller, **profile)
        await self.decide_accise(client)

    async def decide_accise(self, client: httpx.AsyncClient, **changes: Any) -> None:  # noqa: ANN401 - JSON values
        answer = await client.put(self.accise_url, json=EXEMPT | changes)
        assert answer.status_code == 200, answer.text

    async def draft(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        answer = await client.post(f"{self.month_url}/drafts")
        assert answer.status_code == 200, answer.text
        invoices: list[dict[str, Any]] = answer.json()["invoices"]
        return invoices

    async def revise(
        self,
        billing: Billing,
        energies_wmin: Mapping[tuple[Prm, Prm], Sequence[int]],
        *,
        number: int,
    ) -> None:
        await billing.tell(
            self.settlement(energies_wmin, number=number), revised(self, number=number)
        )

    async def corrections(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        """What billing has drafted by itself for the newest revision."""

        async def told() -> Any:  # noqa: ANN401 - JSON
            answer = await client.get(f"{self.month_url}/corrections")
            assert answer.status_code == 200, answer.text
            return answer.json()

        corrections = await until(
            "the newest revision is drafted",
            told,
            lambda seen: seen["revisions"][-1]["state"] == "drafted",
        )
        return [
            document
            for document in await documents(client, self)
            if document["id"] in corrections["draft_ids"]
        ]

    async def blockers(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        answer = await client.post(f"{self.month_url}/drafts")
        assert answer.status_code == 409, answer.text
        assert answer.json()["type"] == "/problems/drafts-blocked"
        blockers: list[dict[str, Any]] = answer.json()["blockers"]
        return blockers


def price(euro: str = "0.1000", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    entry = {"price_eur_per_kwh": euro, "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return {**entry, **fields}


async def coop_with_buyers(billing: Billing, operator: httpx.AsyncClient, count: int) -> Coop:
    """One seller and this many buyers, priced."""
    coop = Coop()
    homes = {new_prm(): uuid4() for _ in range(count)}
    await billing.tell(
        seller(coop.seller),
        *(member(buyer, f"Buyer {i:02}") for i, buyer in enumerate(homes.values())),
        coop.perimeter(
            [
                Point(coop.roof, Direction.PRODUCTION, coop.seller),
                *(Point(prm, Direction.CONSUMPTION, buyer) for prm, buyer in homes.items()),
            ]
        ),
        coop.settlement({(coop.roof, prm): [KWH_WMIN] * 31 for prm in homes}),
    )
    await coop.price(operator)
    await coop.decide_taxes(operator)
    return coop


def handed_over(points: Sequence[Point], prm: Prm, *, to: UUID, on: date) -> list[Point]:
    """The points, one of which changes its member on a day."""
    return [
        event
        for point in points
        for event in (
            (replace(point, valid_to=on), replace(point, member_id=to, valid_from=on))
            if point.prm == prm
            else (point,)
        )
    ]


async def issue(
    client: httpx.AsyncClient, invoices: Iterable[dict[str, Any]], issue_date: str = "2026-11-05"
) -> httpx.Response:
    body = {"invoice_ids": [invoice["id"] for invoice in invoices], "issue_date": issue_date}
    return await client.post("/billing/invoices/issue", json=body)


def revised(
    coop: Coop, *, number: int, supersedes: int | None = None, part_number: int = 1, parts: int = 1
) -> SettlementRevised:
    """That a settlement supersedes the one before; what it changes is in the settlement itself."""
    return SettlementRevised(
        time=TIME,
        operation_id=coop.operation_id,
        month=str(coop.month),
        number=number,
        supersedes=supersedes or number - 1,
        status="provisional",
        content_hash=f"hash {number}",
        part=part_number,
        parts=parts,
        differences=[],
    )


async def documents(client: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    """All drafts and issued documents of the operation."""
    answer = await client.get("/billing/invoices", params={"operation_id": coop.operation_id})
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body
