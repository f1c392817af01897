"""Invoices that were issued before their content had the fields of today."""

import hashlib
import json
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from tests.billing.world import NOT_FROZEN, Billing, Coop, issue

LATER_FIELDS = {"supply_category", "due_date", "issuer_profile", "accise", "taxes", "mentions"}


async def test_an_older_content_is_shown_as_it_was_frozen(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    older, other = await coop.draft(operator)
    content = _as_it_was(older | {"number": "F2026-00009", "issue_date": "2026-11-05"})
    await _store_issued(billing, UUID(older["id"]), content)

    shown = (await operator.get(f"/billing/invoices/{older['id']}")).json()

    assert LATER_FIELDS.isdisjoint(shown)
    assert {"kind", "routing"}.isdisjoint(shown["customer"])
    frozen = {name: value for name, value in shown.items() if name not in NOT_FROZEN}
    assert _canonical(frozen) == content
    assert shown["content_hash"] == hashlib.sha256(content.encode()).hexdigest()
    # It bills the same energies, so that the rest of its month goes on.
    drafts = {one["id"]: one for one in await coop.draft(operator)}
    assert drafts[older["id"]] == shown
    assert (await issue(operator, [other])).status_code == 200


def _as_it_was(invoice: dict[str, Any]) -> str:
    later = LATER_FIELDS | NOT_FROZEN
    content = {name: value for name, value in invoice.items() if name not in later}
    for party in ("issuer", "customer"):
        content[party] = {
            name: value for name, value in content[party].items() if name not in {"kind", "routing"}
        }
    return _canonical(content)


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def _store_issued(billing: Billing, invoice_id: UUID, content: str) -> None:
    update = text("""
        UPDATE invoice SET state = 'issued', year = 2026, sequence = 9, number = 'F2026-00009',
            issue_date = '2026-11-05', content = CAST(:content AS text),
            content_hash = encode(sha256(convert_to(CAST(:content AS text), 'UTF8')), 'hex')
        WHERE id = :id
    """)
    async with billing.platform.database("billing") as database, database.transaction() as session:
        await session.execute(update, {"id": invoice_id, "content": content})
