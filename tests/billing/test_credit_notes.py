from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from libs.common.events.billing import InvoiceIssued
from tests.billing.correcting import issue_month, only
from tests.billing.issued import billed_wmin, drafts_of
from tests.billing.world import KWH_WMIN, Billing, Coop, documents, issue, price


async def credit(
    client: httpx.AsyncClient,
    invoice: dict[str, Any],
    *lines: dict[str, int],
    reason: str = "Agreed on the phone",
) -> httpx.Response:
    return await client.post(
        f"/billing/invoices/{invoice['id']}/credit-notes",
        json={"reason": reason, "lines": list(lines)},
    )


@pytest.fixture
async def invoice(operator: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    """Anna's: 31 kWh at 0.10 €, 372 cents with VAT."""
    await coop.price(operator)
    return only(await issue_month(operator, coop), coop.anna)[0]


async def test_a_whole_invoice_is_credited_to_the_cent(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, invoice: dict[str, Any]
) -> None:
    answer = await credit(operator, invoice)

    assert answer.status_code == 201, answer.text
    draft = answer.json()
    assert (draft["kind"], draft["state"]) == ("credit_note", "draft")
    assert (draft["cause"], draft["reason"]) == ("by_hand", "Agreed on the phone")
    assert draft["refers_to"] == [
        {"id": invoice["id"], "number": invoice["number"], "issue_date": "2026-11-05"}
    ]
    assert draft["issuer"] == invoice["issuer"]
    assert draft["customer"] == invoice["customer"]
    for amount in ("total_excl_vat_cents", "total_vat_cents", "total_incl_vat_cents"):
        assert draft[amount] == invoice[amount]
    (issued,) = (await issue(operator, [draft])).json()
    assert issued["number"] == "A2026-00001"
    events = await billing.published(InvoiceIssued, coop.operation_id)
    (event,) = [event for event in events if event.kind == "credit_note"]
    assert (event.total_cents, event.refers_to) == (372, [UUID(invoice["id"])])


async def test_a_month_with_days_without_energy_is_credited_whole_and_billed_anew(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    cloudy = [KWH_WMIN, 0, 0, KWH_WMIN, 0, *[KWH_WMIN] * 26]
    await billing.tell(coop.settlement(dict.fromkeys(coop.energies_wmin, cloudy), number=2))
    await coop.price(operator)
    for invoice in await issue_month(operator, coop):
        answer = await issue(operator, [(await credit(operator, invoice)).json()])
        assert answer.status_code == 200, answer.text

    again = await issue_month(operator, coop)

    assert billed_wmin(await documents(operator, coop)) == billed_wmin(again)


async def test_credits_of_a_line_add_up_to_it_whatever_they_are_rounded_to(
    operator: httpx.AsyncClient, invoice: dict[str, Any]
) -> None:
    taken: list[dict[str, Any]] = []
    # 0.05 kWh at 0.10 € is half a cent each, rounded up: 20 of them are 20 cents, not 10.
    for energy_wmin in [KWH_WMIN // 20] * 20:
        draft = (
            await credit(operator, invoice, {"position": 1, "energy_wmin": energy_wmin})
        ).json()
        taken += (await issue(operator, [draft])).json()
    rest = (await credit(operator, invoice)).json()
    taken += (await issue(operator, [rest])).json()

    for amount in ("total_excl_vat_cents", "total_vat_cents", "total_incl_vat_cents"):
        assert sum(note[amount] for note in taken) == invoice[amount]
    assert sum(note["lines"][0]["energy_wmin"] for note in taken) == 31 * KWH_WMIN
    nothing = await credit(operator, invoice)
    assert nothing.status_code == 409
    assert nothing.json()["type"] == "/problems/credit-exceeds-invoice"


async def test_no_more_is_credited_than_is_left(
    operator: httpx.AsyncClient, invoice: dict[str, Any]
) -> None:
    draft = (await credit(operator, invoice, {"position": 1, "energy_wmin": 20 * KWH_WMIN})).json()
    await issue(operator, [draft])
    for line in ({"position": 1, "energy_wmin": 11 * KWH_WMIN + 1}, {"position": 2}):
        answer = await credit(operator, invoice, line)
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/credit-exceeds-invoice"


async def test_of_two_credit_notes_of_one_invoice_the_second_is_drafted_anew(
    operator: httpx.AsyncClient, invoice: dict[str, Any]
) -> None:
    first = (await credit(operator, invoice, {"position": 1, "energy_wmin": 20 * KWH_WMIN})).json()
    second = (await credit(operator, invoice)).json()

    both = await issue(operator, [first, second])
    assert both.json()["type"] == "/problems/drafts-outdated"
    assert (await issue(operator, [first])).status_code == 200
    late = await issue(operator, [second])
    assert late.json()["type"] == "/problems/drafts-outdated"
    rest = (await credit(operator, invoice)).json()
    assert rest["lines"][0]["energy_wmin"] == 11 * KWH_WMIN


async def test_the_same_request_gives_the_same_draft_and_a_draft_can_be_withdrawn(
    operator: httpx.AsyncClient, coop: Coop, invoice: dict[str, Any]
) -> None:
    draft = (await credit(operator, invoice)).json()
    assert (await credit(operator, invoice)).json() == draft
    # Drafting the month leaves it alone.
    assert drafts_of(await coop.draft(operator)) == [draft]
    assert (await operator.delete(f"/billing/invoices/{draft['id']}")).status_code == 204
    assert (await operator.delete(f"/billing/invoices/{draft['id']}")).status_code == 404
    refused = await operator.delete(f"/billing/invoices/{invoice['id']}")
    assert refused.json()["type"] == "/problems/not-withdrawable"


async def test_what_is_credited_whole_is_billed_anew_at_the_prices_of_today(
    operator: httpx.AsyncClient, coop: Coop, invoice: dict[str, Any]
) -> None:
    await issue(operator, [(await credit(operator, invoice)).json()])
    await coop.price(operator, price("0.20"))

    (draft,) = drafts_of(await coop.draft(operator))

    assert draft["customer"]["name"] == "Anna"
    assert draft["total_excl_vat_cents"] == 620
    assert draft["id"] != invoice["id"]
    (issued,) = (await issue(operator, [draft])).json()
    assert issued["number"] == "F2026-00003"
    assert billed_wmin(await documents(operator, coop)) == {
        (coop.roof, home): 31 * KWH_WMIN for home in (coop.anna_home, coop.bruno_home)
    }


async def test_drafts_and_credit_notes_are_not_credited(
    operator: httpx.AsyncClient, coop: Coop, invoice: dict[str, Any]
) -> None:
    draft = (await credit(operator, invoice)).json()
    (issued,) = (await issue(operator, [draft])).json()
    (again,) = drafts_of(await coop.draft(operator))
    for document in (issued, again):
        answer = await credit(operator, document)
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/not-creditable"


async def test_what_is_malformed_is_told(
    operator: httpx.AsyncClient, invoice: dict[str, Any]
) -> None:
    for body in ({}, {"reason": ""}, {"reason": " "}, {"reason": "x", "lines": [{"position": 0}]}):
        answer = await operator.post(f"/billing/invoices/{invoice['id']}/credit-notes", json=body)
        assert answer.status_code == 422
    minus = await credit(operator, invoice, {"position": 1, "energy_wmin": -1})
    assert minus.status_code == 422


async def test_members_do_not_credit(billing: Billing, coop: Coop, invoice: dict[str, Any]) -> None:
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        assert (await credit(seller, invoice)).status_code == 403
        assert (await seller.delete(f"/billing/invoices/{invoice['id']}")).status_code == 403


_FORGED = text("""
    WITH forged AS (
        SELECT jsonb_set(
            jsonb_set(content::jsonb, '{lines,0,energy_wmin}', to_jsonb(CAST(:energy AS bigint))),
            '{total_incl_vat_cents}', to_jsonb(CAST(:total AS bigint))
        )::text AS content
        FROM invoice WHERE id = :id
    )
    UPDATE invoice SET
        content = forged.content,
        content_hash = encode(sha256(convert_to(forged.content, 'UTF8')), 'hex'),
        total_cents = :total,
        state = 'issued', year = 2026, sequence = 9, number = 'A2026-00009',
        issue_date = '2026-11-06'
    FROM forged WHERE id = :id
""")


@pytest.mark.parametrize(
    ("too_much", "constraint"),
    [
        ({"energy": 31 * KWH_WMIN + 1, "total": 372}, "credit_within_line"),
        ({"energy": 31 * KWH_WMIN, "total": 373}, "credit_within_invoice"),
    ],
)
async def test_the_database_refuses_a_credit_note_of_more_than_is_left(
    billing: Billing,
    operator: httpx.AsyncClient,
    invoice: dict[str, Any],
    too_much: dict[str, int],
    constraint: str,
) -> None:
    draft = (await credit(operator, invoice)).json()
    values = {"id": UUID(draft["id"]), **too_much}
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match=constraint):
            async with database.transaction() as session:
                await session.execute(_FORGED, values)


async def test_the_database_refuses_to_bill_a_day_of_two_points_twice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, invoice: dict[str, Any]
) -> None:
    other = only(await documents(operator, coop), coop.bruno)[0]
    twice = text("""
        INSERT INTO billed (document_id, producer, consumer, days)
        VALUES (:id, :producer, :consumer, '{[2026-10-31,2026-11-02)}')
    """)
    values = {"id": UUID(other["id"]), "producer": coop.roof, "consumer": coop.anna_home}
    async with billing.platform.database("billing") as database:
        with pytest.raises(DBAPIError, match="billed_once"):
            async with database.transaction() as session:
                await session.execute(twice, values)
    await issue(operator, [(await credit(operator, invoice)).json()])
    async with billing.platform.database("billing") as database, database.transaction() as session:
        await session.execute(twice, values)
        await session.rollback()


async def test_taxes_are_taken_back_with_the_energy(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.decide_accise(operator, regime="standard", legal_basis=None, evidence=None)
    await coop.price(operator)
    invoice = only(await issue_month(operator, coop), coop.anna)[0]
    (tax,) = invoice["taxes"]
    assert tax["quantity_kwh"] == 31

    line = {"position": 1, "energy_wmin": 10 * KWH_WMIN + KWH_WMIN // 2}
    (first,) = (await issue(operator, [(await credit(operator, invoice, line)).json()])).json()
    (rest,) = (await issue(operator, [(await credit(operator, invoice)).json()])).json()

    # 20.5 kWh are left, on which the tax counts 21.
    assert [note["taxes"][0]["quantity_kwh"] for note in (first, rest)] == [10, 21]
    assert first["due_date"] is None
    codes = {mention["code"] for mention in first["mentions"]}
    assert codes >= {"supply-of-goods", "reason"}
    assert "payment-terms" not in codes
    for amount in ("total_excl_vat_cents", "total_vat_cents", "total_incl_vat_cents"):
        assert first[amount] + rest[amount] == invoice[amount]
