"""The bank of the association that collects: it books what it is told, and sends statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from lxml import etree

from libs.common.calendar import local_day
from tests.billing.money import ICS, new_iban, payments_url, texts, validated
from tests.billing.statements import Booked, booked, send, statement
from tests.support.clock import SetClock

FRIDAY, CHRISTMAS = 5, date(2026, 12, 25)


@dataclass(frozen=True)
class Order:
    """A debit or a transfer of a file, as the bank reads it; the party is a RUM or an account."""

    end_to_end_id: str
    party: str
    cents: int


@dataclass
class Bank:
    """The account of the association; the balance is what the entries make of nothing."""

    creditor_id: UUID
    clock: SetClock
    iban: str = field(default_factory=new_iban)
    balance_cents: int = 0

    async def book(self, client: httpx.AsyncClient, *entries: Booked) -> dict[str, Any]:
        """Send a statement that goes on where the last one ended."""
        today = local_day(self.clock.now())
        content = statement(
            self.iban,
            [replace(entry, day=today) for entry in entries],
            opening_cents=self.balance_cents,
            day=today.isoformat(),
        )
        answer = await send(client, self.creditor_id, content)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        assert (body["gaps"], body["new"]) == ([], len(entries))
        self.balance_cents += sum(entry.cents for entry in entries)
        return body

    async def read_debits(self, client: httpx.AsyncClient, collection_id: str) -> list[Order]:
        document = await self._file(client, "collections", collection_id, "pain.008.xml")
        return _orders(document, "DrctDbtTxInf", "MndtId")

    async def read_transfers(self, client: httpx.AsyncClient, payout_id: str) -> list[Order]:
        document = await self._file(client, "payouts", payout_id, "pain.001.xml")
        return _orders(document, "CdtTrfTxInf", "IBAN")

    async def _file(self, client: httpx.AsyncClient, *path: object) -> etree._Element:
        answer = await client.get(payments_url(self.creditor_id, *path))
        assert answer.status_code == 200, answer.text
        return validated(answer.content)


def _orders(document: etree._Element, name: str, party: str) -> list[Order]:
    """An assertion fails unless the sums of the file are those of its orders."""
    orders = [
        Order(
            _text(element, "EndToEndId"),
            _text(element, party),
            _cents(_text(element, "InstdAmt")),
        )
        for element in document.iter(f"{{*}}{name}")
    ]
    total, *parts = map(_cents, texts(document, "CtrlSum"))
    assert total == sum(order.cents for order in orders) == (sum(parts) or total)
    return orders


def _text(element: etree._Element, name: str) -> str:
    (text,) = texts(element, name)
    return text


def _cents(text: str) -> int:
    euros, _, cents = text.partition(".")
    return int(euros) * 100 + int(cents.ljust(2, "0"))


def booked_orders(
    orders: Sequence[Order], *, sign: int = 1, reason: str | None = None
) -> list[Booked]:
    return [
        booked(sign * order.cents, end_to_end_id=order.end_to_end_id, reason=reason)
        for order in orders
    ]


def working_day(day: date) -> date:
    """Of the scenario's days, weekends and Christmas are holidays of TARGET."""
    if day.isoweekday() <= FRIDAY and day != CHRISTMAS:
        return day
    return working_day(day + timedelta(days=1))


def creditor_body(name: str, iban: str, **fields: object) -> dict[str, object]:
    return {"name": name, "iban": iban, "ics": ICS, **fields}


def mandate_body(debtor_id: UUID, rum: str, signed_on: date) -> dict[str, object]:
    return {
        "debtor_id": str(debtor_id),
        "rum": rum,
        "signed_on": signed_on.isoformat(),
        "holder": "Zoë d’Été",
        "iban": new_iban(),
    }


async def put(client: httpx.AsyncClient, url: str, body: object) -> dict[str, Any]:
    answer = await client.put(url, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def put_new(
    client: httpx.AsyncClient, owner: UUID, kind: str, body: object
) -> dict[str, Any]:
    """What has an id of the caller's choice."""
    return await put(client, payments_url(owner, kind, uuid4()), body)
