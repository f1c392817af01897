import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from libs.common.ids import Direction
from services.billing.schemas.invoices.invoices import InvoiceOut
from tests.billing.documents.examples import household
from tests.billing.world import (
    KWH_WMIN,
    NOT_FROZEN,
    Billing,
    Coop,
    Point,
    handed_over,
    issue,
    price,
)
from tests.support.ids import new_prm


def of(invoices: list[dict[str, Any]], customer_id: UUID) -> dict[str, Any]:
    return next(
        invoice for invoice in invoices if invoice["customer"]["member_id"] == str(customer_id)
    )


async def test_each_buyer_gets_one_draft_and_a_member_none_from_itself(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1000"))

    answer = (await operator.post(f"{coop.month_url}/drafts")).json()

    assert {invoice["customer"]["name"] for invoice in answer["invoices"]} == {"Anna", "Bruno"}
    assert answer["self_supplied"] == [
        {
            "member_id": str(coop.seller),
            "producer": coop.roof,
            "consumer": coop.seller_home,
            "energy_wmin": 31 * KWH_WMIN,
        }
    ]
    anna = of(answer["invoices"], coop.anna)
    assert anna["state"] == "draft"
    assert anna["number"] is None
    assert anna["issuer"] == {
        "member_id": str(coop.seller),
        "name": "Soleils SAS",
        "address": "1 rue du Four\n99110 Pousselac",
        "siren": "992000026",
        "vat_number": "FR29992000026",
        "kind": "company",
        "delivery_address": None,
        "routing": None,
    }
    assert anna["operation"] == {"id": coop.operation_id, "name": "Trois Toits"}
    assert (anna["period_from"], anna["period_to"]) == ("2026-10-01", "2026-11-01")
    assert anna["settlement"] == {
        "number": 1,
        "status": "provisional",
        "content_hash": "hash 1",
        "keys": [],
    }


async def test_a_price_change_in_mid_month_applies_from_its_day(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(
        operator,
        price("0.1000", valid_to="2026-10-16"),
        price("0.2000", valid_from="2026-10-16"),
    )

    anna = of(await coop.draft(operator), coop.anna)

    # 15 days of 1 kWh at 0.10 €, 16 at 0.20 €; VAT on 4.70 €.
    rows = [
        (line["valid_from"], line["valid_to"], line["energy_kwh"], line["amount_cents"])
        for line in anna["lines"]
    ]
    assert rows == [
        ("2026-10-01", "2026-10-16", "15.000", 150),
        ("2026-10-16", "2026-11-01", "16.000", 320),
    ]
    assert anna["vat"] == [{"rate": "0.2", "base_cents": 470, "vat_cents": 94}]
    assert anna["total_excl_vat_cents"] == 470
    assert anna["total_vat_cents"] == 94
    assert anna["total_incl_vat_cents"] == 564


async def test_a_seller_without_vat_says_why(operator: httpx.AsyncClient, coop: Coop) -> None:
    mention = "TVA non applicable, art. 293 B du CGI"
    await coop.price(operator, price("0.1000", vat_rate="0", vat_mention=mention))
    anna = of(await coop.draft(operator), coop.anna)
    assert anna["vat"] == [{"rate": "0", "base_cents": 310, "vat_cents": 0}]
    assert anna["vat_mentions"] == [mention]
    assert anna["total_incl_vat_cents"] == anna["total_excl_vat_cents"] == 310


async def test_billed_and_self_supplied_energy_is_the_settled_energy(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    second_roof = new_prm()
    points = [
        *handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 9)),
        Point(second_roof, Direction.PRODUCTION, coop.anna),
    ]
    # Prime steps, so that no two sums are alike by chance.
    energies = {
        (producer, consumer): [(i * 7919 + day * 104_729) % 99_991 for day in range(31)]
        for i, (producer, consumer) in enumerate(
            (p, c)
            for p in (coop.roof, second_roof)
            for c in (coop.seller_home, coop.anna_home, coop.bruno_home)
        )
    }
    await billing.tell(*coop.members(), coop.perimeter(points), coop.settlement(energies))
    await coop.price(
        operator, price("0.1"), price("0.2", producer=second_roof, valid_from="2026-10-20")
    )

    answer = (await operator.post(f"{coop.month_url}/drafts")).json()

    energies_by_pair: dict[tuple[str, str], int] = {}
    for line in [line for invoice in answer["invoices"] for line in invoice["lines"]] + answer[
        "self_supplied"
    ]:
        pair = (line["producer"], line["consumer"])
        energies_by_pair[pair] = energies_by_pair.get(pair, 0) + line["energy_wmin"]
    assert energies_by_pair == {pair: sum(wmin) for pair, wmin in energies.items()}


async def test_a_point_that_changes_its_member_is_billed_to_each_for_its_days(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    moved = handed_over(coop.points, coop.anna_home, to=coop.bruno, on=date(2026, 10, 11))
    await billing.tell(coop.perimeter(moved, revision=2))

    invoices = await coop.draft(operator)

    assert [line["energy_wmin"] for line in of(invoices, coop.anna)["lines"]] == [10 * KWH_WMIN]
    by_home = {line["consumer"]: line["energy_wmin"] for line in of(invoices, coop.bruno)["lines"]}
    assert by_home == {coop.anna_home: 21 * KWH_WMIN, coop.bruno_home: 31 * KWH_WMIN}


async def test_drafting_again_gives_the_same_bytes(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    first = await operator.post(f"{coop.month_url}/drafts")
    second = await operator.post(f"{coop.month_url}/drafts")
    assert second.content == first.content


async def test_the_hash_is_of_the_content_as_canonical_json(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    for invoice in (await issue(operator, await coop.draft(operator))).json():
        content = {name: value for name, value in invoice.items() if name not in NOT_FROZEN}
        assert hashlib.sha256(_canonical(content).encode()).hexdigest() == invoice["content_hash"]


def test_an_answer_leaves_out_what_its_content_does_not_have() -> None:
    """So an invoice keeps its hash, whatever field a later version adds."""
    content = json.loads(household().canonical)
    del content["payee"]
    canonical = _canonical(content)

    answer = InvoiceOut.of(canonical).model_dump(mode="json", exclude_unset=True)

    assert _canonical({name: answer[name] for name in answer.keys() - NOT_FROZEN}) == canonical


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def test_other_prices_replace_the_drafts_and_keep_their_ids(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1"))
    before = await coop.draft(operator)
    await coop.price(operator, price("0.2"))
    after = await coop.draft(operator)
    assert [draft["id"] for draft in after] == [draft["id"] for draft in before]
    assert {draft["total_excl_vat_cents"] for draft in after} == {620}
    listed = await operator.get("/billing/invoices", params={"operation_id": coop.operation_id})
    assert listed.json() == after


async def test_a_newer_settlement_replaces_the_drafts(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    before = await coop.draft(operator)
    only_anna = {(coop.roof, coop.anna_home): [KWH_WMIN] * 31}
    await billing.tell(coop.settlement(only_anna, number=2, status="definitive"))
    after = await coop.draft(operator)
    assert [draft["customer"]["name"] for draft in after] == ["Anna"]
    assert after[0]["settlement"]["number"] == 2
    assert {draft["id"] for draft in after}.isdisjoint(draft["id"] for draft in before)
    assert (await operator.get(f"/billing/invoices/{before[0]['id']}")).status_code == 404


async def test_what_blocks_an_unknown_month_is_named(operator: httpx.AsyncClient) -> None:
    blockers = await Coop().blockers(operator)
    assert [blocker["code"] for blocker in blockers] == ["settlement-missing", "operation-unknown"]


async def test_all_blockers_of_a_month_are_named_at_once(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    anna_left = [
        Point(**{**vars(point), "valid_to": date(2026, 10, 30)})
        if point.prm == coop.anna_home
        else point
        for point in coop.points
    ]
    members = [member for member in coop.members() if member.member_id != coop.bruno]
    await billing.tell(*members, coop.perimeter(anna_left), coop.settlement())
    await coop.price(operator, price(valid_from="2026-10-03"))

    blockers = await coop.blockers(operator)

    assert [{k: v for k, v in blocker.items() if k != "detail"} for blocker in blockers] == [
        {
            "code": "participation-unknown",
            "prm": coop.anna_home,
            "direction": "consumption",
            "days": ["2026-10-30", "2026-10-31"],
        },
        {"code": "member-unknown", "member_id": str(coop.bruno)},
        {
            "code": "price-missing",
            "producer": coop.roof,
            "days": ["2026-10-01", "2026-10-02"],
        },
    ]
    assert all(blocker["detail"] for blocker in blockers)


async def test_a_point_without_energy_needs_no_member(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    energies = coop.energies_wmin | {(coop.roof, new_prm()): [0] * 31}
    await billing.tell(coop.settlement(energies, number=2))
    assert len(await coop.draft(operator)) == 2


async def test_an_older_or_repeated_event_is_ignored(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    only_anna = {(coop.roof, coop.anna_home): [KWH_WMIN] * 31}
    newest = [
        coop.settlement(number=5),
        coop.perimeter(revision=5),
        *(member.model_copy(update={"revision": 5}) for member in coop.members()),
    ]
    older = [
        coop.settlement(only_anna, number=4),
        coop.perimeter(coop.points[:1], revision=4),
        *(member.model_copy(update={"revision": 4, "name": "?"}) for member in coop.members()),
    ]
    await billing.tell(*newest)
    before = await coop.draft(operator)
    await billing.tell(*older, *newest)
    assert await coop.draft(operator) == before
    assert before[0]["settlement"]["number"] == 5


async def test_a_settlement_with_a_day_too_few_is_parked(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    short = coop.settlement({(coop.roof, coop.anna_home): [1] * 30}, number=2)
    await billing.tell(short)
    assert (await coop.draft(operator))[0]["settlement"]["number"] == 1
    unpark = text("DELETE FROM parked WHERE event_id = :id RETURNING type")
    async with billing.platform.database("billing") as database, database.transaction() as session:
        assert await session.scalar(unpark, {"id": short.id}) == short.type


async def test_a_month_is_written_yyyy_mm(operator: httpx.AsyncClient) -> None:
    answer = await operator.post("/billing/operations/ACC00000001/months/2026-13/drafts")
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/month-malformed"


async def test_only_its_runners_draft(billing: Billing, coop: Coop) -> None:
    url = f"{coop.month_url}/drafts"
    async with billing.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await organiser.post(url)).status_code == 403
    async with billing.client("member", member_id=str(coop.seller)) as member:
        assert (await member.post(url)).status_code == 403


async def test_statements_tell_what_each_producer_sold(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price("0.1"))
    drafts = await coop.draft(operator)
    await issue(operator, drafts[:1])
    sold = {"producer": coop.roof, "issuer_id": str(coop.seller), "energy_wmin": 31 * KWH_WMIN}
    expected = [
        {**sold, "state": state, "revenue_excl_vat_cents": 310, "plant": None}
        for state in ("draft", "issued")
    ]

    answer = await operator.get(f"{coop.month_url}/statements")
    assert answer.json() == expected

    async with billing.client("member", member_id=str(coop.seller)) as seller:
        # Drafts are not theirs yet.
        assert (await seller.get(f"{coop.month_url}/statements")).json() == expected[1:]
    async with billing.client("member", member_id=str(coop.anna)) as buyer:
        assert (await buyer.get(f"{coop.month_url}/statements")).json() == []
    async with billing.client("member", member_id=str(Coop().anna)) as stranger:
        assert (await stranger.get(f"{coop.month_url}/statements")).status_code == 403
