"""Billing runs of a month, from drafts to issued documents."""

from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from libs.common.calendar import Month
from services.billing.store.copies import get_parties
from services.billing.store.drafts import runs as run_store
from services.billing.store.drafts.runs import RunCounts
from services.billing.store.invoices.invoices import InvoiceNotFound, get_invoices
from services.billing.store.taxes.parties import map_profiles
from tests.billing.issued import drafts_of
from tests.billing.members import member
from tests.billing.money import set_creditor
from tests.billing.runs import (
    QUARTER,
    carry_out,
    energies,
    preflight,
    start,
)
from tests.billing.world import (
    KWH_WMIN,
    OCTOBER,
    Billing,
    Coop,
    documents,
    issue,
    price,
    revised,
)


async def test_a_run_is_drafted_reviewed_and_issued(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await set_creditor(operator, coop.seller, ics=None)

    run = await start(operator, coop, "2026-10")

    assert (run["state"], run["documents"], run["issued"]) == ("review", 2, 0)
    assert run["total_cents"] == 2 * 372
    drafts = drafts_of(await documents(operator, coop))
    assert set(run["document_ids"]) == {draft["id"] for draft in drafts}
    assert run["anomalies"] == []
    assert run["items"] == [
        {
            "id": draft["id"],
            "kind": "invoice",
            "number": None,
            "customer_name": draft["customer"]["name"],
            "period_from": "2026-10-01",
            "period_to": "2026-11-01",
            "total_incl_vat_cents": 372,
            "anomalies": [],
        }
        for draft in drafts
    ]

    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})

    assert (run["state"], run["issued"], run["issue_date"]) == ("issued", 2, "2026-11-05")
    issued = await documents(operator, coop)
    assert {invoice["customer"]["name"]: invoice["number"] for invoice in issued} == {
        "Anna": "F2026-00001",
        "Bruno": "F2026-00002",
    }
    for verb, slug in (("issue", "run-not-in-review"), ("again", "run-under-way")):
        answer = await operator.post(f"/billing/runs/{run['id']}/{verb}", json={})
        assert (answer.status_code, answer.json()["type"]) == (409, f"/problems/{slug}")
    listed = await operator.get("/billing/runs", params={"operation_id": coop.operation_id})
    assert listed.json() == [{name: value for name, value in run.items() if name != "items"}]


async def test_what_blocks_a_run_is_told_before_and_by_it_and_it_can_be_run_again(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    before = await preflight(operator, coop, "2026-Q4")
    run = await start(operator, coop, "2026-Q4")

    assert not before["ready"]
    assert (run["state"], run["problem"]["blockers"]) == ("blocked", before["blockers"])
    assert [(blocker["code"], blocker["month"]) for blocker in before["blockers"]] == [
        ("settlement-missing", "2026-11"),
        ("settlement-missing", "2026-12"),
    ]
    for month in (Month(2026, 11), Month(2026, 12)):
        of_month = replace(coop, month=month)
        await billing.tell(of_month.settlement(energies(coop, month, KWH_WMIN)))
    run = await carry_out(operator, run, "again")
    assert [blocker["code"] for blocker in run["problem"]["blockers"]] == ["price-missing"]
    await coop.price(operator)
    run = await carry_out(operator, run, "again")
    assert (run["state"], run["problem"]) == ("review", None)


async def test_a_run_whose_drafts_have_changed_fails_and_is_run_again(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    run = await start(operator, coop, "2026-10")
    await coop.price(operator, price("0.2"))

    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})

    assert run["state"] == "failed"
    assert run["problem"]["type"] == "/problems/drafts-outdated"
    assert (await operator.post(f"/billing/runs/{run['id']}/issue", json={})).status_code == 409
    run = await carry_out(operator, run, "again")
    assert run["state"] == "review"
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
    assert (run["state"], run["issued"]) == ("issued", 2)


