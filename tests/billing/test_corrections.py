from datetime import date
from typing import Any

import httpx
import pytest

from libs.common.ids import Direction
from tests.billing.correcting import choose, issue_month, name, only, sold
from tests.billing.issued import billed_wmin, drafts_of
from tests.billing.world import (
    KWH_WMIN,
    Billing,
    Coop,
    Point,
    documents,
    handed_over,
    issue,
    price,
    revised,
)
from tests.support.ids import new_prm
from tests.support.waiting import until


async def test_a_revision_replaces_what_was_issued_by_itself(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    issued = await issue_month(operator, coop)
    anna = only(issued, coop.anna)[0]
    less = coop.energies_wmin | {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [0]}

    await coop.revise(billing, less, number=2)

    credit, corrective = sorted(
        await coop.corrections(operator), key=lambda correction: correction["kind"]
    )
    reference = {key: anna[key] for key in ("id", "number", "issue_date")}
    assert (credit["kind"], credit["cause"]) == ("credit_note", "replace")
    assert credit["refers_to"] == corrective["refers_to"] == [reference]
    assert credit["total_incl_vat_cents"] == anna["total_incl_vat_cents"] == 372
    # 30 kWh at 0.10 €, and VAT of 20 %.
    assert (corrective["kind"], corrective["total_incl_vat_cents"]) == ("invoice", 360)
    assert corrective["settlement"]["number"] == 2

    answer = await issue(operator, [credit, corrective])

    assert [
        invoice["number"]
        for invoice in sorted(answer.json(), key=lambda invoice: invoice["number"])
    ] == [
        "A2026-00001",
        "F2026-00003",
    ]
    assert billed_wmin(await documents(operator, coop)) == sold(coop, less)
    assert drafts_of(await coop.draft(operator)) == []


@pytest.mark.parametrize(("kwh", "kind"), [(0, "credit_note"), (2, "invoice")])
async def test_by_difference_one_document_tells_what_is_less_or_more(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, kwh: int, kind: str
) -> None:
    await choose(operator, coop, "difference")
    await coop.price(operator)
    anna = only(await issue_month(operator, coop), coop.anna)[0]
    other = coop.energies_wmin | {(coop.roof, coop.anna_home): [KWH_WMIN] * 30 + [kwh * KWH_WMIN]}

    await coop.revise(billing, other, number=2)

    (draft,) = await coop.corrections(operator)
    assert (draft["kind"], draft["cause"]) == (kind, "difference")
    assert [document["number"] for document in draft["refers_to"]] == [anna["number"]]
    (line,) = draft["lines"]
    assert (line["energy_wmin"], line["amount_cents"]) == (KWH_WMIN, 10)
    assert line["corrects"] == {"document_id": anna["id"], "position": 1}
    assert (await issue(operator, [draft])).status_code == 200
    assert billed_wmin(await documents(operator, coop)) == sold(coop, other)
    assert drafts_of(await coop.draft(operator)) == []


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_corrections_have_the_prices_at_which_the_days_were_billed(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, policy: str
) -> None:
    await choose(operator, coop, policy)
    await coop.price(
        operator, price("0.10", valid_to="2026-10-16"), price("0.20", valid_from="2026-10-16")
    )
    await issue_month(operator, coop)
    await coop.price(operator, price("0.99", vat_rate="0.055"))
    # One kWh less on the 2nd, two more on the 20th.
    days = [KWH_WMIN] * 31
    days[1], days[19] = 0, 3 * KWH_WMIN

    await coop.revise(billing, coop.energies_wmin | {(coop.roof, coop.anna_home): days}, number=2)

    drafts = await coop.corrections(operator)
    net = sum(
        draft["total_excl_vat_cents"] * (1 if draft["kind"] == "invoice" else -1)
        for draft in drafts
    )
    assert net == 2 * 20 - 10
    assert {vat["rate"] for draft in drafts for vat in draft["vat"]} == {"0.2"}


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_a_month_that_comes_to_nothing_is_credited_whole(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, policy: str
) -> None:
    await choose(operator, coop, policy)
    await coop.price(operator)
    issued = await issue_month(operator, coop)
    nothing = {pair: [0] * 31 for pair in coop.energies_wmin}

    await coop.revise(billing, nothing, number=2)

    drafts = await coop.corrections(operator)
    assert {draft["kind"] for draft in drafts} == {"credit_note"}
    assert sum(draft["total_incl_vat_cents"] for draft in drafts) == sum(
        invoice["total_incl_vat_cents"] for invoice in issued
    )
    await issue(operator, drafts)
    assert billed_wmin(await documents(operator, coop)) == {}


async def test_the_same_revision_twice_makes_the_same_drafts(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    await coop.revise(billing, coop.halved_wmin, number=2)
    before = await coop.corrections(operator)

    await coop.revise(billing, coop.halved_wmin, number=2)
    again = await coop.corrections(operator)

    assert again == before
    assert drafts_of(await coop.draft(operator)) == before


async def test_drafts_of_a_superseded_revision_are_replaced(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    doubled = {pair: [KWH_WMIN * 2] * 31 for pair in coop.energies_wmin}
    await coop.revise(billing, coop.halved_wmin, number=2)
    await coop.corrections(operator)

    # The older revision comes once more, and last.
    await billing.tell(coop.settlement(doubled, number=3), revised(coop, number=3))
    await billing.tell(coop.settlement(coop.halved_wmin, number=2), revised(coop, number=2))

    drafts = await coop.corrections(operator)
    assert {draft["settlement"]["number"] for draft in drafts if draft["kind"] == "invoice"} == {3}
    assert len(drafts) == len(drafts_of(await documents(operator, coop))) == 4
    await issue(operator, drafts)
    assert billed_wmin(await documents(operator, coop)) == sold(coop, doubled)


async def test_nothing_is_drafted_before_all_parts_of_a_revision_have_come(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    await billing.tell(
        revised(coop, number=2, part_number=2, parts=2),
        revised(coop, number=2, part_number=2, parts=2),
        coop.settlement(coop.halved_wmin, number=2),
    )
    corrections = (await operator.get(f"{coop.month_url}/corrections")).json()
    assert (corrections["revisions"][0]["state"], corrections["draft_ids"]) == ("incomplete", [])

    await billing.tell(revised(coop, number=2, part_number=1, parts=2))

    assert len(await coop.corrections(operator)) == 4


async def test_a_month_of_which_nothing_is_issued_is_left_to_its_organiser(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await coop.revise(billing, coop.halved_wmin, number=2)
    assert await coop.corrections(operator) == []
    assert await documents(operator, coop) == []


async def test_a_correction_that_is_blocked_says_why_and_is_tried_again(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    stranger = new_prm()
    more = coop.energies_wmin | {(stranger, coop.anna_home): [KWH_WMIN] * 31}
    await coop.revise(billing, more, number=2)

    async def first() -> dict[str, Any]:
        corrections = (await operator.get(f"{coop.month_url}/corrections")).json()
        revision: dict[str, Any] = corrections["revisions"][0]
        return revision

    blocked = await until("it is blocked", first, lambda run: run["state"] == "blocked")
    problem = blocked["problem"]
    assert [blocker["code"] for blocker in problem["blockers"]] == ["participation-unknown"]

    points = [*coop.points, Point(stranger, Direction.PRODUCTION, coop.bruno)]
    await billing.tell(coop.perimeter(points, revision=2))

    assert len(await coop.corrections(operator)) == 0
    assert {draft["issuer"]["name"] for draft in drafts_of(await documents(operator, coop))} == {
        "Bruno"
    }


async def test_another_policy_makes_the_drafts_of_corrections_again(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    await coop.revise(billing, coop.halved_wmin, number=2)
    assert {correction["cause"] for correction in await coop.corrections(operator)} == {"replace"}

    await choose(operator, coop, "difference")

    assert {correction["cause"] for correction in await coop.corrections(operator)} == {
        "difference"
    }


async def test_a_correction_is_issued_as_a_whole(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await issue_month(operator, coop)
    await coop.revise(billing, coop.halved_wmin, number=2)
    drafts = only(await coop.corrections(operator), coop.anna)

    answer = await issue(operator, drafts[:1])

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/correction-split"
    assert answer.json()["invoice_ids"] == [drafts[1]["id"]]
    assert (await issue(operator, drafts)).status_code == 200


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_energy_that_goes_to_another_member_is_credited_before_it_is_billed(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, policy: str
) -> None:
    await choose(operator, coop, policy)
    await coop.price(operator)
    await issue_month(operator, coop)
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 11))
    await billing.tell(coop.perimeter(moved, revision=2))
    drafts = drafts_of(await coop.draft(operator))

    alone = await issue(operator, only(drafts, coop.bruno))

    assert alone.status_code == 409
    assert alone.json()["type"] == "/problems/billed-twice"
    assert (await issue(operator, drafts)).status_code == 200
    invoices = await documents(operator, coop)
    assert billed_wmin(invoices) == sold(coop, coop.energies_wmin)
    assert billed_wmin(only(invoices, coop.anna)) == {(coop.roof, coop.anna_home): 10 * KWH_WMIN}
    assert drafts_of(await coop.draft(operator)) == []


async def test_only_its_runners_correct(billing: Billing, coop: Coop) -> None:
    urls = [
        f"/billing/operations/{coop.operation_id}/correction-policy",
        f"{coop.month_url}/corrections",
    ]
    async with (
        billing.client("organiser", operations=["ACC00000000"]) as organiser,
        billing.client("member", member_id=str(coop.seller)) as seller,
    ):
        for client in (organiser, seller):
            assert [(await client.get(url)).status_code for url in urls] == [403, 403]
            answer = await client.put(urls[0], json={"policy": "replace"})
            assert answer.status_code == 403


@pytest.mark.parametrize("policy", ["replace", "difference"])
async def test_what_a_revision_takes_and_the_next_gives_back_has_its_first_price(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, policy: str
) -> None:
    await choose(operator, coop, policy)
    await coop.price(operator, price("0.10"))
    await issue_month(operator, coop)
    await coop.price(operator, price("0.99"))
    await coop.revise(billing, {pair: [0] * 31 for pair in coop.energies_wmin}, number=2)
    await issue(operator, await coop.corrections(operator))

    await coop.revise(billing, coop.energies_wmin, number=3)

    drafts = await coop.corrections(operator)
    assert [draft["refers_to"][0]["number"] for draft in sorted(drafts, key=name)] == [
        "F2026-00001",
        "F2026-00002",
    ]
    assert [draft["total_excl_vat_cents"] for draft in drafts] == [310, 310]
