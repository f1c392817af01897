"""Invoices of a quarter, for three settled months."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.billing.domain.drafts.drafting import draft_period
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import bills_the_same
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.drafts.months import get_customer_facts, get_period_facts
from services.billing.store.invoices.earlier import list_billed_before
from services.billing.store.invoices.invoices import get_invoice, read_content
from tests.billing.issued import billed_wmin, drafts_of
from tests.billing.runs import QUARTER, carry_out, energies, start
from tests.billing.world import KWH_WMIN, Billing, Coop, documents, issue


async def test_a_quarter_is_one_invoice_of_three_settled_months(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    run = await start(operator, summer, "2026-Q3")
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-10-02"})

    assert (run["state"], run["documents"]) == ("issued", 2)
    anna, _ = sorted(
        await documents(operator, summer), key=lambda document: document["customer"]["name"]
    )
    assert (anna["month"], anna["period_from"], anna["period_to"]) == (
        "2026-09",
        "2026-07-01",
        "2026-10-01",
    )
    assert [row["month"] for row in anna["months"]] == ["2026-07", "2026-08", "2026-09"]
    # 31, 62 and 90 kWh at 0.10 €, a line for each month; VAT once, on 18.30 €.
    assert [(line["valid_from"], line["amount_cents"]) for line in anna["lines"]] == [
        ("2026-07-01", 310),
        ("2026-08-01", 620),
        ("2026-09-01", 900),
    ]
    assert anna["vat"] == [{"rate": "0.2", "base_cents": 1830, "vat_cents": 366}]
    # It is found by each of its months, and no month of it is billed again.
    for month in QUARTER:
        of_month = replace(summer, month=month)
        params = {"operation_id": summer.operation_id, "month": str(month)}
        assert len((await operator.get("/billing/invoices", params=params)).json()) == 2
        assert drafts_of(await of_month.draft(operator)) == []
    statement = (await operator.get(f"{summer.month_url}/statements")).json()
    assert [line["energy_wmin"] for line in statement] == [2 * 90 * KWH_WMIN]


@pytest.mark.parametrize(("policy", "count"), [("replace", 4), ("difference", 2)])
async def test_a_revised_month_corrects_the_invoice_of_its_quarter(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop, policy: str, count: int
) -> None:
    url = f"/billing/operations/{summer.operation_id}/correction-policy"
    await operator.put(url, json={"policy": policy})
    run = await start(operator, summer, "2026-Q3")
    await carry_out(operator, run, "issue", {"issue_date": "2026-10-02"})
    august = replace(summer, month=QUARTER[1])
    await august.revise(billing, energies(summer, QUARTER[1], KWH_WMIN), number=2)

    drafts = await august.corrections(operator)

    assert len(drafts) == count
    corrections = await start(operator, summer, "2026-08")
    assert set(corrections["document_ids"]) == {draft["id"] for draft in drafts}
    done = await carry_out(operator, corrections, "issue", {"issue_date": "2026-10-03"})
    assert (done["state"], done["problem"]) == ("issued", None)
    assert set(billed_wmin(await documents(operator, summer)).values()) == {
        (31 + 31 + 90) * KWH_WMIN
    }
    assert drafts_of(await august.draft(operator)) == []


async def test_a_quarter_bills_what_its_months_have_not(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    july = replace(summer, month=QUARTER[0])
    await issue(operator, await july.draft(operator), "2026-08-01")

    run = await start(operator, summer, "2026-Q3")

    drafts = drafts_of(await documents(operator, summer))
    assert len(drafts) == run["documents"] == 2
    assert {(draft["period_from"], draft["period_to"]) for draft in drafts} == {
        ("2026-08-01", "2026-10-01")
    }
    await carry_out(operator, run, "issue", {"issue_date": "2026-10-02"})
    assert set(billed_wmin(await documents(operator, summer)).values()) == {
        (31 + 62 + 90) * KWH_WMIN
    }


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_the_run_of_a_quarter_corrects_what_was_billed_by_the_month(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop, policy: str
) -> None:
    url = f"/billing/operations/{summer.operation_id}/correction-policy"
    await operator.put(url, json={"policy": policy})
    july, august, _ = (replace(summer, month=month) for month in QUARTER)
    await issue(operator, await july.draft(operator), "2026-09-01")
    await issue(operator, await august.draft(operator), "2026-09-01")
    await billing.tell(july.settlement(energies(summer, july.month, 2 * KWH_WMIN), number=2))

    run = await start(operator, summer, "2026-Q3")
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-10-02"})

    assert (run["state"], run["problem"]) == ("issued", None)
    invoices = await documents(operator, summer)
    assert set(billed_wmin(invoices).values()) == {(62 + 62 + 90) * KWH_WMIN}
    corrections = [document for document in invoices if document["cause"]]
    assert {(correction["period_from"], correction["period_to"]) for correction in corrections} == {
        ("2026-07-01", "2026-08-01")
    }


async def test_what_decides_the_drafts_of_a_customer_is_the_same_alone_as_with_all(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    july = replace(summer, month=QUARTER[0])
    anna, bob = sorted(drafts_of(await july.draft(operator)), key=_customer_name)
    await issue(operator, [anna], "2026-08-01")
    await july.revise(billing, energies(summer, QUARTER[0], 3 * KWH_WMIN), number=2)
    await start(operator, summer, "2026-Q3")
    quarter = BillingPeriod.quarter_of(QUARTER[0])
    customers = {UUID(draft["customer"]["member_id"]) for draft in (anna, bob)}

    async with billing.platform.database("billing") as database, database.transaction() as session:
        of_all = await get_period_facts(session, summer.operation_id, quarter)
        alone = [
            await get_customer_facts(session, summer.operation_id, quarter, {customer_id})
            for customer_id in customers
        ]

    with_all = draft_period(of_all).drafts
    assert {draft.kind for draft in with_all} == {DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE}
    by_id = {draft.id: draft for facts in alone for draft in draft_period(facts).drafts}
    assert set(by_id) == {draft.id for draft in with_all}
    assert all(bills_the_same(by_id[draft.id], draft) for draft in with_all)


def _customer_name(document: dict[str, Any]) -> str:
    return str(document["customer"]["name"])


async def test_what_two_documents_are_compared_with_counts_once(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    july = replace(summer, month=QUARTER[0])
    await issue(operator, await july.draft(operator), "2026-08-01")
    issued, _ = await documents(operator, july)
    august, autumn = date(2026, 8, 1), date(2026, 10, 1)

    async with (
        billing.platform.database("billing") as database,
        database.transaction() as session,
    ):
        content = read_content(await get_invoice(session, UUID(issued["id"])))
        month = replace(content, period_from=august, period_to=date(2026, 9, 1))
        two_months = replace(content, period_from=august, period_to=autumn)
        billed = await list_billed_before(session, [month, two_months])

    assert [document.period.energy_wmin for document in billed] == [31 * KWH_WMIN]