async def test_a_run_whose_drafts_were_replaced_fails_and_is_run_again(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    run = await start(operator, coop, "2026-10")
    await billing.tell(coop.settlement(number=2))
    await coop.draft(operator)
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
    assert run["problem"]["type"] == "/problems/invoice-not-found"
    assert (run["documents"], run["issued"], run["items"]) == (0, 0, [])
    run = await carry_out(operator, run, "again")
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
    assert run["state"] == "issued"


async def test_a_preflight_keeps_nothing(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    checks = await preflight(operator, coop, "2026-10")
    assert checks["ready"]
    rows = [
        (document["customer_name"], document["total_incl_vat_cents"])
        for document in checks["documents"]
    ]
    assert sorted(rows) == [("Anna", 372), ("Bruno", 372)]
    assert await documents(operator, coop) == []


async def test_odd_documents_are_shown_for_review(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    july, august, _ = (replace(summer, month=month) for month in QUARTER)
    await set_creditor(operator, summer.seller, ics=None)
    await issue(operator, await july.draft(operator), "2026-08-01")
    await august.draft(operator)
    assert {
        anomaly["code"] for anomaly in (await preflight(operator, summer, "2026-08"))["anomalies"]
    } == (set())
    four = energies(summer, QUARTER[1], 4 * KWH_WMIN) | {(summer.roof, summer.bruno_home): [1] * 31}
    await billing.tell(august.settlement(four, number=2))

    run = await start(operator, summer, "2026-08")

    drafts = {draft["id"]: draft for draft in drafts_of(await documents(operator, summer))}
    names = {
        (anomaly["code"], drafts[anomaly["document_id"]]["customer"]["name"])
        for anomaly in run["anomalies"]
        if "document_id" in anomaly
    }
    assert names == {("unusual", "Anna"), ("unusual", "Bruno"), ("zero", "Bruno")}
    assert names == {
        (anomaly["code"], item["customer_name"])
        for item in run["items"]
        for anomaly in item["anomalies"]
    }
    await carry_out(operator, run, "issue", {"issue_date": "2026-10-02"})
    await august.revise(billing, energies(summer, QUARTER[1], 0), number=3)
    credit = await start(operator, summer, "2026-08")
    assert {anomaly["code"] for anomaly in credit["anomalies"]} == {"negative", "zero"}


async def test_a_settlement_that_does_not_balance_is_not_billed(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    event = coop.settlement(number=2)
    sold = [
        {"prm": coop.roof, "direction": "production", "shared_wmin": 93 * KWH_WMIN - 1},
        {"prm": coop.anna_home, "direction": "consumption", "shared_wmin": 31 * KWH_WMIN},
    ]
    points = [{**day, "metered_wmin": 0} for day in sold]
    await billing.tell(type(event).model_validate(event.model_dump() | {"points": points}))
    (blocker,) = await coop.blockers(operator)
    assert (blocker["code"], blocker["prm"]) == ("energy-unbalanced", coop.roof)


async def test_a_period_is_a_month_or_a_quarter(operator: httpx.AsyncClient, coop: Coop) -> None:
    for period in ("2026-13", "2026-Q5", "2026", "1999-Q1", "2026-Q"):
        body = {"operation_id": coop.operation_id, "period": period}
        answer = await operator.post("/billing/runs", json=body)
        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems/period-malformed"


async def test_only_its_runners_see_and_start_runs(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    run = await start(operator, coop, "2026-10")
    body = {"operation_id": coop.operation_id, "period": "2026-10"}
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        answers = [
            await stranger.post("/billing/runs", json=body),
            await stranger.get("/billing/runs", params={"operation_id": coop.operation_id}),
            await stranger.get(f"/billing/runs/{run['id']}"),
            await stranger.post(f"/billing/runs/{run['id']}/issue", json={}),
            await stranger.post(f"/billing/runs/{run['id']}/again"),
            await stranger.get(
                f"/billing/operations/{coop.operation_id}/preflight", params={"period": "2026-10"}
            ),
        ]
    assert {answer.status_code for answer in answers} == {403}
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await organiser.get(f"/billing/runs/{run['id']}")).json() == run
    missing = await operator.get(f"/billing/runs/{uuid4()}")
    assert missing.json()["type"] == "/problems/run-not-found"


async def test_a_run_with_corrections_is_issued_as_a_whole(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    first = await start(operator, coop, "2026-10")
    await carry_out(operator, first, "issue", {"issue_date": "2026-11-05"})
    await billing.tell(coop.settlement(coop.halved_wmin, number=2), revised(coop, number=2))
    await coop.corrections(operator)

    run = await start(operator, coop, "2026-10")
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-06"})

    assert (run["state"], run["documents"], run["issued"]) == ("issued", 4, 4)
    numbers = sorted(document["number"] for document in await documents(operator, coop))
    assert numbers == [
        "A2026-00001",
        "A2026-00002",
        *(f"F2026-{i:05}" for i in range(1, 5)),
    ]


async def test_a_run_that_the_law_keeps_from_being_issued_is_blocked_with_its_drafts(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    await coop.price(operator)
    before = await preflight(operator, coop, "2026-10")

    run = await start(operator, coop, "2026-10")

    assert {blocker["code"] for blocker in before["blockers"]} == {
        "identity-missing",
        "accise-undecided",
    }
    assert len(before["documents"]) == run["documents"] == 2
    assert (run["state"], run["problem"]["type"]) == ("blocked", "/problems/issue-blocked")
    assert run["problem"]["blockers"] == before["blockers"]
    await coop.decide_taxes(operator)
    run = await carry_out(operator, run, "again")
    assert (run["state"], run["problem"]) == ("review", None)


async def test_a_seller_without_a_siren_is_shown_for_review(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(member(coop.seller, "Lucie", revision=2))
    await coop.price(operator)

    anomalies = (await preflight(operator, coop, "2026-10"))["anomalies"]

    assert [(anomaly["code"], anomaly["member_id"]) for anomaly in anomalies] == [
        ("siren-missing", str(coop.seller)),
        ("account-missing", str(coop.seller)),
    ]


async def test_a_run_may_have_more_documents_than_a_statement_has_parameters(
    billing: Billing,
) -> None:
    """One statement takes at most 32,767."""
    ids = [uuid4() for _ in range(33_000)]
    async with billing.platform.database("billing") as database, database.transaction() as session:
        with pytest.raises(InvoiceNotFound, match=r"\(33000\)"):
            await get_invoices(session, ids)
        assert await run_store.count_documents(session, ids) == RunCounts(
            documents=0, issued=0, total_cents=0
        )
        assert await run_store.list_issued_ids(session, ids) == []
        assert await run_store.list_next_batch(session, ids) == []
        assert await get_parties(session, ids) == {}
        assert await map_profiles(session, ids, OCTOBER.first_day) == {}
