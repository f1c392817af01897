"""What is carried stays so through quarters, revisions and runs made again, and is seen by few."""

from dataclasses import replace

import httpx

from libs.common.calendar import Month
from tests.billing.carrying import ALL, ON, bill, billed, carried
from tests.billing.correcting import choose_thresholds, only
from tests.billing.runs import QUARTER, carry_out, energies, preflight, start
from tests.billing.world import KWH_WMIN, Billing, Coop, documents, issue


async def settle_october(billing: Billing, coop: Coop) -> None:
    october = replace(coop, month=Month(2026, 10))
    await billing.tell(october.settlement(energies(coop, october.month, KWH_WMIN)))


async def test_what_a_month_and_then_its_quarter_held_back_is_invoiced_once(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=3000)
    await bill(operator, summer, "2026-07")
    quarter = await bill(operator, summer, "2026-Q3")
    assert "21.96 EUR" in carried(quarter)[0]

    # July stands in both, and counts once: of 21.96 € in all.
    august = await bill(operator, summer, "2026-08")
    assert "11.16 EUR" in carried(august)[0]
    await choose_thresholds(operator, summer)
    september = await bill(operator, summer, "2026-09")

    assert september["state"] == "issued", september
    assert await billed(operator, summer) == await billed(operator, summer, "Bruno") == ALL


async def test_a_quarter_held_back_is_one_document_of_a_later_run(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=3000)
    await bill(operator, summer, "2026-07")
    await bill(operator, summer, "2026-Q3")
    await settle_october(billing, summer)

    await choose_thresholds(operator, summer)
    run = await bill(operator, summer, "2026-10", "2026-11-02")

    assert (run["state"], run["documents"]) == ("issued", 4)
    assert (await billed(operator, summer))[0][1] == 372 + 744 + 1080


async def test_a_quarter_held_back_of_which_another_customer_is_billed_is_invoiced_once(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=3000)
    await bill(operator, summer, "2026-07")
    await bill(operator, summer, "2026-08")
    await choose_thresholds(operator, summer)
    quarter = await start(operator, summer, "2026-Q3")
    of_bruno = only(await documents(operator, summer), summer.bruno)
    await issue(operator, of_bruno, "2026-10-02")
    await choose_thresholds(operator, summer, invoice=3000)
    quarter = await carry_out(operator, quarter, "again")
    assert "21.96 EUR" in carried(quarter)[0]
    await settle_october(billing, summer)

    run = await start(operator, summer, "2026-10")
    await choose_thresholds(operator, summer)
    run = await carry_out(operator, run, "again")
    run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-02"})

    assert run["state"] == "issued", run
    assert (await billed(operator, summer))[0][1] == 372 + 744 + 1080


async def test_a_revision_leaves_what_a_run_in_review_took_up(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=400)
    await bill(operator, summer, "2026-07")
    july = replace(summer, month=QUARTER[0])
    drafts = await july.draft(operator)
    await issue(operator, only(drafts, summer.bruno))
    august = await start(operator, summer, "2026-08")
    assert august["documents"] == 3

    revised = energies(summer, QUARTER[0], KWH_WMIN)
    revised[summer.roof, summer.bruno_home] = [KWH_WMIN // 2] * 31
    await july.revise(billing, revised, number=2)
    await july.corrections(operator)

    states = [
        document["state"]
        for document in await documents(operator, summer)
        if document["month"] == "2026-07" and document["customer"]["name"] == "Anna"
    ]
    assert states == ["draft"]


async def test_a_run_that_holds_back_again_what_it_took_up_leaves_no_draft_of_it(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=400)
    await bill(operator, summer, "2026-07")
    august = await start(operator, summer, "2026-08")
    assert len(await documents(operator, summer)) == 4
    await choose_thresholds(operator, summer, invoice=3000)

    august = await carry_out(operator, august, "again")

    assert (august["documents"], await documents(operator, summer)) == (0, [])
    await choose_thresholds(operator, summer, invoice=400)
    await carry_out(operator, await carry_out(operator, august, "again"), "issue", ON)
    assert await billed(operator, summer) == ALL[:2]


async def test_what_vanishes_for_a_while_is_still_carried(
    billing: Billing, operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=1200)
    await bill(operator, summer, "2026-07")
    july = replace(summer, month=QUARTER[0])
    without_anna = energies(summer, QUARTER[0], KWH_WMIN)
    del without_anna[summer.roof, summer.anna_home]
    await july.revise(billing, without_anna, number=2)
    await bill(operator, summer, "2026-08")
    await july.revise(billing, energies(summer, QUARTER[0], KWH_WMIN), number=3)

    await bill(operator, summer, "2026-09")

    assert await billed(operator, summer) == ALL


async def test_who_is_told_to_be_carried_is_noted_as_seen(
    operator: httpx.AsyncClient, summer: Coop
) -> None:
    await choose_thresholds(operator, summer, invoice=1200)
    run = await start(operator, summer, "2026-07")
    assert run["documents"] == 0

    await preflight(operator, summer, "2026-07")
    await operator.get("/billing/runs", params={"operation_id": summer.operation_id})

    answer = await operator.get(f"/billing/members/{summer.anna}/accesses")
    assert {access["route"] for access in answer.json()} >= {
        "/billing/operations/{operation_id}/preflight",
        "/billing/runs",
        "/billing/runs/{run_id}",
    }
