import httpx

from tests.billing.world import OCTOBER, Billing, Coop, coop_with_buyers, issue


async def seen(client: httpx.AsyncClient, **filters: str) -> set[str]:
    answer = await client.get("/billing/invoices", params=filters)
    assert answer.status_code == 200, answer.text
    return {invoice["id"] for invoice in answer.json()}


async def test_members_see_their_own_issued_invoices_only(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    drafts = {draft["customer"]["name"]: draft["id"] for draft in await coop.draft(operator)}
    anna, bruno = drafts["Anna"], drafts["Bruno"]

    async with (
        billing.client("member", member_id=str(coop.anna)) as buyer,
        billing.client("member", member_id=str(coop.seller)) as seller,
    ):
        assert await seen(buyer) == set()
        assert (await buyer.get(f"/billing/invoices/{anna}")).status_code == 403

        await issue(operator, [{"id": anna}, {"id": bruno}])

        assert await seen(buyer) == {anna}
        assert await seen(seller, month=str(OCTOBER)) == {anna, bruno}
        assert (await buyer.get(f"/billing/invoices/{anna}")).status_code == 200
        assert (await buyer.get(f"/billing/invoices/{bruno}")).status_code == 403
        assert (await issue(buyer, [{"id": anna}])).status_code == 403


async def test_organisers_see_and_issue_invoices_of_their_operations_only(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    other = Coop()
    await billing.tell(*other.events())
    for co_op in (coop, other):
        await co_op.price(operator)
    own_drafts, foreign = await coop.draft(operator), await other.draft(operator)

    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        assert await seen(organiser) == {draft["id"] for draft in own_drafts}
        assert (await issue(organiser, [*own_drafts, *foreign])).status_code == 403
        assert (await issue(organiser, own_drafts)).status_code == 200
        answer = await organiser.get(
            "/billing/invoices", params={"operation_id": other.operation_id}
        )
        assert answer.status_code == 403
    async with billing.client("feed") as feed:
        assert (await feed.get("/billing/invoices")).status_code == 403


async def test_invoices_are_listed_page_by_page(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 5)
    ids = [draft["id"] for draft in await coop.draft(operator)]
    filters = {"operation_id": coop.operation_id, "limit": "2"}
    assert await seen(operator, **filters) == set(ids[:2])
    assert await seen(operator, **filters, after=ids[1]) == set(ids[2:4])
    assert await seen(operator, **filters, after=ids[3]) == set(ids[4:])
