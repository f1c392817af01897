"""Bank statements of an invented bank, camt.053."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

import httpx

from tests.billing.money import payments_url, today

_REFERENCES = count(1)


@dataclass(frozen=True)
class Booked:
    """An entry with one transaction, or none; negative amounts went away."""

    cents: int
    day: date
    reference: str
    details: str = ""


def _tag(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{escape(text)}</{name}>"


def booked(
    cents: int,
    *,
    end_to_end_id: str | None = None,
    rum: str | None = None,
    remittance: str | None = None,
    name: str | None = None,
    iban: str | None = None,
    reason: str | None = None,
    days_ago: int = 0,
) -> Booked:
    role = "Dbtr" if cents > 0 or reason else "Cdtr"
    account = f"<{role}Acct><Id>{_tag('IBAN', iban)}</Id></{role}Acct>" if iban else ""
    person = f"<{role}>{_tag('Nm', name)}</{role}>" if name else ""
    details = (
        f"<TxDtls><Refs>{_tag('EndToEndId', end_to_end_id)}{_tag('MndtId', rum)}</Refs>"
        + (f"<RltdPties>{person}{account}</RltdPties>" if person or account else "")
        + (f"<RmtInf>{_tag('Ustrd', remittance)}</RmtInf>" if remittance else "")
        + (f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else "")
        + "</TxDtls>"
    )
    day = today() - timedelta(days=days_ago)
    return Booked(cents, day, f"REF{next(_REFERENCES)}", details)


def batch(cents: int, batch_id: str) -> Booked:
    """A whole collection, booked as one sum."""
    details = f"<Btch><PmtInfId>{batch_id}</PmtInfId></Btch>"
    return Booked(cents, today(), f"REF{next(_REFERENCES)}", details)


def _euro(cents: int) -> str:
    return f'<Amt Ccy="EUR">{abs(cents) // 100}.{abs(cents) % 100:02}</Amt>'


def _direction(cents: int) -> str:
    return f"<CdtDbtInd>{'CRDT' if cents >= 0 else 'DBIT'}</CdtDbtInd>"


def _entry(booking: Booked, status: str) -> str:
    return (
        f"<Ntry>{_euro(booking.cents)}{_direction(booking.cents)}<Sts>{status}</Sts>"
        f"<BookgDt><Dt>{booking.day}</Dt></BookgDt><AcctSvcrRef>{booking.reference}</AcctSvcrRef>"
        f"<NtryDtls>{booking.details}</NtryDtls></Ntry>"
    )


def _balance(code: str, cents: int, day: str) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_euro(cents)}{_direction(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def statement(
    iban: str,
    entries: Sequence[Booked],
    *,
    status: str = "<Cd>BOOK</Cd>",
    missing_cents: int = 0,
    opening_cents: int = 10_000,
    day: str = "2026-11-23",
    opened_on: str | None = None,
) -> bytes:
    """A statement of a day, or of those from opened_on on."""
    closing = opening_cents + missing_cents
    if "BOOK" in status:
        closing += sum(entry.cents for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-24T06:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        + _balance("OPBD", opening_cents, opened_on or day)
        + _balance("CLBD", closing, day)
        + "".join(_entry(entry, status) for entry in entries)
        + "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


async def send(client: httpx.AsyncClient, creditor_id: UUID, content: bytes) -> httpx.Response:
    return await client.post(
        payments_url(creditor_id, "statements"),
        content=content,
        headers={"Content-Type": "application/xml"},
    )


async def bank_tells(
    client: httpx.AsyncClient, creditor: dict[str, Any], *entries: Booked
) -> tuple[int, int]:
    """How many transactions are new, and how many of those are matched."""
    content = statement(creditor["iban"], entries)
    answer = await send(client, UUID(creditor["member_id"]), content)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    return body["new"], body["matched"]


async def refund(
    client: httpx.AsyncClient, creditor: dict[str, Any], cents: int, invoice_id: str
) -> None:
    """Money goes back to a customer outside the platform, and is assigned to the invoice."""
    creditor_id = UUID(creditor["member_id"])
    before = await unmatched(client, creditor_id)
    assert await bank_tells(client, creditor, booked(-cents, name="Anna")) == (1, 0)
    (back,) = [line for line in await unmatched(client, creditor_id) if line not in before]
    url = payments_url(creditor_id, "bank-transactions", back["id"], "assignment")
    answer = await client.post(url, json=assigned(invoice_id, -cents))
    assert answer.status_code == 200, answer.text


def assigned(invoice_id: str, cents: int) -> dict[str, Any]:
    """The body that assigns a whole transaction to one invoice."""
    return {"payments": [{"invoice_id": invoice_id, "amount_cents": cents}]}


async def unmatched(client: httpx.AsyncClient, creditor_id: UUID) -> list[dict[str, Any]]:
    url = payments_url(creditor_id, "bank-transactions")
    answer = await client.get(url, params={"unmatched": True})
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body
